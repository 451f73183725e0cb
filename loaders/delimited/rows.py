"""Rows of a text file, one after the other, in bounded memory; a fault ends them with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Generator, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import BinaryIO

from loaders.delimited.encoding import encoding_of
from loaders.delimited.fault import TextFault, at_line
from loaders.delimited.quotes import first_over_lines, odd_quote, swallows_rows
from loaders.delimited.signatures import HEAD, kind_of

MAX_CELLS_IN_ROW = 16_384
"""As many as a row of Excel has."""
MAX_FIELD = 2**20
_MAX_LINE = 2**22
"""Characters of a line, and of all lines of a row together."""
_DELIMITERS = ",\t;"
_LINES_SEEN = 20
_STATED = re.compile(r'"?sep=([^"\r\n])"?[\r\n]*', re.IGNORECASE)
_MARK, _END = "\ufeff", "\x1a"
"""The byte order mark; Ctrl-Z, which ends a text file for programs of the days of DOS."""
_NOTHING = _END + "\0 \t\r\n"
_BREAK = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What other systems end lines and pages with."""
_BREAKS = re.compile(f"[{_BREAK}]")


def read_rows(source: BinaryIO, most_cells: int) -> Generator[list[str]]:
    """The cells of each row; TextFault where the file is no text, or would not be read as it was meant.

    OverflowError, before the first row, where the lines times the cells of the widest of the first of them are
    more than `most_cells`. A first line `sep=;` says the separator, as Excel writes and reads it, and is no row. Blank
    lines are rows without cells.
    """
    kind = kind_of(source.read(HEAD))
    if kind is not None:
        raise TextFault(
            f"不是文本文件，而是{kind.zh}；请在 Excel 或 WPS 中打开，另存为 .xlsx",
            f"no text but {kind.en}; open it in Excel or WPS and save it as .xlsx",
        )
    encoding = encoding_of(source)
    source.seek(0)
    text = io.TextIOWrapper(source, encoding.name, newline="")
    try:
        reader = _Reader(text)
        if encoding.lines * reader.width > most_cells:
            raise OverflowError
        yield from reader.rows()
    finally:
        text.detach()  # the file stays open: it is not ours


class _Reader:
    """Reads rows from lines, and holds the lines of the row that it is at, by which a fault is placed."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._more = iter(partial(text.readline, _MAX_LINE), "")
        first = _first_lines(self._more)
        stated = _STATED.fullmatch(first[0].lstrip(_MARK)) if first else None
        self._line = 1 if stated else 0
        self._first = first[self._line :]
        self._delimiter = stated.group(1) if stated else _delimiter(self._first)
        self.width = _width(self._first, self._delimiter)
        self._row: list[str] = []
        self._broken = False

    def rows(self) -> Iterator[list[str]]:
        """The cells of each row."""
        csv.field_size_limit(MAX_FIELD)
        reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True, skipinitialspace=True)
        widest = 0 if any(self._delimiter in line for line in self._first) else 1
        while True:
            self._row.clear()
            self._broken = False
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise self._fault_of_row() from None
            if len(self._row) > 1 or self._broken or '"' in self._row[0]:
                self._check(cells, widest)
            if len(cells) > max(1, widest):
                widest = len(cells)
            yield cells

    def _lines(self) -> Iterator[str]:
        """Each line, without what does not belong to it."""
        lines = chain(self._first, self._more)
        size = 0
        for line in lines:
            self._line += 1
            if not line.rstrip("\r\n").isprintable():
                line, ended, rest = line.partition(_END)
                line = self._cleaned(line)
                if ended and any(piece.strip(_NOTHING) for piece in chain([rest], lines)):
                    raise self._fault(
                        "文件中间有结束符，其后还有内容，文件可能已损坏",
                        "has an end-of-file character (0x1A, Ctrl-Z) with more behind it",
                    )
                if not line:
                    return
            size = size + len(line) if self._row else len(line)
            self._row.append(line)
            if size >= _MAX_LINE and len(self._row) > 1:
                raise self._fault_of_row()
            if len(line) > MAX_CELLS_IN_ROW and (
                len(line) >= _MAX_LINE or line.count(self._delimiter) >= MAX_CELLS_IN_ROW
            ):
                raise self._too_long()
            yield line

    def _cleaned(self, line: str) -> str:
        """The line without marks and page breaks around it."""
        if "\0" in line:
            raise self._fault(
                "文件已损坏，或不是文本文件",
                "has NUL characters (0x00): the file is damaged, or no text",
            )
        body = line.rstrip("\r\n")
        end = line[len(body) :]
        body = body.lstrip(_MARK + _BREAK).rstrip(_BREAK)
        first = self._first[0].strip(_MARK + "\r\n") if self._first else ""
        if first and f"{_MARK}{first}" in body:
            raise self._fault(
                "中间接着另一个文件的开头：两个文件拼在了一起，中间没有换行",
                "goes on with the beginning of another file: two were joined without a line end between them",
            )
        self._broken = self._broken or _BREAKS.search(body) is not None
        return body + end

    # --- rows that are not what was meant

    def _check(self, cells: Sequence[str], widest: int) -> None:
        row = self._row
        if len(cells) > MAX_CELLS_IN_ROW:
            raise self._too_long()
        if len(row) > 1 and swallows_rows(row, self._delimiter, widest):
            raise self._unpaired(first_over_lines("".join(row), self._delimiter))
        if self._broken and any(
            swallows_rows(_BREAKS.split(line), self._delimiter, widest) for line in row
        ):
            raise self._fault(
                "用换页符等特殊字符代替换行，把几行连在了一起",
                "has several rows in it, with a form feed or the like in place of line ends",
            )
        if any('"' in cell for cell in cells):
            at = odd_quote("".join(row), self._delimiter)
            if at is not None:
                raise self._unpaired(at)

    def _fault_of_row(self) -> TextFault:
        """The fault of a row that cannot be taken apart into cells."""
        at = odd_quote("".join(self._row), self._delimiter)
        return self._too_long() if at is None else self._unpaired(at)

    def _unpaired(self, at: int) -> TextFault:
        """The fault of the field that begins at a place of this row."""
        line = self._line - len(self._row) + 1
        for text in self._row:
            if at < len(text):
                break
            at, line = at - len(text), line + 1
        return at_line(
            line,
            "有一个引号没有与之配对的另一半，其后的内容分不清属于哪一格",
            "has a quotation mark without its other half, so that it is not clear which cell holds what follows",
        )

    def _too_long(self) -> TextFault:
        return self._fault(
            f"过长，不是有效的 CSV（一行最多 {MAX_CELLS_IN_ROW} 格，一格最多 {MAX_FIELD} 个字符）",
            f"is too long for a CSV (a row has at most {MAX_CELLS_IN_ROW} cells, a cell {MAX_FIELD} characters)",
        )

    def _fault(self, zh: str, en: str) -> TextFault:
        return at_line(self._line, zh, en)


def _first_lines(lines: Iterator[str]) -> list[str]:
    """Some lines, as many as tell the separator: fewer where they are very long."""
    first: list[str] = []
    while len(first) < _LINES_SEEN and sum(map(len, first)) < _MAX_LINE:
        line = next(lines, "")
        if not line:
            break
        first.append(line)
    return first


def _width(lines: Sequence[str], delimiter: str) -> int:
    """The cells of the widest of these lines; 1 where they are no proper rows, which shows later."""
    short = [
        line for line in lines if line.count(delimiter) < MAX_CELLS_IN_ROW
    ]  # others are refused in their turn
    try:
        return max((len(row) for row in csv.reader(short, delimiter=delimiter)), default=1)
    except csv.Error:
        return 1


def _delimiter(lines: Sequence[str]) -> str:
    """What separates the cells: what most of the first lines have, for a title above them may have another or none."""
    return max(
        _DELIMITERS, key=lambda d: (sum(d in line for line in lines), sum(line.count(d) for line in lines))
    )
