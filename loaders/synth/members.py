"""The invented members: who they are, where they work, which branch they belong to, which posts they hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synth.branches import RESIDENTIAL, Branches, Staff
from loaders.synth.dates import EMPTY, Ints, date_codes, year_only
from loaders.synth.field import OPERATING, Areas, SampleRelationships, Units, blank, ranks, share_out
from loaders.synth.rates import Rates
from loaders.synth.words import GIVEN, HOW, POSITIONS, SURNAMES, people

FULL, PROBATIONARY = 0, 1
COMMITTEE_FROM = 7
_COMPANY_PART, _OTHER_PART = 0.06, 0.29
_MOST = 400
_CAME, _CAME_FROM_FAR = 0.06, 0.2


@dataclass(frozen=True, slots=True)
class Members:
    """Every member. `branch`: a branch of the field; `outside`: one elsewhere; EMPTY for neither.

    `area`: whose workbook has the member. `was` and `was_outside`: the branch before.
    """

    name: Ints
    gender: Ints
    born: Ints
    joined: Ints
    standing: Ints
    unit: Ints
    position: Ints
    branch: Ints
    outside: Ints
    since: Ints
    was: Ints
    was_outside: Ints
    until: Ints
    how: Ints
    takes_part: Ints
    represents: Ints
    absent: Ints
    area: Ints
    outside_count: int


@dataclass(frozen=True, slots=True)
class Posts:
    """Who leads: `secretary` of each branch, EMPTY for none; `committee` ties a branch to its members."""

    secretary: Ints
    committee: SampleRelationships


def make_staff(rng: np.random.Generator, members: int, units: Units, rates: Rates) -> Staff:
    """Who is employed where: most units have few members or none, some have hundreds."""
    count = len(units.names)
    weights = np.minimum(rng.pareto(1.1, count) + 0.1, _MOST)
    company = np.arange(count) < units.companies
    weights[company & (rng.random(count) < rates.company_without_members)] = 0
    weights[~company & (rng.random(count) < 0.2)] = 0
    weights[(units.status != OPERATING) & (units.status != EMPTY)] *= 0.1
    # of a handful of units, one at least has members
    weights[[0, units.companies]] = np.maximum(weights[[0, units.companies]], 1)
    size = np.concatenate(
        [
            share_out(rng, round(members * _COMPANY_PART), weights[: units.companies]),
            share_out(rng, round(members * _OTHER_PART), weights[units.companies :]),
        ]
    )
    unit = np.repeat(np.arange(count), size).astype(np.int32)
    standing = _standing(rng, len(unit), rates)
    return Staff(unit, standing, size, np.bincount(unit[standing == FULL], minlength=count))


def _standing(rng: np.random.Generator, count: int, rates: Rates) -> Ints:
    return blank(rng, (rng.random(count) < 0.03).astype(np.int32), rates.no_standing)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where each member works and belongs. `home`: a residential branch near the member's area."""

    unit: Ints
    branch: Ints
    outside: Ints
    area: Ints
    home: Ints

    @property
    def tied(self) -> Ints:
        return np.asarray((self.branch != EMPTY) | (self.outside != EMPTY))


@dataclass(frozen=True, slots=True)
class _Move:
    """Which branch a member came from; EMPTY throughout for those who did not move."""

    was: Ints
    was_outside: Ints
    until: Ints
    how: Ints


def make_members(
    rng: np.random.Generator,
    members: int,
    now: int,
    areas: Areas,
    units: Units,
    staff: Staff,
    branches: Branches,
    rates: Rates,
) -> Members:
    """Members employed by units first, then those of the other branches, then those who only live here."""
    beyond = max(2, members // 2000)
    place = _places(rng, members, beyond, areas, units, staff, branches, rates)
    move = _moves(rng, now, beyond, place)
    takes = (rng.random(members) < 0.03) & (place.home != place.branch) & (place.unit != EMPTY)
    name, gender, born, joined = _persons(rng, members, now, rates)
    idle = _standing(rng, members - len(staff.unit), rates)
    position = rng.integers(len(POSITIONS), size=members)
    return Members(
        name=name,
        gender=gender,
        born=born,
        joined=joined,
        standing=np.concatenate([staff.standing, idle]),
        unit=place.unit,
        position=_small(np.where(place.unit == EMPTY, EMPTY, position)),
        branch=place.branch,
        outside=place.outside,
        since=_small(np.where(place.tied, move.until, EMPTY)),
        was=move.was,
        was_outside=move.was_outside,
        until=move.until,
        how=move.how,
        takes_part=_small(np.where(takes, place.home, EMPTY)),
        represents=_represents(rng, members, staff, units, areas, rates),
        absent=_absence(rng, now, place.outside != EMPTY, rates),
        area=place.area,
        outside_count=beyond,
    )


def _small(values: Ints) -> Ints:
    """Four bytes a member: there may be millions, with many such columns."""
    return values.astype(np.int32)


def _places(
    rng: np.random.Generator,
    members: int,
    beyond: int,
    areas: Areas,
    units: Units,
    staff: Staff,
    branches: Branches,
    rates: Rates,
) -> _Place:
    employed = len(staff.unit)
    elsewhere = _home_branch(rng, areas, branches, units.home[staff.unit])
    at_work = _at_work(staff, branches, elsewhere)
    moved = (at_work != elsewhere) & (rng.random(employed) < rates.elsewhere)
    floating = round((members - employed) * rates.floating / 2)
    living = _living(rng, members - employed - floating, branches, rates)
    branch = np.concatenate([np.where(moved, elsewhere, at_work), living, np.full(floating, EMPTY)])
    away = np.concatenate(
        [rng.random(employed) < rates.floating, np.zeros(len(living), bool), np.ones(floating, bool)]
    )
    branch[away | (rng.random(members) < rates.no_affiliation)] = EMPTY
    lives = np.concatenate(
        [units.home[staff.unit], branches.area[living], rng.integers(areas.residential, size=floating)]
    )
    return _Place(
        unit=_small(np.concatenate([staff.unit, np.full(members - employed, EMPTY)])),
        branch=_small(branch),
        outside=_small(np.where(away, rng.integers(beyond, size=members), EMPTY)),
        area=_small(np.where(branch == EMPTY, lives, branches.area[branch])),
        home=_small(_home_branch(rng, areas, branches, lives)),
    )


def _moves(rng: np.random.Generator, now: int, beyond: int, place: _Place) -> _Move:
    count = len(place.branch)
    came = place.tied & (rng.random(count) < _CAME)
    from_far = came & (rng.random(count) < _CAME_FROM_FAR)
    was = np.where(came & ~from_far & (place.home != place.branch), place.home, EMPTY)
    # any outside branch but the one that the member belongs to now
    other = (place.outside + 1 + rng.integers(beyond - 1, size=count)) % beyond
    left = (was != EMPTY) | from_far
    return _Move(
        was=_small(was),
        was_outside=_small(np.where(from_far, other, EMPTY)),
        until=_small(np.where(left, date_codes(now - rng.integers(0, 60, count)), EMPTY)),
        how=_small(np.where(left, rng.integers(len(HOW), size=count), EMPTY)),
    )


def _home_branch(rng: np.random.Generator, areas: Areas, branches: Branches, area: Ints) -> Ints:
    """A residential branch at or near each of these areas."""
    near = branches.covered_near(areas)[area]
    return branches.first[near] + (rng.random(len(near)) * branches.count[near]).astype(np.int64)


def _at_work(staff: Staff, branches: Branches, otherwise: Ints) -> Ints:
    """The unit's own branch, evenly over several; else its joint branch; else the other one given."""
    unit = staff.unit
    turn = ranks(staff.size) % np.maximum(branches.own_count[unit], 1)
    joint = np.where(branches.joint[unit] == EMPTY, otherwise, branches.joint[unit])
    return np.where(branches.own[unit] == EMPTY, joint, branches.own[unit] + turn)


def _living(rng: np.random.Generator, count: int, branches: Branches, rates: Rates) -> Ints:
    """The branches of those who are not employed: small for commercial and temporary ones, about 20 else."""
    kinds = branches.made_as
    at = np.flatnonzero(kinds >= RESIDENTIAL)
    weights = np.where(kinds[at] == RESIDENTIAL, 20.0, rng.integers(3, 12, len(at)))
    odd = (kinds[at] == RESIDENTIAL) * rng.random(len(at))
    weights[(odd > 0) & (odd < rates.branch_too_large)] *= 3.5
    weights[odd > 1 - rates.branch_too_small] = 1.5
    return np.repeat(at, share_out(rng, count, weights))


def _represents(
    rng: np.random.Generator, members: int, staff: Staff, units: Units, areas: Areas, rates: Rates
) -> Ints:
    """The first members of a company each represent one of the residential areas that it manages."""
    found = np.full(members, EMPTY, np.int32)
    mine = units.manages.target < areas.residential
    source, target = units.manages.source[mine], units.manages.target[mine]
    turn = ranks(np.bincount(source, minlength=len(staff.size)))
    first = np.cumsum(staff.size) - staff.size
    does = (turn < staff.size[source]) & (rng.random(len(source)) >= rates.no_representative)
    found[first[source[does]] + turn[does]] = target[does]
    return found


def _absence(rng: np.random.Generator, now: int, away: Ints, rates: Rates) -> Ints:
    """Since when those whose branch is elsewhere take no part there; to the month, to the year or not at all."""
    codes = date_codes(now - rng.integers(0, 30, len(away)))
    vague = rng.random(len(away))
    codes = np.where(vague < rates.no_absence / 3, year_only(codes), codes)
    return np.where(~away | (vague > 1 - rates.no_absence * 2 / 3), EMPTY, codes).astype(np.int32)


def _persons(rng: np.random.Generator, count: int, now: int, rates: Rates) -> tuple[Ints, Ints, Ints, Ints]:
    """(name, gender, born, joined), no two of the same name and dates: otherwise a loader must ask who is who."""
    surname = (rng.random(count) ** 1.6 * SURNAMES).astype(np.int64)
    name = surname * GIVEN + rng.integers(GIVEN, size=count)
    gender = blank(rng, rng.integers(2, size=count), rates.no_gender)
    age = 20 * 12 + (rng.beta(1.8, 1.6, count) * 68 * 12).astype(np.int64)
    born_day = np.where(rng.random(count) < 0.25, rng.integers(1, 29, count), 0)
    served = ((age - 20 * 12) * rng.random(count)).astype(np.int64) + 3
    joined_day = np.where(rng.random(count) < 0.4, rng.integers(1, 29, count), 0)
    born = blank(rng, date_codes(now - age - 12, born_day), rates.no_born)
    joined = date_codes(now - served, joined_day)
    joined = np.where(rng.random(count) < 0.02, year_only(joined), joined)
    joined = blank(rng, joined, rates.no_joined)
    alike = 1 + np.flatnonzero(rng.random(count - 1) < rates.look_alike_member)
    name[alike], born[alike] = name[alike - 1], born[alike - 1]
    everybody = len(people())
    while True:
        dates = (born.astype(np.int64) + 1) << 20 | (joined.astype(np.int64) + 1)
        again = _repeated(name.astype(np.int64) << 40 | dates)
        if not len(again):
            return name.astype(np.int32), gender, born, joined
        name[again] = (name[again] + 1 + rng.integers(everybody - 1, size=len(again))) % everybody


def _repeated(keys: Ints) -> Ints:
    """The positions of all but the first of equal keys."""
    order = np.argsort(keys, kind="stable")
    same = keys[order[1:]] == keys[order[:-1]]
    return np.asarray(order[1:][same])


def make_posts(rng: np.random.Generator, branches: Branches, members: Members, rates: Rates) -> Posts:
    """Secretaries and committees, drawn from the full members of each branch."""
    count = len(branches.names)
    order = np.lexsort((members.standing != FULL, members.branch))
    start = np.searchsorted(members.branch[order], np.arange(count + 1))
    size = np.diff(start)
    full = np.bincount(members.branch[(members.standing == FULL) & (members.branch >= 0)], minlength=count)
    has = (full > 0) & (rng.random(count) >= rates.no_secretary)
    secretary = np.where(has, order[np.minimum(start[:-1], len(order) - 1)], EMPTY)
    other = has & (rng.random(count) < rates.secretary_elsewhere)
    secretary[other] = rng.integers(len(order), size=int(other.sum()))
    seats = np.where(full >= COMMITTEE_FROM, rng.integers(2, 5, count), 0)
    odd = (seats > 0) & (rng.random(count) < rates.committee_odd)
    seats = np.where(odd, np.where(rng.random(count) < 0.5, 1, 8), seats)
    seats[rng.random(count) < rates.no_committee] = 0
    seats = np.minimum(seats, size - 1).clip(0)
    source = np.repeat(np.arange(count), seats)
    target = order[start[source] + 1 + ranks(seats)]
    fresh = target != secretary[source]
    return Posts(secretary, SampleRelationships.of(source[fresh], target[fresh]))
