"""Encode nodes and relationships as stored properties, and decode them into values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph_model.graph import Edge, Node, Properties
from graph_model.schema import label_of
from graph_model.schema.stored_properties import PLACE_PROPERTIES
from graph_model.store.provenance import SheetNumbers, SheetReader

_ROUND = "round"
"""Beside its place, as versions before the numbers of sheets kept it."""
_HIDDEN = frozenset({"key", _ROUND, *PLACE_PROPERTIES})

StoredEdge = tuple[str, str, str, Mapping[str, Any]]
"""(type, source key, target key, stored properties)."""


def nodes_of(stored: Iterable[Mapping[str, Any]], sheets: SheetReader) -> list[Node]:
    """The nodes of these stored properties."""
    rows = list(stored)
    sheets.learn(rows)
    return [_node(row, sheets) for row in rows]


def edges_of(rows: Iterable[StoredEdge], sheets: SheetReader) -> list[Edge]:
    """The edges of these rows."""
    held: Sequence[StoredEdge] = list(rows)
    sheets.learn(row[3] for row in held)
    return [Edge(t, source, target, _said(p), sheets.place(p)) for t, source, target, p in held]


def _node(stored: Mapping[str, Any], sheets: SheetReader) -> Node:
    key = str(stored["key"])
    return Node(label_of(key), key, _said(stored), sheets.place(stored))


def stored_of(thing: Node | Edge, numbers: SheetNumbers) -> dict[str, Any]:
    """What is written for a node or an edge that is new."""
    return {**thing.properties, "source": numbers.source(thing.place)}


def restated_of(
    thing: Node | Edge, numbers: SheetNumbers, before: Properties | None = None
) -> dict[str, Any]:
    """What is written for one that is there; a property that it no longer has is written as null."""
    return {**dict.fromkeys(before or (), None), _ROUND: None, **stored_of(thing, numbers)}


def values_of(thing: Node | Edge, names: Iterable[str], numbers: SheetNumbers) -> list[Any]:
    """What is written for a node or an edge: the values of these properties, then its place; None where none."""
    return [*map(thing.properties.get, names), numbers.source(thing.place)]


def _said(stored: Mapping[str, Any]) -> Properties:
    return {k: v for k, v in stored.items() if k not in _HIDDEN and v is not None}
