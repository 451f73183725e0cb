"""Which files a round is read from: folders below each other, what is passed over, names that clash or hide numbers."""

import zipfile
from pathlib import Path

import pytest

from graph_model.errors import InputError
from loaders.read.discovery import (
    list_files,
    proposed_round,
    proposed_round_of_uploads,
    round_from_path,
    without_passwords,
)
from loaders.read.limits import LockedFile
from loaders.read.workbooks import read_workbook
from tests.support.books import save
from tests.support.locked_books import lock

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


@pytest.mark.parametrize(
    "name", ["2024年6月", "202406", "2024.06", "2024-6", "二〇二四年六月", "2024年6月调摸"]
)
def test_a_folder_an_archive_or_a_file_named_after_a_month_is_of_that_round(tmp_path, name):
    touch(tmp_path / "一" / name / "a.xlsx", tmp_path / "二" / f"党员{name}.csv")
    with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as into:
        into.writestr("a.csv", "x")
    assert round_from_path([tmp_path / "一" / name]) == "2024-06"
    assert round_from_path([tmp_path / "一" / name / "a.xlsx"]) == "2024-06"
    assert round_from_path([tmp_path / "二" / f"党员{name}.csv"]) == "2024-06"
    assert round_from_path([tmp_path / "二"]) == "2024-06"
    assert round_from_path([tmp_path / f"{name}.zip"]) == "2024-06"


def test_a_folder_called_by_year_and_month_says_it_alone_any_other_not_against_its_files(tmp_path):
    touch(tmp_path / "2006-10" / "党员2006年9月.xlsx", tmp_path / "2006年10月" / "党员2006年9月.xlsx")
    assert round_from_path([tmp_path / "2006-10"]) == "2006-10"
    assert round_from_path([tmp_path / "2006年10月"]) is None


def test_a_title_says_the_round_where_no_name_does(tmp_path):
    rows = [["2024年6月党员花名册"], ["姓名", "所在单位", "入党时间"], ["张小明", "青松物业", "2001-06"]]
    save(tmp_path / "a.xlsx", 党员=rows)
    found = proposed_round([tmp_path])
    assert found is not None
    assert (found.round, found.source.en) == ("2024-06", "“2024年6月” in a title")
    with (tmp_path / "a.xlsx").open("rb") as content:
        assert proposed_round_of_uploads([("a.xlsx", content)]) == found
    with (tmp_path / "a.xlsx").open("rb") as content:
        named = proposed_round_of_uploads([("2024-05/a.xlsx", content)])
    assert named is not None
    assert named.round == "2024-05"


def test_workbooks_with_a_password_are_read_as_copies_without_it(tmp_path):
    for name, password in (("a.xlsx", "甲"), ("b.xlsx", "乙"), ("c.xlsx", "VelvetSweatshop")):
        lock(save(tmp_path / name, 党员=[["姓名"], [name]]), password)
    save(tmp_path / "d.xlsx", 党员=[["姓名"], ["d.xlsx"]])
    listing = without_passwords(list_files([tmp_path]), ["乙", "甲"])
    assert listing.unlocked == ("a.xlsx", "b.xlsx", "c.xlsx")
    assert [name for name, _ in listing.files] == ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"]
    assert [read_workbook(path, name)[0].columns[0][1] for name, path in listing.files] == [
        "a.xlsx",
        "b.xlsx",
        "c.xlsx",
        "d.xlsx",
    ]


@pytest.mark.parametrize(
    ("passwords", "zh", "en"),
    [
        ([], "a.xlsx：有打开密码；请给出密码", "a.xlsx: it has a password; give the password"),
        (["乙"], "a.xlsx：给出的密码打不开它", "a.xlsx: the password that was given does not open it"),
    ],
)
def test_a_workbook_that_no_password_opens_is_refused_and_the_password_not_repeated(
    tmp_path, passwords, zh, en
):
    lock(save(tmp_path / "a.xlsx", 党员=[["姓名"]]), "甲")
    listing = without_passwords(list_files([tmp_path]), passwords)
    [(name, error)] = listing.refused
    assert (name, listing.files, type(error)) == ("a.xlsx", (), LockedFile)
    assert error.text.zh.startswith(zh)
    assert error.text.en.startswith(en)
    assert "乙" not in str(error)
