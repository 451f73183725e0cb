"""Five workbooks as offices have them, in Chinese and in English: what each column and each row becomes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from graph_model.keys import KeyMaker, site_keys
from graph_model.store.store import Store
from loaders.forms.form import read_forms
from loaders.map.heading_words import with_notes
from loaders.map.headings import header_problems, is_running_heading, match_form, with_parts
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from loaders.privacy import is_private_heading
from loaders.read.workbooks import read_workbook
from loaders.read.worksheet import worksheet_of
from loaders.survey import ParsedRound, read_round
from tests.support.office_workbooks import BOOKS, write_books
from tests.support.sheets import form_of

OFFICES = Path(__file__).parents[1] / "data" / "offices"
CHINESE = [name for name in BOOKS if not name.endswith("_en.xlsx")]
ENGLISH = [name for name in BOOKS if name.endswith("_en.xlsx")]


def reading_of(*names: str) -> ParsedRound:
    return read_round([OFFICES / n for n in names], keys=KeyMaker(b"test"), round="2024-06")


def meanings(name: str, sheet: str) -> dict[str, str]:
    """Heading -> "form/heading", note, private, left out, or running; the form itself under "" first."""
    [found] = [s for s in read_workbook(OFFICES / name, name) if s.name == sheet]
    header = match_form(found, read_forms())
    assert header is not None
    header = with_notes(with_parts(header, read_forms()))
    bound = {at: f"{h.form.id}/{heading}" for h in header.parts for heading, at in h.columns.items()}
    bound |= {at: f"{header.form.id}/{heading}" for heading, at in header.columns.items()}
    return {"": header.form.id} | {
        heading: bound.get(at) or _unbound(heading, at in header.notes.values())
        for at, heading in enumerate(header.cells)
        if heading
    }


def _unbound(heading: str, kept: bool) -> str:
    if kept:
        return "note"
    if is_running_heading(heading):
        return "running"
    return "private" if is_private_heading(heading) else "left out"


def named(reading: ParsedRound) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for n in reading.graph.nodes.values():
        found.setdefault(n.label, []).append(str(n.properties["name"]))
    return {label: sorted(names) for label, names in found.items()}


def ties(reading: ParsedRound) -> set[tuple[str, str, str]]:
    name = {k: str(n.properties["name"]) for k, n in reading.graph.nodes.items()}
    return {(name[s], of, name[t]) for of, s, t in reading.graph.edges}


def properties(reading: ParsedRound, name: str) -> dict[str, object]:
    [found] = [n for n in reading.graph.nodes.values() if n.properties["name"] == name]
    return {k: v for k, v in found.properties.items() if k not in ("name", "sound", "search")}


def rows_of(reading: ParsedRound) -> dict[str, tuple[str, int, int, dict[str, int]]]:
    return {c.sheet: (c.form, c.rows, c.records, dict(c.parts)) for c in reading.counts}


def told(reading: ParsedRound, sheet: str) -> list[tuple[str, str, str]]:
    return [(p.code, p.cell, p.value) for p in reading.problems if p.sheet == sheet]


def test_the_workbooks_are_those_of_the_script(tmp_path):
    for made in write_books(tmp_path):
        kept, new = openpyxl.load_workbook(OFFICES / made.name), openpyxl.load_workbook(made)
        assert kept.sheetnames == new.sheetnames
        for here, there in zip(kept.worksheets, new.worksheets, strict=True):
            assert list(here.values) == list(there.values)
            assert sorted(map(str, here.merged_cells.ranges)) == sorted(map(str, there.merged_cells.ranges))


# --- what each column becomes --------------------------------------------------------------------

COLUMNS = {
    ("member_roster.xlsx", "党员花名册"): {
        "": "members",
        "序号": "running",
        "姓名": "members/姓名",
        "性别": "members/性别",
        "民族": "note",
        "学历": "note",
        "出生日期": "members/出生年月",
        "人员类别": "members/党员类别",
        "入党日期": "members/入党时间",
        "转正日期": "members/转正时间",
        "组织关系所在党支部": "members/组织关系所在党支部",
        "组织关系转入时间": "members/转入时间",
        "党内职务": "members/党内职务",
        "身份证号": "private",
        "联系电话": "private",
        "备注": "note",
    },
    ("member_roster.xlsx", "离退休党员"): {
        "": "members",
        "序号": "running",
        "党员姓名": "members/姓名",
        "性别": "members/性别",
        "民族": "note",
        "学历": "note",
        "人员类别": "members/党员类别",
        "入党日期": "members/入党时间",
    },
    ("member_roster.xlsx", "流动党员"): {
        "": "members",
        "序号": "running",
        "姓名": "members/姓名",
        "性别": "members/性别",
        "所在党组织": "members/组织关系所在党支部",
        "入党日期": "members/入党时间",
        "是否流动党员": "members/是否流动党员",
        "流向": "members/流出地",
        "流出时间": "note",
        "手机号码": "private",
    },
    ("member_roster_en.xlsx", "Roster"): {
        "": "members",
        "No.": "running",
        "Name": "members/姓名",
        "Gender": "members/性别",
        "Ethnicity": "note",
        "Education": "note",
        "Date of birth": "members/出生年月",
        "Date of joining": "members/入党时间",
        "Party branch": "members/组织关系所在党支部",
        "Phone": "private",
    },
    ("organisation_register.xlsx", "党组织"): {
        "": "branches",
        "序号": "running",
        "党组织名称": "branches/党支部名称",
        "组织类别": "branches/组织类别",
        "书记姓名": "branches/书记",
        "副书记姓名": "branches/副书记",
        "换届日期": "branches/本届产生时间",
        "应换届日期": "branches/任期届满时间",
        "党员数": "branches/申报党员数",
        "上级党组织": "branches/上级党组织",
        "成立日期": "branches/成立时间",
        "党小组数": "branches/党小组数",
        "联系人": "note",
        "联系电话": "private",
        "备注": "note",
    },
    ("organisation_register_en.xlsx", "Register"): {
        "": "branches",
        "No.": "running",
        "Organisation name": "branches/党支部名称",
        "Level": "branches/组织类别",
        "Secretary": "branches/书记",
        "Election date": "branches/本届产生时间",
        "Party members": "branches/申报党员数",
        "Superior organisation": "branches/上级党组织",
        "Contact person": "note",
        "Remarks": "note",
    },
    ("company_survey.xlsx", "摸底表"): {
        "": "units",
        "序号": "running",
        "单位全称": "units/单位名称",
        "统一信用代码": "units/统一社会信用代码",
        "详细地址": "private",
        "所在村居": "units/所在区域",
        "法人姓名": "note",
        "法人政治面貌": "units/法定代表人是否党员",
        "登记类型": "units/性质",
        "行业类别": "units/行业",
        "是否规上企业": "units/是否规模以上",
        "职工总数": "units/从业人数",
        "党员人数": "units/申报党员总数",
        "其中正式党员": "note",
        "其中流动党员": "note",
        "积极分子人数": "units/入党积极分子数",
        "是否已建党组织": "units/是否建立党组织",
        "组建方式": "branches/支部类型",
        "党组织全称": "branches/党支部名称",
        "书记姓名": "branches/书记",
        "未建党组织原因": "units/未组建原因",
        "选派指导员": "post_holders/联络员姓名",
        "选派时间": "post_holders/派驻时间",
        "是否建工会": "units/是否建立工会",
        "是否建团组织": "units/是否建立团组织",
        "手机": "private",
        "备注": "note",
    },
    ("company_survey_en.xlsx", "Companies"): {
        "": "units",
        "No.": "running",
        "Company name": "units/单位名称",
        "Credit code": "units/统一社会信用代码",
        "Registered address": "left out",
        "Community": "units/所在区域",
        "Legal representative": "units/法定代表人",
        "Ownership": "units/性质",
        "Industry": "units/行业",
        "Employees": "units/从业人数",
        "Party members": "units/申报党员总数",
        "Party branch": "branches/党支部名称",
        "Branch secretary": "branches/书记",
        "Instructor": "post_holders/联络员姓名",
        "Trade union": "units/是否建立工会",
        "Remarks": "note",
    },
    ("instructors_one_to_one.xlsx", "名单"): {
        "": "post_holders",
        "序号": "running",
        "指导员姓名": "post_holders/联络员姓名",
        "派出单位": "post_holders/派出单位",
        "职级": "note",
        "联系企业": "post_holders/派驻单位或区域",
        "联系时间": "note",
        "联系方式": "private",
        "备注": "note",
    },
    ("instructors_one_to_one_en.xlsx", "List"): {
        "": "post_holders",
        "No.": "running",
        "Instructor name": "post_holders/联络员姓名",
        "Home unit": "post_holders/派出单位",
        "Company served": "post_holders/派驻单位或区域",
        "Contact since": "note",
        "Phone": "private",
    },
    ("meeting_matters.xlsx", "台账"): {
        "": "matters",
        "序号": "running",
        "会议名称": "note",
        "所属社区": "matters/居民区",
        "召开时间": "matters/召开时间",
        "参会单位": "joint_meetings/参加方",
        "议定事项": "matters/议题",
        "责任单位": "matters/责任单位",
        "完成时限": "matters/办结期限",
        "办结情况": "note",
        "备注": "note",
    },
    ("meeting_matters_en.xlsx", "Minutes"): {
        "": "matters",
        "No.": "running",
        "Meeting": "note",
        "Community": "matters/居民区",
        "Date held": "matters/召开时间",
        "Attended by": "joint_meetings/参加方",
        "Matter": "matters/议题",
        "Responsible": "note",
        "Resolved": "matters/是否解决",
        "Remarks": "note",
    },
}


def test_every_sheet_of_the_workbooks_is_looked_at():
    assert set(COLUMNS) == {(name, sheet) for name, sheets in BOOKS.items() for sheet in sheets}


@pytest.mark.parametrize(("name", "sheet"), COLUMNS)
def test_each_column_is_read_kept_or_left_out_as_it_should_be(name, sheet):
    assert meanings(name, sheet) == COLUMNS[name, sheet]


# --- what each row becomes -----------------------------------------------------------------------


def test_the_five_workbooks_are_one_round_of_which_nothing_is_lost():
    reading = reading_of(*CHINESE)
    assert (reading.blocking, reading.unaccounted) == (False, 0)
    assert rows_of(reading) == {
        "党员花名册": ("members", 3, 3, {}),
        "离退休党员": ("members", 3, 3, {}),
        "流动党员": ("members", 1, 1, {}),
        "党组织": ("branches", 3, 3, {}),
        "摸底表": ("units", 2, 2, {"branches": 1, "post_holders": 1}),
        "名单": ("post_holders", 2, 2, {}),
        "台账": ("matters", 3, 3, {"joint_meetings": 3}),
    }
    assert named(reading) == {
        "Branch": ["檀香社区党总支", "翠竹联合党支部", "青松物业党支部", "青松街道党工委"],
        "JointMeeting": ["檀香居民区2024-03-12联席会议", "檀香居民区2024-06-11联席会议"],
        "Liaison": ["沈寅", "韩卯"],
        "Matter": ["垃圾分类", "小区停车难", "电梯维修"],
        "Member": ["冯癸", "孙丁", "王甲", "赵丙", "郑壬", "钱辛", "陈子"],
        "ResidentialArea": ["檀香居民区"],
        "Unit": ["翠竹物业有限公司", "青松物业有限公司"],
    }
    assert ties(reading) == {
        ("王甲", "AFFILIATED_WITH", "青松物业党支部"),
        ("孙丁", "AFFILIATED_WITH", "青松物业党支部"),
        ("陈子", "AFFILIATED_WITH", "青松物业党支部"),
        ("赵丙", "AFFILIATED_WITH", "翠竹联合党支部"),
        ("王甲", "SECRETARY_OF", "青松物业党支部"),
        ("孙丁", "DEPUTY_SECRETARY_OF", "青松物业党支部"),
        ("青松物业党支部", "ORGANISED_IN", "青松物业有限公司"),
        ("青松物业党支部", "SUPERIOR", "檀香社区党总支"),
        ("翠竹联合党支部", "SUPERIOR", "檀香社区党总支"),
        ("檀香社区党总支", "SUPERIOR", "青松街道党工委"),
        ("青松物业有限公司", "LOCATED_IN", "檀香居民区"),
        ("翠竹物业有限公司", "LOCATED_IN", "檀香居民区"),
        ("沈寅", "POSTED_TO", "翠竹物业有限公司"),
        ("韩卯", "POSTED_TO", "青松物业有限公司"),
        ("檀香居民区2024-03-12联席会议", "HELD_IN", "檀香居民区"),
        ("檀香居民区2024-06-11联席会议", "HELD_IN", "檀香居民区"),
        ("檀香居民区2024-03-12联席会议", "ATTENDED_BY", "檀香社区党总支"),
        ("檀香居民区2024-03-12联席会议", "ATTENDED_BY", "青松物业有限公司"),
        ("檀香居民区2024-06-11联席会议", "ATTENDED_BY", "青松物业有限公司"),
        ("檀香居民区2024-06-11联席会议", "ATTENDED_BY", "翠竹物业有限公司"),
        ("檀香居民区2024-03-12联席会议", "TOOK_UP", "小区停车难"),
        ("檀香居民区2024-03-12联席会议", "TOOK_UP", "电梯维修"),
        ("檀香居民区2024-06-11联席会议", "TOOK_UP", "垃圾分类"),
    }


def test_the_values_of_a_member_an_organisation_and_a_company_are_those_of_their_rows():
    reading = reading_of(*CHINESE)
    assert properties(reading, "赵丙") == {
        "gender": "male",
        "born": "1992-05",
        "joined": "2023-07",
        "standing": "probationary",
        "extra": '{"备注": "驻外", "学历": "高中", "民族": "回族"}',
    }
    assert properties(reading, "青松物业党支部") == {
        "kind": "independent",
        "level": "branch",
        "founded": "2010-01",
        "elected": "2022-03",
        "term_ends": "2025-03",
        "members_declared": 2,
        "groups": 0,
        "extra": '{"联系人": "孙丁"}',
    }
    assert properties(reading, "翠竹物业有限公司") == {
        "ownership": "private",
        "trade": "物业管理",
        "employees": 20,
        "above_scale": False,
        "members_declared": 0,
        "applicants": 0,
        "has_organisation": False,
        "no_organisation_because": "无党员",
        "representative_member": False,
        "trade_union": False,
        "youth_league": False,
        "extra": '{"其中正式党员": "0", "其中流动党员": "0", "备注": "拟联合组建", "法人姓名": "李乙"}',
    }
    assert properties(reading, "韩卯") == {
        "role": "instructor",
        "home_unit": "街道总工会",
        "extra": '{"备注": "兼职", "职级": "干事", "联系时间": "2024-02"}',
    }


def test_what_the_office_is_told_of_its_roster():
    reading = reading_of(*CHINESE)
    assert told(reading, "党员花名册") == [
        ("private_heading", "M3", "（已隐去）"),
        ("private_heading", "N3", "（已隐去）"),
        ("kept_notes", "D4", "民族、学历、备注"),
        ("branch_row", "A5", "青松物业党支部"),
        ("branch_row", "A8", "翠竹联合党支部"),
    ]
    assert told(reading, "离退休党员") == [
        ("kept_notes", "D1", "民族、学历"),
        ("branch_row", "A2", "青松物业党支部"),
        ("branch_row", "A5", "翠竹联合党支部"),
    ]
    assert [(p.cell, p.value) for p in reading.problems if p.code == "count_differs"] == [
        ("A3", "2"),
        ("A3", "2"),
    ]


def test_the_english_workbooks_are_one_round_of_which_nothing_is_lost():
    reading = reading_of(*ENGLISH)
    assert (reading.blocking, reading.unaccounted) == (False, 0)
    assert rows_of(reading) == {
        "Roster": ("members", 2, 2, {}),
        "Register": ("branches", 1, 1, {}),
        "Companies": ("units", 2, 2, {"branches": 1, "post_holders": 1}),
        "List": ("post_holders", 1, 1, {}),
        "Minutes": ("matters", 1, 1, {"joint_meetings": 1}),
    }
    assert named(reading) == {
        "Branch": ["Pinewood Branch", "Sandalwood General Branch"],
        "JointMeeting": ["sandalwood2024-03-12联席会议"],
        "Liaison": ["Shen Yin"],
        "Matter": ["Parking"],
        "Member": ["Sun Ding", "Wang Jia"],
        "ResidentialArea": ["Sandalwood"],
        "Unit": ["Bamboo Ltd", "Pinewood Ltd"],
    }
    assert ("Wang Jia", "SECRETARY_OF", "Pinewood Branch") in ties(reading)
    assert ("Shen Yin", "POSTED_TO", "Bamboo Ltd") in ties(reading)


def test_no_private_cell_of_the_workbooks_is_in_the_graph():
    reading = reading_of(*BOOKS)
    held = {str(v) for n in reading.graph.nodes.values() for v in n.properties.values()}
    assert not any('"x"' in value or value == "x" for value in held)


# --- one kind of table is not taken for another --------------------------------------------------


@pytest.mark.parametrize(
    ("form", "headings"),
    [
        ("members", ["姓名", "所在党组织", "入党日期"]),
        ("members", ["党员姓名", "性别", "工作单位", "派驻单位"]),
        ("members", ["Name", "Gender", "Party branch"]),
        ("post_holders", ["姓名", "性别", "出生年月", "入党时间", "所在党组织", "职务", "派驻企业"]),
        ("post_holders", ["姓名", "性别", "出生年月", "入党时间", "派驻单位"]),
        ("post_holders", ["指导员姓名", "性别", "出生年月", "入党时间", "联系企业"]),
        ("post_holders", ["Name", "Gender", "Date of birth", "Posted to"]),
        ("units", ["名称", "成立日期", "注册资本", "所属行业"]),
        ("units", ["名称", "法定代表人", "成立时间", "党员数", "负责人"]),
        ("units", ["企业名称", "党员数", "书记", "党组织名称", "换届时间", "行业"]),
        ("branches", ["党组织名称", "统一社会信用代码", "书记", "党员数"]),
        ("branches", ["党支部名称", "所在单位", "书记姓名", "成立日期"]),
        ("joint_meetings", ["社区", "召开日期", "参会单位"]),
        ("matters", ["社区", "召开日期", "参会单位", "议定事项"]),
        ("members", ["姓名", "入党时间", "申请入党时间", "培养联系人"]),
        ("members", ["企业名称", "姓名", "性别", "入党时间", "所在党支部"]),
        ("units", ["Company", "Industry", "Employees", "Party members", "Party branch", "Secretary"]),
        ("branches", ["Branch name", "Secretary", "Members"]),
        ("members", ["Company", "Name", "Gender", "Date of joining", "Branch"]),
        ("units", ["单位名称", "所属行业", "党组织名称", "书记", "党员数", "换届时间"]),
        ("residential_areas", ["社区名称", "户数", "业委会"]),
    ],
)
def test_a_table_is_taken_for_what_it_is(form, headings):
    found = form_of(headings, ["x"] * len(headings))
    assert found is not None
    assert found[0] == form


def test_an_instructor_in_a_wide_table_under_other_headings_makes_it_no_list_of_instructors():
    headings = [
        "经济组织",
        "老板",
        "行业门类",
        "用工人数",
        "职工情况",
        "备注",
        "工会情况",
        "指导员",
        "选派时间",
    ]
    sheet = worksheet_of("a.xlsx", "x", [headings, ["x"] * 9])
    found = match_form(sheet, read_forms())
    assert found is not None
    told = header_problems(sheet, with_parts(found, read_forms()))
    assert ("missing_heading", True) in {(p.code, p.blocking) for p in told}
    assert form_of(headings[-3:], ["x"] * 3) == ("post_holders", 1)


@pytest.mark.parametrize("name", ["姓名", "发展对象姓名"])
def test_a_list_of_those_who_are_no_members_yet_is_none_of_members(name):
    assert form_of([name, "性别", "申请入党时间", "确定为积极分子时间", "所在党支部"], ["x"] * 5) is None


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        (
            [["党组织名称", "书记", None, "党员人数", None], [None, "姓名", "电话", "总数", "预备党员"]],
            {"党组织名称": 0, "书记姓名": 1, "党员人数": 3},
        ),
        (
            [["企业名称", "行业", "党组织名称", "党组织书记", None], [None, None, None, "姓名", "电话"]],
            {"企业名称": 0, "行业": 1, "党组织名称": 2, "党组织书记姓名": 3},
        ),
        (
            [
                ["企业名称", "行业", "党组织名称", "党建指导员", None],
                [None, None, None, "姓名", "派驻时间"],
            ],
            {"企业名称": 0, "行业": 1, "党组织名称": 2, "党建指导员姓名": 3, "派驻时间": 4},
        ),
    ],
)
def test_figures_and_people_under_a_group_are_those_of_the_group(rows, right):
    found = match_form(worksheet_of("a.xlsx", "x", [*rows, ["x"] * 5]), read_forms())
    assert found is not None
    header = with_parts(found, read_forms())
    bound = {at for h in (header, *header.parts) for at in h.columns.values()}
    assert {header.cells[at]: at for at in bound} == right


def test_the_role_that_a_heading_implies_gives_way_to_a_column_of_roles():
    [sheet] = read_workbook(OFFICES / "instructors_one_to_one.xlsx", "a.xlsx")
    header = match_form(sheet, read_forms())
    assert header is not None
    assert with_parts(header, read_forms()).fixed == {"身份": "党建指导员"}
    own = replace(header, columns={**header.columns, "身份": 3})
    assert with_parts(own, read_forms()).fixed == {}


# --- the guide -----------------------------------------------------------------------------------

GUIDE = Path(__file__).parents[2] / "docs" / "office-tables.md"


def test_the_headings_that_the_guide_names_are_read_as_it_says():
    lines = GUIDE.read_text("utf-8").split("### 直接认得的列名")[1].split("\n## ")[0].splitlines()
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line.startswith("|")][2:]
    forms = {f.title.zh: f for f in read_forms()}
    assert len(rows) > 20
    for form, heading, others in rows:
        assert set(others.split("、")) <= set(forms[form].column(heading).aliases), (form, heading)


# --- the next month ------------------------------------------------------------------------------


def test_the_same_workbooks_a_month_later_ask_nothing_and_change_nothing(store: Store, tmp_path):
    data = tmp_path / "data"
    write_books(tmp_path / "books")
    paths = [tmp_path / "books" / name for name in CHINESE]
    for month in ("2024-06", "2024-07"):
        request = LoadRequest(paths, round=month, keys=site_keys(data), data=data, complete=True)
        prepared = prepare(store, request)
        assert not prepared.reading.blocking
        apply(store, prepared)
    counts = prepared.plan.counts()
    assert (counts["added"], counts["changed"], counts["removed"]) == ({}, {}, {})
    assert store.counts()["nodes"]["Member"] == 7
