"""Tell the data rows below the headings from blank rows, subtotals, footers and repeated headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from loaders.clean.parse import normalize_whitespace
from loaders.forms.form import read_forms
from loaders.map import footers, passed_rows, subtotals
from loaders.map.headings import (
    Header,
    heading_openings,
    is_known_heading,
    is_running_heading,
    repeated_headers,
)
from loaders.map.passed_rows import PassedRow, RowNames
from loaders.map.preamble import branch_column, branch_title
from loaders.map.row_words import branch_name
from loaders.problems import Problem, problem
from loaders.read.arrow import TextColumn
from loaders.read.worksheet import Cells, Worksheet

_SPACES = frozenset(" \t\n\r\u3000\xa0")
_OPENINGS = _SPACES | footers.OPENINGS | subtotals.OPENINGS
_ENDINGS = footers.ENDINGS | subtotals.ENDINGS
_BEFORE_HEADINGS = _SPACES | frozenset("*＊")
_RUNNING = re.compile(r"\(?(?:\d{1,7}(?:\.0*)?|[一二三四五六七八九十百]{1,5})\)?[.、]?")


@dataclass(frozen=True, slots=True)
class ClassifiedRows:
    """The rows below the headings, counted from 0. `sums`: with the label of each.

    `running`: the columns (from 0) that only number the rows. `other`: the row with headings of another
    table, and `beyond` the rows below it, which the headings do not speak of. `passed`: the rows that are passed
    over, each with a hint. `no_names`: by column of names, the texts in it that are none.
    """

    live: list[int]
    sums: Mapping[int, str]
    running: frozenset[int]
    other: int | None = None
    beyond: tuple[int, ...] = ()
    passed: Mapping[int, PassedRow] = field(default_factory=dict)
    no_names: Mapping[int, frozenset[str]] = field(default_factory=dict)


_MANY_LONG_ROWS = 10_000


def long_rows_problem(sheet: Worksheet, header: Header) -> Problem | None:
    """The problem of a text file of which very many rows are longer than its headings: it is read no further.

    Counted where the cells are stored, so that a file of millions of such rows takes no memory.
    """
    if not sheet.separated or sheet.height < _MANY_LONG_ROWS:
        return None
    last = max(index for index, heading in enumerate(header.cells) if (heading or "").strip())
    count = max(map(_filled, sheet.columns[last + 1 :]), default=0)
    if count < _MANY_LONG_ROWS:
        return None
    return problem("long_rows", sheet.file, sheet.name, count=count, columns=last + 1)


def _filled(cells: Cells) -> int:
    return cells.filled() if isinstance(cells, TextColumn) else len(cells) - cells.count(None)


def classify_rows(
    sheet: Worksheet, header: Header, different: Sequence[AbstractSet[str]]
) -> ClassifiedRows:
    """Sort the rows of a sheet; `different`: the texts of each of its columns, each once."""
    running = _running_columns(sheet, header)
    columns = [cells[header.row :] for cells in sheet.columns]
    texts = list(different)
    for index in running:  # a row with nothing but its number is blank
        numbers = {t for t in texts[index] if _RUNNING.fullmatch(normalize_whitespace(t))}
        texts[index] = texts[index] - numbers
        columns[index] = [None if t in numbers else t for t in columns[index]]
    if any(all(column) for column in columns):  # one without a gap: no row is blank
        filled = list(range(sheet.height - header.row))
    else:
        filled = [at for at, cells in enumerate(zip(*columns, strict=True)) if any(cells)]
    exact = _exact_columns(header)
    # more than the names alone, in a good part of the rows
    wide = sum(4 * (len(c) - c.count(None)) >= len(filled) for c in columns) > 1
    names = RowNames.of(header, running, wide=wide)
    titles = [_texts(sheet.columns, at) for at in range(header.top - 1)]
    around = {t for row in titles for t in row.values()} | {t for r in header.rows for t in r.cells if t}
    passing = [passed_rows.may_be_passed(some, index, names) for index, some in enumerate(texts)]
    numbered = _numbered(sheet, header, running)
    table_sums = {row - header.row - 1 for row in sheet.details.table_sums}
    odd = _nameless(columns, names) | numbered | table_sums
    for index, column in enumerate(columns):
        suspects = (
            _suspects(texts[index], days=index not in exact) | (texts[index] & around) | passing[index]
        )
        if suspects:
            odd.update(at for at, text in enumerate(column) if text in suspects)
    no_names = {
        index: frozenset(t for t in passing[index] if passed_rows.is_no_name(t, names.kind))
        for index in names.names
    }
    live: list[int] = []
    sums: dict[int, str] = {}
    passed: dict[int, PassedRow] = {}
    for number, at in enumerate(filled if odd else ()):
        row = _texts(columns, at) if at in odd else None
        if row is None:
            live.append(at)
        elif row and row not in titles:
            again = repeated_headers([c[at] for c in columns], header, read_forms())
            if again == "other":
                beyond = tuple(filled[number + 1 :])
                return ClassifiedRows(live, sums, running, at, beyond, passed, no_names)
            if again == "same":
                continue
            label = subtotals.subtotal_label(row, header.form, header.columns)
            if label is not None or at in table_sums:
                sums[at] = label or next(iter(row.values()))
            elif _is_footer(row, exact):
                continue
            elif (why := passed_rows.passed_row(row, names, numbered=at in numbered)) is not None:
                passed[at] = why
            else:
                live.append(at)
    return ClassifiedRows(live if odd else filled, sums, running, passed=passed, no_names=no_names)


MOST_ROWS_WITH_BRANCHES = 50_000
"""A longer table is not looked through for rows that name a branch."""


def branches_above(sheet: Worksheet, header: Header) -> Mapping[int, str]:
    """By row below the headings (from 0; -1 for a title above them), the branch that it names for the rows below.

    None where the rows have no branch, or a column says it.
    """
    if branch_column(header) is None or sheet.height > MOST_ROWS_WITH_BRANCHES:
        return {}
    different = [set(filter(None, column[header.row :])) for column in sheet.columns]
    passed = classify_rows(sheet, header, different).passed
    found = {at: branch_name(row.shown) for at, row in passed.items() if row.code == "branch_row"}
    title = branch_title(sheet, header)
    return {-1: title[1], **found} if title is not None else found


def branches_below(sheet: Worksheet, header: Header) -> dict[str, Cells]:
    """By the heading of the branch column, the branch of each row: that of the nearest row above that names one."""
    named, column = branches_above(sheet, header), branch_column(header)
    if not named or column is None:
        return {}
    found, last = list[str | None](), named.get(-1)
    for at in range(sheet.height - header.row):
        last = named.get(at, last)
        found.append(last)
    return {column.heading: found}


def _nameless(columns: Sequence[Cells], names: RowNames) -> set[int]:
    """The rows in which every column of names is empty: a line that is merged over the sheet may stand there."""
    held = [columns[at] for at in names.names]
    if not held or not all(None in column for column in held):
        return set()
    return {at for at, cells in enumerate(zip(*held, strict=True)) if not any(cells)}


_NUMERAL = re.compile(r"\(?[一二三四五六七八九十百]{1,4}\)?[、.]?")
_NUMERALS = frozenset("一二三四五六七八九十百(（㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")


def _numbered(sheet: Worksheet, header: Header, running: AbstractSet[int]) -> set[int]:
    """The rows that 一 or (二) numbers, where the running numbers of others are 1, 2, 3."""
    found: set[int] = set()
    for index in running:
        column = sheet.columns[index][header.row :]
        titles = [
            at
            for at, text in enumerate(column)
            if text and text[0] in _NUMERALS and _NUMERAL.fullmatch(normalize_whitespace(text))
        ]
        if 2 * len(titles) <= len(column) - column.count(None):
            found.update(titles)
    return found


def _texts(columns: Sequence[Cells], at: int) -> dict[int, str]:
    cells = ((index, column[at]) for index, column in enumerate(columns))
    return {index: text for index, cell in cells if cell and (text := normalize_whitespace(cell))}


def _is_footer(texts: Mapping[int, str], exact: AbstractSet[int]) -> bool:
    """Below a heading for dates or numbers, one that stands alone is the value of a row that lacks its name."""
    first, text = next(iter(texts.items()))
    return not (first in exact and footers.is_day(text)) and footers.is_footer_row(list(texts.values()))


def _suspects(texts: AbstractSet[str], *, days: bool) -> frozenset[str]:
    """Those of a column's texts that may make a row no data, found without a close look at most of the others."""
    found = {t for t in texts if t[0] in _OPENINGS or t[-1] in _ENDINGS or footers.may_be_signed(t)}
    if days:
        found.update(t for t in texts if t[4:5] in footers.STROKES)
    headings = {t for t in texts if t[0] in heading_openings() or t[0] in _BEFORE_HEADINGS}
    return frozenset(
        [
            *(t for t in found if _is_odd(normalize_whitespace(t), days=days)),
            *(t for t in headings if is_known_heading(t)),
        ]
    )


def _is_odd(text: str, *, days: bool) -> bool:
    return (
        not text
        or subtotals.may_start_subtotal(text)
        or footers.is_footer(text)
        or (days and footers.is_day(text))
    )


def _exact_columns(header: Header) -> frozenset[int]:
    """The columns of dates and of numbers."""
    return frozenset(
        header.columns[c.heading]
        for c in header.form.columns
        if c.heading in header.columns
        and (
            c.part == "date"
            or (c.property is not None and (c.property.type == "date" or c.property.name == "number"))
        )
    )


def _running_columns(sheet: Worksheet, header: Header) -> frozenset[int]:
    """Those under 序号, and those without a heading that count 1, 2, 3 …"""
    return frozenset(
        index
        for index, heading in enumerate(header.cells)
        if is_running_heading(heading) or (not heading and _counts(sheet.columns[index][header.row :]))
    )


def _counts(column: Cells) -> bool:
    numbers = enumerate(filter(None, column), start=1)
    return all(text.strip().removesuffix(".0") == str(number) for number, text in numbers)
