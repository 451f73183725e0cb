"""What the answers of an invented survey are counted from: its arrays, tallied once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loaders.synth.dates import EMPTY, Ints, months_of
from loaders.synth.members import FULL
from loaders.synth.world import World

MEETING_MONTHS, PAIR_MONTHS = 3, 3
"""Thresholds of the rule profile, written out again on purpose: a wrong profile must show."""


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
    """One of the three rates; `unknown` and `closed` companies are not in its base."""

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
        self.staff = tally(members.unit[at_work], self.unit_count)
        self.unit_full = tally(members.unit[at_work & (members.standing == FULL)], self.unit_count)
        self.unit_unclear = tally(members.unit[at_work & (members.standing == EMPTY)], self.unit_count)
        here = members.branch != EMPTY
        self.enrolled = tally(members.branch[here], self.branch_count)
        self.full = tally(members.branch[here & (members.standing == FULL)], self.branch_count)
        self.unclear = tally(members.branch[here & (members.standing == EMPTY)], self.branch_count)
        self.stands = branches.dissolved == EMPTY
        self.width = tally(branches.units.source, self.branch_count)
        live = self.stands[branches.units.source]
        alone = live & (self.width[branches.units.source] == 1)
        self.organised = tally(branches.units.target[live], self.unit_count) > 0
        self.own = tally(branches.units.target[alone], self.unit_count) > 0
        self.company = np.arange(self.unit_count) < units.companies
        self.runs = units.runs
        self.unsure = units.status == EMPTY
        self.reached = self.organised | self._posted()
        self.contacted = (self.staff > 0) | self._met()
        leads = branches.leads
        self.led = tally(leads.target[self.stands[leads.source]], len(world.areas.names)) > 0
        self.committee = tally(world.posts.committee.source, self.branch_count)
        self.secretary = world.posts.secretary != EMPTY

    def _posted(self) -> Ints:
        """Units with a liaison or instructor of their own, or of an area that they manage.

        An invented survey says where no unit stands, and nothing of trade unions and youth leagues.
        """
        world, manages = self.world, self.world.units.manages
        shops = world.liaisons.area[world.liaisons.area >= world.areas.residential]
        served = manages.source[np.isin(manages.target, shops)]
        directly = world.liaisons.unit[world.liaisons.unit != EMPTY]
        return tally(np.concatenate([served, directly]), self.unit_count) > 0

    def _met(self) -> Ints:
        """Units in a joint meeting or a pair of the last months."""
        world = self.world
        held, contact = months_of(world.meetings.held), months_of(world.pairs.contact)
        met = world.meetings.units
        lately = met.target[world.now - held[met.source] <= MEETING_MONTHS]
        live = (contact != EMPTY) & (world.now - contact <= PAIR_MONTHS) & (world.pairs.unit != EMPTY)
        return tally(np.concatenate([lately, world.pairs.unit[live]]), self.unit_count) > 0


def tally(positions: Ints, count: int) -> Ints:
    """How often each of the first `count` positions comes."""
    return np.bincount(positions, minlength=count)
