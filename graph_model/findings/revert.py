"""Revert what a load changed beside survey data: the history of gaps, the kept figures, the freshness marker."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from graph_model.findings.record_versions import CHANGED, values_at
from graph_model.schema import node_type
from graph_model.store import cypher
from graph_model.store.batches import BATCH
from graph_model.store.driver import Transaction
from graph_model.store.load_transaction import STATE_KEY, revision

UNDONE = "undone"
"""What `present` of a finding says when the only load that saw it was undone, and people had arranged something."""

EDITABLE = ("owner", "due", "note", "state", "accepted_until", "accepted_reason")
"""What people write of a finding. Everything else of it is what the rounds say."""

KEPT = ("figures", "companies", "parts", "lists")
"""What is kept with a round when its figures were worked out."""

_ABOUT = ("name", "rule", "subject")
_READ = f"MATCH (f:Finding) WHERE f.{CHANGED} > $version RETURN properties(f) AS said"
_STATE = "MATCH (z:StoreState {key: $key}) RETURN properties(z) AS said"


@dataclass(frozen=True, slots=True)
class StoredFigures:
    """What was kept with some rounds before a load.

    `mark`: freshness marker, the load and rules for which they were computed.
    """

    mark: str
    rounds: Mapping[str, Mapping[str, str]]


def revert_records(
    tx: Transaction, version: int, now: int, rounds: Collection[str], figures: StoredFigures | None
) -> None:
    """Findings, figures and mark as they were at `version`, the store being at `now` from here on.

    `rounds`: those whose figures the load may have changed. Where it is not known what they were (`figures` is
    None), none are kept, and they are worked out again. What people arranged is never touched.
    """
    _findings(tx, version)
    was = figures.rounds if figures else {}
    rows = [
        {"key": f"d_{name}", "properties": {p: was.get(name, {}).get(p) for p in KEPT}} for name in rounds
    ]
    tx.run(cypher.change_nodes("SurveyRound"), {"rows": rows})
    _mark(tx, version, now, figures.mark if figures else "")


def _findings(tx: Transaction, version: int) -> None:
    changed: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for row in tx.run(_READ, {"version": version}):
        said = row["said"]
        values = values_at(said, version)
        if values is None and not any(said.get(name) for name in EDITABLE):
            gone.append({"key": said["key"]})
        else:
            changed.append({"key": said["key"], "properties": _waiting() if values is None else values})
    for text, rows in (
        (cypher.change_nodes("Finding"), changed),
        (cypher.remove_nodes("Finding"), gone),
    ):
        for start in range(0, len(rows), BATCH):
            tx.run(text, {"rows": rows[start : start + BATCH]})


def _waiting() -> dict[str, Any]:
    """A finding that was not there, of which only what people arranged is left until the gap is seen again."""
    names = (p.name for p in node_type("Finding").properties)
    return {**{n: None for n in names if n not in (*_ABOUT, *EDITABLE)}, "present": UNDONE}


def _mark(tx: Transaction, version: int, now: int, kept_at: str) -> None:
    """Nothing is left to recompute where all was computed at that version, and is restored."""
    said = tx.run(_STATE, {"key": STATE_KEY})[0]["said"]
    values = values_at(said, version) or {}
    mark = str({**said, **values}.get("refreshed") or "")
    load, _, rules = mark.partition(" ")
    done = mark == kept_at and load == str(version)
    values |= {"findings": revision(), "refreshed": f"{now} {rules}" if done else None}
    tx.run(cypher.change_nodes("StoreState"), {"rows": [{"key": STATE_KEY, "properties": values}]})
