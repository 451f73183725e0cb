"""A sheet as it was read: text cells by column, and what stands beside the values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat, zip_longest

from graph_model.text import Text
from loaders.batches import batches
from loaders.file_kinds import is_text
from loaders.read.limits import MAX_CELLS, too_many_cells

Cells = Sequence[str | None]
Merged = tuple[int, int, int, int]
"""(first column from 0, first row from 1, last column, last row)"""
_Rows = Callable[[int], frozenset[int]]
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One row as Excel counts it (from 1), its cells by column (from 0 = A); an empty cell is None."""

    file: str
    sheet: str
    number: int
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """What stands beside the values of one sheet; rows from 1, columns from 0.

    `merged`: ranges over more than one row. `faults`: (row, column) of a formula without a stored result
    ("") or with an error ("#N/A"). `struck`: rows of which most cells are struck through. `table_sums`: rows of
    sums that belong to an Excel table. `private_comments`: the kind of what must not be stored, by (row,
    column) of the comment that holds it.
    """

    merged: tuple[Merged, ...] = ()
    hidden: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    private_comments: Mapping[tuple[int, int], Text] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    table_sums: frozenset[int] = frozenset()


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One sheet, by columns: `columns[0]` is A, its first entry is row 1.

    `numeric(column)`: the rows whose cell is a number and not a text, so that 2001.1 can be doubted.
    `details`: merged cells, hidden rows, formulas without a result. `private_name`: what the workbook itself
    calls the sheet, where that must not be kept; `name` is without it then. `separated`: the cells stood in lines of
    text with separators between them.
    """

    file: str
    name: str
    columns: tuple[Cells, ...]
    height: int
    hidden: bool = False
    numeric: _Rows = field(default=lambda _: frozenset(), repr=False, compare=False)
    details: Details = field(default=NO_DETAILS, repr=False, compare=False)
    private_name: str | None = field(default=None, repr=False, compare=False)
    separated: bool = field(default=False, compare=False)

    def rows(self, limit: int | None = None) -> Iterator[Row]:
        """The first `limit` rows, or all."""
        stop = self.height if limit is None else min(limit, self.height)
        for index in range(stop):
            yield Row(self.file, self.name, index + 1, tuple(c[index] for c in self.columns))

    @property
    def blank(self) -> bool:
        """True where no cell holds more than spaces."""
        return not any(c and c.strip() for column in self.columns for c in column)


def worksheet_of(
    file: str, name: str, rows: Iterable[Sequence[str | None]], numeric: bool = False
) -> Worksheet:
    """A sheet from rows of text, the first being row 1; blank text is no value."""
    columns: list[list[str | None]] = []
    height = 0
    for some in batches(rows, _ROWS_AT_ONCE):
        turned = by_column(some)
        columns += ([None] * height for _ in range(len(columns), len(turned)))
        height += len(some)
        if height * len(columns) > MAX_CELLS:
            raise too_many_cells(name, MAX_CELLS)
        for column, cells in zip(columns, turned, strict=False):
            column += cells
        for column in columns:
            column += repeat(None, height - len(column))  # those that none of these rows reaches

    def every(_: int) -> frozenset[int]:
        return frozenset(range(1, height + 1)) if numeric else frozenset()

    return Worksheet(file, name, tuple(columns), height, numeric=every, separated=is_text(file))


def by_column(rows: Sequence[Sequence[str | None]]) -> list[list[str | None]]:
    """These rows as columns, as many as the longest has; blank text is no value.

    >>> by_column([["a"], ["", "b"]])
    [['a', None], [None, 'b']]
    """
    return [[text or None for text in column] for column in zip_longest(*rows)]
