"""The write and read statements, each run on a small graph; the numbers that they return are what apply checks."""

from __future__ import annotations

import pytest

from graph_model.errors import SchemaError, StoreError
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from graph_model.store import cypher
from graph_model.store.driver import Row
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, tie

EMPLOYED = ("EMPLOYED_BY", "Member", "Unit")


def run(store: Store, text: str, *rows: Row) -> int:
    """Run a write statement on rows; how many it says it did."""
    (answer,) = store._bolt.write(lambda tx: tx.run(text, {"rows": list(rows)}))
    return int(answer["done"])


def ends(source: str, target: str, **properties: object) -> Row:
    return {"source": source, "target": target, "properties": properties}


def test_create_nodes(store: Store) -> None:
    rows = [{"key": k, "properties": {"name": k, "number": None}} for k in ("u_1", "u_2")]
    assert run(store, cypher.create_nodes("Unit"), *rows) == 2
    assert {k: dict(n.properties) for k, n in store.held().nodes.items()} == {
        "u_1": {"name": "u_1"},
        "u_2": {"name": "u_2"},
    }


def test_create_listed_nodes(store: Store) -> None:
    names = ("key", *cypher.node_columns("Unit"), "source")
    given = {"key": "u_1", "name": "一", "employees": 7, "source": 300000007}
    rows = [[values.get(name) for name in names] for values in (given, {"key": "u_2"})]
    (answer,) = store._bolt.write(lambda tx: tx.run(cypher.create_listed_nodes("Unit"), {"rows": rows}))
    assert answer == {"done": 2}
    stored = store._bolt.read("MATCH (n:Unit) RETURN properties(n) AS p ORDER BY n.key")
    assert [row["p"] for row in stored] == [given, {"key": "u_2"}]  # no property where there is no value


def test_create_listed_edges_counts_those_with_both_ends(store: Store) -> None:
    fill(store, graph(node("u_1"), node("m_1"), node("m_2")))
    rows = [
        ["m_1", "u_1", "会计", 300000002],
        ["m_2", "u_1", None, None],
        ["m_1", "u_2", None, None],
    ]
    (answer,) = store._bolt.write(lambda tx: tx.run(cypher.create_listed_edges(EMPLOYED), {"rows": rows}))
    assert answer == {"done": 2}
    stored = store._bolt.read("MATCH (:Member)-[r]->(:Unit) RETURN properties(r) AS p ORDER BY r.source")
    assert [row["p"] for row in stored] == [
        {"position": "会计", "source": 300000002},
        {},
    ]


def test_change_nodes_counts_those_that_are_there(store: Store) -> None:
    fill(store, graph(node("u_1", status="closed", number="7")))
    text = cypher.change_nodes("Unit")
    there = {"key": "u_1", "properties": {"status": None, "name": "新"}}
    assert run(store, text, there, {"key": "u_2", "properties": {"name": "x"}}) == 1
    assert dict(store.nodes(["u_1"])[0].properties) == {"name": "新", "number": "7"}


def test_remove_nodes_counts_those_that_are_there_and_takes_their_edges(store: Store) -> None:
    fill(store, graph(node("m_1"), node("u_1"), tie("m_1 EMPLOYED_BY u_1")))
    assert run(store, cypher.remove_nodes("Unit"), {"key": "u_1"}, {"key": "u_2"}) == 1
    assert list(store.held().nodes) == ["m_1"]
    assert store.held().edges == {}


def test_create_edges_counts_those_with_both_ends(store: Store) -> None:
    fill(store, graph(node("m_1"), node("u_1")))
    text = cypher.create_edges(EMPLOYED)
    rows = (ends("m_1", "u_1", position="经理"), ends("m_2", "u_1"), ends("m_1", "u_2"))
    assert run(store, text, *rows) == 1
    assert {k: dict(e.properties) for k, e in store.held().edges.items()} == {
        ("EMPLOYED_BY", "m_1", "u_1"): {"position": "经理"}
    }


def test_change_edges_counts_those_that_are_there(store: Store) -> None:
    fill(store, graph(node("m_1"), node("u_1"), node("u_2"), tie("m_1 EMPLOYED_BY u_1", position="经理")))
    text = cypher.change_edges(EMPLOYED)
    assert run(store, text, ends("m_1", "u_1", position=None), ends("m_1", "u_2")) == 1
    assert [dict(e.properties) for e in store.held().edges.values()] == [{}]


def test_remove_edges_counts_those_that_are_there(store: Store) -> None:
    people = (node("m_1"), node("u_1"), node("u_2"))
    fill(store, graph(people, tie("m_1 EMPLOYED_BY u_1")))
    assert run(store, cypher.remove_edges(EMPLOYED), ends("m_1", "u_1"), ends("m_1", "u_2")) == 1
    assert store.held() == graph(people)


def test_every_statement_on_no_rows_does_nothing(store: Store) -> None:
    for text in (cypher.create_nodes("Unit"), cypher.remove_edges(EMPLOYED)):
        assert run(store, text) == 0


def test_every_kind_of_edge_can_be_written_changed_read_and_removed(store: Store) -> None:
    nodes = [node(f"{t.prefix}_{i}") for t in NODE_TYPES.values() if t.survey for i in (1, 2)]
    fill(store, graph(*nodes))
    for type_, declared in EDGE_TYPES.items():
        if not declared.survey:
            continue
        for kind in cypher.all_edge_ends(type_):
            source, target = f"{NODE_TYPES[kind[1]].prefix}_1", f"{NODE_TYPES[kind[2]].prefix}_2"
            assert run(store, cypher.create_edges(kind), ends(source, target)) == 1, kind
            assert run(store, cypher.change_edges(kind), ends(source, target, round="x")) == 1, kind
            page = store.ask(cypher.edges_page(kind), {"from": "", "to": "~"}).rows
            assert [r[0] for r in page[0]["found"]] == [source], kind
            assert run(store, cypher.remove_edges(kind), ends(source, target)) == 1, kind
    assert store.held() == graph(*nodes)


def test_a_key_is_unique_in_every_type(store: Store) -> None:
    for label, declared in NODE_TYPES.items():
        rows = [{"key": f"{declared.prefix}_1", "properties": {}}] * 2
        with pytest.raises(StoreError):
            run(store, cypher.create_nodes(label), *rows)
        assert store.ask(cypher.count_nodes(label)).rows == ({"total": 0},), label


def test_definitions_may_be_run_again(store: Store) -> None:
    store._bolt.define((*cypher.constraints(), *cypher.indexes()))


def test_by_name_is_exact(store: Store) -> None:
    fill(
        store, graph(node("u_1", name="新桃源"), node("u_2", name="新桃源物业"), node("u_3", name="新桃源"))
    )
    rows = store.ask(cypher.by_name("Unit"), {"text": "新桃源", "limit": 5}).rows
    assert [r["properties"]["key"] for r in rows] == ["u_1", "u_3"]


def test_edge_ends_come_from_the_keys_and_the_schema() -> None:
    assert cypher.edge_ends(tie("m_1 EMPLOYED_BY u_1")) == EMPLOYED
    with pytest.raises(SchemaError, match="not in the schema"):
        cypher.edge_ends(tie("u_1 EMPLOYED_BY m_1"))


def test_labels_and_types_come_only_from_the_schema() -> None:
    with pytest.raises(SchemaError):
        cypher.read_nodes("Unit) DETACH DELETE (n")
    with pytest.raises(SchemaError):
        cypher.count_edges("X]-() DELETE r //")
    with pytest.raises(SchemaError):
        cypher.neighbours("Unit", ("MANAGES", "X"))
