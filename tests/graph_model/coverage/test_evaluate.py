"""Rules asked of a store: figure, pages of subjects, rings, and a rule that fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.coverage.evaluate import figure, figures, severities, subjects
from graph_model.coverage.measures import rates
from graph_model.errors import StoreUnavailable
from graph_model.profile import Profile, read_profile
from graph_model.store.driver import Address, BoltDriver
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, staff, tie

NOW = "2006-10"
PROFILE = read_profile()
CATALOGUE = read_catalogue()
DUE = CATALOGUE.rule("own_branch_due")
BROKEN = replace(DUE, id="broken", cypher="MATCH (u:Unit WITH 1 AS status")


def stricter(minimum: int) -> Profile:
    old = PROFILE.thresholds["branch.min_full_members"]
    return Profile({**PROFILE.thresholds, old.name: replace(old, value=minimum)})


@pytest.fixture
def field(store: Store) -> Store:
    units = [node(f"u_{i}", name=f"单位{i}", status="operating") for i in range(5)]
    fill(
        store,
        graph(
            *units,
            staff("u_0", full=1),
            staff("u_2", probationary=3),
            staff("u_1", full=3),
            staff("u_3", full=4),
            staff("u_4", full=2, unclear=1),
        ),
    )
    return store


def test_a_figure_counts_gaps_and_unknown_apart(field: Store) -> None:
    answer = figure(field, DUE, PROFILE, NOW)
    assert (answer.population, answer.gaps, answer.unknown, answer.failed) == (5, 2, 1, None)


def test_the_profile_decides(field: Store) -> None:
    answer = figure(field, DUE, stricter(4), NOW)
    assert (answer.gaps, answer.unknown) == (1, 0)


def test_subjects_come_in_pages_by_name(field: Store) -> None:
    pages = [
        [r["key"] for r in subjects(field, DUE, PROFILE, NOW, status="ok", skip=skip, limit=1)]
        for skip in range(3)
    ]
    assert pages == [["u_0"], ["u_2"], []]
    assert [r["key"] for r in subjects(field, DUE, PROFILE, NOW)] == ["u_1", "u_3"]
    assert [r["key"] for r in subjects(field, DUE, PROFILE, NOW, status="unknown")] == ["u_4"]


def test_a_rule_that_fails_shows_as_failed_and_the_others_stand(field: Store) -> None:
    failed, good = figures(field, Catalogue((BROKEN, DUE)), PROFILE, NOW)
    assert failed.failed is not None
    assert (failed.population, failed.gaps, failed.unknown) == (0, 0, 0)
    assert (good.failed, good.gaps) == (None, 2)


def test_each_subject_has_its_worst_severity(field: Store) -> None:
    low = replace(DUE, id="low", severity="low")
    found = severities(field, (low, BROKEN, DUE, low), stricter(4), NOW)
    assert found == {"u_3": "high"}
    assert severities(field, (low,), PROFILE, NOW) == {"u_1": "low", "u_3": "low"}
    assert severities(field, (low,), PROFILE, NOW, limit=1) == {"u_1": "low"}


def test_work_rate_and_work_rule_agree_where_no_company_has_members(store: Store) -> None:
    units = [node(f"u_{i}", kind="property_company", status="operating") for i in range(4)]
    fill(
        store, graph(*units, node("b_1"), tie("b_1 ORGANISED_IN u_1"), node("p_1"), tie("p_1 PARTNER u_2"))
    )
    answer = figure(store, CATALOGUE.rule("no_work_coverage"), PROFILE, NOW)
    (work,) = [r for r in rates(store, PROFILE, NOW) if r.id == "work"]
    assert (answer.gaps, work.denominator - work.numerator) == (3, 3)


def test_a_store_that_is_gone_raises(nobody: Address) -> None:
    with Store(BoltDriver(nobody, wait_seconds=1)) as gone, pytest.raises(StoreUnavailable):
        figure(gone, DUE, PROFILE, NOW)
