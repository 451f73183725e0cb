"""A register as a file, as it is shown and whole: Excel, CSV and Word; no cell can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from explorer.answers import Answers
from explorer.gaps.files import escape_formula
from explorer.register.rows import PAGE, RegisterPage, register_page
from explorer.register.state import RegisterState
from explorer.report.annex_xlsx import annex_xlsx
from explorer.report.annexes import fitted_columns, is_wide
from explorer.report.blocks import Block, Paragraph, Report, ReportTable, Section, TableRow
from explorer.report.docx import to_docx
from explorer.report.words import tell_day
from explorer.viewer import Viewer
from graph_model.errors import InputError
from graph_model.text import Text

MOST_ROWS = 100_000
MOST_IN_WORD = 2000
TABLE_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NUMBER = Text("序号", "No.")
_COUNTED = Text("（共{n}条　制表日期：{day}）", "{n} entries. Made on {day}.")


def whole_register(
    answers: Answers, viewer: Viewer, state: RegisterState, most: int = MOST_ROWS
) -> RegisterPage:
    """Every row of the register that is shown. InputError where there are more than `most`."""
    first = register_page(answers, viewer, state, skip=0, limit=PAGE)
    if first.total > most:
        raise InputError(
            f"共{first.total}条，超过一份文件的上限{most}条，请先筛选。",
            f"{first.total} entries are more than the {most} that one file takes: filter first.",
        )
    return register_page(answers, viewer, state, skip=0, limit=max(first.total, 1))


def headings(page: RegisterPage, viewer: Viewer) -> tuple[str, ...]:
    """What stands above the columns."""
    return tuple(c.text.in_(viewer.language) for c in page.columns)


def table_file(
    heads: Sequence[str], rows: Sequence[Sequence[str]], viewer: Viewer, title: str, ending: str
) -> bytes:
    """Texts as a file of one table; `ending`: one of TABLE_MEDIA."""
    if ending == "csv":
        return table_csv(heads, rows)
    report = table_report(heads, rows, viewer, title, date.today())
    return annex_xlsx(report) if ending == "xlsx" else to_docx(report)


def table_csv(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Texts as a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([escape_formula(text) for text in heads])
    writer.writerows([escape_formula(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def table_report(
    heads: Sequence[str], rows: Sequence[Sequence[str]], viewer: Viewer, title: str, day: date
) -> Report:
    """Texts as a report of one table, its rows numbered."""
    language = viewer.language
    numbered = [(str(n), *(text or "—" for text in row)) for n, row in enumerate(rows, start=1)]
    columns = fitted_columns((_NUMBER.in_(language), *heads), numbered[:500])
    table = ReportTable(columns, tuple(map(TableRow, numbered)))
    told = _COUNTED.in_(language).format(n=len(rows), day=tell_day(day, language))
    blocks: tuple[Block, ...] = (Paragraph(title, "title"), Paragraph(told, "subtitle"), table)
    sections = (Section(landscape=True),) if is_wide(blocks) else ()
    return Report(title, (*sections, *blocks), day, language)
