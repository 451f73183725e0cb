"""Graph values: keys, places, and what may not come twice."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.graph import Graph, Place, digest
from tests.support.graphs import graph, node, tie


def test_a_graph_finds_nodes_and_edges_by_key() -> None:
    small = Graph.of([node("m_1"), node("u_1")], [tie("m_1 EMPLOYED_BY u_1")])
    assert small.nodes["u_1"].label == "Unit"
    assert small.edges["EMPLOYED_BY", "m_1", "u_1"].target == "u_1"
    assert Graph.of() == Graph({}, {})


def test_a_node_or_an_edge_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="two nodes with the key u_1"):
        Graph.of([node("u_1"), node("u_1")])
    with pytest.raises(ValueError, match="two edges"):
        Graph.of([], [tie("m_1 EMPLOYED_BY u_1"), tie("m_1 EMPLOYED_BY u_1", position="经理")])


def test_two_ties_of_different_types_between_the_same_ends_are_two() -> None:
    ties = (tie("m_1 SECRETARY_OF b_1"), tie("m_1 AFFILIATED_WITH b_1"))
    assert len(graph(*ties).edges) == 2


NAMES = st.text(st.characters(exclude_characters="#!", exclude_categories=["Cs"]), min_size=1)


@given(file=NAMES, sheet=st.text(min_size=1), row=st.integers(1, 10**7))
def test_a_place_survives_being_stored(file: str, sheet: str, row: int) -> None:
    place = Place("2006-10", file, sheet, row)
    assert Place.parse("2006-10", place.source()) == place


@given(st.permutations([f"u_{n}" for n in range(6)]))
def test_a_digest_is_the_same_in_whatever_order_the_things_came(keys: list[str]) -> None:
    ties = [tie(f"{one} PROVIDED_FOR {other}") for one, other in pairwise(sorted(keys))]
    whole = Graph.of(map(node, sorted(keys)), ties)
    assert digest(Graph.of(map(node, keys), reversed(ties))) == digest(whole)


def test_a_digest_tells_values_places_and_what_a_thing_is_tied_to_apart() -> None:
    ends = (node("u_1"), node("u_2"))
    moved = ends[0]._replace(place=Place("2006-10", "甲.xlsx", "党员", 3))
    different = [
        Graph.of(),
        graph(ends),
        graph(moved, ends[1]),
        graph(ends[0]._replace(place=None), ends[1]),
        *(graph(node("u_1", employees=value), ends[1]) for value in (1, 1.0, True, "1")),
        graph(ends, tie("u_1 PROVIDED_FOR u_2")),
        graph(ends, tie("u_2 PROVIDED_FOR u_1")),
        graph(ends, tie("u_1 PROVIDED_FOR u_2", what="1")),
    ]
    assert len({digest(g) for g in different}) == len(different)
