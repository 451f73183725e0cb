"""Find rows above the headings of a sheet that look like data, so that none is dropped unreported."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.clean.parse import ParseFault, normalize_whitespace
from loaders.clean.parsers import NEVER, parser_of
from loaders.forms.form import FormColumn, read_forms
from loaders.map.footers import is_footer_row
from loaders.map.headings import Header, is_heading_row
from loaders.problems import Problem, address, problem
from loaders.read.worksheet import Worksheet

_FEWEST_CELLS = 3
"""A title, with a date or an office beside it, fills fewer."""
_EXACT = ("date", "term", "boolean", "integer")


def preamble_problems(sheet: Worksheet, header: Header) -> tuple[Problem, ...]:
    """The first row above the headings that is data, or heads another table; nothing where all are titles."""
    for row in sheet.rows(header.row - 1):
        other = any(is_heading_row(row.cells, form) for form in read_forms())
        if other or _is_data(row.cells, header):
            cell = address(0, row.number)
            return (problem("rows_above", sheet.file, sheet.name, cell, row=header.row),)
    return ()


def _is_data(cells: Sequence[str | None], header: Header) -> bool:
    """Are most columns filled, one of them at least with what only its own heading would ask for."""
    filled = {
        c: text
        for c in _columns(header)
        if (text := normalize_whitespace(cells[header.columns[c.heading]] or ""))
    }
    if len(filled) < _FEWEST_CELLS or 2 * len(filled) <= len(header.columns):
        return False
    return any(_fits(c, text) for c, text in filled.items()) and not is_footer_row(list(filled.values()))


def _columns(header: Header) -> list[FormColumn]:
    return [c for c in header.form.columns if c.heading in header.columns]


def _fits(column: FormColumn, text: str) -> bool:
    if column.property is None or column.property.type not in _EXACT:
        return False
    return not isinstance(parser_of(column, NEVER)(text), ParseFault)
