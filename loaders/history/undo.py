"""Undo the last load in one transaction."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from graph_model.errors import InputError
from graph_model.findings.revert import revert_records
from graph_model.keys import site_keys
from graph_model.plan import Plan
from graph_model.progress import Progress, no_progress
from graph_model.store.driver import Transaction
from graph_model.store.store import Reverted, Round, State, Store, now
from loaders.history.load_journal import commit, settle_history, user, write_entry
from loaders.history.load_log import (
    LoadEntry,
    StateBefore,
    chain_of,
    figures_before,
    read_history,
    undo_plan,
)


@dataclass(frozen=True, slots=True)
class Undo:
    """What undoing the last load would do: the load, and the plan that takes it back."""

    entry: LoadEntry
    plan: Plan
    state: State


def prepare_undo(store: Store, data: Path) -> Undo:
    """The last load that still stands, and the plan that takes it back. Nothing is written.

    InputError where there is none, or where the store's last load was made from another data folder.
    """
    state = store.state()
    entries = {e.load: e for e in read_history(data, store)}
    chain = chain_of(entries, state.load)
    if state.load is not None and not chain:
        raise InputError(
            "最近一次导入不是在本机进行的，不能在此撤销。请到当时导入的电脑上撤销。",
            "The store's last load was made from another data folder, and cannot be undone here. Undo it where "
            "it was made.",
        )
    last = next((e for e in chain if e.standing == "standing"), None)
    if last is None:
        raise InputError("没有可以撤销的导入。", "There is no load to be undone.")
    return Undo(last, undo_plan(data, last), state)


def undo_last(
    store: Store,
    data: Path,
    *,
    undo: Undo | None = None,
    by: str | None = None,
    on_progress: Progress | None = None,
) -> LoadEntry:
    """Take the last load back, in one transaction; returns the load that was undone.

    `undo`: what `prepare_undo` gave and the user saw. StoreBusy where another load came in between.
    """
    settle_history(data, store)
    undo = undo or prepare_undo(store, data)
    store.check_room(undo.plan)
    site = site_keys(data, undo.state.site).fingerprint
    last, before = undo.entry, undo.entry.before
    known = (Round(**before.known),) if before.known else ()
    entry = LoadEntry(
        uuid.uuid4().hex,
        last.round,
        undo.plan.complete,
        by or user(),
        now(),
        StateBefore(undo.state.version, undo.state.round, undo.state.load, None),
        plan=undo.plan.counts(),
        undoes=last.load,
    )
    pending = write_entry(data, entry, Plan(complete=undo.plan.complete))
    figures = figures_before(data, last)
    rounds = {r.name for r in known} | ({before.round} if before.round else set())

    def records(tx: Transaction) -> None:
        revert_records(tx, before.version, undo.state.version + 1, rounds, figures)

    reverted = Reverted(before.round, known, () if known else (last.round,), records)

    def write(load: str) -> State:
        return store.revert(
            undo.plan,
            reverted,
            expected=undo.state,
            site=site,
            on_progress=on_progress,
            load=load,
        )

    commit(data, store, pending, write, on_progress or no_progress)
    return replace(last, standing="undone")
