"""The sheets that things were read from, each with a number, so that a thing keeps one number for its place.

A million members with their ties are three million places, and as text ("党员.csv#党员!7", and the round beside it)
they cost a first load more than they should; see docs/decisions/0015.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from graph_model.graph import Place
from graph_model.schema import node_type
from graph_model.store import cypher
from graph_model.store.driver import BoltDriver, Transaction

Sheet = tuple[str, str, str]
"""(round, file, sheet)."""

ROWS = 10**8
"""A place is its sheet's number times this, and its row: 300000007 is row 7 of sheet 3. No sheet has so many rows."""

_LABEL = "SurveySheet"
_SEEK, _MAKE = cypher.all_by_keys(_LABEL), cypher.create_nodes(_LABEL)


class SheetNumbers:
    """The numbers of sheets while a plan is written; a sheet that is new gets one in the same transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[Sheet, int] = {}

    def learn(self, places: Iterable[Place | None]) -> None:
        """Make sure of the numbers of these places' sheets."""
        wanted = {p[:3] for p in places if p is not None} - self._known.keys()
        turn = 0
        while wanted:  # again only for two sheets of one number, one in billions
            tried = {number_of(sheet, turn): sheet for sheet in sorted(wanted)}
            there = _sheets(self._tx.run(_SEEK, {"keys": [_key(n) for n in tried]}))
            made = {n: sheet for n, sheet in tried.items() if n not in there}
            if made:
                self._tx.run(_MAKE, {"rows": [_row(n, sheet) for n, sheet in made.items()]})
            mine = {sheet: n for n, sheet in tried.items() if there.get(n, sheet) == sheet}
            self._known |= mine
            wanted -= mine.keys()
            turn += 1

    def source(self, place: Place | None) -> int | None:
        """What is stored of a place; its sheet must be learned."""
        if place is None:
            return None
        return self._known[place[:3]] * ROWS + place.row


class SheetReader:
    """What the numbers mean, while things are read: each is asked for once."""

    def __init__(self, bolt: BoltDriver) -> None:
        self._bolt = bolt
        self._known: dict[int, Sheet] = {}

    def learn(self, stored: Iterable[Mapping[str, Any]]) -> None:
        """Make sure of the sheets of these things, given by their stored properties."""
        sources = (s.get("source") for s in stored)
        wanted = {s // ROWS for s in sources if type(s) is int} - self._known.keys()
        if wanted:
            keys = [_key(n) for n in sorted(wanted)]
            self._known |= _sheets(self._bolt.read_all(_SEEK, {"keys": keys}))

    def place(self, stored: Mapping[str, Any]) -> Place | None:
        """Where a thing was read; None where it is not known. Its sheet must be learned."""
        source = stored.get("source")
        if source is None:
            return None
        if type(source) is not int:  # as versions before this one kept it
            return Place.parse(str(stored.get("round", "")), str(source))
        number, row = divmod(source, ROWS)
        sheet = self._known.get(number)
        return Place(*sheet, row) if sheet is not None else None


def number_of(sheet: Sheet, turn: int = 0) -> int:
    """The number that a sheet should have: the same in every store, so that a remembered one is never another's.

    `turn`: 1, 2 ... where another sheet has that number already.
    """
    text = "\x1f".join((*sheet, str(turn)) if turn else sheet)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest()) + 1


def _key(number: int) -> str:
    return f"{node_type(_LABEL).prefix}_{number}"


def _row(number: int, sheet: Sheet) -> dict[str, Any]:
    round_, file, name = sheet
    return {
        "key": _key(number),
        "properties": {"name": name, "round": round_, "file": file, "sheet": name},
    }


def _sheets(rows: Iterable[Mapping[str, Any]]) -> dict[int, Sheet]:
    found = (sheet for row in rows for sheet in row["found"])
    return {int(s["key"].partition("_")[2]): (s["round"], s["file"], s["sheet"]) for s in found}
