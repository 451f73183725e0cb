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
    assert told(reading, "党员花名册") == [("unknown_heading", "F2")]


def test_marks_around_headings():
    reading = reading_of("head_marks.xlsx")
    assert ties(reading, "EMPLOYED_BY") == {"张小明 青松物业": {"position": "经理"}}
    assert [n.properties["standing"] for n in reading.graph.nodes.values() if n.label == "Member"] == [
        "full"
    ]
    assert told(reading, "党员花名册") == [("unknown_heading", "J1"), ("unknown_heading", "K1")]
