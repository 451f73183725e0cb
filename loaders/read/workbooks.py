"""Read a workbook file into Sheets of text cells; the only module that knows fastexcel."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any
from zipfile import ZipFile

import fastexcel

from graph_model.errors import InputError
from loaders import ole
from loaders.delimited import signatures
from loaders.file_kinds import TEXTS, WORKBOOKS, ending_of
from loaders.privacy import masked_names
from loaders.read import csv_text, parquet, xls
from loaders.read.csv_text import Cells as Cells
from loaders.read.limits import MAX_CELLS, Look, check_zip, too_large, unusable
from loaders.read.xlsx_details import NO_DETAILS, Details, DetailsParser, parse_details

MAX_FILE_BYTES = 256 * 2**20

_Rows = Callable[[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as Excel counts it (from 1), its cells by column (from 0 = A); an empty cell is None."""

    file: str
    sheet: str
    number: int
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One sheet, by columns: `columns[0]` is A, its first entry is row 1.

    `numeric(column)`: the rows whose cell is a number and not a text, so that 2001.1 can be doubted.
    `details`: merged cells, hidden rows, formulas without a result. `private_name`: what the workbook itself
    calls the sheet, where that must not be kept; `name` is without it then.
    """

    file: str
    name: str
    columns: tuple[Cells, ...]
    height: int
    hidden: bool = False
    numeric: _Rows = field(default=lambda _: frozenset(), repr=False, compare=False)
    details: Details = field(default=NO_DETAILS, repr=False, compare=False)
    private_name: str | None = field(default=None, repr=False, compare=False)

    def rows(self, limit: int | None = None) -> Iterator[Row]:
        """The first `limit` rows, or all."""
        stop = self.height if limit is None else min(limit, self.height)
        for index in range(stop):
            yield Row(self.file, self.name, index + 1, tuple(c[index] for c in self.columns))


def worksheet_of(
    file: str, name: str, rows: Sequence[Sequence[str | None]], numeric: bool = False
) -> Worksheet:
    """A sheet from rows of text, the first being row 1; blank text is no value."""
    columns, height = csv_text.turned(iter(rows), file)
    return _text_sheet(file, name, columns, height, numeric=numeric)


def _text_sheet(
    file: str, name: str, columns: tuple[Cells, ...], height: int, *, numeric: bool
) -> Worksheet:
    def every(_: int) -> frozenset[int]:
        return frozenset(range(1, height + 1)) if numeric else frozenset()

    return Worksheet(file, name, columns, height, numeric=every)


def read_workbook(path: Path, name: str | None = None) -> tuple[Worksheet, ...]:
    """The sheets of one file, in its order, under the name by which Problems speak of it.

    Raises InputError, with one line of what is wrong and what to do, for a file that is missing, of
    another kind, damaged, protected by a password, or larger than can be read in bounded memory.
    """
    name = name or path.name
    reader = _reader(path, name)
    return _with_names_to_keep(reader(_bytes_of(path, name), name))


def read_content(content: bytes, name: str) -> tuple[Worksheet, ...]:
    """The sheets of a file that is at hand as bytes, of the kind that its name says; raises as `read_workbook`."""
    return _with_names_to_keep(_reader(PurePath(name), name)(content, name))


def _reader(path: PurePath, name: str) -> Callable[[bytes, str], tuple[Worksheet, ...]]:
    reader = FORMATS.get(ending_of(path.name))
    if reader is None:
        raise unusable(
            name,
            f"不是可读取的文件类型；可用的有：{'、'.join(FORMATS)}",
            f"not a kind that can be read; there are: {', '.join(FORMATS)}",
        )
    return reader


def _with_names_to_keep(sheets: tuple[Worksheet, ...]) -> tuple[Worksheet, ...]:
    names = masked_names(s.name for s in sheets)
    return tuple(
        s if names[s.name] == s.name else replace(s, name=names[s.name], private_name=s.name)
        for s in sheets
    )


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise too_large(name, f"{MAX_FILE_BYTES // 2**20} MiB")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise unusable(name, "文件不存在", "there is no such file") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise unusable(name, f"读取失败（{reason}）", f"it cannot be read ({reason})") from error
    if not data:
        raise unusable(name, "文件是空的", "the file is empty")
    return data


# --- Excel ---------------------------------------------------------------------------------------

_ZIP = b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def _read_excel(data: bytes, name: str) -> tuple[Worksheet, ...]:
    # The content decides, not the ending: offices rename files, and exports lie.
    details: Mapping[str, Details] = {}
    if data.startswith(_ZIP):
        details = _checked(data, name)
    elif ole.is_workbook(data):
        if _ENCRYPTED in data:
            raise _password(name)
        return _read_old(data, name)
    else:
        kind = signatures.kind_of(data) or signatures.text_kind(data)
        raise unusable(
            name,
            f"不是 Excel 工作簿，{f'而是{kind.zh}' if kind else '或文件已损坏'}；"
            "请在 Excel 或 WPS 中打开，另存为 .xlsx",
            f"no Excel workbook, {f'but {kind.en}' if kind else 'or damaged'}; open it in Excel or WPS and save it as "
            ".xlsx",
        )
    try:
        book = fastexcel.read_excel(data)
        return tuple(
            _excel_sheet(book, name, index, details.get(title, NO_DETAILS))
            for index, title in enumerate(book.sheet_names)
        )
    except fastexcel.FastExcelError as error:
        if "password" in str(error).lower():
            raise _password(name) from error
        raise unusable(
            name,
            "工作簿已损坏或不完整；请在 Excel 或 WPS 中打开后另存为 .xlsx",
            "the workbook is damaged or incomplete; open it in Excel or WPS and save it as .xlsx",
        ) from error


def _checked(data: bytes, name: str) -> dict[str, Details]:
    """The details of each sheet of an .xlsx by its name; refused, with InputError, where it is unreasonable."""
    watching: dict[str, tuple[str, DetailsParser]] = {}

    def looks(archive: ZipFile) -> dict[str, Look]:
        watching.update(parse_details(archive, name))
        return {part: watcher.see for part, (_, watcher) in watching.items()}

    check_zip(data, name, looks)
    return {sheet: watcher.details() for sheet, watcher in watching.values()}


def _read_old(data: bytes, name: str) -> tuple[Worksheet, ...]:
    if len(data) > xls.MAX_BYTES:
        raise too_large(name, f"{xls.MAX_BYTES // 2**20} MiB")
    try:
        return tuple(
            Worksheet(
                name,
                s.name,
                s.columns,
                s.height,
                s.hidden,
                _rows_of(s.numbers),
                s.details,
            )
            for s in xls.read_sheets(data, MAX_CELLS)
        )
    except xls.Protected as error:
        raise _password(name) from error
    except OverflowError as error:
        raise too_large(name, f"{MAX_CELLS} 个单元格 cells") from error
    except ValueError as error:
        raise unusable(
            name,
            "工作簿已损坏或不完整；请在 Excel 或 WPS 中打开后另存为 .xlsx",
            "the workbook is damaged or incomplete; open it in Excel or WPS and save it as .xlsx",
        ) from error


def _rows_of(numbers: Mapping[int, frozenset[int]]) -> _Rows:
    return lambda column: numbers.get(column, frozenset())


def _password(name: str) -> InputError:
    return unusable(
        name,
        "工作簿有打开密码；请去掉密码后再导入",
        "the workbook is protected by a password; remove it and load again",
    )


def _excel_sheet(book: fastexcel.ExcelReader, name: str, index: int, details: Details) -> Worksheet:
    # skip_rows=0 keeps leading empty rows, so that row numbers are Excel's own.
    options: Mapping[str, Any] = {"header_row": None, "skip_rows": 0}
    loaded = book.load_sheet(index, dtypes="string", **options)
    title = str(book.sheet_names[index])
    first = {info.absolute_index: at for at, info in enumerate(loaded.selected_columns)}
    batch = loaded.to_arrow() if loaded.height else None
    height = loaded.height
    empty: Cells = (None,) * height
    columns = tuple(
        batch.column(first[c]).to_pylist() if batch is not None and c in first else empty
        for c in range(max(first, default=-1) + 1)
    )
    for kept, at in ((_MONTH, details.months), (_YEAR, details.years)):
        for column, rows in at.items():
            if column < len(columns):
                _as_shown(columns[column], rows, kept)

    def numeric(column: int) -> frozenset[int]:
        # Rarely asked for, so a second read of the sheet is cheap enough. As booleans, because only that
        # tells a number from a text that looks like one.
        if column not in first:
            return frozenset()
        again = book.load_sheet(index, dtypes={column: "boolean"}, schema_sample_rows=1, **options)
        values = again.to_arrow().column(first[column]).to_pylist()
        return frozenset(at for at, value in enumerate(values, start=1) if value is not None)

    return Worksheet(name, title, columns, height, loaded.visible != "visible", numeric, details)


_MONTH, _YEAR = 7, 4
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2}) 00:00:00|(\d{5})(?:\.0*)?", re.ASCII)
_SERIAL_START = dt.date(1899, 12, 30)


def _as_shown(column: Cells, rows: Iterable[int], kept: int) -> None:
    """Cut dates that the workbook shows as a year, or a year and month: the first day is Excel's invention."""
    if not isinstance(column, list):
        return
    for row in rows:
        text = column[row - 1] if 0 < row <= len(column) else None
        found = _DAY.fullmatch(text) if text else None
        if found:
            day = found.group(1)
            day = day or (_SERIAL_START + dt.timedelta(days=int(found.group(2)))).isoformat()
            column[row - 1] = day[:kept]


# --- text ----------------------------------------------------------------------------------------


def _read_csv(data: bytes, name: str) -> tuple[Worksheet, ...]:
    columns, height = csv_text.read_columns(io.BytesIO(data), name)
    # Excel writes the number 2001.10 as 2001.1 into a CSV: doubt it as in a workbook.
    return (_text_sheet(name, Path(name).stem, columns, height, numeric=True),)


# --- columns -------------------------------------------------------------------------------------


def _read_parquet(data: bytes, name: str) -> tuple[Worksheet, ...]:
    try:
        rows, width = parquet.size(data)
        if rows * width > MAX_CELLS:
            raise too_large(name, f"{MAX_CELLS} 个单元格 cells")
        columns = parquet.read_columns(data)
    except ValueError as error:
        raise unusable(
            name,
            f"不是有效的 Parquet 文件（{error}）；请另存为 .csv 或 .xlsx",
            f"no valid Parquet file ({error}); save it as .csv or .xlsx",
        ) from error
    return (Worksheet(name, Path(name).stem, tuple(columns), rows + 1),)


FORMATS: dict[str, Callable[[bytes, str], tuple[Worksheet, ...]]] = {
    **dict.fromkeys(WORKBOOKS, _read_excel),
    **dict.fromkeys(TEXTS, _read_csv),
    ".parquet": _read_parquet,
}
"""File ending -> reader. A new format is a function and its line here."""
