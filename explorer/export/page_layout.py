"""The sheet of a picture: how high title, graph, legend and footer stand, and where each thing goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from explorer.scene.labels import LINE_HEIGHT, Label, label_box, label_extent, place_labels, wrap_label
from explorer.scene.palette import GLOW
from explorer.scene.picture_fonts import width
from explorer.scene.scene import LegendEntry, Scene, SceneNode
from graph_model.text import Text

MARGIN = 28.0
TITLE_SIZE, LEGEND_SIZE, FOOTER_SIZE = 21.0, 13.0, 11.5
_NARROWEST = 680.0
_ROW = 25.0

DASHED = Text("虚线：曾经的、联合的或松散的关系", "Dashed: former, joint or loose ties")
_LEFT_OUT = Text("图中过密，{n} 个名称未显示", "Too dense: {n} names are not shown")
_EMPTY = Text("没有可显示的内容", "Nothing to show")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text: its left end (or middle) and the top of the line; the title is strong."""

    text: str
    x: float
    y: float
    size: float
    middle: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class LegendKey:
    """One entry of the legend: the middle of its sign, its text, and the font size."""

    entry: LegendEntry | None
    x: float
    y: float
    text: str
    size: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Everything with its place, in units from the upper left; `rule_y` is the line above the legend."""

    width: float
    height: float
    nodes: tuple[SceneNode, ...]
    labels: tuple[Label, ...]
    lines: tuple[TextLine, ...]
    keys: tuple[LegendKey, ...]
    rule_y: float


def layout_page(scene: Scene, clean: Callable[[str], str], *, names: bool = True) -> PageLayout:
    """The sheet of a scene; `clean` makes any text drawable. Without `names` no node is called anything."""
    called = {node.id: clean(node.caption) if names else "" for node in scene.nodes}
    labels, left_out = place_labels(scene.nodes, called)
    left, top, right, bottom = _extent(scene.nodes, labels)
    sheet_width = max(_NARROWEST, right - left + 2 * MARGIN)
    text_width = sheet_width - 2 * MARGIN
    # Title and legend grow with the sheet: a large one is printed or shown smaller.
    zoom = max(1.0, sheet_width / 1400)
    title_size, footer_size = TITLE_SIZE * zoom, FOOTER_SIZE * zoom
    title, y = _block(wrap_label(clean(scene.title), title_size, text_width, 3), title_size, MARGIN)
    y += 14.0 * zoom
    shift = ((sheet_width - (right - left)) / 2 - left, y - top)
    empty = (
        []
        if scene.nodes
        else [TextLine(_EMPTY.in_(scene.language), sheet_width / 2, y + 40, 14, middle=True)]
    )
    rule_y = y + max(bottom - top, 100.0) + 20.0
    keys, y = _legend(scene, clean, text_width, rule_y + 10.0 * zoom, zoom)
    note = [_LEFT_OUT.fill(n=left_out).in_(scene.language)] if left_out else []
    footer_text = "　".join([clean(scene.footer), *note] if scene.footer.strip() else note)
    footer, y = _block(wrap_label(footer_text, footer_size, text_width, 5), footer_size, y + 4.0 * zoom)
    return PageLayout(
        width=sheet_width,
        height=y + MARGIN * 0.6,
        nodes=tuple(replace(n, x=n.x + shift[0], y=n.y + shift[1]) for n in scene.nodes),
        labels=tuple(replace(label, x=label.x + shift[0], y=label.y + shift[1]) for label in labels),
        lines=(*(replace(line, strong=True) for line in title), *empty, *footer),
        keys=tuple(keys),
        rule_y=rule_y,
    )


def _extent(nodes: Sequence[SceneNode], labels: Sequence[Label]) -> tuple[float, float, float, float]:
    boxes = [label_box(label) for label in labels]
    for node in nodes:
        far = max(label_extent(node), node.size + GLOW[0][0] if node.focus else 0.0)
        boxes.append((node.x - far, node.y - far, node.x + far, node.y + far))
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _block(texts: Sequence[str], size: float, top: float) -> tuple[list[TextLine], float]:
    """Lines below one another from `top`, and where the next thing may start."""
    step = size * LINE_HEIGHT * 1.05
    return [TextLine(t, MARGIN, top + i * step, size) for i, t in enumerate(texts)], top + len(texts) * step


def _legend(
    scene: Scene, clean: Callable[[str], str], text_width: float, top: float, zoom: float
) -> tuple[list[LegendKey], float]:
    """Legend entries in rows that fit the width, and where the next thing may start."""
    wanted: list[tuple[LegendEntry | None, str]] = [(e, f"{clean(e.text)} {e.count}") for e in scene.legend]
    if any(edge.dashed for edge in scene.edges):
        wanted.append((None, DASHED.in_(scene.language)))
    if not wanted:
        return [], top
    keys: list[LegendKey] = []
    size, row, gap = LEGEND_SIZE * zoom, _ROW * zoom, 22.0 * zoom
    x, y = 0.0, top + row / 2
    for entry, text in wanted:
        sign = (22.0 if entry else 34.0) * zoom
        need = sign + width(text, size) + gap
        if x > 0 and x + need - gap > text_width:
            x, y = 0.0, y + row
        keys.append(LegendKey(entry, MARGIN + x + sign / 2 - 3.0 * zoom, y, text, size))
        x += need
    return keys, y + row / 2 + 4.0 * zoom
