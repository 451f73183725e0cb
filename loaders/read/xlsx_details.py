"""What the sheets of an .xlsx say beyond values: merged cells, hidden rows, dates shown as months, no results."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_model.text import Text
from loaders.ooxml.sheet import column_number
from loaders.read.limits import too_large
from loaders.read.private_comments import private_comments

Merged = tuple[int, int, int, int]
"""(first column from 0, first row from 1, last column, last row)"""

_HEAD_BYTES = 16 * 2**20
_MAX_FAULTS = 100_000
_MAX_MERGED = 200_000


@dataclass(frozen=True, slots=True)
class Details:
    """What stands beside the values of one sheet; rows from 1, columns from 0.

    `merged`: ranges over more than one row. `faults`: (row, column) of a formula without a stored result
    ("") or with an error ("#N/A"). `shown`: by column, the rows of dates that are shown as years and
    months ("month") or years ("year") only. `private_comments`: the kind of what must not be
    stored, by (row, column) of the comment that holds it.
    """

    merged: tuple[Merged, ...] = ()
    hidden: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    months: Mapping[int, array[int]] = field(default_factory=dict)
    years: Mapping[int, array[int]] = field(default_factory=dict)
    private_comments: Mapping[tuple[int, int], Text] = field(default_factory=dict)


NO_DETAILS = Details()


def parse_details(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[str, DetailsParser]]:
    """By the part of each sheet of a workbook: the name of the sheet, and who is to be shown its XML.

    InputError where there is more of anything than any survey has.
    """
    held = set(archive.namelist())
    months, years = _date_styles(_head(archive, "xl/styles.xml", held, name))
    return {
        part: (
            sheet,
            DetailsParser(months, years, name, private_comments(_comments(archive, part, held, name))),
        )
        for sheet, part in _sheet_parts(archive, held, name)
        if part in held
    }


def _head(archive: zipfile.ZipFile, part: str, held: set[str], name: str) -> str:
    if part not in held:
        return ""
    with archive.open(part) as stream:
        data = stream.read(_HEAD_BYTES + 1)
    if len(data) > _HEAD_BYTES:
        raise too_large(name, f"{_HEAD_BYTES // 2**20} MiB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def _comments(archive: zipfile.ZipFile, part: str, held: set[str], name: str) -> str:
    folder, own = posixpath.split(part)
    relations = map(
        _attributes, _RELATION.findall(_head(archive, f"{folder}/_rels/{own}.rels", held, name))
    )
    targets = [r.get("Target", "") for r in relations if r.get("Type", "").endswith("/comments")]
    return "".join(_head(archive, _part(target, folder), held, name) for target in targets)


# --- which part is which sheet -------------------------------------------------------------------

_INSIDE = r"""((?:"[^"]*"|'[^']*'|[^"'>])*)"""
_SHEET = re.compile(rf"<(?:\w+:)?sheet\s{_INSIDE}>")
_RELATION = re.compile(rf"<(?:\w+:)?Relationship\s{_INSIDE}>")
_ATTRIBUTE = re.compile(r"""(?:\w+:)?(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _attributes(inside: str) -> dict[str, str]:
    return {key: html.unescape(a or b) for key, a, b in _ATTRIBUTE.findall(inside)}


def _sheet_parts(archive: zipfile.ZipFile, held: set[str], name: str) -> list[tuple[str, str]]:
    relations = map(_attributes, _RELATION.findall(_head(archive, _RELATIONS, held, name)))
    parts = {r.get("Id", ""): _part(r.get("Target", "")) for r in relations}
    sheets = map(_attributes, _SHEET.findall(_head(archive, "xl/workbook.xml", held, name)))
    return [(s.get("name", ""), parts.get(s.get("id", ""), "")) for s in sheets]


_RELATIONS = "xl/_rels/workbook.xml.rels"


def _part(target: str, folder: str = "xl") -> str:
    """
    >>> _part("worksheets/sheet1.xml"), _part("/xl/worksheets/sheet1.xml")
    ('xl/worksheets/sheet1.xml', 'xl/worksheets/sheet1.xml')
    """
    return posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))


# --- dates without a day -------------------------------------------------------------------------

BUILT_IN_MONTHS = frozenset([17, 27, 36, 50, 52, 57])
"""Formats that no file spells out: mmm-yy, and the Chinese ones for a year and month."""
_FORMAT = re.compile(rf"<(?:\w+:)?numFmt\s{_INSIDE}>")
_CELL_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rf"<(?:\w+:)?xf\b{_INSIDE}>")
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def precision(code: str) -> str | None:
    """What a number format shows of a date: "month", "year", or None for a whole date or no date.

    >>> precision('yyyy"年"m"月";@'), precision("yyyy"), precision("yyyy-mm-dd"), precision("0.00")
    ('month', 'year', None, None)
    >>> precision('e"年"m"月"'), precision("General")  # e is the year too, in Chinese formats
    ('month', None)
    """
    shown = set(_NOT_CODE.sub("", code.partition(";")[0]).lower()) & set("yemdhs")
    if shown in ({"y", "m"}, {"e", "m"}):
        return "month"
    return "year" if shown == {"y"} else None


def _date_styles(styles: str) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers of the cell styles that show a date as year and month, and as year."""
    codes = {
        a.get("numFmtId", ""): a.get("formatCode", "") for a in map(_attributes, _FORMAT.findall(styles))
    }
    kinds: dict[str, str | None] = {str(n): "month" for n in BUILT_IN_MONTHS}
    kinds.update((number, precision(code)) for number, code in codes.items())
    found = _CELL_STYLES.search(styles)
    of = [
        kinds.get(_attributes(i).get("numFmtId", ""))
        for i in _STYLE.findall(found.group() if found else "")
    ]
    return (
        frozenset(str(n) for n, kind in enumerate(of) if kind == "month"),
        frozenset(str(n) for n, kind in enumerate(of) if kind == "year"),
    )


# --- one sheet -----------------------------------------------------------------------------------


_P = rb"(?:\w{1,20}:)?"
_HIDDEN = re.compile(rb"<" + _P + rb"""row\s([^>]*\bhidden=["'](?:1|true)["'][^>]*)>""")
_ROW = re.compile(rb"""\br=["'](\d{1,7})["']""")
_AT = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_MERGED = re.compile(
    rb"<" + _P + rb"""mergeCell\s[^>]*?\bref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)
_NO_RESULT = re.compile(
    rb"<%sc\s([^<>]*)>\s*<%sf(?:\s[^<>]*)?(?:/>|>[^<]*</%sf>)\s*(?:<%sv\s*/>|<%sv>\s*</%sv>)?\s*</%sc>"
    % ((_P,) * 7)
)
_ERROR = re.compile(
    rb"""<%sc\s([^<>]*\bt=["']e["'][^<>]*)>\s*(?:<%sf(?:\s[^<>]*)?(?:/>|>[^<]*</%sf>)\s*)?<%sv>([^<]{1,20})<"""
    % ((_P,) * 4)
)
_TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")


class DetailsParser:
    """Is shown the XML of one sheet once; nothing of it is built."""

    def __init__(
        self,
        months: frozenset[str],
        years: frozenset[str],
        name: str,
        private: Mapping[tuple[int, int], Text],
    ) -> None:
        self._name, self._private = name, private
        self._styles: list[tuple[re.Pattern[bytes], dict[int, array[int]]]] = []
        self._months: dict[int, array[int]] = {}
        self._years: dict[int, array[int]] = {}
        for styles, into in ((months, self._months), (years, self._years)):
            if styles:
                ids = "|".join(sorted(styles)).encode()
                pattern = rb"""\br=["']([A-Z]{1,3})(\d{1,7})["'][^<>]*?\bs=["'](?:%s)["']""" % ids
                self._styles.append((re.compile(pattern), into))
        self._hidden: set[int] = set()
        self._faults: dict[tuple[int, int], str] = {}
        self._merged: list[Merged] = []

        self._prefixed: bool | None = None

    def see(self, text: bytes) -> None:
        """Look at the next piece, which ends with a whole row."""
        if self._prefixed is None:
            self._prefixed = b":row" in text
        if b"hidden=" in text:
            self._look_for_hidden(text)
        if b"<f" in text or (self._prefixed and b":f" in text):
            self._look_for_formulas(text)
        if b'"e"' in text or b"'e'" in text:
            self._look_for_errors(text)
        if b"mergeCell " in text:
            self._look_for_merged(text)
        for pattern, into in self._styles:
            for letters, row in pattern.findall(text):
                into.setdefault(_column(letters), array("I")).append(int(row))

    def details(self) -> Details:
        """What was seen."""
        return Details(
            tuple(sorted(set(self._merged))),
            frozenset(self._hidden),
            self._faults,
            self._months,
            self._years,
            self._private,
        )

    def _look_for_hidden(self, text: bytes) -> None:
        for inside in _HIDDEN.findall(text):
            row = _ROW.search(inside)
            if row:
                self._hidden.add(int(row.group(1)))

    def _look_for_formulas(self, text: bytes) -> None:
        for inside in _NO_RESULT.findall(text):
            if not _TEXT_RESULT.search(inside):
                self._fault(inside, "")

    def _look_for_errors(self, text: bytes) -> None:
        for inside, shown in _ERROR.findall(text):
            self._fault(inside, html.unescape(shown.decode("utf-8", "replace")))

    def _fault(self, inside: bytes, shown: str) -> None:
        at = _AT.search(inside)
        if at:
            self._faults[int(at.group(2)), _column(at.group(1))] = shown
        if len(self._faults) > _MAX_FAULTS:
            raise too_large(self._name, f"{_MAX_FAULTS} 个没有结果的公式 formulas without a result")

    def _look_for_merged(self, text: bytes) -> None:
        for left, top, right, bottom in _MERGED.findall(text):
            if int(bottom) > int(top):
                self._merged.append((_column(left), int(top), _column(right), int(bottom)))
        if len(self._merged) > _MAX_MERGED:
            raise too_large(self._name, f"{_MAX_MERGED} 处合并 merged cells")


def _column(letters: bytes) -> int:
    return column_number(letters.decode())
