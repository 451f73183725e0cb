"""Cells of an Excel sheet or a CSV file that no program takes for a formula."""

from __future__ import annotations

import re
from typing import cast

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no file can hold them
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_ACTIVE = tuple("=+-@\t\r＝＋－＠")  # full-width signs act too in some programs
_LONGEST = 32_000  # a cell holds 32,767 characters
_WIDEST = 60


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet program may take a text for a formula."""
    return text.lstrip(" \n").startswith(_ACTIVE)


def write_cell(sheet: Worksheet, row: int, column: int, value: str | int | None) -> Cell:
    """A cell with a number as a number and a text as text that is marked as such."""
    cell = cast(Cell, sheet.cell(row, column))  # merged cells are only written at their first corner
    if isinstance(value, str):
        text = _ILLEGAL.sub("�", value)[:_LONGEST]
        cell.value = text
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        cell.number_format = "@"
        cell.quotePrefix = is_formula_like(text)
    else:
        cell.value = value
    return cell


def sheet_title(name: str) -> str:
    """A name as far as it may be a sheet's title; nothing where no character may."""
    return _ILLEGAL.sub("", _NOT_IN_TITLES.sub("", name)).strip()[:31]


def text_columns(text: str) -> int:
    """How wide a text is in Latin characters: Chinese ones count two.

    >>> text_columns("党建"), text_columns("ab")
    (4, 2)
    """
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)


def fit_columns(sheet: Worksheet, first_row: int, last_row: int) -> None:
    """Make each column as wide as the longest line in these rows, within reason."""
    for column in range(1, sheet.max_column + 1):
        texts = (str(sheet.cell(r, column).value or "") for r in range(first_row, last_row + 1))
        longest = max((text_columns(line) for text in texts for line in text.splitlines()), default=8)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 10), _WIDEST)
