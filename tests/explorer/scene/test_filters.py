"""The legend as a filter: what is switched off leaves nodes, ties, legend and counts."""

import networkx as nx
import pytest

from explorer.scene.compose import compose_scene
from explorer.scene.filters import apply_filters, filter_keys, relationship_key
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode
from explorer.viewer import Viewer
from graph_model.graph import Place

SCENE = Scene(
    nodes=(
        SceneNode("a", "Unit", "甲", "#000000", "dot", 10, 0, 0),
        SceneNode("b", "Unit", "乙", "#000000", "dot", 10, 0, 0),
        SceneNode("c", "Branch", "丙", "#000000", "dot", 10, 0, 0),
    ),
    edges=(
        SceneEdge("1", "a", "b", "MANAGES", "管理", "#000000"),
        SceneEdge("2", "a", "c", "LEADS", "领导", "#000000"),
    ),
    legend=(
        LegendEntry("Unit", "单位", "#000000", "dot", 2),
        LegendEntry("Branch", "党支部", "#000000", "dot", 1),
    ),
    title="图",
    footer="",
)


def test_with_nothing_switched_off_it_is_the_scene() -> None:
    assert apply_filters(SCENE, ()) is SCENE


def test_nodes_leave_with_their_ties_and_their_legend() -> None:
    seen = apply_filters(SCENE, ["Branch"])
    assert [n.id for n in seen.nodes] == ["a", "b"]
    assert [e.id for e in seen.edges] == ["1"]
    assert [(e.key, e.count) for e in seen.legend] == [("Unit", 2)]


def test_ties_leave_alone() -> None:
    seen = apply_filters(SCENE, [relationship_key("MANAGES")])
    assert [n.id for n in seen.nodes] == ["a", "b", "c"]
    assert [e.id for e in seen.edges] == ["2"]


def test_a_node_belongs_to_its_type_its_ring_and_its_facets() -> None:
    assert filter_keys(SCENE.nodes[0]) == ("Unit",)


def composed():
    graph = nx.MultiDiGraph()
    place = Place("2006-10", "甲.xlsx", "单位", 2)
    graph.add_node("u_1", label="Unit", properties={"name": "甲", "ownership": "private"}, place=place)
    graph.add_node(
        "u_2", label="Unit", properties={"name": "乙"}, place=Place("2006-04", "甲.xlsx", "单位", 2)
    )
    graph.add_node("b_1", label="Branch", properties={"name": "丙"}, place=place)
    graph.add_edge("b_1", "u_1", key="ORGANISED_IN", properties={})
    graph.add_edge("b_1", "u_2", key="ORGANISED_IN", properties={})
    return compose_scene(graph, Viewer(names=True), title="", footer="", rings={"u_1": "high"})


def test_the_filters_say_what_there_is():
    assert [(f.key, f.text, f.count) for f in composed().filters] == [
        ("tie:ORGANISED_IN", "组建于", 2),
        ("own:private", "民营", 1),
        ("own:unknown", "性质不明", 1),
        ("round:2006-04", "2006-04", 1),
        ("round:2006-10", "2006-10", 2),
    ]


@pytest.mark.parametrize(
    ("off", "nodes", "edges"),
    [
        ([], {"u_1", "u_2", "b_1"}, 2),
        (["Branch"], {"u_1", "u_2"}, 0),
        (["high"], {"u_2", "b_1"}, 1),
        (["own:unknown"], {"u_1", "b_1"}, 1),
        (["round:2006-10"], {"u_2"}, 0),
        (["tie:ORGANISED_IN"], {"u_1", "u_2", "b_1"}, 0),
        (["Unit", "Branch"], set(), 0),
    ],
)
def test_what_is_switched_off_leaves_the_scene_and_its_ties(off, nodes, edges):
    seen = apply_filters(composed(), off)
    assert {n.id for n in seen.nodes} == nodes
    assert len(seen.edges) == edges
    assert sum(e.count for e in seen.legend if e.key in ("Unit", "Branch")) == len(nodes)
