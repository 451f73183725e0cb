"""The store: what it holds, apply a plan, ask, find, look around. The same calls on either engine."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self, TypeVar

from graph_model.errors import (
    DuplicateKey,
    LoadUncertain,
    QueryRefused,
    SchemaError,
    StoreError,
    StoreUnavailable,
)
from graph_model.graph import Edge, Graph, Node
from graph_model.plan import Plan
from graph_model.progress import Progress, no_progress
from graph_model.schema import EDGE_TYPES, NODE_TYPES, label_of, node_type
from graph_model.schema.extra_values import EXTRA_PROPERTY, read_extra
from graph_model.store import cypher
from graph_model.store.batches import BATCH
from graph_model.store.capacity import check_room
from graph_model.store.codec import edges_of, nodes_of
from graph_model.store.driver import Address, BoltDriver, Row, Transaction, TrialTransaction
from graph_model.store.graph_source import StoredGraph, read_graph
from graph_model.store.indexes import create_indexes
from graph_model.store.load_transaction import (
    STATE_KEY,
    Round,
    State,
    check_version,
    claim_load,
    is_committed,
    now,
    other_site_error,
    overtaken_error,
    read_rounds,
    read_state,
    round_after,
    write_digest,
    write_plan,
)
from graph_model.store.load_transaction import write_round as remember_round
from graph_model.store.provenance import SheetReader

__all__ = ["BATCH", "STATE_KEY", "QueryResult", "Round", "State", "Store", "now"]

T = TypeVar("T")
_EXTRA_LOOKED = 1000
"""How many nodes of a label are looked at for what their extra values hold."""
TRIES = 4
"""How often something is written that another process may be writing at the same time."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The rows of a query; `truncated` where there were more than the limit."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Reverted:
    """What the store is to remember after a load was undone.

    `round`: the one that it is at afterwards. `restored`: rounds as they were remembered before. `forgotten`: names of
    rounds that were not known before. `records`: puts what is kept beside the survey as it was, in the transaction.
    """

    round: str | None
    restored: tuple[Round, ...]
    forgotten: tuple[str, ...]
    records: Callable[[Transaction], None]


class Store:
    """A graph behind Bolt. Open it once, close it once; safe to use from several threads."""

    def __init__(self, bolt: BoltDriver) -> None:
        self._bolt = bolt
        self._sheets = SheetReader(bolt)
        self.writes = 0  # how often this object wrote a load: for whoever remembers answers

    @classmethod
    def open(cls, address: Address, *, read_seconds: float = 30.0) -> Self:
        """Connect and make sure of constraints and indexes; StoreUnavailable or StoreDenied otherwise."""
        bolt = BoltDriver(address, read_seconds=read_seconds)
        try:
            bolt.check()
            create_indexes(bolt)
        except StoreError:
            bolt.close()
            raise
        return cls(bolt)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The address, without user or password."""
        return self._bolt.address.url

    def close(self) -> None:
        """Close the connections."""
        self._bolt.close()

    # ---- what it holds

    def state(self) -> State:
        """Which load the store is at."""
        return read_state(self._bolt)

    def held(self, on_progress: Progress | None = None) -> Graph:
        """Everything that surveys put here, as one graph."""
        return read_graph(self._bolt, on_progress or no_progress)

    def holdings(self) -> StoredGraph:
        """What surveys put here, to be asked for by key, by name and by tie, however large the whole is."""
        return StoredGraph(self._bolt)

    def rounds(self) -> tuple[Round, ...]:
        """The rounds that were loaded, newest first."""
        return read_rounds(self._bolt)

    def counts(self) -> dict[str, dict[str, int]]:
        """{"nodes": {label: n}, "edges": {type: n}} of what surveys put here."""
        nodes = {t.label: self._one(cypher.count_nodes(t.label)) for t in NODE_TYPES.values() if t.survey}
        edges = {t.type: self._one(cypher.count_edges(t.type)) for t in EDGE_TYPES.values() if t.survey}
        return {"nodes": nodes, "edges": edges}

    def _one(self, text: str) -> int:
        return int(self._bolt.read(text)[0]["total"])

    # ---- apply

    def check_room(self, plan: Plan) -> None:
        """Raise StoreError for a plan that would be too large for the memory of the bundled engine."""
        check_room(plan, self._bolt.address.heap_mib)

    def apply(
        self,
        plan: Plan,
        *,
        round: Round,
        expected: State,
        site: str,
        on_progress: Progress | None = None,
        load: str | None = None,
        digest: Callable[[], str] | None = None,
    ) -> State:
        """Write a plan in one transaction: all of it or nothing. `load`: the id that the state then carries.

        `digest`: gives that of everything that is held afterwards, where the plan was made from all of it; it
        is asked for when the plan is written.
        StoreBusy is raised when another load came between plan and apply: plan again. InputError when the
        store was filled with another site's key secret. LoadUncertain when the line broke at the very end
        and the store does not answer any more.
        """

        def remember(tx: Transaction) -> None:
            remember_round(tx, round)

        at = round_after(round.name, expected.round, complete=plan.complete)
        return self._land(plan, at, remember, expected, site, load, on_progress, digest)

    def revert(
        self,
        plan: Plan,
        reverted: Reverted,
        *,
        expected: State,
        site: str,
        on_progress: Progress | None = None,
        load: str | None = None,
    ) -> State:
        """Undo a load by its inverse plan, in one transaction; raises what `apply` raises."""
        gone = [{"key": f"d_{name}"} for name in reverted.forgotten]

        def remember(tx: Transaction) -> None:
            for known in reverted.restored:
                remember_round(tx, known)
            if gone:
                tx.run(cypher.remove_nodes("SurveyRound"), {"rows": gone})
            reverted.records(tx)

        return self._land(plan, reverted.round, remember, expected, site, load, on_progress)

    def _land(
        self,
        plan: Plan,
        round: str | None,
        remember: Callable[[Transaction], None],
        expected: State,
        site: str,
        load: str | None,
        on_progress: Progress | None,
        digest: Callable[[], str] | None = None,
    ) -> State:
        if expected.site not in (None, site):
            raise other_site_error()
        load = load or uuid.uuid4().hex
        on_progress = on_progress or no_progress

        def work(tx: Transaction) -> str | None:
            if is_committed(tx, load):
                return digest() if digest is not None else None
            claim_load(tx, expected, round, site, load)
            write_plan(tx, plan, on_progress)
            remember(tx)
            if digest is None:
                return None
            write_digest(tx, written := digest())
            return written

        try:
            written = self._bolt.write(work)
        except LoadUncertain:
            with suppress(StoreUnavailable):
                if self.state().load == load:
                    return self.state()
            raise
        except QueryRefused as error:
            # two first loads at once: a store may find the second claim only when it commits, as a broken
            # constraint, which it does not let the driver try again
            if self.state().version == expected.version:
                raise
            raise overtaken_error() from error
        finally:
            self.writes += 1
        # not asked: a store that is gone since would have a load that landed look like one that did not
        return State(expected.version + 1, round, site, load, written)

    def what_if(self, plan: Plan, ask: Callable[[Store], T], *, seconds: float = 60.0) -> T:
        """What `ask` finds in a store in which the plan were applied. Nothing of the plan is ever kept.

        The plan is written in a transaction that is always rolled back, also when `ask` raises, this
        process dies or the line breaks. `ask` is handed a store that can only be read. QueryRefused when it
        takes longer than `seconds`.
        """

        def work(line: TrialTransaction) -> T:
            write_plan(line.transaction, plan, no_progress)
            return ask(type(self)(line))

        return self._bolt.rehearse(work, seconds=seconds)

    def _nodes(self, rows: Iterable[Row]) -> list[Node]:
        return nodes_of((r["properties"] for r in rows), self._sheets)

    # ---- what people write: never touched by a load

    def records(self, label: str) -> tuple[Node, ...]:
        """Every node of a label that is not the survey's (findings, notes, views), by key."""
        _not_surveyed(label)
        rows = self._bolt.read_all(cypher.read_nodes(label))
        return tuple(sorted(self._nodes(rows), key=lambda n: n.key))

    def put(
        self, nodes: Sequence[Node], removed: Sequence[str] = (), *, version: int | None = None
    ) -> None:
        """Write nodes that are not the survey's, and remove others by key: all of it or nothing.

        A property whose value is None goes. SchemaError for a label that only a load may write. `version`:
        what is written is about the store as it was then; StoreBusy where a load came since.
        """
        for label in {n.label for n in nodes} | {label_of(k) for k in removed}:
            _not_surveyed(label)

        def work(tx: Transaction) -> None:
            if version is not None:
                check_version(tx, version)
            for label in sorted({n.label for n in nodes}):
                rows = [{"key": n.key, "properties": dict(n.properties)} for n in nodes if n.label == label]
                for start in range(0, len(rows), BATCH):
                    tx.run(cypher.put_nodes(label), {"rows": rows[start : start + BATCH]})
            for label in sorted({label_of(k) for k in removed}):
                gone = [{"key": k} for k in removed if label_of(k) == label]
                tx.run(cypher.remove_nodes(label), {"rows": gone})

        for _ in range(TRIES - 1):
            with suppress(DuplicateKey):  # made by another process since: the next try finds it
                self._bolt.write(work)
                return
        self._bolt.write(work)

    # ---- ask

    def ask(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int = 10_000,
        seconds: float | None = None,
    ) -> QueryResult:
        """The rows of a reading query, at most `limit`; writing is refused with QueryRefused."""
        rows = self._bolt.read(text, parameters, limit=limit + 1, seconds=seconds)
        columns = tuple(rows[0]) if rows else ()
        return QueryResult(columns, tuple(rows[:limit]), truncated=len(rows) > limit)

    def rows(self, text: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of one of our own reading statements, all of them and without a time limit."""
        return self._bolt.read_all(text, parameters)

    def nodes(self, keys: Iterable[str]) -> tuple[Node, ...]:
        """The nodes of these keys, in the order of the keys; unknown keys are left out."""
        wanted = list(dict.fromkeys(keys))
        by_label: dict[str, list[str]] = defaultdict(list)
        for key in wanted:
            with suppress(KeyError):
                by_label[label_of(key)].append(key)
        found: dict[str, Node] = {}
        for label, group in by_label.items():
            rows = self._bolt.read(cypher.by_keys(label), {"keys": group})
            found.update((n.key, n) for n in self._nodes(rows))
        return tuple(found[k] for k in wanted if k in found)

    def first(self, label: str) -> Node | None:
        """The first node of a label by name; None where there is none."""
        rows = self._bolt.read(cypher.first(label))
        return next(iter(self._nodes(rows)), None)

    def find(self, text: str, *, labels: Sequence[str] | None = None, limit: int = 20) -> tuple[Node, ...]:
        """Nodes whose name, pinyin or initials hold the text; shortest names first, per label."""
        wanted = labels if labels is not None else [t.label for t in NODE_TYPES.values() if t.survey]
        text = "".join(text.casefold().split())
        if not text:
            return ()
        found: list[Node] = []
        for label in wanted:
            rows = self._bolt.read(cypher.find(label), {"text": text, "limit": limit})
            found += self._nodes(rows)
        return tuple(found)

    def find_extra(self, text: str, *, labels: Sequence[str], limit: int = 20) -> tuple[Node, ...]:
        """Nodes one of whose extra values holds the text, in whatever letters; its headings are not looked at."""
        text = text.casefold().strip()
        if not text:
            return ()
        found: list[Node] = []
        as_stored = json.dumps(text, ensure_ascii=False)[1:-1]
        for label in labels:
            # headings are in the same text: what they alone hold is no hit
            rows = self._bolt.read(cypher.find_extra(label), {"text": as_stored, "limit": _EXTRA_LOOKED})
            held = (
                n
                for n in self._nodes(rows)
                if any(text in v.casefold() for v in read_extra(n.properties.get(EXTRA_PROPERTY)).values())
            )
            found += islice(held, limit)
        return tuple(found)

    def edges_of(
        self, keys: Iterable[str], *, types: Sequence[str] | None = None, limit: int = 5000
    ) -> tuple[tuple[Edge, ...], dict[str, Node]]:
        """The edges of these nodes, and the nodes at their far ends, at most `limit` edges a label."""
        wanted = tuple(types if types is not None else (t.type for t in EDGE_TYPES.values() if t.survey))
        by_label: dict[str, list[str]] = defaultdict(list)
        for key in dict.fromkeys(keys):
            by_label[label_of(key)].append(key)
        edges: dict[tuple[str, str, str], Edge] = {}
        others: dict[str, Node] = {}
        for label, group in by_label.items():
            rows = self._bolt.read(cypher.neighbours(label, wanted), {"keys": group, "limit": limit})
            some = ((r["type"], r["source"], r["target"], r["properties"]) for r in rows)
            edges.update((e.key, e) for e in edges_of(some, self._sheets))
            others.update((n.key, n) for n in nodes_of((r["other"] for r in rows), self._sheets))
        return tuple(edges.values()), others


def _not_surveyed(label: str) -> None:
    if node_type(label).survey:
        raise SchemaError(
            f"{label} 只能由导入写入，不能直接改。", f"{label} is written by a load only, never directly."
        )
