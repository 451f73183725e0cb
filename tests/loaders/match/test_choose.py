"""How each sheet of a load is read: as ours, as answered, as surely proposed, or asked about."""

from dataclasses import replace

import pytest

from loaders.forms.answers import LEAVE, NO_ANSWERS, NOTE, MatchAnswers, SheetAnswer
from loaders.forms.form import read_forms
from loaders.map.headings import header_problems
from loaders.map.map_sheet import read_sheet
from loaders.match.choose import SheetChooser, propose_answers
from tests.loaders.match.test_propose import ENGLISH, GROUPED, WIDE, sheet_of
from tests.support.books import save

FORMS = read_forms()
CONTACTS = sheet_of(
    "通讯录",
    ["姓名", "性别", "单位", "职务", "电话"],
    ["王甲", "男", "甲公司", "经理", "138"],
    ["李乙", "女", "乙公司", "会计", None],
)


def chosen(sheet, answers=NO_ANSWERS, **how):
    choose = SheetChooser(answers, **how)
    return choose(sheet, FORMS), choose.proposals


def test_a_sheet_under_our_own_headings_is_read_as_ever_and_nothing_is_proposed():
    sheet = sheet_of("党员", ["姓名", "入党时间", "备注"], ["王甲", "2001-05", "x"])

    found, proposals = chosen(sheet)

    assert found.header.columns == {"姓名": 0, "入党时间": 1}
    assert found.header.notes == {"备注": 2}
    assert (found.problems, proposals) == ((), [])


def test_a_sure_proposal_is_read_and_told():
    found, (proposal,) = chosen(GROUPED)

    assert found.header.form.id == "members"
    assert found.header.columns == {"姓名": 0, "性别": 1, "组织关系所在党支部": 4, "转入时间": 5}
    assert found.header.notes == {"民族": 2, "学历": 3, "备注": 6}
    assert [(p.code, p.blocking) for p in found.problems] == [("matched_sheet", False)]
    assert "现所在党组织 → 组织关系所在党支部" in found.problems[0].what.zh
    assert not proposal.asks


def test_a_wide_table_gives_its_parts_and_what_is_only_likely_stays_a_note():
    found, (proposal,) = chosen(WIDE)

    assert {p.form.id: dict(p.columns) for p in found.header.parts} == {
        "branches": {"组建单位": 0, "党支部名称": 5, "书记": 6},
        "post_holders": {"派驻单位或区域": 0, "联络员姓名": 7},
    }
    assert found.header.notes == {"未建立原因": 3, "法人政治状况": 4}
    assert next(c for c in proposal.columns if c.heading == "未建立原因").others[0] == "units/未组建原因"


def test_what_is_not_sure_is_one_blocking_problem_and_nothing_is_read():
    found, (proposal,) = chosen(CONTACTS)

    assert found.header is None
    assert [(p.code, p.blocking, p.cell) for p in found.problems] == [("unmatched_sheet", True, "A1")]
    assert (proposal.asks, proposal.form, proposal.certainty) == (True, "members", "unsure")


def test_an_answer_about_the_same_headings_decides_and_their_order_does_not_matter():
    _, (proposal,) = chosen(CONTACTS)
    answers = MatchAnswers((SheetAnswer(proposal.headings, None),))
    turned = sheet_of(
        "九月", ["职务", "单位", "性别", "姓名", "电话"], ["经理", "甲公司", "男", "王甲", "138"]
    )

    found, (left,) = chosen(turned, answers)

    assert (found.header, [p.code for p in found.problems]) == (None, ["left_out_sheet"])
    assert (left.answered, left.asks, left.form) == (True, False, None)


def test_an_answer_names_the_column_of_each_heading():
    _, (proposal,) = chosen(CONTACTS)
    columns = {
        "姓名": "members/姓名",
        "性别": LEAVE,
        "单位": "members/所在单位",
        "职务": NOTE,
        "电话": NOTE,
    }
    answers = MatchAnswers((SheetAnswer(proposal.headings, "members", columns),))

    found, _ = chosen(CONTACTS, answers)

    assert found.header.columns == {"姓名": 0, "所在单位": 2}
    assert found.header.notes == {"职务": 3}
    assert found.header.left == {1}


def test_a_private_column_is_never_kept_whatever_an_answer_says():
    _, (proposal,) = chosen(CONTACTS)
    answers = MatchAnswers(
        (SheetAnswer(proposal.headings, "members", {"姓名": "members/姓名", "电话": "members/职务"}),)
    )

    found, _ = chosen(CONTACTS, answers)

    assert 4 not in {*found.header.columns.values(), *found.header.notes.values()}


@pytest.mark.parametrize("sheet", [GROUPED, WIDE, ENGLISH])
def test_what_was_proposed_and_taken_as_an_answer_is_read_the_same(sheet):
    first, (proposal,) = chosen(sheet)

    again, _ = chosen(sheet, MatchAnswers((proposal.answer(),)), propose=False)

    assert (again.header.columns, again.header.notes, again.header.row) == (
        first.header.columns,
        first.header.notes,
        first.header.row,
    )
    assert [p.columns for p in again.header.parts] == [p.columns for p in first.header.parts]


def test_without_proposing_only_our_own_headings_count():
    assert chosen(WIDE, propose=False)[0].header is None
    assert chosen(CONTACTS, propose=False)[0].header.form.id == "members"


def test_an_answer_for_a_form_that_is_gone_leaves_the_sheet_out():
    _, (proposal,) = chosen(CONTACTS)

    found, _ = chosen(CONTACTS, MatchAnswers((SheetAnswer(proposal.headings, "gone"),)))

    assert (found.header, [p.code for p in found.problems]) == (None, ["left_out_sheet"])


def test_a_sheet_that_is_no_list_of_ours_is_passed_over_without_a_question():
    found, proposals = chosen(sheet_of("收支", ["年度", "收入", "支出"], ["2024", "3", "4"]))

    assert (found.header, found.problems, proposals) == (None, (), [])


def test_two_columns_of_one_heading_are_two():
    sheet = sheet_of(
        "名册",
        ["姓名", "入党时间", "现所在党组织", "备注", "备注"],
        ["王甲", "2001-05", "甲公司党支部", "x", "y"],
    )

    found, (proposal,) = chosen(sheet)

    assert found.header.notes == {"备注": 3, "备注2": 4}
    assert proposal.headings == ("入党时间", "备注", "备注#2", "姓名", "现所在党组织")


def test_the_foreign_sheets_of_files_are_proposed_without_a_store(tmp_path):
    rows = [["姓名", "性别", "单位", "职务"], ["王甲", "男", "甲公司", "经理"]]
    save(tmp_path / "a.xlsx", 通讯录=rows, 党员=[["姓名", "入党时间"], ["王甲", "2001"]])

    (found,) = propose_answers([tmp_path], NO_ANSWERS)

    assert (found.file, found.sheet, found.form, found.asks) == ("a.xlsx", "通讯录", "members", True)


BANDS = sheet_of(
    "党员",
    ["姓名", "性别", "入党时间"],
    ["青松物业党支部"],
    ["王甲", "男", "2001-05"],
    ["翠竹物业党支部（2人）"],
    ["李乙", "女", "2002-05"],
    ["赵丙", "女", "2003-05"],
)


def test_a_row_that_names_a_branch_is_offered_and_not_assumed():
    found, (proposal,) = chosen(BANDS)

    assert (found.header.filled, proposal.asks, proposal.band, proposal.band_taken) == (
        {},
        False,
        "青松物业党支部",
        False,
    )


def test_a_row_that_names_a_branch_fills_the_rows_below_it_when_that_is_chosen():
    _, (proposal,) = chosen(BANDS)
    answer = replace(proposal, band_taken=True).answer()

    found, (again,) = chosen(BANDS, MatchAnswers((answer,)))
    reading = read_sheet(BANDS, found.header)

    assert [(r.row, [names for _, names in r.references]) for r in reading.records] == [
        (3, [("青松物业党支部",)]),
        (5, [("翠竹物业党支部",)]),
        (6, [("翠竹物业党支部",)]),
    ]
    assert [(p.code, p.cell) for p in reading.problems] == [("branch_taken", "A2"), ("branch_taken", "A4")]
    assert again.band_taken


def test_the_branch_in_a_title_is_that_of_all_rows_when_that_is_chosen():
    sheet = sheet_of("党员", ["青松物业党支部党员花名册"], ["姓名", "入党时间"], ["王甲", "2001-05"])
    _, (proposal,) = chosen(sheet)

    found, _ = chosen(sheet, MatchAnswers((replace(proposal, band_taken=True).answer(),)))

    assert {h: list(c) for h, c in found.header.filled.items()} == {
        "组织关系所在党支部": ["青松物业党支部"]
    }


def test_nothing_is_offered_where_a_column_says_the_branch():
    sheet = sheet_of("党员", ["青松物业党支部"], ["姓名", "所在党支部"], ["王甲", "翠竹物业党支部"])

    assert chosen(sheet)[1] == []


def test_a_heading_that_may_be_a_name_is_no_note_of_a_list_of_people_whatever_is_answered():
    sheet = sheet_of("Sheet1", ["姓名", "单位", "民族", "王小明"], ["王甲", "甲公司", "汉", "x"])
    columns = {"姓名": "members/姓名", "单位": "members/所在单位", "民族": NOTE, "王小明": NOTE}
    answer = SheetAnswer(tuple(sorted(columns)), "members", columns)

    found, _ = chosen(sheet, MatchAnswers((answer,)))

    assert found.header.notes == {"民族": 2}
    told = sorted((p.code, p.cell) for p in header_problems(sheet, found.header))
    assert told == [("kept_notes", "C1"), ("unknown_heading", "D1")]


def test_headings_in_traditional_writing_are_those_of_the_form_and_private_ones_stay_private():
    sheet = sheet_of("黨員名冊", ["姓名", "入黨時間", "聯繫電話", "備註"], ["王甲", "2001-05", "138", "x"])

    found, _ = chosen(sheet)

    assert found.header.columns == {"姓名": 0, "入党时间": 1}
    assert found.header.notes == {"備註": 3}


def test_an_english_heading_that_might_be_a_name_is_read_where_it_is_surely_a_column_of_ours():
    sheet = sheet_of(
        "Sheet1",
        ["Full name", "Joined the Party", "Branch", "Wei Chen"],
        ["Wang Jia", "1995-06", "Pine Branch", "x"],
    )

    found, _ = chosen(sheet)

    assert found.header.columns == {"姓名": 0, "入党时间": 1, "组织关系所在党支部": 2}
    assert found.header.notes == {}


def test_those_who_only_applied_are_no_members():
    sheet = sheet_of(
        "发展党员",
        ["姓名", "性别", "申请入党时间", "培养联系人", "所在支部"],
        ["金午", "男", "2023-01", "何甲", "青松党支部"],
    )

    found, proposals = chosen(sheet)

    assert found.header is None
    assert [p.form for p in proposals] == []


def test_a_column_of_two_things_is_neither_of_them():
    sheet = sheet_of("党员信息", ["姓名", "入党时间", "单位及职务"], ["王甲", "2001-05", "青松物业公司"])

    found, _ = chosen(sheet)

    assert (found.header.columns, found.header.notes) == ({"姓名": 0, "入党时间": 1}, {"单位及职务": 2})


def test_several_columns_of_companies_are_one_and_the_title_says_who_visits_them():
    sheet = sheet_of(
        "Sheet1",
        ["党建工作指导员选派情况表"],
        ["姓名", "联系企业一", "联系企业二", "选派日期"],
        ["许乙", "青松公司", "翠竹公司", "2024-01"],
        ["韩寅", "丹桂公司", "无", "2024-01"],
    )

    found, _ = chosen(sheet)
    reading = read_sheet(sheet, found.header)

    assert (found.header.columns, found.header.further, found.header.fixed) == (
        {"联络员姓名": 0, "派驻单位或区域": 1, "派驻时间": 3},
        {"派驻单位或区域": (2,)},
        {"身份": "党建指导员"},
    )
    assert [names for r in reading.records for _, names in r.references] == [
        ("青松公司", "翠竹公司"),
        ("丹桂公司",),
    ]
    assert header_problems(sheet, found.header) == ()


def test_a_collection_form_of_organisations_is_one_of_units_with_their_branches():
    sheet = sheet_of(
        "Sheet1",
        ["组织名称", "统一社会信用代码", "法人政治面貌", "党组织名称", "书记"],
        ["青松科技有限公司", None, "中共党员", "青松科技有限公司党支部", "王甲"],
        ["玉兰社工服务中心", None, "民盟盟员", None, None],
    )

    found, _ = chosen(sheet)
    reading = read_sheet(sheet, found.header)

    assert found.header.form.id == "units"
    assert found.header.columns["单位名称"] == 0
    assert [dict(p.columns) for p in found.header.parts] == [{"组建单位": 0, "党支部名称": 3, "书记": 4}]
    assert [r.properties["representative_member"] for r in reading.records] == [True, False]


def test_an_answer_holds_for_next_months_table_with_one_more_note_and_not_with_one_more_field():
    head = ["姓名", "性别", "单位", "职务", "电话"]
    row = ["王甲", "男", "甲公司", "经理", "138"]
    columns = {
        "姓名": "members/姓名",
        "性别": LEAVE,
        "单位": "members/所在单位",
        "职务": NOTE,
        "电话": NOTE,
    }
    answers = MatchAnswers((SheetAnswer(tuple(sorted(head)), "members", columns),))
    one_more = sheet_of("十月", [*head, "血型"], [*row, "A"])
    a_field = sheet_of("十月", [*head, "所属党组织"], [*row, "青松党支部"])
    one_less = sheet_of("十月", ["姓名", "性别", "职务", "血型"], ["王甲", "男", "经理", "A"])

    found, (proposal,) = chosen(one_more, answers)

    assert (found.header.columns, found.header.notes) == (
        {"姓名": 0, "所在单位": 2},
        {"职务": 3, "血型": 5},
    )
    assert (found.header.left, proposal.answered, proposal.asks) == ({1}, True, False)
    assert not any(p.answered for s in (a_field, one_less) for p in chosen(s, answers)[1])


def test_committees_among_those_who_took_part_are_no_companies():
    sheet = sheet_of(
        "联席会议",
        ["居民区", "召开时间", "参加单位", "业委会参加"],
        ["檀香居民区", "2024-03-08", "檀香居委会、青松公司、业委会", None],
        ["檀香居民区", "2024-06-07", "青松公司、业主委员会", "否"],
        ["檀香居民区", "2024-09-07", "居委会", None],
    )

    found, _ = chosen(sheet)
    records = read_sheet(sheet, found.header).records

    assert [[n for c, n in r.references if c.heading == "参加方"] for r in records] == [
        [("青松公司",)],
        [("青松公司",)],
        [],
    ]
    said = [
        (r.properties.get("residents_committee"), r.properties.get("owners_committee")) for r in records
    ]
    assert said == [(True, True), (None, False), (True, None)]
