"""Invert a plan, apply it to a graph in memory, and keep it as lines of JSON. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from graph_model.graph import Edge, Graph, Node, Place
from graph_model.plan import EdgeChange, NodeChange, Plan


def invert_plan(plan: Plan, held: Graph) -> Plan:
    """The plan that undoes a plan made for `held`.

    Applied to what the plan led to, it gives `held` again, also where each thing stood in the files.
    """
    return Plan(
        added_nodes=plan.removed_nodes,
        changed_nodes=tuple(NodeChange(c.after, c.before) for c in plan.changed_nodes),
        removed_nodes=plan.added_nodes,
        added_edges=plan.removed_edges,
        changed_edges=tuple(EdgeChange(c.after, c.before) for c in plan.changed_edges),
        removed_edges=plan.added_edges,
        restated_nodes=tuple(held.nodes[n.key] for n in plan.restated_nodes),
        restated_edges=tuple(held.edges[e.key] for e in plan.restated_edges),
        complete=plan.complete,
    )


def apply_plan(plan: Plan, held: Graph) -> Graph:
    """What the store holds after a plan, without a store."""
    nodes = dict(held.nodes)
    edges = dict(held.edges)
    for edge in plan.removed_edges:
        edges.pop(edge.key, None)
    for node in plan.removed_nodes:
        nodes.pop(node.key, None)
    nodes.update((n.key, n) for n in (*plan.added_nodes, *plan.restated_nodes))
    nodes.update((c.after.key, c.after) for c in plan.changed_nodes)
    edges.update((e.key, e) for e in (*plan.added_edges, *plan.restated_edges))
    edges.update((c.after.key, c.after) for c in plan.changed_edges)
    return Graph(nodes, edges)


# --- as lines of JSON ----------------------------------------------------------------------------

_NODES = ("added_nodes", "removed_nodes", "restated_nodes")
_EDGES = ("added_edges", "removed_edges", "restated_edges")


def plan_lines(plan: Plan) -> Iterator[str]:
    """A plan as lines of JSON, so that a large one is never in memory twice."""
    yield json.dumps(["complete", plan.complete])
    for name in _NODES:
        for node in getattr(plan, name):
            yield _line(name, _node(node))
    for name in _EDGES:
        for edge in getattr(plan, name):
            yield _line(name, _edge(edge))
    for change in plan.changed_nodes:
        yield _line("changed_nodes", [_node(change.before), _node(change.after)])
    for tie in plan.changed_edges:
        yield _line("changed_edges", [_edge(tie.before), _edge(tie.after)])


def read_plan(lines: Iterable[str]) -> Plan:
    """The plan behind its lines; the inverse of `plan_lines`. ValueError for lines that are none."""
    try:
        return _read_lines(lines)
    except (TypeError, LookupError) as error:
        raise ValueError(f"no part of a plan: {error}") from error


def _read_lines(lines: Iterable[str]) -> Plan:
    found: dict[str, list[Any]] = {n: [] for n in (*_NODES, *_EDGES, "changed_nodes", "changed_edges")}
    complete: bool | None = None
    for line in lines:
        name, value = json.loads(line)
        if name == "complete":
            complete = bool(value)
        elif name in _NODES:
            found[name].append(_read_node(value))
        elif name in _EDGES:
            found[name].append(_read_edge(value))
        elif name == "changed_nodes":
            found[name].append(NodeChange(_read_node(value[0]), _read_node(value[1])))
        elif name == "changed_edges":
            found[name].append(EdgeChange(_read_edge(value[0]), _read_edge(value[1])))
        else:
            raise ValueError(f"no part of a plan: {name}")
    if complete is None:
        raise ValueError("the plan is incomplete")
    return Plan(**{n: tuple(v) for n, v in found.items()}, complete=complete)


def _line(name: str, value: Any) -> str:
    return json.dumps([name, value], ensure_ascii=False, separators=(",", ":"))


def _place(place: Place | None) -> list[Any] | None:
    return [place.round, place.file, place.sheet, place.row] if place else None


def _read_place(value: list[Any] | None) -> Place | None:
    return Place(*value) if value else None


def _node(node: Node) -> list[Any]:
    return [node.label, node.key, dict(node.properties), _place(node.place)]


def _read_node(value: list[Any]) -> Node:
    return Node(value[0], value[1], value[2], _read_place(value[3]))


def _edge(edge: Edge) -> list[Any]:
    return [*edge.key, dict(edge.properties), _place(edge.place)]


def _read_edge(value: list[Any]) -> Edge:
    return Edge(value[0], value[1], value[2], value[3], _read_place(value[4]))
