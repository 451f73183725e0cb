"""A scene as one self-contained HTML page, drawn by pyvis; it asks for nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html import escape
from typing import Any

from pyvis.network import Network

from explorer.compose import SEVERITIES
from explorer.labels import wrap
from explorer.picture_fonts import family, font_face, tidy
from explorer.scene import LegendEntry, Scene, SceneEdge, SceneNode
from explorer.shapes import has_arrow, outline
from explorer.sheet import DASHED

_INK = "#222222"
_LABEL_SIZE = 13
_REMOTE = re.compile(
    r"<!--.*?-->|<center>\s*<h1>.*?</h1>\s*</center>"
    r"|<link\b[^>]*\bhref=\"https?:[^>]*>|<script\b[^>]*\bsrc=\"https?:[^>]*>\s*</script>",
    re.DOTALL,
)
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "navigationButtons": False, "keyboard": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {"width": 1.5, "arrows": {"to": {"scaleFactor": 0.55}}, "selectionWidth": 1},
}
_STYLE = """
html,body{height:100%;margin:0}
body{display:flex;flex-direction:column;background:#fff;color:#222;font-family:FAMILY,sans-serif}
h1{font-size:21px;font-weight:400;margin:18px 24px 6px}
.card{flex:1;min-height:320px;position:relative;overflow:hidden}
#mynetwork{position:absolute!important;inset:0;width:100%!important;
height:100%!important;border:0!important}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0 24px;padding:10px 0 4px;
border-top:1px solid #d9d9d9;font-size:13px;list-style:none}
.legend svg{width:20px;height:16px;vertical-align:-3px;margin-right:5px}
footer{font-size:12px;color:#666;margin:2px 24px 14px}
div.vis-tooltip{font:13px/1.6 FAMILY,sans-serif;white-space:pre-line;background:#fff;border:1px solid #bbb;
border-radius:4px;max-width:360px;padding:6px 10px}
"""
# A title set here is shown as text; pyvis would turn one with "href" in it into markup.
_LATE = """
nodes.update(nodes.get().map(function (n) { return {id: n.id, title: n.detail}; }));
document.fonts.load("13px FAMILY").then(function () { network.redraw(); });
"""


def html(scene: Scene) -> str:
    """The page as text. Everything is inside it; its security policy refuses every network request."""
    drawn = _network(scene).generate_html(notebook=False)
    found = re.search(r"<head>(.*?)</head>\s*<body>(.*)</body>", drawn, re.DOTALL)
    if found is None:  # pyvis is pinned below 0.4; a template of another form must not pass unseen
        raise ValueError("pyvis made a page without head or body")
    head, body = (_REMOTE.sub("", part) for part in found.groups())
    body = f"{_title(scene)}{body}{_legend(scene)}{_footer(scene)}<script>{_named(_LATE)}</script>"
    fonts = font_face(_texts(scene))
    head = f"{head}<title>{escape(tidy(scene.title))}</title><style>{fonts}{_named(_STYLE)}</style>"
    language = "zh-CN" if scene.language == "zh" else "en"
    head = f'<meta charset="utf-8">{_policy(head + body)}{head}'
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body>{body}</body></html>\n'


def _named(text: str) -> str:
    return text.replace("FAMILY", f"'{family()}'")


def _policy(page: str) -> str:
    """Only our own scripts run, by their hashes, and nothing may be fetched."""
    hashes = {hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(page)}
    allowed = " ".join(sorted(f"'sha256-{base64.b64encode(h).decode()}'" for h in hashes))
    rules = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; font-src data:; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _network(scene: Scene) -> Any:
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    for node in scene.nodes:
        network.add_node(node.id, **_node(node))
    seen: Counter[frozenset[str]] = Counter()
    for edge in scene.edges:
        ends = frozenset((edge.source, edge.target))
        network.add_edge(edge.source, edge.target, **_edge(edge, seen[ends]))
        seen[ends] += 1
    network.set_options(json.dumps(_OPTIONS))
    return network


def _node(node: SceneNode) -> dict[str, Any]:
    border = SEVERITIES[node.ring][1] if node.ring else (_INK if node.focus else "#ffffff")
    size = _LABEL_SIZE + 2 if node.focus else _LABEL_SIZE
    font: dict[str, Any] = {
        "face": family(),
        "size": size,
        "color": _INK,
        "strokeWidth": 3,
        "strokeColor": "#fff",
    }
    if node.shape == "box":  # vis-network writes a box's name inside it
        font |= {"color": "#ffffff", "strokeWidth": 0}
    return {
        "label": "\n".join(wrap(tidy(node.caption), size, 108.0, 2)) or " ",
        "detail": "\n".join(tidy(line) for line in node.detail.splitlines()),
        "x": node.x,
        "y": node.y,
        "shape": node.shape,
        "size": node.size,
        "borderWidth": 4 if node.ring else (3 if node.focus else 1.5),
        "color": {
            "background": node.colour,
            "border": border,
            "highlight": {"background": node.colour, "border": _INK},
            "hover": {"background": node.colour, "border": _INK},
        },
        "font": font,
        "physics": False,
    }


def _edge(edge: SceneEdge, before: int) -> dict[str, Any]:
    """`before`: how many ties between the same two are drawn already; the next one curves farther."""
    curved = {
        "enabled": True,
        "type": "curvedCW" if before % 2 else "curvedCCW",
        "roundness": 0.12 * ((before + 1) // 2),
    }
    return {
        "title": tidy(edge.caption),
        "color": {"color": edge.colour, "highlight": _INK, "hover": _INK},
        "dashes": edge.dashed,
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
    return f"<h1>{escape(tidy(scene.title))}</h1>"


def _footer(scene: Scene) -> str:
    return f"<footer>{escape(tidy(scene.footer))}</footer>"


def _legend(scene: Scene) -> str:
    items = "".join(f"<li>{_sign(e)}{escape(tidy(e.text))} {e.count}</li>" for e in scene.legend)
    if any(edge.dashed for edge in scene.edges):
        line = '<line x1="-10" x2="10" stroke="#666" stroke-width="1.5" stroke-dasharray="4 3"/>'
        items += f"<li>{_svg(line)}{escape(DASHED.in_(scene.language))}</li>"
    return f'<ul class="legend">{items}</ul>'


def _sign(entry: LegendEntry) -> str:
    if entry.key in SEVERITIES:
        inner = f'<circle r="6" fill="none" stroke="{entry.colour}" stroke-width="3"/>'
    elif corners := outline(entry.shape, 7.0):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
        inner = f'<polygon points="{points}" fill="{entry.colour}"/>'
    else:
        inner = f'<circle r="7" fill="{entry.colour}"/>'
    return _svg(inner)


def _svg(inner: str) -> str:
    return f'<svg viewBox="-10 -8 20 16" aria-hidden="true">{inner}</svg>'
