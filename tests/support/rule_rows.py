"""A rule's rows on a small graph: what tests of rules ask."""

from __future__ import annotations

from typing import Any

from graph_model.coverage.catalogue import Rule, read_catalogue
from graph_model.coverage.evaluate import subjects
from graph_model.graph import Edge, Node
from graph_model.profile import read_profile
from graph_model.store.store import Store
from tests.support.graphs import fill, graph

NOW = "2006-10"
CATALOGUE = read_catalogue()
PROFILE = read_profile()
RULES = {rule.id: rule for rule in CATALOGUE.every}
"""All of them, also those that are off unless a site switches them on."""
Row = dict[str, Any]


def rows(store: Store, rule: Rule) -> list[Row]:
    """A rule's rows of every status, by key."""
    found: list[Row] = []
    for status in ("gap", "ok", "unknown"):
        found += subjects(store, rule, PROFILE, NOW, status=status)
    return sorted(found, key=lambda r: str(r["key"]))


def reasons(store: Store, rule: str, *things: Node | Edge | tuple[Node | Edge, ...]) -> dict[str, str]:
    """{key: "status reason"} of a rule's rows on a small graph."""
    fill(store, graph(*things))
    return {r["key"]: f"{r['status']} {r['reason']}".strip() for r in rows(store, RULES[rule])}


def columns(store: Store, rule: str, *names: str) -> dict[str, tuple[Any, ...]]:
    """{key: values of these columns} of a rule's rows in the graph that the store holds."""
    return {r["key"]: tuple(r[name] for name in names) for r in rows(store, RULES[rule])}
