"""How nodes and edges are kept in the store: as properties there, and as values here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph_model.graph import Edge, Node, Place, Properties
from graph_model.schema import PLACE_PROPERTIES, label_of

_HIDDEN = frozenset({"key", *PLACE_PROPERTIES})


def node_of(stored: Mapping[str, Any]) -> Node:
    """A node from its stored properties."""
    key = str(stored["key"])
    return Node(label_of(key), key, _said(stored), _place(stored))


def edge_of(type_: str, row: Mapping[str, Any]) -> Edge:
    """An edge from a row {source, target, properties}."""
    stored = row["properties"]
    return Edge(type_, row["source"], row["target"], _said(stored), _place(stored))


def stored_of(thing: Node | Edge, before: Properties | None = None) -> dict[str, Any]:
    """What is written for a node or an edge; a property that it no longer has is written as null."""
    gone = dict.fromkeys(before or (), None)
    place = thing.place
    where = {"round": place.round, "source": place.source()} if place else {}
    return {**gone, **thing.properties, **where}


def values_of(thing: Node | Edge, names: Iterable[str]) -> list[Any]:
    """What is written for a node or an edge: the values of these properties, then its place; None where none."""
    place = thing.place
    where = (place.round, place.source()) if place else (None, None)
    return [*map(thing.properties.get, names), *where]


def _said(stored: Mapping[str, Any]) -> Properties:
    return {k: v for k, v in stored.items() if k not in _HIDDEN and v is not None}


def _place(stored: Mapping[str, Any]) -> Place | None:
    source = stored.get("source")
    if source is None:
        return None
    return Place.parse(str(stored.get("round", "")), str(source))
