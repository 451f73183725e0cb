from dataclasses import replace

import pytest

from loaders.forms.form import read_forms
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.read.worksheet import Details, worksheet_of


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


@pytest.mark.parametrize(
    "row",
    [
        *(
            ["合计：3人（其中男2人，女1人）"],
            ["合计3人，其中女1人"],
            ["共3人，其中女党员1人"],
            ["以上共3人"],
        ),
        *(
            ["本支部共有党员3人"],
            ["总计党员3名"],
            ["党员人数", "3"],
            ["合计（3）"],
            ["累 计 ：", "3人"],
            ["Σ", "3"],
        ),
        *(["总共", "3"], ["汇总行", "3"], ["全部", "3"]),
        *(
            ["汇总", "3"],
            ["累计", "3人"],
            ["总 人 数", "3"],
            ["求和", "3"],
            ["Total", "3"],
            ["grand total", "3"],
        ),
        *(
            ["三、合计", "3"],
            ["共有3人"],
            ["总共 3 人"],
            ["党员汇总", "3"],
            ["总计数", "3"],
            ["合计（人）", "3"],
        ),
    ],
)
def test_sums_have_many_names(row):
    reading, differences = read(HEAD, *PEOPLE, row, name="党员")
    assert (reading.declared, differences, reading.rows) == (3, [], 4)
    row = [text.replace("3", "4") for text in row]
    assert [code for code, _, _ in read(HEAD, *PEOPLE, row, name="党员")[1]] == ["sum_differs"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["男", None, "2"], None),
        (["其中：男", None, "2"], None),
        (["其中:女党员1人"], None),
        (["女党员（1人）"], None),
        (["男", None, "3"], "“男”的行数是 2"),
        (["其中：女党员2人"], "“女党员”的行数是 1"),
    ],
)
def test_the_number_of_those_with_a_value_is_compared_with_them(row, found):
    reading, _ = read([*HEAD, "职务"], *PEOPLE, row, name="党员")
    assert len(reading.records) == 3
    differing = [p.what.zh for p in reading.problems if p.code == "sum_differs"]
    assert [text.partition("，")[2] for text in differing] == ([found] if found else [])


def test_a_part_or_a_mean_that_cannot_be_counted_is_compared_with_nothing():
    rows = [["单位名称", "性质", "从业人数"], ["甲物业", "集体", "12"], ["乙物业", "民营", "5"]]
    for row in (["其中：外来", None, "3"], ["平均", None, "8.5"], ["占比", None, "50%"]):
        reading, differences = read(*rows, row, name="单位")
        assert (len(reading.records), reading.declared, differences) == (2, None, [])
    for row, wrong in ((["集体", None, "12"], False), (["民营企业", None, "12"], True)):
        reading, differences = read(*rows, row, name="单位")
        assert (len(reading.records), bool(differences)) == (2, wrong)


def test_a_subtotal_behind_other_sums_is_of_the_rows_before_them():
    rows = (HEAD, PEOPLE[0], PEOPLE[1], ["小计", "2"], PEOPLE[2], ["总计", "3"], ["小计", "1"])
    reading, differences = read(*rows, name="党员")
    assert (reading.declared, differences) == (3, [])


def test_what_an_excel_list_sums_up_by_group_is_no_row():
    rows = (
        ["性别", "姓名"],
        ["男", "张三"],
        ["男", "李四"],
        ["男 计数", "2"],
        ["女", "王五"],
        ["女 计数", "1"],
        ["总计数", "3"],
    )
    reading, differences = read(*rows, name="党员")
    assert (len(reading.records), reading.declared, differences) == (3, 3, [])


def test_the_row_of_sums_of_an_excel_table_needs_no_label():
    rows = [
        *([*HEAD, "职务"], ["张三", "男", None], ["李四", "女", None]),
        [None, None, "2"],
        ["人数", None, "3"],
    ]
    sheet = worksheet_of("a.xlsx", "党员", rows)
    header = match_form(sheet, read_forms())
    assert header is not None
    reading = read_sheet(replace(sheet, details=Details(table_sums=frozenset({4, 5}))), header, "2006-10")
    assert (len(reading.records), reading.rows, reading.declared) == (2, 4, 2)
    assert [(p.code, p.cell) for p in reading.problems] == [
        ("total_row", "A4"),
        ("total_row", "A5"),
        ("sum_differs", "C5"),
    ]


# a person can type these; each took twice as long with every repetition more, or its length squared
@pytest.mark.parametrize(
    "name", ["女" + "户数" * 40 + "x", "王" + "()" * 40 + "x", "王" + "。" * 30_000 + "x"]
)
def test_no_cell_takes_long_to_be_told_from_a_sum(name):
    reading, _ = read(HEAD, *PEOPLE, [name, None], [name, "3"], name="党员")
    assert reading.rows == len(reading.records) + len(reading.rejected)
    assert len(reading.records) >= 3
