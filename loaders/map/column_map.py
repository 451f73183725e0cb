"""Record where each heading of a load's sheets stood, so that a value can be traced to its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_model.graph import Place
from loaders.forms.form import Form, read_forms
from loaders.map.read_files import SheetCount
from loaders.problems import address

Sheets = tuple[tuple[str, str], ...]
"""(file, sheet) of each."""


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """A form, the column of each of its headings (from 0), and the sheets in which it is so.

    `apart`: further columns that may name people: of extra values, of further things of a row.
    """

    form: str
    columns: tuple[tuple[str, int], ...]
    sheets: Sheets
    apart: tuple[int, ...] = ()

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> SheetColumns:
        """The value behind its JSON form; KeyError and TypeError for what is none."""
        return cls(
            value["form"],
            tuple((heading, at) for heading, at in value["columns"]),
            tuple((file, sheet) for file, sheet in value["sheets"]),
            tuple(value.get("apart", ())),
        )


def sheet_columns(counts: Iterable[SheetCount]) -> tuple[SheetColumns, ...]:
    """The columns of the recognised sheets; sheets that are laid out alike share one value."""
    found: dict[tuple[str, tuple[tuple[str, int], ...], tuple[int, ...]], list[tuple[str, str]]] = {}
    for count in counts:
        columns = tuple(sorted(count.columns.items(), key=lambda c: c[1]))
        found.setdefault((count.form, columns, count.apart), []).append((count.file, count.sheet))
    return tuple(
        SheetColumns(form, columns, tuple(sheets), apart)
        for (form, columns, apart), sheets in found.items()
    )


@dataclass(frozen=True, slots=True)
class CellMap:
    """The cells of a row: the whole of it as a range, by property of the row's thing, and by type of tie."""

    row: str
    properties: Mapping[str, str]
    ties: Mapping[str, str]


def cell_map(known: Iterable[SheetColumns], place: Place) -> CellMap | None:
    """The cells of the row at a place; None where the sheet's columns are not known."""
    at = (place.file, place.sheet)
    one = next((k for k in known if at in k.sheets), None)
    form = next((f for f in read_forms() if one and f.id == one.form), None)
    if one is None or form is None or not one.columns:
        return None
    columns = dict(one.columns)
    first, last = address(min(columns.values()), place.row), address(max(columns.values()), place.row)
    return CellMap(
        first if first == last else f"{first}:{last}",
        _properties(form, columns, place.row),
        _ties(form, columns, place.row),
    )


def _properties(form: Form, columns: Mapping[str, int], row: int) -> dict[str, str]:
    found = {
        c.property.name: address(columns[c.heading], row)
        for c in form.columns
        if c.property and c.on is None and c.heading in columns
    }
    parts = [address(columns[h], row) for h in form.name_from if h in columns]
    return {**found, "name": "+".join(parts)} if parts else found


def _ties(form: Form, columns: Mapping[str, int], row: int) -> dict[str, str]:
    """The cell that names the far end; none for a type that several columns make."""
    found: dict[str, list[str]] = {}
    for column in form.columns:
        if column.tie and column.heading in columns:
            found.setdefault(column.tie, []).append(address(columns[column.heading], row))
    for tie in form.ties:
        parts = [address(columns[h], row) for h in tie.name_from if h in columns]
        found.setdefault(tie.type, []).append("+".join(parts))
    return {type_: at[0] for type_, at in found.items() if len(at) == 1 and at[0]}
