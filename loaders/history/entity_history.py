"""The history of one entity: which rounds list it, and what each of them changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph_model.errors import InputError
from graph_model.graph import Properties
from graph_model.schema import edge_type
from loaders.history.entity_index import IndexedEntity, IndexedRelationship
from loaders.history.load_log import LoadEntry, seen_in

Standing = Literal["first", "back", "listed", "unmentioned", "absent"]
"""first: listed for the first time. back: again, after it was missing. unmentioned: a partial load did not speak
of it. absent: the round does not list it."""


@dataclass(frozen=True, slots=True)
class RelationshipChange:
    """A tie that changed with a load. `other` is the far end now, `left` the one that a move led away from."""

    part: Literal["added", "removed", "changed", "moved"]
    type: str
    outgoing: bool
    other: str
    left: str | None
    before: Properties
    after: Properties


@dataclass(frozen=True, slots=True)
class EntityVersion:
    """One load, as one thing saw it; `changed` are its properties before and after."""

    round: str
    at: str
    complete: bool
    standing: Standing
    changed: tuple[Properties, Properties] | None = None
    ties: tuple[RelationshipChange, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityHistory:
    """The loads that tell something of a thing, newest first.

    `whole` is False where the thing is older than what is known here.
    """

    loads: tuple[EntityVersion, ...]
    whole: bool


def read_entity_history(data: Path, loads: Sequence[LoadEntry], key: str) -> EntityHistory:
    """What the loads (newest first, see history.lineage) tell of something that the store holds."""
    found: list[EntityVersion] = []
    there, whole = True, False
    for load in loads:
        if load.first:
            if there:
                found.append(_sighting(load, "first", IndexedEntity()))
            whole = True
            break
        try:
            seen = seen_in(data, load, key)
        except InputError:
            break  # what is older cannot be told either
        if seen.added:
            found.append(_sighting(load, "back", seen))
            there = False
        elif seen.gone:
            found.append(_sighting(load, "absent", seen))
            there = True
        elif there:
            spoken = load.complete or seen.stated or seen.changed or seen.ties
            found.append(_sighting(load, "listed" if spoken else "unmentioned", seen))
        else:
            found.append(_sighting(load, "absent", seen))
    while found and found[-1].standing == "absent":
        found.pop()
    if found and not there and found[-1].standing == "back":
        oldest = found.pop()
        found.append(EntityVersion(oldest.round, oldest.at, oldest.complete, "first"))
        whole = True
    return EntityHistory(tuple(found), whole)


def _sighting(load: LoadEntry, standing: Standing, seen: IndexedEntity) -> EntityVersion:
    return EntityVersion(
        load.round, load.at, load.complete, standing, seen.changed, tuple(_tie_changes(seen.ties))
    )


def _tie_changes(ties: Iterable[IndexedRelationship]) -> list[RelationshipChange]:
    """The ties' changes, a move of a single-valued tie once and not as a removal and an addition."""
    left = {t.type: t for t in ties if t.part == "removed" and t.outgoing and edge_type(t.type).single}
    moved = {t.type for t in ties if t.part == "added" and t.outgoing and t.type in left}
    changes = []
    for tie in ties:
        if tie.type in moved and tie.outgoing and tie.part == "added":
            old = left[tie.type]
            changes.append(
                RelationshipChange("moved", tie.type, True, tie.other, old.other, old.before, tie.after)
            )
        elif not (tie.type in moved and tie.outgoing and tie.part == "removed"):
            part: Literal["added", "removed", "changed"] = (
                "added" if tie.part == "added" else "removed" if tie.part == "removed" else "changed"
            )
            changes.append(
                RelationshipChange(part, tie.type, tie.outgoing, tie.other, None, tie.before, tie.after)
            )
    return changes


def names_of_removed(
    data: Path, loads: Sequence[LoadEntry], keys: Iterable[str]
) -> dict[str, tuple[str, Properties]]:
    """(label, properties) of things that the store no longer holds, as they were when a load removed them."""
    wanted = set(keys)
    found: dict[str, tuple[str, Properties]] = {}
    for load in loads:
        if load.first:
            break
        with suppress(InputError):
            seen = {key: seen_in(data, load, key).gone for key in sorted(wanted - found.keys())}
            found.update((key, gone) for key, gone in seen.items() if gone is not None)
    return found
