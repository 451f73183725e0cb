"""Freshness marker of the findings: the load version and the hash of the rules they were computed from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph_model.coverage.catalogue import Catalogue, Rule
from graph_model.coverage.totals import rates_definition
from graph_model.graph import Node, Scalar
from graph_model.profile import Profile, Reckoning, reckon
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
    own_date: str = ""
    """The date of an example's present round."""

    def reckoning(self, profile: Profile, today: date) -> Reckoning:
        """The date that counts for the present round."""
        return reckon(profile.given, self.own_date, today)


def read_freshness(store: Store) -> Freshness:
    """How far the findings are, in one question."""
    rows = store.ask(
        "MATCH (z:StoreState {key: $key}) OPTIONAL MATCH (d:SurveyRound {key: 'd_' + z.round}) "
        "RETURN z.refreshed AS refreshed, z.findings AS revision, "
        "z.version AS version, z.round AS round, z.failed AS failed, "
        "d.own_date AS own_date",
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
        str(rows[0]["own_date"] or ""),
    )


def is_stale(store: Store, catalogue: Catalogue, profile: Profile) -> bool:
    """Whether the findings are not yet those of what the store holds: after a load, or after a crash."""
    now = read_freshness(store)
    day = now.reckoning(profile, date.today()).day
    return needs_refresh(now, catalogue.in_force(day, todays=profile.todays_norms), profile, day)


def needs_refresh(now: Freshness, catalogue: Catalogue, profile: Profile, day: str) -> bool:
    """Whether findings that stand so are behind the data, the rules or the date, or lack a rule that failed."""
    if now.round is None:
        return False
    rules = rules_hash(catalogue, profile, day)
    return (now.load, now.rules) != (str(now.version), rules) or bool(now.failed)


def rules_hash(catalogue: Catalogue, profile: Profile, day: str) -> str:
    """What tells one set of rules and thresholds from another, and one month of reckoning where a rule asks for it.

    The columns too: the first page of each list is kept with the values of the columns that there were.
    """
    said = [
        _FORM,
        rates_definition(profile),
        *(
            (r.id, r.cypher, sorted(_asked(r, profile, day).items()), [c.name for c in r.columns])
            for r in catalogue.rules
        ),
        # not those that were never switched on: nothing was ever found by them
        sorted(r.id for r in (*catalogue.off, *catalogue.waiting) if r.on),
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _asked(rule: Rule, profile: Profile, day: str) -> dict[str, int]:
    """A rule's parameters; a rule that does not ask for the month is the same in each."""
    return rule.parameters(profile, day if "$now" in rule.cypher else "2000-01")


def new_revision(**more: Scalar | None) -> Node:
    """The state node with a new revision of the findings, and more of what it says."""
    said: dict[str, Any] = {"findings": revision(), **more}
    return Node("StoreState", STATE_KEY, said)
