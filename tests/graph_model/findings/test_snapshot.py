"""What was worked out after a load and is read from then on: the same numbers, until something changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from explorer.answers import Answers
from explorer.gaps.counts import gap_counts
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.coverage.evaluate import figures, severities, subjects
from graph_model.coverage.measures import count_totals, rates, rates_by_part
from graph_model.findings.freshness import is_stale
from graph_model.findings.refresh import refresh_findings
from graph_model.findings.rule_run import FIRST
from graph_model.findings.snapshot import read_snapshot, stored_rates_by_part, subjects_page
from graph_model.profile import Profile, read_profile
from graph_model.store.store import Store
from tests.support.graphs import ROUND, fill, graph, node, random_graph, staff, tie

NOW = "2006-10"
PROFILE = read_profile()
CATALOGUE = read_catalogue()
DUE = CATALOGUE.rule("own_branch_due")
ONE = Catalogue((DUE,))
BROKEN = replace(DUE, id="broken", cypher="MATCH (u:Unit WITH 1 AS status")
FIELD = graph(
    node("r_1", name="檀香"),
    node("u_1", name="甲", kind="property_company", status="operating"),
    node("u_2", name="乙", kind="property_company", status="operating"),
    staff("u_1", full=3),
    staff("u_2", full=4),
    tie("u_1 MANAGES r_1"),
)


def stricter(minimum: int) -> Profile:
    old = PROFILE.thresholds["branch.min_full_members"]
    return Profile({**PROFILE.thresholds, old.name: replace(old, value=minimum)})


@pytest.mark.parametrize("seed", range(3))
def test_what_was_kept_is_what_is_asked(store: Store, seed: int) -> None:
    fill(store, random_graph(seed, 12))
    before = read_snapshot(store, CATALOGUE, PROFILE, NOW)
    refresh_findings(store, CATALOGUE, PROFILE)
    assert read_snapshot(store, CATALOGUE, PROFILE, NOW) == before
    assert before.figures == figures(store, CATALOGUE, PROFILE, NOW)
    assert (before.rates, before.totals) == (rates(store, PROFILE, NOW), count_totals(store))
    assert stored_rates_by_part(store, CATALOGUE, PROFILE, NOW) == rates_by_part(store, PROFILE, NOW)
    for rule in CATALOGUE.rules:
        for status in ("gap", "unknown", "ok"):
            first = subjects(store, rule, PROFILE, NOW, status=status, limit=FIRST)  # type: ignore[arg-type]
            assert subjects_page(store, CATALOGUE, PROFILE, NOW, rule, status=status) == first  # type: ignore[arg-type]
            assert subjects_page(store, CATALOGUE, PROFILE, NOW, rule, status=status, number=1) == ()  # type: ignore[arg-type]


def test_another_threshold_or_load_is_never_answered_from_what_was_kept(store: Store) -> None:
    fill(store, FIELD)
    refresh_findings(store, CATALOGUE, PROFILE)
    assert read_snapshot(store, CATALOGUE, stricter(4), NOW).figure(DUE).gaps == 1
    assert [r["key"] for r in subjects_page(store, CATALOGUE, stricter(4), NOW, DUE)] == ["u_2"]
    fill(store, graph(node("u_1", name="甲", status="operating"), staff("u_1", full=5)))
    assert read_snapshot(store, CATALOGUE, PROFILE, NOW).figure(DUE).gaps == 1
    assert read_snapshot(store, CATALOGUE, PROFILE, NOW).totals["companies"] == 0


def test_nothing_loaded_has_totals_and_no_figures(store: Store) -> None:
    found = read_snapshot(store, CATALOGUE, PROFILE, None)
    assert (found.figures, found.totals["companies"]) == ((), 0)


def test_a_rule_that_failed_is_kept_as_failed_and_tried_again_alone(store: Store) -> None:
    both = Catalogue((DUE, BROKEN))
    fill(store, FIELD)
    assert refresh_findings(store, both, PROFILE)
    good, failed = read_snapshot(store, both, PROFILE, NOW).figures
    assert (good.gaps, good.failed) == (2, None)
    assert failed.failed is not None
    assert subjects_page(store, both, PROFILE, NOW, DUE)[0]["key"] == "u_2"  # 乙 before 甲
    assert is_stale(store, both, PROFILE)
    told: list[tuple[int, int]] = []
    assert refresh_findings(store, both, PROFILE, lambda _what, done, of: told.append((done, of))) is False
    assert told == [(0, 1)]
    assert read_snapshot(store, both, PROFILE, NOW).figures == (good, failed)


def test_pictures_ring_the_worst_noted_gap_of_each_subject(store: Store) -> None:
    fill(store, FIELD)
    answers = Answers(store, CATALOGUE, PROFILE)
    answers.refresh()
    assert answers.rings(NOW) == severities(store, CATALOGUE.rules, PROFILE, NOW)
    assert answers.rings(NOW)["u_1"] == "high"


def test_control_totals_are_compared_with_what_was_found_not_with_what_was_declared(store: Store) -> None:
    answers = Answers(store, ONE, PROFILE)
    for round_, companies in (("2006-04", ("u_1",)), ("2006-10", ("u_1", "u_2", "u_3"))):
        of = {"name": round_, "as_of": round_, "declared": {"companies": 9}}
        field = (node(key, name=key, kind="property_company") for key in companies)
        fill(store, graph(*field), round=replace(ROUND, **of))
        assert answers.totals_since() == {}
        refresh_findings(store, ONE, PROFILE)
    assert answers.totals_since()["companies"] == 2


def test_what_is_unknown_now_is_counted_as_no_gap(store: Store) -> None:
    answers, today = Answers(store, ONE, PROFILE), date(2006, 11, 1)
    for round_, known in (("2006-04", {"status": "operating"}), (NOW, {})):
        units = (node("u_1", name="甲物业", **known), node("u_2", name="乙", status="operating"))
        staffed = graph(*units, staff("u_1", full=3), staff("u_2", full=3))
        fill(store, staffed, round=replace(ROUND, name=round_, as_of=round_))
        refresh_findings(store, ONE, PROFILE)
    counts = gap_counts(answers, NOW, today)
    assert (counts.severities["high"], dict(counts.lives)) == (1, {"continuing": 1, "unknown": 1})
    assert read_snapshot(store, ONE, PROFILE, NOW).figure(DUE).gaps == 1
