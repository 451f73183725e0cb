"""Rows above the headings: titles are passed over, and what looks like data blocks."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.forms.form import read_forms
from loaders.map.headings import match_form
from loaders.map.preamble import preamble_problems
from loaders.read.worksheet import worksheet_of

HEAD = ["姓名", "性别", "入党时间", "所在单位"]
ROW = ["张三", "男", "2002", "青松物业"]


def above(*rows: list[Any], head: list[Any] = HEAD) -> list[tuple[str, str, bool]]:
    """The problems of what stands above these headings."""
    width = max(map(len, (*rows, head)))
    filled = [[*row, *[None] * (width - len(row))] for row in (*rows, head, ROW)]
    sheet = worksheet_of("a.xlsx", "党员", filled)
    header = match_form(sheet, read_forms())
    assert header is not None
    assert header.row == len(rows) + 1
    return [(p.code, p.cell, p.blocking) for p in preamble_problems(sheet, header)]


def test_headings_in_the_first_row_have_nothing_above_them() -> None:
    assert above() == []


@pytest.mark.parametrize(
    "title",
    [
        ["方松街道党员名册"],
        ["方松街道党员名册", None, "2006年10月"],
        ["街道", "方松街道", "居民区", "新桃源"],
        ["填报单位：方松街道", "填表人：王五", "2006-10-15"],
        ["例：张三", "男", "2002", "青松物业"],
        ["王五", "女"],
        [],
    ],
)
def test_titles_footers_and_examples_are_no_data(title: list[Any]) -> None:
    assert above(title) == []


@pytest.mark.parametrize(
    "row",
    [
        ["李四", "女", "2001", "兰桥物业"],
        ["李四", None, "2001", "兰桥物业"],
        ["李四", "女", None, "兰桥物业"],
    ],
)
def test_a_row_of_which_a_cell_is_what_only_its_heading_asks_for_is_data(row: list[Any]) -> None:
    assert above(row) == [("rows_above", "A1", True)]


def test_the_first_of_several_is_told_at_its_own_row() -> None:
    row = ["李四", "女", "2001", "兰桥物业"]
    assert above(["方松街道"], row, row) == [("rows_above", "A2", True)]


def test_headings_of_another_table_are_told_too() -> None:
    assert above(["单位名称", "单位类别", "性质"], ["青松物业", "物业公司", "民营"]) == [
        ("rows_above", "A1", True)
    ]
