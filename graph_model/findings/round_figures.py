"""What was true of each survey round: rates, totals and gaps, kept with it; and the change between two rounds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from graph_model.coverage.totals import Rate, counts_contact, rate_texts
from graph_model.findings.revert import KEPT, StoredFigures
from graph_model.profile import Profile
from graph_model.store.store import Store

_STATUS = {"operating": "p", "unknown": "q", "closed": "c", "shell": "s"}
_NO_COMPANY = "n"
_BASES = {"as_company": "p", "as_due": "d"}
_MARKS = {"organisation": "o", "independent": "i", "due": "i", "work": "w", "contact": "t"}
_READ_ANEW = ("work", "contact")
"""The rates that are read in another way than earlier versions read them, or than another setting does."""

Coverage = Mapping[str, str]
"""Each unit by its key: its status and the rates that it counts in, a letter each, such as "pow".

The first letter is a company's status, or says that it is none; "d" that it is due a branch of its own.
"""

Move = Literal["gained", "lost", "joined", "left"]
"""What a unit did to a rate: covered now, not any more, new in the base, not in the base any more."""


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """The figures of a round when its findings were computed. `gaps`: {rule: (gaps, unknown, population)}.

    `reading`: how work coverage was read then. `apart`: the rates that are left out of `rates`, as they were read
    in another way than those of the newest round and do not compare with them.
    """

    round: str
    as_of: str
    rates: tuple[Rate, ...]
    totals: Mapping[str, int]
    gaps: Mapping[str, tuple[int, int, int]]
    reading: str = ""
    apart: tuple[str, ...] = ()


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


def reading_of(profile: Profile) -> str:
    """How work coverage is read: by the guidance ("2 0"), or with joint meetings and pairs ("2 1").

    Of rounds whose figures were kept by a version that knew no other reading nothing is noted: "".
    """
    return f"2 {int(counts_contact(profile))}"


def unit_coverage(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The coverage of each unit, from the rows of `measures.units`."""
    return {str(row["key"]): _letters(row) for row in rows}


def _letters(row: Mapping[str, Any]) -> str:
    first = _STATUS.get(str(row["status"]), "q") if row["as_company"] else _NO_COMPANY
    covered = dict.fromkeys(mark for id_, mark in _MARKS.items() if row[id_])
    return "".join((first, *covered, *("d" if row["as_due"] == "in" else "")))


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
    """What was kept of each round, oldest first. A round of which nothing was kept is left out.

    A rate that was read in another way than in the newest round is taken out and named in `apart`.
    """
    rows = store.ask(
        "MATCH (d:SurveyRound) WHERE d.figures IS NOT NULL RETURN d.name AS name, d.figures AS figures ORDER BY name"
    ).rows
    found = [_read(str(row["name"]), json.loads(row["figures"])) for row in rows]
    return tuple(_comparable(figures, found[-1].reading) for figures in found)


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
        name,
        said["as_of"],
        rates,
        said["totals"],
        {k: tuple(v) for k, v in said["gaps"].items()},
        said.get("reading", ""),
    )


def _comparable(figures: RoundFigures, reading: str) -> RoundFigures:
    if figures.reading == reading:
        return figures
    apart = tuple(r.id for r in figures.rates if r.id in _READ_ANEW)
    return replace(figures, rates=tuple(r for r in figures.rates if r.id not in apart), apart=apart)


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
    bases = {r.id: _BASES[r.base] for r in rate_texts()}
    old = {r.id: r for r in rates_before}
    found: list[Change] = []
    for rate in rates_after:
        if rate.id not in old:
            continue
        mark, base = _MARKS[rate.id], bases[rate.id]
        was = {k: marks for k, marks in before.items() if base in marks}
        now = {k: marks for k, marks in after.items() if base in marks}
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
