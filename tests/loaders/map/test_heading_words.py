"""A heading can be read by everybody; a name in its place cannot."""

import pytest

from loaders.forms.form import read_forms
from loaders.map.heading_words import is_plain_heading, with_notes, within_bounds
from loaders.map.headings import match_form
from loaders.read.worksheet import worksheet_of

OFTEN = [
    *(
        "序号",
        "民族",
        "学历",
        "学位",
        "籍贯",
        "年龄",
        "党龄",
        "政治面貌",
        "文化程度",
        "职称",
        "备注",
        "联系方式",
        "毕业院校",
    ),
    *(
        "参加工作时间",
        "转正时间",
        "党内职务",
        "是否流动党员",
        "流出地",
        "流入地",
        "是否失联",
        "党籍状态",
        "报到社区",
        "户籍地",
    ),
    *(
        "身体状况",
        "健康状况",
        "婚姻状况",
        "入党介绍人",
        "工作岗位",
        "技术职称",
        "党费标准",
        "奖惩情况",
        "有无犯罪记录",
        "特长",
    ),
    *(
        "【备注】",
        "学 历",
        "民族①",
        "*民族",
        "民族（必填）",
        "毕业时间",
        "身份",
        "退休时间",
        "签名",
        "网格",
        "楼组",
    ),
]
NAMES = [
    *(
        "王小明",
        "欧阳小明",
        "王小明是谁",
        "王小明备注",
        "买买提·艾力",
        "阿卜杜热依木",
        "Maria Li",
        "应建",
        "党爱国",
        "年羹尧",
    ),
    *("毕文化", "单国有", "成龙", "籍贯张", "古丽", "尼格买提"),
]


@pytest.mark.parametrize("heading", OFTEN)
def test_a_heading_as_offices_have_them_is_plain(heading):
    assert is_plain_heading(heading)


def test_every_heading_of_ours_is_plain():
    ours = [h for form in read_forms() for c in form.columns for h in (c.heading, *c.aliases)]
    assert [h for h in ours if not is_plain_heading(h)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_plain_heading(name):
    assert not is_plain_heading(name)


def test_more_columns_than_are_kept_are_told():
    row = ["单位名称", *(f"问题{n}" for n in range(42))]
    sheet = worksheet_of("a.xlsx", "单位", [row, ["甲物业", *("x" for _ in range(42))]])
    header = match_form(sheet, read_forms())
    assert header is not None
    kept, [found] = within_bounds(sheet, with_notes(header))
    assert (len(kept.notes), found.code, found.cell) == (40, "too_many_notes", "AP1")
    assert found.what.zh == "作为备注信息保留的列最多 40 个，这 2 列未读取：问题40、问题41"
