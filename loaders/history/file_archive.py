"""Archive the files of a load by their SHA-256, without cells that must not be stored."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from graph_model.errors import InputError
from graph_model.private_file import write_private
from loaders.forms.form import read_forms
from loaders.history.sheet_codec import are_sheets, pack, unpack
from loaders.map.headings import HEADER_WITHIN, match_form
from loaders.privacy import is_private_heading, private_rows
from loaders.read.file_source import Source
from loaders.read.workbooks import read_content
from loaders.read.worksheet import Worksheet

FOLDER = "rounds"
_FILES = "files"


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file of a load: its name, the SHA-256 that it had, and that of what was kept.

    The two differ where cells with private data (identity-card numbers and the like) were left out; what was
    kept is then its sheets as they were read, without those cells.
    """

    name: str
    sha256: str
    kept: str

    @property
    def whole(self) -> bool:
        """Was the file kept as it was."""
        return self.sha256 == self.kept


def archive_file(data: Path, name: str, source: Source, sha256: str) -> ArchivedFile:
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
    content = without_private(content, name) or content
    kept = hashlib.sha256(content).hexdigest()
    target = _place(data, kept)
    if not target.exists():
        write_private(target, content)
    return ArchivedFile(name, sha256, kept)


def archived_sheets(data: Path, file: ArchivedFile) -> tuple[Worksheet, ...]:
    """The sheets of a kept file, as they were when it was loaded; InputError where it is missing or damaged."""
    try:
        content = _place(data, file.kept).read_bytes()
    except OSError as error:
        raise _lost(file.name) from error
    if hashlib.sha256(content).hexdigest() != file.kept:
        raise _lost(file.name)
    if not are_sheets(content):
        return read_content(content, file.name)
    try:
        return unpack(content, file.name)
    except ValueError as error:
        raise _lost(file.name) from error


def _lost(name: str) -> InputError:
    return InputError(
        f"保存的文件 {name} 已缺失或损坏；请从备份恢复数据文件夹中的 {FOLDER}",
        f"the kept file {name} is missing or damaged; restore {FOLDER} in the data folder from a backup",
    )


def _place(data: Path, digest: str) -> Path:
    return data / FOLDER / _FILES / digest


# --- what must not be stored ---------------------------------------------------------------------


def without_private(content: bytes, name: str) -> bytes | None:
    """The sheets of a file without its private cells; None where it has none and can be kept as it is.

    Whatever else was read of them stays: rows, columns, merged cells.
    """
    sheets = read_content(content, name)
    hidden = [_private_cells(s) for s in sheets]
    if not any(hidden) and not any(s.private_name or s.details.private_comments for s in sheets):
        return None
    return pack(_blank(s, cells) for s, cells in zip(sheets, hidden, strict=True))


def _private_cells(sheet: Worksheet) -> dict[int, frozenset[int]]:
    """Column -> rows (from 0) that hold private data, or stand below a heading that asks for it."""
    header = match_form(sheet, read_forms())
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


def _blank(sheet: Worksheet, cells: Mapping[int, frozenset[int]]) -> Worksheet:
    columns = tuple(
        [None if at in cells[index] else text for at, text in enumerate(column)]
        if index in cells
        else column
        for index, column in enumerate(sheet.columns)
    )
    return replace(sheet, columns=columns)
