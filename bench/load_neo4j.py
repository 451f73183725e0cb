"""The first load of a survey from CSV into Neo4j, against a bare UNWIND load that validates nothing.

    python bench/load_neo4j.py [MEMBERS [PAIRS [parts]]]

Needs a running `dev/neo4j.py` (NEO4J_DEV_HOME, NEO4J_DEV_BOLT_PORT), which is EMPTIED. Ours reads, validates,
plans and writes in one transaction; the peer reads the same files with csv, makes the same nodes and ties with
the same batch size and indexes, in the usual way: UNWIND, CREATE, SET += of a map, each batch a transaction of
its own and waited for, values as they are written.
Both are run in turn, PAIRS times (3 unless said; an odd number leaves ours in the store), every second pair the
other way round: one run on a machine
with other work says little. Exits with 1 where the median of the pairs is below 0.6 of the peer's rows a second.

One transaction takes the server about 4.3 KiB of heap for each node and tie, and may have 70 % of the heap: a
million members (2.8 million things) did not go into 9.8 GiB, and did with dbms.memory.transaction.total.max and
db.memory.transaction.max at 13500m and a heap of 15g. "parts" writes ours in several transactions of 200,000
things, to see the speed on a machine with less memory; the product never does that.
"""

from __future__ import annotations

import csv
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import neo4j

from bench import stores
from graph_model.keys import KeyMaker
from graph_model.plan import Plan
from graph_model.schema import node_type
from graph_model.store import cypher
from graph_model.store.driver import Address
from graph_model.store.store import BATCH, Store
from loaders.forms.form import Form, read_forms
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest, PreparedLoad

LIMIT = 0.6
Row = dict[str, str]


PART, WARM = 200_000, 100_000


def ours(at: Address, folder: Path, *, parts: bool) -> dict[str, float]:
    """Seconds of each step."""
    with Store.open(at) as store:
        start = time.perf_counter()
        prepared = prepare(
            store, LoadRequest([folder], keys=KeyMaker(b"bench"), round="2006-10", complete=True)
        )
        planned = time.perf_counter()
        if prepared.blocked:
            raise SystemExit(f"the survey has blocking problems: {prepared.reading.problems[:3]}")
        for part in in_parts(prepared) if parts else (prepared,):
            apply(store, replace(part, state=store.state()))
    return {"plan": planned - start, "write": time.perf_counter() - planned}


def in_parts(prepared: PreparedLoad) -> Iterator[PreparedLoad]:
    """A first load cut up; the last part says what all of it comes to."""
    nodes, edges = prepared.plan.added_nodes, prepared.plan.added_edges
    for start in range(0, len(nodes), PART):
        yield replace(prepared, plan=Plan(added_nodes=nodes[start : start + PART]), digest=None)
    for start in range(0, len(edges), PART):
        last = start + PART >= len(edges)
        plan = Plan(added_edges=edges[start : start + PART])
        yield replace(prepared, plan=plan, digest=prepared.digest if last else None)


def peer(at: Address, folder: Path) -> dict[str, float]:
    """Seconds of the bare load."""
    start = time.perf_counter()
    with stores.driver(at) as line, line.session() as session:
        tables = [(form, rows) for form in read_forms() if form.label for rows in _tables(folder, form)]
        keys: dict[str, dict[str, str]] = defaultdict(dict)
        for form, rows in tables:
            _nodes(session, form, rows, keys)
        for form, rows in tables:
            _ties(session, form, rows, keys)
    return {"all": time.perf_counter() - start}


def _tables(folder: Path, form: Form) -> Iterable[list[Row]]:
    for path in sorted(folder.glob("*.csv")):
        if path.stem.partition("-")[0] == form.sheets[0] or path.stem.partition("-")[0] == form.title.zh:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                yield list(csv.DictReader(stream))


def _name(form: Form, row: Row) -> str:
    if form.name_from:
        return form.name_join.join(row.get(h, "") for h in form.name_from) + form.name_suffix
    heading = next(c.heading for c in form.columns if c.property and c.property.name == "name" and not c.on)
    return row[heading]


def _nodes(session: neo4j.Session, form: Form, rows: list[Row], keys: dict[str, dict[str, str]]) -> None:
    label = str(form.label)
    own = [(c.heading, c.property.name) for c in form.columns if c.property and not c.on]
    made: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        key = f"{node_type(label).label}_{len(keys[label])}_{number}"
        row["key"] = keys[label][_name(form, row)] = key
        properties = {name: row[h] for h, name in own if row.get(h)}
        made.append({"key": key, "properties": {"name": _name(form, row), **properties}})
    _send(session, cypher.create_nodes(label), made)


def _ties(session: neo4j.Session, form: Form, rows: list[Row], keys: dict[str, dict[str, str]]) -> None:
    made: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        wanted = [
            (c.tie, c.ends, c.reverse, row[c.heading].split("、"))
            for c in form.columns
            if c.tie and row.get(c.heading)
        ]
        for tie in form.ties:
            wanted.append((tie.type, tie.ends, tie.reverse, [_composed(tie, row)]))
        for type_, ends, reverse, names in wanted:
            properties = {
                c.property.name: row[c.heading]
                for c in form.columns
                if c.on == type_ and c.property and row.get(c.heading)
            }
            for name in names:
                for end in ends:
                    far = keys[end].get(name)
                    if far is not None:
                        between = (end, str(form.label)) if reverse else (str(form.label), end)
                        source, target = (far, row["key"]) if reverse else (row["key"], far)
                        made[type_, *between].append(
                            {"source": source, "target": target, "properties": properties}
                        )
                        break
    for ends, group in made.items():
        _send(session, cypher.create_edges(ends), group)


def _composed(tie: Any, row: Row) -> str:
    return str(tie.name_join.join(row.get(h, "") for h in tie.name_from) + tie.name_suffix)


def _send(session: neo4j.Session, text: str, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        session.run(text, {"rows": rows[start : start + BATCH]}).consume()


def peer_warm(at: Address, folder: Path) -> None:
    """A small bare load first: a server that has just started is slower, and the peer would pay for it alone."""
    from loaders.synth.survey import make_survey

    Store.open(at).close()
    peer(at, make_survey(WARM, 2, folder / "warm", format="csv").folder)


def main(members: int, pairs: int, *, parts: bool) -> int:
    """Both loads into an emptied store, in turn; the ratio of each pair, and whether the limit holds at the median."""
    from loaders.synth.survey import make_survey

    at = stores.address()
    sides = {"peer": peer, "ours": partial(ours, parts=parts)}
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        made = make_survey(members, 1, Path(folder) / "survey", format="csv")
        rows = sum(made.rows.values())
        peer_warm(at, Path(folder))
        for pair in range(pairs):
            seconds = {}
            for name in list(sides)[:: -1 if pair % 2 else 1]:
                stores.empty(at)
                Store.open(at).close()  # the same constraints and indexes for both
                steps = sides[name](at, made.folder)
                seconds[name] = sum(steps.values())
                nodes, ties = stores.counted(at)
                told = ", ".join(f"{step} {each:.1f} s" for step, each in steps.items())
                speed = rows / seconds[name]
                print(
                    f"{speed:8,.0f} rows a second  {name}: {told}; {nodes:,} nodes, {ties:,} ties",
                    flush=True,
                )
            ratios.append(seconds["peer"] / seconds["ours"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory of this process, both sides in turn: {peak:.1f} GiB")
    ratio = statistics.median(ratios)
    each = ", ".join(f"{r:.2f}" for r in ratios)
    print(f"{members:,} members, {rows:,} rows: ratio {ratio:.2f} (the pairs: {each})")
    return int(ratio < LIMIT)


if __name__ == "__main__":
    members, pairs = (
        int(sys.argv[n]) if len(sys.argv) > n else usual for n, usual in ((1, 50_000), (2, 3))
    )
    sys.exit(main(members, pairs, parts="parts" in sys.argv[3:]))
