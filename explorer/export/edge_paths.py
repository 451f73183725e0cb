"""The line of each edge in a picture: from rim to rim, curved apart where there are several, with its arrow head."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path

from explorer.scene.palette import ring_radius
from explorer.scene.scene import SceneEdge, SceneNode
from explorer.scene.shapes import border_distance

_Vector = npt.NDArray[np.float64]


def bends(edges: tuple[SceneEdge, ...]) -> Iterator[tuple[SceneEdge, float]]:
    """Each edge with how far it bows out: several between the same two nodes are curved apart."""
    between: dict[tuple[str, str], list[SceneEdge]] = defaultdict(list)
    for edge in edges:
        between[min(edge.source, edge.target), max(edge.source, edge.target)].append(edge)
    for (first, _), several in between.items():
        for i, edge in enumerate(several):
            bend = (i - (len(several) - 1) / 2) * 26.0
            yield edge, bend if edge.source == first else -bend


def edge_path(
    source: SceneNode, target: SceneNode, bend: float, arrow: bool, zoom: float
) -> tuple[Path, Path | None]:
    """The line between two nodes from rim to rim, and its arrow head."""
    a, b = np.array((source.x, source.y)), np.array((target.x, target.y))
    length = float(np.hypot(*(b - a)))
    if length < 1e-6:
        return _loop(source), None
    across = np.array((-(b - a)[1], (b - a)[0])) / length
    middle = (a + b) / 2 + across * bend
    start = a + _unit(middle - a) * (_rim(source, middle - a) + 1)
    rim = _rim(target, middle - b)
    tip = b + _unit(middle - b) * (rim + 2)
    along = _unit(tip - middle) if length > _rim(source, middle - a) + rim + 8 else _unit(b - a)
    if not arrow:
        return Path([start, middle, tip], [Path.MOVETO, Path.CURVE3, Path.CURVE3]), None
    base = tip - along * 8.5 * zoom
    side = np.array((-along[1], along[0])) * 3.6 * zoom
    line = Path([start, middle, base], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    return line, Path([tip, base + side, base - side, tip], closed=True)


def _loop(node: SceneNode) -> Path:
    r = node.size + ring_radius(node.ring)
    corners = [
        (node.x, node.y - r),
        (node.x + 3 * r, node.y - 3 * r),
        (node.x + 3 * r, node.y),
        (node.x + r, node.y),
    ]
    return Path(corners, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])


def _rim(node: SceneNode, towards: _Vector) -> float:
    angle = float(np.arctan2(towards[1], towards[0]))
    return border_distance(node.shape, node.size, ring_radius(node.ring), angle)


def _unit(vector: _Vector) -> _Vector:
    return vector / max(float(np.hypot(*vector)), 1e-9)
