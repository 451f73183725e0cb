"""Earlier versions of a record, one for each load that changed it, kept with the record itself. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

EARLIER, CHANGED = "earlier", "changed"
"""The two properties: the states before, and the version of the store at which the last change was made."""

_Change = tuple[int, dict[str, Any] | None]
"""A version of the store, and what the first change at it replaced; None where there was no record before."""


def with_earlier_values(
    held: Mapping[str, Any] | None, new: Mapping[str, Any], version: int
) -> dict[str, Any]:
    """What to write beside `new` at a version of the store, so that `values_at` finds what was held before.

    `held`: the record's properties; None where there is no record yet. Later changes at the same version
    (other rules or thresholds, the same data) replace nothing of what was before the first.

    >>> with_earlier_values({"rounds": 1, "owner": "李"}, {"rounds": 2}, 5)
    {'earlier': '[[5,{"rounds":1}]]', 'changed': 5}
    """
    changes = _changes(held or {})
    was: dict[str, Any] | None = None if held is None else {}
    if changes and changes[-1][0] == version:
        was = changes.pop()[1]
    if was is not None and held is not None:
        was = {**{name: held.get(name) for name, value in new.items() if held.get(name) != value}, **was}
    return _said([*changes, (version, was)])


def values_at(held: Mapping[str, Any], version: int) -> dict[str, Any] | None:
    """What to write so that a record is as it was at a version of the store; None where it was not there yet.

    >>> values_at({"rounds": 2, "earlier": '[[5,{"rounds":1}]]', "changed": 5}, 4)
    {'rounds': 1, 'earlier': None, 'changed': None}
    """
    changes = _changes(held)
    since = [was for at, was in changes if at > version]
    if not since:
        return {}
    values: dict[str, Any] = {}
    for was in reversed(since):  # the oldest last: it says what was there first
        if was is None:
            return None
        values |= was
    return {**values, **_said(changes[: len(changes) - len(since)])}


def _changes(held: Mapping[str, Any]) -> list[_Change]:
    return [(int(at), was) for at, was in json.loads(str(held.get(EARLIER, "[]")))]


def _said(changes: list[_Change]) -> dict[str, Any]:
    if not changes:
        return {EARLIER: None, CHANGED: None}
    text = json.dumps(changes, ensure_ascii=False, separators=(",", ":"))
    return {EARLIER: text, CHANGED: changes[-1][0]}
