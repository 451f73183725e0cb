"""What a rule's columns are certain to hold: a property as it is stored, or nothing is said."""

from __future__ import annotations

import pytest

from graph_model.coverage.open_columns import columns_held


def test_a_property_of_a_thing_with_one_label_is_open_and_stays_so_when_carried_on() -> None:
    text = """
    MATCH (u:Unit {status: 'open'})
    OPTIONAL MATCH (u)<-[:EMPLOYED_BY]-(m:Member)
    WHERE m.name STARTS WITH '王'
    WITH u, collect(m.name) AS names
    WITH u.key AS key, u.name AS name, names, CASE WHEN size(names) > 1 THEN 'ok' ELSE 'gap' END AS status
    WITH DISTINCT key, name, names, status, '' AS reason"""
    assert columns_held(text) == {"key": "open", "name": "open"}


def test_a_stored_name_of_a_person_is_known_as_one() -> None:
    assert columns_held("MATCH (u:Unit) WITH max(u.name) AS x") == {"x": "open"}
    assert columns_held("match (m:Member) with m.key as key, m.name as x") == {"key": "open", "x": "name"}


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (m:Member) WITH toUpper(m.name) AS name",
        "MATCH (m:Member) WITH substring(m.name, 0, 2) AS name",
        "MATCH (m:Member) WITH m.name + '' AS name",
        "MATCH (m:Member) WITH collect(m.name) AS name",
        "MATCH (m:Member) WITH m {.name} AS name",
        "MATCH (m:Member) WITH m{.*} AS name",
        "MATCH (m:Member) WITH properties(m) AS name",
        "MATCH (m:Member) WITH m['name'] AS name",
        "MATCH (m:Member) WITH m AS name",
        "MATCH (m:Member) WITH m.search AS name",
        "MATCH (u:Unit) WITH u.search AS name",
        "MATCH (m:Member) WITH [m.name][0] AS name",
        "MATCH (m:Member) WITH {u: m.name} AS u WITH u.u AS name",
        "MATCH (m:Member) WITH m AS u WITH u.name AS name",
        "MATCH (u:Unit) WITH count(u) AS c MATCH (u)--(x) WITH u.name AS name",
        "MATCH (u:Unit) WITH count(u) AS c MATCH (u:Member) WITH u.name AS name",
        "MATCH (u:Unit) WITH count(u) AS c UNWIND [1] AS x MATCH (u) WITH u.name AS name",
        "MATCH (u:Unit)--(m:Member) WITH collect(m) AS ms UNWIND ms AS u WITH u.name AS name",
        "MATCH (n) WHERE (n:Unit) OR true WITH n.name AS name",
        "MATCH (n WHERE (n:Unit) OR true) WITH n.name AS name",
        "MATCH (n)--(n:Unit) WITH n.name AS name",
        "MATCH (n:Unit|Member) WITH n.name AS name",
        "MATCH (n:Unit:Member) WITH n.name AS name",
        "MATCH (n:!Unit) WITH n.name AS name",
        "MATCH (`n`:Unit) WITH `n`.name AS name",
        "MATCH (n:Nothing) WITH n.name AS name",
        "MATCH (u:Unit) CALL { MATCH (m:Member) RETURN m.name AS x } WITH x AS name",
        "MATCH (u:Unit) WITH u.name AS a MATCH (m:Member) WITH m.name + a AS name",
        "MATCH (u:Unit)--(m:Member) WITH u.name AS name, m WITH toLower(m.name) AS name",
        "MATCH (u:Unit)-[n:EMPLOYED_BY]-(m) WITH n.name AS name",
        "UNWIND ['a'] AS name WITH name",
        "RETURN 1",
        "",
    ],
)
def test_of_anything_else_nothing_is_certain(text: str) -> None:
    assert columns_held(text).get("name", "nothing") == "nothing"
