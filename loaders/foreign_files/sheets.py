"""A sheet of another program's file: rows, one after the other, and what was found beside their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph_model.text import Text
from loaders.privacy import private_kind

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""As many as a sheet of Excel has: what lies beyond is no list of a survey."""
MAX_BESIDE = 200_000
"""Merged ranges, faults or comments of a sheet."""
_MOST_SPACES = 100

Merged = tuple[int, int, int, int]


class ForeignFault(ValueError):
    """Raised for a file that cannot be read as it was meant: what is wrong and what to do, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


class TooMuch(OverflowError):
    """Raised for a sheet with more rows, columns or merged ranges than any sheet may have."""


@dataclass(slots=True)
class Beside:
    """What stands beside the values of one sheet, complete once its rows were read; rows from 1, columns from 0.

    `numbers`: by column, the rows whose cells are numbers or dates; `texts`: no such thing is known, as in a text file.
    """

    hidden: bool = False
    texts: bool = False
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    private: dict[tuple[int, int], Text] = field(default_factory=dict)
    numbers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """A cell that covers several; one over columns alone says nothing of other rows."""
        if rows > 1:
            self.merged.append((column, row, column + columns - 1, row + rows - 1))
            self._check(len(self.merged))

    def fault(self, row: int, column: int, shown: str) -> None:
        """A formula with an error in place of a result."""
        self.faults[row, column] = shown
        self._check(len(self.faults))

    def comment(self, row: int, column: int, text: str) -> None:
        """A comment, of which only the kind of something private in it is kept."""
        kind = private_kind(text)
        if kind is not None:
            self.private[row, column] = kind
            self._check(len(self.private))

    def _check(self, count: int) -> None:
        if count > MAX_BESIDE:
            raise TooMuch


@dataclass(frozen=True, slots=True)
class SheetStart:
    """The beginning of a sheet in what a reader gives."""

    name: str
    beside: Beside


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row that is not blank: its number from 1, its cells, and how many rows from there on are the same."""

    number: int
    cells: Sequence[str | None]
    count: int = 1


@dataclass(frozen=True, slots=True)
class ForeignSheet:
    """One sheet; `rows` are to be taken once, and before the next sheet; `beside` is complete after them."""

    name: str
    rows: Iterator[list[str]]
    beside: Beside


def sheets_of(items: Iterable[SheetStart | PlacedRow]) -> Iterator[ForeignSheet]:
    """The sheets of what a reader gives: each beginning is followed by its rows, in their order.

    >>> given = [SheetStart("甲", Beside()), PlacedRow(2, ["a", None]), SheetStart("乙", Beside())]
    >>> [(s.name, list(s.rows)) for s in sheets_of(given)]
    [('甲', [[], ['a', '']]), ('乙', [])]
    """
    source = iter(items)
    waiting: list[SheetStart] = []

    def rows() -> Iterator[list[str]]:
        done = 0
        for item in source:
            if isinstance(item, SheetStart):
                waiting.append(item)
                return
            yield from ([] for _ in range(done + 1, item.number))
            cells = [text or "" for text in item.cells]
            yield from (list(cells) for _ in range(item.count))
            done = item.number + item.count - 1

    for _ in rows():  # what stands before the first sheet is of none
        pass
    while waiting:
        start = waiting.pop()
        own = rows()
        yield ForeignSheet(start.name, own, start.beside)
        for _ in own:
            pass


def place(row: int, column: int) -> None:
    """TooMuch where a cell (row from 1, column from 0) lies beyond what a sheet has."""
    if row > MAX_ROWS or column >= MAX_COLUMNS:
        raise TooMuch


def count_of(text: str | None, otherwise: int = 1) -> int:
    """A number of rows or columns as an attribute states it; anything else is `otherwise`.

    >>> count_of("3"), count_of(None), count_of("-1"), count_of("x", 0)
    (3, 1, 1, 0)
    """
    if text is None:
        return otherwise
    text = text.strip()
    return int(text[:12]) if text.isascii() and text.isdigit() and int(text[:12]) else otherwise


def spaces(text: str | None) -> str:
    """So many spaces as an attribute states, of which no cell needs more than a hundred."""
    return " " * min(count_of(text), _MOST_SPACES)


def number_text(text: str) -> str:
    """A number as the readers of other workbooks write it; what is no number stays as it is.

    >>> number_text("37.0"), number_text("2001.10"), number_text("1E3"), number_text("x"), number_text("nan")
    ('37', '2001.1', '1000', 'x', 'nan')
    """
    try:
        value = float(text)
    except ValueError:
        return text
    if value != value or value in (float("inf"), float("-inf")):
        return text
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def date_text(text: str, shown: str | None) -> str:
    """A date of ISO 8601 as the readers of other workbooks write it, no more exact than it is shown.

    >>> date_text("2001-12-05", None), date_text("2001-12-05T00:00:00.000", "month"), date_text("2001-1", None)
    ('2001-12-05 00:00:00', '2001-12', '2001-1')
    """
    day, _, time = text.partition("T")
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return text
    if shown == "month":
        return day[:7]
    if shown == "year":
        return day[:4]
    return f"{day} {time[:8] or '00:00:00'}"
