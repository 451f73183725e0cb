"""Every gap as one value: its words, its areas, what was arranged, and who may read its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.answers import Answers
from explorer.gaps.gap_report_rows import (
    GapItem,
    gap_items,
    group_by_area,
    group_by_owner,
    severity_counts,
)
from explorer.viewer import Viewer
from graph_model.coverage.areas import Area
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.findings.findings import Finding, edit, finding_key
from graph_model.profile import read_profile
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, tie

NOW, TODAY = "2006-10", date(2006, 11, 15)
NORTH = Area("ResidentialArea", "r_north", "北苑居民区")
SOUTH = Area("ResidentialArea", "r_south", "南苑居民区")
PLAZA = Area("CommercialArea", "c_plaza", "星汇广场")
CATALOGUE = read_catalogue()
RULE = CATALOGUE.rule("no_work_coverage")  # high
LOW = CATALOGUE.rule("no_co_building_pair")  # low
ALIKE = CATALOGUE.rule("look_alike_members")


def gap(name: str | None = "秋橙物业", *areas: Area, rule=RULE, **finding: str) -> GapItem:
    row = {"key": f"u_{name}", "name": name, "status": "gap", "reason": "none"}
    known = Finding(finding_key(rule.id, f"u_{name}"), rule.id, f"u_{name}", finding) if finding else None
    return GapItem(rule, row, "没有党员", areas, known)


@pytest.mark.parametrize(
    ("finding", "overdue"),
    [
        ({}, False),
        ({"due": "2006-11-14"}, True),
        ({"due": "2006-11-15"}, False),
        ({"due": "2006-11"}, False),
        ({"due": "2006-10"}, True),
        ({"due": "2006-10", "state": "accepted"}, False),
        ({"due": "2006-10", "state": "accepted", "accepted_until": "2006-12-31"}, False),
        ({"due": "2006-10", "state": "accepted", "accepted_until": "2006-11-01"}, True),
    ],
)
def test_overdue_is_what_was_due_before_today_and_is_not_accepted(finding, overdue) -> None:
    assert gap(**finding).overdue(TODAY) is overdue


def test_what_was_not_recorded_is_to_do_and_nobodys() -> None:
    bare = gap(None)
    assert (bare.subject("zh"), bare.owner, bare.recorded("due")) == ("—", "", "")
    assert (bare.state("zh", TODAY), bare.state("en", TODAY)) == ("待办", "To do")
    assert (bare.accepted(TODAY), bare.overdue(TODAY)) == (False, False)


def test_an_acceptance_that_ran_out_is_to_do_again() -> None:
    item = gap(state="accepted", accepted_until="2006-11-14", owner="周科长")
    assert (item.accepted(date(2006, 11, 14)), item.accepted(TODAY)) == (True, False)
    assert (item.state("zh", date(2006, 11, 14)), item.state("zh", TODAY)) == ("暂缓整改", "待办")
    assert item.owner == "周科长"


def test_areas_stand_in_order_and_a_gap_of_two_areas_in_both() -> None:
    both, alone, none = gap("甲", NORTH, SOUTH), gap("乙", PLAZA), gap("丙")
    assert group_by_area([none, alone, both]) == (
        (NORTH, (both,)),
        (SOUTH, (both,)),
        (PLAZA, (alone,)),
        (None, (none,)),
    )


def test_owners_stand_by_name_and_nobody_last() -> None:
    one, other, none = gap(owner="周科长"), gap(owner="陈书记"), gap()
    assert group_by_owner([none, one, other]) == (("陈书记", (other,)), ("周科长", (one,)), ("", (none,)))


def test_severities_are_counted_and_zero_is_said() -> None:
    assert severity_counts([gap(), gap(rule=LOW)]) == {"high": 1, "medium": 0, "low": 1}
    assert list(severity_counts([])) == ["high", "medium", "low"]


@given(
    st.lists(st.tuples(st.sets(st.sampled_from([NORTH, SOUTH, PLAZA])), st.sampled_from(["", "甲", "乙"])))
)
def test_no_gap_is_lost_by_grouping(drawn) -> None:
    items = [gap(str(n), *areas, **({"owner": o} if o else {})) for n, (areas, o) in enumerate(drawn)]
    by_area, by_owner = group_by_area(items), group_by_owner(items)
    assert {i.key for _, group in by_area for i in group} == {i.key for i in items}
    assert sum(len(group) for _, group in by_area) == sum(len(areas) or 1 for areas, _ in drawn)
    assert sorted(i.key for _, group in by_owner for i in group) == sorted(i.key for i in items)
    assert group_by_area([]) == group_by_owner([]) == ()


def test_every_gap_of_every_rule_with_areas_and_what_was_arranged(store: Store) -> None:
    broken = replace(RULE, id="broken", cypher="MATCH (u:Unit WITH 1 AS status")
    answers = Answers(store, Catalogue((RULE, broken, ALIKE)), read_profile())
    fill(
        store,
        graph(
            node("r_1", name="北苑居民区"),
            node("u_1", name="甲物业", kind="property_company", status="operating"),
            node("m_1", name="王小明", born="1970-01"),
            node("m_2", name="王小明", born="1970-01"),
            tie("u_1 MANAGES r_1"),
        ),
    )
    answers.refresh()
    edit(store, [finding_key(RULE.id, "u_1")], {"owner": "周科长", "due": "2006-10"})

    unit, first, second = gap_items(answers, Viewer(), NOW)

    assert (unit.key, unit.subject("zh"), unit.owner, unit.overdue(TODAY)) == (
        "u_1",
        "甲物业",
        "周科长",
        True,
    )
    assert unit.areas == (Area("ResidentialArea", "r_1", "北苑居民区"),)
    assert [(i.key, i.subject("zh"), i.areas) for i in (first, second)] == [
        ("m_1", "王**", ()),
        ("m_2", "王**", ()),
    ]
    assert first.explained == "另有1人同名且出生年月相同"
    assert "小明" not in repr((first.row, first.explained))
    named = gap_items(answers, Viewer(names=True, language="en"), NOW)
    assert [i.subject("en") for i in named] == ["甲物业", "王小明", "王小明"]


def test_nothing_loaded_has_no_gaps(store: Store) -> None:
    assert gap_items(Answers(store, CATALOGUE, read_profile()), Viewer(), NOW) == ()
