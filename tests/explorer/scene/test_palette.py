"""Colours: everything stands out on its ground, light and dark, and the canvas keeps none of its own."""

from __future__ import annotations

import json
import re
from itertools import combinations

import pytest

from explorer.scene.palette import (
    DARK,
    LIGHT,
    NODE_STYLES,
    RELATIONSHIP_WIDTH,
    RINGS,
    Theme,
    canvas_palette,
    node_style,
    relationship_colour,
    relationship_width_factor,
)
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode
from graph_model.schema import NODE_TYPES
from tests.support.servers import ROOT

SURVEY = [t for t in NODE_TYPES.values() if t.survey]
GROUNDS = pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])


def channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def contrast(one: str, other: str) -> float:
    """As the accessibility guidelines reckon it."""
    lights = []
    for colour in (one, other):
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
        lights.append(0.2126 * r + 0.7152 * g + 0.0722 * b)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@GROUNDS
@pytest.mark.parametrize("severity", RINGS)
def test_every_ring_stands_out(ink: Theme, severity) -> None:
    assert contrast(ink.ring(severity), ink.ground) >= 3


def test_rings_are_told_apart_without_colours() -> None:
    high, medium, low = (RINGS[s] for s in ("high", "medium", "low"))
    assert high.width >= 1.5 * medium.width
    assert medium.width > low.width
    assert (high.dash, medium.dash) == (None, None)
    assert low.dash is not None


@GROUNDS
@pytest.mark.parametrize("kind", SURVEY, ids=lambda t: t.label)
def test_nodes_and_their_ties_stand_out(ink: Theme, kind) -> None:
    assert contrast(ink.node(node_style(kind.label).colour), ink.ground) >= 3
    assert contrast(ink.tie(relationship_colour(node_style(kind.label).colour)), ink.ground) >= 3


@GROUNDS
def test_ties_are_quieter_than_what_they_tie(ink: Theme) -> None:
    for kind in SURVEY:
        tie, node = (
            ink.tie(relationship_colour(node_style(kind.label).colour)),
            ink.node(node_style(kind.label).colour),
        )
        assert contrast(tie, ink.ground) <= contrast(node, ink.ground)


@GROUNDS
def test_text_is_read_on_its_ground(ink: Theme) -> None:
    for text in (ink.text, ink.faint, ink.accent):
        assert contrast(text, ink.ground) >= 4.5
        assert contrast(text, ink.soft) >= 4.5
    assert contrast(ink.lit_tie, ink.ground) >= 4.5


def test_every_type_of_the_survey_has_a_style_of_its_own() -> None:
    assert list(NODE_STYLES) == [t.label for t in SURVEY]
    assert len({s.colour for s in NODE_STYLES.values()}) == len(NODE_STYLES)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", s.colour) for s in NODE_STYLES.values())


def test_types_are_told_apart_on_light_ground() -> None:
    def apart(a: str, b: str) -> float:
        return sum((int(a[i : i + 2], 16) - int(b[i : i + 2], 16)) ** 2 for i in (1, 3, 5)) ** 0.5

    for one, other in combinations(NODE_STYLES.values(), 2):
        assert one.shape != other.shape or apart(one.colour, other.colour) >= 48


def test_types_are_told_apart_on_dark_ground_too() -> None:
    for one, other in combinations(SURVEY, 2):
        a, b = (channels(DARK.node(node_style(t.label).colour)) for t in (one, other))
        apart = sum((255 * (x - y)) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
        assert node_style(one.label).shape != node_style(other.label).shape or apart >= 48, (
            one.label,
            other.label,
        )


def test_on_light_ground_a_colour_is_what_it_is_declared() -> None:
    assert (LIGHT.node("#1f5fa8"), LIGHT.tie("#628fc2")) == ("#1f5fa8", "#628fc2")


def test_the_canvas_is_handed_all_of_it() -> None:
    scene = Scene(
        (SceneNode("u", "Unit", "甲", "#1f5fa8", "square", 9, 0, 0, ring="high"),),
        (SceneEdge("e", "u", "u", "T", "t", "#628fc2"),),
        (
            LegendEntry("Unit", "单位", "#1f5fa8", "square", 1),
            LegendEntry("high", "高", "#d6002a", "dot", 1),
        ),
        "",
        "",
    )
    given = json.loads(json.dumps(canvas_palette(scene)))
    assert given["light"]["ring"] == {s: r.light for s, r in RINGS.items()}
    assert given["dark"]["ring"] == {s: r.dark for s, r in RINGS.items()}
    assert {s: r["width"] for s, r in given["rings"].items()} == {s: r.width for s, r in RINGS.items()}
    assert given["dark"]["nodes"] == {"#1f5fa8": DARK.node("#1f5fa8")}
    assert given["dark"]["ties"] == {"#628fc2": DARK.tie("#628fc2")}


def test_the_canvas_has_no_colours_of_its_own() -> None:
    for file in (ROOT / "explorer" / "canvas" / "assets").iterdir():
        if file.suffix in (".js", ".css") and "vis-network" not in file.name:
            assert re.findall(r"#[0-9a-fA-F]{6}\b", file.read_text("utf-8")) == [], file.name


def test_a_few_ties_are_wide_at_every_zoom_and_thousands_do_not_cover_what_they_tie() -> None:
    for scale in (0.05, 0.37, 1.0, 3.0):
        assert RELATIONSHIP_WIDTH * relationship_width_factor(120, scale) * scale >= 1.2
    assert 0.4 <= RELATIONSHIP_WIDTH * relationship_width_factor(4000, 0.06) * 0.06 <= 0.6
