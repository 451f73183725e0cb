"""A scene as one self-contained HTML page, drawn by pyvis; it asks for nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from pyvis.network import Network

from explorer.export.page_layout import DASHED
from explorer.scene.palette import RELATIONSHIP_DASH, RELATIONSHIP_WIDTH, RINGS, Theme, canvas_palette, inks
from explorer.scene.picture_fonts import clean_line, font_face, font_family
from explorer.scene.scene import DEFAULT_VIEW, LegendEntry, Scene, SceneEdge, SceneNode, ViewOptions
from explorer.scene.shapes import has_arrow, outline
from graph_model.schema import NODE_TYPES
from graph_model.text import Language

_ASSETS = Path(__file__).parents[1] / "canvas" / "assets"
_DRAWING = (_ASSETS / "look.js", _ASSETS / "labels.js")
"""How the canvas draws shapes, rings, ties and names: the page draws them by the same scripts."""
_SCRIPT_HERE = Path(__file__).with_suffix(".js")
_REMOTE = re.compile(
    r"<!--.*?-->|<center>\s*<h1>.*?</h1>\s*</center>"
    r"|<link\b[^>]*\bhref=\"https?:[^>]*>|<script\b[^>]*\bsrc=\"https?:[^>]*>\s*</script>",
    re.DOTALL,
)
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "navigationButtons": False, "keyboard": False},
    "edges": {
        "width": RELATIONSHIP_WIDTH,
        "arrows": {"to": {"scaleFactor": 0.5}},
        "selectionWidth": 0,
        "hoverWidth": 0,
    },
}
_STYLE = """
html,body{height:100%;margin:0}
body{display:flex;flex-direction:column;background:GROUND;color:TEXT;font-family:FAMILY,sans-serif}
h1{font-size:21px;font-weight:400;margin:18px 24px 6px}
.card{flex:1;min-height:320px;position:relative;overflow:hidden;background:GROUND!important;border:0!important}
#mynetwork{position:absolute!important;inset:0;width:100%!important;
height:100%!important;border:0!important;background:GROUND!important}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0 24px;padding:10px 0 4px;
border-top:1px solid LINE;font-size:13px;list-style:none}
.legend svg{width:20px;height:16px;vertical-align:-3px;margin-right:5px}
footer{font-size:12px;color:FAINT;margin:2px 24px 14px}
div.vis-tooltip{font:13px/1.6 FAMILY,sans-serif;white-space:pre-line;background:GROUND;color:TEXT;
border:1px solid LINE;border-radius:4px;max-width:360px;padding:6px 10px}
"""


def to_html(scene: Scene, look: ViewOptions = DEFAULT_VIEW) -> str:
    """The page as text. Everything is inside it; its security policy refuses every network request."""
    ink = inks(look)
    drawn = _network(scene, look).generate_html(notebook=False)
    found = re.search(r"<head>(.*?)</head>\s*<body>(.*)</body>", drawn, re.DOTALL)
    if found is None:  # pyvis is pinned below 0.4; a template of another form must not pass unseen
        raise ValueError("pyvis made a page without head or body")
    head, body = (_REMOTE.sub("", part) for part in found.groups())
    body = f"{_title(scene)}{body}{_legend(scene, ink)}{_footer(scene)}<script>{_late(scene, ink)}</script>"
    fonts = font_face(_texts(scene))
    head = f"{head}<title>{escape(clean_line(scene.title))}</title><style>{fonts}{_style(ink)}</style>"
    language = "zh-CN" if scene.language == "zh" else "en"
    head = f'<meta charset="utf-8">{_policy(head + body)}{head}'
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body>{body}</body></html>\n'


def _style(ink: Theme) -> str:
    colours = {"GROUND": ink.ground, "TEXT": ink.text, "FAINT": ink.faint, "LINE": ink.line}
    return _filled(_STYLE, colours)


def _late(scene: Scene, ink: Theme) -> str:
    drawing = "".join(file.read_text("utf-8").replace("export ", "") for file in _DRAWING)
    palette = json.dumps(canvas_palette(scene), separators=(",", ":"))
    return _filled(
        _SCRIPT_HERE.read_text("utf-8"),
        {"DRAWING": drawing, "PALETTE": palette, "DARK": str(ink.dark).lower()},
    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each of these words replaced; all at once, so that no value is read again."""
    words = {"FAMILY": f"'{font_family()}'", **values}
    return re.sub("|".join(rf"\b{word}\b" for word in words), lambda found: words[found[0]], text)


def _policy(page: str) -> str:
    """Only our own scripts run, by their hashes, and nothing may be fetched."""
    hashes = {hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(page)}
    allowed = " ".join(sorted(f"'sha256-{base64.b64encode(h).decode()}'" for h in hashes))
    rules = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; font-src data:; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _network(scene: Scene, look: ViewOptions) -> Any:
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    for node in scene.nodes:
        network.add_node(node.id, **_node(node, look, scene.language))
    seen: Counter[frozenset[str]] = Counter()
    for edge in scene.edges:
        ends = frozenset((edge.source, edge.target))
        network.add_edge(edge.source, edge.target, **_edge(edge, seen[ends], inks(look)))
        seen[ends] += 1
    network.set_options(json.dumps(_OPTIONS))
    return network


def _node(node: SceneNode, look: ViewOptions, language: Language) -> dict[str, Any]:
    """`label` is a blank: the page's script draws the names, as it draws the shapes."""
    facts = [clean_line(line) for line in node.detail.splitlines()]
    if not look.names and node.type in NODE_TYPES:
        facts[:1] = [NODE_TYPES[node.type].text.in_(language)]  # the first says what it is called
    return {
        "label": " ",
        "name": clean_line(node.caption) if look.names else "",
        "detail": "\n".join(facts),
        "x": node.x,
        "y": node.y,
        "shape": "dot",
        "mark": node.shape,
        "size": node.size,
        "colour": node.colour,
        "ring": node.ring or "",
        "focus": node.focus,
        "physics": False,
    }


def _edge(edge: SceneEdge, before: int, ink: Theme) -> dict[str, Any]:
    """`before`: how many ties between the same two are drawn already; the next one curves farther."""
    curved = {
        "enabled": True,
        "type": "curvedCW" if before % 2 else "curvedCCW",
        "roundness": 0.12 * ((before + 1) // 2),
    }
    tint = ink.tie(edge.colour)
    return {
        "title": clean_line(edge.caption),
        "color": {"color": tint, "highlight": ink.lit_tie, "hover": ink.lit_tie},
        "dashes": list(RELATIONSHIP_DASH) if edge.dashed else False,
        "arrows": "to" if has_arrow(edge.type) else "",
        "smooth": curved if before else {"enabled": False, "type": "continuous", "roundness": 0},
    }


def _texts(scene: Scene) -> list[str]:
    texts = [scene.title, scene.footer, "…：:;0123456789"]
    texts += [text for node in scene.nodes for text in (node.caption, node.detail)]
    texts += [edge.caption for edge in scene.edges] + [entry.text for entry in scene.legend]
    texts.append(DASHED.in_(scene.language))
    return texts


def _title(scene: Scene) -> str:
    return f"<h1>{escape(clean_line(scene.title))}</h1>"


def _footer(scene: Scene) -> str:
    return f"<footer>{escape(clean_line(scene.footer))}</footer>"


def _legend(scene: Scene, ink: Theme) -> str:
    items = "".join(f"<li>{_sign(e, ink)}{escape(clean_line(e.text))} {e.count}</li>" for e in scene.legend)
    if any(edge.dashed for edge in scene.edges):
        dash = f'stroke-width="{RELATIONSHIP_WIDTH}" stroke-dasharray="{_numbers(RELATIONSHIP_DASH)}"'
        line = _svg(f'<line x1="-10" x2="10" stroke="{ink.faint}" {dash}/>')
        items += f"<li>{line}{escape(DASHED.in_(scene.language))}</li>"
    return f'<ul class="legend">{items}</ul>'


def _sign(entry: LegendEntry, ink: Theme) -> str:
    for severity, ring in RINGS.items():
        if severity == entry.key:
            dash = f' stroke-dasharray="{_numbers(ring.dash)}"' if ring.dash else ""
            line = f'stroke="{ink.ring(severity)}" stroke-width="{ring.width * 0.8:g}"{dash}'
            return _svg(f'<circle r="5.5" fill="none" {line}/>')
    colour = ink.node(entry.colour)
    if corners := outline(entry.shape, 6.5):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
        return _svg(f'<polygon points="{points}" fill="{colour}"/>')
    return _svg(f'<circle r="6.5" fill="{colour}"/>')


def _numbers(parts: tuple[float, float]) -> str:
    return " ".join(f"{part:g}" for part in parts)


def _svg(inner: str) -> str:
    return f'<svg viewBox="-10 -8 20 16" aria-hidden="true">{inner}</svg>'
