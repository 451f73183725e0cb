"""Headings in two or three rows, a group over several columns: each column keeps its own."""

import pytest

from loaders.map.heading_rows import row_words
from tests.support.sheets import codes, form_of, read

AFFILIATED = {("AFFILIATED_WITH", "甲党支部", "2003-05"), ("AFFILIATED_WITH", "乙党支部", "2004-06")}
ROWS = [["1", "张三", "男", "甲党支部", "2003.05"], ["2", "李四", "女", "乙党支部", "2004.06"]]


def ties(reading):
    return {
        (column.tie, name, next(iter(r.tie_properties[column.tie].values())))
        for r in reading.records
        for column, (name,) in r.references
    }


def names(reading):
    return [r.properties["name"] for r in reading.records]


@pytest.mark.parametrize(
    "headings",
    [
        [["序号", "姓名", "性别", "组织关系", None], [None, None, None, "所在党支部", "转入时间"]],
        [["序号", "姓名", "性别", "组织关系", "组织关系"], [None, None, None, "所在党支部", "转入时间"]],
        [["序号", "姓名", "性别", "组织关系", None], ["序号", "姓名", "性别", "所在党支部", "转入时间"]],
        [
            ["序号", "姓名", "性别", "组织关系", "组织关系"],
            ["序号", "姓名", "性别", "所在党支部", "转入时间"],
        ],
        [["序号", "姓名", "性别", "组织关系", None], [None, None, None, "组织关系", "转入时间"]],
        [["序号", "基本情况", None, "转入情况", None], [None, "姓名", "性别", "所在党支部", "转入时间"]],
        [["序号", "姓名", "性别", "转入", None], [None, None, None, "党支部", "时间"]],
        [
            ["党员情况", None, None, None, None],
            ["序号", "姓名", "性别", "组织关系", None],
            [None, None, None, "所在党支部", "转入时间"],
        ],
        [
            ["序号", "姓名", "性别", "组织", None],
            [None, None, None, "组织关系", None],
            [None, None, None, "所在党支部", "转入时间"],
        ],
    ],
)
def test_a_group_of_two_columns_is_read_by_the_headings_below_it(headings):
    reading, problems = read(*headings, *ROWS)
    assert (names(reading), ties(reading)) == (["张三", "李四"], AFFILIATED)
    assert problems == ()


def test_a_group_of_three_columns_and_one_of_two():
    reading, problems = read(
        ["姓名", "组织关系", None, None, "转出", None, "备注"],
        [None, "所在党支部", "是否外地组织关系", "转入时间", "原党支部", "时间", None],
        ["张三", "甲党支部", "是", "2003.05", "乙党支部", "2003.04", None],
    )
    assert ties(reading) == {
        ("AFFILIATED_WITH", "甲党支部", "2003-05"),
        ("WAS_AFFILIATED_WITH", "乙党支部", "2003-04"),
    }
    assert codes(problems) == [("kept_notes", "G1")]


def test_two_rows_of_headings_and_their_title_are_repeated_after_a_page_break():
    page = [
        ["花名册", None, None, None, None],
        ["序号", "基本情况", None, "组织关系", None],
        [None, "姓名", "性别", "所在党支部", "转入时间"],
    ]
    reading, problems = read(*page, ROWS[0], *page, ROWS[1])
    assert (names(reading), problems, reading.rows) == (["张三", "李四"], (), 2)
    assert form_of(*page, *ROWS) == ("members", 3)


def test_what_is_wrong_with_a_heading_is_told_at_its_own_cell():
    _, problems = read(
        ["姓名", "性别", "组织关系", None],
        [None, None, "所在党支部", "何时来的"],
        ["张三", "男", "甲党支部", "2003.05"],
    )
    assert codes(problems) == [("unknown_heading", "D2")]


@pytest.mark.parametrize(
    "row",
    [
        ["张三", "男", "党支部", "甲党支部"],
        ["张三", "男", None, "党支部"],
        ["党支部", "男", "2001", "党支部"],
    ],
)
def test_a_row_of_data_is_no_second_row_of_headings(row):
    reading, _ = read(["姓名", "性别", "入党时间", "党员类别"], ["李四", "女", None, None], row)
    assert form_of(["姓名", "性别", "入党时间", "党员类别"], row) == ("members", 1)
    assert names(reading)[0] == "李四"


def test_the_words_of_a_row_are_its_filled_cells_in_plain_form_with_and_without_remarks():
    filled, words = row_words((None, "姓 名", "入党时间[年月]"))
    assert filled == ((1, "姓 名", "姓名", "姓名"), (2, "入党时间[年月]", "入党时间(年月)", "入党时间"))
    assert words == {"姓名", "入党时间(年月)", "入党时间"}
