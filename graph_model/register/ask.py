"""Ask a store for a register: one page of keys, how many there are, the values of derived columns, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph_model.register.columns import Column
from graph_model.register.kinds import Kind
from graph_model.register.query import Given, RegisterQuery, count, groups, keys_page, near_values
from graph_model.schema.extra_values import EXTRA_PROPERTY, read_extra
from graph_model.store.driver import Row
from graph_model.store.store import Store

_MOST = 200_000
_EXTRA_LOOKED = 1000
_BATCH = 1000

_EXTRA = "MATCH (n:{label})\nWHERE n.extra IS NOT NULL\nRETURN DISTINCT n.extra AS extra LIMIT $limit"
_OPEN = """
UNWIND $keys AS key
MATCH (f:Finding {key: key})
WHERE f.cleared_in IS NULL AND f.present IN ['gap', 'unknown']
RETURN f.subject AS key, f.rule AS rule ORDER BY key, rule"""
_COUNTS = """
MATCH (f:Finding)
WHERE f.rule IN $rules AND f.cleared_in IS NULL AND f.present IN ['gap', 'unknown']
RETURN f.subject AS key, count(f) AS total ORDER BY key"""


@dataclass(frozen=True, slots=True)
class End:
    """What lies at the end of a path: its value, and the key of the thing that has it."""

    value: Any
    key: str


def page_keys(
    store: Store, query: RegisterQuery, given: Given, *, skip: int, limit: int
) -> tuple[str, ...]:
    """The keys of the things from `skip` on, at most `limit`."""
    asked = keys_page(query, given, skip=skip, limit=limit)
    return tuple(str(row["key"]) for row in store.ask(asked.text, asked.values, limit=limit).rows)


def total(store: Store, query: RegisterQuery, given: Given) -> int:
    """How many things fit."""
    asked = count(query, given)
    return int(store.ask(asked.text, asked.values).rows[0]["total"])


def grouped(
    store: Store, query: RegisterQuery, given: Given, by: Column, across: Column | None, *, limit: int
) -> tuple[Row, ...]:
    """Rows of `by`, `across`, `total`, the most frequent first; one more than `limit` where there are more."""
    asked = groups(query, given, by, across)
    return store.ask(asked.text, {**asked.values, "limit": limit + 1}, limit=limit + 1).rows


def ends(store: Store, kind: Kind, column: Column, keys: Sequence[str]) -> dict[str, tuple[End, ...]]:
    """What lies at the ends of a column's path from each key; keys with none are left out."""
    found: dict[str, list[End]] = defaultdict(list)
    for start in range(0, len(keys), _BATCH):
        text = near_values(kind, column)
        for row in store.ask(text, {"keys": list(keys[start : start + _BATCH])}, limit=_MOST).rows:
            found[str(row["key"])].append(End(row["value"], str(row["of"])))
    return {key: tuple(there) for key, there in found.items()}


def open_problems(store: Store, keys: Iterable[str], rules: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The rules of which each thing is an open problem or unknown; things without any are left out."""
    wanted = [f"f_{rule}:{key}" for key in keys for rule in rules]
    found: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(wanted), 10 * _BATCH):
        for row in store.ask(_OPEN, {"keys": wanted[start : start + 10 * _BATCH]}, limit=_MOST).rows:
            found[str(row["key"])].append(str(row["rule"]))
    return {key: tuple(there) for key, there in found.items()}


def problem_counts(store: Store, rules: Sequence[str]) -> dict[str, int]:
    """{key of a thing: how many open problems of these rules}."""
    rows = store.ask(_COUNTS, {"rules": list(rules)}, limit=_MOST).rows
    return {str(row["key"]): int(row["total"]) for row in rows}


def extra_headings(store: Store, label: str) -> tuple[str, ...]:
    """The headings of extra values of a label, sorted: of the first thousand different ones."""
    rows = store.ask(_EXTRA.format(label=label), {"limit": _EXTRA_LOOKED}, limit=_EXTRA_LOOKED).rows
    return tuple(sorted({heading for row in rows for heading in read_extra(row[EXTRA_PROPERTY])}))
