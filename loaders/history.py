"""The history of loads: what each said and changed, undoing the last one, rebuilding and comparing rounds.

Beside the files that a load was read from, each has a folder rounds/<round>/<load>/ in the data folder: a
manifest and the plan that undoes it, written before the transaction, and a note that it landed, written
after. When the program dies in between, the store's State.load says which of the manifests came true: each
names the load that it followed, so the store's load and those before it are one chain.
"""

from __future__ import annotations

import getpass
import gzip
import json
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from graph_model.errors import InputError, StoreBusy
from graph_model.graph import Graph
from graph_model.inverse import applied, plan_lines, read_plan
from graph_model.plan import Plan, make_plan
from graph_model.secret import fingerprint, site_secret
from graph_model.store import Progress, Round, State, Store, now
from loaders import sighting_index
from loaders.aliases import AliasBook, Answer
from loaders.columns import SheetColumns, sheet_columns
from loaders.kept_files import FOLDER, KeptFile, Source, keep, private_folder, restore, write_private
from loaders.problems import Problem
from loaders.reconcile import Difference
from loaders.round import Said, read_round

Standing = Literal["standing", "undone", "undo", "not applied"]
"""standing: in force, or replaced by a later round. undo: it took another load back."""

_MANIFEST, _UNDO, _LANDED = "manifest.json", "undo.jsonl.gz", "applied.json"
_SEEN = sighting_index.FILE


@dataclass(frozen=True, slots=True)
class Before:
    """What the store was at before a load: its state, and what it remembered of the same round."""

    version: int
    round: str | None
    load: str | None
    known: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One load of the history. `undoes`: the load that it took back; `problems`: every one that it had.

    `clean_rows`: the rows of its blocking problems were left out, as the user chose. `columns`: where the
    headings stood in its sheets.
    """

    load: str
    round: str
    complete: bool
    by: str
    at: str
    before: Before
    files: tuple[KeptFile, ...] = ()
    plan: Mapping[str, Mapping[str, int]] | None = None
    blocking: int = 0
    warnings: int = 0
    problems: tuple[Mapping[str, Any], ...] = ()
    totals: tuple[Mapping[str, Any], ...] = ()
    aliases: tuple[Answer, ...] = ()
    undoes: str | None = None
    clean_rows: bool = False
    columns: tuple[SheetColumns, ...] = ()
    standing: Standing = "not applied"

    @property
    def first(self) -> bool:
        """Was the store empty before: then all that it holds came with this load."""
        return self.before.round is None


# --- writing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pending:
    """A load about to be written: its id, and where its history stands."""

    load: str
    folder: Path


def begin(
    data: Path,
    store: Store,
    reading: Said,
    sources: Mapping[str, Source],
    *,
    plan: Plan,
    undo: Plan,
    before: State,
    differences: Sequence[Difference],
    aliases: AliasBook,
    by: str | None = None,
    left_out: Sequence[Problem] = (),
) -> Pending:
    """Write down a load before its transaction: files, manifest, and the plan that undoes it.

    `left_out`: the problems whose rows the load leaves out. InputError where a file is not what was read any
    more.
    """
    load = uuid.uuid4().hex
    files = tuple(keep(data, f.name, sources[f.name], f.sha256) for f in reading.files)
    known = next((asdict(r) for r in store.rounds() if r.name == reading.round), None)
    entry = Entry(
        load,
        reading.round,
        plan.complete,
        by or _user(),
        now(),
        Before(before.version, before.round, before.load, known),
        files,
        plan.counts(),
        sum(p.blocking for p in reading.problems),
        sum(not p.blocking for p in reading.problems),
        tuple(_problem(p) for p in reading.problems),
        tuple(_total(d) for d in differences if not d.area or d.declared is not None or d.explanation),
        aliases.answers,
        clean_rows=bool(left_out),
        columns=sheet_columns(reading.counts),
    )
    return _write(data, entry, undo)


def land(pending: Pending, write: Callable[[str], State], told: Progress) -> State:
    """Do the transaction, and note that it landed; what was surely refused leaves no trace.

    After any other error the manifest stays: whether it came true, the store says when it answers again.
    """
    try:
        state = write(pending.load)
    except (StoreBusy, InputError):
        shutil.rmtree(pending.folder, ignore_errors=True)
        raise
    told("confirm", 0, 1)
    _note(pending.folder, state.version)
    told("confirm", 1, 1)
    return state


def _write(data: Path, entry: Entry, undo: Plan) -> Pending:
    folder = private_folder(_folder(data, entry))
    packed = gzip.compress("".join(f"{line}\n" for line in plan_lines(undo)).encode(), compresslevel=3)
    write_private(folder / _UNDO, packed)
    if not entry.first and not entry.undoes:
        write_private(folder / _SEEN, sighting_index.lines(undo))
    value = {k: v for k, v in asdict(entry).items() if k != "standing"}
    # Last: a folder without a manifest is none of the history.
    write_private(folder / _MANIFEST, json.dumps(value, ensure_ascii=False, indent=1).encode())
    return Pending(entry.load, folder)


def _note(folder: Path, version: int | None) -> None:
    write_private(folder / _LANDED, json.dumps({"at": now(), "version": version}).encode())


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


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in some containers
        return "?"


# --- reading -------------------------------------------------------------------------------------


def history(data: Path, store: Store) -> tuple[Entry, ...]:
    """Every load that was begun, newest first, each with how it stands now.

    A load that landed although the program died before it could be noted is noted now.
    """
    entries = _read_all(data)
    chain = _chain(entries, store.state().load)
    for entry in chain:
        folder = _folder(data, entry)
        if not (folder / _LANDED).exists():
            _note(folder, None)
    landed = {e.load for e in chain} | {e.load for e in entries.values() if _has_landed(data, e)}
    return tuple(sorted(_standing(entries.values(), landed), key=_when, reverse=True))


def lineage(data: Path, store: Store) -> tuple[Entry, ...]:
    """The loads in force that led to what the store holds, newest first, as far back as they are known here."""
    entries = {e.load: e for e in history(data, store)}
    return tuple(e for e in _chain(entries, store.state().load) if e.standing == "standing")


def seen_in(data: Path, entry: Entry, key: str) -> sighting_index.Seen:
    """What a load did to one thing; InputError where what was kept of it is missing or damaged.

    Of the load that filled an empty store nothing is kept: it added all that it holds.
    """
    path = _folder(data, entry) / _SEEN
    try:
        return sighting_index.find(path, key)
    except (OSError, ValueError):  # kept by an older version, or damaged: the undoing plan says the same
        write_private(path, sighting_index.lines(_undo_plan(data, entry)))
        return sighting_index.find(path, key)


def _when(entry: Entry) -> tuple[int, str, str]:
    return entry.before.version, entry.at, entry.load


def _standing(entries: Iterable[Entry], landed: set[str]) -> list[Entry]:
    known = list(entries)
    undone = {e.undoes for e in known if e.undoes and e.load in landed}

    def state(entry: Entry) -> Standing:
        if entry.load not in landed:
            return "not applied"
        if entry.undoes:
            return "undo"
        return "undone" if entry.load in undone else "standing"

    return [replace(e, standing=state(e)) for e in known]


def _chain(entries: Mapping[str, Entry], load: str | None) -> list[Entry]:
    """The loads that led to the store's present one, newest first, as far as they are known here."""
    chain: list[Entry] = []
    while load is not None and load in entries and len(chain) <= len(entries):
        chain.append(entries[load])
        load = entries[load].before.load
    return chain


def folder_of(data: Path, round: str, load: str) -> Path:
    """Where a load's part of the history stands."""
    return data / FOLDER / round / load


def _folder(data: Path, entry: Entry) -> Path:
    return folder_of(data, entry.round, entry.load)


def _has_landed(data: Path, entry: Entry) -> bool:
    return (_folder(data, entry) / _LANDED).exists()


def _read_all(data: Path) -> dict[str, Entry]:
    found = (data / FOLDER).glob(f"*/*/{_MANIFEST}")
    entries = [_read(path) for path in sorted(found)]
    return {e.load: e for e in entries}


def _read(path: Path) -> Entry:
    try:
        value = json.loads(path.read_text("utf-8"))
        return Entry(
            **{
                **value,
                "before": Before(**value["before"]),
                "files": tuple(KeptFile(**f) for f in value["files"]),
                "problems": tuple(value["problems"]),
                "totals": tuple(value["totals"]),
                "aliases": tuple(Answer(*a) for a in value["aliases"]),
                "columns": tuple(SheetColumns.of(c) for c in value.get("columns", ())),
            }
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"导入记录 {path} 已损坏；请从备份恢复",
            f"the history {path} is damaged; restore it from a backup",
        ) from error


# --- undoing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Undo:
    """What undoing the last load would do: the load, and the plan that takes it back."""

    entry: Entry
    plan: Plan
    state: State


def prepare_undo(store: Store, data: Path) -> Undo:
    """The last load that still stands, and the plan that takes it back. Nothing is written.

    InputError where there is none, or where the store's last load was made from another data folder.
    """
    state = store.state()
    entries = {e.load: e for e in history(data, store)}
    chain = _chain(entries, state.load)
    if state.load is not None and not chain:
        raise InputError(
            "数据库中最近一次导入不是从这个数据文件夹做的，不能在这里撤销。请到当时导入的电脑上撤销。",
            "The store's last load was made from another data folder, and cannot be undone here. Undo it where "
            "it was made.",
        )
    last = next((e for e in chain if e.standing == "standing"), None)
    if last is None:
        raise InputError("没有可以撤销的导入。", "There is no load to be undone.")
    return Undo(last, _undo_plan(data, last), state)


def _undo_plan(data: Path, entry: Entry) -> Plan:
    try:
        with gzip.open(_folder(data, entry) / _UNDO, "rt", encoding="utf-8") as lines:
            return read_plan(lines)
    except (OSError, ValueError, EOFError) as error:
        raise InputError(
            f"撤销 {entry.round} 所需的记录已缺失或损坏；请从备份恢复，或重新导入上一批。",
            f"What is needed to undo {entry.round} is missing or damaged; restore it from a backup, or load the "
            "round before again.",
        ) from error


def undo_last(
    store: Store,
    data: Path,
    *,
    undo: Undo | None = None,
    by: str | None = None,
    on_progress: Progress | None = None,
) -> Entry:
    """Take the last load back, in one transaction; returns the load that was undone.

    `undo`: what `prepare_undo` gave and the user saw. StoreBusy where another load came in between.
    """
    undo = undo or prepare_undo(store, data)
    last, before = undo.entry, undo.entry.before
    known = [Round(**before.known)] if before.known else []
    entry = Entry(
        uuid.uuid4().hex,
        last.round,
        undo.plan.complete,
        by or _user(),
        now(),
        Before(undo.state.version, undo.state.round, undo.state.load, None),
        plan=undo.plan.counts(),
        undoes=last.load,
    )
    pending = _write(data, entry, Plan(complete=undo.plan.complete))
    site = fingerprint(site_secret(data))

    def write(load: str) -> State:
        return store.take_back(
            undo.plan,
            round=before.round,
            restored=known,
            forgotten=() if known else (last.round,),
            expected=undo.state,
            site=site,
            on_progress=on_progress,
            load=load,
        )

    land(pending, write, on_progress or (lambda _what, _done, _of: None))
    return replace(last, standing="undone")


# --- rebuilding ----------------------------------------------------------------------------------


def rebuild(data: Path, round: str) -> Graph:
    """The graph as it was after the last load of a round, from the kept files; no store is asked.

    A partial load changes what was there before it, so the loads since the last complete one are read
    again, in their order. InputError where the round is not in the history, or a file is missing.
    """
    entries = _read_all(data)
    landed = {e.load for e in entries.values() if _has_landed(data, e)}
    standing = sorted(
        (e for e in _standing(entries.values(), landed) if e.standing == "standing"), key=_when
    )
    last = max((n for n, e in enumerate(standing) if e.round == round), default=None)
    if last is None:
        rounds = "、".join(sorted({e.round for e in standing})) or "—"
        raise InputError(
            f"历史中没有批次 {round}；有：{rounds}",
            f"the history has no round {round}; there are: {rounds}",
        )
    first = max((n for n in range(last + 1) if standing[n].complete), default=0)
    needed = standing[first : last + 1]
    _check_whole(needed, entries)
    secret = site_secret(data)
    graph = Graph.of()
    for entry in needed:
        # In the data folder, not in a place that others can read.
        with tempfile.TemporaryDirectory(dir=private_folder(data / FOLDER), prefix=".again-") as folder:
            restore(data, entry.files, Path(folder))
            reading = read_round(
                [Path(folder)],
                secret=secret,
                round=entry.round,
                aliases=AliasBook(entry.aliases),
                known=None if entry.complete else graph,
            )
        graph = applied(make_plan(reading.graph, graph, complete=entry.complete), graph)
    return graph


def _check_whole(needed: Sequence[Entry], entries: Mapping[str, Entry]) -> None:
    """Refuse to rebuild from partial loads of which one was made elsewhere, and is not known here."""
    first = needed[0]
    if not first.complete and first.before.load is not None:
        raise _elsewhere(first.round)
    for before, after in pairwise(needed):
        load = after.before.load
        while load is not None and load != before.load and load in entries:
            load = entries[load].before.load
        if load != before.load and not after.complete:
            raise _elsewhere(after.round)


def _elsewhere(round: str) -> InputError:
    return InputError(
        f"{round} 之前有从别处做的导入，这里没有它的文件，无法重建。",
        f"A load before {round} was made elsewhere; its files are not here, so it cannot be rebuilt.",
    )


def compare(before: Graph, after: Graph) -> Plan:
    """What changed from one round to another: added, changed and removed."""
    return make_plan(after, before, complete=True)
