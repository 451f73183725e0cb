"""Write rows of text as a plain .xlsx: for files of other kinds, of which only the values are returned."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from loaders.ooxml.package import CONTENT_TYPES, Parts, text_of
from loaders.problems import address
from loaders.read.limits import too_large
from loaders.read.worksheet import Worksheet

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

PLAIN_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
    '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()


def sheet_names(sheets: Sequence[Worksheet]) -> dict[str, str]:
    """Each sheet's name -> one that a workbook allows; no two alike.

    >>> from loaders.read.worksheet import worksheet_of
    >>> sheet_names([worksheet_of("a.csv", "党员[1]", [])])
    {'党员[1]': '党员_1_'}
    """
    names: dict[str, str] = {}
    for sheet in sheets:
        plain = _NOT_IN_NAME.sub("_", sheet.name).strip("'")[:_LONGEST_NAME] or "Sheet"
        name, more = plain, 2
        while name.lower() in {n.lower() for n in names.values()}:
            name = f"{plain[: _LONGEST_NAME - 4]}_{more}"
            more += 1
        names[sheet.name] = name
    return names


def rebuild_workbook(sheets: Sequence[Worksheet]) -> Parts:
    """The parts of a workbook with the values of these sheets, each at its row and column.

    Texts are written as texts: nothing in them is calculated. A number stays a number, so that a date such
    as 2001.1 stays as doubtful as it was. InputError for more rows or columns than a sheet can have.
    """
    for sheet in sheets:
        if sheet.height > _MOST_ROWS or len(sheet.columns) > _MOST_COLUMNS:
            raise too_large(sheet.file, f"{_MOST_ROWS} × {_MOST_COLUMNS}")
    names = list(sheet_names(sheets).values())
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}worksheet+xml"/>'
        for n in range(1, len(names) + 1)
    )
    listed = "".join(
        f'<sheet name="{text_of(name).replace(chr(34), "&quot;")}" sheetId="{n}"'
        f'{" state=" + chr(34) + "hidden" + chr(34) if sheet.hidden else ""} r:id="rId{n}"/>'
        for n, (name, sheet) in enumerate(zip(names, sheets, strict=True), start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    parts: dict[str, str] = {
        CONTENT_TYPES: f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/>'
        f"</bookViews><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship '
        f'Id="rId{len(names) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    }
    written: Parts = {name: (_HEAD + xml).encode() for name, xml in parts.items()}
    written["xl/styles.xml"] = PLAIN_STYLES
    for n, sheet in enumerate(sheets, start=1):
        written[f"xl/worksheets/sheet{n}.xml"] = _sheet(sheet)
    return written


def _sheet(sheet: Worksheet) -> bytes:
    numeric = [sheet.numeric(c) for c in range(len(sheet.columns))]
    rows: list[str] = []
    for row in sheet.rows():
        cells = "".join(
            _cell(address(c, row.number), text, row.number in numeric[c])
            for c, text in enumerate(row.cells)
            if text is not None
        )
        if cells:
            rows.append(f'<row r="{row.number}">{cells}</row>')
    body = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    return (_HEAD + body).encode()


def _cell(at: str, text: str, numeric: bool) -> str:
    if numeric and _is_plain_number(text):
        return f'<c r="{at}"><v>{text}</v></c>'
    cut = text[:_LONGEST_TEXT]
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{text_of(cut)}</t></is></c>'


_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d*[1-9])?", re.ASCII)


def _is_plain_number(text: str) -> bool:
    """A text that a number would read back as, digit for digit: not 007, not 2001.10."""
    return _NUMBER.fullmatch(text) is not None and len(text) <= 15 and math.isfinite(float(text))
