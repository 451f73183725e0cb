"""Edges of resolved references: two rows that agree make one edge, and what does not agree makes none."""

from __future__ import annotations

from typing import Any

from graph_model.graph import Edge, Place
from loaders.map.records import Record
from loaders.resolve.references import Reference, ResolvedReference, references_of
from loaders.resolve.relationships import build_edges, by_place
from tests.support.sheets import codes, read

MEMBERS = ["姓名", "所在单位", "职务"]
BRANCHES = ["党支部名称", "书记", "委员", "组建单位", "上级党组织"]
KEYS = {"甲": "u_1", "乙": "u_2", "王五": "m_1", "赵六": "m_2", "一支部": "b_1", "二支部": "b_2"}


def references(*rows: list[Any], name: str = "党员") -> list[ResolvedReference]:
    """The references of rows, each name meaning the key above."""
    records: tuple[Record, ...] = read(*rows, name=name)[0].records
    keyed = [(KEYS[str(r.properties["name"])], place(r), r) for r in records]
    return [(r.edge(KEYS[r.name]), r) for r in references_of(keyed)[0]]


def place(record: Record) -> Place:
    return Place("2006-10", record.layout.file, record.layout.sheet, record.row)


def test_a_reference_is_an_edge_with_what_its_row_says_of_it() -> None:
    edges, problems = build_edges(references(MEMBERS, ["王五", "甲", "经理"]))
    assert list(problems) == []
    assert edges == {
        ("EMPLOYED_BY", "m_1", "u_1"): Edge(
            "EMPLOYED_BY", "m_1", "u_1", {"position": "经理"}, Place("2006-10", "a.xlsx", "党员", 2)
        )
    }


def test_nothing_is_nothing() -> None:
    edges, problems = build_edges([])
    assert (edges, list(problems)) == ({}, [])


def test_two_rows_that_agree_are_one_edge_with_what_either_knows_at_the_first_place() -> None:
    rows = references(MEMBERS, ["王五", "甲", None], ["王五", "甲", "经理"])
    for ties in (rows, rows[::-1]):
        edges, problems = build_edges(ties)
        assert list(problems) == []
        [edge] = edges.values()
        assert edge.properties == {"position": "经理"}
        assert edge.place is not None
        assert edge.place.row == 2


def test_rows_that_contradict_each_other_are_both_told_and_make_no_edge() -> None:
    edges, problems = build_edges(
        references(MEMBERS, ["王五", "甲", "经理"], ["王五", "甲", "会计"], ["赵六", "甲", None])
    )
    assert list(edges) == [("EMPLOYED_BY", "m_2", "u_1")]
    assert codes(problems) == [("contradiction", "C2"), ("contradiction", "C3")]
    first, second = problems
    assert (first.value, second.value) == ("经理", "会计")
    assert "a.xlsx · 党员 · 3" in first.what.zh + first.right.zh
    assert "a.xlsx · 党员 · 2" in second.what.en + second.right.en


def test_two_targets_where_one_can_be_are_told_each_with_the_places_of_the_others() -> None:
    ties = references(
        BRANCHES,
        ["一支部", None, None, "甲", "二支部"],
        ["一支部", None, None, "甲", "一支部"],
        name="党支部",
    )
    edges, problems = build_edges(ties)
    assert [p.code for p in problems].count("self_reference") == 1
    assert ("SUPERIOR", "b_1", "b_2") in edges or not any(k[0] == "SUPERIOR" for k in edges)
    assert all(k[1] != k[2] for k in edges)


def test_one_person_in_several_posts_holds_all_of_them_in_one_edge() -> None:
    ties = references(
        ["党支部名称", "书记", "组织委员", "宣传委员"], ["一支部", None, "王五", "王五"], name="党支部"
    )
    posts = {r.column.post for _, r in ties}
    edges, problems = build_edges(ties)
    assert list(problems) == []
    [edge] = [e for e in edges.values() if "post" in e.properties]
    assert edge.properties["post"] == "、".join(sorted(p for p in posts if p))


def test_edges_stand_in_the_order_of_their_keys() -> None:
    ties = references(MEMBERS, ["赵六", "甲", None], ["王五", "乙", None])
    edges, _ = build_edges(ties)
    assert list(edges) == sorted(edges)


def test_places_are_sorted_by_file_sheet_and_row() -> None:
    places = [
        Place("r", "b", "s", 1),
        Place("r", "a", "t", 1),
        Place("r", "a", "s", 10),
        Place("r", "a", "s", 2),
    ]
    assert [p[1:] for p in sorted(places, key=by_place)] == [
        ("a", "s", 2),
        ("a", "s", 10),
        ("a", "t", 1),
        ("b", "s", 1),
    ]


def test_a_reference_knows_what_it_leads_to() -> None:
    [(key, found)] = references(MEMBERS, ["王五", "甲", None])
    assert isinstance(found, Reference)
    assert (key, found.tie, found.ends) == (("EMPLOYED_BY", "m_1", "u_1"), "EMPLOYED_BY", ("Unit",))
