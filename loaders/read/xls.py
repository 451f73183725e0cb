"""Read the sheets of an .xls as text cells; the only module that knows xlrd.

The quick reader of .xlsx also reads .xls, but a damaged one can end the whole program there (a reservation of
memory by a length that the file states). xlrd is slower, and tells formats and merges; on a damaged file it can
go round in circles: only the reading process calls it.
"""

from __future__ import annotations

import io
import struct
from collections import defaultdict
from dataclasses import dataclass

import xlrd

from loaders.ole import NoWorkbook, workbook_stream
from loaders.ooxml.number_formats import BUILT_IN_MONTHS, precision
from loaders.privacy import private_kind
from loaders.read.worksheet import Details, Merged

MAX_BYTES = 64 * 2**20
"""A full sheet of this format (65,536 rows) with twenty columns takes a quarter of it."""
_UNICODE = 80
"""The version from which texts are Unicode; before, they are in the encoding of the writer's system."""
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
# What xlrd lets through where bytes are not what they should be.
_FAULTS = (
    xlrd.XLRDError,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    EOFError,
    NotImplementedError,
    RecursionError,
)


class Protected(ValueError):
    """Raised for a workbook with a password."""


@dataclass(frozen=True, slots=True)
class XlsSheet:
    """One sheet: cells by column, and by column the rows (from 1) whose cells are numbers."""

    name: str
    hidden: bool
    height: int
    columns: tuple[list[str | None], ...]
    numbers: dict[int, frozenset[int]]
    details: Details


def read_sheets(data: bytes, max_cells: int) -> list[XlsSheet]:
    """The sheets of an .xls; Protected for one with a password, OverflowError for a sheet of more cells than
    allowed, NoWorkbook for a container of something else, ValueError for one that is damaged."""
    try:
        stream = workbook_stream(data)
        book = _open(stream)
        if book.biff_version < _UNICODE and book.codepage is None:
            book = _open(stream, "gb18030")
        return [_sheet(book, index, max_cells) for index in range(book.nsheets)]
    except _TooMany as error:
        raise OverflowError from error
    except NoWorkbook:
        raise
    except _FAULTS as error:
        if "encrypted" in str(error).lower():
            raise Protected from error
        raise ValueError(type(error).__name__) from error


def _open(stream: bytes, encoding: str | None = None) -> xlrd.book.Book:
    return xlrd.open_workbook(
        file_contents=stream,
        logfile=io.StringIO(),
        encoding_override=encoding,
        formatting_info=True,
        on_demand=True,
        ragged_rows=True,
    )


class _TooMany(Exception):
    """A sheet has more cells than are allowed."""


def _sheet(book: xlrd.book.Book, index: int, max_cells: int) -> XlsSheet:
    sheet = book.sheet_by_index(index)
    if sheet.nrows * sheet.ncols > max_cells:
        raise _TooMany
    columns: tuple[list[str | None], ...] = tuple([None] * sheet.nrows for _ in range(sheet.ncols))
    numbers: dict[int, set[int]] = defaultdict(set)
    faults: dict[tuple[int, int], str] = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            kind = sheet.cell_type(row, column)
            value = sheet.cell_value(row, column)
            if kind == _TEXT:
                columns[column][row] = value or None
            elif kind == _NUMBER:
                columns[column][row] = _number(value)
                numbers[column].add(row + 1)
            elif kind == _DATE:
                columns[column][row] = _date(book, sheet, row, column)
                numbers[column].add(row + 1)
            elif kind == _BOOLEAN:
                columns[column][row] = "true" if value else "false"
            elif kind == _ERROR:
                faults[row + 1, column] = xlrd.error_text_from_code.get(value, "#?")
    book.unload_sheet(index)
    merged: list[Merged] = [
        (left, top + 1, right - 1, bottom)
        for top, bottom, left, right in sheet.merged_cells
        if bottom - top > 1
    ]
    kinds = {(row + 1, column): private_kind(n.text) for (row, column), n in sheet.cell_note_map.items()}
    hidden = frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    return XlsSheet(
        sheet.name,
        sheet.visibility != 0,
        sheet.nrows,
        columns,
        {column: frozenset(rows) for column, rows in numbers.items()},
        Details(
            tuple(sorted(merged)),
            hidden,
            faults,
            private_comments={at: kind for at, kind in kinds.items() if kind is not None},
        ),
    )


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _date(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, row: int, column: int) -> str:
    """A date as exact as it is shown; a number that is no date stays one."""
    value = sheet.cell_value(row, column)
    try:
        day = xlrd.xldate_as_datetime(value, book.datemode)
    except (xlrd.XLDateError, ValueError, OverflowError):
        return _number(value)
    number = book.xf_list[sheet.cell_xf_index(row, column)].format_key
    known = book.format_map.get(number)
    shown = precision(known.format_str) if known and known.format_str else None
    if shown == "month" or number in BUILT_IN_MONTHS:
        return f"{day:%Y-%m}"
    return f"{day:%Y}" if shown == "year" else f"{day:%Y-%m-%d %H:%M:%S}"
