"""A whole graph into the developers' Neo4j by its bulk import, with the product's own constraints and indexes.

For benchmarks that ask and do not load: `neo4j-admin database import` takes two million members in about a minute.
What was there before is GONE, and the server is stopped and started again.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench import stores
from graph_model.graph import Edge, Graph, Node
from graph_model.schema import label_of
from graph_model.store.store import STATE_KEY, Store

_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}


def fill(graph: Graph, folder: Path, *, heap: str, page_cache: str, round_: str) -> None:
    """Put the graph into the store as the present round; `folder` takes the files for the import."""
    files = [*_node_files(graph, folder), *_edge_files(graph, folder)]
    _server("stop", check=False)
    imported = ("database", "import", "full", "neo4j", "--overwrite-destination", "--id-type=string")
    _server("--heap", "2g", "admin", *imported, *files)
    _server("--heap", heap, "--pagecache", page_cache, "start")
    at = stores.address()
    Store.open(at).close()  # makes constraints and indexes
    with stores.driver(at) as line, line.session() as session:
        session.run("CALL db.awaitIndexes(1800)").consume()
        session.run(
            "MERGE (z:StoreState {key: $key}) SET z.version = 1, z.round = $round, z.name = 'state'\n"
            "MERGE (d:SurveyRound {key: 'd_' + $round}) SET d.name = $round, d.as_of = $round, "
            "d.loaded = '2006-11-01T08:00:00+00:00', d.declared = '{}', d.files = '{}'",
            {"key": STATE_KEY, "round": round_},
        ).consume()


def _server(*arguments: str, check: bool = True) -> None:
    program = [sys.executable, str(stores.ROOT / "dev" / "neo4j.py"), *arguments]
    done = subprocess.run(program, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if check and done.returncode:
        raise SystemExit(f"{' '.join(arguments[:4])} failed:\n{done.stdout[-2000:]}")


def _node_files(graph: Graph, folder: Path) -> Iterable[str]:
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes.values():
        groups[node.label].append(node)
    for label, nodes in groups.items():
        path = folder / f"{label}.csv"
        _write(path, ["key:ID"], (([n.key], _said(n)) for n in nodes), _columns(map(_said, nodes)))
        yield f"--nodes={label}={path}"


def _edge_files(graph: Graph, folder: Path) -> Iterable[str]:
    groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in graph.edges.values():
        groups[edge.type, label_of(edge.source), label_of(edge.target)].append(edge)
    for ends, edges in groups.items():
        path = folder / f"{'-'.join(ends)}.csv"
        rows = (([e.source, e.target], _said(e)) for e in edges)
        _write(path, [":START_ID", ":END_ID"], rows, _columns(map(_said, edges)))
        yield f"--relationships={ends[0]}={path}"


def _said(thing: Node | Edge) -> dict[str, Any]:
    """What a load would store of it."""
    place = thing.place
    return {**thing.properties, **({"round": place.round, "source": place.source()} if place else {})}


def _columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {name: _TYPES[type(value)] for row in rows for name, value in row.items()}


def _write(
    path: Path,
    ids: list[str],
    rows: Iterable[tuple[list[str], Mapping[str, Any]]],
    columns: Mapping[str, str],
) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*ids, *(f"{name}:{type_}" for name, type_ in columns.items())])
        for keys, said in rows:
            writer.writerow([*keys, *(_cell(said.get(name)) for name in columns)])


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
