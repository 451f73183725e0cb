"""Recompute findings and round figures after a load, also after a crash; idempotent."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

from graph_model.coverage.catalogue import Catalogue
from graph_model.errors import StoreBusy
from graph_model.findings.findings import write_findings
from graph_model.findings.freshness import needs_refresh, read_freshness, rules_hash
from graph_model.findings.rule_run import current_hits, run_rules
from graph_model.findings.snapshot import take_snapshot
from graph_model.profile import Profile
from graph_model.progress import Progress
from graph_model.store.store import Store

TRIES = 3
SECONDS = 300.0
"""How long a rule may take here: nobody waits for a page."""


def refresh_findings(
    store: Store,
    catalogue: Catalogue,
    profile: Profile,
    on_progress: Progress | None = None,
    *,
    today: date | None = None,
) -> bool:
    """Bring findings and figures up to what the store holds and the date that counts; False where they are already.

    The date is that of the profile, else that of an example, else `today`.
    False too where another load, or an undo, comes in between: it refreshes the findings itself.

    Called after each load, and whenever a store is opened to be looked at: a load whose process died before
    this is made good then. Rules that failed are tried again, they alone and no longer than any question.
    Safe to call at any time, from several processes too.
    """
    for _ in range(TRIES - 1):
        with suppress(StoreBusy):
            return _refreshed(store, catalogue, profile, on_progress, today or date.today())
    return _refreshed(store, catalogue, profile, on_progress, today or date.today())


def _refreshed(
    store: Store, known: Catalogue, profile: Profile, on_progress: Progress | None, today: date
) -> bool:
    """One try; StoreBusy where another process had the store for too long."""
    before = read_freshness(store)
    day = before.reckoning(profile, today).day
    catalogue = known.in_force(day, todays=profile.todays_norms)
    if not needs_refresh(before, catalogue, profile, day):
        return False
    round_ = next((r for r in store.rounds() if r.name == before.round), None)
    if round_ is None:
        return False
    held = None
    if (before.load, before.rules) == (str(before.version), rules_hash(catalogue, profile, day)):
        held = next(iter(store.nodes([f"d_{round_.name}"])), None)
    again = held is not None and "lists" in held.properties
    asked = replace(
        catalogue, rules=tuple(r for r in catalogue.rules if r.id in before.failed or not again)
    )
    answered = run_rules(
        store,
        asked.rules,
        profile,
        day,
        seconds=None if again else SECONDS,
        on_progress=on_progress,
    )
    off = () if again else (*catalogue.off, *catalogue.waiting)
    now = replace(current_hits(store, answered), stopped=frozenset(r.id for r in off))
    if again and now.failed == frozenset(before.failed):
        return False
    kept = take_snapshot(store, profile, round_.name, day, answered, before=held if again else None)
    try:
        write_findings(
            store, round_, now=now, before=before, rules=rules_hash(catalogue, profile, day), also=[kept]
        )
    except StoreBusy:
        if store.state().version == before.version:
            raise
        return False
    return True
