"""One thing through the survey rounds, in words: listed, missing, what changed. Masked; no drawing here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.lookup.provenance_text import loads_of
from explorer.scene.compose import format_value
from explorer.viewer import Viewer
from graph_model.errors import BranchmapError
from graph_model.graph import Properties
from graph_model.schema import edge_type, label_of, node_type
from graph_model.schema.extra_values import EXTRA_PROPERTY
from graph_model.schema.stored_properties import DERIVED_PROPERTIES
from graph_model.schema.types import Property
from loaders.history.entity_history import (
    EntityHistory,
    EntityVersion,
    RelationshipChange,
    names_of_removed,
    read_entity_history,
)
from loaders.history.load_log import LoadEntry

_NAMED = 6  # of what came or went by one kind of tie, so many are named


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """One load: its round, and its statements about the entity, a line each."""

    round: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundsSeen:
    """Newest first; `note` says in words what is not available, where something is not."""

    rounds: tuple[RoundSeen, ...]
    note: str = ""


def rounds_seen(answers: Answers, data: Path, key: str, viewer: Viewer, words: Words) -> RoundsSeen:
    """The statements of each round about an entity of the survey that the store holds."""
    try:
        loads = loads_of(answers, data)
        told = answers.remember(("sightings", data, key), lambda: read_entity_history(data, loads, key))
    except BranchmapError as error:
        return RoundsSeen((), error.for_page.in_(viewer.language))
    called = _Names(answers, data, loads, told, viewer, words)
    several = Counter(load.round for load in told.loads)
    rounds = [
        RoundSeen(load.round, tuple(_lines(load, label_of(key), called, several[load.round] > 1)))
        for load in told.loads
        if several[load.round] == 1 or load.standing != "listed" or load.changed or load.ties
    ]
    return RoundsSeen(tuple(rounds), "" if told.whole else words("seen-older"))


class _Names:
    """What the far ends of the ties are called: asked together, once."""

    def __init__(
        self,
        answers: Answers,
        data: Path,
        loads: Sequence[LoadEntry],
        told: EntityHistory,
        viewer: Viewer,
        words: Words,
    ) -> None:
        self.viewer, self.words = viewer, words
        keys = {k for load in told.loads for tie in load.ties for k in (tie.other, tie.left) if k}
        found = {n.key: (n.label, n.properties) for n in answers.nodes(sorted(keys))}
        self._known = {**names_of_removed(data, loads, keys - found.keys()), **found}

    def __call__(self, key: str) -> str:
        known = self._known.get(key)
        return self.viewer.caption(*known) if known else self.words("seen-gone")

    def some(self, keys: Iterable[str]) -> str:
        """A few of them by name, and how many there are."""
        names = sorted(self(k) for k in keys)
        listed = self.words("list-comma").join(names[:_NAMED])
        return listed if len(names) <= _NAMED else self.words("seen-some", names=listed, count=len(names))


def _lines(load: EntityVersion, label: str, called: _Names, dated: bool) -> Iterator[str]:
    w = called.words
    changes = [*_changes(load, label, called), *_ties(load.ties, called)]
    standing = "changed" if load.standing == "listed" and changes else load.standing
    said = w(f"seen-{standing}")
    yield w("seen-dated", text=said, at=load.at[:10]) if dated else said
    yield from changes


def _changes(load: EntityVersion, label: str, called: _Names) -> Iterator[str]:
    if load.changed is not None:
        yield from _values(node_type(label).properties, *load.changed, called)


def _values(
    declared: Sequence[Property], before: Properties, after: Properties, called: _Names
) -> Iterator[str]:
    w, viewer = called.words, called.viewer
    for prop in declared:
        old, new = before.get(prop.name), after.get(prop.name)
        if old == new or prop.name in DERIVED_PROPERTIES:
            continue
        if prop.name == EXTRA_PROPERTY:
            for named, *texts in viewer.extra_changes(old, new):
                sides = [text or w("seen-empty") for text in texts]
                yield (
                    w("seen-value", heading=named, before=sides[0], after=sides[1])
                    if viewer.names
                    else w("seen-hidden", heading=named)
                )
            continue
        heading = prop.text.in_(viewer.language)
        if prop.sensitive and not viewer.names:
            yield w("seen-hidden", heading=heading)
            continue
        sides = [format_value(prop, side, viewer.language) or w("seen-empty") for side in (old, new)]
        yield w("seen-value", heading=heading, before=sides[0], after=sides[1])


def _ties(ties: Sequence[RelationshipChange], called: _Names) -> Iterator[str]:
    w, language = called.words, called.viewer.language
    grouped: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    for tie in ties:
        declared = edge_type(tie.type)
        text = (declared.text if tie.outgoing else declared.reverse).in_(language)
        if tie.part == "moved" and tie.left:
            yield w("seen-value", heading=text, before=called(tie.left), after=called(tie.other))
        elif tie.part == "changed":
            facts = w("list-semicolon").join(_values(declared.properties, tie.before, tie.after, called))
            yield w("seen-tie", tie=text, names=called(tie.other), facts=facts)
        else:
            grouped[tie.part, text].append(tie.other)
    for (part, text), keys in sorted(grouped.items()):
        yield w(f"seen-{part}", tie=text, names=called.some(keys))
