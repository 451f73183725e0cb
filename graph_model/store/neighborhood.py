"""Keys to a small networkx graph: what lies around some nodes, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from graph_model.graph import Edge, EdgeKey, Node
from graph_model.schema import EDGE_TYPES, label_of
from graph_model.store.store import Store

MAX_NODES = 2000


@dataclass(frozen=True, slots=True)
class Neighborhood:
    """A piece of the graph; `cut` where there is more than the limit lets through.

    Node attributes: label, properties, place. Edge key: the edge type; attributes: properties, place.
    `rim`: the ties that lead out of it, so that two pieces can be joined without asking again.
    """

    graph: nx.MultiDiGraph[str]
    cut: bool = False
    rim: tuple[Edge, ...] = ()


def merge_neighborhoods(pieces: Sequence[Neighborhood]) -> nx.MultiDiGraph[str]:
    """The pieces as one new graph, with the ties that lead from one to another. Nothing is asked of a store."""
    graph: nx.MultiDiGraph[str] = nx.compose_all([piece.graph for piece in pieces])
    if len(pieces) > 1:
        for edge in (e for piece in pieces for e in piece.rim):
            if edge.source in graph and edge.target in graph:
                _add_edge(graph, edge)
    return graph


def read_neighborhood(
    store: Store,
    keys: Iterable[str],
    *,
    depth: int = 1,
    types: Sequence[str] | None = None,
    labels: Iterable[str] | None = None,
    limit: int = MAX_NODES,
) -> Neighborhood:
    """The nodes of `keys` and what lies within `depth` steps of them, with every edge between those.

    Only edges of `types` and nodes of `labels` are walked (all of the survey's by default). The nodes
    asked for are always in it; unknown keys are left out. At most `limit` nodes.
    """
    survey = [t.type for t in EDGE_TYPES.values() if t.survey]
    wanted = tuple(types) if types is not None else tuple(survey)
    allowed = set(labels) if labels is not None else None
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    frontier = list(store.nodes(keys))
    for node in frontier:
        _add_node(graph, node)
    cut = False
    met: dict[EdgeKey, Edge] = {}
    ring = [n.key for n in frontier]
    for step in range(depth + 1):
        if not ring or not wanted:
            break
        edges, others = store.edges_of(ring, types=wanted, limit=limit * 10)
        cut = cut or len(edges) >= limit * 10
        new: list[str] = []
        # the last turn adds no nodes: it only finds the edges between the ones that are there
        if step < depth:
            for key in sorted(others):
                if key in graph or (allowed is not None and label_of(key) not in allowed):
                    continue
                if graph.number_of_nodes() >= limit:
                    cut = True
                    break
                _add_node(graph, others[key])
                new.append(key)
        met.update((edge.key, edge) for edge in edges)
        ring = new
    rim = []
    for edge in met.values():
        if edge.source in graph and edge.target in graph:
            _add_edge(graph, edge)
        else:
            rim.append(edge)
    return Neighborhood(graph, cut, tuple(rim))


def _add_node(graph: nx.MultiDiGraph[str], node: Node) -> None:
    graph.add_node(node.key, label=node.label, properties=dict(node.properties), place=node.place)


def _add_edge(graph: nx.MultiDiGraph[str], edge: Edge) -> None:
    graph.add_edge(
        edge.source, edge.target, key=edge.type, properties=dict(edge.properties), place=edge.place
    )
