"""The layouts that a person can choose: every node has a place of its own, the same each time."""

import itertools

import networkx as nx
import pytest

from explorer.scene.layouts import compute_layout
from explorer.scene.scene import LAYOUTS
from explorer.scene.spacing import BOX_HEIGHT, BOX_WIDTH


def field(areas=4, units=3, people=7):
    graph = nx.MultiDiGraph()
    graph.add_node("s", label="Subdistrict", properties={})
    for a in range(areas):
        graph.add_node(f"r{a}", label="ResidentialArea", properties={})
        graph.add_edge(f"r{a}", "s", key="PART_OF")
        for u in range(units):
            unit, branch = f"u{a}.{u}", f"b{a}.{u}"
            graph.add_node(unit, label="Unit", properties={})
            graph.add_edge(unit, f"r{a}", key="MANAGES")
            graph.add_node(branch, label="Branch", properties={})
            graph.add_edge(branch, unit, key="ORGANISED_IN")
            for p in range(people):
                graph.add_node(f"m{a}.{u}.{p}", label="Member", properties={})
                graph.add_edge(f"m{a}.{u}.{p}", branch, key="AFFILIATED_WITH")
    for u in range(3):
        graph.add_edge("b0.0", f"u1.{u}", key="ORGANISED_IN")
    graph.add_node("m-alone", label="Member", properties={})
    return graph


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_places_every_node_and_none_on_another(layout):
    graph = field()
    placed = compute_layout(graph, layout)
    assert set(placed) == set(graph)
    for (ax, ay), (bx, by) in itertools.combinations(placed.values(), 2):
        assert abs(ax - bx) > BOX_WIDTH * 0.6 or abs(ay - by) > BOX_HEIGHT * 0.6


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_graph_is_laid_out_the_same(layout):
    assert compute_layout(field(2), layout) == compute_layout(field(2), layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_empty_graph_has_no_places(layout):
    assert compute_layout(nx.MultiDiGraph(), layout) == {}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_expansion_leaves_what_is_there_where_it_is(layout):
    few, more = field(2, 2, 2), field(2, 2, 4)
    before = compute_layout(few, layout)
    after = compute_layout(more, layout, keep=before)
    assert {key: after[key] for key in before} == before
    assert set(after) == set(more)


def test_the_hierarchy_goes_downward():
    placed = compute_layout(field(), "hierarchy")
    assert placed["s"][1] < placed["r0"][1] < placed["u0.1"][1] < placed["b0.1"][1] < placed["m0.1.0"][1]


def test_a_joint_branch_has_its_units_side_by_side_below_it():
    placed = compute_layout(field(), "joint")
    units = [placed[key] for key in ("u0.0", "u1.0", "u1.1", "u1.2")]
    assert len({y for _, y in units}) == 1
    assert all(y > placed["b0.0"][1] for _, y in units)


def test_areas_stand_apart():
    placed = compute_layout(field(), "areas")
    for a, b in itertools.combinations(range(4), 2):
        (ax, ay), (bx, by) = placed[f"r{a}"], placed[f"r{b}"]
        assert abs(ax - bx) > 2 * BOX_WIDTH or abs(ay - by) > 2 * BOX_HEIGHT
