"""An analyst's query: who may ask, what is refused, and how values become cells and keys."""

from __future__ import annotations

import pytest

from explorer.answers import Answers
from explorer.lookup.questions.query import MOST_KEYS, MOST_ROWS, run_query
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue
from graph_model.errors import QueryRefused, StoreDenied
from graph_model.profile import read_profile
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, tie

NAMES = Viewer(names=True)
FIELD = graph(
    node("u_1", name="合生", kind="property_company"),
    node("u_2", name="茸盛"),
    node("u_3", name="松新"),
    node("m_1", name="王小明"),
    tie("m_1 EMPLOYED_BY u_1"),
)


@pytest.fixture
def answers(store: Store) -> Answers:
    fill(store, FIELD)
    return Answers(store, Catalogue(()), read_profile())


def test_a_query_is_answered_as_text_and_as_keys(answers) -> None:
    answer = run_query(
        answers,
        "MATCH (u:Unit {key: 'u_1'})<-[r:EMPLOYED_BY]-(m) RETURN u, m.key AS member, 1 AS n, null AS x, [u.key] AS l;",
        NAMES,
    )
    assert answer.columns == ("u", "member", "n", "x", "l")
    assert answer.rows == (("合生", "m_1", 1, None, '["u_1"]'),)
    assert set(answer.keys) == {"u_1", "m_1"}
    assert not answer.truncated


def test_a_query_is_cut(answers) -> None:
    answer = run_query(answers, "UNWIND range(1, 100000) AS x RETURN x", NAMES)
    assert (len(answer.rows), answer.truncated) == (MOST_ROWS, True)


def test_a_query_needs_the_right_to_names(answers) -> None:
    with pytest.raises(StoreDenied):
        run_query(answers, "MATCH (m:Member) RETURN m.name", Viewer())


@pytest.mark.parametrize(
    "text",
    [
        "CALL db.labels()",
        "LOAD CSV FROM 'file:///x' AS r RETURN r",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n",
        "",
        "RETURN $x",
    ],
)
def test_a_query_that_is_no_reading_is_refused(answers, store, text) -> None:
    with pytest.raises(QueryRefused):
        run_query(answers, text, NAMES)
    assert store.counts()["nodes"]["Unit"] == 3


CELLS = {
    "true": "true",
    "1.5": 1.5,
    "'" + "长" * 400 + "'": "长" * 299 + "…",
    "'" + "长" * 300 + "'": "长" * 300,
    "[1, true, null, '甲']": '[1, true, null, "甲"]',
    "{a: '甲', b: [2]}": '{"a": "甲", "b": [2]}',
    "[]": "[]",
}


def test_values_become_cells(answers: Answers) -> None:
    asked = ", ".join(f"{value} AS x{number}" for number, value in enumerate(CELLS))
    answer = run_query(answers, f"RETURN {asked}", NAMES)
    assert (answer.rows, answer.keys) == ((tuple(CELLS.values()),), ())


def test_things_are_called_by_name_also_in_lists_and_their_keys_are_found(answers: Answers) -> None:
    text = "MATCH (u:Unit) WITH u ORDER BY u.key RETURN collect(u) AS units, collect(u.key)[0] AS first"
    answer = run_query(answers, text, NAMES)
    assert answer.rows == (('["合生", "茸盛", "松新"]', "u_1"),)
    assert answer.keys == ("u_1", "u_2", "u_3")


def test_what_only_looks_like_a_key_is_a_text(answers: Answers) -> None:
    texts = ("u", "unit_1", "甲_1", "_", "u1_", "u_" + "1" * 80)
    answer = run_query(answers, "RETURN " + ", ".join(f"'{t}' AS x{n}" for n, t in enumerate(texts)), NAMES)
    assert (answer.rows, answer.keys) == ((texts,), ())


def test_so_many_keys_and_rows_as_a_picture_and_a_table_bear(answers: Answers) -> None:
    many = f"UNWIND range(1, 3) AS x RETURN [i IN range(1, {MOST_KEYS}) | 'u_' + toString(x * 1000 + i)] AS keys"
    assert len(run_query(answers, many, NAMES).keys) == MOST_KEYS
    few = run_query(answers, "UNWIND range(1, 3) AS x RETURN x", NAMES, limit=2)
    assert (few.rows, few.truncated) == (((1,), (2,)), True)
    assert run_query(answers, "MATCH (u:Unit {key: 'none'}) RETURN u", NAMES).rows == ()


def test_whoever_may_not_see_names_is_told_whom_to_ask_in_both_languages(answers: Answers) -> None:
    with pytest.raises(StoreDenied) as refused:
        run_query(answers, "RETURN 1", Viewer())
    assert "显示姓名" in refused.value.text.zh
    assert "right to names" in refused.value.text.en
