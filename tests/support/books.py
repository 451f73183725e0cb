"""Workbooks for tests, as a person would type them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl


def save(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    """A workbook with these sheets, each a list of rows; its folder is made where there is none."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def save_round(folder: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    """A folder with one workbook of these sheets, as a survey round; the folder."""
    save(folder / "a.xlsx", **sheets)
    return folder
