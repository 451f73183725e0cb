"""The round against the one before it: opening, came, left, closing, and the jumps that are unusual. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from graph_model.graph import Graph
from loaders.reconcile.control_totals import areas_of_units, companies, employers

JUMP_SHARE = 0.20
JUMP_NUMBER = 5
"""A change is unusual when it is more than both: a fifth of what there was, and five."""


@dataclass(frozen=True, slots=True)
class Movement:
    """What came and left between two rounds: opening + came - left == closing.

    `of`: the total that is followed. `area`: the key of an area, "" for all together.
    """

    of: str
    area: str
    opening: int
    came: int
    left: int

    @property
    def closing(self) -> int:
        """What there is after the load."""
        return self.opening + self.came - self.left

    @property
    def unusual(self) -> bool:
        """Is the change so large that somebody should look.

        >>> Movement("members", "", 20, 6, 0).unusual, Movement("members", "", 100, 6, 0).unusual
        (True, False)
        """
        change = abs(self.came - self.left)
        return change > JUMP_NUMBER and change > JUMP_SHARE * self.opening


def movements(held: Graph, after: Graph, *, part: bool = False) -> tuple[Movement, ...]:
    """Companies and members of companies, by key: in all, then of each area in which anything is.

    `held`: what the store holds. `after`: what it will hold. Nothing where the store holds nothing yet.
    `part`: both are only what a load touches; what came and left is right then, `with_openings` gives the rest.
    """
    if not held.nodes and not part:
        return ()
    before = _Counted.of(held)
    now = before if after is held else _Counted.of(after)
    areas = before.areas, now.areas
    return (
        *_moves("companies", before.companies, now.companies, *areas),
        *_moves("members", before.people, now.people, *areas),
    )


def with_openings(
    found: Iterable[Movement], openings: Mapping[tuple[str, str], int]
) -> tuple[Movement, ...]:
    """The movements of a part with the openings of the whole, by (total, area)."""
    return tuple(replace(m, opening=openings.get((m.of, m.area), 0)) for m in found)


class _Counted(NamedTuple):
    """What is counted in a graph: companies and people, each with the company by which their areas are known."""

    areas: Mapping[str, tuple[str, ...]]
    people: Mapping[str, str]
    companies: Mapping[str, str]

    @classmethod
    def of(cls, graph: Graph) -> _Counted:
        """Those of a graph."""
        own = companies(graph)
        return cls(areas_of_units(graph), employers(graph, own), {k: k for k in own})


def _moves(
    of: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
    was: Mapping[str, tuple[str, ...]],
    becomes: Mapping[str, tuple[str, ...]],
) -> tuple[Movement, ...]:
    """`before`, `after`: key -> the company by which its areas are known."""
    opening: Counter[str] = Counter()
    came: Counter[str] = Counter()
    left: Counter[str] = Counter()
    # counted by company first: there are many people in each
    for (unit, now), count in Counter((u, after.get(k)) for k, u in before.items()).items():
        here = ("", *was.get(unit, ()))
        there = ("", *becomes.get(now, ())) if now is not None else ()
        _add(opening, here, count)
        if there != here:
            _add(left, (a for a in here if a not in there), count)
            _add(came, (a for a in there if a not in here), count)
    for unit, count in Counter(u for k, u in after.items() if k not in before).items():
        _add(came, ("", *becomes.get(unit, ())), count)
    areas = sorted(opening.keys() | came.keys() | {""})
    return tuple(Movement(of, area, opening[area], came[area], left[area]) for area in areas)


def _add(to: Counter[str], areas: Iterable[str], count: int) -> None:
    for area in areas:
        to[area] += count
