import pytest

from loaders.forms.form import read_forms
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.read.worksheet import worksheet_of


def read(*rows, name):
    sheet = worksheet_of("a.xlsx", name, rows)
    header = match_form(sheet, read_forms())
    assert header is not None
    reading = read_sheet(sheet, header, "2006-10")
    return reading, [(p.code, p.cell, p.value) for p in reading.problems if p.code != "total_row"]


HEAD = ["姓名", "性别"]
PEOPLE = [["张三", "男"], ["李四", "女"], ["王五", "男"]]


@pytest.mark.parametrize("row", [["合计", "3"], ["合计：3人"], ["共 3 人"], ["总　计", "３"], ["合计 3"]])
def test_a_row_of_sums_declares_how_many_rows_the_sheet_has(row):
    reading, differences = read(HEAD, *PEOPLE, row, name="党员")
    assert (reading.declared, differences) == (3, [])
    assert (reading.rows, len(reading.records)) == (4, 3)


def test_a_sum_that_differs_from_the_rows_is_named():
    reading, differences = read(HEAD, *PEOPLE, ["合计", "4"], name="党员")
    assert reading.declared == 4
    assert differences == [("sum_differs", "B5", "4")]
    [said] = [p.what.zh for p in reading.problems if p.code == "sum_differs"]
    assert said == "合计写的是 4，本表行数是 3"


def test_subtotals_count_their_own_rows():
    rows = (HEAD, PEOPLE[0], PEOPLE[1], ["小计", "2"], PEOPLE[2], ["小计", "1"], ["合计", "3"])
    reading, differences = read(*rows, name="党员")
    assert (reading.declared, differences) == (3, [])
    rows = (HEAD, PEOPLE[0], PEOPLE[1], ["小计", "5"], PEOPLE[2], ["小计", "1"], ["合计", "3"])
    assert read(*rows, name="党员")[1] == [("sum_differs", "B4", "5")]


def test_a_sum_under_numbers_adds_them_up():
    rows = [["单位名称", "从业人数"], ["甲物业", "12"], ["乙物业", "5"]]
    assert read(*rows, ["合计", "17"], name="单位")[1] == []
    assert read(*rows, ["合计", "18"], name="单位")[1] == [("sum_differs", "B4", "18")]


def test_a_unit_may_be_called_after_a_sum():
    reading, _ = read(["单位名称", "单位类别"], ["合计物业公司", "物业公司"], name="单位")
    assert (len(reading.records), reading.declared) == (1, None)


def test_a_phone_number_is_no_sum_and_is_not_shown():
    phone = "1" + "39" + "0" * 8
    reading, differences = read(HEAD, *PEOPLE, ["合计", phone], name="党员")
    assert (reading.declared, differences) == (None, [])
    assert phone not in repr(reading)
