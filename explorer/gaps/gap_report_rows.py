"""Every gap as one value for work list and report: rule, row, why, areas, and what was arranged about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from explorer.answers import Answers
from explorer.scene.compose import format_value
from explorer.viewer import Viewer
from graph_model.coverage.areas import Area, areas_of
from graph_model.coverage.catalogue import Rule, Severity, Status, format_term
from graph_model.findings.findings import Finding, finding_key, read_findings
from graph_model.progress import Progress, no_progress
from graph_model.schema import node_type
from graph_model.store.driver import Row
from graph_model.text import Language

SEVERITY_ORDER: tuple[Severity, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class GapItem:
    """One gap. `row` is the rule's row as the viewer may see it; `explained` says why it is a gap.

    `areas` are in order and may be none. `finding` is what is remembered and arranged about it (owner, due,
    state, first seen ...); None where the gap was not recorded yet.
    """

    rule: Rule
    row: Row
    explained: str
    areas: tuple[Area, ...] = ()
    finding: Finding | None = None

    @property
    def key(self) -> str:
        """The subject's key."""
        return str(self.row["key"])

    @property
    def owner(self) -> str:
        """Who is to mend it; "" where no one is named."""
        return self.recorded("owner")

    def subject(self, language: Language) -> str:
        """What the subject is called."""
        return format_term(self.row["name"], None, language)

    def recorded(self, name: str, language: Language = "zh") -> str:
        """A property of the finding as people read it; "" where it is not known."""
        declared = node_type("Finding").property(name)
        return format_value(declared, self.finding.said.get(name) if self.finding else None, language)

    def state(self, language: Language, today: date) -> str:
        """The state of the work; still to do by default."""
        declared = node_type("Finding").property("state")
        return format_value(declared, self.finding.state(today) if self.finding else "todo", language)

    @property
    def cleared(self) -> bool:
        """Whether the present round found it no longer."""
        return self.finding is not None and self.finding.cleared

    def accepted(self, today: date) -> bool:
        """Whether it is accepted for now."""
        return self.finding is not None and self.finding.state(today) == "accepted"

    def overdue(self, today: date) -> bool:
        """Whether its due date has passed and it is not accepted."""
        return self.finding is not None and self.finding.overdue(today)


def gap_items(
    answers: Answers,
    viewer: Viewer,
    as_of: str,
    *,
    seconds: float | None = None,
    on_step: Progress = no_progress,
) -> tuple[GapItem, ...]:
    """Every gap of every rule, by severity, rule and name. A rule that failed has none: its figure says so.

    `seconds`: how long a rule may take, where that is not the store's own limit. `on_step` hears of each rule.
    """
    status: Status = "gap"
    asked: list[tuple[Rule, Row]] = []
    figures = [f for f in answers.overview().figures if f.failed is None and f.gaps]
    for done, figure in enumerate(figures):
        on_step("gaps", done, len(figures))
        # as many as there are: the usual limit is for pages
        most = max(10_000, figure.population)
        rows = answers.subjects(figure.rule, as_of, status, limit=most, seconds=seconds)
        asked += [(figure.rule, row) for row in rows]
    on_step("gaps", len(figures), len(figures))
    areas = areas_of(answers.store, (str(row["key"]) for _, row in asked))
    known = {f.key: f for f in (read_findings(answers.store) if asked else ())}
    items: list[GapItem] = []
    for rule, raw in asked:
        row, key = viewer.row(rule, raw), str(raw["key"])
        why = rule.explain(row, answers.profile, viewer.language)
        items.append(GapItem(rule, row, why, areas.get(key, ()), known.get(finding_key(rule.id, key))))
    return tuple(items)


def problems(items: Iterable[GapItem]) -> tuple[GapItem, ...]:
    """What is missing or not as its norm says; questions to the data are none, and stand apart."""
    return tuple(item for item in items if item.rule.nature != "data")


def group_by_area(items: Iterable[GapItem]) -> tuple[tuple[Area | None, tuple[GapItem, ...]], ...]:
    """The gaps of each area, in order; last, under None, those of no area.

    A gap of several areas stands under each of them.
    """
    groups: dict[Area | None, list[GapItem]] = defaultdict(list)
    for item in items:
        for area in item.areas or (None,):
            groups[area].append(item)
    named = sorted((a for a in groups if a is not None), key=lambda a: (a.order, a.key))
    ordered: Sequence[Area | None] = [*named, *([None] if None in groups else [])]
    return tuple((area, tuple(groups[area])) for area in ordered)


def group_by_owner(items: Iterable[GapItem]) -> tuple[tuple[str, tuple[GapItem, ...]], ...]:
    """The gaps of each owner, by name; last, under "", those without one."""
    groups: dict[str, list[GapItem]] = defaultdict(list)
    for item in items:
        groups[item.owner].append(item)
    ordered = sorted(groups, key=lambda name: (not name, name.encode("gb18030", "replace")))
    return tuple((name, tuple(groups[name])) for name in ordered)


def severity_counts(items: Iterable[GapItem]) -> Mapping[Severity, int]:
    """How many gaps there are of each severity, the gravest first; zero is counted too."""
    counts: dict[Severity, int] = dict.fromkeys(SEVERITY_ORDER, 0)
    for item in items:
        counts[item.rule.severity] += 1
    return counts
