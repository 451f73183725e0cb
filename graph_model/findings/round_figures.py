"""What was true of each survey round: rates, totals and gaps, kept with it; and the change between two rounds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graph_model.coverage.totals import Rate, rate_texts
from graph_model.findings.revert import KEPT, StoredFigures
from graph_model.store.store import Store

_OPERATING = "p"
_STATUS = {"operating": _OPERATING, "unknown": "q", "closed": "c", "shell": "s"}
_MARKS = {"organisation": "o", "independent": "i", "work": "w"}
_COLUMNS = {"organisation": "organised", "independent": "alone", "work": "reached"}

Coverage = Mapping[str, str]
"""Each company by its key: its status and the rates that it counts in, a letter each, such as "pow"."""

Move = Literal["gained", "lost", "joined", "left"]
"""What a company did to a rate: covered now, not any more, new in the base, not in the base any more."""


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """The figures of a round when its findings were computed. `gaps`: {rule: (gaps, unknown, population)}."""

    round: str
    as_of: str
    rates: tuple[Rate, ...]
    totals: Mapping[str, int]
    gaps: Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """How one rate changed between two rounds, and why.

    Real progress: of the companies in both bases, `gained` are covered now and were not, `lost` the other way
    round. Change of the base: companies that `joined` it or `left` it, (covered, not covered).
    `moves`: {key: what it did} of just the companies that these figures count.
    """

    before: Rate
    after: Rate
    gained: int
    lost: int
    joined: tuple[int, int]
    left: tuple[int, int]
    moves: Mapping[str, Move]

    @property
    def points(self) -> float | None:
        """By how much the share changed, in hundredths; None where either has no base."""
        if self.before.share is None or self.after.share is None:
            return None
        return (self.after.share - self.before.share) * 100

    @property
    def progress_points(self) -> float | None:
        """What real progress alone would have made of it."""
        if self.points is None:
            return None
        return (self.gained - self.lost) / self.before.denominator * 100

    @property
    def base_points(self) -> float | None:
        """The rest: what the change of the base made of it."""
        if self.points is None or self.progress_points is None:
            return None
        return self.points - self.progress_points


def company_coverage(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The coverage of each company, from the rows of `Store.companies`."""
    return {
        str(row["key"]): _STATUS.get(str(row["status"]), "q")
        + "".join(mark for id_, mark in _MARKS.items() if row[_COLUMNS[id_]])
        for row in rows
    }


def pack_coverage(companies: Coverage) -> str:
    """The coverage of all companies as one short text.

    >>> pack_coverage({"u_1": "pow", "u_2": "p", "u_3": "pow"})
    'pow:u_1 u_3;p:u_2'
    """
    groups: dict[str, list[str]] = {}
    for key, marks in companies.items():
        groups.setdefault(marks, []).append(key)
    return ";".join(f"{marks}:{' '.join(keys)}" for marks, keys in groups.items())


def unpack_coverage(text: str) -> dict[str, str]:
    """The inverse of `pack_coverage`.

    >>> unpack_coverage("pow:u_1 u_3;p:u_2")["u_3"]
    'pow'
    """
    groups = (group.partition(":") for group in text.split(";") if group)
    return {key: marks for marks, _, keys in groups for key in keys.split()}


def figures_history(store: Store) -> tuple[RoundFigures, ...]:
    """What was kept of each round, oldest first. A round of which nothing was kept is left out."""
    rows = store.ask(
        "MATCH (d:SurveyRound) WHERE d.figures IS NOT NULL RETURN d.name AS name, d.figures AS figures ORDER BY name"
    ).rows
    return tuple(_read(str(row["name"]), json.loads(row["figures"])) for row in rows)


def stored_figures(store: Store, rounds: Collection[str]) -> StoredFigures:
    """All that is kept with these rounds now, for whoever takes back a load that is to come."""
    mark = store.ask("MATCH (z:StoreState) RETURN z.refreshed AS mark").rows  # first: figures may be newer
    return StoredFigures(
        str(mark[0]["mark"] or "") if mark else "",
        {
            str(node.properties["name"]): {p: str(node.properties[p]) for p in KEPT if p in node.properties}
            for node in store.nodes(f"d_{name}" for name in rounds)
        },
    )


def _read(name: str, said: Mapping[str, Any]) -> RoundFigures:
    rates = tuple(Rate(r.id, *said["rates"][r.id]) for r in rate_texts() if r.id in said["rates"])
    return RoundFigures(
        name, said["as_of"], rates, said["totals"], {k: tuple(v) for k, v in said["gaps"].items()}
    )


def companies_of(store: Store, rounds: Collection[str]) -> dict[str, Coverage]:
    """{round: the coverage of each company} of those rounds of which it was kept."""
    rows = store.ask(
        "MATCH (d:SurveyRound) WHERE d.name IN $rounds AND d.companies IS NOT NULL "
        "RETURN d.name AS name, d.companies AS companies ORDER BY name",
        {"rounds": list(rounds)},
    ).rows
    return {str(row["name"]): unpack_coverage(str(row["companies"])) for row in rows}


def split(
    before: Coverage, after: Coverage, rates_before: Iterable[Rate], rates_after: Iterable[Rate]
) -> tuple[Change, ...]:
    """The change of each rate between two rounds, in real progress and change of the base. Pure."""
    was = {k: marks for k, marks in before.items() if marks.startswith(_OPERATING)}
    now = {k: marks for k, marks in after.items() if marks.startswith(_OPERATING)}
    old = {r.id: r for r in rates_before}
    found: list[Change] = []
    for rate in rates_after:
        if rate.id not in old:
            continue
        mark = _MARKS[rate.id]
        moves = _moves(mark, was, now)
        counts = Counter(moves.values())
        found.append(
            Change(
                old[rate.id],
                rate,
                gained=counts["gained"],
                lost=counts["lost"],
                joined=_counted(mark, [now[k] for k, move in moves.items() if move == "joined"]),
                left=_counted(mark, [was[k] for k, move in moves.items() if move == "left"]),
                moves=moves,
            )
        )
    return tuple(found)


def _moves(mark: str, was: Coverage, now: Coverage) -> dict[str, Move]:
    """What each company of either base did; those that did nothing are left out."""
    found: dict[str, Move] = dict.fromkeys(sorted(now.keys() - was.keys()), "joined")
    found |= dict.fromkeys(sorted(was.keys() - now.keys()), "left")
    for key in sorted(was.keys() & now.keys()):
        if (mark in was[key]) != (mark in now[key]):
            found[key] = "gained" if mark in now[key] else "lost"
    return found


def _counted(mark: str, companies: Collection[str]) -> tuple[int, int]:
    covered = sum(mark in marks for marks in companies)
    return covered, len(companies) - covered


def change_between(store: Store, before: RoundFigures, after: RoundFigures) -> tuple[Change, ...]:
    """The change of each rate between two rounds; none where the companies of either were not kept."""
    kept = companies_of(store, (before.round, after.round))
    if before.round not in kept or after.round not in kept:
        return ()
    return split(kept[before.round], kept[after.round], before.rates, after.rates)
