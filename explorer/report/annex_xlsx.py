"""One annex as an Excel workbook that is ready to print: title, date, and its tables one below the other."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from explorer.export.sheets import sheet_title, text_columns, write_cell
from explorer.report.blocks import GroupRow, Heading, Paragraph, Report, ReportTable
from graph_model.progress import Progress, no_progress

_SIDE = Side(style="thin", color="808080")
_GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF3")
_BAND_FILL = PatternFill("solid", fgColor="F3F3F3")
_SONG, _HEI, _TITLE = "宋体", "黑体", "方正小标宋简体"
_WIDTH = 130.0
"""How many Latin characters stand beside each other on a printed page."""


def annex_xlsx(report: Report, on_step: Progress = no_progress) -> bytes:
    """The workbook of an annex as `build_annex` gives it; every cell is a text or a number, never a formula.

    `on_step` hears of each block.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_title(report.title) or "1"
    tables = [b for b in report.blocks if isinstance(b, ReportTable)]
    across = max((len(t.columns) for t in tables), default=1)
    widths = _widths(tables, across)
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    row = 1
    for number, block in enumerate(report.blocks):
        on_step("paper", number, len(report.blocks))
        match block:
            case Paragraph(text, kind):
                _line(sheet, row, text, across, widths, kind)
                row += 1
            case Heading(text):
                _line(sheet, row, text, across, widths, "heading")
                row += 1
            case ReportTable():
                if len(tables) == 1:
                    sheet.freeze_panes = f"A{row + 1}"
                    sheet.print_title_rows = f"1:{row}"
                row = _table(sheet, row, block, widths)
    _print_layout(sheet)
    book.properties.creator, book.properties.title = "Branchmap", report.title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _widths(tables: Sequence[ReportTable], across: int) -> list[float]:
    """The widths of the columns: those of the widest table; of others the same columns are used."""
    widest = next((t for t in tables if len(t.columns) == across), None)
    if widest is None:
        return [_WIDTH * 0.7]
    whole = sum(column.share for column in widest.columns)
    return [max(_WIDTH * column.share / whole, 6.0) for column in widest.columns]


def _line(sheet: Worksheet, row: int, text: str, across: int, widths: Sequence[float], kind: str) -> None:
    """A text over the whole width."""
    if across > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=across)
    cell = write_cell(sheet, row, 1, text)
    size = {"title": 18, "subtitle": 10.5, "heading": 12}.get(kind, 11)
    cell.font = Font(name=_TITLE if kind == "title" else _HEI if kind == "heading" else _SONG, size=size)
    middle = "center" if kind in ("title", "subtitle") else "left"
    cell.alignment = Alignment(horizontal=middle, vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = max(size * 1.8, _lines(text, sum(widths)) * size * 1.4)


def _table(sheet: Worksheet, row: int, table: ReportTable, widths: Sequence[float]) -> int:
    """The table from this row on; the row after it."""
    _cells(sheet, row, [c.text for c in table.columns], widths, bold=True)
    for index in range(1, len(table.columns) + 1):
        sheet.cell(row, index).fill = _HEAD_FILL
    for made in table.rows:
        row += 1
        if isinstance(made, GroupRow):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(table.columns))
            cell = write_cell(sheet, row, 1, made.text)
            cell.font, cell.fill, cell.border = Font(name=_HEI, size=10.5), _BAND_FILL, _GRID
            continue
        _cells(sheet, row, made.cells, widths, bold=made.strong)
        for index, column in enumerate(table.columns, start=1):
            if column.align == "left":
                sheet.cell(row, index).alignment = Alignment(vertical="center", wrap_text=True)
    return row + 1


def _cells(
    sheet: Worksheet, row: int, cells: Sequence[str], widths: Sequence[float], *, bold: bool
) -> None:
    for index, text in enumerate(cells, start=1):
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
        cell = write_cell(sheet, row, index, value)
        cell.font = Font(name=_HEI if bold else _SONG, size=10.5)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _GRID
    lines = max(_lines(text, width) for text, width in zip(cells, widths, strict=False))
    # said outright: not every program fits the height to wrapped text when it opens a file
    sheet.row_dimensions[row].height = min(lines * 14.0 + 6, 409)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many Latin characters."""
    return max(1, -(-text_columns(text) // max(int(width - 1), 2)))


def _print_layout(sheet: Worksheet) -> None:
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", 9  # A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="— &P —", size=12))
