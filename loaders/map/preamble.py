"""Find rows above the headings of a sheet that look like data or name a branch, so that none is dropped unreported."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.clean.parse import ParseFault, normalize_whitespace
from loaders.clean.parsers import NEVER, parser_of
from loaders.forms.form import FormColumn, read_forms
from loaders.map.footers import is_footer_row
from loaders.map.headings import Header, is_heading_row
from loaders.map.row_words import is_example
from loaders.problems import Problem, address, problem
from loaders.read.worksheet import Worksheet

_FEWEST_CELLS = 3
"""A title, with a date or an office beside it, fills fewer."""
_EXACT = ("date", "term", "boolean", "integer")
_OF_A_BRANCH = re.compile(
    r"(?:[^:]{1,8}: ?)?([^:]{2,30}(?:支部|总支|总支部|支部委员会))(?:党员)?"
    r"(?:花名册|名册|名单|信息表|情况表|登记表|一览表|统计表)?(?:\([^()]*\))?"
)


def preamble_problems(sheet: Worksheet, header: Header) -> tuple[Problem, ...]:
    """The first row above the headings that is data, or heads another table; a branch that a title names.

    A branch only where the rows could say theirs and no column does.
    """
    for row in sheet.rows(header.top - 1):
        other = any(is_heading_row(row.cells, form) for form in read_forms())
        if other or _is_data(row.cells, header):
            cell = address(0, row.number)
            return (problem("rows_above", sheet.file, sheet.name, cell, row=header.row),)
    named = branch_title(sheet, header)
    if named is None:
        return ()
    code = "branch_taken" if header.filled else "branch_title"
    return (problem(code, sheet.file, sheet.name, *named),)


def branch_column(header: Header) -> FormColumn | None:
    """The column in which a row would say its branch, where the form has one and the sheet has none."""
    branch = next((c for c in header.form.columns if c.tie == "AFFILIATED_WITH"), None)
    return None if branch is None or branch.heading in header.columns else branch


def branch_title(sheet: Worksheet, header: Header) -> tuple[str, str] | None:
    """A title that names a branch, which may be that of all rows: its cell, and the branch."""
    if branch_column(header) is None:
        return None
    for row in sheet.rows(header.top - 1):
        for at, cell in enumerate(row.cells):
            named = _OF_A_BRANCH.fullmatch(normalize_whitespace(cell or ""))
            if named:  # what stands before it may be a person's name
                return address(at, row.number), named[1]
    return None


def _is_data(cells: Sequence[str | None], header: Header) -> bool:
    """Are most columns filled, one of them at least with what only its own heading would ask for."""
    filled = {
        c: text
        for c in _columns(header)
        if (text := normalize_whitespace(cells[header.columns[c.heading]] or ""))
    }
    if len(filled) < _FEWEST_CELLS or 2 * len(filled) <= len(header.columns):
        return False
    texts = list(filled.values())
    example = any(is_example(text, name=True) for text in map(normalize_whitespace, filter(None, cells)))
    return any(_fits(c, text) for c, text in filled.items()) and not (example or is_footer_row(texts))


def _columns(header: Header) -> list[FormColumn]:
    return [c for c in header.form.columns if c.heading in header.columns]


def _fits(column: FormColumn, text: str) -> bool:
    if column.property is None or column.property.type not in _EXACT:
        return False
    return not isinstance(parser_of(column, NEVER)(text), ParseFault)
