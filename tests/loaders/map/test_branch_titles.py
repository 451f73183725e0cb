"""A branch that is named above a list of members is told where no column says it; data above the headings blocks."""

import pytest

from tests.support.sheets import codes, read

HEAD, ROW = ["姓名", "性别", "入党时间"], ["张小明", "男", "2001.05"]


@pytest.mark.parametrize(
    "title",
    [
        "党支部：青松物业党支部",
        "青松物业党支部党员花名册（2024年）",
        "所在党支部: 翠竹联合党支部",
        "青松物业党总支",
        "填报单位：中共青松物业支部委员会",
    ],
)
def test_a_title_that_names_a_branch_is_told_where_rows_have_no_column_of_branches(title):
    reading, problems = read([None, title], HEAD, ROW)
    assert codes(problems) == [("branch_title", "B1")]
    assert [r.references for r in reading.records] == [()]
    assert "“组织关系所在党支部”" in problems[0].right.zh


@pytest.mark.parametrize(
    "title", ["党员花名册", "填报单位：青松街道", "党支部", "填表说明：所在党支部填全称"]
)
def test_other_titles_are_passed_over(title):
    assert read([title], HEAD, ROW)[1] == ()


def test_of_the_title_only_the_branch_is_shown():
    _, problems = read(["王小明：青松物业党支部党员名册（3人）"], HEAD, ROW)
    assert [(p.code, p.value) for p in problems] == [("branch_title", "青松物业党支部")]


def test_nothing_is_told_where_each_row_says_its_branch_or_has_none():
    assert read(["青松物业党支部"], [*HEAD, "所在党支部"], [*ROW, "青松物业党支部"])[1] == ()
    assert (
        read(["青松物业党支部"], ["单位名称", "单位类别"], ["青松物业", "物业公司"], name="单位")[1] == ()
    )


def test_a_row_of_data_above_the_headings_blocks():
    _, problems = read(ROW, HEAD, ROW)
    assert [(p.code, p.cell, p.blocking) for p in problems] == [("rows_above", "A1", True)]
