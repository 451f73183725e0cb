"""Find out what an .xlsx would cost before it is read: zip bombs, absurd rectangles, giant texts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import IO

from graph_model.errors import InputError

MAX_CELLS = 30_000_000
"""Rows × columns of a sheet of text: two million rows of fourteen columns fit."""
MAX_EXCEL_CELLS = 8_000_000
"""Rows × columns of a sheet of a workbook: the library sets aside room for the whole rectangle."""
WIDE, MAX_WIDE_CELLS = 500, 2_000_000
"""A text of more columns is no list of a survey, and may have fewer cells: each column costs on its own."""
MAX_COLUMNS = 16_384
"""Columns of a sheet, as in Excel."""
MAX_UNPACKED_BYTES = 1024 * 2**20
MAX_RATIO, _SMALL = 150, 64 * 2**20
"""Unpacked : packed size of an archive above 64 MiB. Real workbooks and tables come to 10 to 60."""
MAX_REPEATED_BYTES = 128 * 2**20
"""A workbook keeps a text once and points at it; the library copies it into every cell."""
MAX_TEXT_BYTES = 2**20
"""One text with its markup; Excel allows 32,767 characters."""
LONG_CHARACTERS, MAX_LONG_BYTES = 1000, 64 * 2**20
"""Texts of more characters are remarks: all those of a sheet together take no more."""
_LONG = 1000


class LockedFile(InputError):
    """Raised for a workbook with a password that was not given, or that none of the given ones opens."""


def locked(name: str, tried: bool) -> LockedFile:
    """The error for a workbook with a password. `tried`: some were given."""
    if tried:
        zh, en = (
            "给出的密码打不开它；请核对密码",
            "the password that was given does not open it; check the password",
        )
    else:
        zh, en = (
            "有打开密码；请给出密码，或去掉密码后再导入",
            "it has a password; give the password, or take it off and load again",
        )
    return LockedFile(f"{name}：{zh}", f"{name}: {en}")


def unusable(name: str, zh: str, en: str) -> InputError:
    """The error for a file that cannot be used, named first."""
    return InputError(f"{name}：{zh}", f"{name}: {en}")


def too_large(name: str, limit: str, limit_en: str | None = None) -> InputError:
    """The error for a file beyond a limit, which is given in both languages where it has words in it."""
    return unusable(
        name,
        f"内容过大（上限 {limit}）；请删除数据之外的单元格，或分成几个文件",
        f"too large (the limit is {limit_en or limit}); delete what stands beside the data, or split the file",
    )


def too_many_cells(name: str, most: int) -> InputError:
    """The error for a sheet of more cells than can be read, empty ones within its rectangle included."""
    return too_large(name, f"{most // 10_000} 万个单元格", f"{most:,} cells")


def too_long_texts(name: str) -> InputError:
    """The error for a sheet whose long texts together are more than can be read."""
    return unusable(
        name,
        f"有大量超过 {LONG_CHARACTERS} 字的单元格，合计超过 {MAX_LONG_BYTES // 2**20} MB，不像调查表；"
        "请删除数据之外的长文本，或分成几个文件",
        f"very many cells have more than {LONG_CHARACTERS} characters, together more than "
        f"{MAX_LONG_BYTES // 2**20} MiB, which no survey has; delete the long texts that are no data, or split the "
        "file",
    )


def check_unpacked(members: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse, with InputError, an archive whose members together are too large, or too large for what is packed."""
    unpacked = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members)
    if unpacked > MAX_UNPACKED_BYTES:
        raise too_large(name, f"{MAX_UNPACKED_BYTES // 2**20} MB", f"{MAX_UNPACKED_BYTES // 2**20} MiB")
    if unpacked > _SMALL and unpacked > MAX_RATIO * packed:
        raise unusable(
            name,
            f"解压后过大（是原来的 {unpacked // max(1, packed)} 倍），不像真实的表格，没有读取；"
            "请另存为新文件后重新导入",
            f"unpacked it is {unpacked // max(1, packed)} times as large, which no real table is; it was not read: "
            "save it as a new file and load again",
        )


_SHARED = re.compile(rb"""\bt="s"[^>]*>\s*<v>(\d{1,9})<""")
_STRING_END = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>")
_CELL = re.compile(rb"""<c r="([A-Z]{1,3})([0-9]{1,7})\"""")
_FAR_CELL = re.compile(rb"""<c r="(?:[A-Z]{2}|[A-Z][0-9]{7})""")
"""Beyond column Z or row 999999: then every cell is looked at."""
_ROW_NUMBER = re.compile(rb"""<row r="(\d{1,9})\"""")
_CHUNK = 4 * 2**20
_OVERLAP = 256
_ODD = re.compile(
    rb"""<c(?! r="[A-Z]{1,3}[1-9][0-9]{0,6}"[ />])[\s/>]|<row(?! r="[1-9][0-9]{0,6}"[ />])[\s/>]"""
    rb"""|<mergeCell(?! ref="[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?"[ />])[\s/>]|<!"""
    rb"""|<\w{1,20}:(?:row|c|v)[\s/>]"""
)
"""What Excel does not write: a cell, row or range whose address is missing, not first or spelled otherwise."""
_QUOTED_ODDLY = re.compile(rb"""<(?:c|row) [^<>]*(?:'|\s=|=\s|[\t\r\n])[^<>]*>""")

Look = Callable[[bytes], None]
"""Is shown the XML of a sheet, piece by piece; a piece ends with a whole row wherever it can."""


class Unusual(Exception):
    """Raised for the XML of a sheet that is not in the form that Excel writes."""


def check_sheet(stream: IO[bytes], name: str, long: Mapping[int, int], look: Look) -> None:
    """Refuse, with InputError, a sheet whose rectangle or text is beyond the limits, from its XML, without building it.

    Raises Unusual where the XML must be written anew before it can be checked.
    """
    rows, columns, repeated = 1, 26, 0
    first = True
    for text in pieces(stream, name):
        if (first and not _begins_usual(text)) or _is_odd(text):
            raise Unusual
        first = False
        # All of them: the reader makes room up to the highest, wherever it stands.
        rows = max(rows, max(map(int, _ROW_NUMBER.findall(text)), default=1))
        if _FAR_CELL.search(text):
            for letters, number in _CELL.findall(text):
                columns, rows = max(columns, _column_number(letters)), max(rows, int(number))
        if rows * columns > MAX_EXCEL_CELLS:
            raise too_many_cells(name, MAX_EXCEL_CELLS)
        if long:
            repeated += sum(long.get(int(index), 0) for index in _SHARED.findall(text))
            if repeated > MAX_REPEATED_BYTES:
                raise too_large(
                    name, f"{MAX_REPEATED_BYTES // 2**20} MB", f"{MAX_REPEATED_BYTES // 2**20} MiB"
                )
        look(text)


def _begins_usual(text: bytes) -> bool:
    return not text.startswith((b"\xff\xfe", b"\xfe\xff")) and b"<worksheet" in text[:_OVERLAP]


def _is_odd(text: bytes) -> bool:
    return bool(_ODD.search(text)) or (
        (b"'" in text or b" =" in text or b"= " in text) and bool(_QUOTED_ODDLY.search(text))
    )


def pieces(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """The XML of a sheet in pieces that end with a whole row, or where there is none, a little before the end.

    InputError for a text that goes on and on.
    """
    held = b""
    while chunk := stream.read(_CHUNK):
        if len(chunk) == _CHUNK and b"<" not in chunk and chunk.strip():
            raise too_large(name, "每个单元格 1 MB", "1 MiB a cell")
        text = held + chunk
        row = text.rfind(b"row>")
        cut = row + 4 if row >= 0 else max(len(text) - _OVERLAP, 0)
        yield text[:cut]
        # Without whole rows something is wrong already; what is held stays small all the same.
        held = text[cut:] if len(text) - cut <= _CHUNK else text[-_OVERLAP:]
    yield held


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def long_texts(stream: IO[bytes], name: str) -> dict[int, int]:
    """The shared texts of more than a thousand bytes: number -> length; InputError for a giant one."""
    long: dict[int, int] = {}
    index, before, tail = 0, 0, b""
    while chunk := stream.read(_CHUNK):
        *ended, tail = _STRING_END.split(tail + chunk)
        lengths = list(map(len, ended))
        if ended:
            lengths[0] += before
            before = 0
        if max(lengths, default=0) > _LONG:
            long.update((index + at, length) for at, length in enumerate(lengths) if length > _LONG)
        index += len(lengths)
        before += max(0, len(tail) - _OVERLAP)
        tail = tail[-_OVERLAP:]
        _check_text(max(before, *lengths, 0), name)
    return long


def _check_text(length: int, name: str) -> None:
    if length > MAX_TEXT_BYTES:
        raise too_large(name, "每个单元格 1 MB", "1 MiB a cell")
