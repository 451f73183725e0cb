"""Plain .xlsx workbooks, the same bytes from the same rows: text cells, a note above the headings, no styles."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from loaders.problems import column_letters

Rows = Iterable[Sequence[str | None]]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STEADY = (1980, 1, 1, 0, 0, 0)


def write_workbook(path: Path, note: str, sheets: Mapping[str, tuple[Sequence[str], Rows]]) -> None:
    """Write sheets by name, each (headings, rows), with the note in its first row."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _frame(names).items():
            _add(archive, name, text)
        for number, (headings, rows) in enumerate(sheets.values(), start=1):
            _add(archive, f"xl/worksheets/sheet{number}.xml", _sheet(note, headings, rows))


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _STEADY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    # the level and the date are fixed, so that the bytes are
    archive.writestr(entry, _HEAD + text, compresslevel=6)


def _frame(names: Sequence[str]) -> dict[str, str]:
    """The parts of a workbook that only say what else is there."""
    numbers = range(1, len(names) + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{parts}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    }


def _sheet(note: str, headings: Sequence[str], rows: Rows) -> str:
    letters = [column_letters(i) for i in range(len(headings))]
    lines = [_row(1, letters, [note]), _row(2, letters, headings)]
    lines += (_row(number, letters, row) for number, row in enumerate(rows, start=3))
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(headings)}" width="18" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )


def _row(number: int, letters: Sequence[str], cells: Sequence[str | None]) -> str:
    found = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for letter, text in zip(letters, cells, strict=False)
        if text is not None
    )
    return f'<row r="{number}">{found}</row>'
