"""Workbooks with a password: opened when it is given, told when it is not, and it is kept nowhere."""

import io

import openpyxl
import pytest

from loaders.foreign_files.locked import NoPasswordFits, unlock
from tests.support.books import save
from tests.support.locked_books import lock


def locked(path, password):
    return lock(save(path, 党员=[["姓名"]]), password)


def test_the_password_that_fits_opens(tmp_path):
    path = locked(tmp_path / "a.xlsx", "青松2006")
    assert unlock(path, tmp_path / "b", ["no", "青松2006"])
    assert openpyxl.load_workbook(io.BytesIO((tmp_path / "b").read_bytes())).active["A1"].value == "姓名"


@pytest.mark.parametrize("passwords", [[], ["no"], [""], ["青松2006 "], ["\ud800"]])
def test_no_other_one_does_and_nothing_is_left(tmp_path, passwords):
    path = locked(tmp_path / "a.xlsx", "青松2006")
    with pytest.raises(NoPasswordFits):
        unlock(path, tmp_path / "b", passwords)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx"]


def test_what_excel_opens_without_a_question_needs_none(tmp_path):
    path = locked(tmp_path / "a.xlsx", "VelvetSweatshop")
    assert unlock(path, tmp_path / "b", [])


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000]
)
def test_what_has_none_is_left_to_its_reader(tmp_path, content):
    (tmp_path / "a.xls").write_bytes(content)
    assert not unlock(tmp_path / "a.xls", tmp_path / "b", ["x"])
