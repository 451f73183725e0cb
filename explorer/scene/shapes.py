"""The outline of each node shape, the same on canvas, in pictures and in legends."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, get_args

from graph_model.schema import EDGE_TYPES

Shape = Literal["dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star", "box"]
Outline = tuple[tuple[float, float], ...]
Corner = tuple[float, float, float, float]
"""A corner of a shape of radius 1, and where it goes when every side goes out by 1."""

_LONGEST_TIP = 2.0  # a sharper corner would grow into a thorn


def outline(shape: Shape, radius: float) -> Outline:
    """The corners of a shape around (0, 0), y downward; () for a circle.

    >>> outline("diamond", 1.0)
    ((0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0))
    """
    r = radius
    if shape == "dot":
        return ()
    if shape == "square":
        return ((-r, -r), (r, -r), (r, r), (-r, r))
    if shape == "box":
        return ((-1.3 * r, -0.8 * r), (1.3 * r, -0.8 * r), (1.3 * r, 0.8 * r), (-1.3 * r, 0.8 * r))
    if shape == "diamond":
        return ((0.0, r), (r, 0.0), (0.0, -r), (-r, 0.0))
    if shape == "hexagon":
        return tuple((r * math.cos(k * math.pi / 3), r * math.sin(k * math.pi / 3)) for k in range(6))
    if shape == "star":
        return tuple(_star_corner(k, 0.82 * r) for k in range(10))
    return _triangle(r, 1.0 if shape == "triangle" else -1.0)


def _star_corner(k: int, r: float) -> tuple[float, float]:
    length = r * (1.3 if k % 2 == 0 else 0.5)
    return (length * math.sin(k * math.pi / 5), 0.1 * r - length * math.cos(k * math.pi / 5))


def _triangle(radius: float, up: float) -> Outline:
    r = radius * 1.15
    half, inner = r, math.sqrt(3) / 3 * r  # vis-network: an equilateral triangle with the side 2r
    height = math.sqrt(3) * r
    shift = 0.275 * r
    return (
        (0.0, up * (shift - (height - inner))),
        (half, up * (shift + inner)),
        (-half, up * (shift + inner)),
    )


def _corners(shape: Shape) -> tuple[Corner, ...]:
    at = outline(shape, 1.0)
    return tuple((*at[i], *_outward(at[i - 1], at[i], at[(i + 1) % len(at)])) for i in range(len(at)))


def _outward(
    before: tuple[float, float], here: tuple[float, float], after: tuple[float, float]
) -> tuple[float, float]:
    """Where a corner goes when both its sides go out by 1: along the line between the sides' normals."""
    first, second = _normal(before, here), _normal(here, after)
    along = (first[0] + second[0], first[1] + second[1])
    # (n1 + n2) / (1 + n1·n2) is as far from either side as a normal is
    by = 1.0 + first[0] * second[0] + first[1] * second[1]
    tip = (along[0] / by, along[1] / by)
    short = min(1.0, _LONGEST_TIP / math.hypot(*tip))
    return tip[0] * short, tip[1] * short


def _normal(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    x, y = b[1] - a[1], a[0] - b[0]
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    far = math.hypot(x, y) if x * middle[0] + y * middle[1] > 0 else -math.hypot(x, y)
    return x / far, y / far


UNIT: Mapping[Shape, tuple[Corner, ...]] = {shape: _corners(shape) for shape in get_args(Shape)}
"""Every shape's corners; none for a circle. The canvas draws from them too."""


def offset_outline(shape: Shape, radius: float, by: float) -> Outline:
    """The outline of a shape with every side moved outward; () for a circle.

    >>> offset_outline("square", 10.0, 2.0)
    ((-12.0, -12.0), (12.0, -12.0), (12.0, 12.0), (-12.0, 12.0))
    """
    return tuple((radius * x + by * mx, radius * y + by * my) for x, y, mx, my in UNIT[shape])


def border_distance(shape: Shape, radius: float, by: float, angle: float) -> float:
    """How far a shape reaches in one direction: where a tie ends.

    >>> round(border_distance("square", 10.0, 2.0, 0.0), 3)
    12.0
    """
    corners = offset_outline(shape, radius, by)
    c, s = math.cos(angle), math.sin(angle)
    found = radius + by if not corners else 0.0
    for (ax, ay), (bx, by_) in zip(corners, corners[1:] + corners[:1], strict=True):
        across = c * (by_ - ay) - s * (bx - ax)
        if abs(across) < 1e-12:
            continue
        far = (ax * (by_ - ay) - ay * (bx - ax)) / across
        part = (ax * s - ay * c) / across
        if far > 0 and -1e-9 <= part <= 1 + 1e-9:
            found = max(found, far)
    return found


def has_arrow(type_: str) -> bool:
    """Whether an edge type has a direction: one that reads the same from both ends has none.

    >>> has_arrow("ADJACENT_TO"), has_arrow("EMPLOYED_BY")
    (False, True)
    """
    kind = EDGE_TYPES.get(type_)
    return kind is None or kind.text != kind.reverse
