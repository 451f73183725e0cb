"""The first sheet of a marked workbook, 错误清单: every problem on a line, with a link to its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from graph_model.text import Language, Text, counted
from loaders.annotate.plain_workbook import PLAIN_STYLES
from loaders.map.headings import LIST_COLUMNS
from loaders.ooxml.package import (
    Element,
    Parts,
    as_utf8,
    declare_type,
    named,
    relate,
    relations,
    scan,
    splice,
    text_of,
)
from loaders.problems import Problem, address

MUST = Text("必须改正", "must be mended")
HINT = Text("提示", "hint")
MAX_LINKS = 65_000
"""Excel takes at most 65,530 links a sheet."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RED, _YELLOW, _GREY = "FFFFC7CE", "FFFFEB9C", "FFDCE6F1"
_WIDTHS = (7, 11, 16, 10, 26, 46, 60)


@dataclass(frozen=True, slots=True)
class Styles:
    """Numbers of the styles that the marks need. `cell`: by name; `format`: blocking -> its colour."""

    cell: Mapping[str, int]
    format: Mapping[bool, int]


def list_sheet(
    problems: Sequence[Problem],
    targets: Mapping[str, str],
    styles: Styles,
    notes: Sequence[str] = (),
    language: Language = "zh",
) -> bytes:
    """The XML of the list. `targets`: sheet name as Problems say it -> as the workbook calls it now."""
    must = sum(p.blocking for p in problems)
    head = Text(
        f"共 {len(problems)} 处，其中必须改正 {must} 处。改正并保存后，将整个工作簿重新导入即可；本表不作为数据读取。",
        f"{counted(len(problems), 'problem')}, {must} of which must be mended. Mend, save, and load the whole workbook "
        "again; this sheet is passed over.",
    ).in_(language)
    rows = [
        _row(1, [_text("A1", " ".join((head, *notes)), styles.cell["plain"])]),
        _row(
            2,
            [
                _text(address(c, 2), h.in_(language), styles.cell["head"])
                for c, h in enumerate(LIST_COLUMNS)
            ],
        ),
    ]
    links: list[str] = []
    for number, problem in enumerate(problems, start=1):
        at = number + 2
        target = targets.get(problem.sheet)
        if target is not None and len(links) < MAX_LINKS:
            place = f"'{target.replace(chr(39), chr(39) * 2)}'!{problem.cell or 'A1'}"
            links.append(f'<hyperlink ref="D{at}" location={quoteattr(place)} display={quoteattr(place)}/>')
        rows.append(_row(at, _problem(at, number, problem, target is not None, styles, language)))
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(_WIDTHS, start=1)
    )
    last = len(problems) + 2
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>{"".join(rows)}</sheetData>'
        f'<autoFilter ref="A2:G{last}"/>{linked}</worksheet>'
    ).encode()


def _problem(
    at: int, number: int, problem: Problem, linked: bool, styles: Styles, language: Language
) -> list[str]:
    kind = "must" if problem.blocking else "hint"
    whole = Text("整张表", "the sheet") if problem.sheet else Text("整个文件", "the file")
    texts = (
        (MUST if problem.blocking else HINT).in_(language),
        problem.sheet,
        problem.cell or whole.in_(language),
        problem.value,
        problem.what.in_(language),
        problem.right.in_(language),
    )
    names = (kind, "text", "link" if linked else "text", "text", "text", "text")
    cells = [
        _text(address(c, at), text, styles.cell[name])
        for c, (text, name) in enumerate(zip(texts, names, strict=True), start=1)
    ]
    return [f'<c r="A{at}" s="{styles.cell["text"]}"><v>{number}</v></c>', *cells]


def _row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(at: str, text: str, style: int) -> str:
    """A cell that is text whatever it begins with: what looks like a formula is never calculated."""
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text_of(text)}</t></is></c>'


# --- styles --------------------------------------------------------------------------------------

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


def add_styles(parts: Parts, workbook: str) -> Styles:
    """Add what the marks need to the workbook's styles; whatever is there keeps its number."""
    part = next((r.target for r in relations(parts, workbook) if r.kind == "styles"), None)
    if part is None or part not in parts:
        part = "xl/styles.xml"
        parts[part] = PLAIN_STYLES
        relate(parts, workbook, "styles", part)
        declare_type(parts, part, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
    xml = as_utf8(parts[part])
    if not named(scan(xml, 1), "cellXfs"):
        xml = PLAIN_STYLES  # nothing in the workbook can point at a style
    p = scan(xml, 0)[0].prefix
    xml, fonts = _grow(
        xml,
        "fonts",
        [
            f'<{p}font><{p}b/><{p}sz val="11"/><{p}name val="宋体"/></{p}font>',
            f'<{p}font><{p}u/><{p}sz val="11"/><{p}color rgb="FF0563C1"/><{p}name val="宋体"/></{p}font>',
        ],
    )
    xml, fills = _grow(
        xml,
        "fills",
        [
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
            for colour in (_GREY, _RED, _YELLOW)
        ],
    )
    wrap = f'<{p}alignment vertical="top" wrapText="1"/>'

    def xf(font: int, fill: int, align: str = wrap) -> str:
        return (
            f'<{p}xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" quotePrefix="1" '
            f'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">{align}</{p}xf>'
        )

    low = f'<{p}alignment vertical="center"/>'
    xml, cells = _grow(
        xml,
        "cellXfs",
        [
            xf(fonts[0], 0, low),
            xf(fonts[0], fills[0]),
            xf(0, 0),
            xf(fonts[1], 0),
            xf(0, fills[1]),
            xf(0, fills[2]),
        ],
    )
    xml, formats = _grow(
        xml,
        "dxfs",
        [
            f'<{p}dxf><{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/>'
            f'<{p}bgColor rgb="{colour}"/></{p}patternFill></{p}fill></{p}dxf>'
            for colour in (_RED, _YELLOW)
        ],
    )
    parts[part] = xml
    names = ("plain", "head", "text", "link", "must", "hint")
    return Styles(dict(zip(names, cells, strict=True)), {True: formats[0], False: formats[1]})


def _grow(xml: bytes, name: str, new: Sequence[str]) -> tuple[bytes, list[int]]:
    """Add entries to one list of the styles; an entry that is there already is used again."""
    elements = scan(xml, 2)
    holder = next((e for e in named(elements, name) if e.depth == 1), None)
    if holder is None:
        later = [e for e in elements if e.depth == 1 and e.name not in _ORDER[: _ORDER.index(name)]]
        at = later[0].start if later else elements[0].close
        empty = f'<{elements[0].prefix}{name} count="0"></{elements[0].prefix}{name}>'.encode()
        return _grow(splice(xml, [(at, at, empty)]), name, new)
    held = [xml[e.start : e.end] for e in elements if e.depth == 2 and holder.start < e.start < holder.end]
    for entry in map(str.encode, new):
        if entry not in held:
            held.append(entry)
    return (
        splice(xml, [(holder.start, holder.end, _with_entries(xml, holder, held))]),
        [held.index(entry.encode()) for entry in new],
    )


_COUNT = re.compile(rb"""\scount\s*=\s*("\d*"|'\d*')""")


def _with_entries(xml: bytes, holder: Element, entries: Sequence[bytes]) -> bytes:
    tag = _COUNT.sub(b"", xml[holder.start : holder.inner]).rstrip(b">").rstrip(b"/").rstrip()
    close = f"</{holder.prefix}{holder.name}>".encode()
    # Between the entries there may be blanks only, so nothing is lost by setting them side by side.
    return tag + f' count="{len(entries)}">'.encode() + b"".join(entries) + close
