"""Paths and what nodes have in common, on every kind of store."""

import networkx as nx
import pytest

from graph_model.errors import InputError
from graph_model.store.paths import PathLimits, shared_neighbors, shortest_paths
from tests.support.graphs import fill, graph, node, random_graph, tie

# m_1 -> u_1 -> r_1 <- u_2 <- m_2, and over the branch b_1 as well
FIELD = graph(
    *(node(key) for key in ("m_1", "m_2", "m_9", "u_1", "u_2", "b_1", "r_1", "s_1")),
    tie("m_1 EMPLOYED_BY u_1"),
    tie("m_2 EMPLOYED_BY u_2"),
    tie("u_1 MANAGES r_1"),
    tie("u_2 MANAGES r_1"),
    tie("b_1 ORGANISED_IN u_1"),
    tie("b_1 ORGANISED_IN u_2"),
    tie("r_1 PART_OF s_1"),
)


def test_a_shortest_path_leads_from_one_to_the_other(store):
    fill(store, FIELD)
    found = shortest_paths(store, "m_1", "s_1")
    assert found.paths == (("m_1", "u_1", "r_1", "s_1"),)
    assert (found.more, found.stopped) == (False, False)


def test_every_shortest_path_is_found_and_the_other_way_round_too(store):
    fill(store, FIELD)
    ways = (("m_1", "u_1", "b_1", "u_2", "m_2"), ("m_1", "u_1", "r_1", "u_2", "m_2"))
    assert shortest_paths(store, "m_1", "m_2", every=True).paths == ways
    back = shortest_paths(store, "m_2", "m_1", every=True).paths
    assert {tuple(reversed(path)) for path in back} == set(ways)


def test_one_of_several_says_that_there_are_more(store):
    fill(store, FIELD)
    found = shortest_paths(store, "m_1", "m_2")
    assert len(found.paths) == 1
    assert found.more


def test_only_chosen_ties_are_walked(store):
    fill(store, FIELD)
    types = ("EMPLOYED_BY", "ORGANISED_IN")
    assert shortest_paths(store, "m_1", "m_2", types=types).paths == (("m_1", "u_1", "b_1", "u_2", "m_2"),)
    assert shortest_paths(store, "m_1", "s_1", types=types).paths == ()
    assert shortest_paths(store, "m_1", "s_1", types=()).paths == ()


def test_a_path_does_not_lead_over_what_is_to_be_avoided_but_may_end_there(store):
    fill(store, FIELD)
    found = shortest_paths(store, "m_1", "m_2", avoid=("ResidentialArea",), every=True)
    assert found.paths == (("m_1", "u_1", "b_1", "u_2", "m_2"),)
    assert shortest_paths(store, "m_1", "r_1", avoid=("ResidentialArea",)).paths == (("m_1", "u_1", "r_1"),)
    assert shortest_paths(store, "r_1", "m_1", avoid=("ResidentialArea",)).paths == (("r_1", "u_1", "m_1"),)
    assert shortest_paths(store, "m_1", "s_1", avoid=("ResidentialArea",)).paths == ()


def test_what_is_not_connected_has_no_path_and_that_is_certain(store):
    fill(store, FIELD)
    found = shortest_paths(store, "m_1", "m_9")
    assert (found.paths, found.stopped) == ((), False)


def test_a_limit_of_steps_or_nodes_says_that_it_stopped(store):
    fill(store, FIELD)
    assert shortest_paths(store, "m_1", "m_2", limits=PathLimits(steps=3)).stopped
    assert shortest_paths(store, "m_1", "m_2", limits=PathLimits(nodes=1)).stopped


def test_a_node_is_connected_to_itself(store):
    fill(store, FIELD)
    assert shortest_paths(store, "m_1", "m_1").paths == (("m_1",),)


def test_an_unknown_end_is_refused_by_name(store):
    fill(store, FIELD)
    with pytest.raises(InputError, match="m_404"):
        shortest_paths(store, "m_1", "m_404")


def test_shared_neighbours_are_found_most_shared_first(store):
    fill(store, FIELD)
    assert [(s.node.key, s.by) for s in shared_neighbors(store, ("u_1", "u_2", "s_1"))] == [
        ("r_1", ("s_1", "u_1", "u_2")),
        ("b_1", ("u_1", "u_2")),
    ]


def test_strangers_share_nothing(store):
    fill(store, FIELD)
    assert shared_neighbors(store, ("m_1", "m_9")) == ()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_paths_are_as_networkx_finds_them(store, seed):
    desired = random_graph(seed, 12)
    fill(store, desired)
    peer = nx.Graph()
    peer.add_nodes_from(desired.nodes)
    peer.add_edges_from((e.source, e.target) for e in desired.edges.values())
    keys = sorted(desired.nodes)
    for source, target in [(keys[0], k) for k in keys[1::9]] + [(keys[-1], k) for k in keys[2::11]]:
        found = shortest_paths(store, source, target, every=True, limits=PathLimits(steps=30, paths=500))
        if nx.has_path(peer, source, target):
            assert set(found.paths) == {tuple(p) for p in nx.all_shortest_paths(peer, source, target)}
        else:
            assert found.paths == ()
