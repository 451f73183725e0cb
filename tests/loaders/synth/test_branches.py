"""Branches of one unit, joint, residential, commercial and temporary ones."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.synth.branches import COMMERCIAL, INDEPENDENT, JOINT, RESIDENTIAL, TEMPORARY_KIND
from loaders.synth.dates import EMPTY, months_of
from loaders.synth.rates import Rates
from loaders.synth.world import World, make_world


@pytest.fixture(scope="module", params=[1, 2])
def world(request: pytest.FixtureRequest) -> World:
    return make_world(2000, request.param, "2006-10")


def test_one_for_every_twenty_members(world: World) -> None:
    assert len(world.branches.names) == 100


def test_an_own_branch_has_one_unit_and_a_joint_one_several(world: World) -> None:
    branches = world.branches
    units = np.bincount(branches.units.source, minlength=len(branches.names))
    assert set(units[branches.made_as == INDEPENDENT].tolist()) == {1}
    assert (units[branches.made_as == JOINT] > 1).all()
    assert not units[branches.made_as >= RESIDENTIAL].any()


def test_each_unit_knows_its_branches(world: World) -> None:
    branches = world.branches
    ties = set(zip(branches.units.source.tolist(), branches.units.target.tolist(), strict=True))
    for unit in range(len(world.units.names)):
        own = [branches.own[unit] + turn for turn in range(branches.own_count[unit])]
        joint = [branches.joint[unit]] if branches.joint[unit] != EMPTY else []
        assert {source for source, target in ties if target == unit} == {*own, *joint}
        assert not (own and joint)


def test_residential_branches_lead_their_area_one_after_the_other(world: World) -> None:
    branches = world.branches
    leads = dict(zip(branches.leads.source.tolist(), branches.leads.target.tolist(), strict=True))
    for area in range(len(world.areas.names)):
        some = range(branches.first[area], branches.first[area] + branches.count[area])
        assert all(branches.made_as[b] == RESIDENTIAL and leads[b] == area for b in some)
    assert (branches.count[: world.areas.residential] > 0).tolist() == world.areas.led.tolist()
    assert (branches.count[branches.covered_near(world.areas)] > 0).all()


def test_every_kind_is_where_it_belongs(world: World) -> None:
    branches = world.branches
    commercial = branches.area[branches.made_as == COMMERCIAL]
    assert (commercial >= world.areas.residential).all()
    assert (branches.area[branches.made_as == TEMPORARY_KIND] < world.areas.residential).all()
    assert len(set(branches.names)) == len(branches.names)


def test_dates_are_those_of_the_kind(world: World) -> None:
    branches = world.branches
    brief = branches.made_as == TEMPORARY_KIND
    assert set(branches.term_ends[brief].tolist()) == {EMPTY}
    assert branches.stands.tolist() == [d == EMPTY for d in branches.dissolved.tolist()]
    known = (branches.founded != EMPTY) & (months_of(branches.elected) != EMPTY)
    assert (months_of(branches.founded)[known] <= months_of(branches.elected)[known]).all()


def test_nobody_is_a_joint_branch_alone() -> None:
    for seed in range(8):
        branches = make_world(
            100, seed, "2006-10", Rates(small_without_joint=0, due_without_branch=1)
        ).branches
        units = np.bincount(branches.units.source, minlength=len(branches.names))
        assert (units[branches.made_as == JOINT] > 1).all()
