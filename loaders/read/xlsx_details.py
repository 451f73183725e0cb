"""What the sheets of an .xlsx say beyond values: merged cells, hidden and struck rows, how dates are shown, faults.

Looks at the XML in the form that Excel writes (see xlsx_package), piece by piece, while its size is checked.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from graph_model.text import Text
from loaders.ooxml.number_formats import BUILT_IN_DAYS, BUILT_IN_MONTHS, precision
from loaders.ooxml.package import Element, as_utf8, named, relations, scan
from loaders.ooxml.sheet import column_number
from loaders.privacy import private_kind
from loaders.read.limits import too_large
from loaders.read.worksheet import Details, Merged
from loaders.read.xlsx_package import PackageParts, Workbook

_MAX_FAULTS = 100_000
_MAX_MERGED = 200_000

# --- styles --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The numbers of the cell styles, as written, that show a date as a day, month or year, or strike through.

    `dates`: number -> "day", "month" or "year"; "day" for formats that the library takes for numbers.
    """

    dates: Mapping[str, str]
    struck: frozenset[str]


def read_styles(parts: PackageParts, book: Workbook) -> CellStyles:
    """The styles of a workbook that say something of its values."""
    if book.styles is None:
        return CellStyles({}, frozenset())
    elements = scan(as_utf8(parts[book.styles]))
    kinds: dict[str, str | None] = {str(n): "month" for n in BUILT_IN_MONTHS}
    kinds |= dict.fromkeys(map(str, BUILT_IN_DAYS), "day")
    kinds |= {
        e.get("numFmtId") or "": precision(e.get("formatCode") or "") for e in named(elements, "numFmt")
    }
    crossed = _crossed_fonts(elements)
    dates: dict[str, str] = {}
    struck: set[str] = set()
    for number, style in enumerate(_inside(elements, "cellXfs", "xf")):
        if kind := kinds.get(style.get("numFmtId") or ""):
            dates[str(number)] = kind
        if (style.get("fontId") or "") in crossed:
            struck.add(str(number))
    return CellStyles(dates, frozenset(struck))


def _crossed_fonts(elements: list[Element]) -> frozenset[str]:
    fonts = _inside(elements, "fonts", "font")
    strikes = [e for e in named(elements, "strike") if (e.get("val") or "1") not in ("0", "false")]
    return frozenset(
        str(number)
        for number, font in enumerate(fonts)
        if any(font.start < strike.start < font.end for strike in strikes)
    )


def _inside(elements: list[Element], group: str, name: str) -> list[Element]:
    outer = named(elements, group)[:1]
    return [
        e
        for o in outer
        for e in named(elements, name)
        if o.start < e.start < o.end and e.depth == o.depth + 1
    ]


# --- what other parts say of a sheet -------------------------------------------------------------

_RANGE = re.compile(r"\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?(\d{1,7})")


def parser_of(parts: PackageParts, part: str, styles: CellStyles, name: str) -> DetailsParser:
    """Who is to be shown the XML of a sheet; knows its comments and tables already."""
    linked = [r for r in relations(parts, part) if r.target in parts]
    comments = "".join(_text(parts[r.target]) for r in linked if r.kind == "comments")
    sums = set()
    for table in (r.target for r in linked if r.kind == "table"):
        root = scan(as_utf8(parts[table]), depth=0)[0]
        last = _RANGE.fullmatch(root.get("ref") or "")
        if last and (root.get("totalsRowCount") or "0") != "0":
            sums.add(int(last[1]))
    before = Details(private_comments=private_comments(comments), table_sums=frozenset(sums))
    return DetailsParser(styles, name, before)


def _text(xml: bytes) -> str:
    return as_utf8(xml).decode("utf-8", "replace")


_COMMENT = re.compile(r"<(?:\w+:)?comment\s([^>]*)>(.*?)</(?:\w+:)?comment>", re.DOTALL)
_REF = re.compile(r"""\bref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_WORDS = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")


def private_comments(xml: str) -> Mapping[tuple[int, int], Text]:
    """(row from 1, column from 0) of each comment with something private in it, with its kind; not its text.

    >>> private_comments('<comment ref="B2"><text><r><t>139 0000</t></r><r><t> 0000</t></r></text></comment>')
    {(2, 1): Text(zh='电话号码', en='a phone number')}
    """
    found: dict[tuple[int, int], Text] = {}
    for inside, body in _COMMENT.findall(xml):
        ref = _REF.search(inside)
        # what is written in two colours stands in two pieces
        kind = private_kind(html.unescape("".join(_WORDS.findall(body))))
        if ref is not None and kind is not None:
            found[int(ref[2]), column_number(ref[1])] = kind
    return found


# --- one sheet -----------------------------------------------------------------------------------

_HIDDEN = re.compile(rb"""<row r="(\d{1,7})"[^>]*? hidden="(?:1|true)\"""")
_AT = re.compile(rb"""r="([A-Z]{1,3})(\d{1,7})\"""")
_MERGED = re.compile(rb"""<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"""")
_NO_RESULT = re.compile(
    rb"<c ([^<>]*)>\s*<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_ERROR = re.compile(
    rb"""<c ([^<>]*\bt="e"[^<>]*)>\s*(?:<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*)?<v>([^<]{1,20})<"""
)
_TEXT_RESULT = re.compile(rb"""\bt="str\"""")
_ROW = re.compile(rb"""<row r="(\d{1,7})".*?</row>""", re.DOTALL)
_FILLED = re.compile(rb"""<c ([^<>]*[^/<>])>(?=\s*(?:<f[ />]|<v>|<is>))""")
_STYLE = re.compile(rb""" s="(\d{1,6})\"""")
_MOST = 0.5


class DetailsParser:
    """Is shown the XML of one sheet once; nothing of it is built.

    `dates`: by kind, by column from 0, the rows of cells that show a date as "day", "month" or "year"; a text in
    such a cell is no date, and stays as it is written.
    """

    def __init__(self, styles: CellStyles, name: str, before: Details) -> None:
        self._name, self._before = name, before
        self.dates: dict[str, dict[int, array[int]]] = {}
        self._styles: list[tuple[re.Pattern[bytes], dict[int, array[int]]]] = []
        for kind in sorted(set(styles.dates.values())):
            ids = "|".join(sorted(n for n, k in styles.dates.items() if k == kind)).encode()
            pattern = re.compile(
                rb'<c r="([A-Z]{1,3})(\d{1,7})"(?![^<>]* t="(?:s|str|inlineStr)")[^<>]*? s="(?:%s)"' % ids
            )
            self._styles.append((pattern, self.dates.setdefault(kind, {})))
        self._struck_styles = frozenset(s.encode() for s in styles.struck)
        self._struck_hint = [b' s="%s"' % s for s in self._struck_styles]
        self._struck: set[int] = set()
        self._hidden: set[int] = set()
        self._faults: dict[tuple[int, int], str] = {}
        self._merged: list[Merged] = []

    def see(self, text: bytes) -> None:
        """Look at the next piece, which ends with a whole row."""
        if b"hidden=" in text:
            self._hidden.update(map(int, _HIDDEN.findall(text)))
        if b"<f" in text:
            self._look_for_formulas(text)
        if b't="e"' in text:
            for inside, shown in _ERROR.findall(text):
                self._fault(inside, html.unescape(shown.decode("utf-8", "replace")))
        if b"<mergeCell " in text:
            self._look_for_merged(text)
        if any(hint in text for hint in self._struck_hint):
            self._look_for_struck(text)
        for pattern, into in self._styles:
            for letters, row in pattern.findall(text):
                into.setdefault(_column(letters), array("I")).append(int(row))

    def details(self) -> Details:
        """What was seen."""
        return Details(
            tuple(sorted(set(self._merged))),
            frozenset(self._hidden),
            self._faults,
            self._before.private_comments,
            frozenset(self._struck),
            self._before.table_sums,
        )

    def _look_for_formulas(self, text: bytes) -> None:
        for inside in _NO_RESULT.findall(text):
            if not _TEXT_RESULT.search(inside):
                self._fault(inside, "")

    def _fault(self, inside: bytes, shown: str) -> None:
        at = _AT.search(inside)
        if at:
            self._faults[int(at.group(2)), _column(at.group(1))] = shown
        if len(self._faults) > _MAX_FAULTS:
            raise too_large(
                self._name,
                f"{_MAX_FAULTS // 10_000} 万个没有结果的公式",
                f"{_MAX_FAULTS:,} formulas without a result",
            )

    def _look_for_merged(self, text: bytes) -> None:
        for left, top, right, bottom in _MERGED.findall(text):
            if int(bottom) > int(top):
                self._merged.append((_column(left), int(top), _column(right), int(bottom)))
        if len(self._merged) > _MAX_MERGED:
            raise too_large(
                self._name, f"{_MAX_MERGED // 10_000} 万处合并", f"{_MAX_MERGED:,} merged cells"
            )

    def _look_for_struck(self, text: bytes) -> None:
        for row in _ROW.finditer(text):
            styles = [_STYLE.search(b" " + inside) for inside in _FILLED.findall(row.group())]
            struck = sum(s is not None and s.group(1) in self._struck_styles for s in styles)
            if struck and struck >= _MOST * len(styles):
                self._struck.add(int(row.group(1)))


def _column(letters: bytes) -> int:
    return column_number(letters.decode())
