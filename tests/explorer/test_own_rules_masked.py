"""What a site's own rules and questions show to who may not see names, asked of a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Rule, parse_rule, read_catalogue
from graph_model.coverage.evaluate import subjects, try_rule
from graph_model.coverage.questions import read_questions
from graph_model.errors import InputError
from graph_model.profile import read_profile
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, tie

PROFILE = read_profile()
NOW = "2006-10"
MASKED, NAMES = Viewer(), Viewer(names=True)
HEAD = """
title = { zh = "甲", en = "A" }
population = { zh = "单位", en = "Units" }
about = "ABOUT"
severity = "low"
clause = { zh = "丙", en = "C" }
advice = { zh = "丁", en = "D" }
params = {}
columns = { x = { zh = "值", en = "Value", terms = { yes = { zh = "是", en = "yes" } } } }
reasons = { none = { zh = "见 {x}", en = "See {x}" } }
[cypher]
text = '''
MATCH (u:Unit)<-[:EMPLOYED_BY]-(m:Member)
WITH KEY AS key, NAME AS name, VALUE AS x, 'none' AS reason, 'gap' AS status'''
"""


def rule(value: str = "1", *, about: str = "Unit", key: str = "u.key", name: str = "u.name") -> Rule:
    text = HEAD.replace("ABOUT", about).replace("VALUE", value)
    return parse_rule("mine", text.replace("KEY", key).replace("NAME", name))


@pytest.fixture
def held(store: Store) -> Store:
    fill(
        store,
        graph(
            node("u_1", name="合生物业"),
            node("m_1", name="王小明", joined="2001-07"),
            tie("m_1 EMPLOYED_BY u_1"),
        ),
    )
    return store


def shown(store: Store, rule: Rule, viewer: Viewer = MASKED) -> str:
    [row] = subjects(store, rule, PROFILE, NOW)
    seen = viewer.row(rule, row)
    return repr(seen) + rule.explain(seen, PROFILE, "zh")


DERIVED = (
    "m.name",
    "toUpper(m.name)",
    "substring(m.name, 0, 2)",
    "substring(m.name, 1, 2)",
    "reverse(m.name)",
    "m.name + ''",
    "'姓名：' + m.name",
    "[m.name]",
    "split(m.name, '')",
    "collect(m.name)",
    "collect(DISTINCT m.name)[0]",
    "m {.name}",
    "{a: {b: [m.name]}}",
    "properties(m)",
    "m",
    "m['name']",
    "coalesce(m.alias, m.name)",
    "CASE WHEN true THEN m.name END",
    "m.joined",
    "max(m.joined)",
    "substring(m.joined, 0, 4)",
    "[n IN [m.name] | n]",
    "reduce(s = '', n IN [m.name] | s + n)",
    "replace(m.name, '王', '')",
    "right(m.name, 2)",
    "toString(m.name)",
    "trim(m.name)",
)


@pytest.mark.parametrize("value", DERIVED)
def test_what_may_come_of_a_name_is_masked_whatever_its_column_is_called(held: Store, value: str) -> None:
    own = rule(value)
    told = shown(held, own)
    for part in ("小明", "王小", "明小", "小", "xiaoming", "wxm", "2001"):
        assert part not in told
    assert "合生物业" in told
    assert shown(held, own, NAMES) != told


@pytest.mark.parametrize("place", ["name", "key"])
def test_nor_does_one_come_by_the_columns_that_every_rule_has(held: Store, place: str) -> None:
    for value in ("m.name", "toUpper(m.name)", "substring(m.name, 1, 2)"):
        told = shown(held, rule(**{place: value}))
        assert "小明" not in told
    told = shown(held, rule(about="Member", key="m.key", name="m.name"))
    assert "王**" in told
    assert "小明" not in told
    assert "小明" not in shown(held, rule(about="Member", key="m.key", name="substring(m.name, 1, 2)"))


def test_figures_terms_and_what_everybody_may_see_pass(held: Store) -> None:
    for value, said in (
        ("count(m)", "1"),
        ("u.name", "合生物业"),
        ("'yes'", "yes"),
        ("true", "True"),
        ("max(u.name)", "合生物业"),
        ("[1, 2]", "[1, 2]"),
        ("1.5", "1.5"),
    ):
        assert f"'x': {said!r}" in shown(held, rule(value)) or f"'x': {said}" in shown(held, rule(value))


def test_our_own_rules_are_shown_as_they_were(tmp_path: Path) -> None:
    assert not any(r.own or r.uncertain for r in read_catalogue().rules)
    (tmp_path / "mine.toml").write_text(HEAD.replace("ABOUT", "Unit").replace("KEY", "u.key"), "utf-8")
    own = [r for r in read_catalogue((tmp_path,)).rules if r.own]
    assert [r.id for r in own] == ["mine"]


def test_a_faulty_rule_does_not_tell_a_name_in_what_is_wrong_with_it(held: Store) -> None:
    text = (
        HEAD.replace("ABOUT", "Unit")
        .replace("KEY", "u.key")
        .replace("NAME", "u.name")
        .replace("VALUE", "1")
    )
    for old, new in (("'none' AS reason", "m.name AS reason"), ("'gap' AS status", "m.name AS status")):
        with pytest.raises(InputError) as refused:
            try_rule(held, parse_rule("mine", text.replace(old, new)), PROFILE, NOW)
        assert "小明" not in str(refused.value)
    with pytest.raises(InputError) as refused:
        try_rule(held, rule("date(m.name)"), PROFILE, NOW)
    assert "小明" not in str(refused.value)


def test_own_questions_are_known_as_such(tmp_path: Path) -> None:
    assert not any(q.own for q in read_questions().questions)
    assert MASKED.value("王小明") == MASKED.value({"a": "王小明"}) == "**"
    assert MASKED.value(["王小明", 3, "yes"], ("yes",)) == ["**", 3, "yes"]
    assert MASKED.value("u_0123456789abcdef0123") == "u_0123456789abcdef0123"
    assert NAMES.value("王小明") == "王小明"
