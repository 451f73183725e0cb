import io
import zipfile

import openpyxl
import pytest

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from loaders.annotate.annotated_download import annotate_files
from loaders.read.discovery import list_files
from loaders.read.file_source import sources
from loaders.survey import read_round
from tests.support.books import save

UNITS = [["单位名称", "单位类别"], ["甲物业", "某某"]]


def read(folder):
    return read_round([folder], keys=KeyMaker(b"test"), round="2006-10").problems, sources(
        list_files([folder]).files
    )


def test_one_workbook_comes_back_as_itself(tmp_path):
    save(tmp_path / "a.xlsx", 单位=UNITS)
    problems, given = read(tmp_path)
    name, content = annotate_files(given, problems)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert (name, book.sheetnames) == ("a.xlsx", ["错误清单", "单位"])


def test_several_come_back_as_one_archive_and_what_cannot_be_marked_is_named(tmp_path):
    save(tmp_path / "a.xlsx", 单位=UNITS)
    save(tmp_path / "区" / "b.xlsx", 单位=UNITS)
    (tmp_path / "c.xlsx").write_bytes(b"no workbook")
    problems, given = read(tmp_path)
    name, content = annotate_files(given, problems)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert (name, sorted(packed.namelist())) == ("marked.zip", ["a.xlsx", "区/b.xlsx", "说明.txt"])
        assert "c.xlsx" in packed.read("说明.txt").decode()


def test_nothing_to_mark_is_said():
    with pytest.raises(InputError):
        annotate_files({}, ())
