"""Lines of edges: apart where there are several between two nodes, from rim to rim."""

from dataclasses import replace

import pytest

from explorer.export.edge_paths import bends, edge_path
from explorer.scene.scene import SceneEdge, SceneNode

ONE = SceneNode("u_1", "Unit", "甲", "#1f5fa8", "dot", 10.0, 0.0, 0.0)
OTHER = replace(ONE, id="u_2", x=100.0)


def edge(id_: str, source: str = "u_1", target: str = "u_2") -> SceneEdge:
    return SceneEdge(id_, source, target, "MANAGES", "管理", "#628fc2", dashed=False)


def test_one_edge_is_straight_and_two_bow_apart_whichever_way_they_point():
    assert [bend for _, bend in bends((edge("a"),))] == [0.0]
    assert [bend for _, bend in bends((edge("a"), edge("b")))] == [-13.0, 13.0]
    assert [bend for _, bend in bends((edge("a"), edge("b", "u_2", "u_1")))] == [-13.0, -13.0]


def test_a_line_runs_from_rim_to_rim():
    line, head = edge_path(ONE, OTHER, 0.0, arrow=False, zoom=1.0)
    xs = [x for x, _ in line.vertices]
    assert (min(xs) >= 10.0, max(xs) <= 90.0, head) == (True, True, None)


def test_an_arrow_has_its_tip_before_the_rim():
    _, head = edge_path(ONE, OTHER, 0.0, arrow=True, zoom=1.0)
    assert head is not None
    assert max(x for x, _ in head.vertices) == pytest.approx(90.0, abs=2.0)


def test_an_edge_to_itself_is_a_loop_beside_the_node():
    line, head = edge_path(ONE, ONE, 0.0, arrow=True, zoom=1.0)
    assert head is None
    assert len(line.vertices) > 3
