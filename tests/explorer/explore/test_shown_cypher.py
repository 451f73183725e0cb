"""The query that is shown behind a picture finds just what the picture shows."""

from __future__ import annotations

import pytest

from explorer.answers import Answers
from explorer.explore.build_scene import joint_branches, visible_graph
from explorer.explore.exploration import OVERVIEW_LABELS, Exploration
from explorer.explore.shown_cypher import shown_cypher
from graph_model.coverage.catalogue import Catalogue
from graph_model.profile import read_profile
from tests.support.graphs import fill, graph, node, random_graph, tie

FIELD = graph(
    node("s_1"),
    *(node(k) for k in ("r_1", "r_2", "u_1", "u_2", "u_3", "m_1", "m_2")),
    node("b_1", kind="joint"),
    tie("r_1 PART_OF s_1"),
    tie("r_2 PART_OF s_1"),
    tie("u_1 MANAGES r_1"),
    tie("u_2 MANAGES r_2"),
    tie("b_1 ORGANISED_IN u_1"),
    tie("b_1 ORGANISED_IN u_3"),
    tie("m_1 EMPLOYED_BY u_1"),
    tie("m_2 AFFILIATED_WITH b_1"),
)
WALKS = (
    Exploration(("s_1",), 3, OVERVIEW_LABELS),
    Exploration(("s_1", "u_3"), 1),
    Exploration(("m_1",), 2).expand("b_1", 2).add(("r_2",)),
    Exploration(("u_1",), 1).hide(("m_1", "r_1")),
    Exploration(("u_1",), 1, layout="joint"),
    Exploration(("u_1",), 0),
)


def answers_on(store):
    return Answers(store, Catalogue(()), read_profile())


@pytest.mark.parametrize("walk", WALKS)
def test_the_query_finds_what_is_shown(store, walk):
    fill(store, FIELD)
    shown, _ = visible_graph(answers_on(store), walk)
    text = shown_cypher(walk, joint_branches(shown))
    assert {row["key"] for row in store.ask(text).rows} == set(shown)


@pytest.mark.parametrize("seed", range(3))
def test_on_random_graphs_too(store, seed):
    field = random_graph(seed, 8)
    fill(store, field)
    keys = sorted(k for k, n in field.nodes.items() if n.label in ("Unit", "Branch", "ResidentialArea"))
    walk = Exploration(tuple(keys[:2]), 2).expand(keys[-1]).hide(keys[2:3])
    shown, _ = visible_graph(answers_on(store), walk)
    assert {row["key"] for row in store.ask(shown_cypher(walk)).rows} == set(shown)
