"""`branchmap report`: which files can be asked for, refused before a store is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Line


@pytest.mark.parametrize("name", ["a.doc", "a", "no/such/folder"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    done = Line(tmp_path / "home")("report", "--out", str(tmp_path / name))
    assert done.returncode == 2
    assert ".docx、.pdf、.xlsx" in done.stderr
    assert not (tmp_path / "home" / "engine").exists()


def test_no_report_lands_in_a_data_folder(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    done = Line(tmp_path / "home")("report", "--out", str(tmp_path / "home"), "--lang", "en")
    assert done.returncode == 2
    assert "lies in the data folder" in done.stderr


def test_the_work_list_has_sheets_by_area_or_owner_only(tmp_path: Path) -> None:
    done = Line(tmp_path / "home")("report", "--out", str(tmp_path / "a.xlsx"), "--by", "rule")
    assert done.returncode == 2
    assert "--by" in done.stderr


def test_an_annex_that_there_is_not_is_refused_and_those_there_are_are_named(tmp_path: Path) -> None:
    done = Line(tmp_path / "home")("report", "--annex", "branches", "--out", str(tmp_path / "a.xlsx"))
    assert done.returncode == 2
    assert (
        "没有附件 branches；可用的有：own_branch（应建未建清单）、joint_branch（应联未联清单）"
        in "".join(done.stderr.split()).replace("没有附件branches", "没有附件 branches")
    )


def test_all_annexes_need_a_folder(tmp_path: Path) -> None:
    done = Line(tmp_path / "home")("report", "--annex", "all", "--out", str(tmp_path / "a.xlsx"))
    assert done.returncode == 2
    assert not (tmp_path / "home" / "engine").exists()
