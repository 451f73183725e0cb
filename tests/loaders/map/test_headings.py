"""A sheet with several rows of headings: nothing above or below them is lost without a word."""

from tests.support.sheets import codes, form_of, read

HEAD = ["姓名", "入党时间", "所在单位"]
ZHANG, LI = ["张三", "2001-01", None], ["李四", "2001-02", None]
WANG, ZHAO = ["王五", "2001-03", None], ["赵六", "2001-04", None]


def names(reading):
    return [r.properties["name"] for r in reading.records]


def test_the_first_row_of_headings_begins_the_table_though_a_later_one_is_spelled_better():
    reading, problems = read(["党员姓名", "入党日期", "工作单位"], ZHANG, LI, HEAD, WANG, ZHAO)
    assert (names(reading), problems, reading.rows) == (["张三", "李四", "王五", "赵六"], (), 4)


def test_headings_and_titles_are_repeated_after_a_page_break():
    title = ["方松街道党员名册", None, None]
    reading, problems = read(title, HEAD, ZHANG, title, [" 姓 名", "*入党时间", "所在单位"], WANG)
    assert (names(reading), problems, reading.rows) == (["张三", "王五"], (), 2)
    reading, problems = read(["姓名"], ["张三"], ["姓名"], ["王五"])
    assert (names(reading), problems) == (["张三", "王五"], ())


def test_rows_below_headings_in_another_order_block_and_are_counted():
    reading, problems = read(HEAD, ZHANG, ["姓名", "所在单位", "入党时间"], ["王五", None, "2001-03"])
    assert [(p.code, p.cell, p.blocking) for p in problems] == [("second_heading", "A3", True)]
    assert (names(reading), reading.rows, [r.row for r in reading.rejected]) == (["张三"], 2, [4])
    assert "下面的 1 行" in problems[0].what.zh


def test_a_table_of_another_form_below_blocks():
    _, problems = read(HEAD, ZHANG, ["单位名称", "单位类别"], ["新桃源物业", "物业公司"])
    assert codes(problems) == [("second_heading", "A3")]


def test_a_table_of_another_form_above_blocks():
    unit = (["单位名称", "单位类别"], ["新桃源物业", "物业公司"])
    _, problems = read(*unit, HEAD, ZHANG)
    assert [(p.code, p.cell, p.blocking) for p in problems] == [("rows_above", "A1", True)]


def test_data_that_was_sorted_above_its_headings_blocks():
    head = ["姓名", "性别", "入党时间"]
    _, problems = read(["李四", "女", "2001"], head, ["张三", "男", "2002"])
    assert codes(problems) == [("rows_above", "A1")]


def test_titles_above_are_no_data():
    titles = (
        ["方松街道党员名册", None, "2006年10月"],
        ["街道", "方松街道", "居民区", "新桃源"],
        ["填报单位：方松街道", "填表人：王五", "2006-10-15"],
    )
    reading, problems = read(*titles, ["姓名", "性别", "入党时间"], ["张三", "男", "2002"])
    assert (names(reading), problems) == (["张三"], ())
    assert form_of(["党员"], ["姓名", "性别", "入党时间"]) == ("members", 2)


def test_a_value_that_is_called_like_a_heading_is_data():
    reading, problems = read(
        ["单位名称", "单位类别"], ["物业公司", "物业公司"], ["单位", None], name="单位"
    )
    assert (names(reading), problems) == (["物业公司", "单位"], ())


def test_marks_around_a_heading_do_not_hide_it():
    marked = [
        "【姓名】",
        "性别①",
        "1.入党时间",
        "※所在单位＊",
        "（党员类别）",
        "职务[必填]",
        "出生年月：",
        "党员编号*",
    ]
    reading, problems = read(marked, ["张三", "男", "2001", "甲物业", "正式党员", "经理", "1970", "7"])
    assert problems == ()
    assert set(reading.records[0].layout.columns) == {
        *("姓名", "性别", "入党时间", "所在单位", "党员类别", "职务", "出生年月", "党员编号")
    }


def test_unseen_characters_in_the_name_of_a_sheet_do_not_change_its_form():
    assert form_of(["姓名", "岗位"], name="联络\u200b员\ufeff") == ("post_holders", 1)
