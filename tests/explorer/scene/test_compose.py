import networkx as nx
import pytest

from explorer.scene.compose import DrawOptions, compose_scene
from explorer.scene.scene import LegendEntry
from explorer.viewer import Viewer
from graph_model.errors import SchemaError


def masked(label, properties):
    name = properties.get("name", "")
    return name[:1] + "*" if label == "Member" else name


def graph_of(nodes, edges=()):
    graph = nx.MultiDiGraph()
    for key, label, properties in nodes:
        graph.add_node(key, label=label, properties=properties)
    for source, type_, target in edges:
        graph.add_edge(source, target, key=type_, properties={})
    return graph


def scene_of(graph, language="zh", *, reveal=False, rings=None, members=None, **options):
    return compose_scene(
        graph,
        Viewer(reveal, language),
        DrawOptions(caption=masked, **options),
        title="图",
        footer="来源",
        rings=rings,
        members=members,
    )


MEMBER = ("m_0", "Member", {"name": "王小明", "born": "1960-02", "joined": "1985", "standing": "full"})


def test_a_member_is_masked_and_sensitive_facts_stay_out():
    scene = scene_of(graph_of([MEMBER]))
    assert scene.nodes[0].caption == "王*"
    assert scene.nodes[0].detail == "党员：王*\n党员类别：正式党员"
    assert "小明" not in repr(scene)
    assert "1960" not in repr(scene)


def test_reveal_lets_sensitive_facts_in():
    detail = scene_of(graph_of([MEMBER]), reveal=True).nodes[0].detail
    assert "出生年月：1960-02" in detail.splitlines()


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("zh", "居民区：檀香居民区\n有居民委员会：是\n有业主委员会：否\n户数：1200"),
        (
            "en",
            "Residential area: 檀香居民区\nHas a residents' committee: Yes\n"
            "Has an owners' committee: No\nHouseholds: 1200",
        ),
    ],
)
def test_facts_are_in_the_viewers_language(language, detail):
    area = {
        "name": "檀香居民区",
        "residents_committee": True,
        "owners_committee": False,
        "households": 1200,
    }
    assert scene_of(graph_of([("r_0", "ResidentialArea", area)]), language).nodes[0].detail == detail


def test_what_is_not_known_is_not_said():
    unit = {"name": "合生物业", "trade": "", "employees": None, "source": 300000002}
    assert scene_of(graph_of([("u_0", "Unit", unit)])).nodes[0].detail == "单位：合生物业"


def joint(units):
    return graph_of(
        [("b_0", "Branch", {"name": "联合"}), *((f"u_{i}", "Unit", {"name": "甲"}) for i in range(units))],
        [("b_0", "ORGANISED_IN", f"u_{i}") for i in range(units)],
    )


@pytest.mark.parametrize(("units", "dashed"), [(1, False), (2, True)])
def test_the_ties_of_a_joint_branch_are_dashed(units, dashed):
    assert {edge.dashed for edge in scene_of(joint(units)).edges} == {dashed}


def test_a_joint_branch_is_joint_even_when_one_unit_is_shown():
    graph = joint(1)
    graph.nodes["b_0"]["properties"] = {"name": "联合", "kind": "joint"}
    assert scene_of(graph).edges[0].dashed


def test_former_ties_are_dashed_and_named():
    graph = graph_of([MEMBER, ("b_0", "Branch", {"name": "甲"})], [("m_0", "WAS_AFFILIATED_WITH", "b_0")])
    (edge,) = scene_of(graph, "en").edges
    assert (edge.dashed, edge.caption, edge.type) == (True, "was affiliated with", "WAS_AFFILIATED_WITH")


def test_size_grows_with_members_and_is_bounded():
    sizes = []
    for count in (0, 1, 9, 400):
        members = [(f"m_{i}", "Member", {}) for i in range(count)]
        edges = [(f"m_{i}", "EMPLOYED_BY", "u_0") for i in range(count)]
        scene = scene_of(graph_of([("u_0", "Unit", {}), *members], edges))
        sizes.append(next(node.size for node in scene.nodes if node.id == "u_0"))
    assert sizes == [11.0, 14.0, 20.0, 30.0]


def test_size_counts_members_that_are_not_drawn_and_does_not_change_when_they_are():
    alone = graph_of([("u_0", "Unit", {})])
    walked = graph_of([("u_0", "Unit", {}), MEMBER], [("m_0", "EMPLOYED_BY", "u_0")])
    sizes = [scene_of(g, members={"u_0": 9}).nodes[-1].size for g in (alone, walked)]
    assert sizes == [20.0, 20.0]


def test_the_legend_counts_types_and_gaps_in_schema_order():
    graph = graph_of([MEMBER, ("u_0", "Unit", {}), ("u_1", "Unit", {})])
    assert scene_of(graph, rings={"u_1": "high", "gone": "low"}).legend == (
        LegendEntry("Unit", "单位", "#1f5fa8", "square", 2),
        LegendEntry("Member", "党员", "#b8661a", "dot", 1),
        LegendEntry("high", "问题：高", "#d6002a", "dot", 1),
    )


def test_focus_ring_and_given_positions_reach_the_nodes():
    graph = graph_of([("u_0", "Unit", {}), ("u_1", "Unit", {})])
    positions = {"u_0": (1.0, 2.0), "u_1": (300.0, 4.0)}
    scene = scene_of(graph, focus={"u_0"}, rings={"u_1": "medium"}, positions=positions)
    assert [(n.x, n.y, n.focus, n.ring) for n in scene.nodes] == [
        (1.0, 2.0, True, None),
        (300.0, 4.0, False, "medium"),
    ]


def test_parallel_ties_are_both_there():
    graph = graph_of(
        [MEMBER, ("b_0", "Branch", {})], [("m_0", t, "b_0") for t in ("AFFILIATED_WITH", "SECRETARY_OF")]
    )
    assert [edge.id for edge in scene_of(graph).edges] == [
        "AFFILIATED_WITH|m_0|b_0",
        "SECRETARY_OF|m_0|b_0",
    ]


def test_an_unknown_type_is_refused_with_the_known_ones():
    with pytest.raises(SchemaError, match="Unit"):
        scene_of(graph_of([("x_0", "Nothing", {})]))


def test_an_empty_graph_is_an_empty_scene():
    scene = scene_of(nx.MultiDiGraph())
    assert (scene.nodes, scene.edges, scene.legend) == ((), (), ())
