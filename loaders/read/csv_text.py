"""Read the text of a CSV into columns of cells: its encoding, its delimiter, its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice, repeat, zip_longest

from loaders.batches import batches
from loaders.read.limits import MAX_CELLS, too_large, unusable

MAX_CSV_FIELD = 2**20
Cells = Sequence[str | None]

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_columns(data: bytes, name: str) -> tuple[tuple[Cells, ...], int]:
    """The columns of a CSV and its number of rows; InputError where it is no text or no CSV."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = "\0"
    if "\0" in text:
        raise unusable(
            name,
            "不是文本文件，或编码不是 UTF-8、GB18030；请另存为 .xlsx",
            "no text, or in an encoding other than UTF-8 and GB18030; save it as .xlsx",
        )
    csv.field_size_limit(MAX_CSV_FIELD)
    delimiter = _delimiter(text)
    try:
        return turned(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), name)
    except csv.Error as error:
        raise unusable(
            name, f"不是有效的 CSV（{error}）；请另存为 .xlsx", f"no valid CSV ({error}); save it as .xlsx"
        ) from error


_DELIMITERS = ",\t;"
_LINES_SEEN = 20


def _delimiter(text: str) -> str:
    """What separates the cells: what most of the first lines have, for a title above them may have another or none."""
    lines = list(islice(io.StringIO(text[: _LINES_SEEN * MAX_CSV_FIELD]), _LINES_SEEN))
    return max(
        _DELIMITERS, key=lambda d: (sum(d in line for line in lines), sum(line.count(d) for line in lines))
    )


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
