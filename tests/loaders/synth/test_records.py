"""Posts, meetings, pairs, awards and activities lead to what there is."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.synth.branches import RESIDENTIAL
from loaders.synth.dates import EMPTY, months_of
from loaders.synth.field import OPERATING
from loaders.synth.rates import Rates
from loaders.synth.world import World, make_world

ROUND = "2006-10"


@pytest.fixture(scope="module", params=[1, 2])
def world(request: pytest.FixtureRequest) -> World:
    return make_world(2000, request.param, ROUND)


def test_a_liaison_is_posted_to_a_unit_or_an_area(world: World) -> None:
    found = world.liaisons
    assert ((found.unit == EMPTY) != (found.area == EMPTY)).all()
    assert (found.area[found.area != EMPTY] >= world.areas.residential).all()
    assert (world.units.status[found.unit[found.unit != EMPTY]] == OPERATING).all()
    assert not set(found.unit.tolist()) & set(world.members.unit[world.members.unit != EMPTY].tolist())
    assert len(set(found.name.tolist())) == len(found.name)


def test_a_meeting_is_attended_by_companies_of_its_area(world: World) -> None:
    meetings, manages = world.meetings, world.units.manages
    ties = set(zip(manages.source.tolist(), manages.target.tolist(), strict=True))
    for at, unit in zip(meetings.units.source.tolist(), meetings.units.target.tolist(), strict=True):
        assert (unit, int(meetings.area[at])) in ties
    assert (months_of(meetings.held) <= world.now).all()


def test_a_matter_is_resolved_after_its_meeting_and_only_then_has_a_solution(world: World) -> None:
    meetings = world.meetings
    done = meetings.resolved == 1
    held, resolved = months_of(meetings.held)[meetings.matter_of], months_of(meetings.resolved_on)
    assert (resolved[done] >= held[done]).all()
    assert (resolved[done] <= world.now).all()
    assert ((meetings.solution != EMPTY) == done).all()
    pairs = list(zip(meetings.matter_of.tolist(), meetings.topic.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)  # no meeting takes up the same twice


def test_a_pair_has_two_ends_and_was_signed_before_they_met(world: World) -> None:
    pairs = world.pairs
    assert ((pairs.unit == EMPTY) != (pairs.unit_branch == EMPTY)).all()
    assert (pairs.branch != EMPTY).all()
    known = pairs.contact != EMPTY
    assert (months_of(pairs.signed)[known] < months_of(pairs.contact)[known]).all()
    assert (world.branches.made_as[pairs.branch] == RESIDENTIAL).sum() >= 0.8 * len(pairs.branch)


def test_awards_go_to_companies_and_activities_to_areas_that_they_manage(world: World) -> None:
    extras, manages = world.extras, world.units.manages
    assert (extras.award_unit < world.units.companies).all()
    ties = set(zip(manages.source.tolist(), manages.target.tolist(), strict=True))
    assert set(zip(extras.activity_unit.tolist(), extras.activity_area.tolist(), strict=True)) <= ties
    assert (extras.activity_area < world.areas.residential).all()


def test_where_nobody_meets_or_pairs_nothing_is_drawn() -> None:
    world = make_world(300, 1, ROUND, Rates(no_recent_meeting=2, no_pair=1, no_liaison=1))
    assert [
        len(world.meetings.area),
        len(world.meetings.matter_of),
        len(world.pairs.branch),
        len(world.liaisons.name),
    ] == [0] * 4
    assert np.size(world.meetings.units.source) == 0
