"""Evaluate every rule once after a load: its figure, its subjects, the first page of its lists."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph_model.coverage.areas import areas_of
from graph_model.coverage.catalogue import Rule, Status
from graph_model.coverage.evaluate import Figure, figure
from graph_model.errors import StoreDenied, StoreError, StoreUnavailable
from graph_model.findings.findings import CurrentHits, RuleHit, rule_hit, rule_rows
from graph_model.profile import Profile
from graph_model.progress import Progress, ProgressStep
from graph_model.store.driver import Row
from graph_model.store.store import Store

FIRST = 200
"""How many rows of each rule and status are kept: one page of a list."""


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule's whole answer. `first`: the first rows of its gaps and of its unknown subjects, by name."""

    figure: Figure
    marks: tuple[RuleHit, ...] = ()
    first: Mapping[Status, tuple[Row, ...]] | None = None


def run_rule(
    store: Store, rule: Rule, profile: Profile, as_of: str, *, seconds: float | None = None
) -> RuleResult:
    """A rule's whole answer; a failed figure where the store refuses it. A store that is gone raises."""
    found = figure(store, rule, profile, as_of, seconds=seconds)
    if found.failed is not None or not found.gaps + found.unknown:
        return RuleResult(found, first={"gap": (), "unknown": ()})
    marks: list[RuleHit] = []
    first: dict[Status, list[Row]] = {"gap": [], "unknown": []}
    try:
        for rows in rule_rows(store, rule, profile, as_of, seconds=seconds):
            marks += [rule_hit(rule, row) for row in rows]
            for status, before in first.items():
                of = [row for row in rows if row["status"] == status]
                first[status] = heapq.nsmallest(FIRST, [*before, *of], key=_by_name)
    except (StoreUnavailable, StoreDenied):
        raise
    except StoreError as error:
        return RuleResult(Figure(rule, failed=error.text), first={"gap": (), "unknown": ()})
    return RuleResult(found, tuple(marks), {status: tuple(rows) for status, rows in first.items()})


def run_rules(
    store: Store,
    rules: Iterable[Rule],
    profile: Profile,
    as_of: str,
    *,
    seconds: float | None = None,
    on_progress: Progress | None = None,
) -> tuple[RuleResult, ...]:
    """The whole answer of every rule, in their order."""
    asked = tuple(rules)
    found: list[RuleResult] = []
    for done, rule in enumerate(asked):
        if on_progress:
            on_progress(ProgressStep.RULES, done, len(asked))
        found.append(run_rule(store, rule, profile, as_of, seconds=seconds))
    return tuple(found)


def current_hits(store: Store, answered: Iterable[RuleResult]) -> CurrentHits:
    """What the answers say of the present, each gap with its areas. A rule that failed did not run."""
    found = tuple(answered)
    marks = [mark for one in found for mark in one.marks]
    areas = areas_of(store, (m.subject for m in marks if m.status == "gap"))
    return CurrentHits.of(
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
