"""Plain workbooks: the same bytes from the same rows, read back cell by cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from loaders.read.workbooks import read_workbook
from loaders.synth.xlsx import write_workbook

ROWS = [["王五", None, "<&> 甲"], [None, "3", ""]]
SHEETS = {"党员": (["姓名", "编号", "备注"], ROWS), "空 & 空": (["甲"], [])}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    write_workbook(tmp_path / "a.xlsx", "说明：虚构数据", SHEETS)
    return tmp_path / "a.xlsx"


def test_what_is_written_is_read_back(book: Path) -> None:
    first, second = read_workbook(book)
    assert (first.name, second.name) == ("党员", "空 & 空")
    assert [r.cells for r in first.rows()] == [
        ("说明：虚构数据", None, None),
        ("姓名", "编号", "备注"),
        ("王五", None, "<&> 甲"),
        (None, "3", None),
    ]
    assert [r.cells for r in second.rows()] == [("说明：虚构数据",), ("甲",)]


def test_another_program_reads_it_too_with_its_headings_frozen(book: Path) -> None:
    found = openpyxl.load_workbook(book)
    assert found.sheetnames == ["党员", "空 & 空"]
    assert found["党员"].freeze_panes == "A3"
    assert found["党员"]["C3"].value == "<&> 甲"


def test_the_same_rows_are_the_same_bytes(book: Path, tmp_path: Path) -> None:
    write_workbook(tmp_path / "b.xlsx", "说明：虚构数据", SHEETS)
    assert (tmp_path / "b.xlsx").read_bytes() == book.read_bytes()
