"""What lies around some nodes: depth, filters, limits."""

from __future__ import annotations

import networkx as nx
import pytest

from graph_model.store.neighborhood import merge_neighborhoods, read_neighborhood
from graph_model.store.store import Store
from tests.support.graphs import PLACE, fill, graph, node, tie

# u_1 <- m_1 -> b_1 <- m_2 -> u_2, and m_1 is secretary of b_1 too
CHAIN = graph(
    *(node(k) for k in ("u_1", "m_1", "b_1", "m_2", "u_2", "r_1")),
    tie("m_1 EMPLOYED_BY u_1", position="经理"),
    tie("m_1 AFFILIATED_WITH b_1"),
    tie("m_1 SECRETARY_OF b_1"),
    tie("m_2 AFFILIATED_WITH b_1"),
    tie("m_2 EMPLOYED_BY u_2"),
)


def edges(found: nx.MultiDiGraph[str]) -> set[tuple[str, str, str]]:
    return {(type_, source, target) for source, target, type_ in found.edges(keys=True)}


@pytest.mark.parametrize(
    ("depth", "nodes"),
    [
        (0, {"u_1"}),
        (1, {"u_1", "m_1"}),
        (2, {"u_1", "m_1", "b_1"}),
        (3, {"u_1", "m_1", "b_1", "m_2"}),
        (9, {"u_1", "m_1", "b_1", "m_2", "u_2"}),
    ],
)
def test_depth_is_a_number_of_steps(store: Store, depth: int, nodes: set[str]) -> None:
    fill(store, CHAIN)
    found = read_neighborhood(store, ["u_1"], depth=depth)
    assert set(found.graph) == nodes
    # every edge between the nodes that are shown, and no other
    assert edges(found.graph) == {k for k in CHAIN.edges if {k[1], k[2]} <= nodes}
    assert not found.cut


def test_nodes_and_edges_carry_what_they_say_and_where_they_stand(store: Store) -> None:
    fill(store, CHAIN)
    found = read_neighborhood(store, ["u_1"]).graph
    assert found.nodes["m_1"] == {"label": "Member", "properties": {"name": "m_1"}, "place": PLACE}
    assert found.edges["m_1", "u_1", "EMPLOYED_BY"] == {"properties": {"position": "经理"}, "place": PLACE}


def test_edges_between_the_last_nodes_are_there_too(store: Store) -> None:
    fill(store, CHAIN)
    assert edges(read_neighborhood(store, ["m_1", "b_1"], depth=0).graph) == {
        ("AFFILIATED_WITH", "m_1", "b_1"),
        ("SECRETARY_OF", "m_1", "b_1"),
    }


def test_only_the_types_asked_for_are_walked(store: Store) -> None:
    fill(store, CHAIN)
    found = read_neighborhood(store, ["m_1"], depth=4, types=["EMPLOYED_BY"])
    assert set(found.graph) == {"m_1", "u_1"}
    assert set(read_neighborhood(store, ["m_1"], depth=4, types=[]).graph) == {"m_1"}


def test_only_the_labels_asked_for_are_walked_and_the_focus_stays(store: Store) -> None:
    fill(store, CHAIN)
    assert set(read_neighborhood(store, ["u_1"], depth=9, labels=["Member"]).graph) == {"u_1", "m_1"}
    assert set(read_neighborhood(store, ["u_1"], depth=9, labels=[]).graph) == {"u_1"}


def test_unknown_keys_are_left_out(store: Store) -> None:
    fill(store, CHAIN)
    assert set(read_neighborhood(store, ["u_9", "nonsense", "r_1"]).graph) == {"r_1"}
    assert set(read_neighborhood(store, []).graph) == set()


def test_a_limit_cuts_and_says_so(store: Store) -> None:
    fill(
        store,
        graph(
            node("u_1"),
            *(node(f"m_{i}") for i in range(9)),
            *(tie(f"m_{i} EMPLOYED_BY u_1") for i in range(9)),
        ),
    )
    some = read_neighborhood(store, ["u_1"], limit=5)
    assert (sorted(some.graph), some.cut) == (["m_0", "m_1", "m_2", "m_3", "u_1"], True)
    every = read_neighborhood(store, ["u_1"], limit=10)
    assert (len(every.graph), every.cut) == (10, False)


def test_a_circle_ends(store: Store) -> None:
    ring = graph(
        *(node(f"r_{i}") for i in range(3)), *(tie(f"r_{i} ADJACENT_TO r_{(i + 1) % 3}") for i in range(3))
    )
    fill(store, ring)
    assert edges(read_neighborhood(store, ["r_0"], depth=9).graph) == set(ring.edges)


@pytest.mark.parametrize(
    "pieces", [(("u_1",), ("b_1",)), (("u_1",), ("m_1",)), (("u_1", "r_1"), ("u_2",), ("b_1",))]
)
def test_joined_pieces_are_what_the_store_says_of_their_nodes(
    store: Store, pieces: tuple[tuple[str, ...], ...]
) -> None:
    fill(store, CHAIN)
    whole = merge_neighborhoods([read_neighborhood(store, keys, depth=1) for keys in pieces])
    asked = read_neighborhood(store, sorted(whole), depth=0).graph
    assert dict(whole.nodes(data=True)) == dict(asked.nodes(data=True))
    assert {(a, b, t): d for a, b, t, d in whole.edges(keys=True, data=True)} == {
        (a, b, t): d for a, b, t, d in asked.edges(keys=True, data=True)
    }
