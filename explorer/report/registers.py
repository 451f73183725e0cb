"""The registers of the pack as rows of texts: postings one to one, co-building pairs, matters, what was cleared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.gaps.cleared import cleared_items, within_place
from explorer.report.facts import PackFacts
from explorer.scene.compose import format_value
from graph_model.coverage.registers import matters, pairs, postings
from graph_model.schema import node_type
from graph_model.store.driver import Row


def posting_rows(facts: PackFacts) -> list[tuple[str, ...]]:
    """Name, role, home unit, posted to, areas, since, last visit: a row for each posting."""
    found = facts.inside(facts.answers.remember("postings", lambda: postings(facts.answers.store)), "place")
    areas = facts.area_names(str(row["place"]) for row in found if row["place"])
    return [
        (
            facts.viewer.caption("Liaison", row),
            _said(facts, "Liaison", row, "role"),
            _said(facts, "Liaison", row, "home_unit"),
            str(row["to"] or ""),
            areas.get(str(row["place"]), ""),
            str(row["since"] or ""),
            _said(facts, "Liaison", row, "last_visit"),
        )
        for row in found
    ]


def pair_rows(facts: PackFacts) -> list[tuple[str, ...]]:
    """Name, partners, areas, signed, last contact, projects: a row for each pair."""
    found = facts.inside(facts.answers.remember("pairs", lambda: pairs(facts.answers.store)))
    areas = facts.area_names(str(row["key"]) for row in found)
    return [
        (
            facts.viewer.caption("CoBuildingPair", row),
            facts.joined(row["partners"]),
            areas[str(row["key"])],
            *(_said(facts, "CoBuildingPair", row, name) for name in ("signed", "last_contact", "projects")),
        )
        for row in found
    ]


def matter_rows(facts: PackFacts) -> list[tuple[str, ...]]:
    """Areas, when it was taken up, matter, responsible, due, resolved, outcome with its date: a row for each."""
    found = facts.inside(facts.answers.remember("matters", lambda: matters(facts.answers.store)))
    areas = facts.area_names(str(row["key"]) for row in found)
    made: list[tuple[str, ...]] = []
    for row in found:
        outcome = (_said(facts, "Matter", row, name) for name in ("resolved_on", "solution"))
        made.append(
            (
                areas[str(row["key"])],
                str(row["held"] or ""),
                facts.viewer.caption("Matter", row),
                *(_said(facts, "Matter", row, name) for name in ("responsible", "due", "resolved")),
                " ".join(text for text in outcome if text),
            )
        )
    return made


def cleared_rows(facts: PackFacts) -> list[tuple[str, ...]]:
    """Kind, subject, areas, first seen, cleared in, how: a row for each problem that this round cleared."""
    return [
        (
            item.rule.title.in_(facts.language),
            item.subject(facts.language),
            facts.joined([area.name for area in item.areas]),
            item.recorded("first_seen"),
            item.recorded("cleared_in"),
            item.explained,
        )
        for item in facts.answers.remember(
            ("cleared", facts.revision, facts.viewer, facts.within),
            lambda: within_place(cleared_items(facts.answers, facts.viewer), facts.within),
        )
    ]


def _said(facts: PackFacts, label: str, row: Row, name: str) -> str:
    """A declared value as people read it; "" where it is not known, not declared or may not be seen."""
    declared = next((p for p in node_type(label).properties if p.name == name), None)
    seen: Mapping[str, Any] = facts.viewer.properties(label, row)
    return format_value(declared, seen[name], facts.language) if declared and name in seen else ""
