"""How the rows of an invented survey refer to things: mostly by the name, at a stated rate written otherwise."""

from __future__ import annotations

import numpy as np

from loaders.synth.dates import EMPTY, Ints
from loaders.synth.words import OUTSIDE_PLACES, people, stems
from loaders.synth.world import World

_UNIT_SPELLINGS, _BRANCH_SPELLINGS = 3, 2


class Spelling:
    """The words that references are written with, and the codes of them; drawn from the world's seed."""

    def __init__(self, world: World) -> None:
        self._rng = np.random.Generator(np.random.PCG64([world.seed, 1]))
        self._rate = world.rates.spelling
        self._world = world
        units, branches = world.units, world.branches
        spaced = [f"{n[:2]}　{n[2:]}" for n in units.names]
        self.units = [*units.names, *units.short, *spaced]
        self.branches = [*branches.names, *(f"{n[:-3]} 党支部" for n in branches.names)]
        self.outside = [
            f"外市{s}{OUTSIDE_PLACES[i % len(OUTSIDE_PLACES)]}党支部"
            for i, s in enumerate(stems(world.members.outside_count, self._rng))
        ]
        self._who = _numbered(world)
        self.people = [*people(), *(f"D{at + 1:07}" for at in self._who.tolist())]

    def unit(self, at: Ints) -> Ints:
        """Codes into `units` for units by position: without 有限公司, or with a wide space inside."""
        return self._pick(at, len(self.units) // _UNIT_SPELLINGS, _UNIT_SPELLINGS)

    def branch(self, at: Ints) -> Ints:
        """Codes into `branches` for branches by position."""
        return self._pick(at, len(self.branches) // _BRANCH_SPELLINGS, _BRANCH_SPELLINGS)

    def person(self, at: Ints) -> Ints:
        """Codes into `people` for members by position: the number of those who carry one, else the name."""
        name = self._world.members.name[at]
        if len(self._who):
            found = np.minimum(np.searchsorted(self._who, at), len(self._who) - 1)
            name = np.where(self._who[found] == at, len(people()) + found, name)
        return np.where(at == EMPTY, EMPTY, name).astype(np.int32)

    def numbers(self) -> Ints:
        """For every member the code of the number in `people`, EMPTY for those without."""
        codes = np.full(len(self._world.members.name), EMPTY, np.int32)
        codes[self._who] = len(people()) + np.arange(len(self._who))
        return codes

    def _pick(self, at: Ints, count: int, kinds: int) -> Ints:
        odd = self._rng.random(len(at)) < self._rate
        kind = np.where(odd, self._rng.integers(1, kinds, len(at)), 0)
        return np.where(at == EMPTY, EMPTY, at + count * kind).astype(np.int32)


def _numbered(world: World) -> Ints:
    """The members who carry a number, because a branch's row can mean them by it only; sorted."""
    committee, secretary = world.posts.committee, world.posts.secretary
    led = np.flatnonzero(secretary != EMPTY)
    branch = np.concatenate([led, committee.source])
    member = np.concatenate([secretary[led], committee.target])
    return np.unique(member[_ambiguous(world, branch, member)])


def _ambiguous(world: World, branch: Ints, member: Ints) -> Ints:
    """Whether a name does not tell who is meant in a branch's row: somebody else of that name is tied to it."""
    members, everybody = world.members, len(people())
    keys = np.concatenate(
        [
            tie[tie != EMPTY].astype(np.int64) * everybody + members.name[tie != EMPTY]
            for tie in (members.branch, members.takes_part, members.was)
        ]
    )
    keys.sort()
    sought = branch.astype(np.int64) * everybody + members.name[member]
    times = np.searchsorted(keys, sought, side="right") - np.searchsorted(keys, sought, side="left")
    return np.asarray((times != 1) | (members.branch[member] != branch))
