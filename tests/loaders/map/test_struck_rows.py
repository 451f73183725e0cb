"""A row that is struck through is neither loaded nor left out without a word."""

from dataclasses import replace

from loaders.forms.form import read_forms
from loaders.history.sheet_codec import pack, unpack
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.read.workbooks import worksheet_of
from loaders.read.xlsx_details import Details

ROWS = [["姓名", "性别"], ["张三", "男"], ["李四", "女"], ["合计", "1"]]


def struck(*numbers: int):
    return replace(worksheet_of("a.xlsx", "党员", ROWS), details=Details(struck=frozenset(numbers)))


def read(sheet):
    header = match_form(sheet, read_forms())
    assert header is not None
    return read_sheet(sheet, header, "2006-10")


def test_a_row_that_is_struck_through_waits_for_a_decision():
    reading = read(struck(3))
    assert [r.properties["name"] for r in reading.records] == ["张三"]
    assert [(p.code, p.cell, p.blocking) for p in reading.problems] == [
        ("total_row", "A4", False),
        ("struck_row", "A3", True),
    ]
    assert "第 3 行整行划了删除线" in reading.problems[1].what.zh
    assert [(r.row, r.names) for r in reading.rejected] == [(3, frozenset({"李四"}))]
    assert reading.rows == 3


def test_a_row_of_sums_that_is_struck_through_is_one_all_the_same():
    assert [p.code for p in read(struck(4)).problems] == ["total_row", "sum_differs"]


def test_what_is_struck_through_is_kept_with_the_sheets():
    sheet = struck(3, 4)
    assert unpack(pack([sheet]), "a.xlsx")[0].details.struck == {3, 4}
