"""Read text files of cells: encoding, separator, rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from loaders.batches import batches
from loaders.read.arrow import SheetWriter
from loaders.read.limits import MAX_CELLS, too_large, unusable
from loaders.read.stored_sheet import StoredSheet
from loaders.read.worksheet import by_column

MAX_CSV_FIELD = 2**20

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_csv(path: Path, name: str, folder: Path) -> Iterator[StoredSheet]:
    """The one sheet of a text file, its cells stored in `folder`; InputError for what is no such file."""
    data = path.read_bytes()
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
    try:
        # Excel writes the number 2001.10 as 2001.1 into a CSV: doubt it as in a workbook.
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        yield store_rows(rows, name, folder)
    except csv.Error as error:
        raise unusable(
            name, f"不是有效的 CSV（{error}）；请另存为 .xlsx", f"no valid CSV ({error}); save it as .xlsx"
        ) from error


_ROWS_AT_ONCE = 1000


def store_rows(rows: Iterator[list[str]], name: str, folder: Path) -> StoredSheet:
    """A sheet of these rows, stored some at a time; InputError for more than MAX_CELLS."""
    writer = SheetWriter(folder)
    height = width = 0
    for some in batches(rows, _ROWS_AT_ONCE):
        columns = by_column(some) or [[None] * len(some)]
        height, width = height + len(some), max(width, len(columns))
        if height * width > MAX_CELLS:
            raise too_large(name, f"{MAX_CELLS} 个单元格 cells")
        writer.add(columns)
    return StoredSheet(Path(name).stem, False, height, width, writer.close(), all_numbers=True)


_DELIMITERS = ",\t;"
_LINES_SEEN = 20


def _delimiter(text: str) -> str:
    """What separates the cells: what most of the first lines have, for a title above them may have another or none."""
    lines = list(islice(io.StringIO(text[: _LINES_SEEN * MAX_CSV_FIELD]), _LINES_SEEN))
    return max(
        _DELIMITERS, key=lambda d: (sum(d in line for line in lines), sum(line.count(d) for line in lines))
    )
