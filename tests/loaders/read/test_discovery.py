"""Which files a round is read from: folders below each other, what is passed over, names that clash or hide numbers."""

import zipfile
from pathlib import Path

import pytest

from graph_model.errors import InputError
from loaders.read.discovery import list_files, round_from_path

PHONE = "13812345678"


def touch(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")


def test_a_folder_is_read_with_its_subfolders_and_what_is_no_workbook_is_named(tmp_path):
    touch(tmp_path / "b.xlsx", tmp_path / "区" / "a.csv", tmp_path / "说明.docx", tmp_path / "~$b.xlsx")
    found = list_files([tmp_path])
    assert [name for name, _ in found.files] == ["b.xlsx", "区/a.csv"]
    assert found.ignored == (("说明.docx", ".docx"),)


def test_a_path_that_is_not_there_and_a_folder_without_workbooks_are_refused(tmp_path):
    with pytest.raises(InputError, match="no_such"):
        list_files([tmp_path / "no_such.xlsx"])
    with pytest.raises(InputError, match="xlsx"):
        list_files([tmp_path])


def test_two_files_of_one_name_are_refused_and_one_given_twice_is_read_once(tmp_path):
    one, two = tmp_path / "甲" / "a.xlsx", tmp_path / "乙" / "a.xlsx"
    touch(one, two)
    assert [name for name, _ in list_files([one, one]).files] == ["a.xlsx"]
    with pytest.raises(InputError, match=r"a\.xlsx"):
        list_files([one, two])


def test_a_number_in_a_name_is_masked_and_told(tmp_path):
    touch(tmp_path / f"王{PHONE}.xlsx")
    found = list_files([tmp_path])
    [(name, path)] = found.files
    assert PHONE not in name
    assert path.name == f"王{PHONE}.xlsx"
    assert [shown for shown, _ in found.private] == [name]


def test_the_round_is_that_of_the_folder_or_of_the_archive(tmp_path):
    folder, packed = tmp_path / "2006-10", tmp_path / "2006-04.zip"
    touch(folder / "a.xlsx")
    with zipfile.ZipFile(packed, "w") as into:
        into.writestr("a.csv", "x")
    assert round_from_path([folder]) == "2006-10"
    assert round_from_path([folder / "a.xlsx"]) == "2006-10"
    assert round_from_path([packed]) == "2006-04"
    assert round_from_path([folder, packed]) is None
