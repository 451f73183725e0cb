"""A rule's gaps as a list: every page of it, masked, explained, in words of both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.gaps.rule_list import GapRow, cells, gap_list, headings
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Rule, RuleColumn, read_catalogue
from graph_model.coverage.evaluate import PAGE, figure
from graph_model.profile import read_profile
from graph_model.store.store import Store
from graph_model.text import Text
from tests.support.graphs import fill, graph, node

NOW = "2006-10"
PROFILE = read_profile()
ALIKE = read_catalogue().rule("look_alike_members")
OWN = replace(
    read_catalogue().rule("no_work_coverage"),
    columns=(
        RuleColumn("kind", Text("类别", "Kind"), terms={"a": Text("甲类", "Class A")}),
        RuleColumn("dual", Text("双重管理", "Dual")),
        RuleColumn("units", Text("单位", "Units")),
    ),
)
PAIR = (
    node("m_1", name="王小明", born="1970-01"),
    node("m_2", name="王小明", born="1970-01"),
    node("m_3", name="欧阳小明", born="1970-01"),
    node("m_4", name="欧阳小明"),
)


def row(**values: object) -> GapRow:
    return GapRow({"key": "u_1", "name": "合生物业", "status": "gap", "reason": "", **values}, "没有党员")


def test_headings_are_those_of_the_cells_in_both_languages() -> None:
    assert [h.zh for h in headings(OWN)] == ["名称", "结果", "原因", "类别", "双重管理", "单位", "标识"]
    assert [h.en for h in headings(OWN)] == ["Name", "Result", "Reason", "Kind", "Dual", "Units", "Key"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("zh", ("合生物业", "存在问题", "没有党员", "甲类", "是", "甲、乙", "u_1")),
        ("en", ("合生物业", "Problem", "没有党员", "Class A", "yes", "甲, 乙", "u_1")),
    ],
)
def test_cells_are_words(language, shown: tuple[str, ...]) -> None:
    values = row(kind="a", dual=True, units=["甲", "乙"])
    assert cells(OWN, values, Viewer(language=language)) == shown


def test_what_is_not_known_is_a_dash_and_what_is_no_term_stands_as_it_is() -> None:
    assert cells(OWN, row(kind="b", units=[]), Viewer())[3:6] == ("b", "—", "—")
    assert cells(OWN, GapRow({**row().values, "name": None, "status": "unknown"}, ""), Viewer())[:3] == (
        "—",
        "情况不明",
        "",
    )


def test_a_list_has_gaps_then_unknown_ones_masked_and_explained(store: Store) -> None:
    fill(store, graph(*PAIR))
    found = figure(store, ALIKE, PROFILE, NOW)
    masked = gap_list(store, found, PROFILE, NOW, Viewer())
    assert [(r.values["key"], r.values["status"], r.values["name"]) for r in masked.rows] == [
        ("m_1", "gap", "王**"),
        ("m_2", "gap", "王**"),
        ("m_3", "unknown", "欧阳**"),
        ("m_4", "unknown", "欧阳**"),
    ]
    assert masked.rows[0].explained == "另有1人同名且出生年月相同"
    assert masked.rule == ALIKE
    shown = gap_list(store, found, PROFILE, NOW, Viewer(names=True, language="en"))
    assert shown.rows[0].values["name"] == "王小明"
    assert shown.rows[0].explained == "1 other of the same name and birth month"
    assert "小明" not in repr(masked.rows)


def many(rows: int) -> Rule:
    """A rule whose subjects are made in its query."""
    text = f"UNWIND range(1, {rows}) AS i\nWITH 'u_' + toString(i) AS key, 'x' AS name, 'gap' AS status, '' AS reason"
    return replace(OWN, columns=(), cypher=text)


@pytest.mark.parametrize("rows", [PAGE, PAGE + 1])
def test_a_list_longer_than_a_page_is_whole(store: Store, rows: int) -> None:
    found = gap_list(store, figure(store, many(rows), PROFILE, NOW), PROFILE, NOW, Viewer())
    assert len({r.values["key"] for r in found.rows}) == len(found.rows) == found.figure.gaps == rows


def test_a_rule_that_failed_has_no_rows_and_says_why(store: Store) -> None:
    found = figure(store, replace(OWN, cypher="MATCH (u:Unit WITH 1 AS status"), PROFILE, NOW)
    assert found.failed is not None
    assert gap_list(store, found, PROFILE, NOW, Viewer()).rows == ()
