"""Columns in and out of Arrow, Parquet and CSV files in bounded memory; the only module that knows pyarrow."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, overload

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv as pa_csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from loaders.read.limits import LONG_CHARACTERS, MAX_LONG_BYTES, too_long_texts

CHUNK = 100_000
"""Rows held as text at once."""


class Coded(Protocol):
    """A column of words by number: a negative code is an empty cell."""

    @property
    def codes(self) -> Any:
        """One whole number a row, as a numpy array."""

    @property
    def words(self) -> Sequence[str]:
        """The word of each code."""


def write_csv(path: Path, columns: Mapping[str, Coded], rows: range) -> None:
    """Write rows of the columns as UTF-8 CSV under their headings; ValueError for a word that needs quotes."""
    options = pa_csv.WriteOptions(quoting_style="none", quoting_header="none", batch_size=CHUNK)
    with (
        path.open("wb") as file,
        closing(pa_csv.CSVWriter(file, _schema(columns), write_options=options)) as out,
    ):
        for batch in batches(columns, rows):
            out.write_batch(batch)


def write_parquet(path: Path, columns: Mapping[str, Coded], rows: range) -> None:
    """Write rows of the columns as Parquet: every column is text, an empty cell is null."""
    with path.open("wb") as file, pq.ParquetWriter(file, _schema(columns), compression="zstd") as out:
        for batch in batches(columns, rows):
            out.write_batch(batch)


def _schema(columns: Mapping[str, Coded]) -> Any:
    return pa.schema([(heading, pa.string()) for heading in columns])


def batches(columns: Mapping[str, Coded], rows: range) -> Iterator[Any]:
    """The rows as record batches of text."""
    words = {heading: pa.array(column.words, pa.string()) for heading, column in columns.items()}
    for start in range(rows.start, rows.stop, CHUNK):
        stop = min(start + CHUNK, rows.stop)
        arrays = []
        for heading, column in columns.items():
            codes = column.codes[start:stop]
            arrays.append(words[heading].take(pa.array(codes, pa.int32(), mask=codes < 0)))
        yield pa.record_batch(arrays, schema=_schema(columns))


def size(path: Path) -> tuple[int, int]:
    """(rows, columns) of a Parquet file, from its footer; ValueError where it is none."""
    try:
        held = pq.read_metadata(path)
    except (pa.ArrowException, OSError) as error:
        raise ValueError(str(error)) from error
    return held.num_rows, held.num_columns


def read_batches(path: Path) -> Iterator[list[Any]]:
    """The columns of a Parquet file as text, some rows at a time; the first batch is the headings.

    Raises ValueError for a file that is damaged, and for columns that have no plain text (lists, structs).
    """
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            yield [[name] for name in names]
            rows = max(1, _BATCH_CELLS // max(1, len(names)))
            for batch in file.iter_batches(batch_size=rows):
                yield [pc.cast(column, pa.string()) for column in batch.columns]
    except (pa.ArrowException, OSError) as error:
        raise ValueError(str(error)) from error


# --- sheets on their way from the process that reads them ----------------------------------------

_BATCH_CELLS, _BATCH_BYTES = 250_000, 16 * 2**20
_GROUP_CELLS, _GROUP_BYTES = 1_000_000, 32 * 2**20
"""The columns that are read from a file together have at most so many cells and bytes."""
_HEAD = 200
"""Rows at the top that are held: as many as headings are looked for in, so that no column is read for that."""
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class StoredPart:
    """Some rows of a stored sheet: the file that holds them, and how many columns and rows are in it."""

    path: Path
    width: int
    height: int


class SheetWriter:
    """Writes the text cells of one sheet to Arrow files, some rows at a time, none of them kept in memory.

    A file has as many columns as its first rows; where later rows are wider, a further file begins. `name`: the
    file of the sheet, which is refused where its long texts take too much: whoever reads them holds them all.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._long = 0
        self._parts: list[StoredPart] = []
        self._out: Any = None
        self._rows = self._width = 0

    def add(self, columns: Sequence[Any]) -> None:
        """Further rows, by column (lists of text, or Arrow arrays of it), all as long; InputError for too much."""
        if not columns:
            return
        if self._out is None or len(columns) > self._width:
            self._finish()
            self._begin(len(columns) if not self._parts else max(len(columns), 2 * self._width))
        most = _BATCH_BYTES * len(columns[0]) // max(1, sum(map(_bytes_of, columns)))
        at_once = max(1, min(_BATCH_CELLS // self._width, most))
        for start in range(0, len(columns[0]), at_once):
            arrays = [_text_array(column[start : start + at_once]) for column in columns]
            self._long += sum(map(_long_bytes, arrays))
            if self._long > MAX_LONG_BYTES:
                raise too_long_texts(self._name)
            beyond = pa.nulls(len(arrays[0]), pa.string())
            arrays += [beyond] * (self._width - len(arrays))
            self._out.write_batch(pa.record_batch(arrays, schema=self._schema))
        self._rows += len(columns[0])

    def close(self) -> list[StoredPart]:
        """The files, in the order of their rows."""
        self._finish()
        return self._parts

    def _begin(self, width: int) -> None:
        self._rows, self._width = 0, width
        self._path = self._folder / f"{uuid.uuid4().hex}.arrow"
        self._schema = pa.schema([(str(at), pa.string()) for at in range(width)])
        self._out = pa.ipc.new_file(str(self._path), self._schema)

    def _finish(self) -> None:
        if self._out is not None:
            self._out.close()
            self._parts.append(StoredPart(self._path, self._width, self._rows))
            self._out = None


def _bytes_of(column: Any) -> int:
    if isinstance(column, pa.Array | pa.ChunkedArray):
        return int(column.nbytes)
    return 2 * sum(map(len, filter(None, column)))


def _long_bytes(texts: Any) -> int:
    """The bytes of the long ones of these texts."""
    if texts.nbytes <= LONG_CHARACTERS:
        return 0
    long = texts.filter(pc.greater(pc.utf8_length(texts), LONG_CHARACTERS))
    return pc.sum(pc.binary_length(long)).as_py() or 0


def _text_array(column: Any) -> Any:
    """Texts as an Arrow array; empty text is no value, and halves of surrogate pairs become replacement characters."""
    if isinstance(column, pa.Array | pa.ChunkedArray):
        text = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        text = pc.cast(text, pa.string())
        return pc.replace_with_mask(
            text, pc.fill_null(pc.equal(text, ""), False), pa.scalar(None, pa.string())
        )
    try:
        return pa.array(column, pa.string())
    except UnicodeEncodeError:
        return pa.array([text and _HALF.sub("\ufffd", text) for text in column], pa.string())


def text_list(column: Any) -> list[str | None]:
    """An Arrow column as a list of text."""
    found: list[str | None] = _text_array(column).to_pylist()
    return found


class StoredColumns:
    """The columns of a sheet in Arrow files; of a large sheet only a few are in memory at a time."""

    def __init__(self, parts: Sequence[StoredPart], width: int, owner: object) -> None:
        self._parts, self._width = parts, width
        self._owner = owner  # holds the folder of the files
        self._height = sum(p.height for p in parts)
        size = sum(p.path.stat().st_size for p in parts)
        together = min(_GROUP_CELLS // max(1, self._height), _GROUP_BYTES * width // max(1, size))
        self._group = max(1, min(32, together))
        self._held: tuple[int, list[list[Any]]] | None = None
        self._heads: list[list[str | None]] | None = None

    def columns(self) -> tuple[TextColumn, ...]:
        """Each column of the sheet."""
        return tuple(TextColumn(self, at) for at in range(self._width))

    def height(self) -> int:
        """The number of rows."""
        return self._height

    def head(self, column: int) -> list[str | None]:
        """The first rows of a column."""
        if self._heads is None:
            self._heads = self._read_heads()
        return self._heads[column]

    def chunks(self, column: int) -> Iterable[Any]:
        """The column as Arrow arrays, one after the other."""
        if self._group == 1:
            return self._stream(column)
        group = column // self._group
        if self._held is None or self._held[0] != group:
            first = group * self._group
            self._held = group, self._read(range(first, min(first + self._group, self._width)))
        return self._held[1][column - group * self._group]

    def _read(self, wanted: range) -> list[list[Any]]:
        found: list[list[Any]] = [[] for _ in wanted]
        for part in self._parts:
            here = [at for at in wanted if at < part.width]
            for batch in _batches_of(part, here) if here else ():
                for column, array in zip(found, batch.columns, strict=False):
                    column.append(_copy(array))
            for column in found[len(here) :]:
                column.append(pa.nulls(part.height, pa.string()))
        return found

    def _stream(self, column: int) -> Iterator[Any]:
        for part in self._parts:
            if column < part.width:
                yield from (batch.column(0) for batch in _batches_of(part, [column]))
            else:
                yield pa.nulls(part.height, pa.string())

    def _read_heads(self) -> list[list[str | None]]:
        if self._group >= self._width:  # all columns are read together, and at hand
            return [self._first_of(column) for column in range(self._width)]
        found: list[list[str | None]] = [[] for _ in range(self._width)]
        for part in self._parts:
            for batch in _batches_of(part, list(range(min(part.width, self._width)))):
                rows = min(_HEAD - len(found[0]), batch.num_rows)
                for at, column in enumerate(found):
                    cells = (
                        batch.column(at).slice(0, rows).to_pylist() if at < part.width else [None] * rows
                    )
                    column += cells
                if len(found[0]) >= _HEAD:
                    return found
        return found

    def _first_of(self, column: int) -> list[str | None]:
        texts = (text for chunk in self.chunks(column) for text in chunk.slice(0, _HEAD).to_pylist())
        return list(islice(texts, _HEAD))


def _copy(array: Any) -> Any:
    """The array by itself: as it was read, it keeps all columns of its rows in memory."""
    return pa.concat_arrays([array, array.slice(0, 0)])


def _batches_of(part: StoredPart, columns: list[int]) -> Iterator[Any]:
    options = pa.ipc.IpcReadOptions(included_fields=columns)
    with pa.OSFile(str(part.path)) as file, pa.ipc.open_file(file, options=options) as stored:
        for at in range(stored.num_record_batches):
            yield stored.get_batch(at)


class TextColumn(Sequence[str | None]):
    """One column of a stored sheet: its cells as text, None for an empty one. Read when first looked at.

    Equal texts are one object, since a survey repeats itself.
    """

    __slots__ = ("_all", "_at", "_stored")

    def __init__(self, stored: StoredColumns, at: int) -> None:
        self._stored, self._at = stored, at
        self._all: list[str | None] | None = None

    def __len__(self) -> int:
        return self._stored.height()

    @overload
    def __getitem__(self, at: int) -> str | None: ...
    @overload
    def __getitem__(self, at: slice) -> list[str | None]: ...
    def __getitem__(self, at: int | slice) -> str | list[str | None] | None:
        if isinstance(at, int) and 0 <= at < _HEAD and self._all is None:
            return self._stored.head(self._at)[at]
        return self._cells()[at]

    def __iter__(self) -> Iterator[str | None]:
        if self._all is not None:
            return iter(self._all)
        return (text for chunk in self._stored.chunks(self._at) for text in chunk.to_pylist())

    def filled(self) -> int:
        """How many of its cells are not empty; none of them becomes an object for that."""
        return sum(len(chunk) - chunk.null_count for chunk in self._stored.chunks(self._at))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __repr__(self) -> str:
        return repr(self._cells())

    __hash__ = None  # type: ignore[assignment]

    def _cells(self) -> list[str | None]:
        if self._all is None:
            self._all = _shared_texts(self._stored.chunks(self._at))
        return self._all


def _shared_texts(chunks: Iterable[Any]) -> list[str | None]:
    """The cells of a column, equal texts as one object: faster than a look at each of them in Python."""
    once: dict[str, str] = {}
    found: list[str | None] = []
    for chunk in chunks:
        encoded = chunk.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        shared = np.array([*map(once.setdefault, texts, texts), None], dtype=object)
        places = pc.fill_null(encoded.indices, len(texts)) if encoded.null_count else encoded.indices
        found += shared[places.to_numpy()].tolist()
    return found


def write_flags(folder: Path, columns: Sequence[Any], height: int) -> Path:
    """Which cells of these columns hold anything, in a file; None for a column without any."""
    path = folder / f"{uuid.uuid4().hex}.flags"
    flags = [pa.array([False] * height) if c is None else pc.is_valid(c) for c in columns]
    batch = pa.record_batch(flags, names=[str(at) for at in range(len(columns))])
    with pa.ipc.new_file(str(path), batch.schema) as out:
        out.write_batch(batch)
    return path


def flagged_rows(path: Path, column: int) -> frozenset[int]:
    """The rows (from 1) that are flagged in a column."""
    with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as stored:
        if column >= len(stored.schema):
            return frozenset()
        flags = stored.get_batch(0).column(column).to_pylist()
    return frozenset(at for at, flag in enumerate(flags, start=1) if flag)
