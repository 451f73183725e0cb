"""Match things of a round with stored ones that have another key, and rows that mean the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graph_model.graph import Node
from loaders.map.records import Record
from loaders.resolve.references import OUTSIDE, NameIndex

Identity = tuple[str, ...]


class EntityGroup(NamedTuple):
    """The things of a label: what identifies each, the key of that, and the rows that speak of it.

    `searched`: the search text of each name.
    """

    label: str
    identities: Sequence[Identity]
    keys: Sequence[str]
    rows: Sequence[list[Record]]
    searched: Mapping[str, str]


def with_stored_keys(things: EntityGroup, stored: Mapping[str, Node], known: NameIndex) -> EntityGroup:
    """The things by the keys under which they are stored.

    `stored`: nodes by key. A partial workbook may leave out a number, or bring the first one: it is still the
    same thing. The order of the rows does not matter: what two of them could be, and what they have different
    numbers for, is neither.
    """
    wanted = [
        _stored_key(key, things.label, rows, known) if key not in stored and needs_name(rows) else key
        for key, rows in zip(things.keys, things.rows, strict=True)
    ]
    claims = Counter(new for new, key in zip(wanted, things.keys, strict=True) if new != key)
    keys = [new if claims[new] < 2 else key for new, key in zip(wanted, things.keys, strict=True)]
    return merge_same_keys(things, keys)


def merge_same_keys(things: EntityGroup, keys: Sequence[str]) -> EntityGroup:
    """The things by these keys; those that have one key are one thing."""
    at: dict[str, int] = {}
    identities: list[Identity] = []
    rows: list[list[Record]] = []
    for identity, key, those in zip(things.identities, keys, things.rows, strict=True):
        if key in at:
            rows[at[key]] = [*rows[at[key]], *those]
        else:
            at[key] = len(rows)
            identities.append(identity)
            rows.append(those)
    return things._replace(identities=identities, keys=list(at), rows=rows)


def needs_name(rows: Sequence[Record]) -> bool:
    """Is it one of the things that their name alone identifies."""
    return rows[0].layout.form.identity[-1] == ("name",) and rows[0].properties.get("kind") != OUTSIDE


def same_name(label: str, rows: Sequence[Record], known: NameIndex) -> Sequence[str]:
    """The keys of what the store holds under the name of a thing."""
    return known.before[label].get(known.canonical(label, str(rows[0].properties["name"])), [])


def _stored_key(key: str, label: str, rows: Sequence[Record], known: NameIndex) -> str:
    """The key of what the store holds under the same name, where a number alone makes the difference."""
    same = same_name(label, rows, known)
    if len(same) != 1:
        return key
    numbers = {str(r.properties["number"]) for r in rows if "number" in r.properties}
    numbers |= {known.number_of[same[0]]} if same[0] in known.number_of else set()
    return same[0] if len(numbers) < 2 else key
