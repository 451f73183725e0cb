"""Headings, names of sheets and names of files that hold a number which must not be kept."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from graph_model.keys import KeyMaker
from loaders.annotate.annotate import annotate
from loaders.history.file_archive import archive_file, archived_sheets
from loaders.history.reading_cache import cache_key
from loaders.map.read_files import sha256_of
from loaders.problems import HIDDEN
from loaders.read.discovery import list_files
from loaders.read.workbooks import read_workbook
from loaders.resolve.aliases import NO_ALIASES
from loaders.survey import ParsedRound, read_round
from tests.support.books import save

PHONE = "1" + "39" + "0" * 8
OTHER = PHONE[:-1] + "1"
UNITS = [["单位名称", "单位类别"], ["甲物业", "物业公司"]]


def _read(*paths: Path) -> ParsedRound:
    return read_round(paths, keys=KeyMaker(b"test"), round="2006-10")


def test_a_number_in_a_heading_is_not_shown_and_its_column_not_read(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        单位=[[*UNITS[0], f"王主任{PHONE}", f"性质({OTHER})"], [*UNITS[1], "y", "民营"]],
    )
    reading = _read(path)
    assert [(p.code, p.blocking, p.cell, p.value) for p in reading.problems] == [
        ("private_in_heading", False, "C1", HIDDEN),
        ("private_in_heading", False, "D1", HIDDEN),
    ]
    assert PHONE not in repr(reading)
    assert OTHER not in repr(reading)
    assert [n.properties.get("ownership") for n in reading.graph.nodes.values()] == [None]


def test_a_number_in_the_name_of_a_sheet_blocks_and_is_masked_everywhere(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", **{f"甲{PHONE}": UNITS, f"甲{OTHER}": [UNITS[0], ["乙物业", "某某"]]})
    reading = _read(path)
    assert [(p.code, p.blocking, p.sheet, p.cell) for p in reading.problems] == [
        ("private_name", True, f"甲{HIDDEN}", ""),
        ("private_name", True, f"甲{HIDDEN}2", ""),
        ("unknown_term", True, f"甲{HIDDEN}2", "B2"),
    ]
    assert PHONE not in repr(reading)
    assert OTHER not in repr(reading)
    # what is kept says what the file said, without the names
    again = archived_sheets(
        tmp_path / "data", archive_file(tmp_path / "data", path.name, path, sha256_of(path))
    )
    assert [(s.name, s.private_name) for s in again] == [(f"甲{HIDDEN}", None), (f"甲{HIDDEN}2", None)]
    assert [s.columns for s in again] == [s.columns for s in read_workbook(path)]


def test_the_users_own_file_is_marked_in_the_sheet_whose_name_holds_a_number(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", **{f"甲{PHONE}": [UNITS[0], ["乙物业", "某某"]]})
    marked = annotate(path, _read(path).problems, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(marked.path)
    assert book[f"甲{PHONE}"]["B2"].comment is not None
    assert [book["错误清单"].cell(row, 3).value for row in (3, 4)] == [f"甲{HIDDEN}"] * 2


def test_a_number_in_the_name_of_a_file_blocks_and_is_masked_everywhere(tmp_path: Path) -> None:
    folder = tmp_path / "2006-10"
    save(folder / f"王{PHONE}.xlsx", 单位=UNITS)
    save(folder / f"王{OTHER}.xlsx", 单位=[UNITS[0], ["乙物业", "物业公司"]])
    (folder / f"{PHONE}.jpg").write_bytes(b"x")
    (folder / f"{OTHER}.zip").write_bytes(b"x")
    reading = _read(folder)
    assert [(p.code, p.blocking, p.file) for p in reading.problems] == [
        ("private_name", True, f"王{HIDDEN}.xlsx"),
        ("private_name", True, f"王{HIDDEN}2.xlsx"),
        ("not_a_workbook", False, f"{HIDDEN}.jpg"),
        ("other_archive", True, f"{HIDDEN}.zip"),
    ]
    assert PHONE not in repr(reading)
    assert OTHER not in repr(reading)
    assert {n.place.file for n in reading.graph.nodes.values() if n.place} == {
        f.name for f in reading.files
    }
    listing = list_files([folder])
    found = cache_key(
        "2006-10", listing, keys=KeyMaker(b"test"), complete=True, aliases=NO_ALIASES, declare=()
    )
    assert found is not None
    assert found.are_those_of(reading)


def test_an_archive_that_cannot_be_read_is_named_without_the_number(tmp_path: Path) -> None:
    (tmp_path / f"{PHONE}.zip").write_bytes(b"x")
    [problem] = _read(tmp_path / f"{PHONE}.zip").problems
    assert (problem.code, problem.file) == ("unreadable_file", f"{HIDDEN}.zip")
    assert PHONE not in repr(problem)
