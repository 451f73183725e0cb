"""Read part of the stored graph by key, name or relationship, or all of it; the same calls on a graph in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, Protocol

from graph_model.graph import Edge, EdgeKey, Graph, Node
from graph_model.progress import Progress
from graph_model.schema import EDGE_TYPES, NODE_TYPES, label_of, node_type
from graph_model.store import cypher
from graph_model.store.codec import edges_of, nodes_of
from graph_model.store.driver import BoltDriver
from graph_model.store.provenance import SheetReader

PAGE = 5000
"""About so many things come in one answer; a row for each costs many times as much."""
BATCH = 1000
End = Literal["source", "target", "either"]


class NodeName(NamedTuple):
    """What a thing is called, and by which key."""

    key: str
    name: str | None
    number: str | None
    kind: str | None


class GraphSource(Protocol):
    """Something that holds a graph, and can be asked for parts of it. Only what surveys put there."""

    def nodes(self, keys: Iterable[str]) -> dict[str, Node]:
        """The nodes of these keys; unknown keys are left out."""

    def named(self, label: str, names: Collection[str] | None = None) -> list[NodeName]:
        """What the nodes of a label are called, by key: those of exactly these names, or all."""

    def ties(
        self, keys: Iterable[str], types: Collection[str] | None = None, end: End = "either"
    ) -> dict[EdgeKey, Edge]:
        """The ties of these types (or all) that have one of the keys as their source, target or either."""


class InMemoryGraph:
    """A whole graph in memory, as holdings."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def nodes(self, keys: Iterable[str]) -> dict[str, Node]:
        """As GraphSource says."""
        held = self._graph.nodes
        return {k: held[k] for k in keys if k in held}

    def named(self, label: str, names: Collection[str] | None = None) -> list[NodeName]:
        """As GraphSource says."""
        found = (node_name(n) for n in self._graph.nodes.values() if n.label == label)
        return sorted(n for n in found if names is None or n.name in names)

    def ties(
        self, keys: Iterable[str], types: Collection[str] | None = None, end: End = "either"
    ) -> dict[EdgeKey, Edge]:
        """As GraphSource says."""
        wanted = set(keys)
        return {
            k: e
            for k, e in self._graph.edges.items()
            if (types is None or e.type in types)
            and ((end != "target" and e.source in wanted) or (end != "source" and e.target in wanted))
        }


def node_name(node: Node) -> NodeName:
    """What a node is called."""
    texts = (node.properties.get(p) for p in ("name", "number", "kind"))
    name, number, kind = (str(t) if t is not None else None for t in texts)
    return NodeName(node.key, name, number, kind)


class StoredGraph:
    """A store, as holdings: each question reads only what it names."""

    def __init__(self, bolt: BoltDriver) -> None:
        self._bolt = bolt
        self._sheets = SheetReader(bolt)

    def nodes(self, keys: Iterable[str]) -> dict[str, Node]:
        """As GraphSource says."""
        found: dict[str, Node] = {}
        for label, batch in _batches(keys):
            for row in self._bolt.read_all(cypher.all_by_keys(label), {"keys": batch}):
                found.update((n.key, n) for n in nodes_of(row["found"], self._sheets))
        return found

    def named(self, label: str, names: Collection[str] | None = None) -> list[NodeName]:
        """As GraphSource says."""
        if names is not None:
            rows = self._bolt.read_all(cypher.nodes_by_names(label), {"names": sorted(names)})
        else:
            count = int(self._bolt.read_all(cypher.count_nodes(label))[0]["total"])
            text = cypher.names_page(label)
            rows = [r for page in _pages(label, count) for r in self._bolt.read_all(text, page)]
        return sorted((NodeName(*n) for row in rows for n in row["found"]), key=lambda n: n.key)

    def ties(
        self, keys: Iterable[str], types: Collection[str] | None = None, end: End = "either"
    ) -> dict[EdgeKey, Edge]:
        """As GraphSource says."""
        wanted = tuple(
            t.type for t in EDGE_TYPES.values() if t.survey and (types is None or t.type in types)
        )
        found: dict[EdgeKey, Edge] = {}
        if not wanted:
            return found
        for label, batch in _batches(keys):
            for row in self._bolt.read_all(cypher.relationships_of(label, wanted, end), {"keys": batch}):
                found.update((e.key, e) for e in edges_of(row["found"], self._sheets))
        return found


def _batches(keys: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The keys that a survey may have, by label, some at a time."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for key in sorted(set(keys)):
        by_label[label_of(key)].append(key)
    for label, group in by_label.items():
        if node_type(label).survey:
            for start in range(0, len(group), BATCH):
                yield label, group[start : start + BATCH]


def read_graph(bolt: BoltDriver, on_progress: Progress) -> Graph:
    """All that surveys put into a store, as one graph."""
    sheets = SheetReader(bolt)
    nodes: list[Node] = []
    counts: dict[str, int] = {}
    survey = [t.label for t in NODE_TYPES.values() if t.survey]
    for done, label in enumerate(survey):
        on_progress(label, done, len(survey))
        counts[label] = int(bolt.read_all(cypher.count_nodes(label))[0]["total"])
        for page in _pages(label, counts[label]):
            for row in bolt.read_all(cypher.nodes_page(label), page):
                nodes += nodes_of(row["found"], sheets)
    edges: list[Edge] = []
    for type_ in (t.type for t in EDGE_TYPES.values() if t.survey):
        for ends in cypher.all_edge_ends(type_):
            if not counts[ends[1]] or not counts[ends[2]]:
                continue
            for page in _pages(ends[1], counts[ends[1]]):
                for row in bolt.read_all(cypher.edges_page(ends), page):
                    edges += edges_of(((type_, s, t, p) for s, t, p in row["found"]), sheets)
    return Graph.of(nodes, edges)


def _pages(label: str, count: int) -> Iterator[Mapping[str, str]]:
    """Ranges of keys that together hold every key of a label, about PAGE of them in each.

    Keys end in a hash, so that its first digits part them evenly; any other key falls into some range too.
    """
    number = min(-(-count // PAGE), 4096)
    prefix = node_type(label).prefix
    cuts = [f"{prefix}_{n * 4096 // number:03x}" for n in range(1, number)]
    starts = ["", *cuts]
    for start, stop in zip(starts, [*cuts, "~"], strict=True):
        yield {"from": start, "to": stop}
