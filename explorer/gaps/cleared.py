"""What was cleared since the round before, as gaps with the round in which they went."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.answers import Answers
from explorer.gaps.gap_report_rows import GapItem
from explorer.gaps.gap_rows import CLEARED_NOW, GapFilter, subject_name
from explorer.viewer import Viewer
from graph_model.coverage.areas import AREA_LABELS, Area, Locality
from graph_model.findings.counts import cleared_findings
from graph_model.text import Text
from loaders.clean.parse import flat_name

_WENT = Text("经本期调摸核实，已不存在此问题", "The survey of this round finds it no longer")
_RULE = Text(
    "因检查口径或者计算日期变化，不再列为问题", "No longer counted: a rule or the date that counts changed"
)


def cleared_items(answers: Answers, viewer: Viewer) -> tuple[GapItem, ...]:
    """Every problem that the present round cleared, in the order of the rules; questions to the data are none.

    Of the kinds whose rules are there and switched on, as everywhere; names are masked.
    """
    seen = answers.overview()
    if seen.round is None:
        return ()
    rules = {f.rule.id: f.rule for f in seen.figures if f.rule.nature != "data"}
    found = cleared_findings(answers.store, seen.round.name, rules)
    keys = dict.fromkeys(key for f in found for key in f.text("areas").split())
    areas = {
        n.key: Area(n.label, n.key, str(n.properties.get("name", "")))
        for n in answers.nodes(keys)
        if n.label in AREA_LABELS
    }
    items: list[GapItem] = []
    for finding in found:
        rule = rules[finding.rule]
        name = subject_name(rule, finding.subject, finding.name, viewer)
        told = _RULE if finding.said.get("by_rule") else _WENT
        of = [areas[key] for key in finding.text("areas").split() if key in areas]
        items.append(
            GapItem(
                rule,
                {"key": finding.subject, "name": name},
                told.in_(viewer.language),
                tuple(sorted(of, key=lambda a: (a.order, a.key))),
                finding,
            )
        )
    rank = {id_: number for number, id_ in enumerate(rules)}
    return tuple(sorted(items, key=lambda item: rank[item.rule.id]))


def within_place(items: Iterable[GapItem], place: Locality | None) -> tuple[GapItem, ...]:
    """Those that belong to a place; all where none is given."""
    return tuple(i for i in items if place is None or place.holds(a.key for a in i.areas))


def filter_cleared(items: Iterable[GapItem], wanted: GapFilter) -> tuple[GapItem, ...]:
    """Those that a filter of the list asks for; it leaves out all where it asks for a state of the work only."""
    if wanted.states or (wanted.lives and not {CLEARED_NOW, "cleared"} & set(wanted.lives)):
        return ()
    return tuple(item for item in items if _fits(item, wanted))


def _fits(item: GapItem, wanted: GapFilter) -> bool:
    areas = {area.key for area in item.areas} or {""}
    return (
        (not wanted.rules or item.rule.id in wanted.rules)
        and (not wanted.natures or item.rule.nature in wanted.natures)
        and (not wanted.severities or item.rule.severity in wanted.severities)
        and (not wanted.areas or not areas.isdisjoint(wanted.areas))
        and (not wanted.owners or item.owner in wanted.owners)
        and (not wanted.text or flat_name(wanted.text) in flat_name(item.subject("zh")))
    )
