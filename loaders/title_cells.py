"""The titles above the tables of a workbook, from its first KiB: enough to propose a round, little to be harmed by."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from zipfile import BadZipFile, ZipFile

_LOOK = 2**16
_ROWS, _SHEETS = 6, 20
_MOST_CELLS = 2
"""A title, with a date or an office beside it; more cells are headings."""


def title_cells(name: str, content: IO[bytes]) -> tuple[str, ...]:
    """The texts of the titles; none of a file that has none, is of another format, or cannot be read."""
    ending = name.lower().rpartition(".")[2]
    content.seek(0)
    try:
        if ending in ("xlsx", "xlsm"):
            return tuple(_of_workbook(content))
        if ending == "csv":
            return tuple(_of_text(content.read(_LOOK)))
    except (
        BadZipFile,
        ParseError,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        zlib.error,
    ):
        return ()  # what is wrong with it is told when it is read
    return ()


def _of_text(data: bytes) -> Iterator[str]:
    try:
        text = data.decode("utf-8-sig", errors="strict" if len(data) < _LOOK else "ignore")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="ignore")
    rows = ([c.strip('" ') for c in line.replace("\t", ",").split(",")] for line in text.splitlines())
    yield from _titles(rows)


def _of_workbook(content: IO[bytes]) -> Iterator[str]:
    with ZipFile(content) as archive:
        parts = {n.lower().replace("\\", "/"): n for n in archive.namelist()}
        shared: list[str] = []
        for part, name in parts.items():
            if part.endswith("sharedstrings.xml"):
                shared = [_text(item) for item in _elements(archive, name, "si")]
        sheets = [n for part, n in parts.items() if "worksheets/" in part and part.endswith(".xml")]
        for name in sheets[:_SHEETS]:
            rows = _elements(archive, name, "row")
            yield from _titles([_cell(cell, shared) for cell in row] for row in rows)


def _titles(rows: Iterator[list[str]]) -> Iterator[str]:
    """The texts of the rows above the headings: the first of the rows that are as wide as any."""
    first = [[text for text in row if text] for row, _ in zip(rows, range(_ROWS), strict=False)]
    widest = max(map(len, first), default=0)
    for row in first:
        if len(row) > _MOST_CELLS or len(row) == widest:
            return
        yield from row


def _elements(archive: ZipFile, name: str, tag: str) -> Iterator[Element]:
    with archive.open(name) as part:
        data = part.read(_LOOK)
    if b"<!DOCTYPE" in data:
        return
    parser: XMLPullParser[Any] = XMLPullParser(("end",))
    parser.feed(data)
    for event in parser.read_events():
        element: Any = event[-1]
        if _local(element) == tag:
            yield element


def _cell(cell: Element, shared: list[str]) -> str:
    text = _text(cell)
    if cell.get("t") != "s":
        return text
    return shared[int(text)] if text.isascii() and text.isdigit() and int(text) < len(shared) else ""


def _text(element: Element) -> str:
    """All of its text, without how characters are read aloud (rPh)."""
    parts = [child for part in element for child in ([part] if _local(part) != "rPh" else [])]
    return ((element.text or "") + "".join(_text(p) for p in parts)).strip()


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
