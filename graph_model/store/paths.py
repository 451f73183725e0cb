"""Shortest paths between nodes, up to a limit, and what several nodes have in common."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from graph_model.errors import InputError
from graph_model.graph import Node
from graph_model.schema import EDGE_TYPES, label_of
from graph_model.store.store import Store

MAX_STEPS = 8
MAX_PATHS = 20
MAX_NODES = 20_000
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class PathLimits:
    """Where a search stops: steps of a path, paths, nodes looked at, seconds."""

    steps: int = MAX_STEPS
    paths: int = MAX_PATHS
    nodes: int = MAX_NODES
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest paths between two nodes, as keys from the first to the last; none: not connected.

    `more`: there are more than were asked for. `stopped`: the search ran into its limit of steps, nodes or
    time, so that no path only means that none was found.
    """

    paths: tuple[tuple[str, ...], ...] = ()
    more: bool = False
    stopped: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Every node on any of the paths, each once, in their order."""
        return tuple(dict.fromkeys(key for path in self.paths for key in path))


@dataclass(frozen=True, slots=True)
class SharedNeighbor:
    """A node that several others are tied to; `by` are the keys of those."""

    node: Node
    by: tuple[str, ...]


def shortest_paths(
    store: Store,
    source: str,
    target: str,
    *,
    types: Sequence[str] | None = None,
    avoid: Collection[str] = (),
    every: bool = False,
    limits: PathLimits = PathLimits(),
) -> Paths:
    """The shortest path between two nodes, or `every` one up to the limit, in either direction of the ties.

    Only ties of `types` are walked (all of the survey's by default), and no node of a label in `avoid` lies
    between the ends: everything is tied to the sub-district, and ways over it say little. Both ends grow in
    turn, the smaller first, by one question to the store a step: the same on every store. InputError for
    unknown keys.
    """
    _known(store, (source, target))
    if source == target:
        return Paths(((source,),))
    wanted = tuple(types) if types is not None else tuple(t.type for t in EDGE_TYPES.values() if t.survey)
    if not wanted:
        return Paths()
    until = time.monotonic() + limits.seconds
    sides = (_Side(source, target, avoid), _Side(target, source, avoid))
    while sides[0].depth + sides[1].depth < limits.steps:
        side = min(sides, key=lambda s: len(s.rim))
        if not side.rim:
            return Paths()
        if time.monotonic() > until or sum(len(s.before) for s in sides) > limits.nodes:
            return Paths(stopped=True)
        side.grow(store, wanted, limits.nodes)
        if side.cut:
            return Paths(stopped=True)
        meeting = sorted(sides[0].before.keys() & sides[1].before.keys())
        if meeting:
            return _joined(sides[0], sides[1], meeting, limits.paths if every else 1)
    return Paths(stopped=True)


def shared_neighbors(
    store: Store, keys: Iterable[str], *, types: Sequence[str] | None = None
) -> tuple[SharedNeighbor, ...]:
    """The nodes tied to at least two of the given ones, those shared by most first, then by name."""
    asked = list(dict.fromkeys(keys))
    edges, others = store.edges_of(asked, types=types, limit=MAX_NODES)
    by: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if one in asked and one != other:
                by[other].add(one)
    known = {**others, **{n.key: n for n in store.nodes(k for k in by if k not in others)}}
    found = [SharedNeighbor(known[key], tuple(sorted(ends))) for key, ends in by.items() if len(ends) > 1]
    return tuple(sorted(found, key=lambda s: (-len(s.by), str(s.node.properties.get("name")), s.node.key)))


def _known(store: Store, keys: Sequence[str]) -> None:
    there = {node.key for node in store.nodes(keys)}
    lacking = [key for key in keys if key not in there]
    if lacking:
        raise InputError(
            f"数据中没有标识为 {'、'.join(lacking)} 的对象，请重新选择起点和终点。",
            f"Nothing in the data has the key {', '.join(lacking)}; choose the two ends again.",
        )


class _Side:
    """One end of the search: what it has reached, and over which nodes one step before."""

    def __init__(self, start: str, end: str, avoid: Collection[str] = ()) -> None:
        self.end = end
        self.avoid = avoid
        self.before: dict[str, list[str]] = {start: []}
        self.rim = [start]
        self.depth = 0
        self.cut = False

    def grow(self, store: Store, types: Sequence[str], limit: int) -> None:
        """Reach one step farther."""
        edges, _ = store.edges_of(self.rim, types=types, limit=limit * 5)
        self.cut = len(edges) >= limit * 5
        rim = set(self.rim)
        found: dict[str, set[str]] = defaultdict(set)
        for edge in edges:
            for here, there in ((edge.source, edge.target), (edge.target, edge.source)):
                if here in rim and there not in self.before and self._may_reach(there):
                    found[there].add(here)
        self.before.update({key: sorted(ways) for key, ways in found.items()})
        self.rim = sorted(found)
        self.depth += 1

    def _may_reach(self, key: str) -> bool:
        return key == self.end or label_of(key) not in self.avoid

    def ways_from(self, key: str, limit: int) -> list[tuple[str, ...]]:
        """The shortest ways from a node back to the start, at most so many."""
        ways: list[tuple[str, ...]] = []
        open_: list[tuple[str, ...]] = [(key,)]
        while open_ and len(ways) < limit:
            way = open_.pop()
            further = self.before[way[-1]]
            if not further:
                ways.append(way)
            open_ += [(*way, step) for step in reversed(further)]
        return ways


def _joined(source: _Side, target: _Side, meeting: Sequence[str], limit: int) -> Paths:
    """The paths over the nodes in which the two sides met; one more than asked for says that there are more."""
    paths: list[tuple[str, ...]] = []
    for middle in meeting:
        for first in source.ways_from(middle, limit + 1):
            for second in target.ways_from(middle, limit + 1):
                paths.append((*reversed(first), *second[1:]))
                if len(paths) > limit:
                    return Paths(tuple(paths[:limit]), more=True)
    return Paths(tuple(sorted(paths)))
