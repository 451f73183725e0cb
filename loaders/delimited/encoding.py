"""Find the encoding of a text file; where it is damaged, say at which line and byte."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from loaders.delimited.fault import TextFault, at_line

_CHUNK = 2**20
_AROUND = 2**17
"""Bytes before and after a fault that are looked at, to tell a damaged text from one in another encoding."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """The name of an encoding, and how many lines the text has in it."""

    name: str
    lines: int


def encoding_of(source: BinaryIO) -> Encoding:
    """The encoding of a text file, by its mark or by what it holds; a mark stays in the text.

    TextFault where bytes are no text in it: at the line where a text is damaged, or for the whole where it is none.
    """
    head = _read(source, 0, _AROUND)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    wide = marked or _wide(head)
    if wide is not None:
        lines, damage = _scan(source, wide)
        if damage is not None:
            raise _damaged(damage, wide)
        return Encoding(wide, lines)
    lines, damage = _scan(source, "utf-8")
    if damage is None:
        return Encoding("utf-8", lines)
    before = _read(source, damage.at - _AROUND, _AROUND)
    if _is_utf8(before, least=2) or _is_utf8(before + _read(source, damage.at, _AROUND)):
        raise _damaged(damage, "utf-8")
    lines, damage = _scan(source, "gb18030")
    damage = damage or _other_line(source)
    if damage is None:
        return Encoding("gb18030", lines)
    if _is_gb18030(_read(source, damage.at - _AROUND, 2 * _AROUND)):
        raise _damaged(damage, "gb18030")
    raise TextFault(
        "不是文本文件，或文字编码无法识别；请另存为 .xlsx",
        "no text, or in an encoding other than UTF-8 and GB18030; save it as .xlsx",
    )


def _read(source: BinaryIO, start: int, size: int) -> bytes:
    source.seek(max(start, 0))
    return source.read(size + min(start, 0))


def _wide(head: bytes) -> str | None:
    """UTF-32 or UTF-16 without a mark: most bytes of separators and line ends stand for them in it."""
    if len(head) % 2 or b"\0" not in head:
        return None
    if len(head) % 4 == 0 and head.count(0) > len(head) // 4:
        found = next((e for e in ("utf-32-le", "utf-32-be") if _decodes(head, e)), None)
        if found is not None:
            return found
    separators = sum(head.count(c) for c in (b"\n", b"\r", b"\t", b",", b";"))
    of = {e: _separators(head, e) for e in ("utf-16-le", "utf-16-be") if _decodes(head, e)}
    best = max(of, key=lambda e: of[e], default="")
    return best if best and of[best] and 2 * of[best] >= separators else None


def _separators(data: bytes, encoding: str) -> int:
    text = data.decode(encoding, "ignore")
    return sum(text.count(c) for c in "\n\r\t,;")


def _decodes(data: bytes, encoding: str) -> bool:
    """Are these bytes text in an encoding; the last character may be cut."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


# --- damage --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Damage:
    """The first bytes that are no text: where (from 0), at which line (from 1), which; at the very end or not."""

    at: int
    line: int
    found: bytes
    cut: bool


def _damaged(damage: _Damage, encoding: str) -> TextFault:
    shown, name = damage.found[:4].hex(" ").upper(), _NAMES.get(encoding, "UTF-32")
    if damage.cut:
        return at_line(
            damage.line,
            f"最后一个字不完整（第 {damage.at + 1} 字节起是 {shown}），{name} 文件看来被截断，后面的内容可能已丢失",
            f"ends within a character (byte {damage.at + 1}: {shown}): the {name} file was cut, and what followed "
            "may be missing",
        )
    return at_line(
        damage.line,
        f"有损坏的文字（第 {damage.at + 1} 字节起是 {shown}，不是 {name}），文件可能损坏，或由不同编码的文件拼成",
        f"has damaged text (byte {damage.at + 1}: {shown} is no {name}): the file is damaged, or was joined of files "
        "in different encodings",
    )


def _scan(source: BinaryIO, encoding: str) -> tuple[int, _Damage | None]:
    """How many lines there are up to the first damage, or to the end."""
    decoder = codecs.getincrementaldecoder(encoding)()
    at, line, before = 0, 1, ""
    for chunk in _chunks(source):
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding)
            line += _line_ends(before + good) - _line_ends(before)
            cut = not chunk or (error.end >= len(error.object) and not source.read(1))
            bad = (
                error.object[error.start : error.start + 4]
                if cut
                else error.object[error.start : error.end]
            )
            return line, _Damage(at - held + error.start, line, bad, cut)
        line += _line_ends(before + text) - _line_ends(before)
        before = text[-1:]
        at += len(chunk)
    return line, None


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file, and at the end none."""
    source.seek(0)
    while chunk := source.read(_CHUNK):
        yield chunk
    yield b""


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _is_utf8(data: bytes, least: int = 1) -> bool:
    """Is this UTF-8 but for some bytes: most of what is not ASCII are whole characters of three bytes or more."""
    text = data.decode("utf-8", "surrogateescape")
    bad = sum(1 for c in text if "\udc80" <= c <= "\udcff")
    good = sum(1 for c in text if c >= "\u0800") - bad
    return good >= least and 3 * good > 5 * bad


_ASCII = rb"[\x01-\x09\x0b\x0c\x0e-\x7f]*"
# never over the end of a line: from the start of each, all lines of figures below it would be looked through again
_UTF8_LINE = re.compile(
    rb"(?:^|(?<=\r))" + _ASCII + rb"(?:[\xe4-\xe9][\x80-\xbf]{2}" + _ASCII + rb"){2,}(?=\r|$)", re.MULTILINE
)


def _other_line(source: BinaryIO) -> _Damage | None:
    """The first line of a GB18030 file that is UTF-8: it would be read as other characters, without a fault."""
    at, line, held = 0, 1, b""
    for chunk in _chunks(source):
        data = held + chunk
        whole = data[: data.rfind(b"\n") + 1] if chunk else data
        found = _UTF8_LINE.search(whole)
        if found:
            start = found.start()
            shown = re.search(rb"[\x80-\xff]{3}", found.group())
            return _Damage(
                at + start,
                line + _line_ends(whole[:start].decode("latin-1")),
                shown.group() if shown else b"",
                False,
            )
        at, line, held = at + len(whole), line + _line_ends(whole.decode("latin-1")), data[len(whole) :]
    return None


def _is_gb18030(data: bytes) -> bool:
    """Is this GB18030 but for some bytes: few of what is not ASCII are none, and there are no NUL characters."""
    text = data.decode("gb18030", "replace")
    bad, high = text.count("\ufffd"), sum(1 for c in text if c > "\x7f")
    return 8 * bad <= high and "\0" not in text
