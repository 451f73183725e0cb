"""Lists of gaps as CSV and Excel files, in which no cell can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from explorer.export.sheets import fit_columns, is_formula_like, sheet_title, write_cell
from explorer.gaps.rule_list import GapList, cells, headings
from explorer.viewer import Viewer
from graph_model.text import Text, counted

_RULE_COLUMNS = (Text("代号", "Rule"), Text("问题类型", "Kind of problem"))


def to_csv(lists: Sequence[GapList], viewer: Viewer) -> bytes:
    """One table of all rows, with a byte order mark: Excel takes the text for something else without it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    single = lists[0] if len(lists) == 1 else None
    common = ("name", "status", "reason", "key")
    heads = (*_RULE_COLUMNS, *(headings(single.rule) if single else _common_headings()))
    writer.writerow([escape_formula(h.in_(viewer.language)) for h in heads])
    for found in lists:
        for row in found.rows:
            shown = cells(found.rule, row, viewer)
            # rules have columns of their own; a table of several keeps what all of them have
            kept = shown if single else (*shown[: len(common) - 1], shown[-1])
            writer.writerow(
                [escape_formula(c) for c in (found.rule.id, found.rule.title.in_(viewer.language), *kept)]
            )
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(lists: Sequence[GapList], viewer: Viewer) -> bytes:
    """One sheet for each rule. Every cell is a text, marked as such."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for found in lists:
        sheet = book.create_sheet(sheet_title(found.rule.id))
        _fill(sheet, 1, [found.rule.title.in_(viewer.language), _figure_text(found, viewer)])
        _fill(sheet, 2, [h.in_(viewer.language) for h in headings(found.rule)])
        for number, row in enumerate(found.rows, start=3):
            _fill(sheet, number, cells(found.rule, row, viewer))
        for cell in (*sheet[1], *sheet[2]):
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A3"
        fit_columns(sheet, 2, sheet.max_row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def escape_formula(text: str) -> str:
    """A CSV cell that no spreadsheet program takes for a formula.

    >>> escape_formula("=1+1"), escape_formula("檀香"), escape_formula(" =1")
    ("'=1+1", '檀香', "' =1")
    """
    return f"'{text}" if is_formula_like(text) else text


def _common_headings() -> tuple[Text, ...]:
    return (Text("名称", "Name"), Text("结果", "Result"), Text("原因", "Reason"), Text("标识", "Key"))


def _figure_text(found: GapList, viewer: Viewer) -> str:
    if found.figure.failed is not None:
        return found.figure.failed.in_(viewer.language)
    return Text(
        f"共核查 {found.figure.population} 个，存在问题 {found.figure.gaps} 个，情况不明 {found.figure.unknown} 个",
        f"{counted(found.figure.gaps, 'problem')} and {found.figure.unknown} unknown of {found.figure.population}",
    ).in_(viewer.language)


def _fill(sheet: Worksheet, row: int, values: Sequence[str]) -> None:
    for column, value in enumerate(values, start=1):
        write_cell(sheet, row, column, value)
