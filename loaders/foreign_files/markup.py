"""Parse XML and HTML of unknown origin event by event, in bounded memory; the only module that knows lxml.

No tree is built. No entity is expanded, no document type read, nothing asked from the network.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Protocol

from lxml import etree

from loaders.delimited.encoding import encoding_of
from loaders.delimited.fault import TextFault
from loaders.foreign_files.sheets import ForeignFault, PlacedRow, SheetStart, TooMuch

MAX_DEPTH = 256
_CHUNK = 2**16
_MOST_TEXT = 2**20
"""Characters of one cell, or of one title."""
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]{0,400}\?>")
_BELIEVED = frozenset(
    ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "big5hkscs", "cp950"]
)
"""Encodings that a declaration is believed of: in a western one any bytes are text, and some codecs are of none."""
_WIDE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
}
"""Names under which files hold characters that only the newer standard has."""


class Target(Protocol):
    """Takes the events of a document, and gives what it made of them so far."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""

    def end(self, tag: str) -> None:
        """The end of an element."""

    def data(self, text: str) -> None:
        """Text between tags."""

    def comment(self, text: str) -> None:
        """A comment."""

    def taken(self) -> list[SheetStart | PlacedRow]:
        """What was made since the last time."""

    def finish(self) -> None:
        """The document is at its end."""


def damaged() -> ForeignFault:
    """The fault of a document that is cut or damaged."""
    return ForeignFault(
        "文件已损坏或不完整；请重新导出，或在 Excel、WPS 中打开后另存为 .xlsx",
        "the file is damaged or cut; export it anew, or open it in Excel or WPS and save it as .xlsx",
    )


def read_xml(chunks: Iterable[bytes], target: Target) -> Iterator[SheetStart | PlacedRow]:
    """What a target makes of an XML document; ForeignFault for one that is damaged, deep or has a document type."""
    parser = etree.XMLParser(
        target=_Guard(target, refuse=True),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    yield from _fed(parser, chunks, target)


def read_html(data: bytes, target: Target) -> Iterator[SheetStart | PlacedRow]:
    """What a target makes of a web page; ForeignFault for one whose elements stand too deep within each other."""
    parser = etree.HTMLParser(
        target=_Guard(target, refuse=False), encoding="utf-8", no_network=True, huge_tree=False
    )
    yield from _fed(parser, pieces_of(data), target)


def _fed(
    parser: etree.XMLParser | etree.HTMLParser, chunks: Iterable[bytes], target: Target
) -> Iterator[SheetStart | PlacedRow]:
    try:
        for chunk in chunks:
            parser.feed(chunk)
            yield from target.taken()
        parser.close()
    except etree.LxmlError as error:
        raise damaged() from error
    target.finish()
    yield from target.taken()


class _Guard:
    """Stands before a target: limits the depth of elements and the length of texts, refuses document types."""

    def __init__(self, target: Target, *, refuse: bool) -> None:
        self._target, self._refuse = target, refuse
        self._depth = self._length = 0
        self.data_of, self.comment = target.data, target.comment

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._length = 0
        if self._depth > MAX_DEPTH:
            raise ForeignFault(
                f"里面的标签层层嵌套（超过 {MAX_DEPTH} 层），不像真实的表格，没有读取；"
                "请在 Excel 或 WPS 中打开后另存为 .xlsx",
                f"its tags stand within each other more than {MAX_DEPTH} deep, as in no real table; it was not read: "
                "open it in Excel or WPS and save it as .xlsx",
            )
        self._target.start(str(tag), attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._length = 0
        self._target.end(str(tag))

    def data(self, text: str) -> None:
        self._length += len(text)
        if self._length > _MOST_TEXT:
            raise TooMuch
        self.data_of(text)

    def doctype(self, *_: object) -> None:
        if self._refuse:
            raise ForeignFault(
                "文件含有不安全的声明，没有读取；请在 Excel 或 WPS 中打开后另存为 .xlsx",
                "it holds a document type (DOCTYPE) and was not read: open it in Excel or WPS and save it as .xlsx",
            )

    def close(self) -> None:
        return None


# --- encodings -----------------------------------------------------------------------------------


def utf8_of(data: bytes) -> bytes:
    """A document as UTF-8, by its mark, by the encoding that it declares, or by what it holds; ForeignFault for none.

    Without a declaration that says another encoding.
    """
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    )
    names = [encoding for mark, encoding in marks if data.startswith(mark)]
    if not names and (declared := _DECLARED.search(data[:4096])) is not None:
        name = declared.group(1).decode("ascii").lower()
        names = [_WIDE.get(name, name)]
    try:
        name = next((n for n in names if _decodes(data, n)), "") or encoding_of(io.BytesIO(data)).name
        if codecs.lookup(name).name != "utf-8":
            data = data.decode(name).encode("utf-8", "replace")
    except (TextFault, UnicodeDecodeError, LookupError) as error:
        raise damaged() from error
    return _XML_DECLARATION.sub(b"", data.removeprefix(codecs.BOM_UTF8), count=1)


def _decodes(data: bytes, encoding: str) -> bool:
    """Are these bytes text in an encoding: many pages declare what they are not."""
    try:
        if codecs.lookup(encoding).name not in _BELIEVED:
            return False
        decoder = codecs.getincrementaldecoder(encoding)()
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", True)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def pieces_of(data: bytes) -> Iterator[bytes]:
    """A document piece by piece."""
    for start in range(0, len(data), _CHUNK):
        yield data[start : start + _CHUNK]


def pieces_of_stream(stream: IO[bytes]) -> Iterator[bytes]:
    """An open part of an archive, piece by piece."""
    while chunk := stream.read(_CHUNK):
        yield chunk
