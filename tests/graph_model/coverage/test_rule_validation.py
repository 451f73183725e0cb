"""Every fault of a rule's file is named by its key, with what would be right."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from graph_model.coverage.rule_validation import RuleFault, at, faults_of, rule_error
from graph_model.text import Text

SEVERITIES = ("high", "medium", "low")
BOTH = {"zh": "甲", "en": "A"}
QUERY = "MATCH (u:Unit)\nWITH u.key AS key, u.name AS name, u.employees AS n, '' AS reason, 'gap' AS status"
RULE: dict[str, Any] = {
    "title": BOTH,
    "population": BOTH,
    "clause": BOTH,
    "advice": BOTH,
    "about": "Unit",
    "severity": "low",
    "params": {"minimum": "branch.min_full_members"},
    "columns": {"n": BOTH},
    "reasons": {"none": {"zh": "缺 {n}", "en": "lacks {n} of {minimum}"}},
    "cypher": {"text": QUERY},
}


def faults(path: str, value: object) -> list[tuple[str, str]]:
    """(key, what would be right, in English) of the rule with one value set in another way."""
    raw = deepcopy(RULE)
    *folders, last = path.split(".")
    inner = raw
    for name in folders:
        inner = inner[name]
    inner[last] = value
    return [(f.key.en, f.right.en) for f in faults_of(raw, SEVERITIES)]


def query(text: str) -> list[str]:
    """What is wrong with a query."""
    return [right for key, right in faults("cypher.text", text) if key == "cypher.text"]


def test_a_rule_in_order_has_no_fault() -> None:
    assert list(faults_of(RULE, SEVERITIES)) == []


def test_an_empty_file_lacks_every_key() -> None:
    found = [(f.key.zh, f.right.zh) for f in faults_of({}, SEVERITIES)]
    assert found == [(key, "缺少这一项") for key in sorted(RULE)]


@pytest.mark.parametrize(
    ("said", "lacking"),
    [
        ({}, ["nature", "source"]),
        ({"nature": "blank"}, ["source"]),
        ({"nature": "data"}, []),
        (
            {"nature": "irregular", "source": BOTH, "effective": "2018-10-28", "local": True, "on": False},
            [],
        ),
    ],
)
def test_a_rule_of_ours_says_what_it_finds_and_where_that_stands(
    said: dict[str, Any], lacking: list[str]
) -> None:
    assert [f.key.en for f in faults_of({**RULE, **said}, SEVERITIES, own=False)] == lacking


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("titel", BOTH, ("titel", "is not known")),
        ("nature", "gap", ("nature", "blank | irregular | data")),
        ("source", "《…》", ("source", "zh, en")),
        ("effective", "2018", ("effective", "2018-10-28")),
        ("effective", "20181028", ("effective", "2018-10-28")),
        ("local", "yes", ("local", "true | false")),
        ("on", 1, ("on", "true | false")),
        ("title", "甲", ("title", "zh, en")),
        ("title", {"zh": "甲"}, ("title", "zh, en")),
        ("title", {"zh": "甲", "en": " "}, ("title", "zh, en")),
        ("title", {"zh": "甲", "en": 3}, ("title", "zh, en")),
        ("title", None, ("title", "zh, en")),
        ("severity", "urgent", ("severity", "high | medium | low")),
        ("columns", [], ("columns", "should be a table")),
        ("columns.n", "人数", ("columns.n", "zh, en")),
        ("columns.n", {**BOTH, "terms": ["a"]}, ("columns.n.terms", "should be a table")),
        ("columns.n", {**BOTH, "terms": {"a": "甲"}}, ("columns.n.terms.a", "zh, en")),
        ("reasons", "none", ("reasons", "should be a table")),
        ("reasons.none", "缺", ("reasons.none", "zh, en")),
        ("reasons.none", {"zh": "缺 {m}", "en": "lacks"}, ("reasons.none", "{m} → minimum, n")),
        (
            "reasons.none",
            {"zh": "缺 {", "en": "lacks"},
            ("reasons.none", "Single '{' encountered in format string"),
        ),
        ("cypher", "MATCH", ("cypher", "should be a table")),
    ],
)
def test_each_fault_is_named_once_by_its_key(path: str, value: object, said: tuple[str, str]) -> None:
    assert faults(path, value) == [said]


def test_a_label_that_is_not_in_the_schema_is_answered_with_those_that_are() -> None:
    [(key, right)] = faults("about", "Company")
    assert key == "about"
    assert "Unit" in right.split(" | ")


def test_all_faults_are_named_and_not_only_the_first() -> None:
    raw = {**RULE, "severity": "urgent", "about": "Company", "clause": 3}
    assert [f.key.en for f in faults_of(raw, SEVERITIES)] == ["about", "severity", "clause"]


@pytest.mark.parametrize(
    "text",
    [
        QUERY,
        QUERY.replace("WITH u.key", "WITH\n  u.key"),
        QUERY.replace("WITH u.key", "with u.key").replace("AS status", "as status"),
        QUERY.replace("'gap' AS", "CASE WHEN u.name STARTS WITH '甲' THEN 'gap' ELSE 'ok' END AS"),
        QUERY.replace("'gap' AS", "CASE WHEN u.name ENDS  WITH '店' THEN 'gap' ELSE 'ok' END AS"),
        QUERY.replace("'gap' AS", "CASE u.name WHEN 'WITH x' THEN 'gap' ELSE 'ok' END AS"),
        f"{QUERY} // WITH nothing more",
        QUERY.replace("AS n,", "AS `n`,"),
    ],
)
def test_the_last_with_is_found_however_it_is_written(text: str) -> None:
    assert query(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "should end in WITH … AS status"),
        ("MATCH (u:Unit) RETURN u.name", "should end in WITH … AS status"),
        (f"{QUERY} WITH key", "should end in WITH … AS status"),
        (
            QUERY.replace("u.name AS name, ", "").replace("u.employees AS n, ", ""),
            "the last WITH lacks name, n",
        ),
        (QUERY.replace("u.employees AS n,", "'n' AS k,"), "the last WITH lacks n"),
        (QUERY.replace("u.employees AS n,", "/* n */"), "the last WITH lacks n"),
        (
            QUERY.replace("MATCH (u:Unit)", "MATCH (u:Unit) SET u.n = 1"),
            "a rule only reads: SET is refused",
        ),
        (QUERY.replace("MATCH (u:Unit)", "merge (u:Unit)"), "a rule only reads: merge is refused"),
    ],
)
def test_what_is_wrong_with_a_query(text: str, said: str) -> None:
    assert said in query(text)


def test_a_lack_is_said_in_both_languages() -> None:
    raw = {**RULE, "cypher": {"text": QUERY.replace("u.employees AS n,", "")}}
    [fault] = faults_of(raw, SEVERITIES)
    assert fault == RuleFault(
        Text("cypher.text", "cypher.text"), Text("最后的 WITH 缺少 n", "the last WITH lacks n")
    )


def test_several_faults_are_one_error_with_a_line_each() -> None:
    error = rule_error("mine", [at("about", "Unit"), at("cypher", Text("应为一张表", "should be a table"))])
    assert (
        error.message("zh") == "规则文件 mine.toml 有 2 处错误：\n  “about”：Unit\n  “cypher”：应为一张表"
    )
    assert (
        error.message("en")
        == "Rule file mine.toml has 2 faults:\n  key “about”: Unit\n  key “cypher”: should be a table"
    )
