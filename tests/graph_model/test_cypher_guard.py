"""What an analyst's own query may not do: refused before the store, or by it."""

import pytest

from graph_model.cypher_guard import LONGEST, check_reading
from graph_model.errors import QueryRefused
from tests.support.graphs import fill, graph, node, staff


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Unit) RETURN n.name",
        "  match (n) return n ;  ",
        "// LOAD CSV FROM 'x' AS row\nMATCH (n) RETURN n",
        "/* CALL dbms.x() */ MATCH (n) WHERE n.name = 'LOAD CSV' RETURN n",
        'MATCH (n {name: "CALL db.labels()"}) RETURN n',
        "MATCH (n) WHERE n.name CONTAINS 'it\\'s; x' RETURN n",
        "MATCH (n) WHERE n.name = 'a//b' RETURN n // 'it",
        "MATCH (n:`LOAD CSV`) RETURN n.`CALL x`",
        "MATCH (u) CALL (u) { MATCH (u)--(m) RETURN count(m) AS c } RETURN u.key, c",
        "CALL { MATCH (n) RETURN n } RETURN n",
        "UNWIND [1, 2] AS x RETURN x / 2 * 3",
        "RETURN date.truncate('month', date('2006-10-05')) AS d",
        "MATCH (n) RETURN n.load AS csv, n.call AS called",
        "MATCH (党员:Member) RETURN count(党员) AS 人数",
    ],
)
def test_reading_is_let_through(text) -> None:
    check_reading(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  // nothing",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "MATCH (n) LOAD\n/* x */ CSV FROM 'http://x' AS row RETURN row",
        "match (n) load csv with headers from 'x' as row return row",
        "CALL dbms.listConfig()",
        "CALL db.labels() YIELD label RETURN label",
        "MATCH (n) CALL/**/apoc.load.json('x') YIELD value RETURN value",
        "CALL `db`.`labels`()",
        "MATCH (n) RETURN apoc.text.join(['a'], 'b')",
        "MATCH (n) RETURN apoc . `version` ()",
        "MATCH (n) RETURN n; MATCH (m) DETACH DELETE m",
        "RETURN '\\u0027 AS x CALL db.labels() //'",
        "RETURN 1 AS x \\u0043ALL db.labels()",
        "RETURN 'open",
        "RETURN 1 /* open",
        "MATCH (n:`open) RETURN n",
        "SHOW USERS",
        "CREATE (n:Unit)",
        "DROP INDEX x",
        "USE system MATCH (n) RETURN n",
        "EXPLAIN MATCH (n) RETURN n",
        "MATCH (n) RETURN n " + " " * LONGEST,
    ],
)
def test_what_could_do_more_is_refused(text) -> None:
    with pytest.raises(QueryRefused):
        check_reading(text)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Unit) SET n.name = 'x' RETURN n",
        "MATCH (n:Unit) DETACH DELETE n",
        "MATCH (n:Unit) REMOVE n.name RETURN n",
        "MERGE (n:Unit {key: 'u_9'}) RETURN n",
        "MATCH (n:Unit) CREATE (m:Unit {key: 'u_9'}) RETURN m",
        "UNWIND [1] AS x CREATE (m:Unit {key: 'u_9'}) RETURN m",
        "MATCH (n:Unit) FOREACH (x IN [1] | SET n.name = 'x')",
        "MATCH (n:Unit) CALL (n) { SET n.name = 'x' RETURN 1 AS one } RETURN one",
    ],
)
def test_the_store_refuses_to_write(store, text) -> None:
    fill(store, graph(node("u_1", name="甲"), staff("u_1", full=1)))
    with pytest.raises(QueryRefused):
        store.ask(text)
    assert [n.properties["name"] for n in store.nodes(["u_1", "u_9"])] == ["甲"]
    assert store.counts()["nodes"]["Unit"] == 1


def test_a_faulty_query_is_refused_by_the_store_in_both_languages(store) -> None:
    with pytest.raises(QueryRefused) as refused:
        store.ask("MATCH (n RETURN n")
    assert refused.value.text.zh
    assert refused.value.text.en
