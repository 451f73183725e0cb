"""The history of loads: what each stated and changed, and how it stands now.

Beside the files that a load was read from, each has a folder rounds/<round>/<load>/ in the data folder: a
manifest and the plan that undoes it, written before the transaction, and a note that it landed, written
after. When the program dies in between, the store's State.load says which of the manifests came true: each
names the load that it followed, so the store's load and those before it are one chain. Only
`load_journal.settle_history` writes that down.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from graph_model.errors import InputError
from graph_model.findings.revert import StoredFigures
from graph_model.inverse_plan import read_plan
from graph_model.plan import Plan
from graph_model.store.load_transaction import round_after
from graph_model.store.store import Store
from loaders.codes.row_codes import Struck
from loaders.forms.answers import NO_ANSWERS, MatchAnswers, answers_of
from loaders.history import entity_index
from loaders.history.file_archive import FOLDER, ArchivedFile
from loaders.map.column_map import SheetColumns
from loaders.resolve.aliases import AliasAnswer

Standing = Literal["standing", "undone", "undo", "not applied"]
"""standing: in force, or replaced by a later round. undo: it took another load back."""

MANIFEST, UNDO, LANDED = "manifest.json", "undo.jsonl.gz", "applied.json"
FIGURES = "figures.json.gz"
ENTITY_INDEX = entity_index.FILE


@dataclass(frozen=True, slots=True)
class StateBefore:
    """What the store was at before a load: its state, and what it remembered of the same round."""

    version: int
    round: str | None
    load: str | None
    known: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class LoadEntry:
    """One load of the history. `undoes`: the load that it took back; `problems`: every one that it had.

    `clean_rows`: the rows of its blocking problems were left out, as the user chose. `columns`: where the
    headings stood in its sheets. `struck`: what became of rows that were struck through. `answers`: how
    foreign sheets and words were read.
    """

    load: str
    round: str
    complete: bool
    by: str
    at: str
    before: StateBefore
    files: tuple[ArchivedFile, ...] = ()
    plan: Mapping[str, Mapping[str, int]] | None = None
    blocking: int = 0
    warnings: int = 0
    problems: tuple[Mapping[str, Any], ...] = ()
    totals: tuple[Mapping[str, Any], ...] = ()
    aliases: tuple[AliasAnswer, ...] = ()
    undoes: str | None = None
    clean_rows: bool = False
    columns: tuple[SheetColumns, ...] = ()
    struck: Struck = "ask"
    answers: MatchAnswers = NO_ANSWERS
    standing: Standing = "not applied"

    def folder(self, data: Path) -> Path:
        """Where its part of the history stands."""
        return folder_of(data, self.round, self.load)

    @property
    def led_to(self) -> str:
        """The round that the store was at after it: not its own, where it was a late part of an older one."""
        return round_after(self.round, self.before.round, complete=self.complete)

    @property
    def first(self) -> bool:
        """Was the store empty before: then all that it holds came with this load."""
        return self.before.round is None


def read_history(data: Path, store: Store) -> tuple[LoadEntry, ...]:
    """Every load that was begun, newest first, each with how it stands now. Nothing is written."""
    entries = entries_of(data)
    return tuple(reversed(entries_with_status(data, entries, chain_of(entries, store.state().load))))


def lineage(data: Path, store: Store) -> tuple[LoadEntry, ...]:
    """The loads in force that led to what the store holds, newest first, as far back as they are known here."""
    entries = {e.load: e for e in read_history(data, store)}
    return tuple(e for e in chain_of(entries, store.state().load) if e.standing == "standing")


def last_load_of_round(data: Path, round: str, load: str | None) -> LoadEntry | None:
    """The last load of a round that stands, known here; None where there is none. `load`: where the store is."""
    entries = entries_of(data, round)
    every = entries_with_status(data, entries, chain_of(entries, load))
    return next((e for e in reversed(every) if e.standing == "standing"), None)


def seen_in(data: Path, entry: LoadEntry, key: str) -> entity_index.IndexedEntity:
    """What a load did to one thing; InputError where what was kept of it is missing or damaged.

    Of the load that filled an empty store nothing is kept: it added all that it holds.
    """
    try:
        return entity_index.find(entry.folder(data) / ENTITY_INDEX, key)
    except (OSError, ValueError):  # kept by an older version, or damaged: the undoing plan says the same
        return entity_index.find_in(undo_plan(data, entry), key)


def entries_with_status(
    data: Path, entries: Mapping[str, LoadEntry], chain: Iterable[LoadEntry] = ()
) -> list[LoadEntry]:
    """Every load with how it stands, oldest first. `chain`: loads that landed, as the store says."""
    landed = {e.load for e in chain} | {e.load for e in entries.values() if has_landed(data, e)}
    undone = {e.undoes for e in entries.values() if e.undoes and e.load in landed}

    def state(entry: LoadEntry) -> Standing:
        if entry.load not in landed:
            return "not applied"
        if entry.undoes:
            return "undo"
        return "undone" if entry.load in undone else "standing"

    return sorted((replace(e, standing=state(e)) for e in entries.values()), key=_when)


def _when(entry: LoadEntry) -> tuple[int, str, str]:
    return entry.before.version, entry.at, entry.load


def chain_of(entries: Mapping[str, LoadEntry], load: str | None) -> list[LoadEntry]:
    """The loads that led to the store's present one, newest first, as far as they are known here."""
    chain: list[LoadEntry] = []
    while load is not None and load in entries and len(chain) <= len(entries):
        chain.append(entries[load])
        load = entries[load].before.load
    return chain


def folder_of(data: Path, round: str, load: str) -> Path:
    """Where a load's part of the history stands."""
    return data / FOLDER / round / load


def has_landed(data: Path, entry: LoadEntry) -> bool:
    """Whether it was noted that a load came true."""
    return (entry.folder(data) / LANDED).exists()


def entries_of(data: Path, round: str = "*") -> dict[str, LoadEntry]:
    """Every load that was begun, or those of one round, by its id; InputError where one is damaged."""
    found = (data / FOLDER).glob(f"{round}/*/{MANIFEST}")
    entries = [_read(path) for path in sorted(found)]
    return {e.load: e for e in entries}


def _read(path: Path) -> LoadEntry:
    try:
        value = json.loads(path.read_text("utf-8"))
        return LoadEntry(
            **{
                **value,
                "before": StateBefore(**value["before"]),
                "files": tuple(ArchivedFile(**f) for f in value["files"]),
                "problems": tuple(value["problems"]),
                "totals": tuple(value["totals"]),
                "aliases": tuple(AliasAnswer(*a) for a in value["aliases"]),
                "columns": tuple(SheetColumns.of(c) for c in value.get("columns", ())),
                "answers": answers_of(value.get("answers", {})),
            }
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"导入记录 {path} 已损坏；请从备份恢复",
            f"the history {path} is damaged; restore it from a backup",
        ) from error


def undo_plan(data: Path, entry: LoadEntry) -> Plan:
    """The plan that takes a load back; InputError where it is missing or damaged."""
    try:
        with gzip.open(entry.folder(data) / UNDO, "rt", encoding="utf-8") as lines:
            return read_plan(lines)
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise InputError(
            f"撤销 {entry.round} 所需的记录已缺失或损坏；请从备份恢复，或重新导入上一批。",
            f"What is needed to undo {entry.round} is missing or damaged; restore it from a backup, or load the "
            "round before again.",
        ) from error


def figures_before(data: Path, entry: LoadEntry) -> StoredFigures | None:
    """What was kept with the rounds concerned before a load; None where that is not known, as of older loads."""
    try:
        return StoredFigures(**json.loads(gzip.decompress((entry.folder(data) / FIGURES).read_bytes())))
    except (OSError, ValueError, TypeError, EOFError, zlib.error):
        return None
