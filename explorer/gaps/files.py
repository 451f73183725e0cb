"""Lists of gaps as CSV and Excel files, in which no cell can act as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from explorer.gaps.rule_list import GapList, cells, headings
from explorer.viewer import Viewer
from graph_model.text import Text, counted

_RULE_COLUMNS = (Text("规则", "Rule"), Text("规则名称", "Rule title"))
_ACTIVE = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # full-width signs act too in some programs
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what the file format itself cannot hold
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 60


def to_csv(lists: Sequence[GapList], viewer: Viewer) -> bytes:
    """One table of all rows, with a byte order mark: Excel takes the text for something else without it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    single = lists[0] if len(lists) == 1 else None
    common = ("name", "status", "reason", "key")
    heads = (*_RULE_COLUMNS, *(headings(single.rule) if single else _common_headings()))
    writer.writerow([inert(h.in_(viewer.language)) for h in heads])
    for found in lists:
        for row in found.rows:
            shown = cells(found.rule, row, viewer)
            # rules have columns of their own; a table of several keeps what all of them have
            kept = shown if single else (*shown[: len(common) - 1], shown[-1])
            writer.writerow(
                [inert(c) for c in (found.rule.id, found.rule.title.in_(viewer.language), *kept)]
            )
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(lists: Sequence[GapList], viewer: Viewer) -> bytes:
    """One sheet for each rule. Every cell is a text, marked as such."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for found in lists:
        sheet = book.create_sheet(_NOT_IN_TITLES.sub("", found.rule.id)[:31])
        _fill(sheet, 1, [found.rule.title.in_(viewer.language), _figure_text(found, viewer)])
        _fill(sheet, 2, [h.in_(viewer.language) for h in headings(found.rule)])
        for number, row in enumerate(found.rows, start=3):
            _fill(sheet, number, cells(found.rule, row, viewer))
        for cell in (*sheet[1], *sheet[2]):
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A3"
        _widen(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def inert(text: str) -> str:
    """A CSV cell that no spreadsheet program takes for a formula.

    >>> inert("=1+1"), inert("檀香"), inert(" =1")
    ("'=1+1", '檀香', "' =1")
    """
    return f"'{text}" if text.lstrip(" \n").startswith(_ACTIVE) else text


def _common_headings() -> tuple[Text, ...]:
    return (Text("名称", "Name"), Text("结果", "Result"), Text("原因", "Reason"), Text("标识", "Key"))


def _figure_text(found: GapList, viewer: Viewer) -> str:
    if found.figure.failed is not None:
        return found.figure.failed.in_(viewer.language)
    return Text(
        f"{found.figure.population} 个中 {found.figure.gaps} 个缺口，{found.figure.unknown} 个不明",
        f"{counted(found.figure.gaps, 'gap')} and {found.figure.unknown} unknown of {found.figure.population}",
    ).in_(viewer.language)


def _fill(sheet: Worksheet, row: int, values: Sequence[str]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, _ILLEGAL.sub("�", value))
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        cell.number_format = "@"
        cell.quotePrefix = value.startswith(_ACTIVE)


def _widen(sheet: Worksheet) -> None:
    for column in range(1, sheet.max_column + 1):
        longest = max(
            (_width(str(sheet.cell(r, column).value or "")) for r in range(2, sheet.max_row + 1)), default=8
        )
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 10), _WIDEST)


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)
