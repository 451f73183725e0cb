"""Read a workbook file into Worksheets: asks the reading process, which may die of a file without harm."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import IO, Any

from graph_model.errors import InputError
from loaders.file_kinds import TEXTS, WORKBOOKS, ending_of
from loaders.privacy import masked_names
from loaders.read.arrow import StoredColumns, flagged_rows
from loaders.read.limits import locked, too_large, unusable
from loaders.read.stored_sheet import StoredSheet, from_json
from loaders.read.worksheet import Worksheet
from loaders.temp_dir import TempDir

MAX_FILE_BYTES = 256 * 2**20
_SECONDS, _BYTES_A_SECOND = 9.0, 2**20
"""How long the processor may work on a file: so much, and more for a large one."""
_BUSY = 10
"""How much longer that may take where other programs are at work too, or the disk is slow."""
_LARGE = 2**20
"""Bytes of a workbook above which its largest sheet is loaded while it is still being checked."""
_MANY_CELLS = 200_000
"""After more of them the process is ended: its memory is wanted for what it read."""
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", -1)


def read_workbook(path: Path, name: str | None = None) -> tuple[Worksheet, ...]:
    """The sheets of one file, in its order, under the name by which Problems speak of it.

    Raises InputError, with one line of what is wrong and what to do, for a file that is missing, of
    another kind, damaged, protected by a password, or larger than can be read in bounded memory and time.
    """
    name = name or path.name
    _check_ending(path, name)
    _check_file(path, name)
    return _read(path, name, TempDir())


def read_content(content: bytes, name: str) -> tuple[Worksheet, ...]:
    """The sheets of a file that is at hand as bytes; raises as `read_workbook`."""
    _check_ending(PurePath(name), name)
    folder = TempDir()
    path = folder.path / f"content{ending_of(name)}"
    path.write_bytes(content)
    _check_file(path, name)
    return _read(path, name, folder)


def unlocked_copy(path: Path, name: str, passwords: Sequence[str], folder: TempDir) -> Path | None:
    """A workbook without its password, in `folder`; None where it has none.

    LockedFile where none of the passwords opens it, InputError where it cannot be read at all.
    """
    request = {"path": str(path), "name": name, "folder": str(folder.path), "unlock": list(passwords)}
    answer = _ask(request)
    if "locked" in answer:
        raise locked(name, bool(passwords))
    found = answer["unlocked"]
    return Path(found) if found is not None else None


def _check_ending(path: PurePath, name: str) -> None:
    if ending_of(path.name) not in FORMATS:
        raise unusable(
            name,
            f"不是可读取的文件类型；请在 Excel 或 WPS 中打开，另存为 .xlsx；可用的有：{'、'.join(FORMATS)}",
            f"not a kind that can be read; open it in Excel or WPS and save it as .xlsx; the kinds are: "
            f"{', '.join(FORMATS)}",
        )


def _check_file(path: Path, name: str) -> None:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            file.read(1)
    except FileNotFoundError as error:
        raise unusable(name, "文件不存在", "there is no such file") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise unusable(name, f"读取失败（{reason}）", f"it cannot be read ({reason})") from error
    if not size:
        raise unusable(name, "文件是空的", "the file is empty")
    if size > MAX_FILE_BYTES:
        raise too_large(name, f"{MAX_FILE_BYTES // 2**20} MiB")


def _read(path: Path, name: str, folder: TempDir) -> tuple[Worksheet, ...]:
    request = {"path": str(path), "name": name, "kind": "file", "folder": str(folder.path)}
    answer = None
    if path.stat().st_size > _LARGE:
        answer = _once({**request, "kind": "file ahead"})
    answer = answer or _ask(request)
    sheets = [from_json(raw) for raw in answer["sheets"]]
    names = masked_names(s.name for s in sheets)
    return tuple(_worksheet(path, name, sheet, at, names, folder) for at, sheet in enumerate(sheets))


def _worksheet(
    path: Path, file: str, sheet: StoredSheet, at: int, names: Mapping[str, str], folder: TempDir
) -> Worksheet:
    columns = StoredColumns(sheet.parts, sheet.width, folder).columns()
    name = names[sheet.name]
    found = Worksheet(
        file,
        name,
        columns,
        sheet.height,
        sheet.hidden,
        _Numbers(path, file, sheet, at, folder),
        sheet.details,
        separated=sheet.separated,
    )
    return found if name == sheet.name else replace(found, private_name=sheet.name)


class _Numbers:
    """The rows of a column whose cells are numbers; of an .xlsx found when first asked for, which is rare."""

    def __init__(self, path: Path, file: str, sheet: StoredSheet, at: int, folder: TempDir) -> None:
        self._request = {
            "path": str(path),
            "name": file,
            "folder": str(folder.path),
            "numbers": at,
            "width": sheet.width,
        }
        self._sheet = sheet
        self._folder = folder  # holds the path of a file that was given as bytes
        self._flags: Path | None = None

    def __call__(self, column: int) -> frozenset[int]:
        if self._sheet.all_numbers:
            return frozenset(range(1, self._sheet.height + 1))
        if self._sheet.numbers is not None:
            return frozenset(self._sheet.numbers.get(column, ()))
        if self._flags is None:
            self._flags = Path(_ask(self._request)["flags"])
        return flagged_rows(self._flags, column)


# --- the reading process -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Worker:
    """A reading process, and the process that started it."""

    process: subprocess.Popen[str]
    parent: int

    def pipes(self) -> tuple[IO[str], IO[str]]:
        """Where requests go in, and answers come out."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the reading process has no pipes")
        return self.process.stdin, self.process.stdout

    def end(self) -> None:
        """End the process; a second time does nothing."""
        self.process.kill()
        self.process.wait()
        for pipe in self.pipes():
            pipe.close()


_idle: list[_Worker] = []
_lock = threading.Lock()


def _ask(request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a reading process; InputError for a file that was refused, or of which the process died."""
    answer = _once(request)
    if answer is None:
        raise _of_death(str(request["name"]), late=False)
    return answer


def _once(request: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answer of a reading process; None where it died, or had no memory left. InputError as of `_ask`."""
    worker = _take()
    line, late = _answer(worker, request)
    if not line:
        late = late or worker.process.wait() == _OUT_OF_TIME
        worker.end()
        if late:
            raise _of_death(str(request["name"]), late)
        return None
    answer: dict[str, Any] = json.loads(line)
    many = sum(s["height"] * s["width"] for s in answer.get("sheets", ())) > _MANY_CELLS
    if not answer["last"] and "memory" not in answer and not many:
        _give_back(worker)
    else:
        worker.end()
    if "refused" in answer:
        raise InputError(*answer["refused"])
    return None if "memory" in answer else answer


def _answer(worker: _Worker, request: Mapping[str, Any]) -> tuple[str, bool]:
    """The line that answers, or "" where the process ended; and whether it was ended because it took too long."""
    requests, answers = worker.pipes()
    late = threading.Event()

    def stop() -> None:
        late.set()
        worker.process.kill()

    seconds = _SECONDS + Path(str(request["path"])).stat().st_size / _BYTES_A_SECOND
    timer = threading.Timer(seconds * _BUSY, stop)
    timer.start()
    try:
        requests.write(json.dumps({**request, "seconds": seconds}) + "\n")
        requests.flush()
        return answers.readline(), late.is_set()
    except BrokenPipeError:
        return "", late.is_set()
    finally:
        timer.cancel()


def _of_death(name: str, late: bool) -> InputError:
    if late:
        return unusable(
            name,
            "读取时间过长，已停止；请在 Excel 或 WPS 中打开，另存为新的 .xlsx 后重新导入",
            "reading it took too long and was stopped; open it in Excel or WPS, save it as a new .xlsx and load again",
        )
    return unusable(
        name,
        "读取它需要的内存过大，或文件已损坏；请在 Excel 或 WPS 中另存为新的 .xlsx，"
        "行数很多时另存为 .csv 或分成几个文件",
        "it takes too much memory to read, or is damaged; save it as a new .xlsx in Excel or WPS, or where it has very "
        "many rows as .csv or in several files",
    )


def _take() -> _Worker:
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.parent == os.getpid():
                if worker.process.poll() is None:
                    return worker
                worker.end()
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "loaders.read.reader_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        # its memory is that of the files alone: no room set aside beforehand, no thread for each processor
        env={
            **os.environ,
            "PYTHONPATH": paths,
            "ARROW_DEFAULT_MEMORY_POOL": "system",
            "OMP_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "1",
            "RUST_BACKTRACE": "0",
        },
    )
    return _Worker(process, os.getpid())


def _give_back(worker: _Worker) -> None:
    with _lock:
        if not _idle:
            _idle.append(worker)
            return
    worker.end()


@atexit.register
def _end_idle() -> None:
    for worker in _idle:
        if worker.parent == os.getpid():
            worker.end()


FORMATS: tuple[str, ...] = (*WORKBOOKS, *TEXTS, ".parquet")
"""The endings of files that are read; how, their content says."""
