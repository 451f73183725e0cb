"""The invented records: who is posted where, which meetings and pairs there are, awards and activities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synth.branches import Branches
from loaders.synth.dates import EMPTY, Ints, date_codes
from loaders.synth.field import OPERATING, Areas, SampleRelationships, Units, blank
from loaders.synth.members import Members
from loaders.synth.rates import Rates
from loaders.synth.words import ACTIVITIES, AWARDS, PROJECTS, SOLUTIONS, TOPICS, people

QUARTER = 3


@dataclass(frozen=True, slots=True)
class Liaisons:
    """Post-holders by `name`; `role` 0 liaison, 1 instructor; posted to a `unit` or to an `area`."""

    name: Ints
    role: Ints
    unit: Ints
    area: Ints
    since: Ints


@dataclass(frozen=True, slots=True)
class Meetings:
    """Joint meetings, and the matters they took up (`matter_of` is the meeting of each)."""

    area: Ints
    held: Ints
    committee: Ints
    owners: Ints
    branch: Ints
    units: SampleRelationships
    matter_of: Ints
    topic: Ints
    resolved: Ints
    resolved_on: Ints
    solution: Ints


@dataclass(frozen=True, slots=True)
class CoBuilding:
    """Pairs: a `unit`, or one of its own branches (`unit_branch`), with a residential `branch`."""

    unit: Ints
    unit_branch: Ints
    branch: Ints
    signed: Ints
    contact: Ints
    project: Ints


@dataclass(frozen=True, slots=True)
class Extras:
    """Awards to units, and activities that units provided for in areas."""

    award: Ints
    award_unit: Ints
    awarded: Ints
    activity: Ints
    activity_unit: Ints
    activity_area: Ints
    activity_held: Ints


def make_liaisons(
    rng: np.random.Generator, now: int, areas: Areas, units: Units, members: Members, rates: Rates
) -> Liaisons:
    """One for commercial areas and for operating companies without members, as far as there are enough."""
    commercial = np.arange(areas.residential, len(areas.names))
    served = commercial[rng.random(len(commercial)) >= rates.no_liaison]
    staffed = np.bincount(members.unit[members.unit != EMPTY], minlength=len(units.names)) > 0
    lone = np.flatnonzero((units.status == OPERATING) & ~staffed)
    lone = lone[rng.random(len(lone)) >= rates.no_liaison]
    count = len(served) + len(lone)
    everybody = len(people())
    # a step without a common divisor: nobody comes twice before everybody has come once
    step = next(s for s in range(101, everybody) if np.gcd(s, everybody) == 1)
    name = (int(rng.integers(everybody)) + step * np.arange(count)) % everybody
    return Liaisons(
        name=name,
        role=rng.integers(2, size=count),
        unit=np.concatenate([np.full(len(served), EMPTY), lone]),
        area=np.concatenate([served, np.full(len(lone), EMPTY)]),
        since=date_codes(now - rng.integers(0, 48, count)),
    )


def make_meetings(
    rng: np.random.Generator, now: int, areas: Areas, units: Units, branches: Branches, rates: Rates
) -> Meetings:
    """Up to four meetings an area: most within the last quarter, some long ago, in some areas none ever."""
    count = areas.residential
    fate = rng.random(count)
    latest = np.where(
        fate >= rates.no_recent_meeting, rng.integers(0, QUARTER + 1, count), rng.integers(4, 18, count)
    )
    number = np.where(fate < rates.no_recent_meeting / 2, 0, rng.integers(1, 5, count))
    area = np.repeat(np.arange(count), number)
    turn = np.arange(len(area)) - np.repeat(np.cumsum(number) - number, number)
    ago = latest[area] + turn * QUARTER
    held = date_codes(now - ago, np.where(rng.random(len(area)) < 0.5, rng.integers(1, 29, len(area)), 0))
    here = units.manages.target < count
    by_area = np.argsort(units.manages.target[here], kind="stable")
    manager, managed = units.manages.source[here][by_area], units.manages.target[here][by_area]
    start = np.searchsorted(managed, np.arange(count + 1))
    invited = start[area + 1] - start[area]
    source = np.repeat(np.arange(len(area)), invited)
    step = np.arange(len(source)) - np.repeat(np.cumsum(invited) - invited, invited)
    comes = rng.random(len(source)) < 0.35
    taken = rng.integers(0, 3, len(area))
    matter_of = np.repeat(np.arange(len(area)), taken)
    place = np.arange(len(matter_of)) - np.repeat(np.cumsum(taken) - taken, taken)
    resolved = (rng.random(len(matter_of)) >= rates.unresolved).astype(np.int32)
    resolved = blank(rng, resolved, rates.no_resolution)
    done = resolved == 1
    later = rng.integers(0, QUARTER, len(matter_of))
    return Meetings(
        area=area,
        held=held,
        committee=(rng.random(len(area)) < 0.95).astype(np.int32),
        owners=(rng.random(len(area)) < 0.5).astype(np.int32),
        branch=np.where(branches.count[area] > 0, branches.first[area], EMPTY),
        units=SampleRelationships.of(source[comes], manager[start[area[source]] + step][comes]),
        matter_of=matter_of,
        topic=(rng.integers(len(TOPICS), size=len(area))[matter_of] + place) % len(TOPICS),
        resolved=resolved,
        resolved_on=np.where(done, date_codes(np.minimum(now - ago[matter_of] + later, now)), EMPTY),
        solution=np.where(done, rng.integers(len(SOLUTIONS), size=len(matter_of)), EMPTY),
    )


def make_pairs(
    rng: np.random.Generator, now: int, areas: Areas, units: Units, branches: Branches, rates: Rates
) -> CoBuilding:
    """Residential branches with a company that manages their area, or with a branch of that company."""
    willing = (rng.random(areas.residential) >= rates.no_pair) & (branches.count[: areas.residential] > 0)
    ties = units.manages
    here = ties.target < areas.residential
    unit, area = ties.source[here], ties.target[here]
    chosen = willing[area] & (units.status[unit] == OPERATING) & (rng.random(len(unit)) < 0.5)
    unit, area = unit[chosen], area[chosen]
    count = len(unit)
    by_branch = (rng.random(count) < 0.4) & (branches.own[unit] != EMPTY)
    stale = rng.random(count) < rates.pair_stale
    contact = np.where(stale, rng.integers(4, 15, count), rng.integers(0, QUARTER + 1, count))
    return CoBuilding(
        unit=np.where(by_branch, EMPTY, unit),
        unit_branch=np.where(by_branch, branches.own[unit], EMPTY),
        branch=_second(rng, unit, branches.first[area], branches, rates),
        signed=date_codes(now - contact - rng.integers(1, 36, count)),
        contact=blank(rng, date_codes(now - contact), rates.no_contact),
        project=rng.integers(len(PROJECTS), size=count),
    )


def _second(
    rng: np.random.Generator, unit: Ints, residential: Ints, branches: Branches, rates: Rates
) -> Ints:
    """The residential branch; at a stated rate a branch of some other unit, each only once."""
    own = np.flatnonzero(branches.own != EMPTY)
    if not len(own):
        return residential
    other = own[rng.integers(len(own), size=len(unit))]
    first_of_its_kind = np.zeros(len(unit), bool)
    first_of_its_kind[np.unique(other, return_index=True)[1]] = True
    odd = first_of_its_kind & (other != unit) & (rng.random(len(unit)) < rates.pair_one_sided)
    return np.where(odd, branches.own[other], residential)


def make_extras(rng: np.random.Generator, now: int, areas: Areas, units: Units) -> Extras:
    """An award for every fortieth company, an activity for every tenth area."""
    awarded = np.flatnonzero(rng.random(units.companies) < 1 / 40)
    where = units.manages.target
    held = np.flatnonzero((where < areas.residential) & (rng.random(len(where)) < 1 / 20))
    return Extras(
        award=rng.integers(len(AWARDS), size=len(awarded)),
        award_unit=awarded,
        awarded=date_codes(now - rng.integers(0, 24, len(awarded))),
        activity=rng.integers(len(ACTIVITIES), size=len(held)),
        activity_unit=units.manages.source[held],
        activity_area=where[held],
        activity_held=date_codes(now - rng.integers(0, 12, len(held)), rng.integers(1, 29, len(held))),
    )
