"""Comments of cells that hold what must not be stored: warned of, and not kept."""

from __future__ import annotations

import gzip
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from graph_model.keys import KeyMaker
from loaders.history.file_archive import archive_file, archived_sheets
from loaders.map.read_files import sha256_of
from loaders.problems import HIDDEN
from loaders.read.workbooks import read_workbook
from loaders.survey import read_round
from tests.support.books import save
from tests.support.office import converted

PHONE = "1" + "39" + "0" * 8


def _commented(folder: Path, text: str) -> Path:
    path = save(folder / "a.xlsx", 随手=[["x"]], 单位=[["单位名称", "单位类别"], ["甲物业", "物业公司"]])
    book = openpyxl.load_workbook(path)
    book["单位"]["B2"].comment = Comment(text, "王")
    book.save(path)
    return path


def _as_old(path: Path, folder: Path) -> Path:
    return converted(path.read_bytes(), "b.xlsx", "xls", folder)


@pytest.mark.parametrize("old", [False, True])
def test_a_comment_with_a_number_is_warned_of_at_its_cell_and_not_kept(tmp_path: Path, old: bool) -> None:
    path = _commented(tmp_path, f"王主任\n手机{PHONE}")
    path = _as_old(path, tmp_path) if old else path
    reading = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    assert [(p.code, p.blocking, p.sheet, p.cell, p.value) for p in reading.problems] == [
        ("private_comment", False, "单位", "B2", HIDDEN),
        ("unknown_sheet", False, "随手", "", ""),
    ]
    assert PHONE not in repr(reading)
    [unit] = reading.graph.nodes.values()
    assert unit.properties["kind"] == "property_company"
    kept = archive_file(tmp_path / "data", path.name, path, sha256_of(path))
    assert not kept.whole
    copy = (tmp_path / "data" / "rounds" / "files" / kept.kept).read_bytes()
    assert PHONE.encode() not in gzip.decompress(copy.split(b"\n", 1)[1])
    assert [s.columns for s in archived_sheets(tmp_path / "data", kept)] == [
        s.columns for s in read_workbook(path)
    ]


def test_another_comment_is_kept_with_its_file(tmp_path: Path) -> None:
    path = _commented(tmp_path, "请核对")
    reading = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    assert [p.code for p in reading.problems] == ["unknown_sheet"]
    assert archive_file(tmp_path / "data", path.name, path, sha256_of(path)).whole
