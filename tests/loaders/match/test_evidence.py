"""What stands in a column, and which fields it fits."""

import pytest

from loaders.forms.form import read_forms
from loaders.match.evidence import content_of, fit, speaks_for

FORMS = {f.id: f for f in read_forms()}


def fits(form, heading, *cells, known=None):
    return fit(FORMS[form].column(heading), FORMS[form], content_of(cells, known or {}))


@pytest.mark.parametrize(
    ("form", "heading", "cells", "expected"),
    [
        ("members", "入党时间", ["2001-05", "2003年6月"], 1),
        ("members", "入党时间", ["甲", "乙"], -1),
        ("members", "是否流动党员", ["是", "否"], 1),
        ("members", "是否流动党员", ["上海", "江苏"], -1),
        ("units", "从业人数", ["45", "20人"], 1),
        ("units", "从业人数", ["甲", "乙"], -1),
        ("members", "党员类别", ["正式党员", "预备党员"], 1),
        ("members", "党员类别", ["2001-05", "2003-06"], -1),
        ("members", "姓名", ["王甲", "买买提·艾力"], 1),
        ("members", "姓名", ["甲物业公司", "乙物业公司"], -1),
        ("members", "组织关系所在党支部", ["甲公司党支部", "乙公司党支部"], 1),
        ("members", "组织关系所在党支部", ["甲公司", "乙公司"], -1),
        ("members", "组织关系所在党支部", ["2001", "2002"], -1),
        ("branches", "书记", ["王甲", "李乙"], 1),
        ("units", "所在区域", ["檀香居民区", "青松社区"], 1),
        ("units", "行业", ["2001-05", "2001-06"], -0.5),
        ("units", "行业", ["物业", "商贸"], 0),
        ("members", "姓名", [None, "  ", "无"], 0),
    ],
)
def test_what_stands_in_a_column_supports_or_contradicts_a_field(form, heading, cells, expected):
    assert fits(form, heading, *cells) == expected


def test_known_names_support_whatever_they_end_in():
    assert fits("members", "组织关系所在党支部", "先锋组", "红旗组") == 0
    assert (
        fits("members", "组织关系所在党支部", "先锋组", "红旗组", known={"Branch": {"先锋组", "红旗组"}})
        == 1
    )


def test_a_list_s_words_speak_for_it_and_one_cell_for_nothing():
    column = FORMS["members"].column("党员类别")

    assert speaks_for(column, content_of(["正式党员", "预备党员"], {}))
    assert not speaks_for(column, content_of(["正式党员"], {}))
    assert not speaks_for(column, content_of(["正式党员", "待定"], {}))
