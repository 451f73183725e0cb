"""A whole invented survey as arrays: everything drawn once, from the seed, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synth.branches import Branches, make_branches
from loaders.synth.dates import month_number
from loaders.synth.field import Areas, Units, make_areas, make_units
from loaders.synth.members import Members, Posts, make_members, make_posts, make_staff
from loaders.synth.rates import Rates
from loaders.synth.records import (
    CoBuilding,
    Extras,
    Liaisons,
    Meetings,
    make_extras,
    make_liaisons,
    make_meetings,
    make_pairs,
)


@dataclass(frozen=True, slots=True)
class World:
    """What was made up: the parts refer to one another by position. `now` is year * 12 + month of the round."""

    round: str
    now: int
    seed: int
    rates: Rates
    areas: Areas
    units: Units
    branches: Branches
    members: Members
    posts: Posts
    liaisons: Liaisons
    meetings: Meetings
    pairs: CoBuilding
    extras: Extras


def make_world(members: int, seed: int, round_: str, rates: Rates | None = None) -> World:
    """The survey of so many members; with one release of numpy, the same numbers give the same survey."""
    rates = rates or Rates()
    rng = np.random.Generator(np.random.PCG64(seed))
    now = month_number(round_)
    areas = make_areas(rng, members, rates)
    units = make_units(rng, members, areas, rates)
    staff = make_staff(rng, members, units, rates)
    branches = make_branches(rng, members, now, areas, units, staff, rates)
    people = make_members(rng, members, now, areas, units, staff, branches, rates)
    return World(
        round=round_,
        now=now,
        seed=seed,
        rates=rates,
        areas=areas,
        units=units,
        branches=branches,
        members=people,
        posts=make_posts(rng, branches, people, rates),
        liaisons=make_liaisons(rng, now, areas, units, people, rates),
        meetings=make_meetings(rng, now, areas, units, branches, rates),
        pairs=make_pairs(rng, now, areas, units, branches, rates),
        extras=make_extras(rng, now, areas, units),
    )
