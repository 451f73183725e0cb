"""Which form a foreign sheet is taken for, and which column becomes what."""

import pytest

from loaders.forms.form import read_forms
from loaders.match.propose import propose
from loaders.read.worksheet import worksheet_of

FORMS = read_forms()


def sheet_of(name, *rows):
    width = max(map(len, rows))
    return worksheet_of("a.xlsx", name, [[*row, *[None] * (width - len(row))] for row in rows])


GROUPED = sheet_of(
    "名单",
    ["某街道党员花名册"],
    ["基本信息", None, None, None, "组织关系", None, "备注"],
    ["人员姓名", "性别", "民族", "学历", "现所在党组织", "转入年月", None],
    ["王甲", "男", "汉", "大专", "甲物业公司党支部", "2001-05", None],
    ["李乙", "女", "汉", "本科", "乙物业公司党支部", "2003.06", None],
)
WIDE = sheet_of(
    "采集",
    [
        "组织名称",
        "社会信用代码",
        "组织性质",
        "未建立原因",
        "法人政治状况",
        "党组织全称",
        "支部书记姓名",
        "指导员",
    ],
    ["甲物业公司", "91310000MA1", "私营企业", None, "群众", "甲物业公司党支部", "王甲", None],
    ["乙物业公司", "91310000MA2", "私营企业", "无党员", "党员", None, None, "赵丙"],
)
ENGLISH = sheet_of(
    "Sheet1",
    [
        "No.",
        "Member name",
        "Sex",
        "Birth date",
        "Party admission date",
        "Branch of affiliation",
        "Category",
        "Phone",
    ],
    ["1", "王甲", "男", "1970-01", "1995-06", "甲物业公司党支部", "正式党员", "138"],
    ["2", "李乙", "女", "1971-01", "1996-06", "甲物业公司党支部", "预备党员", "139"],
)


def targets(proposal):
    return {c.heading: (c.target, c.certainty) for c in proposal.columns}


def test_headings_in_two_rows_under_groups_are_read_as_one_each():
    found = propose(GROUPED, FORMS, {})

    assert (found.form, found.certainty, found.first, found.last) == ("members", "sure", 2, 3)
    assert targets(found) == {
        "人员姓名": ("members/姓名", "sure"),
        "性别": ("members/性别", "sure"),
        "民族": ("note", "sure"),
        "学历": ("note", "sure"),
        "现所在党组织": ("members/组织关系所在党支部", "sure"),
        "转入年月": ("members/转入时间", "sure"),
        "备注": ("note", "sure"),
    }


def test_a_wide_table_of_companies_is_no_list_of_branches():
    found = propose(WIDE, FORMS, {})

    assert (found.form, found.certainty, found.runner_up) == ("units", "sure", "members")
    assert targets(found) == {
        "组织名称": ("units/单位名称", "sure"),
        "社会信用代码": ("units/统一社会信用代码", "sure"),
        "组织性质": ("units/性质", "sure"),
        "未建立原因": ("units/未组建原因", "likely"),
        "法人政治状况": ("units/法定代表人是否党员", "likely"),
        "党组织全称": ("branches/党支部名称", "sure"),
        "支部书记姓名": ("branches/书记", "sure"),
        "指导员": ("post_holders/联络员姓名", "sure"),
    }


def test_english_headings_are_known():
    found = propose(ENGLISH, FORMS, {})

    assert (found.form, found.certainty) == ("members", "sure")
    assert {h: t for h, (t, _) in targets(found).items()} == {
        "Member name": "members/姓名",
        "Sex": "members/性别",
        "Birth date": "members/出生年月",
        "Party admission date": "members/入党时间",
        "Branch of affiliation": "members/组织关系所在党支部",
        "Category": "members/党员类别",
        "Phone": "leave",
    }
    assert [c.heading for c in found.columns if c.private] == ["Phone"]


def test_private_cells_are_not_among_the_rows_that_are_shown():
    found = propose(ENGLISH, FORMS, {})

    assert [row[-1] for row in found.rows] == [None, None]
    assert found.rows[0][1] == "王甲"


@pytest.mark.parametrize(
    "rows",
    [
        [["填表说明"], ["1. 请按实填写"], ["2. 不得漏报"]],
        [["年度", "收入", "支出"], ["2024", "3", "4"]],
        [[None, None], [None, None]],
    ],
)
def test_what_is_no_list_of_ours_gets_no_proposal(rows):
    assert propose(sheet_of("Sheet1", *rows), FORMS, {}) is None


def test_a_list_of_contacts_is_not_taken_for_members():
    found = propose(
        sheet_of("通讯录", ["姓名", "性别", "单位", "职务"], ["王甲", "男", "甲公司", "经理"]), FORMS, {}
    )

    assert (found.form, found.certainty) == ("members", "unsure")


def test_known_names_tell_a_column_that_its_heading_does_not():
    rows = sheet_of(
        "名册",
        ["姓名", "入党时间", "归口"],
        *[
            [f"王{c}", "2001-05", name]
            for c, name in zip("甲乙丙", ["先锋组", "红旗组", "先锋组"], strict=True)
        ],
    )

    blind, known = (
        propose(rows, FORMS, {}),
        propose(rows, FORMS, {"Branch": frozenset({"先锋组", "红旗组"})}),
    )

    assert targets(blind)["归口"] == ("note", "sure")
    assert targets(known)["归口"] == ("members/组织关系所在党支部", "likely")


def test_what_stands_in_a_column_contradicts_its_heading():
    rows = sheet_of(
        "党员",
        ["姓名", "入党时间", "所在党支部"],
        ["王甲", "2001-05", "2003-01"],
        ["李乙", "2002-05", "2003-02"],
    )

    assert targets(propose(rows, FORMS, {}))["所在党支部"][1] != "sure"
