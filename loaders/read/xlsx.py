"""Read an .xlsx, .xlsm or .xlsb into stored columns of text; the only module that knows fastexcel."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import fastexcel

from loaders.foreign_files.sheets import Beside, ForeignFault, TooMuch
from loaders.foreign_files.xlsb import read_book
from loaders.ooxml.package import DamagedXml
from loaders.read.arrow import SheetWriter, text_list, write_flags
from loaders.read.limits import (
    MAX_EXCEL_CELLS,
    Unusual,
    check_sheet,
    check_unpacked,
    locked,
    long_texts,
    too_many_cells,
    unusable,
)
from loaders.read.stored_sheet import StoredSheet
from loaders.read.worksheet import Details
from loaders.read.xlsx_details import DetailsParser, parser_of, read_styles
from loaders.read.xlsx_package import (
    PackageParts,
    Workbook,
    find_workbook,
    usual_sheets,
    write_usual,
)

_OPTIONS: Mapping[str, Any] = {"header_row": None, "skip_rows": 0}
"""Leading empty rows are kept, so that row numbers are Excel's own."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A sheet as the library gives it: where its columns stand in the batch of Arrow, and the batch; None: no row."""

    first: Mapping[int, int]
    height: int
    batch: Any


class _Ahead:
    """One sheet that is loaded in a thread of its own while the workbook is still being checked.

    The library works without Python's lock, so that the two take the time of one. Where the check refuses the
    workbook, the thread is left to itself: the process has to end then (`loaders.read.reader_worker`).
    """

    def __init__(self) -> None:
        self.sheet: str | None = None
        self._loaded: Future[_Loaded] | None = None

    def begin(self, path: Path, sheet: str) -> None:
        """Begin with a sheet of a workbook that is in the usual form."""
        self.sheet = sheet
        self._loaded = ThreadPoolExecutor(1).submit(lambda: _load(_open(path), sheet))

    def drop(self) -> None:
        """Wait for what was begun, and forget it: its memory is wanted."""
        if self._loaded is not None:
            self._loaded.exception()
        self._loaded = self.sheet = None

    def loaded(self) -> _Loaded:
        """The sheet, once; raises what loading it raised."""
        if self._loaded is None:
            raise RuntimeError("no sheet was begun")
        loaded, self._loaded, self.sheet = self._loaded.result(), None, None
        return loaded


def read_xlsx(path: Path, name: str, folder: Path, *, ahead: bool = False) -> Iterator[StoredSheet]:
    """The sheets of cells of a workbook, in its order, their columns stored in `folder`.

    `ahead`: load the largest sheet while the workbook is still being checked, which takes memory and the process
    with it where the check would have refused it.
    InputError for a workbook that is damaged, protected, or larger than can be read in bounded memory.
    """
    early = _Ahead()
    try:
        usual, book, watching = _checked(path, name, folder, early if ahead else None)
        reader = None
        for sheet in book.sheets:
            if usual == path and sheet.name == early.sheet:
                loaded = early.loaded()
            else:
                reader = reader or _open(usual)
                loaded = _load(reader, sheet.name)
            beside = watching[sheet.part]
            stored = _stored(sheet.name, loaded, beside.dates, book.date1904, folder, name)
            yield replace(stored, hidden=sheet.hidden, details=beside.details())
    except fastexcel.FastExcelError as error:
        if "password" in str(error).lower():
            raise protected(name) from error
        raise damaged(name) from error
    except _DAMAGED as error:
        raise damaged(name) from error


def read_xlsb(path: Path, name: str, folder: Path) -> Iterator[StoredSheet]:
    """The sheets of cells of a binary workbook; InputError as of `read_xlsx`."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_unpacked(archive.infolist(), name)
            book = read_book(archive)
        for sheet in book.sheets:
            if sheet.rows * sheet.columns > MAX_EXCEL_CELLS:
                raise too_many_cells(name, MAX_EXCEL_CELLS)
        reader = fastexcel.read_excel(path.read_bytes())
        for sheet in book.sheets:
            stored = _stored(
                sheet.name, _load(reader, sheet.name), sheet.dates, book.date1904, folder, name
            )
            yield with_beside(stored, sheet.beside)
    except ForeignFault as fault:
        raise unusable(name, fault.text.zh, fault.text.en) from fault
    except TooMuch as error:
        raise too_many_cells(name, MAX_EXCEL_CELLS) from error
    except (fastexcel.FastExcelError, *_DAMAGED) as error:
        raise damaged(name) from error


def with_beside(stored: StoredSheet, beside: Beside) -> StoredSheet:
    """A sheet of another program's file with what was found beside its values."""
    details = Details(
        tuple(sorted(set(beside.merged))),
        frozenset(beside.hidden_rows),
        beside.faults,
        beside.private,
        frozenset(beside.struck),
    )
    return replace(
        stored,
        hidden=beside.hidden,
        numbers=None if beside.texts else beside.numbers,
        all_numbers=beside.texts,
        details=details,
    )


_DAMAGED = (
    DamagedXml,
    zipfile.BadZipFile,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    LookupError,
)


def damaged(name: str) -> Exception:
    """The error for a workbook that is damaged."""
    return unusable(
        name,
        "工作簿已损坏或不完整；请在 Excel 或 WPS 中打开后另存为 .xlsx",
        "the workbook is damaged or incomplete; open it in Excel or WPS and save it as .xlsx",
    )


def protected(name: str) -> Exception:
    """The error for a workbook with a password."""
    return locked(name, tried=False)


def numbers_of(path: Path, name: str, sheet: int, width: int, folder: Path) -> Path:
    """Which cells of the first `width` columns of a sheet are numbers, stored in `folder`.

    `sheet`: its place among the sheets of cells.

    Read as booleans, because only that tells a number from a text that looks like one.
    """
    usual, book, _ = _checked(path, name, folder, None)
    reader = _open(usual)
    index = reader.sheet_names.index(book.sheets[sheet].name)
    kinds: Any = dict.fromkeys(range(width), "boolean")
    loaded = reader.load_sheet(index, dtypes=kinds, schema_sample_rows=1, **_OPTIONS)
    batch = loaded.to_arrow() if loaded.height else None
    first = {info.absolute_index: at for at, info in enumerate(loaded.selected_columns)}
    return write_flags(
        folder,
        [batch.column(first[at]) if batch is not None and at in first else None for at in range(width)],
        loaded.height,
    )


def _open(path: Path) -> fastexcel.ExcelReader:
    """A workbook; the library goes by the ending of a path, and offices rename files."""
    return fastexcel.read_excel(path if path.suffix.lower() in (".xlsx", ".xlsm") else path.read_bytes())


def _checked(
    path: Path, name: str, folder: Path, ahead: _Ahead | None
) -> tuple[Path, Workbook, dict[str, DetailsParser]]:
    """A workbook in the usual form, which may be a copy in `folder`: its path, its parts, what stands beside values."""
    with zipfile.ZipFile(path) as archive:
        check_unpacked(archive.infolist(), name)
        parts = PackageParts(archive, name)
        book = find_workbook(parts, name)
        if ahead is not None and book.usual and book.sheets:
            ahead.begin(path, max(book.sheets, key=lambda s: parts.size(s.part)).name)
        watching = _parsers(parts, book, name)
        try:
            if not book.usual:
                raise Unusual
            _look(parts, book, watching, name)
        except Unusual:
            if ahead is not None:
                ahead.drop()
            target = folder / "usual.xlsx"
            write_usual(parts, book, target)
            copied = usual_sheets(book)
            again = _parsers(parts, book, name)
            watching = {
                new.part: again[old.part] for old, new in zip(book.sheets, copied.sheets, strict=True)
            }
            with zipfile.ZipFile(target) as copy:
                try:
                    _look(PackageParts(copy, name), copied, watching, name)
                except Unusual:  # its addresses are beyond those that a sheet can have
                    raise too_many_cells(name, MAX_EXCEL_CELLS) from None
            return target, copied, watching
    return path, book, watching


def _parsers(parts: PackageParts, book: Workbook, name: str) -> dict[str, DetailsParser]:
    styles = read_styles(parts, book)
    return {s.part: parser_of(parts, s.part, styles, name) for s in book.sheets}


def _look(parts: PackageParts, book: Workbook, watching: Mapping[str, DetailsParser], name: str) -> None:
    long: dict[int, int] = {}
    if book.shared is not None:
        with parts.open(book.shared) as stream:
            long = long_texts(stream, name)
    for sheet in book.sheets:
        with parts.open(sheet.part) as stream:
            check_sheet(stream, name, long, watching[sheet.part].see)


def _load(reader: fastexcel.ExcelReader, sheet: str) -> _Loaded:
    loaded = reader.load_sheet(reader.sheet_names.index(sheet), dtypes="string", **_OPTIONS)
    first = {info.absolute_index: at for at, info in enumerate(loaded.selected_columns)}
    height = loaded.height
    return _Loaded(first, height, loaded.to_arrow() if height else None)


def _stored(
    sheet: str,
    loaded: _Loaded,
    dates: Mapping[str, Mapping[int, Iterable[int]]],
    date1904: bool,
    folder: Path,
    name: str,
) -> StoredSheet:
    first, height, batch = loaded.first, loaded.height, loaded.batch
    width = max(first, default=-1) + 1
    writer = SheetWriter(folder, name)
    columns: list[Any] = []
    for at in range(width):
        column = batch.column(first[at]) if batch is not None and at in first else [None] * height
        dated = {kind: rows[at] for kind, rows in dates.items() if at in rows}
        if dated:
            column = text_list(column)
            for kind, rows in dated.items():
                _as_shown(column, rows, kind, date1904)
        columns.append(column)
    writer.add(columns)
    return StoredSheet(sheet, False, height, width, writer.close())


_LENGTH = {"day": 10, "month": 7, "year": 4}
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2}) 00:00:00|(\d{1,6})(?:\.0*)?", re.ASCII)
_START, _START_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


def _as_shown(column: list[str | None], rows: Iterable[int], kind: str, date1904: bool) -> None:
    """Write dates as exactly as the workbook shows them: the first day of a month is Excel's invention.

    A number is a date that the library does not know as one.
    """
    for row in rows:
        text = column[row - 1] if 0 < row <= len(column) else None
        found = _DAY.fullmatch(text) if text else None
        if found and found.group(1):
            column[row - 1] = found.group(1)[: _LENGTH[kind]]
        elif found and (day := _day(int(found.group(2)), date1904)):
            column[row - 1] = day.isoformat()[: _LENGTH[kind]]


def _day(serial: int, date1904: bool) -> dt.date | None:
    start = _START_1904 if date1904 else _START
    return start + dt.timedelta(days=serial) if serial < 200_000 else None
