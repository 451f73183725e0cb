"""What happens inside the one transaction of a load: claim the store, write the plan, remember the round."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar

from graph_model import statements
from graph_model.bolt import Bolt, Sent, Transaction
from graph_model.errors import StoreBusy, StoreError
from graph_model.graph import Edge, Node
from graph_model.plan import Plan
from graph_model.schema import label_of
from graph_model.stored import stored_of, values_of

BATCH = 2000
STATE_KEY = "z_state"

_Row = dict[str, Any] | list[Any]
K = TypeVar("K")
T = TypeVar("T")
Something = TypeVar("Something", Node, Edge)

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class State:
    """Which load the store is at. `version` grows by one with every load; `site` names the key secret.

    `digest`: of everything that surveys put here, where the last load knew all of it (a complete round).
    """

    version: int = 0
    round: str | None = None
    site: str | None = None
    load: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One survey round as the store remembers it: name, date, declared totals, files with SHA-256."""

    name: str
    as_of: str
    loaded: str
    declared: Mapping[str, int]
    files: Mapping[str, str]


def silent(what: str, done: int, of: int) -> None:
    """Nobody wants to know."""


def now() -> str:
    """The present time as it is stored: UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def read_state(bolt: Bolt) -> State:
    """Which load the store is at."""
    rows = bolt.read_all(
        "MATCH (z:StoreState {key: $key}) RETURN z.version AS version, z.round AS round, "
        "z.site AS site, z.load AS load, z.digest AS digest",
        {"key": STATE_KEY},
    )
    # a store that was only opened says which indexes it has, and no version yet
    return State(**{k: v for k, v in rows[0].items() if v is not None}) if rows else State()


def read_rounds(bolt: Bolt) -> tuple[Round, ...]:
    """The rounds that were loaded, newest first."""
    rows = bolt.read_all(
        "MATCH (d:SurveyRound) RETURN d.name AS name, d.as_of AS as_of, d.loaded AS loaded, "
        "d.declared AS declared, d.files AS files ORDER BY name DESC"
    )
    return tuple(
        Round(
            r["name"],
            r["as_of"],
            r["loaded"],
            json.loads(r["declared"] or "{}"),
            json.loads(r["files"] or "{}"),
        )
        for r in rows
    )


def has_landed(tx: Transaction, load: str) -> bool:
    """True where an earlier try of the same load landed although its confirmation was lost."""
    rows = tx.run("MATCH (z:StoreState {key: $key}) RETURN z.load AS load", {"key": STATE_KEY})
    return bool(rows) and rows[0]["load"] == load


def claim(tx: Transaction, expected: State, round: str | None, site: str, load: str) -> None:
    """Take the store for this load: the version makes sure that the plan is still about what is held."""
    rows = tx.run(
        "MERGE (z:StoreState {key: $key})\n"
        "SET z.version = coalesce(z.version, 0) + 1, z.round = $round, z.site = $site, z.load = $load, "
        "z.digest = null, z.name = 'state'\nRETURN z.version AS version",
        {"key": STATE_KEY, "round": round, "site": site, "load": load},
    )
    if rows[0]["version"] != expected.version + 1:
        raise overtaken()


def settle(tx: Transaction, digest: str) -> None:
    """Say what all of it comes to, now that it is written."""
    tx.run("MATCH (z:StoreState {key: $key}) SET z.digest = $digest", {"key": STATE_KEY, "digest": digest})


def overtaken() -> StoreBusy:
    """The error for a plan that is about an older state of the store."""
    return StoreBusy(
        "在查看计划之后，另一个导入已经改变了数据。没有写入任何内容，请重新生成计划。",
        "Another load changed the data after this plan was made. Nothing was written; plan again.",
    )


def remember(tx: Transaction, round: Round) -> None:
    """Keep what a round was."""
    tx.run(
        "MERGE (d:SurveyRound {key: $key})\n"
        "SET d.name = $name, d.as_of = $as_of, d.loaded = $loaded, d.declared = $declared,\n"
        "    d.files = $files",
        {
            "key": f"d_{round.name}",
            "name": round.name,
            "as_of": round.as_of,
            "loaded": round.loaded,
            "declared": json.dumps(dict(round.declared)),
            "files": json.dumps(dict(round.files), ensure_ascii=False),
        },
    )


def write_plan(tx: Transaction, plan: Plan, told: Progress) -> None:
    """Every part of a plan, in an order in which no edge ever lacks an end.

    StoreError where the store takes fewer than it was given: then nothing of it may stay.
    """
    jobs = list(_jobs(plan))
    total = sum(len(job.things) for job in jobs)
    written = 0
    for done in _answered(tx, _batches(jobs)):
        written += done
        told("write", written, total)


def _answered(tx: Transaction, batches: Iterable[_Batch]) -> Iterator[int]:
    """How many things each batch came to, in turn, all of them taken.

    A batch is made and sent while the store is still at the one before it, so neither waits for the other.
    """
    before: tuple[Sent, int] | None = None
    for batch in batches:
        sent = tx.send(batch.text, {"rows": batch.rows})
        if before:
            yield _taken(*before)
        before = sent, len(batch.rows)
    if before:
        yield _taken(*before)


def _taken(sent: Sent, wanted: int) -> int:
    done = int(sent.rows()[0]["done"])
    if done != wanted:
        raise StoreError(
            f"写入时数据库只接受了 {wanted} 项中的 {done} 项，已全部撤销。请重新生成计划再试。",
            f"The store took {done} of {wanted} items, so nothing was written. Plan again.",
        )
    return done


class _Batch(NamedTuple):
    """What one statement is told of so many things."""

    text: str
    rows: list[_Row]


def _batches(jobs: Iterable[_Job]) -> Iterator[_Batch]:
    # rows are made when they are sent: all of them at once would be the plan once more in memory
    for job in jobs:
        for start in range(0, len(job.things), BATCH):
            yield _Batch(job.text, [job.row(thing) for thing in job.things[start : start + BATCH]])


class _Job(NamedTuple):
    """One statement for many things, and what it is told of each."""

    text: str
    things: list[Any]
    row: Callable[[Any], _Row]


def _jobs(plan: Plan) -> Iterator[_Job]:
    yield from _edges(statements.remove_edges, plan.removed_edges, _ends)
    yield from _nodes(statements.remove_nodes, plan.removed_nodes, lambda n: {"key": n.key})
    yield from _added_nodes(plan.added_nodes)
    changed = ((c.after.key, c) for c in plan.changed_nodes)
    yield from _by_label(
        statements.change_nodes,
        changed,
        lambda c: {"key": c.after.key, "properties": stored_of(c.after, c.before.properties)},
    )
    yield from _nodes(statements.change_nodes, plan.restated_nodes, _node)
    yield from _added_edges(plan.added_edges)
    yield from _by_ends(
        statements.change_edges,
        ((c.after, c) for c in plan.changed_edges),
        lambda c: {**_ends(c.after), "properties": stored_of(c.after, c.before.properties)},
    )
    yield from _edges(statements.change_edges, plan.restated_edges, _edge)


def _added_nodes(nodes: Iterable[Node]) -> Iterator[_Job]:
    for label, group in _grouped((label_of(n.key), n) for n in nodes):
        columns = statements.node_columns(label)
        listed, others = _split(group, columns)
        yield _Job(statements.create_listed_nodes(label), listed, partial(_listed_node, columns))
        yield _Job(statements.create_nodes(label), others, _node)


def _added_edges(edges: Iterable[Edge]) -> Iterator[_Job]:
    for ends, group in _grouped((statements.edge_ends(e), e) for e in edges):
        columns = statements.edge_columns(ends[0])
        listed, others = _split(group, columns)
        yield _Job(statements.create_listed_edges(ends), listed, partial(_listed_edge, columns))
        yield _Job(statements.create_edges(ends), others, _edge)


def _split(things: Iterable[Something], columns: Iterable[str]) -> tuple[list[Something], list[Something]]:
    """Those that have no property but these columns, and those that have others, of an older schema."""
    names = frozenset(columns)
    listed: list[Something] = []
    others: list[Something] = []
    for thing in things:
        (listed if names.issuperset(thing.properties) else others).append(thing)
    return listed, others


def _listed_node(columns: tuple[str, ...], node: Node) -> list[Any]:
    return [node.key, *values_of(node, columns)]


def _listed_edge(columns: tuple[str, ...], edge: Edge) -> list[Any]:
    return [edge.source, edge.target, *values_of(edge, columns)]


def _node(node: Node) -> dict[str, Any]:
    return {"key": node.key, "properties": stored_of(node)}


def _ends(edge: Edge) -> dict[str, Any]:
    return {"source": edge.source, "target": edge.target}


def _edge(edge: Edge) -> dict[str, Any]:
    return {"source": edge.source, "target": edge.target, "properties": stored_of(edge)}


def _nodes(text: Callable[[str], str], nodes: Iterable[Node], row: Callable[[Any], _Row]) -> Iterator[_Job]:
    return _by_label(text, ((n.key, n) for n in nodes), row)


def _edges(
    text: Callable[[statements.EdgeEnds], str], edges: Iterable[Edge], row: Callable[[Any], _Row]
) -> Iterator[_Job]:
    return _by_ends(text, ((e, e) for e in edges), row)


def _by_label(
    text: Callable[[str], str], things: Iterable[tuple[str, Any]], row: Callable[[Any], _Row]
) -> Iterator[_Job]:
    groups = _grouped((label_of(key), thing) for key, thing in things)
    return (_Job(text(label), group, row) for label, group in groups)


def _by_ends(
    text: Callable[[statements.EdgeEnds], str],
    things: Iterable[tuple[Edge, Any]],
    row: Callable[[Any], _Row],
) -> Iterator[_Job]:
    groups = _grouped((statements.edge_ends(edge), thing) for edge, thing in things)
    return (_Job(text(ends), group, row) for ends, group in groups)


def _grouped(things: Iterable[tuple[K, T]]) -> Iterable[tuple[K, list[T]]]:
    """Things by what one statement can be told of together, as they come."""
    groups: dict[K, list[T]] = defaultdict(list)
    for of, thing in things:
        groups[of].append(thing)
    return groups.items()
