import io

import openpyxl
import pytest

from loaders.annotate.plain_workbook import rebuild_workbook, sheet_names
from loaders.ooxml.package import write_parts
from loaders.read.workbooks import worksheet_of


def sheet(name, *rows):
    return worksheet_of("a.csv", name, [list(row) for row in rows])


def values_of(sheets):
    book = openpyxl.load_workbook(io.BytesIO(write_parts(rebuild_workbook(sheets))))
    return {s.title: [[cell.value for cell in row] for row in s] for s in book}


@pytest.mark.parametrize(
    ("names", "given"),
    [
        (["党员"], ["党员"]),
        (["a/b:c"], ["a_b_c"]),
        (["'"], ["Sheet"]),
        (["A", "a"], ["A", "a_2"]),
        (["x" * 32, "x" * 33], ["x" * 31, "x" * 27 + "_2"]),
    ],
)
def test_a_sheet_has_a_name_that_a_workbook_allows(names, given):
    assert list(sheet_names([sheet(n) for n in names]).values()) == given


def test_texts_are_texts_whatever_they_begin_with():
    assert values_of([sheet("党员", ["姓名", "=1+1"], ["007", "a<b&c"])]) == {
        "党员": [["姓名", "=1+1"], ["007", "a<b&c"]]
    }


def test_each_value_stands_at_its_row_and_column():
    assert values_of([sheet("a", ["1"], [None, None], [None, "x"]), sheet("b", ["y"])]) == {
        "a": [["1", None], [None, None], [None, "x"]],
        "b": [["y"]],
    }
