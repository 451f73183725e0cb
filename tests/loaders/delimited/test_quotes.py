"""Quotation marks without their other half are found where their field begins."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.delimited.quotes import first_over_lines, odd_quote, swallows_rows


@pytest.mark.parametrize(
    ("row", "at"),
    [
        ("", None),
        ("甲,乙", None),
        ('"甲,乙",丙', None),
        ('"甲""乙",丙', None),
        ('""', None),
        ('  "甲",乙', None),
        ('甲"乙"丙,丁', None),
        ('"甲', 0),
        ('甲,"乙', 2),
        ('甲,"乙"丙,丁', 2),
        ('21" 显示器,乙', 0),
        ('甲,乙"', 2),
        ('"甲""', 0),
        ('"""', 0),
        ('甲,"乙\n丙",丁', None),
    ],
)
def test_where_the_first_odd_mark_stands(row: str, at: int | None) -> None:
    assert odd_quote(row, ",") == at


def test_only_the_separator_of_the_file_ends_a_field() -> None:
    assert odd_quote('"甲",乙"', ";") == 0
    assert odd_quote('"甲";乙', ";") is None
    assert odd_quote('"甲"|乙', "|") is None


@pytest.mark.parametrize(
    ("row", "at"), [("甲,乙", 0), ('甲,"乙\n丙",丁', 2), ('"甲\r\n乙",丙', 0), ('甲,乙,"丙\n', 4)]
)
def test_where_the_first_field_of_several_lines_begins(row: str, at: int) -> None:
    assert first_over_lines(row, ",") == at


@pytest.mark.parametrize(
    ("lines", "widest", "swallows"),
    [
        (['甲,"一', '乙,二"'], 2, True),
        (['甲,"一,二', '三",四'], 3, False),
        (['甲,"一', '乙,二"'], 0, True),
        (['"一', '二"'], 0, False),
        (['"一', '二"'], 1, True),
        (['甲,"一', "", '乙,二"'], 2, True),
        (['"一', "甲,乙,丙", '二",,'], 3, True),
        (['"一', '二",,"三', '四"'], 3, False),
        (['"一', '甲,乙,""丙""', '二",,'], 3, True),
        (['"一'], 2, False),
        ([], 0, False),
    ],
)
def test_lines_of_one_row_that_are_rows_of_their_own(lines: list[str], widest: int, swallows: bool) -> None:
    assert swallows_rows(lines, ",", widest) is swallows


@given(st.lists(st.text('甲 ",\n', max_size=6), min_size=1, max_size=4))
def test_what_a_program_writes_has_every_mark_in_pairs(cells: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    assert odd_quote(out.getvalue(), ",") is None


@given(st.text('甲 ",', max_size=12))
def test_a_row_with_an_odd_number_of_marks_is_always_odd(row: str) -> None:
    if row.count('"') % 2:
        assert odd_quote(row, ",") is not None
