"""An .xlsx as text: dates as they are shown, numbers told from texts, what is wrong with it in one line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from graph_model.errors import InputError
from loaders.read.arrow import StoredPart, flagged_rows
from loaders.read.stored_sheet import StoredSheet
from loaders.read.xlsx import numbers_of, read_xlsx
from tests.support.books import save


def sheets(path: Path, folder: Path, *, ahead: bool = False) -> list[StoredSheet]:
    folder.mkdir(exist_ok=True)
    return list(read_xlsx(path, "a.xlsx", folder, ahead=ahead))


def said(path: Path, tmp_path: Path) -> str:
    with pytest.raises(InputError) as told:
        sheets(path, tmp_path / "read")
    assert told.value.message("zh").startswith("a.xlsx：")
    return told.value.message("en")


@pytest.mark.parametrize("ahead", [False, True])
def test_sheets_come_in_their_order_with_their_sizes(tmp_path: Path, ahead: bool) -> None:
    book = save(tmp_path / "a.xlsx", 甲=[["a"]], 乙=[["a", "b"], [], ["c"]], 空=[])
    found = sheets(book, tmp_path / "read", ahead=ahead)
    assert [(s.name, s.height, s.width, s.hidden) for s in found] == [
        ("甲", 1, 1, False),
        ("乙", 3, 2, False),
        ("空", 0, 0, False),
    ]
    for sheet in found:
        assert sum(p.height for p in sheet.parts) == sheet.height
        assert all(isinstance(p, StoredPart) and p.path.exists() for p in sheet.parts)


def test_a_hidden_sheet_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [s.hidden for s in sheets(tmp_path / "a.xlsx", tmp_path / "read")] == [False, True]


def test_a_renamed_workbook_is_read_all_the_same(tmp_path: Path) -> None:
    book = save(tmp_path / "a.xlsx", 甲=[["a"]]).rename(tmp_path / "a.et")
    assert [s.name for s in sheets(book, tmp_path / "read")] == ["甲"]


def test_numbers_are_told_from_texts_that_look_like_them(tmp_path: Path) -> None:
    book = save(tmp_path / "a.xlsx", 甲=[["x"]], 乙=[["1", 1, None], [2, "2", dt.date(2006, 1, 1)]])
    (tmp_path / "read").mkdir()
    flags = numbers_of(book, "a.xlsx", 1, 4, tmp_path / "read")
    assert [sorted(flagged_rows(flags, at)) for at in range(4)] == [[2], [1], [], []]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_a_damaged_workbook_is_called_that(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.xlsx").write_bytes(content)
    assert "damaged or incomplete" in said(tmp_path / "b.xlsx", tmp_path)


def test_a_part_that_is_cut_off_is_damage(tmp_path: Path) -> None:
    whole = save(tmp_path / "a.xlsx", 甲=[["a"]]).read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
    assert "damaged or incomplete" in said(tmp_path / "b.xlsx", tmp_path)
