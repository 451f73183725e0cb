"""A column of a register: where its value stands, how it may be filtered, and whether it names people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph_model.schema import node_type
from graph_model.schema.extra_values import EXTRA_PROPERTY
from graph_model.schema.types import Property, PropertyType, Term
from graph_model.text import Text

Place = Literal["own", "extra", "near", "given"]
"""own: a property. extra: an extra value. near: read off what lies at the end of a path. given: handed in by key."""
Fold = Literal["all", "count", "least", "greatest"]
"""How the values at the ends of a path become one: each once, their number, the least or the greatest of them."""

EXTRA_PREFIX = "extra."


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `id` names it in a link; for an own property it is the property's name.

    `sensitive`: names people or may do so. `people`: its values are names of people, which can be masked.
    `path` leads from (n) to (x), `value` is what is read there, `fold` how several become one.
    `listed_only`: shown, and never filtered, sorted or grouped by.
    """

    id: str
    text: Text
    type: PropertyType = "text"
    place: Place = "own"
    terms: tuple[Term, ...] = ()
    sensitive: bool = False
    people: bool = False
    path: str = ""
    value: str = "x.name"
    fold: Fold = "all"
    listed_only: bool = False

    @property
    def heading(self) -> str:
        """The heading of an extra value, as its sheet has it."""
        return self.id.removeprefix(EXTRA_PREFIX)

    def shown_to(self, names: bool) -> bool:
        """Whether the column is offered; to a viewer without names only where its values can be masked."""
        return names or self.people or not self.sensitive

    def asked_by(self, names: bool) -> bool:
        """Whether its values may be filtered, sorted and grouped by: that would confirm a guessed name."""
        return not self.listed_only and (names or not self.sensitive)


def own_columns(label: str) -> tuple[Column, ...]:
    """A column for each declared property but the extra values."""
    return tuple(_own(p) for p in node_type(label).properties if p.name != EXTRA_PROPERTY)


def _own(declared: Property) -> Column:
    return Column(
        declared.name,
        declared.text,
        declared.type,
        terms=declared.terms,
        sensitive=declared.sensitive,
        people=declared.sensitive and declared.name == "name",
    )


def extra_column(heading: str) -> Column:
    """The column of an extra value: its heading as the sheet has it, in both languages."""
    return Column(f"{EXTRA_PREFIX}{heading}", Text(heading, heading), place="extra", sensitive=True)


def near(id_: str, zh: str, en: str, path: str, value: str = "x.name") -> Column:
    """A column of names at the end of a path."""
    return Column(id_, Text(zh, en), place="near", path=path, value=value)


def people(id_: str, zh: str, en: str, path: str) -> Column:
    """A column of people's names at the end of a path."""
    return Column(id_, Text(zh, en), place="near", path=path, sensitive=True, people=True)


def number(id_: str, zh: str, en: str, path: str) -> Column:
    """How many things lie at the end of a path."""
    return Column(id_, Text(zh, en), "integer", place="near", path=path, value="x.key", fold="count")


def day(id_: str, zh: str, en: str, path: str, value: str, fold: Fold = "greatest") -> Column:
    """The first or last date at the end of a path."""
    return Column(id_, Text(zh, en), "date", place="near", path=path, value=value, fold=fold)
