"""A plan as statements with their rows, some things at a time, in an order in which no edge ever lacks an end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from graph_model.graph import Edge, Node, Place
from graph_model.plan import EdgeChange, NodeChange, Plan
from graph_model.schema import label_of
from graph_model.store import cypher
from graph_model.store.codec import restated_of, stored_of, values_of
from graph_model.store.driver import Transaction
from graph_model.store.provenance import SheetNumbers

BATCH = 2000

Row = dict[str, Any] | list[Any]
K = TypeVar("K")
T = TypeVar("T")
Something = TypeVar("Something", Node, Edge)


class Batch(NamedTuple):
    """The parameters of one statement for many things."""

    text: str
    rows: list[Row]


def batches(tx: Transaction, plan: Plan) -> tuple[int, Iterator[Batch]]:
    """How many things a plan speaks of, and its batches.

    The sheets of their places get numbers in the transaction, as they come.
    """
    numbers = SheetNumbers(tx)
    jobs = list(_jobs(plan, numbers))
    return sum(len(job.things) for job in jobs), _batches(jobs, numbers)


class _Job(NamedTuple):
    """One statement for many things, and its parameters for each. `place`: of a thing, where one is written."""

    text: str
    things: list[Any]
    row: Callable[[Any], Row]
    place: Callable[[Any], Place | None] | None


def _batches(jobs: Iterable[_Job], numbers: SheetNumbers) -> Iterator[Batch]:
    # rows are made when they are sent: all of them at once would be the plan once more in memory
    for job in jobs:
        for start in range(0, len(job.things), BATCH):
            some = job.things[start : start + BATCH]
            if job.place is not None:
                numbers.learn(map(job.place, some))
            yield Batch(job.text, [job.row(thing) for thing in some])


_PLACE: Callable[[Any], Place | None] = attrgetter("place")
_PLACE_AFTER: Callable[[Any], Place | None] = attrgetter("after.place")


def _jobs(plan: Plan, numbers: SheetNumbers) -> Iterator[_Job]:
    for ends, edges in _by_ends(plan.removed_edges):
        yield _Job(cypher.remove_edges(ends), edges, _ends, None)
    for label, nodes in _by_label(plan.removed_nodes):
        yield _Job(cypher.remove_nodes(label), nodes, _key, None)
    yield from _added_nodes(plan.added_nodes, numbers)
    for label, changes in _grouped((label_of(c.after.key), c) for c in plan.changed_nodes):
        text = cypher.change_nodes(label)
        yield _Job(text, changes, partial(_changed_node, numbers), _PLACE_AFTER)
    for label, nodes in _by_label(plan.restated_nodes):
        yield _Job(cypher.change_nodes(label), nodes, partial(_restated_node, numbers), _PLACE)
    yield from _added_edges(plan.added_edges, numbers)
    for ends, moves in _grouped((cypher.edge_ends(c.after), c) for c in plan.changed_edges):
        yield _Job(cypher.change_edges(ends), moves, partial(_changed_edge, numbers), _PLACE_AFTER)
    for ends, edges in _by_ends(plan.restated_edges):
        yield _Job(cypher.change_edges(ends), edges, partial(_restated_edge, numbers), _PLACE)


def _added_nodes(nodes: Iterable[Node], numbers: SheetNumbers) -> Iterator[_Job]:
    for label, group in _by_label(nodes):
        columns = cypher.node_columns(label)
        listed, others = _split(group, columns)
        row = partial(_listed_node, columns, numbers)
        yield _Job(cypher.create_listed_nodes(label), listed, row, _PLACE)
        yield _Job(cypher.create_nodes(label), others, partial(_node, numbers), _PLACE)


def _added_edges(edges: Iterable[Edge], numbers: SheetNumbers) -> Iterator[_Job]:
    for ends, group in _by_ends(edges):
        columns = cypher.edge_columns(ends[0])
        listed, others = _split(group, columns)
        row = partial(_listed_edge, columns, numbers)
        yield _Job(cypher.create_listed_edges(ends), listed, row, _PLACE)
        yield _Job(cypher.create_edges(ends), others, partial(_edge, numbers), _PLACE)


def _split(things: Iterable[Something], columns: Iterable[str]) -> tuple[list[Something], list[Something]]:
    """Those that have no property but these columns, and those that have others, of an older schema."""
    names = frozenset(columns)
    listed: list[Something] = []
    others: list[Something] = []
    for thing in things:
        (listed if names.issuperset(thing.properties) else others).append(thing)
    return listed, others


# --- the rows ------------------------------------------------------------------------------------


def _key(node: Node) -> Row:
    return {"key": node.key}


def _ends(edge: Edge) -> dict[str, Any]:
    return {"source": edge.source, "target": edge.target}


def _listed_node(columns: tuple[str, ...], numbers: SheetNumbers, node: Node) -> Row:
    return [node.key, *values_of(node, columns, numbers)]


def _listed_edge(columns: tuple[str, ...], numbers: SheetNumbers, edge: Edge) -> Row:
    return [edge.source, edge.target, *values_of(edge, columns, numbers)]


def _node(numbers: SheetNumbers, node: Node) -> Row:
    return {"key": node.key, "properties": stored_of(node, numbers)}


def _edge(numbers: SheetNumbers, edge: Edge) -> Row:
    return {**_ends(edge), "properties": stored_of(edge, numbers)}


def _changed_node(numbers: SheetNumbers, change: NodeChange) -> Row:
    properties = restated_of(change.after, numbers, change.before.properties)
    return {"key": change.after.key, "properties": properties}


def _changed_edge(numbers: SheetNumbers, change: EdgeChange) -> Row:
    properties = restated_of(change.after, numbers, change.before.properties)
    return {**_ends(change.after), "properties": properties}


def _restated_node(numbers: SheetNumbers, node: Node) -> Row:
    return {"key": node.key, "properties": restated_of(node, numbers)}


def _restated_edge(numbers: SheetNumbers, edge: Edge) -> Row:
    return {**_ends(edge), "properties": restated_of(edge, numbers)}


# --- what one statement can be told of together --------------------------------------------------


def _by_label(nodes: Iterable[Node]) -> Iterable[tuple[str, list[Node]]]:
    return _grouped((label_of(n.key), n) for n in nodes)


def _by_ends(edges: Iterable[Edge]) -> Iterable[tuple[cypher.EdgeEnds, list[Edge]]]:
    return _grouped((cypher.edge_ends(e), e) for e in edges)


def _grouped(things: Iterable[tuple[K, T]]) -> Iterable[tuple[K, list[T]]]:
    """Things grouped by the statement that they share, as they come."""
    groups: dict[K, list[T]] = defaultdict(list)
    for of, thing in things:
        groups[of].append(thing)
    return groups.items()
