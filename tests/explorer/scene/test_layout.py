import networkx as nx
import numpy as np
import pytest

from explorer.scene.layout import _scaled, bounding_box, force_layout


def graph_of(nodes, edges=()):
    graph = nx.MultiDiGraph()
    for key, label in nodes:
        graph.add_node(key, label=label, properties={})
    for source, type_, target in edges:
        graph.add_edge(source, target, key=type_, properties={})
    return graph


def crowded(spots):
    """Pairs of nodes that leave no room for the label between them."""
    points = sorted(spots.items())
    return [
        (a, b)
        for i, (a, (ax, ay)) in enumerate(points)
        for b, (bx, by) in points[i + 1 :]
        if abs(ax - bx) < 98 and abs(ay - by) < 76
    ]


def star(leaves):
    return graph_of(
        [("u_0", "Unit"), *((f"m_{i}", "Member") for i in range(leaves))],
        [(f"m_{i}", "EMPLOYED_BY", "u_0") for i in range(leaves)],
    )


def test_nothing_has_no_places():
    assert force_layout(nx.MultiDiGraph()) == {}
    assert bounding_box({}) == (0.0, 0.0, 0.0, 0.0)


def test_one_node_stands_in_the_middle():
    assert force_layout(graph_of([("u_0", "Unit")])) == {"u_0": (0.0, 0.0)}


def test_two_tied_nodes_stand_one_step_apart():
    spots = force_layout(graph_of([("m_0", "Member"), ("u_0", "Unit")], [("m_0", "EMPLOYED_BY", "u_0")]))
    (ax, ay), (bx, by) = spots.values()
    assert 90 <= ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 <= 125


def test_the_same_graph_has_the_same_places_in_any_order():
    nodes = [("u_0", "Unit"), ("m_0", "Member"), ("m_1", "Member")]
    edges = [("m_0", "EMPLOYED_BY", "u_0"), ("m_1", "EMPLOYED_BY", "u_0")]
    assert force_layout(graph_of(nodes, edges)) == force_layout(graph_of(nodes[::-1], edges[::-1]))


@pytest.mark.parametrize("leaves", [3, 40, 400, 1999])
def test_no_two_nodes_are_crowded_around_a_hub(leaves):
    spots = force_layout(star(leaves))
    assert len(spots) == leaves + 1
    assert crowded(spots) == []


def test_no_two_are_crowded_without_any_tie():
    assert crowded(force_layout(graph_of([(f"u_{i}", "Unit") for i in range(200)]))) == []


def test_a_tie_to_itself_does_no_harm():
    assert force_layout(graph_of([("b_0", "Branch")], [("b_0", "DUAL_MANAGED_WITH", "b_0")])) == {
        "b_0": (0.0, 0.0)
    }


def test_components_stand_side_by_side():
    spots = force_layout(
        graph_of(
            [("m_0", "Member"), ("u_0", "Unit"), ("m_1", "Member"), ("u_1", "Unit")],
            [("m_0", "EMPLOYED_BY", "u_0"), ("m_1", "EMPLOYED_BY", "u_1")],
        )
    )
    first = bounding_box({key: spots[key] for key in ("m_0", "u_0")})
    second = bounding_box({key: spots[key] for key in ("m_1", "u_1")})
    assert first[2] < second[0] or first[3] < second[1]


def test_the_component_in_focus_comes_first():
    nodes = [("u_0", "Unit"), ("u_1", "Unit"), ("u_2", "Unit")]
    spots = force_layout(graph_of(nodes), focus=["u_2"])
    assert min(spots, key=lambda key: (spots[key][1], spots[key][0])) == "u_2"


def areas(count, each):
    nodes = [("s_0", "Subdistrict")]
    edges = []
    for a in range(count):
        nodes.append((f"r_{a:02}", "ResidentialArea"))
        edges.append((f"r_{a:02}", "PART_OF", "s_0"))
        for u in range(each):
            nodes.append((f"u_{a:02}_{u}", "Unit"))
            edges.append((f"u_{a:02}_{u}", "MANAGES", f"r_{a:02}"))
    return graph_of(nodes, edges)


@pytest.mark.parametrize(("count", "each"), [(10, 5), (20, 20), (40, 48)])
def test_units_stand_nearest_to_their_own_area(count, each):
    spots = force_layout(areas(count, each))
    own = sum(
        min(
            (key for key in spots if key.startswith("r_")),
            key=lambda r: (spots[r][0] - x) ** 2 + (spots[r][1] - y) ** 2,
        )
        == f"r_{key[2:4]}"
        for key, (x, y) in spots.items()
        if key.startswith("u_")
    )
    assert own > 0.9 * count * each
    assert crowded(spots) == []


def test_a_long_chain_and_a_web_are_placed():
    chain = nx.relabel_nodes(nx.MultiDiGraph(nx.path_graph(1200)), str)
    web = nx.relabel_nodes(nx.MultiDiGraph(nx.gnm_random_graph(600, 1800, seed=1)), str)
    assert len(force_layout(chain)) == 1200
    assert crowded(force_layout(web)) == []


def test_kept_nodes_stay_and_new_ones_come_beside_their_neighbours():
    keep = {"u_0": (500.0, 500.0), "m_0": (500.0, 388.0), "gone": (0.0, 0.0)}
    spots = force_layout(star(4), keep=keep)
    assert spots["u_0"] == (500.0, 500.0)
    assert spots["m_0"] == (500.0, 388.0)
    assert sorted(spots) == ["m_0", "m_1", "m_2", "m_3", "u_0"]
    assert all(abs(x - 500) < 350 and abs(y - 500) < 350 for x, y in spots.values())
    assert crowded(spots) == []


def test_a_new_component_comes_below_what_is_kept():
    graph = graph_of([("u_0", "Unit"), ("u_1", "Unit")])
    spots = force_layout(graph, keep={"u_0": (10.0, 20.0)})
    assert spots["u_0"] == (10.0, 20.0)
    assert spots["u_1"][1] > 20.0


def test_only_forgotten_nodes_kept_means_a_fresh_layout():
    assert force_layout(graph_of([("u_0", "Unit")]), keep={"x": (9.0, 9.0)}) == {"u_0": (0.0, 0.0)}


def test_rounding_does_not_turn_areas_that_are_all_alike():
    """Another processor rounds otherwise, and must still find the same start."""
    alike = np.full((40, 40), 2.0) - 2.0 * np.eye(40)
    rounded = alike * (1.0 + np.random.default_rng(7).normal(0, 1e-13, alike.shape))
    assert np.allclose(_scaled(alike, 1), _scaled(rounded, 1), atol=1e-6)
