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
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from graph_model.errors import InputError
from loaders import ole
from loaders.delimited import signatures
from loaders.read import arrow, xls, xlsx
from loaders.read.csv_text import read_csv
from loaders.read.limits import MAX_CELLS, MAX_COLUMNS, too_large, too_many_cells, unusable
from loaders.read.stored_sheet import StoredSheet, to_json

MEMORY = 496 * 2**20
"""Bytes that this process may use beyond its program; four million cells of a workbook take 350 MiB."""
_RESTART_ABOVE = 192 * 2**20
_ZIP = b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 4096

Reader = Callable[[Path, str, Path], Iterator[StoredSheet]]


def read_excel(path: Path, name: str, folder: Path, *, ahead: bool = False) -> Iterator[StoredSheet]:
    """The sheets of a workbook; its content decides how it is read, not its ending: offices rename files.

    `ahead`: faster, and ends the process where a hostile workbook would have been refused.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_ZIP):
        return xlsx.read_xlsx(path, name, folder, ahead=ahead)
    if ole.is_workbook(head):
        return _read_old(path, name, folder)
    kind = signatures.kind_of(head) or signatures.text_kind(head)
    raise unusable(
        name,
        f"不是 Excel 工作簿，{f'而是{kind.zh}' if kind else '或文件已损坏'}；请在 Excel 或 WPS 中打开，另存为 .xlsx",
        f"no Excel workbook, {f'but {kind.en}' if kind else 'or damaged'}; open it in Excel or WPS and save it as "
        ".xlsx",
    )


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
        if "numbers" in request:
            return {"flags": str(xlsx.numbers_of(path, name, request["numbers"], request["width"], folder))}
        return {"sheets": [to_json(s) for s in READERS[request["kind"]](path, name, folder)]}
    except InputError as error:
        return {"refused": [error.text.zh, error.text.en]}
    except MemoryError:
        return {"memory": True}


READERS: dict[str, Reader] = {
    "excel": read_excel,
    "excel ahead": partial(read_excel, ahead=True),
    "csv": read_csv,
    "parquet": read_parquet,
}


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
