"""Every colour of a picture, light and dark, and how rings and ties are drawn: the one place that says so."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from explorer.scene.scene import Scene, Severity, ViewOptions
from explorer.scene.shapes import UNIT, Shape, has_arrow
from graph_model.text import Text

_TIE_CONTRAST = (
    3.2  # seen (the accessibility guideline WCAG 1.4.11 asks for 3), and still quieter than what it ties
)
_NODE_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """The colour, on light ground, and the outline by which a node type is drawn."""

    colour: str
    shape: Shape


NODE_STYLES: Mapping[str, NodeStyle] = {
    "District": NodeStyle("#4a3a78", "hexagon"),
    "Subdistrict": NodeStyle("#6b4c9a", "star"),
    "ResidentialArea": NodeStyle("#2f7d5b", "hexagon"),
    "CommercialArea": NodeStyle("#0f7c8f", "hexagon"),
    "Unit": NodeStyle("#1f5fa8", "square"),
    "Branch": NodeStyle("#c0392b", "diamond"),
    "Member": NodeStyle("#b8661a", "dot"),
    "Liaison": NodeStyle("#a0522d", "triangle"),
    "CoBuildingPair": NodeStyle("#8e6c00", "box"),
    "JointMeeting": NodeStyle("#7a4e7e", "triangleDown"),
    "Matter": NodeStyle("#6d7278", "dot"),
    "Award": NodeStyle("#b8860b", "star"),
    "Activity": NodeStyle("#3b7d23", "triangle"),
    "BranchMeeting": NodeStyle("#a63a50", "triangleDown"),
    "RepresentativeMeeting": NodeStyle("#3d6b8e", "box"),
}
"""By label: every type of the survey. Two types differ in outline or clearly in colour."""

_OTHER = NodeStyle("#888888", "box")


def node_style(label: str) -> NodeStyle:
    """How a node of a label is drawn; what is not of the survey looks alike."""
    return NODE_STYLES.get(label, _OTHER)


@dataclass(frozen=True, slots=True)
class Ring:
    """How the subject of a gap is ringed: named, coloured on light and dark, how wide, with which dash.

    Width and dash alone tell the severities apart, for whoever cannot tell the colours.
    """

    text: Text
    light: str
    dark: str
    width: float
    dash: tuple[float, float] | None = None


RINGS: Mapping[Severity, Ring] = {
    "high": Ring(Text("问题：高", "Problem: high"), "#d6002a", "#ff6f61", 5.0),
    "medium": Ring(Text("问题：中", "Problem: medium"), "#b26a00", "#f0a63a", 3.0),
    "low": Ring(Text("问题：低", "Problem: low"), "#5c6b73", "#a3b3bc", 2.5, (5.0, 3.0)),
}
"""The gravest first."""

RING_GAP = 2.0
"""How much ground is seen between a node and its ring."""


def ring_radius(severity: Severity | None) -> float:
    """How far a ring reaches beyond its node; nothing where there is none.

    >>> ring_radius("high"), ring_radius(None)
    (7.0, 0.0)
    """
    return RING_GAP + RINGS[severity].width if severity else 0.0


GLOW: tuple[tuple[float, float], ...] = ((20.0, 0.10), (11.0, 0.18))
"""The discs behind what a picture is about: how far beyond the node, how strong."""

RELATIONSHIP_WIDTH = 1.4
RELATIONSHIP_DASH = (6.0, 4.0)
"""In pixels of the screen, whatever the zoom; a picture's own units where they are larger."""

TIES_AT_EASE = 400
"""Of more ties than these each is thinner, down to a third: else thousands would cover what they tie."""

_THINNEST = 0.33


def relationship_width_factor(count: int, scale: float) -> float:
    """By how much ties are widened, of so many, where a unit is `scale` pixels; the canvas does the same.

    >>> relationship_width_factor(100, 0.5), relationship_width_factor(100, 2.0), relationship_width_factor(1600, 0.1)
    (2.0, 1.0, 5.0)
    """
    share = min(1.0, math.sqrt(TIES_AT_EASE / max(1, count)))
    return max(1.0, max(_THINNEST, share) / scale)


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one ground. `soft` is the ground of what is pressed; `veil` dims all that is not lit."""

    dark: bool
    ground: str
    text: str
    faint: str
    line: str
    soft: str
    accent: str
    veil: str
    lit_tie: str

    def ring(self, severity: Severity) -> str:
        """The colour of a severity's ring."""
        return RINGS[severity].dark if self.dark else RINGS[severity].light

    def node(self, colour: str) -> str:
        """A node's declared colour, as it is on this ground."""
        return _on_dark(colour) if self.dark else colour

    def tie(self, colour: str) -> str:
        """A tie's colour, as it is on this ground."""
        return _tie_on_dark(colour) if self.dark else colour


LIGHT = Theme(
    dark=False,
    ground="#ffffff",
    text="#1b2a33",
    faint="#5c6b73",
    line="#d5dce0",
    soft="#f3f6f8",
    accent="#0b62c4",
    veil="rgba(255,255,255,0.68)",
    lit_tie="#3f5560",
)
DARK = Theme(
    dark=True,
    ground="#11161c",
    text="#eef2f5",
    faint="#9fb0ba",
    line="#34414b",
    soft="#1c242c",
    accent="#7db8ff",
    veil="rgba(17,22,28,0.68)",
    lit_tie="#b9c8d1",
)


def inks(look: ViewOptions) -> Theme:
    """The colours of a look."""
    return DARK if look.dark else LIGHT


def relationship_colour(colour: str) -> str:
    """The colour of the ties of a node of that colour: paler, and still seen on white.

    >>> relationship_colour("#000000")
    '#8c8c8c'
    """
    for pale in (0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05):
        if contrast(paler := _mixed(colour, "#ffffff", pale), LIGHT.ground) >= _TIE_CONTRAST:
            return paler
    return colour


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as the accessibility guidelines reckon it.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def canvas_palette(scene: Scene) -> dict[str, Any]:
    """All of it as JSON values for the canvas, with the dark variants of the colours in a scene.

    `plain` are the ties that read the same from both ends: they have no arrow.
    """
    nodes = {n.colour for n in scene.nodes} | {e.colour for e in scene.legend if e.key not in RINGS}
    ties = {e.colour for e in scene.edges} | {f.colour for f in scene.filters if f.colour}
    return {
        "light": _plain(LIGHT, nodes, ties),
        "dark": _plain(DARK, nodes, ties),
        "rings": {s: {"width": r.width, "dash": r.dash or ()} for s, r in RINGS.items()},
        "gap": RING_GAP,
        "glow": GLOW,
        "tie": {
            "width": RELATIONSHIP_WIDTH,
            "dash": RELATIONSHIP_DASH,
            "ease": TIES_AT_EASE,
            "thinnest": _THINNEST,
        },
        "shapes": UNIT,
        "plain": sorted({e.type for e in scene.edges if not has_arrow(e.type)}),
    }


def _plain(on: Theme, nodes: Iterable[str], ties: Iterable[str]) -> dict[str, Any]:
    names = ("ground", "text", "faint", "line", "soft", "accent", "veil")
    return {
        **{name: getattr(on, name) for name in names},
        "litTie": on.lit_tie,
        "ring": {severity: on.ring(severity) for severity in RINGS},
        # on light ground each colour is what it is
        "nodes": {c: on.node(c) for c in sorted(nodes)} if on.dark else {},
        "ties": {c: on.tie(c) for c in sorted(ties)} if on.dark else {},
    }


@cache
def _on_dark(colour: str) -> str:
    """The same hue, as much lighter as dark ground needs."""
    hue, light, strong = colorsys.rgb_to_hls(*_parts(colour))
    while contrast(colour, DARK.ground) < _NODE_CONTRAST and light < 1.0:
        light = min(1.0, light + 0.01)
        colour = _written(colorsys.hls_to_rgb(hue, light, strong))
    return colour


@cache
def _tie_on_dark(colour: str) -> str:
    """The same hue, as light as a line on dark ground needs and no lighter."""
    hue, _, strong = colorsys.rgb_to_hls(*_parts(colour))
    light = 0.0
    while contrast(found := _written(colorsys.hls_to_rgb(hue, light, strong)), DARK.ground) < _TIE_CONTRAST:
        light += 0.01
    return found


def _luminance(colour: str) -> float:
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(colour: str, other: str, share: float) -> str:
    both = zip(_parts(colour), _parts(other), strict=True)
    return _written([a + (b - a) * share for a, b in both])


def _parts(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def _written(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
