"""Freshness marker of the findings: the load version and the hash of the rules they were computed from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from graph_model.coverage.catalogue import Catalogue
from graph_model.coverage.totals import rates_definition
from graph_model.graph import Node, Scalar
from graph_model.profile import Profile
from graph_model.store.load_transaction import revision
from graph_model.store.store import STATE_KEY, Store

_FORM = "areas"
"""What is noted of a gap and of a round: another word has every store note it anew at its next opening."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the findings are: for which load and which rules, and their revision."""

    load: str = ""
    rules: str = ""
    revision: str = ""
    version: int = 0
    round: str | None = None
    failed: tuple[str, ...] = ()


def read_freshness(store: Store) -> Freshness:
    """How far the findings are, in one question."""
    rows = store.ask(
        "MATCH (z:StoreState {key: $key}) RETURN z.refreshed AS refreshed, z.findings AS revision, "
        "z.version AS version, z.round AS round, z.failed AS failed",
        {"key": STATE_KEY},
    ).rows
    if not rows:
        return Freshness()
    load, _, rules = str(rows[0]["refreshed"] or "").partition(" ")
    return Freshness(
        load,
        rules,
        str(rows[0]["revision"] or ""),
        int(rows[0]["version"] or 0),
        rows[0]["round"],
        tuple(str(rows[0]["failed"] or "").split()),
    )


def is_stale(store: Store, catalogue: Catalogue, profile: Profile) -> bool:
    """Whether the findings are not yet those of what the store holds: after a load, or after a crash."""
    return needs_refresh(read_freshness(store), catalogue, profile)


def needs_refresh(now: Freshness, catalogue: Catalogue, profile: Profile) -> bool:
    """Whether findings that stand so are behind the data or the rules, or lack a rule that failed."""
    if now.round is None:
        return False
    return (now.load, now.rules) != (str(now.version), rules_hash(catalogue, profile)) or bool(now.failed)


def rules_hash(catalogue: Catalogue, profile: Profile) -> str:
    """What tells one set of rules and thresholds from another.

    The columns too: the first page of each list is kept with the values of the columns that there were.
    """
    said = [
        _FORM,
        rates_definition(profile),
        *(
            (r.id, r.cypher, sorted(r.parameters(profile, "2000-01").items()), [c.name for c in r.columns])
            for r in catalogue.rules
        ),
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def new_revision(**more: Scalar | None) -> Node:
    """The state node with a new revision of the findings, and more of what it says."""
    said: dict[str, Any] = {"findings": revision(), **more}
    return Node("StoreState", STATE_KEY, said)
