"""Sheets for tests: rows as a person would type them, read by the form that they are recognised as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from loaders.forms.form import read_forms
from loaders.map.heading_words import with_notes
from loaders.map.headings import header_problems, match_form
from loaders.map.map_sheet import read_sheet
from loaders.map.records import SheetReading
from loaders.problems import Problem
from loaders.read.worksheet import worksheet_of


def read(
    *rows: Sequence[Any], name: str = "党员", numeric: bool = False, latest: str = "2006-10"
) -> tuple[SheetReading, tuple[Problem, ...]]:
    """What a sheet of these rows says, and all its problems, those of its headings first."""
    sheet = worksheet_of("a.xlsx", name, rows, numeric)
    header = match_form(sheet, read_forms())
    assert header is not None
    header = with_notes(header)
    reading = read_sheet(sheet, header, latest)
    return reading, (*header_problems(sheet, header), *reading.problems)


def form_of(*rows: Sequence[Any], name: str = "x") -> tuple[str, int] | None:
    """The form that a sheet of these rows is taken for, and the row of its headings; None for no form."""
    header = match_form(worksheet_of("a.xlsx", name, rows), read_forms())
    return (header.form.id, header.row) if header else None


def codes(problems: Iterable[Problem]) -> list[tuple[str, str | None]]:
    """Each problem as its code and its cell."""
    return [(p.code, p.cell) for p in problems]
