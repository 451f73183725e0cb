"""Workbooks as offices hand them in: what is no row of data is none, and everything of it is told."""

from pathlib import Path

from graph_model.keys import KeyMaker
from loaders.survey import ParsedRound, read_round

INTAKE = Path(__file__).parents[1] / "data" / "intake"


def reading_of(name: str) -> ParsedRound:
    reading = read_round([INTAKE / name], keys=KeyMaker(b"test"), round="2006-10")
    assert (reading.blocking, reading.unaccounted) == (False, 0)
    return reading


def named(reading: ParsedRound, label: str) -> set[str]:
    return {str(n.properties["name"]) for n in reading.graph.nodes.values() if n.label == label}


def ties(reading: ParsedRound, type_: str) -> dict[str, dict[str, object]]:
    nodes = reading.graph.nodes
    return {
        f"{nodes[s].properties['name']} {nodes[t].properties['name']}": dict(edge.properties)
        for (of, s, t), edge in reading.graph.edges.items()
        if of == type_
    }


def told(reading: ParsedRound, sheet: str) -> list[tuple[str, str]]:
    return [(p.code, p.cell) for p in reading.problems if p.sheet == sheet]


def test_two_rows_of_headings_with_a_group_over_two_columns():
    reading = reading_of("two_row_group.xlsx")
    assert named(reading, "Member") == {"张小明", "李小红"}
    assert ties(reading, "AFFILIATED_WITH") == {
        "张小明 青松物业党支部": {"since": "2003-05"},
        "李小红 青松物业党支部": {"since": "2004-06"},
    }
    assert told(reading, "党员花名册") == [("kept_notes", "F2")]


def test_marks_around_headings():
    reading = reading_of("head_marks.xlsx")
    assert ties(reading, "EMPLOYED_BY") == {"张小明 青松物业": {"position": "经理"}}
    assert [n.properties["standing"] for n in reading.graph.nodes.values() if n.label == "Member"] == [
        "full"
    ]
    assert told(reading, "党员花名册") == [("kept_notes", "J1")]


def test_the_titles_of_groups_in_the_column_of_names_are_no_members():
    reading = reading_of("band_in_name.xlsx")
    assert named(reading, "Member") == {"张小明", "李小红"}
    assert named(reading, "Branch") == {"青松物业党支部", "翠竹物业党支部"}
    assert told(reading, "党员名册") == [("branch_row", "A2"), ("branch_row", "A4")]


def test_titles_sums_words_for_nothing_and_examples_are_no_units():
    reading = reading_of("band_units.xlsx")
    assert named(reading, "Unit") == {"青松物业", "翠竹物业"}
    assert told(reading, "单位") == [
        ("band_row", "A2"),
        ("band_row", "A4"),
        ("total_row", "A6"),
        ("nothing_row", "A7"),
        ("nothing_row", "A8"),
        ("example_row", "A9"),
    ]


def test_rows_of_sums_by_any_name_are_compared():
    reading = reading_of("sums_huizong.xlsx")
    assert named(reading, "Member") == {"张小明", "李小红"}
    assert told(reading, "党员名册") == [("total_row", f"A{row}") for row in (3, 5, 6, 7, 8, 9, 10, 11)]
    assert [c.declared for c in reading.counts if c.sheet == "党员名册"] == [2]


def test_a_row_that_is_struck_through_blocks_until_it_is_decided():
    reading = read_round([INTAKE / "strike.xlsx"], keys=KeyMaker(b"test"), round="2006-10")
    assert (named(reading, "Member"), reading.unaccounted) == ({"张小明"}, 0)
    assert [(p.code, p.cell, p.blocking) for p in reading.problems] == [("struck_row", "A3", True)]
