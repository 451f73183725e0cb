"""Sheets as they were read, packed into bytes and read back alike: what is kept of a file with private cells.

One way for every kind of file. Written as a file of its own kind, something would be lost that the reading
depends on: which cells are merged, rows hidden, texts numbers; or more rows than that kind can hold.
A first line that says what it is; below, packed by gzip, a line of JSON for each sheet and for each column.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from loaders.file_kinds import is_text
from loaders.read.worksheet import Details, Worksheet

_MARK = b"branchmap sheets 1\n"


def are_sheets(content: bytes) -> bool:
    """Is this what `pack` gave."""
    return content.startswith(_MARK)


def pack(sheets: Iterable[Worksheet]) -> bytes:
    """The sheets as bytes; the same sheets give the same bytes.

    >>> from loaders.read.worksheet import worksheet_of
    >>> one = worksheet_of("a.csv", "a", [["姓名"], ["张三"]])
    >>> unpack(pack([one]), "a.csv") == (one,)
    True
    """
    out = io.BytesIO()
    out.write(_MARK)
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=3, mtime=0) as packed:
        for value in _values(sheets):
            packed.write(f"{json.dumps(value)}\n".encode())
    return out.getvalue()


def unpack(content: bytes, file: str) -> tuple[Worksheet, ...]:
    """The sheets that were packed, as those of a file of this name; ValueError for anything else."""
    if not are_sheets(content):
        raise ValueError("no kept sheets")
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content[len(_MARK) :])) as packed:
            lines = (json.loads(line) for line in packed)
            return tuple(_sheet(head, lines, file) for head in lines)
    except (OSError, EOFError, KeyError, TypeError, zlib.error) as error:
        raise ValueError(type(error).__name__) from error


def _values(sheets: Iterable[Worksheet]) -> Iterator[dict[str, Any]]:
    for sheet in sheets:
        details = sheet.details
        yield {
            "sheet": sheet.name,
            "height": sheet.height,
            "hidden": sheet.hidden,
            "columns": len(sheet.columns),
            "merged": details.merged,
            "hidden_rows": _runs(details.hidden),
            **({"separated": sheet.separated} if sheet.separated != is_text(sheet.file) else {}),
            **{n: _runs(rows) for n, rows in _marked_rows(details).items() if rows},
            "faults": [(row, column, text) for (row, column), text in sorted(details.faults.items())],
        }
        for at, column in enumerate(sheet.columns):
            yield {"cells": list(column), "numbers": _runs(sheet.numeric(at))}


def _sheet(head: dict[str, Any], lines: Iterator[dict[str, Any]], file: str) -> Worksheet:
    columns = list(islice(lines, head["columns"]))
    if len(columns) < head["columns"]:
        raise EOFError
    numbers = tuple(frozenset(_rows(column["numbers"])) for column in columns)
    return Worksheet(
        file,
        head["sheet"],
        tuple(column["cells"] for column in columns),
        head["height"],
        head["hidden"],
        numbers.__getitem__,
        Details(
            tuple((left, top, right, bottom) for left, top, right, bottom in head["merged"]),
            frozenset(_rows(head["hidden_rows"])),
            {(row, column): text for row, column, text in head["faults"]},
            struck=frozenset(_rows(head.get("struck", ()))),
            table_sums=frozenset(_rows(head.get("table_sums", ()))),
        ),
        separated=head.get("separated", is_text(file)),
    )


def _marked_rows(details: Details) -> dict[str, frozenset[int]]:
    """What earlier versions did not keep: without it the bytes of a sheet are as they were."""
    return {"struck": details.struck, "table_sums": details.table_sums}


def _runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Rows as (first, last) of those that follow each other.

    >>> _runs({1, 2, 3, 7})
    [(1, 3), (7, 7)]
    """
    found: list[tuple[int, int]] = []
    for row in sorted(rows):
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def _rows(runs: Sequence[Sequence[int]]) -> Iterator[int]:
    for first, last in runs:
        yield from range(first, last + 1)
