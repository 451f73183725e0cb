"""The values that travel between loader, plan and store: nodes, edges, graph."""

from __future__ import annotations

import hashlib
import marshal
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

Scalar = str | int | float | bool
Properties = Mapping[str, Scalar]
EdgeKey = tuple[str, str, str]
"""(type, source key, target key): what makes an edge the same edge."""
NOTHING: Properties = {}
"""What a thing says of which nothing is known. Many have it in common: it is never changed."""


# Named tuples and not frozen dataclasses: a large round is millions of them, and they are made much faster.


class Place(NamedTuple):
    """Where a node or an edge was read: survey round, file, sheet and row (1-based)."""

    round: str
    file: str
    sheet: str
    row: int

    def source(self) -> str:
        """The stored form.

        >>> Place("2006-10", "a.xlsx", "党员", 7).source()
        'a.xlsx#党员!7'
        """
        return f"{self.file}#{self.sheet}!{self.row}"

    @classmethod
    def parse(cls, round_: str, source: str) -> Place:
        """The place behind a stored form; the inverse of `source`.

        >>> Place.parse("2006-10", "a.xlsx#党员!7").row
        7
        """
        before, _, row = source.rpartition("!")
        file, _, sheet = before.partition("#")
        return cls(round_, file, sheet, int(row))


class Node(NamedTuple):
    """One thing of the field. `label` is a key of NODE_TYPES; absent properties are unknown."""

    label: str
    key: str
    properties: Properties
    place: Place | None = None


class Edge(NamedTuple):
    """One tie. `type` is a key of EDGE_TYPES; source and target are node keys."""

    type: str
    source: str
    target: str
    properties: Properties = NOTHING
    place: Place | None = None

    @property
    def key(self) -> EdgeKey:
        """What makes it the same edge."""
        return (self.type, self.source, self.target)


@dataclass(frozen=True, slots=True)
class Graph:
    """A whole graph by key. Built once, then only read."""

    nodes: Mapping[str, Node]
    edges: Mapping[EdgeKey, Edge]

    @classmethod
    def of(cls, nodes: Iterable[Node] = (), edges: Iterable[Edge] = ()) -> Graph:
        """A graph from nodes and edges; a key that comes twice raises ValueError."""
        by_key: dict[str, Node] = {}
        for node in nodes:
            if node.key in by_key:
                raise ValueError(f"two nodes with the key {node.key}")
            by_key[node.key] = node
        ties: dict[EdgeKey, Edge] = {}
        for edge in edges:
            if edge.key in ties:
                raise ValueError(f"two edges {edge.key}")
            ties[edge.key] = edge
        return cls(by_key, ties)


def counts_of(graph: Graph) -> dict[str, dict[str, int]]:
    """{"nodes": {label: n}, "edges": {type: n}} of a graph, none where it is 0.

    >>> counts_of(Graph.of([Node("Unit", "u_1", {})]))
    {'nodes': {'Unit': 1}, 'edges': {}}
    """
    return {
        "nodes": dict(Counter([n.label for n in graph.nodes.values()])),
        "edges": dict(Counter(map(itemgetter(0), graph.edges))),
    }


_TOGETHER = 2000


def digest(graph: Graph) -> str:
    """A short text that is the same for the same graph, in whatever order its things were put together.

    Also where each thing stood in the files counts, and the order of its properties; 1 and 1.0 are two. So
    different graphs have different digests, while one graph may have two: whoever compares must bear that.

    >>> one, other = Node("Unit", "u_1", {}), Node("Unit", "u_2", {})
    >>> digest(Graph.of([one, other])) == digest(Graph.of([other, one])), digest(Graph.of([one]))[:4]
    (True, '3be6')
    """
    found = hashlib.blake2b(_FORMAT, digest_size=16)
    _add(found, graph.nodes)
    _add(found, graph.edges)
    return found.hexdigest()


_FORMAT = b"2"
"""Of the digest. A digest in another one is just not the same, and then what is held is read and compared."""


def _add(found: hashlib.blake2b, by_key: Mapping[Any, Node] | Mapping[Any, Edge]) -> None:
    keys = sorted(by_key)
    for start in range(0, len(keys), _TOGETHER):
        some = keys[start : start + _TOGETHER]
        things = [by_key[k] for k in some]
        properties = [t.properties if type(t.properties) is dict else dict(t.properties) for t in things]
        places = [t.place or _NOWHERE for t in things]
        # by the column, and each sheet once: a tuple for each thing would take longer to make than to write
        sheets: dict[tuple[str, str, str], int] = {}
        at = [sheets.setdefault((p.round, p.file, p.sheet), len(sheets)) for p in places]
        values = (some, properties, list(sheets), at, [p.row for p in places])
        # version 2: the bytes depend on nothing but the values
        found.update(marshal.dumps(values, 2))


_NOWHERE = Place("", "", "", -1)
