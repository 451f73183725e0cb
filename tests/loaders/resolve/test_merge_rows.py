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
