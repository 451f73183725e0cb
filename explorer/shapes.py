"""The outline of each node shape, the same on canvas, in pictures and in legends."""

from __future__ import annotations

import math

from graph_model.schema import EDGE_TYPES, Shape

Outline = tuple[tuple[float, float], ...]


def outline(shape: Shape, radius: float) -> Outline:
    """The corners of a shape around (0, 0), y downward, as vis-network draws it; () for a circle.

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


def has_arrow(type_: str) -> bool:
    """Whether an edge type has a direction: one that reads the same from both ends has none.

    >>> has_arrow("ADJACENT_TO"), has_arrow("EMPLOYED_BY")
    (False, True)
    """
    kind = EDGE_TYPES.get(type_)
    return kind is None or kind.text != kind.reverse
