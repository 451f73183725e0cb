"""The annexes of the pack: gaps under their areas, and the files that it was made from, nobody named in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from explorer.answers import Answers
from explorer.gaps.gap_report_rows import GapItem
from explorer.report.annexes import area_name, gap_annex, report_text, source_annex, table_columns
from explorer.report.blocks import GroupRow, Heading, Paragraph, ReportTable, Section, TableRow
from explorer.report.words import REPORT_TEXTS
from explorer.viewer import Viewer
from graph_model.coverage.areas import Area
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.findings.findings import Finding
from graph_model.profile import read_profile
from graph_model.store.store import Store
from tests.support.graphs import ROUND, fill, graph, node

DAY = date(2006, 11, 15)
RULE = read_catalogue().rule("no_work_coverage")
NORTH = Area("ResidentialArea", "r_north", "北苑居民区")
SOUTH = Area("ResidentialArea", "r_south", "南苑居民区")


def gap(name: str, *areas: Area, **said: str) -> GapItem:
    finding = Finding(f"f_{name}", RULE.id, f"u_{name}", said) if said else None
    return GapItem(RULE, {"key": f"u_{name}", "name": name}, "没有党员", areas, finding)


def test_no_gaps_no_annex() -> None:
    assert list(gap_annex([], DAY, "zh")) == []


def test_every_gap_stands_under_each_of_its_areas_and_what_is_late_is_marked() -> None:
    both, none = gap("甲", NORTH, SOUTH, owner="周科长", due="2006-10"), gap("乙")
    section, heading, table = gap_annex([both, none], DAY, "zh")
    assert (section, heading) == (Section(landscape=True), Heading("附件1　覆盖缺口清单（按区域）"))
    assert isinstance(table, ReportTable)
    assert [row.text if isinstance(row, GroupRow) else row.cells[3] for row in table.rows] == [
        "北苑居民区（1 项）",
        "甲",
        "南苑居民区（1 项）",
        "甲",
        "不属于任何区域（1 项）",
        "乙",
    ]
    late, plain = table.rows[1], table.rows[5]
    assert isinstance(late, TableRow)
    assert isinstance(plain, TableRow)
    assert (late.cells[:2], late.cells[7:], late.alarm) == (
        ("1", "高"),
        ("周科长", "2006-10 已逾期", "待办"),
        True,
    )
    assert (plain.cells[7:], plain.alarm) == (("—", "—", "待办"), False)
    assert all(len(row.cells) == len(table.columns) for row in (late, plain))


def test_the_annex_in_english() -> None:
    [_, heading, table] = gap_annex([gap("甲", due="2006-12")], DAY, "en")
    assert heading == Heading("Annex 1. Gaps by area")
    assert isinstance(table, ReportTable)
    row = table.rows[1]
    assert isinstance(row, TableRow)
    assert (row.cells[1], row.cells[8:]) == ("High", ("2006-12", "To do"))


def test_no_area_has_a_name_in_both_languages() -> None:
    assert area_name(NORTH, "en") == "北苑居民区"
    assert (area_name(None, "zh"), area_name(None, "en")) == ("不属于任何区域", "In no area")


@pytest.mark.parametrize("key", REPORT_TEXTS)
def test_both_languages_ask_for_the_same_values(key: str) -> None:
    asked = [sorted(set(_fields(REPORT_TEXTS[key].in_(language)))) for language in ("zh", "en")]
    assert asked[0] == asked[1]


def _fields(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]


def test_columns_and_texts_are_in_the_language_asked_for() -> None:
    assert report_text("en", "band", area="甲", n=2) == "甲 (2)"
    [number, file] = table_columns("en", ("number", 10, "c"), ("file", 60, "l"))
    assert (number.text, number.align, file.text, file.align) == ("No.", "center", "File", "left")


def test_the_files_are_listed_by_hash_and_nobody_is_named_by_them(store: Store) -> None:
    files = {"党员王小明.xlsx": "ab12" * 16, "檀香居民区.xlsx": "cd34" * 16}
    current = replace(ROUND, files=files)
    fill(store, graph(node("u_1")), round=current)
    answers = Answers(store, Catalogue(()), read_profile())
    _, _, told, table = source_annex(answers, current, DAY, Viewer())
    assert isinstance(told, Paragraph)
    assert "共 2 个文件" in told.text
    assert told.text.endswith("人名已隐去。")
    assert isinstance(table, ReportTable)
    assert [row.cells for row in table.rows if isinstance(row, TableRow)] == [
        ("1", "党员王**.xlsx", "ab12ab12ab12"),
        ("2", "檀香居民区.xlsx", "cd34cd34cd34"),
    ]
    _, _, told, table = source_annex(answers, current, DAY, Viewer(names=True, language="en"))
    assert isinstance(table, ReportTable)
    assert "党员王小明.xlsx" in repr(table)
    assert "keep it safe" in repr(told)
    assert len(list(source_annex(answers, replace(ROUND, files={}), DAY, Viewer()))) == 3
