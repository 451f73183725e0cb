"""Questions of a site: an analyst's query is kept with its blanks, asked by all, masked, and taken away again."""

import pytest

from explorer.lookup.questions.site_questions import (
    here,
    keep_question,
    parameters_of,
    remove_question,
    shown_here,
)
from explorer.viewer import Viewer
from graph_model.coverage.questions import answer_question, node_keys
from graph_model.errors import InputError, QueryRefused
from tests.support.graphs import fill, graph, node, tie

STAFF = "MATCH (u:Unit {key: $unit})<-[:EMPLOYED_BY]-(m:Member)\n"
STAFF += "RETURN m, u.kind AS kind, [m.key, 1] AS both ORDER BY m.key;"


def test_a_query_is_kept_and_answered_with_keys_in_place_of_things(store, tmp_path) -> None:
    fill(
        store,
        graph(
            node("u_1", name="甲", kind="property_company"),
            node("m_1", name="王小明"),
            tie("m_1 EMPLOYED_BY u_1"),
        ),
    )
    kept = keep_question(store, tmp_path, " 职工{党员} ", STAFF, {"unit": "Unit"})
    [own] = [q for q in here(tmp_path).questions if q.own]
    assert own == kept
    assert (own.theme, own.sentence({"unit": "甲"}, "zh")) == ("own", "职工｛党员｝ 甲")
    answered = answer_question(store, own, {"unit": "u_1"})
    assert [dict(row) for row in answered.rows] == [
        {"m": "m_1", "kind": "property_company", "both": ["m_1", 1], "keys": ["m_1"]}
    ]
    assert answered.keys == ("u_1", "m_1")
    assert node_keys(own, answered.rows) == ("m_1",)
    remove_question(tmp_path, own.id)
    assert not any(q.own for q in here(tmp_path).questions)


def test_what_cannot_be_asked_is_refused_and_nothing_is_kept(store, tmp_path) -> None:
    fill(store, graph(node("u_1", name="甲")))
    for name, cypher, labels in (
        (" ", "MATCH (u:Unit) RETURN u", {}),
        ("长" * 61, "MATCH (u:Unit) RETURN u", {}),
        ("甲", "MATCH (u:Unit) DELETE u", {}),
        ("甲", "MATCH (u:Unit) SET u.name = 'x' RETURN u", {}),
        ("甲", "MATCH (m:Member) RETURN m.name AS called", {}),
        ("甲", "MATCH (u:Unit) RETURN count(u)", {}),
        ("甲", "MATCH (u:Unit {key: $unit}) RETURN u", {}),
        ("甲", "MATCH (m:Member {key: $who}) RETURN m", {"who": "Member"}),
        ("尚未解决的议题", "MATCH (u:Unit) RETURN u", {}),
    ):
        with pytest.raises((InputError, QueryRefused)):
            keep_question(store, tmp_path, name, cypher, labels)
        assert not (tmp_path / "questions").exists()


def test_a_built_in_question_stays(tmp_path) -> None:
    remove_question(tmp_path, "09_open_matters")
    assert here(tmp_path).question("09_open_matters")
    with pytest.raises(InputError):
        remove_question(tmp_path, "no_such")


def test_commas_in_brackets_and_quotes_part_no_columns(store, tmp_path) -> None:
    text = "MATCH (u:Unit) RETURN DISTINCT coalesce(u.kind, 'a, b') AS 类别, [u.key, u.kind] AS 两项"
    text += " ORDER BY 类别 LIMIT 5"
    assert [c.name for c in keep_question(store, tmp_path, "甲", text, {}).columns] == ["类别", "两项"]
    assert parameters_of(text) == ()


def test_a_kept_question_is_offered_to_who_may_see_names_only(store, tmp_path) -> None:
    kept = keep_question(store, tmp_path, "王小明的单位", "MATCH (u:Unit) RETURN u AS 王小明所在单位", {})
    (tmp_path / "questions" / "99_site.toml").write_text(
        (tmp_path / "questions" / f"{kept.id}.toml").read_text("utf-8"), "utf-8"
    )
    assert shown_here(tmp_path, Viewer(names=True)).question(kept.id) == kept
    assert [q.id for q in shown_here(tmp_path, Viewer()).questions if q.own] == ["99_site"]
