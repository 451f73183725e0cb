"""The invented branches: of one unit, joint, residential, commercial and temporary, with how many members."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synth.dates import EMPTY, Ints, date_codes, year_only
from loaders.synth.field import Areas, SampleRelationships, Units, blank, ranks, share_out
from loaders.synth.rates import Rates
from loaders.synth.words import TEMPORARY, numeral

INDEPENDENT, JOINT, RESIDENTIAL, COMMERCIAL, TEMPORARY_KIND = range(5)
_USUAL_SIZE = 45
_MIN_FULL = 3


@dataclass(frozen=True, slots=True)
class Staff:
    """The members that units employ, in the order of the units: whose they are and of what standing."""

    unit: Ints
    standing: Ints
    size: Ints
    full: Ints


@dataclass(frozen=True, slots=True)
class Branches:
    """Every branch of the field. `area`: whose workbook has it; `made_as` knows the kind where `kind` is empty.

    `own` and `joint`: the first branch of each unit of that kind, EMPTY for none; `own_count`: how many.
    `first` and `count`: the residential branches of each area, one after the other.
    """

    names: list[str]
    made_as: Ints
    kind: Ints
    area: Ints
    units: SampleRelationships
    leads: SampleRelationships
    founded: Ints
    elected: Ints
    term_ends: Ints
    dissolved: Ints
    dual: Ints
    own: Ints
    own_count: Ints
    joint: Ints
    first: Ints
    count: Ints

    @property
    def stands(self) -> Ints:
        """Which were not dissolved."""
        return np.equal(self.dissolved, EMPTY)

    def covered_near(self, areas: Areas) -> Ints:
        """For each area, one with residential branches: itself, or the next one before it."""
        covered = np.flatnonzero(self.count > 0)
        before = np.searchsorted(covered, areas.near, side="right") - 1
        return covered[np.maximum(before, 0)]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which branches there are to be: for own ones the unit, for joint ones (group, unit), else the area."""

    own_count: Ints
    group: Ints
    grouped: Ints
    per_area: Ints
    shops: Ints
    sites: Ints

    @property
    def own_units(self) -> Ints:
        return np.repeat(np.arange(len(self.own_count)), self.own_count)

    @property
    def leaders(self) -> Ints:
        """The first unit of each joint branch."""
        return self.grouped[np.unique(self.group, return_index=True)[1]]

    @property
    def residential(self) -> Ints:
        return np.repeat(np.arange(len(self.per_area)), self.per_area)

    @property
    def made_as(self) -> Ints:
        return np.repeat(
            np.arange(5),
            [
                len(self.own_units),
                len(self.leaders),
                len(self.residential),
                len(self.shops),
                len(self.sites),
            ],
        )


def make_branches(
    rng: np.random.Generator, members: int, now: int, areas: Areas, units: Units, staff: Staff, rates: Rates
) -> Branches:
    """Branches, one for every twenty members; where a unit could have one and has none is left to chance."""
    plan = _plan(rng, members, areas, units, staff, rates)
    made_as, names = plan.made_as, _names(plan, areas, units)
    area = np.concatenate(
        [units.home[plan.own_units], units.home[plan.leaders], plan.residential, plan.shops, plan.sites]
    )
    start_joint = len(plan.own_units)
    start_residential = start_joint + len(plan.leaders)
    joint = np.full(len(plan.own_count), EMPTY)
    joint[plan.grouped] = start_joint + plan.group
    own = np.where(plan.own_count > 0, np.cumsum(plan.own_count) - plan.own_count, EMPTY)
    first = start_residential + np.cumsum(plan.per_area) - plan.per_area
    first = np.where(plan.per_area > 0, first, EMPTY)
    leading = np.arange(start_residential, len(names))
    guided = (made_as <= JOINT) & (rng.random(len(names)) >= rates.no_dual_management)
    founded, elected, ends, dissolved = _dates(rng, now, made_as, rates)
    return Branches(
        names=names,
        made_as=made_as,
        kind=np.where(made_as <= JOINT, blank(rng, made_as, rates.no_branch_kind), made_as),
        area=area,
        units=SampleRelationships.of(
            np.concatenate([np.arange(start_joint), start_joint + plan.group]),
            np.concatenate([plan.own_units, plan.grouped]),
        ),
        leads=SampleRelationships.of(leading, area[leading]),
        founded=founded,
        elected=elected,
        term_ends=ends,
        dissolved=dissolved,
        dual=np.where(guided, first[areas.near][area], EMPTY),
        own=own,
        own_count=plan.own_count,
        joint=joint,
        first=first,
        count=plan.per_area,
    )


def _plan(
    rng: np.random.Generator, members: int, areas: Areas, units: Units, staff: Staff, rates: Rates
) -> _Plan:
    own_count = _own(rng, units, staff, rates)
    group, grouped = _joint(rng, units, staff, own_count, rates)
    commercial = np.arange(areas.residential, len(areas.names))
    shops = commercial[rng.random(len(commercial)) >= rates.uncovered_commercial]
    covered = np.flatnonzero(areas.led)
    sites = rng.permutation(covered)[: max(1, members // 4000)]
    others = int(own_count.sum()) + len(np.unique(group)) + len(shops) + len(sites)
    spare = max(0, members // 20 - others - len(covered))
    per_area = np.zeros(len(areas.names), np.int64)
    per_area[covered] = 1 + share_out(rng, spare, rng.gamma(4, 1, len(covered)))
    return _Plan(own_count, group, grouped, per_area, shops, sites)


def _names(plan: _Plan, areas: Areas, units: Units) -> list[str]:
    own, residential = plan.own_units, plan.residential
    return (
        _numbered([units.short[u] for u in own.tolist()], ranks(plan.own_count), plan.own_count[own])
        + [f"{units.short[u]}等联合党支部" for u in plan.leaders.tolist()]
        + _numbered(
            [areas.names[a] for a in residential.tolist()],
            ranks(plan.per_area),
            plan.per_area[residential],
        )
        + [f"{areas.names[a]}党支部" for a in plan.shops.tolist()]
        + [f"{areas.stems[a]}{TEMPORARY[a % 4]}临时党支部" for a in plan.sites.tolist()]
    )


def _numbered(owners: list[str], rank: Ints, of: Ints) -> list[str]:
    pairs = zip(owners, rank.tolist(), of.tolist(), strict=True)
    return [f"{o}第{numeral(r + 1)}党支部" if n > 1 else f"{o}党支部" for o, r, n in pairs]


def _own(rng: np.random.Generator, units: Units, staff: Staff, rates: Rates) -> Ints:
    """How many branches of its own each unit has."""
    due = units.runs & (staff.full >= _MIN_FULL)
    has = due & (rng.random(len(due)) >= rates.due_without_branch)
    enough = np.where(rng.random(len(due)) < rates.branch_too_large, 1, -(-staff.size // _USUAL_SIZE))
    return np.where(has, np.maximum(enough, 1), 0)


def _joint(
    rng: np.random.Generator, units: Units, staff: Staff, own_count: Ints, rates: Rates
) -> tuple[Ints, Ints]:
    """(group, unit) of the joint branches: neighbours of a similar trade, two to five together."""
    small = units.runs & (own_count == 0) & (staff.size > 0)
    lacking = np.where(staff.full >= _MIN_FULL, 0.7, rates.small_without_joint)
    chosen = np.flatnonzero(small & (rng.random(len(small)) >= lacking))
    chosen = chosen[np.lexsort((units.trade[chosen], units.home[chosen]))]
    wide = rng.random(len(chosen)) < rates.joint_too_wide
    sizes = np.where(wide, rng.integers(6, 9, len(chosen)), rng.integers(2, 6, len(chosen)))
    group = np.searchsorted(np.cumsum(sizes), np.arange(len(chosen)), side="right")
    if len(group) and np.count_nonzero(group == group[-1]) == 1:
        # nobody is a joint branch alone
        return group[:-1], chosen[:-1]
    return group, chosen


def _dates(
    rng: np.random.Generator, now: int, made_as: Ints, rates: Rates
) -> tuple[Ints, Ints, Ints, Ints]:
    """When each was founded, elected, ends its term and was dissolved."""
    count = len(made_as)
    brief = made_as == TEMPORARY_KIND
    term = np.where(made_as == RESIDENTIAL, 60, 36)
    over = rng.random(count) < rates.term_over
    served = np.where(over, term + rng.integers(0, 12, count), (rng.random(count) * term).astype(np.int64))
    founded = now - np.where(brief, rng.integers(0, 18, count), served + rng.integers(0, 240, count))
    none = brief | (rng.random(count) < rates.no_term)
    vague = rng.random(count) < rates.no_term / 2
    elected = date_codes(now - served, rng.integers(0, 29, count))
    stated = ~none & ~vague & (rng.random(count) < 0.4)
    gone = ~brief & (made_as != COMMERCIAL) & (rng.random(count) < rates.branch_dissolved)
    return (
        blank(rng, date_codes(founded), rates.no_founded),
        np.where(none, EMPTY, np.where(vague, year_only(elected), elected)),
        np.where(stated, date_codes(now - served + term), EMPTY),
        np.where(gone, date_codes(now - rng.integers(0, 6, count)), EMPTY),
    )
