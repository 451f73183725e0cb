"""Find out what an .xlsx would cost before it is read: zip bombs, absurd rectangles, repeated giant texts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import IO

from graph_model.errors import InputError

MAX_UNPACKED_BYTES = 1024 * 2**20
MAX_CELLS = 30_000_000
"""Rows × columns of a sheet: the reader sets aside room for the whole rectangle."""
MAX_REPEATED_BYTES = 256 * 2**20
"""A workbook keeps a text once and points at it; the reader copies it into every cell."""
_LONG = 1000


def unusable(name: str, zh: str, en: str) -> InputError:
    """The error for a file that cannot be used, named first."""
    return InputError(f"{name}：{zh}", f"{name}: {en}")


def too_large(name: str, limit: str) -> InputError:
    """The error for a file beyond a limit."""
    return unusable(
        name,
        f"内容过大（上限 {limit}）；请删除数据之外的单元格，或分成几个文件",
        f"too large (the limit is {limit}); delete what stands beside the data, or split the file",
    )


_SHARED = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})<""")
_STRING_END = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>")
_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,10})""")
_FAR_CELL = re.compile(rb"""r(?:=["'](?:[A-Za-z]{2}|[A-Za-z][0-9]{7})|\s+=|=\s)""")
"""Beyond column Z or row 999999, or spelled so that it cannot be seen at once: then every cell is looked at."""
_ROW_NUMBER = re.compile(rb"""row\s[^>]*?\br\s*=\s*["'](\d{1,9})["']""")
_CHUNK = 4 * 2**20
_OVERLAP = 256


Look = Callable[[bytes], None]
"""Is shown the XML of a sheet, piece by piece; a piece ends with a whole row wherever it can."""


def check_zip(
    data: bytes, name: str, looks: Callable[[zipfile.ZipFile], Mapping[str, Look]] = lambda _: {}
) -> None:
    """Refuse, with InputError, an .xlsx that is damaged or that would not be read in bounded memory.

    `looks`: who else wants to see the XML of sheets as it goes by, by the name of the part: unpacking it
    twice would take as long as reading the sheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(m.file_size for m in members) > MAX_UNPACKED_BYTES:
                raise too_large(name, f"{MAX_UNPACKED_BYTES // 2**20} MiB")
            long = _long_strings(archive)
            watching = looks(archive)
            for member in members:
                part = member.filename
                if part in watching or ("worksheets/" in part and part.endswith(".xml")):
                    with archive.open(member) as stream:
                        _check_sheet(stream, name, long, watching.get(part))
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise unusable(
            name,
            "文件已损坏或不完整；请在 Excel 或 WPS 中打开后另存为 .xlsx",
            "the file is damaged or incomplete; open it in Excel or WPS and save it as .xlsx",
        ) from error


def _check_sheet(stream: IO[bytes], name: str, long: Mapping[int, int], look: Look | None) -> None:
    """Refuse a sheet whose rectangle or text is beyond the limits, from its XML, without building it."""
    rows, columns, repeated = 1, 26, 0
    for text in _pieces(stream):
        # All of them: the reader makes room up to the highest, wherever it stands.
        rows = max(rows, max(map(int, _ROW_NUMBER.findall(text)), default=1))
        if _FAR_CELL.search(text):
            for letters, number in _CELL.findall(text):
                columns, rows = max(columns, _column_number(letters.upper())), max(rows, int(number))
        if rows * columns > MAX_CELLS:
            raise too_large(name, f"{MAX_CELLS} 个单元格 cells")
        if long:
            repeated += sum(long.get(int(index), 0) for index in _SHARED.findall(text))
            if repeated > MAX_REPEATED_BYTES:
                raise too_large(name, f"{MAX_REPEATED_BYTES // 2**20} MiB")
        if look is not None:
            look(text)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The XML of a sheet in pieces that end with a whole row, or where there is none, a little before the end."""
    held = b""
    while chunk := stream.read(_CHUNK):
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


def _long_strings(archive: zipfile.ZipFile) -> dict[int, int]:
    """The shared texts of more than a thousand bytes: number -> length."""
    long: dict[int, int] = {}
    for member in archive.namelist():
        if not member.lower().endswith("sharedstrings.xml"):
            continue
        with archive.open(member) as stream:
            index, length = 0, 0
            tail = b""
            while chunk := stream.read(_CHUNK):
                text = tail + chunk
                start = 0
                for end in _STRING_END.finditer(text):
                    length += end.start() - start
                    if length > _LONG:
                        long[index] = length
                    index, length, start = index + 1, 0, end.end()
                keep = max(start, len(text) - _OVERLAP)
                length += keep - start
                tail = text[keep:]
    return long
