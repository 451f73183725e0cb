"""Where headings stood: the cells of a row's facts and relationships."""

from graph_model.graph import Place
from loaders.map.column_map import CellMap, SheetColumns, cell_map

MEMBERS = SheetColumns("members", (("姓名", 1), ("入党时间", 3), ("所在单位", 4)), (("甲.xlsx", "党员"),))


def test_each_fact_has_its_cell_and_a_relationship_that_of_its_far_end():
    found = cell_map([MEMBERS], Place("2006-10", "甲.xlsx", "党员", 7))
    assert found == CellMap("B7:E7", {"name": "B7", "joined": "D7"}, {"EMPLOYED_BY": "E7"})


def test_nothing_is_known_of_another_sheet_or_a_form_that_is_gone():
    assert cell_map([MEMBERS], Place("2006-10", "甲.xlsx", "单位", 7)) is None
    gone = SheetColumns("gone", (("姓名", 1),), (("甲.xlsx", "党员"),))
    assert cell_map([gone], Place("2006-10", "甲.xlsx", "党员", 7)) is None


def test_it_comes_back_from_its_json_form():
    value = {"form": "members", "columns": [["姓名", 1]], "sheets": [["甲.xlsx", "党员"]]}
    assert SheetColumns.of(value) == SheetColumns("members", (("姓名", 1),), (("甲.xlsx", "党员"),))
