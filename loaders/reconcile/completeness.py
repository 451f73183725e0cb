"""Infer whether a round is a full or a partial load where this is not given; the default is partial."""

from __future__ import annotations

from collections.abc import Iterable

from graph_model.coverage.areas import AREA_LABELS
from graph_model.graph import Graph
from graph_model.store.graph_source import GraphSource
from loaders.reconcile.declared import DeclaredTotal


def declares_all_areas(declared: Iterable[DeclaredTotal]) -> bool:
    """Is one of the totals of all areas together; those of single areas say nothing of the others.

    >>> declares_all_areas([DeclaredTotal("members", 3, None, area="a1")])
    False
    """
    return any(not d.area for d in declared)


def missing_areas(graph: Graph, holdings: GraphSource) -> tuple[str, ...]:
    """The names of the held areas that a round does not list; a complete round would remove them."""
    held = (n for label in AREA_LABELS for n in holdings.named(label))
    return tuple(sorted(n.name or n.key for n in held if n.key not in graph.nodes))
