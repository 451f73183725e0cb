"""Registers in a store: filters, sorting, pages, groups and derived values against literals."""

from __future__ import annotations

import pytest

from graph_model.register.ask import (
    ends,
    extra_headings,
    grouped,
    open_problems,
    page_keys,
    problem_counts,
    total,
)
from graph_model.register.columns import Column, extra_column
from graph_model.register.kinds import kind
from graph_model.register.query import Filter, Operator, RegisterQuery, Sort
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, staff, tie

UNITS = kind("Unit")
GIVEN = {
    "coverage": {"u_1": "organised", "u_2": "uncovered", "u_3": "uncovered"},
    "problem_count": {"u_2": 2, "u_3": 1},
}


def column(id_: str) -> Column:
    found = UNITS.column(id_)
    assert found is not None
    return found


def _of(label: str, id_: str) -> Column:
    found = kind(label).column(id_)
    assert found is not None
    return found


def where(id_: str, operator: Operator, *values: str) -> Filter:
    return Filter(extra_column("网格") if id_ == "extra.网格" else column(id_), operator, values)


FILTERS = [
    (("trade", "holds", "饮"), "12"),
    (("trade", "is", "餐饮", ""), "1234"),
    (("trade", "empty"), "34"),
    (("trade", "filled"), "12"),
    (("kind", "is", "school", "other"), "34"),
    (("employees", "from", "10"), "12"),
    (("employees", "to", "10"), "23"),
    (("above_scale", "is", "true"), "1"),
    (("areas", "holds", "檀"), "12"),
    (("areas", "is", "檀香", "榆桥"), "123"),
    (("areas", "empty"), "4"),
    (("areas", "filled"), "123"),
    (("secretary", "holds", "小明"), "1"),
    (("member_count", "from", "2"), "1"),
    (("member_count", "to", "0"), "34"),
    (("next_election", "to", "2007-03"), "1"),
    (("next_election", "from", "2007-04"), "2"),
    (("coverage", "is", "uncovered"), "23"),
    (("coverage", "empty"), "4"),
    (("problem_count", "from", "1"), "23"),
    (("extra.网格", "is", '甲"1'), "1"),
    (("extra.网格", "holds", "乙"), "2"),
    (("extra.网格", "empty"), "34"),
]
SORTS = [
    ([("employees", True)], "1234"),
    ([("employees", False)], "3214"),
    ([("trade", True), ("name", False)], "2143"),
    ([("areas", False)], "2314"),
    ([("member_count", True)], "1234"),
    ([("problem_count", True)], "2314"),
]


def test_a_register_is_filtered_sorted_paged_and_grouped(store: Store) -> None:
    fill(
        store,
        graph(
            node("r_1", name="檀香"),
            node("r_2", name="榆桥"),
            node(
                "u_1", name="甲", search="甲 jia", trade="餐饮", kind="property_company", employees=30,
                above_scale=True, extra='{"备注": "=1", "网格": "甲\\"1"}',
            ),
            node(
                "u_2", name="乙", search="乙 yi", trade="餐饮", kind="property_company", employees=10,
                extra='{"网格": "乙", "门牌": "二"}',
            ),
            node("u_3", name="丙", search="丙 bing", kind="school", employees=3),
            node("u_4", name="丁", search="丁 ding", kind="other"),
            tie("u_1 MANAGES r_1"),
            tie("u_1 LOCATED_IN r_1"),
            tie("u_2 MANAGES r_1"),
            tie("u_2 MANAGES r_2"),
            tie("u_3 LOCATED_IN r_2"),
            node("b_1", name="甲支部", term_ends="2007-03-31"),
            node("b_2", name="乙支部", term_ends="2007-09"),
            tie("b_1 ORGANISED_IN u_1"),
            tie("b_2 ORGANISED_IN u_2"),
            node("m_s", name="王小明"),
            tie("m_s SECRETARY_OF b_1"),
            staff("u_1", full=2),
            staff("u_2", full=1),
            node("c_1", name="广场"),
            node("l_1", name="周大明"),
            node("l_2", name="周小明"),
            tie("l_1 POSTED_TO u_3"),
            tie("l_2 POSTED_TO c_1"),
            tie("l_2 POSTED_TO u_1"),
            node("p_1"),
            tie("p_1 PARTNER u_3"),
            tie("p_1 PARTNER b_2"),
            tie("b_2 LEADS c_1"),
        ),
    )  # fmt: skip
    for told, expected in FILTERS:
        query = RegisterQuery(UNITS, (where(*told),))
        keys = page_keys(store, query, GIVEN, skip=0, limit=10)
        assert ("".join(k[-1] for k in keys), total(store, query, GIVEN)) == (expected, len(expected)), told
    for order, expected in SORTS:
        query = RegisterQuery(UNITS, sort=tuple(Sort(column(id_), down) for id_, down in order))
        assert "".join(k[-1] for k in page_keys(store, query, GIVEN, skip=0, limit=10)) == expected, order
    both = RegisterQuery(
        UNITS, (where("areas", "is", "榆桥"), where("member_count", "to", "1")), search="Y I"
    )
    assert page_keys(store, both, GIVEN, skip=0, limit=10) == ("u_2",)
    by_name = RegisterQuery(UNITS, sort=(Sort(column("employees"), True),))
    assert page_keys(store, by_name, GIVEN, skip=1, limit=2) == ("u_2", "u_3")

    every = RegisterQuery(UNITS)
    told = {
        (r["by"], r["across"]): r["total"]
        for r in grouped(store, every, GIVEN, column("areas"), column("kind"), limit=9)
    }
    assert told == {
        ("檀香", "property_company"): 2, ("榆桥", "property_company"): 1, ("榆桥", "school"): 1, (None, "other"): 1,
    }  # fmt: skip
    rows = grouped(store, every, GIVEN, column("coverage"), None, limit=1)
    assert [(r["by"], r["total"]) for r in rows] == [("uncovered", 2), ("organised", 1)]

    assert {
        k: [(e.value, e.key) for e in v]
        for k, v in ends(store, UNITS, column("secretary"), ["u_1", "u_4"]).items()
    } == {"u_1": [("王小明", "m_s")]}
    assert extra_headings(store, "Unit") == ("备注", "网格", "门牌")

    posts = ends(store, kind("Liaison"), _of("Liaison", "areas"), ["l_1", "l_2"])
    assert {k: sorted(e.value for e in v) for k, v in posts.items()} == {
        "l_1": ["榆桥"],
        "l_2": ["广场", "檀香"],
    }
    held = ends(store, kind("CoBuildingPair"), _of("CoBuildingPair", "areas"), ["p_1"])
    assert sorted({e.value for e in held["p_1"]}) == ["广场", "榆桥"]

    noted = [
        node("f_a:u_2", rule="a", subject="u_2", present="gap"),
        node("f_b:u_2", rule="b", subject="u_2", present="unknown"),
        node("f_a:u_3", rule="a", subject="u_3", present="gap", cleared_in="2006-10"),
    ]
    store.put(noted)
    assert page_keys(store, RegisterQuery(UNITS, rules=("a", "b")), {}, skip=0, limit=9) == ("u_2",)
    assert open_problems(store, ["u_1", "u_2", "u_3"], ["a", "b"]) == {"u_2": ("a", "b")}
    assert problem_counts(store, ["a"]) == {"u_2": 1}


@pytest.mark.parametrize("label", ["Unit", "Branch", "Member", "ResidentialArea", "Liaison", "Matter"])
def test_columns_of_a_kind_have_names_of_their_own(label: str) -> None:
    found = kind(label)
    ids = [c.id for c in found.columns]
    assert len(ids) == len(set(ids))
    assert set(found.first) <= set(ids)
