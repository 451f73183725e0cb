"""Where a thing was read is kept as one number, and comes back as it was; on every store."""

import pytest

from graph_model.graph import Edge, Graph, Node, Place
from graph_model.plan import make_plan
from graph_model.store.provenance import ROWS, number_of
from tests.support.graphs import fill, graph, node, tie

SHEETS = [
    Place("2006-10", "党员.csv", "党员", 7),
    Place("2006-10", "a#b!c.xlsx", "表!1#2", 1),
    Place("2006-04", "党员.csv", "党员", ROWS - 1),
    Place("2006-10", "x/y.xlsx", "", 2),
    None,
]
SQUATTER = ("2006-04", "older.xlsx", "党员")


def standing(place: Place | None, key: str = "u_1") -> Node:
    return Node("Unit", key, {"name": "甲"}, place)


def raw(store, text, **parameters):
    return store._bolt.write(lambda tx: tx.run(text, parameters))


@pytest.fixture
def placed() -> Graph:
    nodes = [standing(place, f"u_{n}") for n, place in enumerate(SHEETS)]
    edges = [Edge("PROVIDED_FOR", f"u_{n}", "a_1", {}, place) for n, place in enumerate(SHEETS)]
    return Graph.of([*nodes, Node("Activity", "a_1", {"name": "乙"}, SHEETS[0])], edges)


def test_places_come_back_as_they_were(store, placed):
    fill(store, placed)
    assert store.held() == placed
    keys = list(placed.nodes)
    assert {n.key: n for n in store.nodes(keys)} == dict(placed.nodes)
    assert {e.key: e for e in store.edges_of(["a_1"])[0]} == dict(placed.edges)
    assert store.holdings().nodes(keys) == dict(placed.nodes)
    assert store.holdings().ties(["a_1"]) == dict(placed.edges)


def test_one_who_queries_finds_the_sheet_of_a_thing(store, placed):
    fill(store, placed)
    rows = store.ask(
        "MATCH (u:Unit {key: 'u_1'}), (s:SurveySheet) WHERE s.key = 'h_' + toString(u.source / 100000000) "
        "RETURN s.round AS round, s.file AS file, s.sheet AS sheet, u.source % 100000000 AS row"
    ).rows
    assert [Place(**row) for row in rows] == [SHEETS[1]]


def test_each_sheet_has_one_number_however_often_it_is_loaded(store, placed):
    fill(store, placed)
    fill(store, Graph.of())
    fill(store, placed)
    assert raw(store, "MATCH (s:SurveySheet) RETURN count(s) AS n") == [{"n": 4}]
    assert store.counts()["nodes"]["Unit"] == len(SHEETS)


def test_a_number_is_the_same_in_every_store():
    assert number_of(("2006-10", "党员.csv", "党员")) == number_of(("2006-10", "党员.csv", "党员"))
    numbers = {number_of(("2006-10", f"{n}.csv", "党员"), turn) for n in range(50) for turn in (0, 1)}
    assert len(numbers) == 100
    assert max(numbers) * ROWS < 2**63


def test_two_sheets_of_one_number_are_two(store):
    mine = SHEETS[0]
    taken = number_of((mine.round, mine.file, mine.sheet))
    older = dict(zip(("round", "file", "sheet"), SQUATTER, strict=True))
    text = "CREATE (s:SurveySheet {key: $key, round: $round, file: $file, sheet: $sheet})"
    raw(store, text, key=f"h_{taken}", **older)
    raw(store, "CREATE (u:Unit {key: 'u_9', name: '乙', source: $source})", source=taken * ROWS + 3)
    held = store.held()
    assert held.nodes["u_9"].place == Place(*SQUATTER, 3)
    fill(store, Graph.of([*held.nodes.values(), standing(mine)]))
    assert {k: n.place for k, n in store.held().nodes.items()} == {"u_9": Place(*SQUATTER, 3), "u_1": mine}


OLD = (
    "CREATE (m:Member {key: 'm_1', name: '张三', round: '2006-04', source: 'a.xlsx#党员!2'})"
    "-[r:EMPLOYED_BY {round: '2006-04', source: 'a.xlsx#党员!2'}]->"
    "(u:Unit {key: 'u_1', name: '甲', round: '2006-04', source: 'a.xlsx#单位!3'})"
)


def test_what_an_older_version_kept_is_read_and_kept_anew_when_it_is_stated_anew(store):
    raw(store, OLD)
    before = store.held()
    people, units = Place("2006-04", "a.xlsx", "党员", 2), Place("2006-04", "a.xlsx", "单位", 3)
    assert before == Graph.of(
        [Node("Member", "m_1", {"name": "张三"}, people), standing(units)],
        [Edge("EMPLOYED_BY", "m_1", "u_1", {}, people)],
    )
    assert make_plan(before, store.held()).empty
    moved = Graph.of(
        [n._replace(place=n.place._replace(round="2006-10")) for n in before.nodes.values()],
        [e._replace(place=e.place._replace(round="2006-10")) for e in before.edges.values()],
    )
    fill(store, moved)
    assert store.held() == moved
    texts = raw(store, "MATCH (n) WHERE n:Member OR n:Unit RETURN n.round AS round")
    texts += raw(store, "MATCH (:Member)-[r]->(:Unit) RETURN r.round AS round")
    assert texts == [{"round": None}] * 3


def test_a_place_whose_sheet_is_gone_is_unknown_until_the_next_load(store):
    whole = Graph.of([standing(SHEETS[0])])
    fill(store, whole)
    raw(store, "MATCH (s:SurveySheet) DETACH DELETE s")
    assert store.held() == Graph.of([standing(None)])
    fill(store, whole)
    assert store.held() == whole


def test_what_is_only_tried_out_leaves_no_sheet(store):
    fill(store, graph(node("u_1")))
    before = raw(store, "MATCH (s:SurveySheet) RETURN s.file AS file")
    plan = make_plan(Graph.of([standing(SHEETS[0], "u_2")]), Graph.of())
    assert store.what_if(plan, lambda tried: tried.nodes(["u_2"])[0].place) == SHEETS[0]
    assert raw(store, "MATCH (s:SurveySheet) RETURN s.file AS file") == before
    assert SHEETS[0].file not in {row["file"] for row in before}


def test_a_tie_and_its_ends_may_stand_in_different_sheets(store):
    ends = node("u_1"), node("m_1")
    apart = tie("m_1 EMPLOYED_BY u_1")._replace(place=SHEETS[1])
    fill(store, graph(*ends, apart))
    assert store.held().edges[apart.key].place == SHEETS[1]
