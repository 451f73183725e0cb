"""Where names go in a picture: under their nodes, wrapped, never on top of one another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from explorer.scene.palette import ring_radius
from explorer.scene.picture_fonts import width
from explorer.scene.scene import SceneNode
from explorer.scene.shapes import offset_outline

LINE_HEIGHT = 1.25
_WIDEST = 104.0
_CELL = 120.0
_BREAKS = " -_/、，。；：）)"

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of one node: its lines, the middle of their top, and the font size, in canvas units."""

    id: str
    lines: tuple[str, ...]
    x: float
    y: float
    size: float


def wrap_label(text: str, size: float, widest: float, most: int) -> tuple[str, ...]:
    """The text in at most `most` lines that are not wider than `widest`; … stands for what is left out.

    >>> wrap_label("", 10, 100, 2)
    ()
    """
    lines: list[str] = []
    rest = text.strip()
    whole = width(rest, size)
    if widest < whole <= (widest - size) * most and not rest.isascii():
        # even lines: no character alone on the last one
        widest = min(widest, whole / math.ceil(whole / widest) + size)
    while rest and len(lines) < most:
        cut = _fitting(rest, size, widest)
        if cut < len(rest):
            if len(lines) == most - 1:
                kept = _fitting(rest, size, widest - width("…", size))
                lines.append(rest[:kept].rstrip() + "…")
                break
            cut = _kind_cut(rest, cut)
        lines.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return tuple(lines)


def _fitting(text: str, size: float, widest: float) -> int:
    """How many characters fit; at least one, so that wrapping always moves on."""
    used = 0.0
    for i, char in enumerate(text):
        used += width(char, size)
        if used > widest and i > 0:
            return i
    return len(text)


def _kind_cut(text: str, cut: int) -> int:
    """A cut at a word's end when there is one in the later half, for English names."""
    if text[cut] == " ":
        return cut
    for i in range(cut, cut // 2, -1):
        if text[i - 1] in _BREAKS:
            return i
    return cut


def place_labels(
    nodes: Sequence[SceneNode], names: dict[str, str], size: float = 12.5
) -> tuple[tuple[Label, ...], int]:
    """The labels that fit, and how many names had to be left out.

    Subjects of gaps and focus nodes come first and are always named; then larger nodes before smaller.
    """
    room = _Room(nodes)
    found: list[Label] = []
    left_out = 0
    for node in sorted(nodes, key=lambda n: (not (n.focus or n.ring), -n.size, n.id)):
        important = node.focus or node.ring is not None
        font = size * 1.12 if node.focus else size
        lines = wrap_label(names[node.id], font, _WIDEST, 2)
        if not lines:
            continue
        label = _best(node, lines, font, room, important)
        if label is None:
            left_out += 1
        else:
            room.add(label_box(label), node.id)
            found.append(label)
    return tuple(found), left_out


def label_box(label: Label) -> Box:
    """The room that a label takes."""
    half = max(width(line, label.size) for line in label.lines) / 2
    height = len(label.lines) * label.size * LINE_HEIGHT
    return (label.x - half, label.y, label.x + half, label.y + height)


def label_extent(node: SceneNode) -> float:
    """How far a node's drawing reaches to the side, up or down from its middle, its ring included."""
    by = ring_radius(node.ring)
    corners = offset_outline(node.shape, node.size, by)
    return max((abs(part) for corner in corners for part in corner), default=node.size + by) + 1.5


def _best(
    node: SceneNode, lines: tuple[str, ...], font: float, room: _Room, important: bool
) -> Label | None:
    choices = []
    for rank, label in enumerate(_candidates(node, lines, font)):
        covered = room.covered(label_box(label), node.id)
        if covered < 1.0:
            return label
        choices.append((covered, rank, label))
    return min(choices, key=lambda choice: choice[:2])[2] if important else None


def _candidates(node: SceneNode, lines: tuple[str, ...], font: float) -> Iterator[Label]:
    far = label_extent(node)
    height = len(lines) * font * LINE_HEIGHT
    half = max(width(line, font) for line in lines) / 2
    yield Label(node.id, lines, node.x, node.y + far + 2, font)
    yield Label(node.id, lines, node.x, node.y - far - 3 - height, font)
    for side in (1, -1):
        yield Label(node.id, lines, node.x + side * (far + 4 + half), node.y - height / 2, font)
    for side in (1, -1):
        yield Label(node.id, lines, node.x + side * half, node.y + far, font)
        yield Label(node.id, lines, node.x + side * half, node.y - far - height, font)


class _Room:
    """What is taken already, by cells, so that a question looks only at what is near."""

    def __init__(self, nodes: Iterable[SceneNode]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Box, str]]] = {}
        for node in nodes:
            r = label_extent(node)
            self.add((node.x - r, node.y - r, node.x + r, node.y + r), node.id)

    def add(self, box: Box, owner: str) -> None:
        for cell in self._cells_of(box):
            self._cells.setdefault(cell, []).append((box, owner))

    def covered(self, box: Box, owner: str) -> float:
        """The area of the box that others have taken."""
        taken = {
            item for cell in self._cells_of(box) for item in self._cells.get(cell, ()) if item[1] != owner
        }
        return sum(_common(box, other) for other, _ in taken)

    @staticmethod
    def _cells_of(box: Box) -> Iterator[tuple[int, int]]:
        for i in range(math.floor(box[0] / _CELL), math.floor(box[2] / _CELL) + 1):
            for j in range(math.floor(box[1] / _CELL), math.floor(box[3] / _CELL) + 1):
                yield i, j


def _common(a: Box, b: Box) -> float:
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    return across * down if across > 0 and down > 0 else 0.0
