"""What the parts of a binary workbook (.xlsb) say beside its values: size, merged cells, hidden rows, numbers, faults.

The values themselves are read by the library that reads .xlsx; it reserves room for the whole rectangle, so that the
size has to be known first.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from loaders.foreign_files.sheets import Beside, ForeignFault, TooMuch, place
from loaders.ooxml.number_formats import BUILT_IN_DAYS, BUILT_IN_MONTHS, precision
from loaders.ooxml.package import relations

BOOK = "xl/workbook.bin"
_ROW, _CELLS_END = 0, 11
_NUMBERS = frozenset([2, 5, 9])
_ERRORS = frozenset([3, 11])
_TEXTS = frozenset([6, 7, 8])
_MERGED, _SHEET, _FORMAT, _XF, _BOOK_PROPERTIES = 176, 156, 44, 47, 153
_CELL_XFS, _CELL_XFS_END, _FONT = 617, 618, 43
_MOST_RECORD = 2**20
_MOST_PART = 32 * 2**20
_CHUNK = 2**18
_ERROR_TEXTS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BinarySheet:
    """A sheet of cells: its name, what is beside its values, its size, and by column the rows that show a month.

    `months`, `years`, `days`: how dates are shown, as far as the library cannot know.
    """

    name: str
    beside: Beside
    rows: int
    columns: int
    dates: Mapping[str, Mapping[int, list[int]]]


@dataclass(frozen=True, slots=True)
class BinaryBook:
    """The sheets of cells in the order of the workbook. `date1904`: days are counted from 1904."""

    sheets: tuple[BinarySheet, ...]
    date1904: bool


@dataclass(slots=True)
class _Styles:
    """By the number of a cell style: how it shows a date; and which are struck through."""

    dates: dict[int, str] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)


def read_book(archive: zipfile.ZipFile) -> BinaryBook:
    """What the parts of a workbook say; ForeignFault for a damaged one, TooMuch for a sheet beyond any."""
    try:
        parts = {i.filename: i for i in archive.infolist()}
        small = {name: _part(archive, info) for name, info in parts.items() if _is_small(name)}
        linked = {r.id: r for r in relations(small, BOOK)}
        styles = _styles(small)
        date1904, found = False, []
        for kind, data in _records_of(small[BOOK]):
            if kind == _BOOK_PROPERTIES:
                date1904 = bool(data[0] & 1)
            elif kind == _SHEET:
                state, _ = struct.unpack_from("<II", data)
                link, at = _text(data, 8)
                name, _ = _text(data, at)
                relation = linked.get(link)
                if relation is not None and relation.kind == "worksheet":
                    with archive.open(parts[relation.target]) as part:
                        found.append(_sheet(name, bool(state), part, styles))
        return BinaryBook(tuple(found), date1904)
    except (struct.error, IndexError, KeyError, UnicodeDecodeError) as error:
        raise _damaged() from error


def _is_small(name: str) -> bool:
    return name in (BOOK, "xl/styles.bin") or name.endswith(".rels")


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > _MOST_PART:
        raise TooMuch
    with archive.open(info) as part:
        return part.read(_MOST_PART)


def _damaged() -> ForeignFault:
    return ForeignFault(
        "是二进制工作簿（.xlsb），已损坏或不完整；请在 Excel 或 WPS 中打开后另存为 .xlsx",
        "a binary workbook (.xlsb), damaged or incomplete; open it in Excel or WPS and save it as .xlsx",
    )


def _styles(parts: Mapping[str, bytes]) -> _Styles:
    found = _Styles()
    kinds = dict.fromkeys(BUILT_IN_MONTHS, "month") | dict.fromkeys(BUILT_IN_DAYS, "day")
    crossed, fonts, number, within = set[int](), 0, 0, False
    for kind, data in _records_of(parts.get("xl/styles.bin", b"")):
        if kind == _FORMAT:
            shown = precision(_text(data, 2)[0])
            if shown is not None:
                kinds[struct.unpack_from("<H", data)[0]] = shown
        elif kind == _FONT:
            if struct.unpack_from("<H", data, 2)[0] & 0x8:
                crossed.add(fonts)
            fonts += 1
        elif kind in (_CELL_XFS, _CELL_XFS_END):
            within = kind == _CELL_XFS
        elif kind == _XF and within:
            _, format_, font = struct.unpack_from("<HHH", data)
            if format_ in kinds:
                found.dates[number] = kinds[format_]
            if font in crossed:
                found.struck.add(number)
            number += 1
    return found


def _sheet(name: str, hidden: bool, part: IO[bytes], styles: _Styles) -> BinarySheet:
    beside = Beside(hidden)
    rows = columns = row = 0
    filled = struck = 0
    dates: dict[str, dict[int, list[int]]] = {}
    for kind, data in _records(part):
        if kind == _ROW:
            if struck and 2 * struck >= filled:
                beside.struck.add(row)
            filled = struck = 0
            row = struct.unpack_from("<I", data)[0] + 1
            place(row, 0)
            if data[11] & 0x10:
                beside.hidden_rows.add(row)
        elif 0 < kind <= _CELLS_END:
            column, style = struct.unpack_from("<II", data)
            style &= 0xFFFFFF
            place(row, column)
            rows, columns = max(rows, row), max(columns, column + 1)
            if kind == 1:  # blank, with a style alone
                continue
            filled += 1
            struck += style in styles.struck
            if kind in _NUMBERS:
                beside.numbers[column].append(row)
                if shown := styles.dates.get(style):
                    dates.setdefault(shown, {}).setdefault(column, []).append(row)
            elif kind in _ERRORS:
                beside.fault(row, column, _ERROR_TEXTS.get(data[8], "#?"))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            beside.merge(top + 1, left, bottom - top + 1, right - left + 1)
    if struck and 2 * struck >= filled:
        beside.struck.add(row)
    return BinarySheet(name, beside, rows, columns, dates)


# --- records -------------------------------------------------------------------------------------


def _records_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind, size, at = _head(data, at)
        yield kind, data[at : at + size]
        at += size


def _records(part: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a part, read piece by piece: a sheet may be larger than the memory for it."""
    held, at = b"", 0
    while True:
        if len(held) - at < 16:
            held, at = held[at:] + part.read(_CHUNK), 0
            if not held:
                return
        kind, size, begin = _head(held, at)
        if size > _MOST_RECORD:
            raise TooMuch
        while len(held) - begin < size:
            more = part.read(_CHUNK)
            if not more:
                raise _damaged()
            held, begin = held[begin:] + more, 0
        at = begin + size
        yield kind, held[begin:at]


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """(kind, size, where it begins) of the record at a place: numbers of seven bits a byte, the lowest first."""
    kind = data[at]
    at += 1
    if kind & 0x80:
        kind = kind & 0x7F | (data[at] & 0x7F) << 7
        at += 1
    size = 0
    for place_ in range(4):
        byte = data[at]
        at += 1
        size |= (byte & 0x7F) << (7 * place_)
        if not byte & 0x80:
            break
    return kind, size, at


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text of UTF-16 with its length before it, and where it ends."""
    length = struct.unpack_from("<I", data, at)[0]
    if length > _MOST_RECORD:
        return "", at + 4
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le"), end
