"""How many gaps there are, for the overview: by severity and life, overdue, and by area, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from explorer.answers import Answers
from explorer.gaps.gap_report_rows import SEVERITY_ORDER
from explorer.gaps.gap_rows import SHOWN_STATUSES
from graph_model.coverage.areas import Area, Locality, LocalityFigures, compare_localities
from graph_model.coverage.catalogue import NATURE_TEXTS, Nature, Severity
from graph_model.findings.counts import (
    LifeNow,
    count_by_area,
    count_by_areas,
    count_by_status,
    count_overdue,
)


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """One area with its gaps by severity, and how many of them are overdue."""

    area: Area
    gaps: Mapping[Severity, int]
    overdue: int


@dataclass(frozen=True, slots=True)
class GapCounts:
    """The open gaps by severity, all findings by their life, the overdue ones, and the areas, the worst first.

    Questions to the data are counted in `natures` (the open ones of each kind) and nowhere else.
    """

    severities: Mapping[str, int]
    natures: Mapping[Nature, int]
    lives: Mapping[LifeNow, int]
    overdue: int
    areas: tuple[AreaCounts, ...]


def gap_counts(answers: Answers, round_: str, today: date, place: Locality | None = None) -> GapCounts:
    """Counted in the store, remembered until a gap changes. `place`: only what belongs to an area of it."""
    return answers.remember(
        ("gap counts", answers.revision(), round_, today, place.key if place else ""),
        lambda: _counts(answers, round_, today, place),
    )


def rule_counts(answers: Answers, round_: str, place: Locality) -> Mapping[str, int]:
    """{rule: how many gaps there are in the place}."""

    def asked() -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        for (rule, life), number in count_by_status(answers.store, round_, place.areas).items():
            counts[rule] += number if life in SHOWN_STATUSES else 0
        return counts

    return answers.remember(("rule counts", answers.revision(), round_, place.key), asked)


def compared_places(answers: Answers) -> tuple[LocalityFigures, ...]:
    """The sub-districts, each followed by its areas, with their rates and how many problems there are."""
    rules = [r.id for r in answers.catalogue.rules if r.nature != "data"]
    return answers.remember(
        ("compared places", answers.revision()),
        lambda: compare_localities(
            answers.localities(), answers.parts(), count_by_areas(answers.store, rules)
        ),
    )


def _counts(answers: Answers, round_: str, today: date, place: Locality | None) -> GapCounts:
    within = place.areas if place else None
    # a rule that is not there any more counts as low, as in the list of gaps
    severity: dict[str, Severity] = {r.id: r.severity for r in answers.catalogue.rules}
    nature: dict[str, Nature] = {r.id: r.nature for r in answers.catalogue.rules}
    data = [id_ for id_, of in nature.items() if of == "data"]
    severities: Counter[Severity] = Counter()
    natures: Counter[Nature] = Counter()
    lives: Counter[LifeNow] = Counter()
    for (rule, life), number in count_by_status(answers.store, round_, within).items():
        if life in SHOWN_STATUSES:
            natures[nature.get(rule, "irregular")] += number
        if rule in data:
            continue
        lives[life] += number
        if life in SHOWN_STATUSES:
            severities[severity.get(rule, "low")] += number
    overdue = count_overdue(answers.store, today, data, within)
    return GapCounts(
        {s: severities[s] for s in SEVERITY_ORDER},
        {n: natures[n] for n in NATURE_TEXTS},
        lives,
        overdue.total,
        tuple(
            area
            for area in _areas(answers, severity, overdue.by_area, data)
            if within is None or area.area.key in within
        ),
    )


def _areas(
    answers: Answers, severity: Mapping[str, Severity], overdue: Mapping[str, int], data: list[str]
) -> tuple[AreaCounts, ...]:
    of: dict[Severity, list[str]] = {s: [r for r in severity if severity[r] == s] for s in SEVERITY_ORDER}
    found = count_by_area(answers.store, of["high"], of["medium"], data)
    nodes = answers.nodes({area for area, _ in found})
    counted = [
        AreaCounts(
            Area(n.label, n.key, str(n.properties.get("name", ""))),
            {s: found.get((n.key, s), 0) for s in SEVERITY_ORDER},
            overdue.get(n.key, 0),
        )
        for n in nodes
    ]
    return tuple(
        sorted(counted, key=lambda c: (*(-c.gaps[s] for s in SEVERITY_ORDER), c.area.order, c.area.key))
    )
