"""The legend as a filter: what is switched off leaves nodes, ties, legend and counts."""

from explorer.scene.filters import apply_filters, filter_keys, relationship_key
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode

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
