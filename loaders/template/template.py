"""Write the blank survey workbook from the forms, with drop-downs; the only user of openpyxl in loaders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph_model.coverage.totals import totals
from graph_model.errors import InputError
from loaders.clean.dates import EARLIEST_YEAR
from loaders.forms.form import Form, FormColumn, read_forms
from loaders.template.prefill import Rows

HEADER_ROW = 2
_LAST_ROW = 2000
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_HEAD_REQUIRED = PatternFill("solid", fgColor="F8D7C4")
_MAX_LIST = 255
"""Excel's limit of a list written into the validation itself."""


def write_template(path: Path | BinaryIO, rows: Rows | None = None, *, full: bool = False) -> None:
    """Write the template: one sheet per form, an explanation in row 1, headings in row 2.

    `full`: with the columns that not every office surveys; those that are filled in are there in any case.
    `rows`: what is known already (loaders/template/prefill.py), to be corrected instead of typed anew.
    An unfilled template reads back as nothing, without blocking problems.
    Raises InputError where the file cannot be written.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for form in read_forms():
        known = (rows or {}).get(form.id, ())
        used = {heading for row in known for heading in row}
        columns = [c for c in form.columns if full or not c.more or c.heading in used]
        _write_form(book.create_sheet(form.sheets[0]), form, columns, known)
    try:
        book.save(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(
            f"无法写入 {path}（{reason}）；请换一个位置，或先关闭打开的文件",
            f"cannot write {path} ({reason}); choose another place, or close the file first",
        ) from error


def _write_form(
    sheet: Worksheet, form: Form, columns: Sequence[FormColumn], rows: Sequence[Mapping[str, str]]
) -> None:
    sheet.cell(1, 1, f"说明：{form.explain.zh}橙色列必填。").alignment = Alignment(vertical="center")
    sheet.cell(1, 1).font = Font(italic=True, color="666666")
    sheet.row_dimensions[1].height = 24
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(HEADER_ROW, index, column.heading)
        cell.font = Font(bold=True)
        cell.fill = _HEAD_REQUIRED if column.required else _HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center")
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = _width(column)
        # As text, so that 2001.10 keeps its zero and no spreadsheet program invents a day.
        sheet.column_dimensions[letter].number_format = "@"
        validation = _validation(column, f"{letter}{HEADER_ROW + 1}")
        if validation is not None:
            validation.add(f"{letter}{HEADER_ROW + 1}:{letter}{_LAST_ROW}")
            sheet.add_data_validation(validation)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    for at, row in enumerate(rows, start=HEADER_ROW + 1):
        for index, column in enumerate(columns, start=1):
            if column.heading in row:
                known = sheet.cell(at, index, row[column.heading])
                # Always text: a name that begins with = must not become a formula.
                known.data_type, known.number_format = "s", "@"


def _width(column: FormColumn) -> float:
    # A Chinese character is two columns wide; room for a name of ten.
    room = 26 if column.many or (column.property and column.property.name == "name") else 14
    return float(max(2 * len(column.heading) + 4, room))


def _validation(column: FormColumn, first: str) -> DataValidation | None:
    """A drop-down where the values are known, a check of dates, else a note of what to write.

    `first`: the first cell that it is for.
    """
    choices = _choices(column)
    if choices:
        listed = ",".join(choices)
        if len(listed) > _MAX_LIST:
            raise ValueError(f"the drop-down of {column.heading} is too long for a workbook")
        validation = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        validation.showErrorMessage = True
        validation.errorStyle = "warning"
        validation.errorTitle = column.heading
        validation.error = f"可用的值：{'、'.join(choices)}"[:_MAX_LIST]
        return validation
    hint = _hint(column)
    if hint is None:
        return None
    validation = _date_check(column, hint, first) if _is_date(column) else DataValidation(allow_blank=True)
    validation.showInputMessage = True
    validation.promptTitle = column.heading
    validation.prompt = hint
    return validation


def _date_check(column: FormColumn, hint: str, first: str) -> DataValidation:
    """Stops what is no date, however exact; a type of Excel's own would ask for a day."""
    validation = DataValidation(type="custom", formula1=date_formula(first), allow_blank=True)
    validation.showErrorMessage = True
    validation.errorStyle = "stop"
    validation.errorTitle = column.heading
    validation.error = hint
    return validation


def date_formula(cell: str) -> str:
    """Whether a cell holds a date as loaders.clean.parse reads them: a number, or a text that is one but for its signs.

    It lets some dates that do not exist pass (2001.13): reading says what is wrong with those.
    """
    digits = f"ASC({cell})"  # ASC: full width to half width
    for sign in "年月日.-/ ":
        digits = f'SUBSTITUTE({digits},"{sign}","")'
    year = f"VALUE(LEFT(ASC(TRIM({cell})),4))"
    text = f"IFERROR(AND({year}>={EARLIEST_YEAR},VALUE({digits})>0),FALSE)"
    return f"IF(ISNUMBER({cell}),{cell}>={EARLIEST_YEAR},{text})"


def _is_date(column: FormColumn) -> bool:
    return column.part == "date" or (column.property is not None and column.property.type == "date")


def _choices(column: FormColumn) -> tuple[str, ...]:
    if column.flag or (column.property and column.property.type == "boolean"):
        return ("是", "否")
    if column.property and column.property.type == "term":
        return tuple(t.text.zh for t in column.property.terms)
    if column.property and column.property.name == "item":
        return tuple(t.text.zh for t in totals())
    return ()


def _hint(column: FormColumn) -> str | None:
    if _is_date(column):
        return "按掌握的情况填写：2001、2001.12 或 2001.12.05"
    if column.many:
        return "填写名称或编号；有多个时用顿号分开"
    if column.tie is not None:
        return "填写名称或编号"
    return None
