"""The round against the one before it: opening, came, left, closing, and the jumps that are unusual. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph_model.graph import Graph
from loaders.found import areas_of_units, employers

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
    `part`: both are only what a load touches; what came and left is right then, `opened` gives the rest.
    """
    if not held.nodes and not part:
        return ()
    was, becomes = areas_of_units(held), areas_of_units(after)
    people = employers(held), employers(after)
    units = {k: k for k in _companies(held)}, {k: k for k in _companies(after)}
    return (*_moves("companies", *units, was, becomes), *_moves("members", *people, was, becomes))


def opened(found: Iterable[Movement], openings: Mapping[tuple[str, str], int]) -> tuple[Movement, ...]:
    """The movements of a part with the openings of the whole, by (total, area)."""
    return tuple(replace(m, opening=openings.get((m.of, m.area), 0)) for m in found)


def _companies(graph: Graph) -> Iterable[str]:
    return (k for k, n in graph.nodes.items() if n.properties.get("kind") == "property_company")


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
    for key, unit in before.items():
        here = ("", *was.get(unit, ()))
        opening.update(here)
        now = after.get(key)
        if now is None:
            left.update(here)
            continue
        there = becomes.get(now, ())
        if there != here[1:]:
            left.update(a for a in here[1:] if a not in there)
            came.update(a for a in there if a not in here)
    for key, unit in after.items():
        if key not in before:
            came.update(("", *becomes.get(unit, ())))
    areas = sorted(opening.keys() | came.keys() | {""})
    return tuple(Movement(of, area, opening[area], came[area], left[area]) for area in areas)
