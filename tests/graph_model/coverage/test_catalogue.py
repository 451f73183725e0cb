"""Rules as files: what is read, what is refused and how, and how a row is explained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph_model.coverage.catalogue import (
    BUILT_IN,
    Catalogue,
    Rule,
    format_term,
    months,
    norms_said,
    parse_rule,
    read_catalogue,
)
from graph_model.errors import InputError
from graph_model.profile import read_profile
from graph_model.text import Text

PROFILE = read_profile()
TEXT = """
title = { zh = "无党员的单位", en = "Units without members" }
population = { zh = "单位", en = "Units" }
about = "Unit"
severity = "high"
clause = { zh = "条", en = "clause" }
advice = { zh = "建议", en = "advice" }
params = { minimum = "branch.min_full_members" }
columns = { n = { zh = "人数", en = "Number" }, who = { zh = "书记", en = "Secretary", sensitive = true } }
reasons = { few = { zh = "只有 {n} 人，不到 {minimum} 人", en = "{n} of {minimum}" } }
[cypher]
text = '''
MATCH (u:Unit)
WITH u.key AS key, u.name AS name, 0 AS n, '' AS who, 'few' AS reason, 'gap' AS status'''
"""


def test_a_rule_is_read() -> None:
    rule = parse_rule("few", TEXT)
    assert (rule.id, rule.title, rule.severity) == (
        "few",
        Text("无党员的单位", "Units without members"),
        "high",
    )
    assert [c.name for c in rule.columns] == ["n", "who"]
    assert rule.sensitive == {"who"}
    assert rule.parameters(PROFILE, "2006-10") == {"minimum": 3, "now": 2006 * 12 + 10}


def test_a_rule_says_what_it_finds_where_that_stands_and_since_when() -> None:
    said = """nature = "blank"
source = { zh = "《条例》第四条", en = "Regulations, art. 4" }
effective = "2018-10-28"
local = true
on = false"""
    rule = parse_rule("few", said + TEXT)
    assert (rule.nature, rule.effective, rule.local, rule.on) == ("blank", "2018-10-28", True, False)
    assert rule.source == Text("《条例》第四条", "Regulations, art. 4")


def test_a_sites_own_rule_written_before_these_keys_is_read() -> None:
    rule = parse_rule("few", TEXT)
    assert (rule.nature, rule.source, rule.effective, rule.local, rule.on) == (
        "irregular",
        None,
        "",
        False,
        True,
    )


def test_three_answers_from_one_text() -> None:
    rule = parse_rule("few", TEXT)
    for text in (rule.figure_text(), rule.list_text(), rule.keys_text()):
        assert text.startswith(rule.cypher)
    assert "RETURN key, name, status, reason, n, who\n" in rule.list_text()
    assert rule.list_text().endswith("ORDER BY name, key SKIP $skip LIMIT $limit")
    assert rule.list_text("n").endswith("ORDER BY n, name, key SKIP $skip LIMIT $limit")
    with pytest.raises(ValueError, match="few has no column x"):
        rule.list_text("x")


def test_a_row_is_explained_with_its_values() -> None:
    rule = parse_rule("few", TEXT)
    row = {"reason": "few", "n": 1, "who": ""}
    assert rule.explain(row, PROFILE, "zh") == "只有 1 人，不到 3 人"
    assert rule.explain(row, PROFILE, "en") == "1 of 3"
    assert rule.explain({"reason": ""}, PROFILE, "zh") == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('severity = "high"', 'severity = "urgent"', "high | medium | low"),
        ('about = "Unit"', 'about = "Company"', "Unit"),
        ('about = "Unit"\n', "", "about"),
        ('about = "Unit"', 'about = "Unit"\nabuot = "Unit"', "abuot"),
        ('title = { zh = "无党员的单位", en = "Units without members" }', 'title = "x"', "title"),
        (', en = "Units" }', " }", "population"),
        ("'gap' AS status", "'gap' AS stauts", "cypher.text"),
        ("params = {", "params = [", "TOML"),
    ],
)
def test_a_faulty_rule_file_is_named_with_what_is_wrong(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError) as refused:
        parse_rule("few", TEXT.replace(old, new))
    assert "few.toml" in refused.value.message("en")
    assert said in refused.value.message("en")


def test_every_fault_of_a_rule_file_is_named_in_one_language_each() -> None:
    text = TEXT.replace('about = "Unit"', 'about = "Firm"').replace('severity = "high"', 'severity = "bad"')
    with pytest.raises(InputError) as refused:
        parse_rule("mine", "extra = 1" + text)
    zh, en = refused.value.message("zh"), refused.value.message("en")
    assert zh.startswith("规则文件 mine.toml 有 3 处错误：")
    assert "“extra”：不认识这一项" in zh
    assert "key “extra”: is not known" in en
    for told in (zh, en):
        assert len(told.splitlines()) == 4
        assert "about" in told
        assert "severity" in told
    assert "is not known" not in zh
    assert "不认识" not in en


def test_a_faulty_file_does_not_take_the_others_along(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(TEXT, "utf-8")
    (tmp_path / "bad.toml").write_text("about =", "utf-8")
    catalogue = read_catalogue((tmp_path,))
    assert [r.id for r in catalogue.rules] == ["good"]
    assert "bad.toml" in catalogue.faults[0].message("en")


def test_a_sites_own_rule_goes_before_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "own_branch_due.toml").write_text(TEXT, "utf-8")
    catalogue = read_catalogue((BUILT_IN, tmp_path))
    assert catalogue.rule("own_branch_due").title.en == "Units without members"
    assert len(catalogue.rules) == len(read_catalogue().rules)


def test_the_first_eight_rules_are_there_worst_first() -> None:
    rules = read_catalogue().rules
    assert {
        "own_branch_due",
        "joint_branch_candidate",
        "no_work_coverage",
        "branch_leadership",
        "term_ending",
        "floating_member",
        "incomplete_trinity",
        "no_co_building_pair",
    } <= {r.id for r in rules}
    order = ["high", "medium", "low"]
    assert [r.severity for r in rules] == sorted((r.severity for r in rules), key=order.index)


def test_an_unknown_rule_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="few"):
        Catalogue((parse_rule("few", TEXT),)).rule("fwe")


@pytest.mark.parametrize("rule", read_catalogue().rules, ids=lambda r: r.id)
def test_every_reason_can_be_filled_in_both_languages(rule: Rule) -> None:
    for reason in rule.reasons:
        row = {"reason": reason, **dict.fromkeys((c.name for c in rule.columns), 1)}
        assert all("{" not in rule.explain(row, PROFILE, language) for language in ("zh", "en"))


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "—", "—"),
        (True, "是", "yes"),
        (False, "否", "no"),
        (3, "3", "3"),
        (["甲", "乙"], "甲、乙", "甲, 乙"),
        ([], "—", "—"),
        ("branch", "党支部", "branch of it"),
        (["branch", "x"], "党支部、x", "branch of it, x"),
    ],
)
def test_values_as_people_read_them(value: object, zh: str, en: str) -> None:
    terms = {"branch": Text("党支部", "branch of it")}
    assert (format_term(value, terms, "zh"), format_term(value, terms, "en")) == (zh, en)


def test_months_count_across_years() -> None:
    assert months("2007-01") - months("2006-12") == 1
    assert months("2006-10-31") == months("2006-10")


LATER = replace(parse_rule("few", TEXT), effective="2018-10-28")
OLD = replace(LATER, id="old", effective="")


def test_only_norms_of_the_time_count_where_todays_do_not() -> None:
    both = Catalogue((LATER, OLD))
    assert both.in_force("2006-10") == both
    then = both.in_force("2006-10", todays=False)
    assert (then.rules, then.waiting, then.every) == ((OLD,), (LATER,), (LATER, OLD))
    assert then.in_force("2018-10", todays=False) == both
    assert both.in_force("2018-10-27", todays=False).rules == (OLD,)
    with pytest.raises(InputError, match="2018-10-28"):
        then.rule("few")


def test_which_norms_count_is_said_with_rules_and_dates() -> None:
    both = Catalogue((LATER, replace(OLD, effective="2024-11-11")))
    said = norms_said(both, both.rules, "2006-10")
    assert said is not None
    assert said.zh == (
        "按现行规定衡量，而日期按2006年10月计。以下规则施行较晚："
        "自2018年10月起施行：无党员的单位；自2024年11月起施行：无党员的单位。"
    )
    then = norms_said(both.in_force("2006-10", todays=False), (), "2006-10")
    assert then is not None
    assert "当时尚未施行" in then.zh
    assert "not counted: from October 2018: Units without members" in then.en
    assert norms_said(both, both.rules, "2025-01") is None


def test_rules_are_switched_by_the_profile(tmp_path: Path) -> None:
    site = tmp_path / "profile.toml"
    site.write_text("[rules]\nstale_pair = false\nmine = true\nstale_pare = true", "utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.toml").write_text("on = false" + TEXT, "utf-8")
    (tmp_path / "rules" / "other.toml").write_text("on = false" + TEXT, "utf-8")
    catalogue = read_catalogue((BUILT_IN, tmp_path / "rules"), read_profile(site))
    assert {"stale_pair", "other"} == {r.id for r in catalogue.off} - {r.id for r in read_catalogue().off}
    assert "mine" in {r.id for r in catalogue.rules}
    [fault] = catalogue.faults
    assert "stale_pair" in fault.message("en")
    with pytest.raises(InputError, match="stale_pair"):
        catalogue.rule("stale_pair")


def test_local_practice_is_marked() -> None:
    marked = replace(OLD, local=True).marked_title
    assert marked == Text("无党员的单位（地方做法）", "Units without members (local practice)")
    assert OLD.marked_title == OLD.title
