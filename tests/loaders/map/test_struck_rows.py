"""A row that is struck through is neither loaded nor left out without a word."""

from dataclasses import replace

from loaders.forms.form import read_forms
from loaders.history.sheet_codec import pack, unpack
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.read.worksheet import Details, worksheet_of

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
    assert [(r.row, r.names) for r in reading.rejected] == [(3, ("李四",))]
    assert reading.rows == 3


def test_a_row_of_sums_that_is_struck_through_is_one_all_the_same():
    assert [p.code for p in read(struck(4)).problems] == ["total_row", "sum_differs"]


def test_what_is_struck_through_is_kept_with_the_sheets():
    sheet = struck(3, 4)
    kept = replace(sheet, details=replace(sheet.details, table_sums=frozenset({5})))
    details = unpack(pack([kept]), "a.xlsx")[0].details
    assert (details.struck, details.table_sums) == ({3, 4}, {5})


def test_rows_that_are_struck_through_are_loaded_or_left_out_as_chosen():
    for choice, names, code in (
        ("load", ["张三", "李四"], "struck_loaded"),
        ("leave", ["张三"], "struck_left"),
    ):
        header = match_form(struck(3), read_forms())
        assert header is not None
        reading = read_sheet(struck(3), header, "2006-10", struck=choice)
        assert [r.properties["name"] for r in reading.records] == names
        found = [(p.code, p.cell, p.blocking) for p in reading.problems if p.code.startswith("struck")]
        assert found == [(code, "A3", False)]
        assert (reading.rejected, reading.rows) == ((), len(names) + 1)
        assert ("sum_differs" in {p.code for p in reading.problems}) == (choice == "load")
