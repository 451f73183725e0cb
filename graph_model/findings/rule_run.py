"""Evaluate every rule once after a load: its figure, its subjects, the first page of its lists."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph_model.coverage.areas import areas_of
from graph_model.coverage.catalogue import Rule, Status
from graph_model.coverage.evaluate import Figure, figure
from graph_model.errors import StoreDenied, StoreError, StoreUnavailable
from graph_model.findings.findings import Mark, Present, mark_of, rows_of
from graph_model.profile import Profile
from graph_model.store.driver import Row
from graph_model.store.store import Progress, Store

FIRST = 200
"""How many rows of each rule and status are kept: one page of a list."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One rule's whole answer. `first`: the first rows of its gaps and of its unknown subjects, by name."""

    figure: Figure
    marks: tuple[Mark, ...] = ()
    first: Mapping[Status, tuple[Row, ...]] | None = None


def answer(
    store: Store, rule: Rule, profile: Profile, as_of: str, *, seconds: float | None = None
) -> Answered:
    """A rule's whole answer; a failed figure where the store refuses it. A store that is gone raises."""
    found = figure(store, rule, profile, as_of, seconds=seconds)
    if found.failed is not None or not found.gaps + found.unknown:
        return Answered(found, first={"gap": (), "unknown": ()})
    marks: list[Mark] = []
    first: dict[Status, list[Row]] = {"gap": [], "unknown": []}
    try:
        for rows in rows_of(store, rule, profile, as_of, seconds=seconds):
            marks += [mark_of(rule, row) for row in rows]
            for status, before in first.items():
                of = [row for row in rows if row["status"] == status]
                first[status] = heapq.nsmallest(FIRST, [*before, *of], key=_by_name)
    except (StoreUnavailable, StoreDenied):
        raise
    except StoreError as error:
        return Answered(Figure(rule, failed=error.text), first={"gap": (), "unknown": ()})
    return Answered(found, tuple(marks), {status: tuple(rows) for status, rows in first.items()})


def answers(
    store: Store,
    rules: Iterable[Rule],
    profile: Profile,
    as_of: str,
    *,
    seconds: float | None = None,
    on_progress: Progress | None = None,
) -> tuple[Answered, ...]:
    """The whole answer of every rule, in their order."""
    asked = tuple(rules)
    found: list[Answered] = []
    for done, rule in enumerate(asked):
        if on_progress:
            on_progress("rules", done, len(asked))
        found.append(answer(store, rule, profile, as_of, seconds=seconds))
    return tuple(found)


def present_of(store: Store, answered: Iterable[Answered]) -> Present:
    """What the answers say of the present, each gap with its areas. A rule that failed did not run."""
    found = tuple(answered)
    marks = [mark for one in found for mark in one.marks]
    areas = areas_of(store, (m.subject for m in marks if m.status == "gap"))
    return Present.of(
        (
            replace(m, areas=" ".join(a.key for a in areas[m.subject])) if m.subject in areas else m
            for m in marks
        ),
        [one.figure.rule.id for one in found if one.figure.failed is None],
        [one.figure.rule.id for one in found if one.figure.failed is not None],
    )


def _by_name(row: Row) -> tuple[bool, str, str]:
    """As the store sorts: by name and key, what has no name last."""
    return (row["name"] is None, str(row["name"] or ""), str(row["key"]))
