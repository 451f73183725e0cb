import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.schema.extra_values import read_extra
from loaders.forms.answers import TermAnswer
from loaders.forms.form import read_forms
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.map.records import TooManyFaults
from loaders.problems import CODES, HIDDEN
from loaders.read.worksheet import worksheet_of
from tests.support.sheets import codes, form_of, read

PHONE = "1" + "39" + "0" * 8


def test_a_sheet_is_recognised_by_its_headings_not_by_its_name():
    assert form_of(["姓名", "性别", "入党时间"]) == ("members", 1)
    assert form_of(["公司名称", "所有制"]) == ("units", 1)
    assert form_of(["支部名称", "书记姓名"]) == ("branches", 1)
    assert form_of(["党建工作", "安排"]) is None
    assert form_of() is None


def test_a_header_may_stand_below_titles_and_be_spaced_out():
    assert form_of(["党员"], [], ["填表时间 2006"], ["姓　名", " 性 别 ", "*入党时间（年.月）"]) == (
        "members",
        4,
    )


def test_a_tie_between_forms_is_decided_by_the_name_of_the_sheet():
    assert form_of(["姓名", "岗位"], name="党员") == ("members", 1)
    assert form_of(["姓名", "岗位"], name="联络员") == ("post_holders", 1)


def test_a_row_becomes_a_record():
    reading, problems = read(
        ["姓名", "性别", "入党时间", "工作单位", "职务", "组织关系", "转入时间"],
        ["张　三", "男", "2001年12月", "新桃源物业", "总经理", "新桃源物业党支部", "2002"],
    )
    [record] = reading.records
    assert problems == ()
    assert record.row == 2
    assert record.properties == {"name": "张三", "gender": "male", "joined": "2001-12"}
    assert [(c.tie, names) for c, names in record.references] == [
        ("EMPLOYED_BY", ("新桃源物业",)),
        ("AFFILIATED_WITH", ("新桃源物业党支部",)),
    ]
    assert record.tie_properties == {
        "EMPLOYED_BY": {"position": "总经理"},
        "AFFILIATED_WITH": {"since": "2002"},
    }


def test_an_unknown_heading_is_named_with_the_nearest():
    _, [found] = read(["姓名", "性别", "入党的时间"], ["张三", "男", "2001"])
    assert (found.code, found.cell, found.value, found.blocking) == (
        "unknown_heading",
        "C1",
        "入党的时间",
        False,
    )
    assert found.right.zh == "最接近的列名是“入党时间”"


def test_a_missing_required_heading_blocks():
    _, problems = read(["统计项目", "说明"], name="汇总")
    assert codes(problems) == [("missing_heading", "A1")]
    assert "申报数" in problems[0].what.zh


def test_a_heading_given_twice_blocks():
    _, problems = read(["姓名", "性别", "党员姓名"])
    assert codes(problems) == [("duplicate_heading", "C1")]


def test_running_numbers_are_passed_over_in_silence():
    _, problems = read(["序号", "姓名", "性别"], ["1", "张三", "男"])
    assert problems == ()


def test_a_bad_cell_names_its_address_and_what_would_be_right():
    reading, [found] = read(["姓名", "性别", "入党时间"], ["张三", "男", "2001.13"])
    assert (found.code, found.cell, found.value, found.blocking) == ("bad_value", "C2", "2001.13", True)
    assert "2001.12" in found.right.zh
    assert (reading.rows, reading.records, len(reading.rejected)) == (1, (), 1)
    assert reading.rejected[0].names == ("张三",)


def test_an_empty_required_cell_blocks_its_row_only():
    reading, problems = read(["姓名", "性别"], [None, "男"], ["李四", "女"])
    assert codes(problems) == [("required", "A2")]
    assert [r.row for r in reading.records] == [3]


def test_a_number_that_may_be_january_or_october_keeps_its_year_only():
    rows = (["姓名", "性别", "入党时间"], ["张三", "男", "2001.1"])
    reading, problems = read(*rows, numeric=True)
    assert codes(problems) == [("ambiguous_month", "C2")]
    assert reading.records[0].properties["joined"] == "2001"
    reading, problems = read(*rows)
    assert problems == ()
    assert reading.records[0].properties["joined"] == "2001-01"


def test_a_date_after_the_survey_is_kept_with_a_warning():
    reading, problems = read(["姓名", "性别", "入党时间"], ["张三", "男", "2016-07"])
    assert codes(problems) == [("unlikely_date", "C2")]
    assert reading.records[0].properties["joined"] == "2016-07"


def test_the_end_of_a_term_may_well_lie_after_the_survey():
    _, problems = read(["党支部名称", "任期届满时间"], ["甲党支部", "2009-07"], name="党支部")
    assert problems == ()


def test_private_columns_are_named_and_not_read():
    reading, problems = read(["姓名", "性别", "联系电话"], ["张三", "男", PHONE])
    assert codes(problems) == [("private_heading", "C1")]
    assert PHONE not in repr((reading, problems))


def test_private_cells_are_never_kept_or_shown():
    reading, problems = read(
        ["姓名", "性别", "职务"], ["张三", "男", f"经理 {PHONE}"], [f"李四{PHONE}", "女", None]
    )
    assert codes(problems) == [("private_cell", "A3"), ("private_cell", "C2"), ("required", "A3")]
    assert {p.value for p in problems} == {HIDDEN}
    assert PHONE not in repr((reading, problems))


def test_sums_notes_and_blank_rows_are_no_data():
    reading, problems = read(
        ["姓名", "性别"], [None, None], ["张三", "男"], [" ", None], ["合 计", "1"], ["注：以上属实", None]
    )
    assert codes(problems) == [("total_row", "A5")]
    assert [r.row for r in reading.records] == [3]
    assert reading.rows == 2


def test_a_column_for_one_refuses_two():
    _, problems = read(["党支部名称", "书记"], ["甲党支部", "张三、李四"], name="党支部")
    assert codes(problems) == [("one_only", "B2")]


def test_a_property_of_a_tie_that_is_not_there_is_named():
    _, problems = read(["姓名", "性别", "所在单位", "职务"], ["张三", "男", None, "经理"])
    assert codes(problems) == [("no_tie", "D2")]


def test_an_outside_branch_without_a_name_is_named():
    _, problems = read(["姓名", "性别", "组织关系", "关系在外"], ["张三", "男", None, "是"])
    assert codes(problems) == [("outside_unnamed", "D2")]


def test_composed_names_come_from_other_cells():
    reading, _ = read(["居民区", "召开时间"], ["檀香 居民区", "2006.05"], name="联席会议")
    assert reading.records[0].properties["name"] == "檀香居民区2006-05联席会议"


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["张三", "男", "2001.1", "合计", "  ", "注：", "x、y", PHONE]),
    st.text(max_size=8),
)


@settings(deadline=None)  # the headings of all forms are looked up when they are first asked for
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), max_size=8))
def test_no_row_is_lost(rows):
    reading, problems = read(["姓名", "性别", "入党时间", "所在单位", "职务"], *rows)
    sums = sum(p.code == "total_row" for p in problems)
    assert reading.rows == len(reading.records) + len(reading.rejected) + sums
    blocked = {
        row for (_, _, code), rows in reading.problems.rows.items() if CODES[code].blocking for row in rows
    }
    assert {r.row for r in reading.rejected} == blocked
    assert {int(p.cell[1:]) for p in problems if p.blocking} <= blocked


def test_a_word_that_is_no_term_is_one_problem_for_all_of_its_cells():
    words = ["民营", "个体户", "个 体 户", None, "个体户", "外商", "个体户"]
    rows = [[name, word] for name, word in zip("甲乙丙丁戊己庚", words, strict=True)]
    reading, problems = read(["单位名称", "性质"], *rows, name="单位")
    assert [(p.code, p.cell, p.value, p.blocking) for p in problems] == [
        ("unknown_term", "B3", "个体户", True),
        ("unknown_term", "B7", "外商", True),
    ]
    assert "有 4 格" in problems[0].what.zh
    assert "第 3、4、6、8 行" in problems[0].what.zh
    assert "请在导入页的“列表用词”中选择" in problems[0].right.zh
    assert "最接近的是“外资”" in problems[1].right.zh
    assert [r.row for r in reading.records] == [2, 5]
    assert [r.row for r in reading.rejected] == [3, 4, 6, 7, 8]
    assert list(reading.problems.rows["a.xlsx", "单位", "unknown_term"]) == [3, 4, 6, 7, 8]
    assert [(q.property, q.word, q.value, q.count, q.nearest, q.cell) for q in reading.words] == [
        ("Unit.ownership", "个体户", "个体户", 4, (), "B3"),
        ("Unit.ownership", "外商", "外商", 1, ("foreign",), "B7"),
    ]


def test_very_many_different_words_and_long_texts_are_told_cell_by_cell_and_not_asked():
    rows = [[f"第{n}家", f"性质{n}"] for n in range(101)] + [["末家", "很" * 41]]
    reading, problems = read(["单位名称", "性质"], *rows, name="单位")
    assert [p.code for p in problems] == ["unknown_term"] * 102
    assert len(reading.words) == 100
    last = next(p for p in problems if p.cell == "B103")
    assert "有 1 格" in last.what.zh
    assert last.right.en.startswith("one of: 集体, ")
    assert "choose under “Words of lists”" in last.right.en
    assert [r.row for r in reading.rejected] == list(range(2, 104))


def test_a_word_is_read_as_it_was_answered():
    sheet = worksheet_of("a.xlsx", "单位", [["单位名称", "性质", "经营状态"], ["甲", "个体户", "个体户"]])
    header = match_form(sheet, read_forms())
    assert header is not None
    answers = [TermAnswer("Unit.ownership", "个体户", "private"), TermAnswer("Unit.status", "个体户", None)]
    reading = read_sheet(sheet, header, answers=answers)
    assert reading.records[0].properties == {"name": "甲", "ownership": "private"}
    assert [(p.code, p.cell, p.blocking) for p in reading.problems] == [
        ("answered_term", "B2", False),
        ("answered_term", "C2", False),
    ]
    assert [p.what.en.rpartition(": ")[2] for p in reading.problems] == ["“民营”", "empty"]
    assert [(q.code, q.taken) for q in reading.words] == [
        ("answered_term", "private"),
        ("answered_term", None),
    ]


def test_words_are_asked_also_where_so_many_rows_have_them_that_the_sheet_is_read_no_further():
    rows = [[name, "个体户"] for name in "甲乙丙"]
    sheet = worksheet_of("a.xlsx", "单位", [["单位名称", "性质"], *rows])
    header = match_form(sheet, read_forms())
    assert header is not None
    with pytest.raises(TooManyFaults) as raised:
        read_sheet(sheet, header, most_faulty=2)
    assert [p.code for p in raised.value.problems] == ["faulty_rows", "unknown_term"]
    assert [(q.word, q.count) for q in raised.value.words] == [("个体户", 3)]


def test_the_value_above_is_that_of_the_row_above_even_if_it_is_one_itself():
    reading, problems = read(
        ["姓名", "入党时间", "所在单位"],
        ["张三", "2001.12", "甲物业、乙物业"],
        ["李四", "同上", "甲物业"],
        ["王五", "〃", "同上"],
    )
    assert [r.properties.get("joined") for r in reading.records] == ["2001-12"] * 2
    assert codes(problems) == [("value_above", "B3"), ("value_above", "C4"), ("one_only", "C2")]
    assert "2 格" in problems[0].what.zh
    assert "第 3、4 行" in problems[0].what.zh


def test_a_mark_with_no_value_above_is_no_value_and_told():
    reading, problems = read(
        ["姓名", "入党时间", "所在单位"], ["张三", "〃", "同上"], ["同上", "2001", None]
    )
    assert codes(problems) == [("bad_value", "A3"), ("nothing_above", "B2"), ("nothing_above", "C2")]
    assert [r.properties for r in reading.records] == [{"name": "张三"}]


def extra(reading):
    return [read_extra(r.properties.get("extra")) for r in reading.records]


def test_columns_that_no_form_has_are_kept_by_heading_and_told_in_one_line():
    reading, [found] = read(
        ["姓名", "民族", "学  历", "序号", "备注"],
        ["张三", "汉", None, "1", "联系人 王小明"],
        ["李四", None, None, "2", None],
    )
    assert extra(reading) == [{"民族": "汉", "备注": "联系人 王小明"}, {}]
    assert (found.code, found.cell, found.blocking) == ("kept_notes", "B1", False)
    assert found.what.zh == "另有 3 列作为备注信息保留：民族、学 历、备注"
    assert found.what.en == "columns kept as extra values: 3 (民族, 学 历, 备注)"


def test_what_is_private_is_no_extra_value():
    reading, problems = read(
        ["姓名", "身份证号", "联系电话", "家庭住址", "备注"],
        ["张三", "x", "x", "x", "电话13900000000"],
        ["李四", "x", "x", "x", "常来"],
    )
    assert extra(reading) == [{}, {"备注": "常来"}]
    assert codes(problems) == [
        ("private_heading", "B1"),
        ("private_heading", "C1"),
        ("private_heading", "D1"),
        ("kept_notes", "E1"),
        ("private_cell", "E2"),
    ]
    assert "139" not in repr(problems)


def test_a_heading_that_may_be_a_name_is_no_heading_of_an_extra_value_in_a_list_of_people():
    reading, problems = read(["姓名", "性别", "王小明"], ["张三", "男", "是"])
    assert (extra(reading), codes(problems)) == ([{}], [("unknown_heading", "C1")])
    assert problems[0].what.zh == "“党员”表没有这个列名，此列未读取"


def test_a_heading_that_is_nearly_one_of_the_form_is_kept_and_told_apart():
    reading, [found] = read(["姓名", "性别", "入党的时间"], ["张三", "男", "2001"])
    assert extra(reading) == [{"入党的时间": "2001"}]
    assert found.what.zh == "“党员”表没有这个列名，此列作为备注信息保留"


def test_two_columns_of_one_heading_are_two_extra_values():
    reading, _ = read(["姓名", "性别", "意见", "意见"], ["张三", "男", "好", "很好"])
    assert extra(reading) == [{"意见": "好", "意见2": "很好"}]


def test_the_same_as_above_is_the_value_above():
    reading, problems = read(["姓名", "民族"], ["张三", "汉"], ["李四", "同上"], name="党员")
    assert extra(reading) == [{"民族": "汉"}, {"民族": "汉"}]
    assert codes(problems) == [("kept_notes", "B1"), ("value_above", "B3")]


def test_what_of_an_extra_value_is_too_long_is_told():
    reading, problems = read(["姓名", "备注"], ["张三", "长" * 501], ["李四", "长" * 500])
    assert [len(e["备注"]) for e in extra(reading)] == [500, 500]
    assert codes(problems) == [("kept_notes", "B1"), ("long_note", "B2")]


@pytest.mark.parametrize(
    "rows",
    [
        [["张三", "坏"], ["李四", "坏"], ["王五", "坏"]],
        [[None, "男"], [None, "男"], [None, "女"]],
        [["张三", "男"], ["单位名称", "单位类别"], ["甲", "乙"], ["丙", "丁"], ["戊", "己"]],
    ],
    ids=["values", "names", "rows below other headings"],
)
def test_a_sheet_of_too_many_faulty_rows_is_not_read_to_its_end(rows):
    sheet = worksheet_of("a.csv", "党员", [["姓名", "性别"], *rows])
    header = match_form(sheet, read_forms())
    assert header is not None
    with pytest.raises(TooManyFaults) as raised:
        read_sheet(sheet, header, most_faulty=2)
    first, *_ = raised.value.problems
    assert (first.code, first.blocking, first.cell) == ("faulty_rows", True, "")
    assert first.what.en.startswith("more than 2 rows have a problem")
    assert read_sheet(sheet, header, most_faulty=3).rows == len(rows) - (len(rows) > 3)


def test_a_sheet_without_a_required_column_and_too_many_rows_is_not_read_to_its_end():
    sheet = worksheet_of("a.csv", "党员", [["性别", "入党时间"], ["男", "2001-01"], ["女", "2001-02"]])
    header = match_form(sheet, read_forms())
    assert header is not None
    with pytest.raises(TooManyFaults):
        read_sheet(sheet, header, most_faulty=1)
    assert len(read_sheet(sheet, header, most_faulty=2).rejected) == 2
