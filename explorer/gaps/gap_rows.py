"""Every finding as one row for the page: where its gap stands, why, in which areas, and what was arranged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from explorer.answers import Answers
from explorer.gaps.gap_report_rows import GapItem, gap_items
from explorer.viewer import LEFT_OUT, Viewer
from graph_model.coverage.areas import Area, Locality
from graph_model.coverage.catalogue import Nature, Rule, Severity
from graph_model.findings.findings import GAP_STATUSES, Finding, GapStatus, WorkState, finding_key
from graph_model.schema import label_of
from graph_model.text import Language
from loaders.clean.parse import flat_name

OVERDUE, UNKNOWN, CLEARED_NOW = "overdue", "unknown", "cleared-now"
SHOWN_STATUSES: tuple[GapStatus, ...] = tuple(life for life in GAP_STATUSES if life != "cleared")
"""The lives of what is a gap now; what is unknown now has none of them, and is counted apart."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as `viewer` may see it. `item` is the gap as its rule gives it; None where it is none now.

    `rule` is None where the rule is not there any more. `name` is masked already.
    `cleared_now`: the present round cleared it.
    """

    finding: Finding
    rule: Rule | None
    item: GapItem | None
    name: str
    life: GapStatus
    state: WorkState
    overdue: bool
    cleared_now: bool = False

    @property
    def key(self) -> str:
        """The finding's key."""
        return self.finding.key

    @property
    def severity(self) -> Severity:
        """How grave it is; low where the rule is not there any more."""
        return self.rule.severity if self.rule else "low"

    @property
    def nature(self) -> Nature:
        """What kind of thing its rule finds; as a site's own rules where the rule is not there any more."""
        return self.rule.nature if self.rule else "irregular"

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas that the gap belongs to."""
        return self.item.areas if self.item else ()

    @property
    def area_keys(self) -> frozenset[str]:
        """The keys of its areas; of what is no gap now, those that it had."""
        return (
            frozenset(a.key for a in self.areas)
            if self.item
            else frozenset(self.finding.text("areas").split())
        )

    @property
    def open(self) -> bool:
        """Whether it is a gap, or may still be one."""
        return not self.finding.cleared

    @property
    def unknown(self) -> bool:
        """Whether it was a gap, and the present round does not say whether it still is one."""
        return self.open and self.finding.unknown

    def title(self, language: Language) -> str:
        """What the rule is called."""
        return self.rule.marked_title.in_(language) if self.rule else self.finding.rule


@dataclass(frozen=True, slots=True)
class GapFilter:
    """What the list is to show; an empty field is no restriction. Values within one line are alternatives.

    Questions to the data are no problems: without a word about kinds or their rule, they are left out.
    """

    rules: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    lives: tuple[str, ...] = ()
    text: str = ""
    natures: tuple[str, ...] = ()


def finding_rows(
    answers: Answers, viewer: Viewer, round_: str, as_of: str, today: date
) -> tuple[FindingRow, ...]:
    """Every finding, the open ones as the gap list has them, then the unknown ones, then the cleared."""
    return answers.remember(
        ("life", answers.revision(), viewer, round_, as_of, today),
        lambda: _rows(answers, viewer, round_, as_of, today),
    )


def _rows(answers: Answers, viewer: Viewer, round_: str, as_of: str, today: date) -> tuple[FindingRow, ...]:
    rules = {rule.id: rule for rule in answers.catalogue.rules}
    found = answers.remember(("gap items", viewer, as_of), lambda: gap_items(answers, viewer, as_of))
    items = {finding_key(i.rule.id, i.key): i for i in found}
    rank = {key: number for number, key in enumerate(items)}
    rows = [
        FindingRow(
            finding,
            rules.get(finding.rule),
            None if finding.cleared else items.get(finding.key),
            subject_name(rules.get(finding.rule), finding.subject, finding.name, viewer),
            finding.life(round_),
            finding.state(today),
            finding.overdue(today),
            finding.text("cleared_in") == round_,
        )
        for finding in answers.findings()
    ]
    return tuple(sorted(rows, key=lambda r: (not r.open, rank.get(r.key, len(rank)), r.key)))


def subject_name(rule: Rule | None, subject: str, name: str, viewer: Viewer) -> str:
    """What a rule calls its subject, masked; `subject` is its key, `rule` None where it is not there any more.

    A site's own rule may call anything by the name of a person.
    """
    if rule is not None and rule.own:
        return str(viewer.row(rule, {"name": name})["name"])
    if rule is None and not viewer.names:
        return LEFT_OUT  # a site's own that is gone: what it called its subjects is not known any more
    return viewer.caption(label_of(subject), {"name": name})


def reach_areas(places: Iterable[Locality], wanted: GapFilter) -> GapFilter:
    """The same with the areas of each sub-district that is asked for; one without areas asks for nothing else."""
    within = {p.key: tuple(sorted(p.areas)) or (p.key,) for p in places}
    return replace(wanted, areas=tuple(a for key in wanted.areas for a in within.get(key, (key,))))


def filter_rows(rows: Iterable[FindingRow], wanted: GapFilter) -> tuple[FindingRow, ...]:
    """The rows that are asked for. Without a word about their life, the cleared ones are left out."""
    return tuple(row for row in rows if _fits(row, wanted))


def _fits(row: FindingRow, wanted: GapFilter) -> bool:
    lives = {UNKNOWN if row.unknown else row.life, *([CLEARED_NOW] if row.cleared_now else ())}
    states: set[str] = {row.state, *([OVERDUE] if row.overdue else ())} if row.open else set()
    return (
        (not wanted.rules or row.finding.rule in wanted.rules)
        and (
            row.nature in wanted.natures
            if wanted.natures
            else row.nature != "data" or row.finding.rule in wanted.rules
        )
        and (not wanted.severities or row.severity in wanted.severities)
        and (
            not wanted.areas
            or not row.area_keys.isdisjoint(wanted.areas)
            or ("" in wanted.areas and not row.area_keys)
        )
        and (not wanted.owners or row.finding.text("owner") in wanted.owners)
        and (not wanted.states or not states.isdisjoint(wanted.states))
        and (row.open if not wanted.lives else not lives.isdisjoint(wanted.lives))
        and (not wanted.text or flat_name(wanted.text) in flat_name(row.name))
    )


def gap_items_of_rows(rows: Iterable[FindingRow]) -> tuple[GapItem, ...]:
    """The gaps among the rows, with what was arranged, as work list and report take them."""
    return tuple(replace(r.item, finding=r.finding) for r in rows if r.item is not None)
