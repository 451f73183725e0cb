"""Write the history of loads: an entry before a load's transaction, its completion after it or when settled."""

from __future__ import annotations

import getpass
import gzip
import json
import shutil
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graph_model.errors import BranchmapError, InputError, StoreBusy
from graph_model.findings.revert import StoredFigures
from graph_model.findings.round_figures import stored_figures
from graph_model.inverse_plan import plan_lines
from graph_model.plan import Plan
from graph_model.private_file import private_folder, write_private
from graph_model.progress import Progress, ProgressStep
from graph_model.store.store import State, Store, now
from graph_model.text import Text
from loaders.codes.row_codes import Struck
from loaders.forms.answers import NO_ANSWERS, MatchAnswers
from loaders.history import entity_index
from loaders.history.file_archive import archive_file
from loaders.history.load_log import (
    ENTITY_INDEX,
    FIGURES,
    LANDED,
    MANIFEST,
    UNDO,
    LoadEntry,
    StateBefore,
    chain_of,
    entries_of,
    has_landed,
    undo_plan,
)
from loaders.map.column_map import sheet_columns
from loaders.problem_log import count_problems
from loaders.problems import Problem
from loaders.read.file_source import Source
from loaders.reconcile.declared import Difference
from loaders.resolve.aliases import AliasBook
from loaders.survey import RoundSummary


@dataclass(frozen=True, slots=True)
class PendingLoad:
    """A load about to be written: its id, where its history stands, and the load that it was planned after."""

    load: str
    folder: Path
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedLoad:
    """What the history says of a load. `left_out`: the problems whose rows the load leaves out."""

    reading: RoundSummary
    sources: Mapping[str, Source]
    plan: Plan
    undo: Plan
    before: State
    differences: Sequence[Difference]
    aliases: AliasBook
    by: str | None = None
    left_out: Sequence[Problem] = ()
    struck: Struck = "ask"
    answers: MatchAnswers = NO_ANSWERS


def record_pending(data: Path, store: Store, planned: PlannedLoad) -> PendingLoad:
    """Write down a load before its transaction: files, manifest, and the plan that undoes it.

    What an earlier load left to be noted is settled first.

    InputError where a file is not what was read any more.
    """
    settle_history(data, store)
    load, reading, before = uuid.uuid4().hex, planned.reading, planned.before
    files = tuple(archive_file(data, f.name, planned.sources[f.name], f.sha256) for f in reading.files)
    known = next((asdict(r) for r in store.rounds() if r.name == reading.round), None)
    entry = LoadEntry(
        load,
        reading.round,
        planned.plan.complete,
        planned.by or user(),
        now(),
        StateBefore(before.version, before.round, before.load, known),
        files,
        planned.plan.counts(),
        count_problems(p for p in reading.problems if p.blocking),
        count_problems(p for p in reading.problems if not p.blocking),
        tuple(_problem(p) for p in reading.problems),
        tuple(
            _total(d) for d in planned.differences if not d.area or d.declared is not None or d.explanation
        ),
        planned.aliases.answers,
        clean_rows=bool(planned.left_out),
        columns=sheet_columns(reading.counts),
        struck=planned.struck,
        answers=planned.answers,
    )
    rounds = {name for name in (reading.round, before.round) if name is not None}
    return write_entry(data, entry, planned.undo, stored_figures(store, rounds))


def commit(
    data: Path, store: Store, pending: PendingLoad, write: Callable[[str], State], on_progress: Progress
) -> State:
    """Do the transaction, and note that it landed; what was surely refused leaves no trace.

    After any other error the manifest stays: whether it came true, the store says when it answers again.
    StoreBusy says who came first, where that load was made from this data folder.
    """
    try:
        state = write(pending.load)
    except InputError:
        shutil.rmtree(pending.folder, ignore_errors=True)
        raise
    except StoreBusy as error:
        shutil.rmtree(pending.folder, ignore_errors=True)
        first = _came_first(data, store)
        if first is None or first.load == pending.follows:  # nobody did: the store is busy
            raise
        raise _overtaken_by(first) from error
    on_progress(ProgressStep.CONFIRM, 0, 1)
    with suppress(OSError):  # it has landed, full disk or not; whoever reads the history next notes it then
        _mark_committed(pending.folder, state.version)
    on_progress(ProgressStep.CONFIRM, 1, 1)
    return state


def settle_history(data: Path, store: Store) -> None:
    """Note what an earlier program left unsaid: loads that landed before it died, and indexes not yet kept.

    For those who write to the history, and for a start; reading needs it only to be quick, and to know the
    loads after the store was exchanged. A damaged history is left as it is: reading it says so.
    """
    try:
        entries = entries_of(data)
    except InputError:
        return
    for entry in chain_of(entries, store.state().load):
        if not has_landed(data, entry):
            _mark_committed(entry.folder(data), None)
        index = entry.folder(data) / ENTITY_INDEX
        if not (entry.first or entry.undoes or index.exists()):
            with suppress(InputError):  # without its plan it stays without an index; undoing it says so
                write_private(index, entity_index.lines(undo_plan(data, entry)))


def _mark_committed(folder: Path, version: int | None) -> None:
    """Note in a load's folder that it came true. `version`: of the store afterwards, where it is known."""
    write_private(folder / LANDED, json.dumps({"at": now(), "version": version}).encode())


def _came_first(data: Path, store: Store) -> LoadEntry | None:
    """The load that the store is at, where it is known here; asked only to say more of an error."""
    with suppress(BranchmapError):
        return entries_of(data).get(store.state().load or "")
    return None


def _overtaken_by(first: LoadEntry) -> StoreBusy:
    at = first.at[:19].replace("T", " ")
    zh = f"撤销了 {first.round} 的导入" if first.undoes else f"导入了 {first.round}"
    en = f"{'undid the load of' if first.undoes else 'loaded'} {first.round}"
    return StoreBusy(
        f"在您查看变化之后，{first.by} 已于 {at}（国际标准时间）{zh}，数据已改变。未写入任何内容，请重新检查。",
        f"After this plan was made, {first.by} {en} at {at} (UTC), so the data is another one. Nothing was written; "
        "plan again.",
        page=Text(
            f"在您查看变化之后，{first.by} 已{zh}，数据已改变。未写入任何内容，请重新检查。",
            f"After you looked at the changes, {first.by} {en}, so the data is another one. Nothing was written; check "
            "again.",
        ),
    )


def write_entry(
    data: Path, entry: LoadEntry, undo: Plan, figures: StoredFigures | None = None
) -> PendingLoad:
    """Write down a load, with the plan that undoes it and the figures that it may change."""
    folder = private_folder(entry.folder(data))
    packed = gzip.compress("".join(f"{line}\n" for line in plan_lines(undo)).encode(), compresslevel=3)
    write_private(folder / UNDO, packed)
    if figures is not None:
        text = json.dumps(asdict(figures), ensure_ascii=False)
        write_private(folder / FIGURES, gzip.compress(text.encode(), compresslevel=3))
    if not entry.first and not entry.undoes:
        write_private(folder / ENTITY_INDEX, entity_index.lines(undo))
    value = {k: v for k, v in asdict(entry).items() if k != "standing"}
    # Last: a folder without a manifest is none of the history.
    write_private(folder / MANIFEST, json.dumps(value, ensure_ascii=False, indent=1).encode())
    return PendingLoad(entry.load, folder, entry.before.load)


def _problem(found: Problem) -> dict[str, Any]:
    return asdict(found)


def _total(found: Difference) -> dict[str, Any]:
    return {
        "id": found.id,
        "area": found.area,
        "declared": found.declared,
        "found": found.found,
        "difference": found.difference,
        "explanation": found.explanation,
    }


def user() -> str:
    """The user of the system."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in some containers
        return "?"
