"""Declared numbers of members against the rows."""

from __future__ import annotations

from loaders.reconcile.head_counts import differing_head_counts
from tests.support.graphs import graph, node, tie


def told(*things):
    return [(p.value, p.what.en.rpartition(" ")[2]) for p in differing_head_counts(graph(*things))]


MEMBERS = (node("m_1"), node("m_2"), tie("m_1 EMPLOYED_BY u_1"), tie("m_2 AFFILIATED_WITH b_1"))


def test_a_unit_has_those_who_work_there_and_those_of_its_branch():
    own = (node("b_1"), tie("b_1 ORGANISED_IN u_1"))
    assert told(node("u_1", members_declared=2), *own, *MEMBERS) == []
    assert told(node("u_1", members_declared=3), *own, *MEMBERS) == [("3", "2")]


def test_members_of_a_joint_branch_are_of_no_unit_that_is_known():
    joint = (node("b_1"), node("u_2"), tie("b_1 ORGANISED_IN u_1"), tie("b_1 ORGANISED_IN u_2"))
    assert told(node("u_1", members_declared=1), *joint, *MEMBERS) == []


def test_a_branch_has_those_who_belong_to_it():
    assert told(node("b_1", members_declared=1), node("u_1"), *MEMBERS) == []
    assert told(node("b_1", members_declared=0), node("u_1"), *MEMBERS) == [("0", "1")]


def test_without_a_list_of_members_nothing_is_compared():
    assert told(node("u_1", members_declared=3)) == []


def test_an_organisation_above_others_is_not_compared():
    things = (node("b_2", members_declared=90), node("b_1"), tie("b_1 SUPERIOR b_2"), node("u_1"), *MEMBERS)
    assert told(*things) == []


def test_nor_is_one_that_may_have_others_below_it():
    assert (
        told(node("b_2", members_declared=90, level="general_branch"), node("u_1"), node("b_1"), *MEMBERS)
        == []
    )
