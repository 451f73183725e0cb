"""Desired against held: what a load would add, change and remove. Pure; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graph_model.graph import Edge, EdgeKey, Graph, Node, Properties
from graph_model.schema import edge_type, label_of
from graph_model.schema.stored_properties import DERIVED_PROPERTIES

OneTie = tuple[str, str, str]
"""(edge type, "source" | "target", label): a node of that label has at most one such edge at that end."""

K = TypeVar("K")
Something = TypeVar("Something", Node, Edge)


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node that is in both graphs and says something else now."""

    before: Node
    after: Node


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """An edge that is in both graphs and says something else now."""

    before: Edge
    after: Edge


@dataclass(frozen=True, slots=True)
class Move:
    """A single-valued tie that now leads elsewhere: a member changed employer or branch."""

    before: Edge
    after: Edge


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load would do. `restated` say the same as before, but stand elsewhere in the files now."""

    added_nodes: tuple[Node, ...] = ()
    changed_nodes: tuple[NodeChange, ...] = ()
    removed_nodes: tuple[Node, ...] = ()
    added_edges: tuple[Edge, ...] = ()
    changed_edges: tuple[EdgeChange, ...] = ()
    removed_edges: tuple[Edge, ...] = ()
    restated_nodes: tuple[Node, ...] = ()
    restated_edges: tuple[Edge, ...] = ()
    complete: bool = True

    @property
    def empty(self) -> bool:
        """True where nothing that the survey says would change."""
        return not (
            self.added_nodes
            or self.changed_nodes
            or self.removed_nodes
            or self.added_edges
            or self.changed_edges
            or self.removed_edges
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """{"added" | "changed" | "removed": {node label or edge type: how many}}."""
        return {
            "added": _count(self.added_nodes, self.added_edges),
            "changed": _count((c.after for c in self.changed_nodes), (c.after for c in self.changed_edges)),
            "removed": _count(self.removed_nodes, self.removed_edges),
        }

    def moves(self) -> tuple[Move, ...]:
        """The removed and added edges that are one move of the same source, by a single-valued tie."""
        left = {(e.type, e.source): e for e in self.removed_edges if edge_type(e.type).single}
        if not left:
            return ()
        return tuple(
            Move(left[e.type, e.source], e) for e in self.added_edges if (e.type, e.source) in left
        )


def _count(nodes: Iterable[Node], edges: Iterable[Edge]) -> dict[str, int]:
    names = Counter([n.label for n in nodes])
    names.update([e.type for e in edges])
    return dict(sorted(names.items()))


def _says(properties: Properties) -> dict[str, object]:
    """What a thing says of the field: without what is derived from it."""
    return {name: value for name, value in properties.items() if name not in DERIVED_PROPERTIES}


def make_plan(
    desired: Graph, held: Graph, *, complete: bool = True, one: Collection[OneTie] = frozenset()
) -> Plan:
    """The difference between what a round says and what the store holds.

    A complete round removes what it does not mention. A partial one removes nothing, except that a tie of
    which there is one (in the schema, or by `one`), and which now leads elsewhere, leaves its old end.
    """
    if desired is held:
        return Plan(complete=complete)
    if not held.nodes and not held.edges:
        added = tuple(desired.nodes.values()), tuple(desired.edges.values())
        return Plan(added_nodes=added[0], added_edges=added[1], complete=complete)
    removed_nodes = [n for k, n in held.nodes.items() if k not in desired.nodes] if complete else []
    # a removed node takes its edges with it; they are listed all the same, so that the count is whole
    removed_edges = [e for k, e in held.edges.items() if k not in desired.edges]
    if removed_edges and not complete:
        leads = {end for edge in desired.edges for end in single_ends(edge, one)}
        removed_edges = [e for e in removed_edges if not leads.isdisjoint(single_ends(e.key, one))]
    changed_nodes, restated_nodes = _compared(desired.nodes, held.nodes)
    changed_edges, restated_edges = _compared(desired.edges, held.edges)
    return Plan(
        added_nodes=tuple(n for k, n in desired.nodes.items() if k not in held.nodes),
        changed_nodes=tuple(NodeChange(b, a) for b, a in changed_nodes),
        removed_nodes=tuple(removed_nodes),
        added_edges=tuple(e for k, e in desired.edges.items() if k not in held.edges),
        changed_edges=tuple(EdgeChange(b, a) for b, a in changed_edges),
        removed_edges=tuple(removed_edges),
        restated_nodes=tuple(restated_nodes),
        restated_edges=tuple(restated_edges),
        complete=complete,
    )


def single_ends(edge: EdgeKey, one: Collection[OneTie]) -> list[tuple[str, str, str]]:
    """(type, "source" | "target", key) of the ends of an edge that have no other edge of its type at that end."""
    type_, source, target = edge
    ends = ("source", source), ("target", target)
    single = edge_type(type_).single
    return [
        (type_, end, key)
        for end, key in ends
        if (single and end == "source") or (type_, end, label_of(key)) in one
    ]


def _compared(
    desired: Mapping[K, Something], held: Mapping[K, Something]
) -> tuple[list[tuple[Something, Something]], list[Something]]:
    """Of what is in both: (before, after) that say something else, and after that only stands elsewhere."""
    changed: list[tuple[Something, Something]] = []
    restated: list[Something] = []
    for key, after in desired.items():
        before = held.get(key)
        # nearly always all of it is the same, and that is seen soonest
        if before is None or before is after:
            continue
        if before.properties == after.properties and before.place == after.place:
            continue
        if _says(before.properties) != _says(after.properties):
            changed.append((before, after))
        else:
            restated.append(after)
    return changed, restated
