"""Read a text file into columns of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat, zip_longest
from typing import BinaryIO

from loaders.batches import batches
from loaders.delimited.fault import TextFault
from loaders.delimited.rows import read_rows
from loaders.read.limits import MAX_CELLS, too_large, unusable

Cells = Sequence[str | None]


def read_columns(source: BinaryIO, name: str) -> tuple[tuple[Cells, ...], int]:
    """The columns of a text file and its number of rows; InputError where it is no text, or something is odd in it."""
    try:
        return turned(read_rows(source, MAX_CELLS), name)
    except OverflowError as error:
        raise too_large(name, f"{MAX_CELLS} 个单元格 cells") from error
    except TextFault as fault:
        raise unusable(name, fault.text.zh, fault.text.en) from fault


_ROWS_AT_ONCE = 1000


def turned(rows: Iterator[Sequence[str | None]], name: str) -> tuple[tuple[Cells, ...], int]:
    """The columns of these rows, and how many rows there are; blank text is no value.

    Some rows at a time, so that all of them are never in memory beside the columns, and each different text of
    a column once: a survey repeats itself. InputError for more than MAX_CELLS.
    """
    columns: list[list[str | None]] = []
    texts: list[dict[str | None, str | None]] = []
    height = 0
    for some in batches(rows, _ROWS_AT_ONCE):
        columns += ([None] * height for _ in range(len(columns), max(map(len, some))))
        texts += ({"": None} for _ in range(len(texts), len(columns)))
        height += len(some)
        if height * len(columns) > MAX_CELLS:
            raise too_large(name, f"{MAX_CELLS} 个单元格 cells")
        for column, once, cells in zip(columns, texts, zip_longest(*some), strict=False):
            column += map(once.setdefault, cells, cells)
        for column in columns:
            column += repeat(None, height - len(column))  # those that none of these rows reaches
    return tuple(columns), height
