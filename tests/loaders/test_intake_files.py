"""Workbooks of the wild through the loader's door: parts, references, days counted from 1904, empty texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_model.keys import KeyMaker
from loaders.survey import read_round

INTAKE = Path(__file__).parents[1] / "data" / "intake"


def read(*names: str):
    return read_round([INTAKE / name for name in names], keys=KeyMaker(b"test"), round="2024-06")


def members(found) -> dict[str, tuple[object, ...]]:
    nodes = [n.properties for n in found.graph.nodes.values() if n.label == "Member"]
    return {str(n["name"]): (n.get("born"), n.get("joined")) for n in nodes}


def units(found) -> list[str]:
    return sorted(str(n.properties["name"]) for n in found.graph.nodes.values() if n.label == "Unit")


def told(found) -> list[tuple[str, str]]:
    return [(p.code, p.cell) for p in found.problems]


@pytest.mark.parametrize("name", ["parts_plain_merged.xlsx", "parts_backslash_merged.xlsx"])
def test_names_of_parts_with_backslashes(name):
    found = read(name)
    assert members(found) == {"张小明": ("1968-01", None), "李小红": ("1972-01", None)}
    assert sum(e.type == "EMPLOYED_BY" for e in found.graph.edges.values()) == 2
    assert told(found) == []


@pytest.mark.parametrize("name", ["far_cell_plain.xlsx", "far_cell_backslash.xlsx"])
def test_a_far_cell_is_refused_in_one_line(name):
    found = read(name)
    assert (found.blocking, found.graph.nodes) == (True, {})
    [problem] = found.problems
    assert problem.what.zh.startswith(f"{name}：内容过大（上限 800 万个单元格）")


def test_attributes_of_cells_in_another_order():
    assert members(read("cell_attributes_srt.xlsx")) == {
        "张小明": ("1968-01", "2001-12"),
        "李小红": ("1972-01", "2005-01"),
    }


def test_cells_without_references_and_a_hidden_row():
    found = read("cells_without_r_hidden.xlsx")
    assert members(found) == {"张小明": ("1968-01", "2001-12"), "李小红": ("1972-01", "2005-01")}
    assert told(found) == [("hidden_rows", "A3")]


def test_days_counted_from_1904():
    built_in, spelled_out = read("1904_builtin.xlsx"), read("1904_m_d_y.xlsx")
    assert members(built_in) == {"张小明": ("1972-01", "2005-12-06"), "李小红": ("1976-01", "2009-01-02")}
    assert members(spelled_out) == {
        "张小明": ("1972-01-02", "2005-12-06"),
        "李小红": ("1976-01-02", "2009-01-02"),
    }


def test_a_chart_sheet_is_no_empty_sheet():
    found = read("chartsheet.xlsx")
    assert (set(members(found)), units(found), told(found)) == ({"张小明", "李小红"}, ["青松物业"], [])


def test_another_name_of_the_main_part():
    found = read("workbook2.xlsx")
    assert (set(members(found)), units(found)) == ({"张小明", "李小红"}, ["青松物业"])
    assert told(found) == [("hidden_rows", "A3")]


def test_an_empty_text_is_no_number_that_two_units_share():
    assert units(read("empty_number_a.xlsx", "empty_number_b.xlsx")) == ["翠竹物业", "青松物业"]
    found = read("empty_text_number.xlsx")
    assert (units(found), told(found)) == (["翠竹物业", "青松物业"], [])


def test_an_empty_text_is_no_name():
    found = read("empty_text_name.xlsx")
    assert set(members(found)) == {"张小明"}
    assert told(found) == [("required", "B3"), ("required", "B4")]
