"""A sheet as the reading process hands it over: what it is, and the files that hold its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph_model.text import Text
from loaders.read.arrow import StoredPart
from loaders.read.worksheet import NO_DETAILS, Details


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """One sheet: name, size, the files of its columns, and what stands beside its values.

    `numbers`: by column, the rows (from 1) whose cells are numbers, where that is known from the start.
    `all_numbers`: every cell may be one, as in a text file. `separated`: it is a text file.
    """

    name: str
    hidden: bool
    height: int
    width: int
    parts: Sequence[StoredPart]
    numbers: Mapping[int, Sequence[int]] | None = None
    all_numbers: bool = False
    details: Details = field(default=NO_DETAILS)
    separated: bool = False


def to_json(sheet: StoredSheet) -> dict[str, Any]:
    """The sheet as plain values."""
    details = sheet.details
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "height": sheet.height,
        "width": sheet.width,
        "parts": [[str(p.path), p.width, p.height] for p in sheet.parts],
        "numbers": None if sheet.numbers is None else {str(c): list(r) for c, r in sheet.numbers.items()},
        "all_numbers": sheet.all_numbers,
        "separated": sheet.separated,
        "merged": details.merged,
        "hidden_rows": sorted(details.hidden),
        "faults": [(row, column, text) for (row, column), text in details.faults.items()],
        "private": [(*at, kind.zh, kind.en) for at, kind in details.private_comments.items()],
        "struck": sorted(details.struck),
        "table_sums": sorted(details.table_sums),
    }


def from_json(raw: Mapping[str, Any]) -> StoredSheet:
    """The sheet of what `to_json` gave."""
    numbers = raw["numbers"]
    return StoredSheet(
        raw["name"],
        raw["hidden"],
        raw["height"],
        raw["width"],
        [StoredPart(Path(path), width, height) for path, width, height in raw["parts"]],
        None if numbers is None else {int(column): rows for column, rows in numbers.items()},
        raw["all_numbers"],
        Details(
            tuple((m[0], m[1], m[2], m[3]) for m in raw["merged"]),
            frozenset(raw["hidden_rows"]),
            {(row, column): text for row, column, text in raw["faults"]},
            {(row, column): Text(zh, en) for row, column, zh, en in raw["private"]},
            frozenset(raw["struck"]),
            frozenset(raw["table_sums"]),
        ),
        raw["separated"],
    )
