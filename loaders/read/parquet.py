"""Columns in and out of Parquet, and out to CSV in bounded memory; the only module that knows pyarrow."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv as pa_csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

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


def size(data: bytes) -> tuple[int, int]:
    """(rows, columns) of a Parquet file, from its footer; ValueError where it is none."""
    try:
        held = pq.read_metadata(io.BytesIO(data))
    except (pa.ArrowException, OSError) as error:
        raise ValueError(str(error)) from error
    return held.num_rows, held.num_columns


def read_columns(data: bytes) -> list[list[str | None]]:
    """The columns of a Parquet file as text, each with its heading first; blank text is no value.

    Raises ValueError for a file that is damaged, and for columns that have no plain text (lists, structs).
    """
    try:
        table = pq.read_table(io.BytesIO(data))
        return [
            [name, *(text or None for text in pc.cast(table.column(at), pa.string()).to_pylist())]
            for at, name in enumerate(table.column_names)
        ]
    except (pa.ArrowException, OSError) as error:
        raise ValueError(str(error)) from error
