"""How many gaps there are, counted where they lie: by rule and life, by area, overdue; and which a round cleared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph_model.coverage.catalogue import Rule, Severity
from graph_model.errors import StoreError
from graph_model.findings.findings import LABEL, Finding, GapStatus
from graph_model.schema import node_type
from graph_model.store.driver import Row
from graph_model.store.store import Store

_MOST = 500_000

_LIVES = """
MATCH (f:Finding)
WHERE coalesce(f.present, '') <> 'undone'
RETURN f.rule AS rule, count(*) AS findings,
       CASE WHEN f.cleared_in = $round THEN 'cleared'
            WHEN f.cleared_in IS NOT NULL THEN 'cleared before'
            WHEN f.present = 'unknown' THEN 'unknown'
            WHEN f.reopened_in = $round THEN 'reopened'
            WHEN f.first_seen = $round THEN 'new'
            ELSE 'continuing' END AS life"""

_AREAS = """
MATCH (f:Finding)
WHERE f.areas IS NOT NULL AND f.present = 'gap' AND NOT f.rule IN $data
UNWIND split(f.areas, ' ') AS area
WITH area, CASE WHEN f.rule IN $high THEN 'high' WHEN f.rule IN $medium THEN 'medium' ELSE 'low' END AS severity
RETURN area, severity, count(*) AS gaps"""

_DUE = """
MATCH (f:Finding)
WHERE f.due IS NOT NULL AND f.cleared_in IS NULL AND coalesce(f.present, '') <> 'undone'
  AND NOT coalesce(f.rule, '') IN $data
RETURN f.due AS due, f.state AS state, f.accepted_until AS until, f.areas AS areas, count(*) AS findings"""


_RULE_AREAS = """
MATCH (f:Finding)
WHERE f.present = 'gap'
UNWIND CASE WHEN f.areas IS NULL THEN [''] ELSE split(f.areas, ' ') END AS area
RETURN f.rule AS rule, area, count(*) AS gaps"""

_AREA_SETS = """
MATCH (f:Finding)
WHERE f.present = 'gap' AND f.rule IN $rules
RETURN f.areas AS areas, count(*) AS gaps"""

_OF_SUBJECTS = """
MATCH (f:Finding)
WHERE f.present = 'gap' AND f.rule IN $rules AND f.subject IN $subjects
RETURN f.subject AS subject, count(*) AS gaps"""

_ARRANGED = """
MATCH (f:Finding)
WHERE f.present = 'gap' AND (f.due IS NOT NULL OR f.owner IS NOT NULL OR f.state IS NOT NULL)
RETURN f.rule AS rule, f.owner AS owner, f.due AS due, f.state AS state, f.accepted_until AS until,
       f.areas AS areas, count(*) AS findings"""

_SUBJECTS = """
MATCH (f:Finding)
WHERE f.present = 'gap' AND f.rule IN $rules
RETURN DISTINCT f.subject AS subject"""

_CLEARED = f"""
MATCH (f:{LABEL})
WHERE f.cleared_in = $round AND f.rule IN $rules AND coalesce(f.present, '') <> 'undone'
RETURN f.key AS key, {", ".join(f"f.{p.name} AS {p.name}" for p in node_type(LABEL).properties)}
ORDER BY rule, name, key"""


LifeNow = GapStatus | Literal["cleared before", "unknown"]


@dataclass(frozen=True, slots=True)
class OverdueCounts:
    """Overdue gaps: in all, and by area."""

    total: int
    by_area: Mapping[str, int]


def count_by_status(
    store: Store, round_: str, within: Collection[str] | None = None
) -> dict[tuple[str, LifeNow], int]:
    """{(rule, life in the round): how many findings}; those that an earlier round cleared, and those
    of which the present round does not say whether they still are gaps, are counted apart.

    `within`: only those that belong to one of these areas.
    """
    counts: Counter[tuple[str, LifeNow]] = Counter()
    text = _LIVES if within is None else _LIVES.replace("RETURN ", "RETURN f.areas AS areas, ")
    for row in store.ask(text, {"round": round_}, limit=_MOST).rows:
        if within is None or _inside(row, within):
            counts[str(row["rule"]), row["life"]] += int(row["findings"])
    return dict(counts)


def count_by_areas(store: Store, rules: Collection[str]) -> dict[frozenset[str], int]:
    """{the areas that a gap belongs to: how many gaps of these rules belong to just those}; no area is an empty set."""
    rows = store.ask(_AREA_SETS, {"rules": list(rules)}, limit=_MOST).rows
    counts: Counter[frozenset[str]] = Counter()
    for row in rows:
        counts[frozenset(str(row["areas"] or "").split())] += int(row["gaps"])
    return dict(counts)


def count_by_subject(store: Store, subjects: Collection[str], rules: Collection[str]) -> dict[str, int]:
    """{subject: how many gaps of these rules it is}; those without any are left out."""
    asked = {"rules": list(rules), "subjects": list(subjects)}
    rows = store.ask(_OF_SUBJECTS, asked, limit=_MOST).rows
    return {str(row["subject"]): int(row["gaps"]) for row in rows}


def _inside(row: Row, within: Collection[str]) -> bool:
    return any(area in within for area in str(row["areas"] or "").split())


def count_by_area(
    store: Store, high: Sequence[str], medium: Sequence[str], data: Sequence[str] = ()
) -> dict[tuple[str, str], int]:
    """{(area, severity): how many gaps}; given the ids of the rules of high and of medium severity.

    `data`: the rules that only ask about data; what they find is not counted.
    """
    asked = {"high": list(high), "medium": list(medium), "data": list(data)}
    rows = store.ask(_AREAS, asked, limit=_MOST).rows
    return {(str(r["area"]), str(r["severity"])): int(r["gaps"]) for r in rows}


def count_by_rule_and_area(store: Store) -> dict[tuple[str, str], int]:
    """{(rule, area): how many gaps}; the area "" is none. A gap of two areas counts in both."""
    rows = store.ask(_RULE_AREAS, limit=_MOST).rows
    return {(str(r["rule"]), str(r["area"])): int(r["gaps"]) for r in rows}


@dataclass(frozen=True, slots=True)
class ArrangedGaps:
    """Gaps about which the same was arranged: how many, their areas (keys), owner and due date, "" for none."""

    rule: str
    owner: str
    due: str
    areas: tuple[str, ...]
    gaps: int
    accepted: bool
    overdue: bool


def arranged_gaps(store: Store, today: date) -> tuple[ArrangedGaps, ...]:
    """What was arranged about the gaps there are now, counted; those about which nothing was are left out."""
    return tuple(
        ArrangedGaps(
            str(row["rule"]),
            str(row["owner"] or ""),
            str(row["due"] or ""),
            tuple(str(row["areas"] or "").split()),
            int(row["findings"]),
            _finding(row).state(today) == "accepted",
            _finding(row).overdue(today),
        )
        for row in store.ask(_ARRANGED, limit=_MOST).rows
    )


def worst_severities(store: Store, rules: Iterable[Rule]) -> dict[str, Severity]:
    """For each subject of a noted gap, by key, its worst severity: what pictures ring."""
    ids: dict[Severity, list[str]] = {s: [] for s in ("low", "medium", "high")}
    for rule in rules:
        ids[rule.severity].append(rule.id)
    worst: dict[str, Severity] = {}
    for severity, of in ids.items():
        rows = store.ask(_SUBJECTS, {"rules": of}, limit=_MOST).rows
        worst.update((str(row["subject"]), severity) for row in rows)
    return worst


def count_overdue(
    store: Store, today: date, data: Sequence[str] = (), within: Collection[str] | None = None
) -> OverdueCounts:
    """Which open gaps are overdue on a day: the due date has passed, and no acceptance stands.

    `data`: the rules that only ask about data; what they find is not counted. `within`: only those that belong
    to one of these areas.
    """
    total = 0
    areas: Counter[str] = Counter()
    for row in store.ask(_DUE, {"data": list(data)}, limit=_MOST).rows:
        if _finding(row).overdue(today) and (within is None or _inside(row, within)):
            total += int(row["findings"])
            for area in str(row["areas"] or "").split():
                areas[area] += int(row["findings"])
    return OverdueCounts(total, areas)


def cleared_findings(store: Store, round_: str, rules: Iterable[str]) -> tuple[Finding, ...]:
    """What of these rules a round found no longer, by rule and name; StoreError where it is too much to list."""
    answer = store.ask(_CLEARED, {"round": round_, "rules": list(rules)}, limit=_MOST)
    if answer.truncated:
        raise StoreError(
            f"本期已销号的问题多于{_MOST}项，无法全部列出。",
            f"More than {_MOST} problems were cleared in this round: too many to list all.",
        )
    return tuple(
        Finding(
            str(row["key"]),
            str(row["rule"]),
            str(row["subject"]),
            {name: value for name, value in row.items() if name != "key" and value is not None},
        )
        for row in answer.rows
    )


def _finding(row: Row) -> Finding:
    said = {"due": row["due"], "state": row["state"], "accepted_until": row["until"]}
    return Finding("", "", "", {name: value for name, value in said.items() if value is not None})
