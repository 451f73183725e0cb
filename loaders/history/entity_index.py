"""What one load changed, thing by thing: a sorted file beside the load, in which one key is found at once.

Made from the plan that undoes the load, so it says what was before and after. A line is a key, a tab, and a
JSON list: ["added"], ["stated"], ["removed", label, properties], ["changed", before, after] or
["tie", part, type, other key, outgoing, before, after]. Of ties, those are listed that something has which
was there before and after the load; what came or went as a whole takes its ties along.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_model.graph import Edge, Properties
from graph_model.plan import Plan
from graph_model.schema.stored_properties import DERIVED_PROPERTIES

FILE = "sightings.tsv"


@dataclass(frozen=True, slots=True)
class IndexedRelationship:
    """A tie that a load added, changed or removed, seen from one of its ends."""

    part: str
    type: str
    other: str
    outgoing: bool
    before: Properties
    after: Properties


@dataclass(frozen=True, slots=True)
class IndexedEntity:
    """What one load did to one thing. All false and empty: nothing.

    `stated`: a partial round mentioned it without changing it. `gone`: (label, properties) of what the load
    removed. `changed`: its properties before and after.
    """

    added: bool = False
    stated: bool = False
    gone: tuple[str, Properties] | None = None
    changed: tuple[Properties, Properties] | None = None
    ties: tuple[IndexedRelationship, ...] = ()


def lines(undo: Plan) -> bytes:
    """The file's content, from the plan that undoes a load."""
    return "".join(sorted(f"{key}\t{_json(what)}\n" for key, what in _rows(undo))).encode()


def _rows(undo: Plan) -> Iterator[tuple[str, list[Any]]]:
    came = {n.key for n in undo.removed_nodes}
    went = {n.key for n in undo.added_nodes}
    for key in came:
        yield key, ["added"]
    for node in undo.added_nodes:
        yield node.key, ["removed", node.label, _said(node.properties)]
    for change in undo.changed_nodes:
        yield change.after.key, ["changed", _said(change.after.properties), _said(change.before.properties)]
    if not undo.complete:
        for node in undo.restated_nodes:
            yield node.key, ["stated"]
    whole = came | went
    for part, before, after in _ties(undo):
        edge = before or after
        if edge is None:
            continue
        said = (_said(before.properties) if before else {}, _said(after.properties) if after else {})
        for end, other, outgoing in ((edge.source, edge.target, True), (edge.target, edge.source, False)):
            if end not in whole:
                yield end, ["tie", part, edge.type, other, outgoing, *said]


def _ties(undo: Plan) -> Iterator[tuple[str, Edge | None, Edge | None]]:
    """(part, before, after) of each tie that the load touched."""
    yield from (("added", None, e) for e in undo.removed_edges)
    yield from (("removed", e, None) for e in undo.added_edges)
    yield from (("changed", c.after, c.before) for c in undo.changed_edges)


def _said(properties: Properties) -> dict[str, Any]:
    return {k: v for k, v in properties.items() if k not in DERIVED_PROPERTIES}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def find(path: Path, key: str) -> IndexedEntity:
    """What the file says of a key. OSError or ValueError where it is missing or damaged."""
    if path.stat().st_size == 0:
        return IndexedEntity()
    wanted = key.encode() + b"\t"
    rows: list[list[Any]] = []
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
        at = _first(text, wanted)
        while text[at : at + len(wanted)] == wanted:
            end = text.find(b"\n", at)
            rows.append(json.loads(text[at + len(wanted) : end]))
            at = end + 1
    try:
        return _seen(rows)
    except (TypeError, LookupError) as error:
        raise ValueError(f"no line of the index: {error}") from error


def find_in(undo: Plan, key: str) -> IndexedEntity:
    """What the index of a load would say of a key, from the plan that undoes it."""
    return _seen([what for at, what in sorted(_rows(undo), key=_json) if at == key])


def _first(text: mmap.mmap, wanted: bytes) -> int:
    """Where the first line stands that is not before the wanted one."""
    low, high = 0, len(text)
    while low < high:
        start = text.rfind(b"\n", 0, (low + high) // 2) + 1
        if text[start : start + len(wanted)] < wanted:
            low = text.find(b"\n", (low + high) // 2) + 1 or len(text)
        else:
            high = start
    return low


def _seen(rows: list[list[Any]]) -> IndexedEntity:
    by_kind: Mapping[str, list[Any]] = {row[0]: row[1:] for row in rows}
    changed, gone = by_kind.get("changed"), by_kind.get("removed")
    return IndexedEntity(
        added="added" in by_kind,
        stated="stated" in by_kind,
        gone=(gone[0], gone[1]) if gone else None,
        changed=(changed[0], changed[1]) if changed else None,
        ties=tuple(IndexedRelationship(*row[1:]) for row in rows if row[0] == "tie"),
    )
