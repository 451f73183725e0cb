"""What coverage must answer on an invented survey, counted from how it was made and never by the product's rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from loaders.synth.area_answers import of_areas, of_cooperation
from loaders.synth.branches import RESIDENTIAL, TEMPORARY_KIND
from loaders.synth.dates import EMPTY, Ints, months_of
from loaders.synth.facts import ExpectedCount, ExpectedRate, Facts, tally
from loaders.synth.field import CLOSED, COLLECTIVE, FOREIGN, MIXED, OPERATING, PRIVATE
from loaders.synth.members import FULL, PROBATIONARY
from loaders.synth.words import TRADES, twin

# The thresholds of the rule profile, written out again on purpose: a wrong profile must show.
OWN_BRANCH, COMMITTEE, MOST_MEMBERS, MOST_UNITS = 3, 7, 50, 5
COMMITTEE_SIZES = (3, 7)
TERM_COMMUNITY, TERM_OTHERS, REMIND, FLOATING = 60, 36, 6, 6
PROBATION, SECRETARY_MONTHS = 12, 12
TEMPORARY_MONTHS = 6
EMPLOYEES_POST, EMPLOYEES_BRANCH = 10, 100


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
        **of_areas(facts),
        **of_cooperation(facts),
        **_of_names(facts),
    }


def _of_units(f: Facts) -> Mapping[str, ExpectedCount]:
    full, likely = f.unit_full, f.unit_full + f.unit_unclear
    lone = f.company & f.runs & ~f.reached
    return {
        "own_branch_due": ExpectedCount.of(
            f.runs & (f.staff > 0),
            ~f.own & (full >= OWN_BRANCH) & ~f.unsure,
            ~f.own & (likely >= OWN_BRANCH),
        ),
        "joint_branch_candidate": _joint(f),
        "larger_unit": _larger(f),
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
    lasting = stands & ~temporary
    large = (f.enrolled > MOST_MEMBERS) | (f.width > MOST_UNITS)
    bare = lasting & (f.committee == 0)
    return {
        "branch_size": ExpectedCount.of(lasting, large | (likely < OWN_BRANCH), f.full < OWN_BRANCH),
        "branch_leadership": ExpectedCount.of(
            stands, ~f.secretary | ((f.full >= COMMITTEE) & bare), (likely >= COMMITTEE) & bare
        ),
        # whether the superior organisation appointed a secretary is in no table
        "secretary_elsewhere": ExpectedCount.of(lasting & f.secretary, ~stands, ~at_home),
        "committee_size": ExpectedCount.of(lasting & (f.committee > 0), (seats < low) | (seats > high)),
        "post_holder_standing": _post_holders(f, lasting),
        # no table holds meetings of branches
        "branch_meetings": ExpectedCount(0, 0, 0),
        "term_ending": _term(f),
        "temporary_review": ExpectedCount.of(
            stands & temporary,
            (f.enrolled > 0) | ((founded != EMPTY) & (world.now - founded > TEMPORARY_MONTHS)),
            founded == EMPTY,
        ),
    }


def _post_holders(f: Facts, lasting: Ints) -> ExpectedCount:
    members, posts = f.world.members, f.world.posts
    young = members.standing == PROBATIONARY
    by_committee = posts.committee.source[young[posts.committee.target]]
    on_probation = (tally(by_committee, f.branch_count) > 0) | (f.secretary & young[posts.secretary])
    joined, standing = months_of(members.joined)[posts.secretary], members.standing[posts.secretary]
    # the year on probation does not count
    served = f.world.now - joined - PROBATION
    recent = f.secretary & (standing == FULL) & (joined != EMPTY) & (served < SECRETARY_MONTHS)
    unclear = f.secretary & ((standing == EMPTY) | ((standing == FULL) & (joined == EMPTY)))
    return ExpectedCount.of(lasting & (f.secretary | (f.committee > 0)), on_probation | recent, unclear)


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
    takes_part = members.takes_part
    taken_in = (takes_part != EMPTY) & f.stands[takes_part]
    joined = months_of(members.joined)
    return {
        "floating_member": ExpectedCount.of(
            away,
            ~taken_in & (absent != EMPTY) & (world.now - absent >= FLOATING),
            ~taken_in & (absent == EMPTY),
        ),
        # no table says who moved away, with whom contact was lost, or where members live
        "floating_away": ExpectedCount(0, 0, 0),
        "lost_contact": ExpectedCount(0, 0, 0),
        "residence_affiliation": ExpectedCount(0, 0, 0),
        "probation_over": ExpectedCount.of(
            members.standing == PROBATIONARY,
            (joined != EMPTY) & (world.now - joined > PROBATION),
            joined == EMPTY,
        ),
        "affiliated_elsewhere": ExpectedCount.of(
            could, ~_at_unit(f, members.branch) & ~_at_unit(f, takes_part)
        ),
        "member_ties": ExpectedCount.of(everybody, none | gone | closed),
    }


def _at_unit(f: Facts, branch: Ints) -> Ints:
    """Members whose branch of these stands and is organised in their unit."""
    members, ties = f.world.members, f.world.branches.units
    live = f.stands[ties.source]
    pairs = ties.source[live].astype(np.int64) * f.unit_count + ties.target[live]
    mine = branch.astype(np.int64) * f.unit_count + members.unit
    tied = (branch != EMPTY) & (members.unit != EMPTY)
    return np.asarray(tied & np.isin(mine, pairs))


def _larger(f: Facts) -> ExpectedCount:
    """Private units of many employees: a branch of their own, or somebody posted."""
    units, posts = f.world.units, f.world.liaisons
    told = units.employees != EMPTY
    served = units.manages.source[np.isin(units.manages.target, posts.area[posts.area != EMPTY])]
    posted = tally(np.concatenate([served, posts.unit[posts.unit != EMPTY]]), f.unit_count) > 0
    lacks = told & (
        ((units.employees >= EMPLOYEES_BRANCH) & ~f.own)
        | ((units.employees >= EMPLOYEES_POST) & ~f.organised & ~posted)
    )
    private = f.runs & np.isin(units.ownership, (PRIVATE, FOREIGN, MIXED))
    return ExpectedCount.of(private, lacks & ~f.unsure, ~told | lacks)


def _joint(f: Facts) -> ExpectedCount:
    """Units with one or two full members: with how many others near them they could make three."""
    units, areas = f.world.units, f.world.areas
    full, likely = f.unit_full, f.unit_full + f.unit_unclear
    small = (full > 0) & (likely < OWN_BRANCH) & ~f.organised & (units.status == OPERATING)
    places: dict[int, set[int]] = defaultdict(set)
    for unit, area in zip(units.manages.source.tolist(), units.manages.target.tolist(), strict=True):
        places[unit].add(area)
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in zip(areas.adjacent.source.tolist(), areas.adjacent.target.tolist(), strict=True):
        near[one].add(other)
        near[other].add(one)
    in_area: dict[int, list[int]] = defaultdict(list)
    for unit in np.flatnonzero(small).tolist():
        for area in places[unit]:
            in_area[area].append(unit)
    ending = ["" if t == EMPTY else TRADES[t][-2:] for t in units.trade.tolist()]

    def could(unit: int) -> bool:
        around = places[unit].union(*(near[a] for a in places[unit]))
        others = {v for a in around for v in in_area[a]} - {unit}
        alike = [v for v in others if ending[v] == ending[unit] or "" in (ending[v], ending[unit])]
        # each has at least one, so that the first four are enough wherever all of them are
        return int(full[unit]) + sum(int(full[v]) for v in alike) >= OWN_BRANCH

    gap = np.zeros(f.unit_count, bool)
    for unit in np.flatnonzero(small).tolist():
        gap[unit] = could(unit)
    few = f.runs & (full < OWN_BRANCH) & (likely > 0)
    return ExpectedCount.of(few, gap, ~f.organised)


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
    kind = f.world.branches.kind
    chosen = np.flatnonzero(f.stands & f.secretary & (kind != RESIDENTIAL) & (kind != TEMPORARY_KIND))
    unit = members.unit[secretary[chosen]]
    chosen, unit = chosen[unit != EMPTY], unit[unit != EMPTY]
    colleagues = (members.branch != EMPTY) & (members.unit != EMPTY)
    pairs = members.branch[colleagues].astype(np.int64) * f.unit_count + members.unit[colleagues]
    alone, known = ~np.isin(chosen * f.unit_count + unit, pairs), kind[chosen] != EMPTY
    return ExpectedCount.of(np.ones(len(chosen), bool), alone & known, alone & ~known)


def _twin(name: str) -> str | None:
    """A unit's name that sounds the same, or None: the stem is all before the kind of unit."""
    for ending in ("物业管理", "置业物业", "物业"):
        if name.endswith(ending):
            other = twin(name.removesuffix(ending))
            return None if other is None else other + ending
    return None
