"""What a partial load does not speak of stays as it is held."""

from __future__ import annotations

from typing import Any

from graph_model.graph import Edge, EdgeKey, Node, Place
from loaders.map.records import SheetLayout
from loaders.resolve.carry_over import (
    StatedProperties,
    unstated_of_relationship,
    unstated_properties,
    with_unspoken,
)
from loaders.resolve.references import ResolvedReference, references_of
from tests.support.sheets import read

TIE: EdgeKey = ("EMPLOYED_BY", "m_1", "u_1")
PLACE = Place("2006-10", "a.xlsx", "党员", 2)


def tied(*headings: str) -> list[ResolvedReference]:
    """王五's tie to 甲, of a sheet with these further columns, all of them empty."""
    [record] = read(["姓名", "所在单位", *headings], ["王五", "甲", *(None for _ in headings)])[0].records
    [reference], _ = references_of([("m_1", PLACE, record)])
    return [(reference.edge("u_1"), reference)]


def layout(*headings: str) -> SheetLayout:
    return tied(*headings)[0][1].record.layout


def held(**properties: Any) -> dict[EdgeKey, Edge]:
    return {TIE: Edge(*TIE, properties, PLACE)}


def test_columns_that_a_sheet_has_speak_even_where_they_are_empty() -> None:
    spoken = StatedProperties()
    of = layout("职务", "性别")
    assert spoken.of(of) == {"name", "gender"}
    assert spoken.of(of, "EMPLOYED_BY") == {"position"}
    assert spoken.of(of, "AFFILIATED_WITH") == frozenset()


def test_of_a_thing_stays_what_no_sheet_has_a_column_for() -> None:
    before = Node(
        "Member",
        "m_1",
        {"name": "王五", "gender": "male", "born": "1960", "standing": "full", "search": "x"},
    )
    spoken = StatedProperties()
    assert unstated_properties(before, [layout("性别")], spoken) == {"born": "1960", "standing": "full"}
    assert unstated_properties(before, [layout("性别"), layout("出生年月")], spoken) == {"standing": "full"}
    assert unstated_properties(before, [], spoken) == {"gender": "male", "born": "1960", "standing": "full"}


def test_of_a_tie_stays_what_no_sheet_has_a_column_for() -> None:
    spoken = StatedProperties()
    assert "position" in unstated_of_relationship(layout(), "EMPLOYED_BY", spoken)
    assert "position" not in unstated_of_relationship(layout("职务"), "EMPLOYED_BY", spoken)
    now = held()
    assert with_unspoken(now, tied(), held(position="经理"), spoken) == held(position="经理")
    assert with_unspoken(now, tied("职务"), held(position="经理"), spoken) == now
    # one of two sheets speaks of it, and says nothing
    assert with_unspoken(now, [*tied(), *tied("职务")], held(position="经理"), spoken) == now


def test_what_the_round_says_goes_before_what_was_held_and_no_tie_comes_back() -> None:
    spoken = StatedProperties()
    assert with_unspoken(held(position="会计"), tied(), held(position="经理"), spoken) == held(
        position="会计"
    )
    assert with_unspoken({}, tied(), held(position="经理"), spoken) == {}
    assert with_unspoken(held(), [], held(position="经理"), spoken) == held()


def test_what_is_given_is_left_as_it_is() -> None:
    now = held()
    with_unspoken(now, tied(), held(position="经理"), StatedProperties())
    assert now == held()
