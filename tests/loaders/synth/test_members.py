"""Members: told apart, tied to what there is, and leading only where there is somebody to lead."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.synth.dates import EMPTY, months_of
from loaders.synth.rates import Rates
from loaders.synth.world import World, make_world

ROUND = "2006-10"


@pytest.fixture(scope="module", params=[1, 2])
def world(request: pytest.FixtureRequest) -> World:
    return make_world(2000, request.param, ROUND)


@pytest.mark.slow
def test_no_two_members_have_the_same_name_and_dates() -> None:
    members = make_world(200_000, 1, ROUND).members
    known = set(zip(members.name.tolist(), members.joined.tolist(), members.born.tolist(), strict=True))
    assert len(known) == 200_000


def test_a_member_belongs_to_one_branch_at_most(world: World) -> None:
    members = world.members
    assert not ((members.branch != EMPTY) & (members.outside != EMPTY)).any()
    assert not ((members.was != EMPTY) & (members.was_outside != EMPTY)).any()
    assert members.branch.max() < len(world.branches.names)
    assert members.outside.max() < members.outside_count
    assert not ((members.outside != EMPTY) & (members.outside == members.was_outside)).any()


def test_who_moved_says_when_and_how(world: World) -> None:
    members = world.members
    moved = (members.was != EMPTY) | (members.was_outside != EMPTY)
    assert ((members.until != EMPTY) == moved).all()
    assert ((members.how != EMPTY) == moved).all()
    assert (members.since[moved] == members.until[moved]).all()


def test_only_who_works_has_a_position_and_only_who_is_elsewhere_is_absent(world: World) -> None:
    members = world.members
    assert ((members.position == EMPTY) == (members.unit == EMPTY)).all()
    assert set(members.absent[members.outside == EMPTY].tolist()) == {EMPTY}


def test_nobody_joined_before_growing_up(world: World) -> None:
    born, joined = months_of(world.members.born), months_of(world.members.joined)
    known = (born != EMPTY) & (joined != EMPTY)
    # somebody who looks like somebody else has that one's birthday
    assert np.count_nonzero(joined[known] - born[known] < 18 * 12) < 0.01 * known.sum()
    assert joined.max() <= world.now


def test_a_representative_works_for_a_company_that_manages_the_area(world: World) -> None:
    members, manages = world.members, world.units.manages
    ties = set(zip(manages.source.tolist(), manages.target.tolist(), strict=True))
    speaks = np.flatnonzero(members.represents != EMPTY)
    assert len(speaks)
    assert {(int(members.unit[m]), int(members.represents[m])) for m in speaks} <= ties


def test_secretaries_and_committees_are_of_members(world: World) -> None:
    posts, members = world.posts, world.members
    for branch, member in zip(
        posts.committee.source.tolist(), posts.committee.target.tolist(), strict=True
    ):
        assert members.branch[member] == branch
        assert posts.secretary[branch] != member
    empty = np.bincount(members.branch[members.branch != EMPTY], minlength=len(world.branches.names)) == 0
    assert set(posts.secretary[empty].tolist()) <= {EMPTY}


def test_without_secretaries_there_are_none() -> None:
    assert set(make_world(300, 1, ROUND, Rates(no_secretary=1)).posts.secretary.tolist()) == {EMPTY}
