"""A store that is asked, and the same graph at hand, give the same answers; on every store."""

import pytest

from graph_model.coverage.measures import count_openings
from graph_model.store.graph_source import PAGE, InMemoryGraph
from tests.support.graphs import fill, graph, node, tie

HELD = graph(
    node("u_1", name="甲", number="7", kind="property_company"), node("u_z", name="乙"), node("r_1", name="丙"),
    node("m_1", name="张三"), node("m_2", name="张三"),
    tie("u_1 MANAGES r_1", buildings="1"), tie("m_1 EMPLOYED_BY u_1"), tie("m_2 EMPLOYED_BY u_z"),
)  # fmt: skip
QUESTIONS = {
    "nodes": lambda h: h.nodes(["u_1", "m_2", "m_9", "b_1"]),
    "no nodes": lambda h: h.nodes([]),
    "names": lambda h: h.named("Unit"),
    "people of a name": lambda h: h.named("Member", {"张三", "李四"}),
    "ties of either end": lambda h: h.ties(["u_1"]),
    "ties from": lambda h: h.ties(["u_1", "m_2"], end="source"),
    "ties into": lambda h: h.ties(["u_1", "u_z"], ["EMPLOYED_BY"], "target"),
    "ties of a type": lambda h: h.ties(["u_1"], ["MANAGES"]),
    "ties of no type": lambda h: h.ties(["u_1"], []),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_store_answers_as_the_graph_does(store, question):
    fill(store, HELD)
    assert QUESTIONS[question](store.holdings()) == QUESTIONS[question](InMemoryGraph(HELD))


def test_more_than_a_page_is_read_whole_whatever_the_keys_are(store):
    many = graph(*(node(f"m_{key}", name="x") for key in ("", "0", "zz", *map(str, range(PAGE)))))
    fill(store, many)
    assert store.held() == many
    assert len(store.holdings().named("Member")) == PAGE + 2


def test_companies_and_members_of_an_area_are_counted(store):
    fill(store, HELD)
    assert count_openings(store, ["r_1"]) == {
        ("companies", ""): 1,
        ("members", ""): 1,
        ("companies", "r_1"): 1,
        ("members", "r_1"): 1,
    }
