"""What coverage must answer on an invented survey, counted from how it was made and never by the product's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from loaders.synth.branches import RESIDENTIAL, TEMPORARY_KIND
from loaders.synth.dates import EMPTY, Ints, months_of
from loaders.synth.field import CLOSED, COLLECTIVE, OPERATING, PRIVATE
from loaders.synth.members import FULL
from loaders.synth.words import twin
from loaders.synth.world import World

# The thresholds of the rule profile, written out again on purpose: a wrong profile must show.
OWN_BRANCH, COMMITTEE, MOST_MEMBERS, MOST_UNITS = 3, 7, 50, 5
COMMITTEE_SIZES = (3, 7)
TERM_COMMUNITY, TERM_OTHERS, REMIND, FLOATING = 60, 36, 6, 6
TEMPORARY_MONTHS, MEETING_MONTHS, MATTER_MONTHS, PAIR_MONTHS, MOST_PAIRS = 6, 3, 3, 3, 3


@dataclass(frozen=True, slots=True)
class ExpectedCount:
    """A rule's figure: how many subjects, gaps and unknown ones among them."""

    population: int
    gaps: int
    unknown: int

    @classmethod
    def of(cls, population: Ints, gap: Ints, unknown: Ints | bool = False) -> ExpectedCount:
        """The figure of the subjects for which `population` is true."""
        open_ = population & unknown & ~gap
        return cls(int(population.sum()), int((population & gap).sum()), int(np.sum(open_)))


@dataclass(frozen=True, slots=True)
class ExpectedRate:
    """One of the rates; `unknown` and `closed` companies are not in its base."""

    numerator: int
    denominator: int
    unknown: int
    closed: int


class Facts:
    """A world with the questions that several answers share; arrays by position."""

    def __init__(self, world: World) -> None:
        self.world = world
        units, branches, members = world.units, world.branches, world.members
        self.unit_count, self.branch_count = len(units.names), len(branches.names)
        at_work = members.unit != EMPTY
        self.staff = _tally(members.unit[at_work], self.unit_count)
        self.unit_full = _tally(members.unit[at_work & (members.standing == FULL)], self.unit_count)
        self.unit_unclear = _tally(members.unit[at_work & (members.standing == EMPTY)], self.unit_count)
        here = members.branch != EMPTY
        self.enrolled = _tally(members.branch[here], self.branch_count)
        self.full = _tally(members.branch[here & (members.standing == FULL)], self.branch_count)
        self.unclear = _tally(members.branch[here & (members.standing == EMPTY)], self.branch_count)
        self.stands = branches.dissolved == EMPTY
        self.width = _tally(branches.units.source, self.branch_count)
        live = self.stands[branches.units.source]
        alone = live & (self.width[branches.units.source] == 1)
        self.organised = _tally(branches.units.target[live], self.unit_count) > 0
        self.own = _tally(branches.units.target[alone], self.unit_count) > 0
        self.company = np.arange(self.unit_count) < units.companies
        self.runs = units.runs
        self.unsure = units.status == EMPTY
        self.reached = self.organised | self._posted()
        self.contacted = (self.staff > 0) | self._met()
        leads = branches.leads
        self.led = _tally(leads.target[self.stands[leads.source]], len(world.areas.names)) > 0
        self.committee = _tally(world.posts.committee.source, self.branch_count)
        self.secretary = world.posts.secretary != EMPTY

    def _posted(self) -> Ints:
        """Units with a liaison or instructor of their own, or of an area that they manage.

        An invented survey says where no unit stands, and nothing of trade unions and youth leagues.
        """
        world, manages = self.world, self.world.units.manages
        shops = world.liaisons.area[world.liaisons.area >= world.areas.residential]
        served = manages.source[np.isin(manages.target, shops)]
        directly = world.liaisons.unit[world.liaisons.unit != EMPTY]
        return _tally(np.concatenate([served, directly]), self.unit_count) > 0

    def _met(self) -> Ints:
        """Units in a joint meeting or a pair of the last months."""
        world = self.world
        held, contact = months_of(world.meetings.held), months_of(world.pairs.contact)
        met = world.meetings.units
        lately = met.target[world.now - held[met.source] <= MEETING_MONTHS]
        live = (contact != EMPTY) & (world.now - contact <= PAIR_MONTHS) & (world.pairs.unit != EMPTY)
        return _tally(np.concatenate([lately, world.pairs.unit[live]]), self.unit_count) > 0


def _tally(positions: Ints, count: int) -> Ints:
    return np.bincount(positions, minlength=count)


def true_totals(facts: Facts) -> dict[str, int]:
    """The control totals, by their ids."""
    world = facts.world
    units, company = world.units, facts.company
    shop = units.manages.target >= world.areas.residential
    return {
        "companies": int(company.sum()),
        "collective": int((company & (units.ownership == COLLECTIVE)).sum()),
        "private": int((company & (units.ownership == PRIVATE)).sum()),
        "commercial": len(np.unique(units.manages.source[shop])),
        "residential": len(np.unique(units.manages.source[~shop])),
        "with_branch": int((company & facts.organised).sum()),
        "with_members": int((company & (facts.staff > 0)).sum()),
        "members": int(facts.staff[company].sum()),
    }


def true_rates(facts: Facts) -> dict[str, ExpectedRate]:
    """The rates."""
    base = facts.company & (facts.world.units.status == OPERATING)
    unknown = int((facts.company & facts.unsure).sum())
    closed = int(facts.company.sum()) - int(base.sum()) - unknown
    parts = {
        "organisation": facts.organised,
        "independent": facts.own,
        "work": facts.reached,
        "contact": facts.contacted & ~facts.reached,
    }
    return {
        **{
            name: ExpectedRate(int((base & part).sum()), int(base.sum()), unknown, closed)
            for name, part in parts.items()
        },
        "due": _true_due(facts),
    }


def _true_due(facts: Facts) -> ExpectedRate:
    """Units of every kind with enough full members for a branch of their own."""
    enough = facts.unit_full >= OWN_BRANCH
    perhaps = facts.unit_full + facts.unit_unclear >= OWN_BRANCH
    must = enough & facts.runs & ~facts.unsure
    return ExpectedRate(
        int((must & facts.own).sum()),
        int(must.sum()),
        int((facts.runs & perhaps & ~must).sum()),
        int((enough & ~facts.runs).sum()),
    )


def true_figures(facts: Facts) -> dict[str, ExpectedCount]:
    """Every rule's figure, by the rule's id."""
    return {
        **_of_units(facts),
        **_of_branches(facts),
        **_of_members(facts),
        **_of_areas(facts),
        **_of_cooperation(facts),
        **_of_names(facts),
    }


def _of_units(f: Facts) -> Mapping[str, ExpectedCount]:
    full, likely = f.unit_full, f.unit_full + f.unit_unclear
    few = f.runs & (full < OWN_BRANCH) & (likely > 0)
    open_ = ~f.organised & ((full == 0) | (likely >= OWN_BRANCH))
    lone = f.company & f.runs & ~f.reached
    return {
        "own_branch_due": ExpectedCount.of(
            f.runs & (f.staff > 0),
            ~f.own & (full >= OWN_BRANCH) & ~f.unsure,
            ~f.own & (likely >= OWN_BRANCH),
        ),
        "joint_branch_candidate": ExpectedCount.of(
            few, ~f.organised & ~open_ & ~f.unsure, ~f.organised & (open_ | f.unsure)
        ),
        "no_work_coverage": ExpectedCount.of(f.company & f.runs, lone & ~f.unsure, lone & f.unsure),
    }


def _of_branches(f: Facts) -> Mapping[str, ExpectedCount]:
    world, stands = f.world, f.stands
    likely = f.full + f.unclear
    secretary = world.posts.secretary
    at_home = world.members.branch[secretary] == np.arange(f.branch_count)
    seats = f.committee + f.secretary
    low, high = COMMITTEE_SIZES
    temporary = world.branches.made_as == TEMPORARY_KIND
    founded = months_of(world.branches.founded)
    large = (f.enrolled > MOST_MEMBERS) | (f.width > MOST_UNITS)
    return {
        "branch_size": ExpectedCount.of(stands, large | (likely < OWN_BRANCH), f.full < OWN_BRANCH),
        "branch_leadership": ExpectedCount.of(
            stands,
            ~f.secretary | ((f.full >= COMMITTEE) & (f.committee == 0)),
            (likely >= COMMITTEE) & (f.committee == 0),
        ),
        "secretary_elsewhere": ExpectedCount.of(stands & f.secretary, ~at_home),
        "committee_size": ExpectedCount.of(stands & (f.committee > 0), (seats < low) | (seats > high)),
        "term_ending": _term(f),
        "temporary_review": ExpectedCount.of(
            stands & temporary,
            (founded != EMPTY) & (world.now - founded > TEMPORARY_MONTHS),
            founded == EMPTY,
        ),
    }


def _term(f: Facts) -> ExpectedCount:
    branches = f.world.branches
    stated, began = months_of(branches.term_ends), months_of(branches.elected)
    term = np.where(branches.kind == RESIDENTIAL, TERM_COMMUNITY, TERM_OTHERS)
    worked_out = np.where((began == EMPTY) | (branches.kind == EMPTY), EMPTY, began + term)
    end = np.where(stated == EMPTY, worked_out, stated)
    here = f.stands & (branches.kind != TEMPORARY_KIND)
    return ExpectedCount.of(here, (end != EMPTY) & (end - f.world.now <= REMIND), end == EMPTY)


def _of_members(f: Facts) -> Mapping[str, ExpectedCount]:
    world, members = f.world, f.world.members
    everybody = np.ones(len(members.name), bool)
    away = members.outside != EMPTY
    absent = months_of(members.absent)
    none = (members.branch == EMPTY) & ~away
    gone = (members.branch != EMPTY) & ~f.stands[members.branch]
    closed = (members.unit != EMPTY) & (world.units.status[members.unit] == CLOSED)
    could = (members.unit != EMPTY) & ~none & f.organised[members.unit]
    return {
        "floating_member": ExpectedCount.of(
            away, (absent != EMPTY) & (world.now - absent >= FLOATING), absent == EMPTY
        ),
        "affiliated_elsewhere": ExpectedCount.of(could, ~_at_own_branch(f)),
        "member_ties": ExpectedCount.of(everybody, none | gone | closed),
    }


def _at_own_branch(f: Facts) -> Ints:
    """Members affiliated with a standing branch that is organised in their unit."""
    members, ties = f.world.members, f.world.branches.units
    live = f.stands[ties.source]
    pairs = ties.source[live].astype(np.int64) * f.unit_count + ties.target[live]
    mine = members.branch.astype(np.int64) * f.unit_count + members.unit
    tied = (members.branch != EMPTY) & (members.unit != EMPTY)
    return np.asarray(tied & np.isin(mine, pairs))


def _of_areas(f: Facts) -> Mapping[str, ExpectedCount]:
    world = f.world
    count, total = world.areas.residential, len(world.areas.names)
    areas = np.ones(count, bool)
    ties = world.units.manages
    by_company = f.company[ties.source] & f.runs[ties.source]
    running = _tally(ties.target[by_company], total)[:count] > 0
    led = f.led[:count]
    answer = world.areas.residents_committee
    recent = world.now - months_of(world.meetings.held) <= MEETING_MONTHS
    met = _tally(world.meetings.area[recent], count) > 0
    posted = _tally(world.liaisons.area[world.liaisons.area != EMPTY], total) > 0
    shops = np.arange(total) >= count
    return {
        "area_without_branch": ExpectedCount.of(areas, ~led),
        "area_without_company": ExpectedCount.of(areas, ~running),
        "incomplete_trinity": ExpectedCount.of(areas, ~led | ~running | (answer == 0), answer == EMPTY),
        "no_joint_meeting": ExpectedCount.of(areas, ~met),
        "uncovered_commercial": ExpectedCount.of(shops, ~f.led & ~posted),
    }


def _of_cooperation(f: Facts) -> Mapping[str, ExpectedCount]:
    met = f.world.meetings
    old = f.world.now - months_of(met.held[met.matter_of]) > MATTER_MONTHS
    matters = np.ones(len(met.matter_of), bool)
    return {
        "matter_unresolved": ExpectedCount.of(matters, old & (met.resolved == 0), met.resolved == EMPTY),
        **_of_companies_at_home(f),
        **_of_pairs(f),
    }


def _of_companies_at_home(f: Facts) -> Mapping[str, ExpectedCount]:
    """Companies in the residential areas that they manage."""
    branches, members, manages = f.world.branches, f.world.members, f.world.units.manages
    count = f.world.areas.residential
    here = (manages.target < count) & f.company[manages.source]
    unit, area = manages.source[here], manages.target[here]
    estate = _tally(unit, f.unit_count) > 0
    in_estate = _tally(branches.units.source[estate[branches.units.target]], f.branch_count) > 0
    speaks = (members.represents != EMPTY) & (members.unit != EMPTY)
    spoken = members.unit[speaks].astype(np.int64) * count + members.represents[speaks]
    silent = ~np.isin(unit.astype(np.int64) * count + area, spoken)
    return {
        "not_dual_managed": ExpectedCount.of(f.stands & in_estate, branches.dual == EMPTY),
        "no_representative": ExpectedCount.of(
            estate & (f.staff > 0), _tally(unit[silent], f.unit_count) > 0
        ),
    }


def _of_pairs(f: Facts) -> Mapping[str, ExpectedCount]:
    world, pairs, branches = f.world, f.world.pairs, f.world.branches
    count = world.areas.residential
    every = np.ones(len(pairs.branch), bool)
    leading = branches.made_as[pairs.branch] == RESIDENTIAL
    live = leading & f.stands[pairs.branch]
    paired = _tally(branches.area[pairs.branch[live]], count) > 0
    contact = months_of(pairs.contact)
    of_unit = _tally(pairs.unit[pairs.unit != EMPTY], f.unit_count)
    by_branch = pairs.unit_branch[pairs.unit_branch != EMPTY]
    of_branch = _tally(np.concatenate([pairs.branch, by_branch]), f.branch_count)
    return {
        "no_co_building_pair": ExpectedCount.of(np.ones(count, bool), ~paired),
        "stale_pair": ExpectedCount.of(
            every, (contact != EMPTY) & (world.now - contact > PAIR_MONTHS), contact == EMPTY
        ),
        "one_sided_pair": ExpectedCount.of(every, ~leading),
        "unit_in_many_pairs": ExpectedCount.of(of_unit > 0, of_unit > MOST_PAIRS),
        "branch_in_many_pairs": ExpectedCount.of(of_branch > 0, of_branch > MOST_PAIRS),
    }


def _of_names(f: Facts) -> Mapping[str, ExpectedCount]:
    units, members = f.world.units, f.world.members
    names = set(units.short)
    twins = [t for t in (_twin(name) for name in units.short[: units.companies]) if t in names]
    beyond = len(np.unique(members.outside[members.outside != EMPTY]))
    return {
        "look_alike_units": ExpectedCount(f.unit_count, 2 * len(twins), 0),
        "look_alike_members": _look_alike_members(f),
        "never_surveyed": ExpectedCount(int((f.enrolled > 0).sum()) + beyond, beyond, 0),
        "secretary_alone": _secretary_alone(f),
    }


def _look_alike_members(f: Facts) -> ExpectedCount:
    name, month = f.world.members.name.astype(np.int64), months_of(f.world.members.born)
    shared = np.bincount(name)[name] > 1
    undated = np.bincount(name[month == EMPTY], minlength=int(name.max()) + 1)[name] > 0
    keys = name << 20 | (month + 1)
    ordered = np.sort(keys)
    same = np.searchsorted(ordered, keys, side="right") - np.searchsorted(ordered, keys)
    return ExpectedCount.of(shared, (month != EMPTY) & (same > 1), undated)


def _secretary_alone(f: Facts) -> ExpectedCount:
    members, secretary = f.world.members, f.world.posts.secretary
    chosen = np.flatnonzero(f.stands & f.secretary)
    unit = members.unit[secretary[chosen]]
    chosen, unit = chosen[unit != EMPTY], unit[unit != EMPTY]
    colleagues = (members.branch != EMPTY) & (members.unit != EMPTY)
    pairs = members.branch[colleagues].astype(np.int64) * f.unit_count + members.unit[colleagues]
    return ExpectedCount.of(np.ones(len(chosen), bool), ~np.isin(chosen * f.unit_count + unit, pairs))


def _twin(name: str) -> str | None:
    """A unit's name that sounds the same, or None: the stem is all before the kind of unit."""
    for ending in ("物业管理", "置业物业", "物业"):
        if name.endswith(ending):
            other = twin(name.removesuffix(ending))
            return None if other is None else other + ending
    return None
