"""Gaps counted in the store: by life, by area and severity, by subject, and those overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from graph_model.coverage.catalogue import read_catalogue
from graph_model.findings.counts import (
    OverdueCounts,
    count_by_area,
    count_by_status,
    count_overdue,
    worst_severities,
)
from graph_model.graph import Node
from graph_model.store.store import Store

NOW = "2006-10"
DUE = read_catalogue().rule("own_branch_due")


def finding(number: int, rule: str = "r", **said: Any) -> Node:
    told = {"rule": rule, "subject": f"u_{number}", "present": "gap", "first_seen": "2006-04", **said}
    return Node("Finding", f"f_{rule}:u_{number}", told)


def test_each_finding_has_one_life_in_a_round(store: Store) -> None:
    store.put(
        [
            finding(1),
            finding(2, first_seen=NOW),
            finding(3, reopened_in=NOW),
            finding(4, present="unknown", first_seen=NOW),
            finding(5, present="gone", cleared_in=NOW, first_seen=NOW),
            finding(6, present="gone", cleared_in="2006-07"),
            finding(7, present="undone"),
            finding(8, rule="s", reopened_in="2006-07"),
        ]
    )
    assert count_by_status(store, NOW) == {
        ("r", "continuing"): 1,
        ("r", "new"): 1,
        ("r", "reopened"): 1,
        ("r", "unknown"): 1,
        ("r", "cleared"): 1,
        ("r", "cleared before"): 1,
        ("s", "continuing"): 1,
    }


def test_a_gap_counts_in_each_of_its_areas_and_only_while_it_is_one(store: Store) -> None:
    store.put(
        [
            finding(1, "h", areas="r_1 r_2"),
            finding(2, "m", areas="r_1"),
            finding(3, "l", areas="r_1"),
            finding(4, "h", areas="r_1", present="unknown"),
            finding(5, "h", areas="r_1", present="gone", cleared_in=NOW),
            finding(6, "h"),
        ]
    )
    assert count_by_area(store, ["h"], ["m"]) == {
        ("r_1", "high"): 1,
        ("r_2", "high"): 1,
        ("r_1", "medium"): 1,
        ("r_1", "low"): 1,
    }


def test_of_several_gaps_the_worst_is_ringed_and_rules_that_are_not_asked_for_are_not(store: Store) -> None:
    store.put(
        [
            finding(1, "h"),
            finding(1, "l"),
            finding(2, "l"),
            finding(3, "h", present="unknown"),
            finding(4, "x"),
        ]
    )
    rules = [replace(DUE, id="h", severity="high"), replace(DUE, id="l", severity="low")]
    assert worst_severities(store, rules) == {"u_1": "high", "u_2": "low"}
    assert worst_severities(store, []) == {}


def test_overdue_are_open_gaps_past_their_day_of_which_none_was_accepted(store: Store) -> None:
    store.put(
        [
            finding(1, due="2006-10-01", areas="r_1 r_2"),
            finding(2, due="2006-10"),  # the month is not over on its last day
            finding(3, due="2006-10-01", state="accepted", accepted_until="2006-12"),
            finding(4, due="2006-10-01", state="accepted", accepted_until="2006-09", areas="r_1"),
            finding(5, due="2006-10-01", present="gone", cleared_in=NOW),
            finding(6, due="2006-10-01", present="undone"),
            finding(7, areas="r_1"),
        ]
    )
    assert count_overdue(store, date(2006, 10, 31)) == OverdueCounts(2, {"r_1": 2, "r_2": 1})
    assert count_overdue(store, date(2006, 11, 1)).total == 3
    assert count_overdue(store, date(2006, 10, 1)) == OverdueCounts(0, {})


def test_a_store_without_findings_counts_nothing(store: Store) -> None:
    assert count_by_status(store, NOW) == {}
    assert count_by_area(store, [], []) == {}
    assert count_overdue(store, date(2006, 11, 1)) == OverdueCounts(0, {})
