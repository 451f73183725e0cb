"""What stands around the rows of a sheet is no row of it, and no person."""

from dataclasses import replace

import pytest

from loaders.forms.form import read_forms
from loaders.map.data_rows import long_rows_problem
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.read.worksheet import Details, worksheet_of
from tests.support.sheets import codes, read

HEAD = ["姓名", "性别", "入党时间", "所在单位"]
PEOPLE = [["张三", "男", "2001-12", "新桃源物业"], ["李四", "女", "2002-01", "新桃源物业"]]
FOOTERS = [
    ["制表人：王五"],
    ["审核人：赵六", None, "2006年10月15日"],
    ["制 表 人", "王五", "复核:", "赵六"],
    ["2006年10月15日"],
    ["2006-10-15 00:00:00"],
    ["二〇〇六年十月十五日"],
    ["　　　年　　月　　日"],
    ["负责人（签字）："],
    ["党支部书记（签字）：王五"],
    ["联系人", "王五", "联系电话：", "12345678"],
    ["单位（盖章）"],
    ["以下空白"],
    ["——以下无正文——"],
    ["此页无正文"],
    ["党组织书记签名：王五"],
    ["注：以上属实"],
    ["填表说明 一式两份"],
    [None, None, None, "经办人：王五"],
    ["第 1 页", "共 2 页"],
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_footer_is_no_person(footer):
    reading, problems = read(HEAD, *PEOPLE, footer)
    assert problems == ()
    assert (reading.rows, [r.row for r in reading.records]) == (2, [2, 3])


def test_a_footer_within_a_merged_cell_is_no_staff():
    sheet = worksheet_of("a.xlsx", "党员", [HEAD, PEOPLE[0], ["李四", "女"], ["制表人：王五"], ["日期："]])
    sheet = replace(sheet, details=Details(merged=((3, 2, 3, 5),)))
    header = match_form(sheet, read_forms())
    reading = read_sheet(sheet, header, "2006-10")
    assert [(r.row, r.references[0][1]) for r in reading.records] == [
        (2, ("新桃源物业",)),
        (3, ("新桃源物业",)),
    ]
    assert (reading.problems, reading.rows) == ((), 2)


def test_a_footer_may_stand_where_the_running_number_stands():
    for footer in (["制表人：王五"], ["3", "制表人：王五"]):
        reading, problems = read(["序号", "姓名", "性别"], ["1", "张三", "男"], footer)
        assert (problems, reading.rows) == ((), 1)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["书记：王五"], "not_a_person"),
        (["本表一式两份，由街道存档。"], "not_a_person"),
        (["制表人：王五", "男", "2001-12"], "not_a_person"),
        ([None, None, "2006年10月15日"], "required"),
    ],
)
def test_what_is_neither_a_footer_nor_a_person_blocks(row, found):
    reading, problems = read(HEAD, *PEOPLE, row)
    assert [(p.code, p.cell, p.blocking) for p in problems] == [(found, "A4", True)]
    assert (reading.rows, len(reading.records)) == (3, 2)


def test_what_begins_like_a_footer_may_be_data():
    reading, problems = read(
        ["单位名称", "单位类别"], ["联系人服务公司", "其他"], ["统计 3", None], name="单位"
    )
    assert problems == ()
    assert [r.properties["name"] for r in reading.records] == ["联系人服务公司"]
    reading, problems = read(["统计项目", "申报数"], ["联系人", "3"], ["党员合计", "4"], name="汇总")
    assert ([r.row for r in reading.records], problems) == ([2, 3], ())


@pytest.mark.parametrize(
    "row",
    [
        [None, None, None, "合计", "2"],
        ["新桃源居民区", None, None, "合计", "2"],
        ["3", None, "合计（人）", None, "2"],
        ["党员合计", None, None, None, "2"],
        ["合计人数：2人"],
        ["本支部党员总计：2人"],
    ],
)
def test_a_row_of_sums_in_any_column_is_no_person(row):
    rows = [[None, "甲单位", None, "张三", None], [None, "甲单位", None, "李四", None]]
    reading, problems = read(["序号", "所在单位", "党员编号", "姓名", "职务"], *rows, row)
    assert codes(problems) == [("total_row", "A4")]
    assert (reading.rows, len(reading.records), reading.declared) == (3, 2, 2)


def test_rows_with_nothing_but_their_number_are_blank():
    numbered = [[str(n), None, None] for n in range(2, 31)]
    reading, problems = read(["序号", "姓名", "性别"], ["1", "张三", "男"], *numbered)
    assert (reading.rows, len(reading.records), problems) == (1, 1, ())
    _, problems = read(["序号", "姓名", "性别"], ["1", "张三", "男"], ["2", None, "女"])
    assert codes(problems) == [("required", "B3")]


def test_a_column_that_counts_needs_no_heading():
    rows = [["1", "张三", "男"], ["2", "李四", "女"], ["3", None, None]]
    reading, problems = read([None, "姓名", "性别"], *rows)
    assert (reading.rows, problems) == (2, ())


def test_a_column_without_a_heading_is_named_with_how_many_cells_were_not_read():
    rows = [
        ["张三", "男", "新桃源"],
        ["李四", "女", " "],
        ["王五", "男", "兰桥"],
        ["制表人：王五", None, "2006年10月"],
    ]
    reading, problems = read(["姓名", "性别", None], *rows)
    assert [(p.code, p.cell, p.blocking, p.what.zh) for p in problems] == [
        ("no_heading", "C1", False, "C 列没有列名，2 个单元格未读取")
    ]
    assert len(reading.records) == 3
    assert "新桃源" not in repr(problems)


@pytest.mark.parametrize(
    ("file", "row", "rows", "told"),
    [
        (
            "a.csv",
            ["张三", "男", "多"],
            10_000,
            "10000 rows have more cells than there are headings (2 columns)",
        ),
        ("a.csv", ["张三", "男", "多"], 9_999, None),
        ("a.csv", ["张三", "男"], 10_000, None),
        ("a.xlsx", ["张三", "男", "多"], 10_000, None),
    ],
)
def test_a_text_whose_rows_are_longer_than_its_headings_is_refused_as_a_whole(file, row, rows, told):
    sheet = worksheet_of(file, "党员", [["姓名", "性别"], *[row] * rows])
    header = match_form(sheet, read_forms())
    assert header is not None
    found = long_rows_problem(sheet, header)
    assert (found and found.what.en.partition(":")[0]) == told
