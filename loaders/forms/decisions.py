"""How one sheet is to be read: its form, and what becomes of each of its columns. Values only; decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTE = "note"
"""The target of a column that is kept as a named extra value of the row's thing."""
LEAVE = "leave"
"""The target of a column that is left out."""


def target(form: str, heading: str) -> str:
    """The name of a form's column as a target: "members/姓名"."""
    return f"{form}/{heading}"


def target_parts(name: str) -> tuple[str, str] | None:
    """(form, heading) behind the name of a target; None for NOTE and LEAVE."""
    form, slash, heading = name.partition("/")
    return (form, heading) if slash else None


@dataclass(frozen=True, slots=True)
class SheetDecision:
    """How a sheet is read.

    `form`: the id of the form that gives each row its thing; None where the sheet is left out.
    `columns`: by column of the sheet (from 0), its target: "form/heading", NOTE or LEAVE. Targets of another form
    than `form` make further things of the same row (a unit's branch, its secretary).
    `first`, `last`: the rows of headings, numbered from 1; more than one where groups stand above.
    `band`: the target that a row across the whole table fills for the rows below it; None where it says nothing.
    """

    form: str | None
    columns: Mapping[int, str] = field(default_factory=dict)
    first: int = 1
    last: int = 1
    band: str | None = None
