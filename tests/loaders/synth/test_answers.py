"""The answers counted from how a survey was made, on a survey that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from graph_model.coverage.catalogue import read_catalogue
from graph_model.coverage.totals import rate_texts, totals
from loaders.synth.answers import true_figures, true_rates, true_totals
from loaders.synth.dates import EMPTY
from loaders.synth.facts import ExpectedCount, Facts
from loaders.synth.rates import Rates
from loaders.synth.world import make_world


def test_a_gap_is_never_unknown() -> None:
    here = np.array([True, True, True, False])
    assert ExpectedCount.of(
        here, np.array([True, False, False, True]), np.array([True, True, False, True])
    ) == ExpectedCount(3, 1, 1)


@pytest.fixture(scope="module", params=[1, 2])
def facts(request: pytest.FixtureRequest) -> Facts:
    return Facts(make_world(500, request.param, "2006-10"))


def test_every_rule_rate_and_total_has_its_answer(facts: Facts) -> None:
    assert true_figures(facts).keys() == {rule.id for rule in read_catalogue().every}
    assert true_rates(facts).keys() == {rate.id for rate in rate_texts()}
    assert true_totals(facts).keys() == {total.id for total in totals()}


def test_no_figure_is_more_than_its_population(facts: Facts) -> None:
    for count in true_figures(facts).values():
        assert count.gaps >= 0
        assert count.unknown >= 0
        assert count.gaps + count.unknown <= count.population


def test_totals_counted_one_by_one(facts: Facts) -> None:
    world = facts.world
    companies = range(world.units.companies)
    staff = [int((world.members.unit == c).sum()) for c in companies]
    found = true_totals(facts)
    assert found["companies"] == world.units.companies
    assert found["members"] == sum(staff)
    assert found["with_members"] == sum(s > 0 for s in staff)


def test_rates_leave_out_what_is_closed_or_unknown(facts: Facts) -> None:
    found = true_rates(facts)
    for id_, rate in found.items():
        if id_ != "due":
            assert rate.denominator + rate.unknown + rate.closed == facts.world.units.companies
        assert 0 <= rate.numerator <= rate.denominator
    assert found["due"].denominator - found["due"].numerator == true_figures(facts)["own_branch_due"].gaps
    assert (
        found["work"].denominator - found["work"].numerator == true_figures(facts)["no_work_coverage"].gaps
    )
    assert found["independent"].numerator <= found["organisation"].numerator <= found["work"].numerator


def test_where_no_branch_has_a_secretary_each_lacks_one() -> None:
    facts = Facts(make_world(300, 1, "2006-10", Rates(no_secretary=1)))
    found = true_figures(facts)
    assert (
        found["branch_leadership"].gaps == found["branch_leadership"].population == int(facts.stands.sum())
    )
    assert found["secretary_elsewhere"] == ExpectedCount(0, 0, 0)
    assert set(facts.world.posts.secretary.tolist()) == {EMPTY}
    assert np.count_nonzero(facts.secretary) == 0
