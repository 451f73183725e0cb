"""Shapes: their corners, the ring around them, and where a tie meets their border."""

from __future__ import annotations

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.scene.palette import ring_radius
from explorer.scene.shapes import UNIT, Shape, border_distance, has_arrow, offset_outline, outline
from graph_model.schema import EDGE_TYPES

SHAPES: tuple[Shape, ...] = get_args(Shape)


@pytest.mark.parametrize(
    ("shape", "corners"),
    [
        ("dot", 0),
        ("square", 4),
        ("box", 4),
        ("diamond", 4),
        ("triangle", 3),
        ("triangleDown", 3),
        ("hexagon", 6),
        ("star", 10),
    ],
)
def test_every_shape_has_its_corners(shape: Shape, corners: int) -> None:
    assert len(outline(shape, 10.0)) == len(UNIT[shape]) == corners


def test_corners_of_a_box_and_which_way_triangles_point() -> None:
    assert outline("box", 10.0) == ((-13.0, -8.0), (13.0, -8.0), (13.0, 8.0), (-13.0, 8.0))
    up, down = outline("triangle", 10.0), outline("triangleDown", 10.0)
    assert up[0][1] < 0 < up[1][1] == up[2][1]  # y grows downward
    assert down == tuple((x, -y) for x, y in up)


@given(st.sampled_from(SHAPES), st.floats(1.0, 100.0))
def test_a_shape_grows_in_step_with_its_radius(shape: Shape, radius: float) -> None:
    for (x, y), (ux, uy) in zip(outline(shape, radius), outline(shape, 1.0), strict=True):
        assert (x, y) == (pytest.approx(ux * radius), pytest.approx(uy * radius))


@given(st.sampled_from(SHAPES), st.floats(0.0, 2 * math.pi), st.floats(0.5, 20.0))
def test_a_tie_ends_at_the_border_and_never_inside(shape: Shape, angle: float, by: float) -> None:
    bare, ringed = border_distance(shape, 10.0, 0.0, angle), border_distance(shape, 10.0, by, angle)
    # the inner corners of a star, whose middle lies a little lower; the outer corner of a triangle
    assert 3.2 < bare < 20.0
    assert ringed > bare


@pytest.mark.parametrize(
    ("shape", "angle", "far"),
    [
        ("dot", 1.0, 10.0),
        ("square", 0.0, 10.0),
        ("square", math.pi / 4, 10.0 * math.sqrt(2)),
        ("diamond", math.pi / 2, 10.0),
        ("diamond", math.pi / 4, 10.0 / math.sqrt(2)),
        ("hexagon", 0.0, 10.0),
        ("box", math.pi, 13.0),
        ("box", -math.pi / 2, 8.0),
    ],
)
def test_how_far_a_shape_reaches(shape: Shape, angle: float, far: float) -> None:
    assert border_distance(shape, 10.0, 0.0, angle) == pytest.approx(far)


def test_a_ring_keeps_the_shape_and_its_distance_from_every_side() -> None:
    assert offset_outline("square", 10, ring_radius("high")) == ((-17, -17), (17, -17), (17, 17), (-17, 17))
    for shape, corners in UNIT.items():
        assert len(offset_outline(shape, 10, 5)) == len(corners)
    # halfway along a side of a diamond or a hexagon, the ring is exactly as far out as it says
    for shape, angle in (("diamond", 45), ("hexagon", 30), ("triangle", 90), ("box", 0), ("dot", 10)):
        turn = math.radians(angle)
        assert border_distance(shape, 10, 5, turn) - border_distance(shape, 10, 0, turn) == pytest.approx(
            5
        ), shape


def test_only_what_reads_the_same_from_both_ends_has_no_arrow() -> None:
    assert {t for t in EDGE_TYPES if not has_arrow(t)} == {"ADJACENT_TO", "DUAL_MANAGED_WITH"}
    assert has_arrow("of a later version")
