"""Rows about one thing: merged where they agree, each reported where they do not."""

from graph_model.schema.stored_properties import SEARCH_PROPERTY, SOUND_PROPERTY
from loaders.resolve.merge_rows import contradictions, properties_of
from loaders.resolve.references import NameIndex
from tests.support.sheets import codes, read

UNITS = ["单位名称", "单位类别", "从业人数"]
BRANCHES = ["党支部名称", "成立时间"]


def records(*rows, name="单位"):
    reading, _ = read(*rows, name=name)
    return reading.records


def test_the_most_exact_date_and_the_longest_name_are_kept():
    rows = records(BRANCHES, ["甲支部", "2001"], ["甲支部", "2001-12"], name="党支部")
    assert contradictions(rows, NameIndex()) == []
    merged = properties_of("Branch", rows, (), {})
    assert merged == {"name": "甲支部", "founded": "2001-12", SEARCH_PROPERTY: "甲支部 jiazhibu jzb"}


def test_each_cell_that_contradicts_another_row_is_reported_and_the_rows_left_out_with_them():
    rows = records(UNITS, ["甲物业", "物业公司", "3"], ["甲物业", "物业公司", "4"], ["甲物业", None, None])
    found = contradictions(rows, NameIndex())
    assert codes(found) == [("contradiction", "C2"), ("contradiction", "C3"), ("left_with_others", "A4")]


def test_what_is_stored_stays_where_the_rows_do_not_speak_of_it():
    [row] = records(UNITS, ["甲物业", "物业公司", "3"])
    kept = {"trade": "物业管理", "employees": 9}
    merged = properties_of("Unit", [row], ("甲公司",), {}, kept)
    assert (merged["trade"], merged["employees"], merged[SOUND_PROPERTY]) == ("物业管理", 3, "jiawuye")
    assert merged[SEARCH_PROPERTY] == "甲物业 jiawuye jwy 甲公司 jiagongsi jgs"


def test_extra_values_never_contradict_each_other_and_stand_one_after_the_other():
    rows = records(["单位名称", "备注", "意见"], ["甲物业", "一", "好"], ["甲物业", "二", "好"])
    assert contradictions(rows, NameIndex()) == []
    assert properties_of("Unit", rows, (), {})["extra"] == '{"备注": "一；二", "意见": "好"}'


def test_an_extra_value_stays_where_no_sheet_has_its_heading_and_goes_where_the_cell_is_empty():
    [row] = records(["单位名称", "备注", "意见"], ["甲物业", None, "好"])
    kept = {"extra": '{"备注": "一", "来源": "表"}'}
    assert properties_of("Unit", [row], (), {"甲物业": ""}, kept)["extra"] == '{"意见": "好", "来源": "表"}'
    [row] = records(["单位名称", "备注", "单位类别"], ["甲物业", None, "物业公司"])
    assert "extra" not in properties_of("Unit", [row], (), {"甲物业": ""}, {"extra": '{"备注": "一"}'})
