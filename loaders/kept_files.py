"""Keep the files of a load in the data folder, by their SHA-256, without what must not be stored."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph_model.errors import InputError
from loaders.form import read_forms
from loaders.headings import HEADER_WITHIN, recognise
from loaders.parts import write_parts
from loaders.privacy import is_private_heading, private_rows
from loaders.values_book import values_book
from loaders.workbooks import Sheet, read_workbook

FOLDER = "rounds"
_FILES = "files"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a load: its name, the SHA-256 that it had, and that of what was kept.

    The two differ where cells with private data (identity-card numbers and the like) were left out.
    """

    name: str
    sha256: str
    kept: str

    @property
    def whole(self) -> bool:
        """Was the file kept as it was."""
        return self.sha256 == self.kept


Source = Path | bytes
"""A file of a load: where it is, or its content where it may be gone before the load is written."""

IN_MEMORY = 64 * 2**20


def sources(files: Sequence[tuple[str, Path]]) -> dict[str, Source]:
    """Name -> content, or the path where the files together are too large to be held, or one cannot be read."""
    if sum(path.stat().st_size for _, path in files) > IN_MEMORY:
        return dict(files)
    return {name: _content(path) for name, path in files}


def _content(path: Path) -> Source:
    try:
        return path.read_bytes()
    except OSError:  # reading the round says so; nothing of it is kept then
        return path


def keep(data: Path, name: str, source: Source, sha256: str) -> KeptFile:
    """Keep one file; the same content is kept once. InputError where it is not what was read any more."""
    try:
        content = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise InputError(
            f"{name} 已读不到，没有写入任何内容；请重新导入",
            f"{name} can no longer be read; nothing was written: load again",
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InputError(
            f"{name} 在读取之后被改动了，没有写入任何内容；请重新导入",
            f"{name} was changed after it was read; nothing was written: load again",
        )
    with tempfile.TemporaryDirectory(dir=private_folder(data / FOLDER), prefix=".keep-") as folder:
        path = Path(folder) / f"file{Path(name).suffix}"
        path.write_bytes(content)
        content = without_private(path, name) or content
    kept = hashlib.sha256(content).hexdigest()
    target = _place(data, kept)
    if not target.exists():
        write_private(target, content)
    return KeptFile(name, sha256, kept)


def restore(data: Path, files: Sequence[KeptFile], folder: Path) -> None:
    """Lay the kept files out in a folder under their names; InputError where one is missing or damaged."""
    for file in files:
        target = (folder / file.name).resolve()
        if folder.resolve() not in target.parents:
            raise InputError(
                f"批次记录中的文件名无效：{file.name}", f"the history holds a wrong file name: {file.name}"
            )
        try:
            content = _place(data, file.kept).read_bytes()
        except FileNotFoundError as error:
            raise _lost(file.name) from error
        if hashlib.sha256(content).hexdigest() != file.kept:
            raise _lost(file.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _lost(name: str) -> InputError:
    return InputError(
        f"保存的文件 {name} 已缺失或损坏；请从备份恢复数据文件夹中的 {FOLDER}",
        f"the kept file {name} is missing or damaged; restore {FOLDER} in the data folder from a backup",
    )


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read: all of it or nothing, and on the disk when this returns."""
    private_folder(path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def private_folder(folder: Path) -> Path:
    """A folder that only its owner may enter, made with those above it where they are not there."""
    if not folder.exists():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _place(data: Path, digest: str) -> Path:
    return data / FOLDER / _FILES / digest


# --- what must not be stored ---------------------------------------------------------------------


def without_private(path: Path, name: str) -> bytes | None:
    """The values of a file without its private cells; None where it has none and can be kept as it is.

    Rows and columns stay where they were, so that it reads as before.
    """
    sheets = read_workbook(path, name)
    hidden = [_private_cells(s) for s in sheets]
    if not any(hidden) and not any(s.private_name or s.details.private_comments for s in sheets):
        return None
    clean = [_blank(s, cells) for s, cells in zip(sheets, hidden, strict=True)]
    if path.suffix.lower() == ".csv":
        return _as_csv(clean[0])
    return write_parts(values_book(clean))


def _private_cells(sheet: Sheet) -> dict[int, frozenset[int]]:
    """Column -> rows (from 0) that hold private data, or stand below a heading that asks for it."""
    header = recognise(sheet, read_forms())
    found: dict[int, frozenset[int]] = {}
    for index, column in enumerate(sheet.columns):
        rows = set(private_rows(column))
        last = HEADER_WITHIN if header is None else header.row
        first = 0 if header is None else header.row - 1
        for at in range(first, min(last, sheet.height)):
            if is_private_heading(column[at] or "") and (
                header is None or index not in header.columns.values()
            ):
                rows.update(range(at + 1, sheet.height))
                break
        if any(column[at] for at in rows):
            found[index] = frozenset(rows)
    return found


def _blank(sheet: Sheet, cells: Mapping[int, frozenset[int]]) -> Sheet:
    columns = tuple(
        [None if at in cells[index] else text for at, text in enumerate(column)]
        if index in cells
        else column
        for index, column in enumerate(sheet.columns)
    )
    return replace(sheet, columns=columns)


def _as_csv(sheet: Sheet) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in sheet.rows():
        writer.writerow(["" if c is None else c for c in row.cells])
    return out.getvalue().encode("utf-8-sig")
