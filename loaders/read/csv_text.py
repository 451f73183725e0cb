"""Store the rows of a text file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from loaders.delimited.fault import TextFault
from loaders.delimited.rows import read_rows
from loaders.read.arrow import SheetWriter
from loaders.read.limits import MAX_CELLS, MAX_WIDE_CELLS, WIDE, too_many_cells, unusable
from loaders.read.stored_sheet import StoredSheet
from loaders.read.worksheet import by_column


def read_csv(path: Path, name: str, folder: Path) -> Iterator[StoredSheet]:
    """The one sheet of a text file, its cells stored in `folder`; InputError for what is no such file."""
    try:
        with path.open("rb") as source, closing(read_rows(source, MAX_CELLS)) as rows:
            # Excel writes the number 2001.10 as 2001.1 into a CSV: doubt it as in a workbook.
            yield replace(store_rows(rows, name, folder), separated=True)
    except OverflowError as error:
        raise too_many_cells(name, MAX_CELLS) from error
    except TextFault as fault:
        raise unusable(name, fault.text.zh, fault.text.en) from fault


_ROWS_AT_ONCE = 1000
_SIZE_AT_ONCE = 2**20
"""Cells and characters together."""


def store_rows(rows: Iterator[list[str]], name: str, folder: Path) -> StoredSheet:
    """A sheet of these rows, stored some at a time; InputError for more than MAX_CELLS."""
    writer = SheetWriter(folder, name)
    height = width = 0
    for some in _batches(rows):
        columns = by_column(some) or [[None] * len(some)]
        height, width = height + len(some), max(width, len(columns))
        most = MAX_CELLS if width <= WIDE else MAX_WIDE_CELLS
        if height * width > most:
            raise too_many_cells(name, most)
        writer.add(columns)
    return StoredSheet(Path(name).stem, False, height, width, writer.close(), all_numbers=True)


def _batches(rows: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Some rows at a time, fewer where they are long."""
    held: list[list[str]] = []
    size = 0
    for row in rows:
        while row and not row[-1]:  # programs write the separators of columns that hold nothing
            row.pop()
        held.append(row)
        size += len(row) + sum(map(len, row))
        if len(held) == _ROWS_AT_ONCE or size >= _SIZE_AT_ONCE:
            yield held
            held, size = [], 0
    if held:
        yield held
