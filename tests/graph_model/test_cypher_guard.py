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
        "MATCH (n) WHERE (n.a + 1) > (n.b + 2) AND NOT (n.c IN (['x'])) RETURN DISTINCT (n.a + n.b) AS x",
        "RETURN reduce(s = '', x IN ['a', 'b'] | s + x + ', ') AS x",
        "RETURN replace('a-b', '-', ' / ') AS x, duration.between(date('2006-10-01'), date()) AS d",
        "MATCH p = shortestPath((a:Unit)-[*..4]-(b:Branch)) RETURN [x IN nodes(p) | x.key] AS keys",
        "MATCH (n) RETURN CASE WHEN n.a = 1 THEN CASE WHEN n.b = 1 THEN 2 ELSE 3 END ELSE 4 END AS x",
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
        # functions that are not the language's own
        "RETURN util.sleep(30000) AS x",
        "RETURN sleep(1) AS x",
        "RETURN `sleep`(1) AS x",
        "RETURN util . `sleep` (1) AS x",
        "RETURN date.nosuch.more(1) AS x",
        "RETURN [x IN [1] | myfunction(x)] AS x",
        "MATCH (n) WHERE file() = 'x' RETURN n",
        # deeper than stores parse
        "RETURN " + "CASE WHEN true THEN " * 20 + "1" + " ELSE 0 END" * 20 + " AS x",
        "RETURN " + "CASE WHEN " * 20 + "true" + " THEN true ELSE false END" * 20 + " AS x",
        "RETURN " + "(" * 30 + "1" + ")" * 30 + " AS x",
        "RETURN " + "[" * 30 + "1" + "]" * 30 + " AS x",
        "RETURN " + "{a: " * 30 + "1" + "}" * 30 + " AS x",
        "RETURN " + "coalesce(" * 30 + "1" + ")" * 30 + " AS x",
        "MATCH (n) WHERE " + "EXISTS { MATCH (m) WHERE " * 20 + "true" + "}" * 20 + " RETURN n",
        "RETURN " + ", ".join(f"CASE WHEN true THEN {n} END AS c{n}" for n in range(60)),
        # texts that are doubled
        "RETURN reduce(s = 'x', i IN range(1, 40) | s + s) AS x",
        "RETURN reduce(s = 'x', i IN range(1, 40) | toString(s) + s) AS x",
        "RETURN reduce(s = [1], i IN range(1, 40) | [x IN s WHERE true] + [1] + [x IN s WHERE true]) AS x",
        "RETURN reduce(s = [1], i IN range(1, 40) | [s, s]) AS x",
        "WITH 'x' AS s " + "WITH s + s AS s " * 30 + "RETURN s",
        "WITH 'x' AS s " + "WITH s + s + s + s + s + s + s + s AS s " * 8 + "RETURN s",
        "WITH 'xx' AS s WITH replace(s, 'x', s) AS s WITH replace(s, 'x', s) AS s RETURN s",
        "WITH 'xx' AS s " + "WITH replace(s, 'x', 'xxxxxxxxxx') AS s " * 8 + "RETURN s",
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


@pytest.mark.parametrize("name", ["date", "duration", "datetime"])
def test_what_fails_on_a_value_does_not_tell_the_value(store, name) -> None:
    fill(store, graph(node("u_1", name="澜汀幼儿园")))
    with pytest.raises(QueryRefused) as refused:
        store.ask(f"MATCH (u:Unit) RETURN {name}(u.name) AS x")
    assert "澜汀" not in str(refused.value)
