"""The process that reads files: takes requests as lines of JSON, stores what it read, answers with where it is.

A file can be made so that reading it takes all memory, never ends, or ends the program; here that costs this
process, which has so much memory and is started again, and not the server.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
import threading
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from graph_model.errors import InputError
from loaders import ole
from loaders.file_kinds import ending_of, is_text
from loaders.foreign_files import html_tables, ods, spreadsheetml
from loaders.foreign_files.kinds import kind_of, really
from loaders.foreign_files.locked import NoPasswordFits, unlock
from loaders.foreign_files.sheets import ForeignFault, ForeignSheet, TooMuch
from loaders.read import arrow, xls, xlsx
from loaders.read.csv_text import read_csv, store_rows
from loaders.read.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_EXCEL_CELLS,
    check_unpacked,
    too_large,
    too_many_cells,
    unusable,
)
from loaders.read.stored_sheet import StoredSheet, to_json

MEMORY = 496 * 2**20
"""Bytes that this process may use beyond its program; four million cells of a workbook take 350 MiB."""
_RESTART_ABOVE = 192 * 2**20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ODS_SECONDS, _ODS_BYTES_A_SECOND = 9.0, 8 * 2**20
MAX_MARKUP_BYTES = 64 * 2**20
"""A page or an XML spreadsheet is held whole: it may be in any encoding."""

Reader = Callable[[Path, str, Path], Iterator[StoredSheet]]


def read_file(path: Path, name: str, folder: Path, *, ahead: bool = False) -> Iterator[StoredSheet]:
    """The sheets of a file; its content decides how it is read, not its ending: offices rename files.

    `ahead`: faster, and ends the process where a hostile workbook would have been refused.
    """
    match kind_of(path):
        case "xlsx":
            return xlsx.read_xlsx(path, name, folder, ahead=ahead)
        case "xlsb":
            return xlsx.read_xlsb(path, name, folder)
        case "old":
            return _read_old(path, name, folder)
        case "parquet":
            return read_parquet(path, name, folder)
        case "ods":
            return _read_foreign(_ods(path, name), name, folder)
        case "fods":
            return _read_foreign(ods.read_flat_sheets(_whole(path, name)), name, folder)
        case "spreadsheetml":
            return _read_foreign(spreadsheetml.read_sheets(_whole(path, name)), name, folder)
        case "html":
            return _read_foreign(html_tables.read_sheets(_whole(path, name), Path(name).stem), name, folder)
        case "text":
            return read_csv(path, name, folder)
    if ending_of(name) == ".parquet":
        return read_parquet(path, name, folder)  # which says that it is none
    if is_text(name):
        return read_csv(path, name, folder)  # which says at what line it is no text
    kind = really(path)
    raise unusable(
        name,
        f"不是 Excel 工作簿，{f'而是{kind.zh}' if kind else '或文件已损坏'}；请在 Excel 或 WPS 中打开，另存为 .xlsx",
        f"no Excel workbook, {f'but {kind.en}' if kind else 'or damaged'}; open it in Excel or WPS and save it as "
        ".xlsx",
    )


def _whole(path: Path, name: str) -> bytes:
    if path.stat().st_size > MAX_MARKUP_BYTES:
        raise too_large(name, f"{MAX_MARKUP_BYTES // 2**20} MiB")
    return path.read_bytes()


def _ods(path: Path, name: str) -> Iterator[ForeignSheet]:
    try:
        with zipfile.ZipFile(path) as archive:
            check_unpacked(archive.infolist(), name)
            unpacked = sum(m.file_size for m in archive.infolist())
        # it packs far better than others, so that its own size says little of the work
        _limit_time(unpacked / _ODS_BYTES_A_SECOND + _ODS_SECONDS)
        yield from ods.read_sheets(path)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise xlsx.damaged(name) from error


def _read_foreign(sheets: Iterator[ForeignSheet], name: str, folder: Path) -> Iterator[StoredSheet]:
    try:
        for sheet in sheets:
            stored = store_rows(sheet.rows, name, folder)
            yield replace(xlsx.with_beside(stored, sheet.beside), name=sheet.name)
    except ForeignFault as fault:
        raise unusable(name, fault.text.zh, fault.text.en) from fault
    except TooMuch as error:
        raise too_many_cells(name, MAX_EXCEL_CELLS) from error


def _read_old(path: Path, name: str, folder: Path) -> Iterator[StoredSheet]:
    data = path.read_bytes() if path.stat().st_size <= xls.MAX_BYTES else b""
    if not data:
        raise too_large(name, f"{xls.MAX_BYTES // 2**20} MiB")
    if _ENCRYPTED in data:
        raise xlsx.protected(name)
    try:
        for sheet in xls.read_sheets(data, MAX_CELLS):
            writer = arrow.SheetWriter(folder, name)
            writer.add(sheet.columns)
            numbers = {column: sorted(rows) for column, rows in sheet.numbers.items()}
            yield StoredSheet(
                sheet.name,
                sheet.hidden,
                sheet.height,
                len(sheet.columns),
                writer.close(),
                numbers,
                details=sheet.details,
            )
    except xls.Protected as error:
        raise xlsx.protected(name) from error
    except OverflowError as error:
        raise too_many_cells(name, MAX_CELLS) from error
    except ole.NoWorkbook as error:
        raise unusable(
            name,
            "里面没有 Excel 工作表，可能是 Word 等程序的文件；请把表格存为 .xlsx",
            "no Excel workbook: a document of Word or another program; save the table as .xlsx",
        ) from error
    except ValueError as error:
        raise xlsx.damaged(name) from error


def read_parquet(path: Path, name: str, folder: Path) -> Iterator[StoredSheet]:
    """The one sheet of a Parquet file, its headings as row 1."""
    try:
        rows, width = arrow.size(path)
        if rows * width > MAX_CELLS or width > MAX_COLUMNS:
            raise too_many_cells(name, MAX_CELLS)
        writer = arrow.SheetWriter(folder, name)
        for batch in arrow.read_batches(path):
            writer.add(batch)
    except ValueError as error:
        raise unusable(
            name,
            f"不是有效的 Parquet 文件（{error}）；请另存为 .csv 或 .xlsx",
            f"no valid Parquet file ({error}); save it as .csv or .xlsx",
        ) from error
    yield StoredSheet(Path(name).stem, False, rows + 1, width, writer.close(), numbers={})


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    path, name, folder = Path(request["path"]), request["name"], Path(request["folder"])
    try:
        if "unlock" in request:
            target = folder / f"{uuid.uuid4().hex}{ending_of(path.name)}"
            return {"unlocked": str(target) if unlock(path, target, request["unlock"]) else None}
        if "numbers" in request:
            return {"flags": str(xlsx.numbers_of(path, name, request["numbers"], request["width"], folder))}
        return {"sheets": [to_json(s) for s in READERS[request["kind"]](path, name, folder)]}
    except InputError as error:
        return {"refused": [error.text.zh, error.text.en]}
    except NoPasswordFits:
        return {"locked": True}
    except MemoryError:
        return {"memory": True}


READERS: dict[str, Reader] = {"file": read_file, "file ahead": partial(read_file, ahead=True)}


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """End this process after so many further seconds of work: those of the processor, however busy the machine is."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        whole = math.ceil(used.ru_utime + used.ru_stime + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (whole, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _has_grown() -> bool:
    with contextlib.suppress(OSError):  # other systems than Linux do not tell
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") > _RESTART_ABOVE
    return False


def main() -> None:
    """Answer each request until there are no more; end after one that took much memory, to give it back."""
    _limit_memory()
    answers = sys.stdout
    sys.stdout = sys.stderr  # a library that prints must not stand among the answers
    for line in sys.stdin:
        request = json.loads(line)
        _limit_time(request["seconds"])
        answer = _answer(request)
        # told before it ends, so that it is not asked again meanwhile; a sheet may still be loading that nobody wants
        last = _has_grown() or threading.active_count() > 1
        answers.write(json.dumps({**answer, "last": last}) + "\n")
        answers.flush()
        if last:
            os._exit(0)


if __name__ == "__main__":
    main()
