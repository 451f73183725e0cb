"""What the rules on areas, meetings, pairs and instructors must answer on an invented survey."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from loaders.synth.branches import RESIDENTIAL
from loaders.synth.dates import EMPTY, Ints, months_of
from loaders.synth.facts import MEETING_MONTHS, PAIR_MONTHS, ExpectedCount, Facts, tally

MATTER_MONTHS, MOST_PAIRS = 3, 3
TRINITY_MONTHS, REVIEW_MONTHS, INSTRUCTOR_UNITS = 6, 12, 3
"""Thresholds of the rule profile, written out again on purpose: a wrong profile must show."""


def of_areas(f: Facts) -> Mapping[str, ExpectedCount]:
    """The figures of the rules on residential and commercial areas, by rule."""
    world = f.world
    count, total = world.areas.residential, len(world.areas.names)
    areas = np.ones(count, bool)
    ties = world.units.manages
    by_company = f.company[ties.source] & f.runs[ties.source]
    running = tally(ties.target[by_company], total)[:count] > 0
    led = f.led[:count]
    answer, owners = world.areas.residents_committee, world.areas.owners_committee
    recent = world.now - months_of(world.meetings.held) <= MEETING_MONTHS
    met = tally(world.meetings.area[recent], count) > 0
    posted = tally(world.liaisons.area[world.liaisons.area != EMPTY], total) > 0
    shops = np.arange(total) >= count
    return {
        "area_without_branch": ExpectedCount.of(areas, ~led),
        "area_without_company": ExpectedCount.of(areas, ~running),
        "incomplete_trinity": ExpectedCount.of(
            areas, ~led | ~running | (answer == 0) | _nobody_came(f, running), answer == EMPTY
        ),
        "no_joint_meeting": ExpectedCount.of(areas, ~met),
        "uncovered_commercial": ExpectedCount.of(shops, ~f.led & ~posted),
        # the survey has no column on who of an owners' committee is a member
        "owners_committee_share": ExpectedCount.of(owners == 1, areas & False, areas),
        "meeting_without_party": _half_attended(f, running),
    }


def _nobody_came(f: Facts, running: Ints) -> Ints:
    """Areas one of whose parties came to none of the meetings of late. The branch always comes."""
    met, areas = f.world.meetings, f.world.areas
    late = f.world.now - months_of(met.held) <= TRINITY_MONTHS
    sent = tally(met.units.source, len(met.area))
    count = areas.residential

    def of_late(came: Ints) -> Ints:
        return tally(met.area[late & came], count) > 0

    held, recorded = of_late(late), of_late((sent > 0) | (met.branch != EMPTY))
    return np.asarray(
        (held & (areas.residents_committee != 0) & ~of_late(met.committee == 1))
        | (held & (areas.owners_committee == 1) & ~of_late(met.owners == 1))
        | (recorded & running & ~of_late(sent > 0))
    )


def _half_attended(f: Facts, running: Ints) -> ExpectedCount:
    """Meetings within a year to which a party of the area did not come."""
    met, areas = f.world.meetings, f.world.areas
    sent = tally(met.units.source, len(met.area))
    recorded = (sent > 0) | (met.branch != EMPTY)
    away = (
        ((met.committee == 0) & (areas.residents_committee[met.area] != 0))
        | ((met.owners == 0) & (areas.owners_committee[met.area] == 1))
        | (recorded & running[met.area] & (sent == 0))
    )
    expected = running[met.area] | f.led[met.area]
    return ExpectedCount.of(f.world.now - months_of(met.held) <= REVIEW_MONTHS, away, ~recorded & expected)


def of_cooperation(f: Facts) -> Mapping[str, ExpectedCount]:
    """The figures of the rules on matters, dual management, representatives, pairs and instructors, by rule."""
    met = f.world.meetings
    old = f.world.now - months_of(met.held[met.matter_of]) > MATTER_MONTHS
    matters = np.ones(len(met.matter_of), bool)
    return {
        "matter_unresolved": ExpectedCount.of(matters, old & (met.resolved == 0), met.resolved == EMPTY),
        # the survey has no column on who is responsible and by when
        "matter_unassigned": ExpectedCount.of(met.resolved != 1, matters),
        **_of_companies_at_home(f),
        **_of_pairs(f),
        **_of_instructors(f),
    }


def _of_instructors(f: Facts) -> Mapping[str, ExpectedCount]:
    """Instructors by name: rows of one name are one person. When they last came is in no column."""
    posts = f.world.liaisons
    instructor = posts.role == 1
    everybody = np.unique(posts.name[instructor])
    by_name = tally(posts.name[instructor & (posts.unit != EMPTY)], int(posts.name.max(initial=0)) + 1)
    people = np.ones(len(everybody), bool)
    return {
        "instructor_overload": ExpectedCount.of(people, by_name[everybody] > INSTRUCTOR_UNITS),
        "instructor_no_visit": ExpectedCount.of(people, people & False, people),
    }


def _of_companies_at_home(f: Facts) -> Mapping[str, ExpectedCount]:
    """Companies in the residential areas that they manage."""
    branches, members, manages = f.world.branches, f.world.members, f.world.units.manages
    count = f.world.areas.residential
    here = (manages.target < count) & f.company[manages.source]
    unit, area = manages.source[here], manages.target[here]
    estate = tally(unit, f.unit_count) > 0
    in_estate = tally(branches.units.source[estate[branches.units.target]], f.branch_count) > 0
    speaks = (members.represents != EMPTY) & (members.unit != EMPTY)
    spoken = members.unit[speaks].astype(np.int64) * count + members.represents[speaks]
    tie = unit.astype(np.int64) * count + area
    # who belongs to the area's own branch needs nobody to represent them there
    home = np.full(f.branch_count, EMPTY)
    leads = branches.leads
    own = f.stands[leads.source] & (branches.made_as[leads.source] == RESIDENTIAL)
    home[leads.source[own]] = leads.target[own]
    at_home = (members.unit != EMPTY) & (members.branch != EMPTY)
    lives = members.unit[at_home].astype(np.int64) * count + home[members.branch[at_home]]
    lives = lives[home[members.branch[at_home]] != EMPTY]
    settled = _times(lives, tie) >= f.staff[unit]
    silent = ~np.isin(tie, spoken) & ~settled
    return {
        "not_dual_managed": ExpectedCount.of(f.stands & in_estate, branches.dual == EMPTY),
        "no_representative": ExpectedCount.of(
            estate & (f.staff > 0) & f.runs, tally(unit[silent], f.unit_count) > 0
        ),
    }


def _times(among: Ints, wanted: Ints) -> Ints:
    """How often each wanted number stands among others."""
    ordered = np.sort(among)
    return np.searchsorted(ordered, wanted, side="right") - np.searchsorted(ordered, wanted)


def _of_pairs(f: Facts) -> Mapping[str, ExpectedCount]:
    world, pairs, branches = f.world, f.world.pairs, f.world.branches
    count = world.areas.residential
    every = np.ones(len(pairs.branch), bool)
    live = (branches.made_as[pairs.branch] == RESIDENTIAL) & f.stands[pairs.branch]
    paired = tally(branches.area[pairs.branch[live]], count) > 0
    contact = months_of(pairs.contact)
    of_unit = tally(pairs.unit[pairs.unit != EMPTY], f.unit_count)
    by_branch = pairs.unit_branch[pairs.unit_branch != EMPTY]
    of_branch = tally(np.concatenate([pairs.branch, by_branch]), f.branch_count)
    return {
        "no_co_building_pair": ExpectedCount.of(np.ones(count, bool), ~paired),
        "stale_pair": ExpectedCount.of(
            every, (contact != EMPTY) & (world.now - contact > PAIR_MONTHS), contact == EMPTY
        ),
        "one_sided_pair": ExpectedCount.of(every, every & False),
        "unit_in_many_pairs": ExpectedCount.of(of_unit > 0, of_unit > MOST_PAIRS),
        "branch_in_many_pairs": ExpectedCount.of(of_branch > 0, of_branch > MOST_PAIRS),
    }
