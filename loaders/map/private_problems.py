"""Say where what must not be stored stands outside of rows: in names of files and sheets, headings, comments."""

from __future__ import annotations

from collections.abc import Iterator

from graph_model.text import Text
from loaders.privacy import private_kind
from loaders.problems import HIDDEN, Problem, address, problem
from loaders.read.worksheet import Worksheet

_FILE = Text("文件", "file")
_SHEET = Text("工作表", "sheet")


def private_file_name(file: str, kind: Text) -> Problem:
    """The name of a file holds something of that kind; `file` is without it."""
    return _name(_FILE, kind, file)


def private_in_sheet(sheet: Worksheet) -> Iterator[Problem]:
    """What a sheet's name and its comments hold, whether or not the sheet is read."""
    kind = private_kind(sheet.private_name) if sheet.private_name is not None else None
    if kind is not None:
        yield _name(_SHEET, kind, sheet.file, sheet.name)
    for (row, column), found in sheet.details.private_comments.items():
        yield private_at("private_comment", sheet, address(column, row), found)


def private_at(code: str, sheet: Worksheet, cell: str, kind: Text) -> Problem:
    """What a heading or a comment holds, at its cell and without it."""
    return problem(code, sheet.file, sheet.name, cell, HIDDEN, kind=kind.zh, kind_en=kind.en)


def _name(of: Text, kind: Text, file: str, sheet: str = "") -> Problem:
    return problem("private_name", file, sheet, of=of.zh, of_en=of.en, kind=kind.zh, kind_en=kind.en)
