"""Words that are no term of their column's list, as questions with the nearest terms; which property they are of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph_model import schema
from graph_model.errors import SchemaError
from graph_model.schema.types import Term
from loaders.forms.form import Form, FormColumn

UNKNOWN_TERM, NEAR_TERM, ANSWERED_TERM = "unknown_term", "near_term", "answered_term"
"""Codes of problems about a word: it is asked; it was read as the nearest term; it was read as answered."""


@dataclass(frozen=True, slots=True)
class TermQuestion:
    """A word that is no term of its list, once for all of its cells, and what is known of its meaning.

    `property`: as "Unit.status". `word`: as compared, by which a TermAnswer names it. `value`: as written in the
    first cell, which `file`, `sheet` and `cell` name. `nearest`: stored terms that are like it, the best first.
    `code`: UNKNOWN_TERM, its rows are left out until it is answered; NEAR_TERM or ANSWERED_TERM, it was read as
    `taken` (None: left empty).
    """

    property: str
    word: str
    value: str
    count: int
    nearest: tuple[str, ...]
    file: str
    sheet: str
    cell: str
    code: str = UNKNOWN_TERM
    taken: str | None = None

    def fill(self) -> dict[str, str]:
        """What the problem about it says: the terms, the nearest, as what it was read, and how to answer."""
        named = {t.value: t.text.zh for t in terms_of(self.property)}
        near = named.get(self.nearest[0], "") if self.nearest else ""
        zh = f"可用的值：{'、'.join(named.values())}" + (f"；最接近的是“{near}”" if near else "")
        en = f"one of: {', '.join(named.values())}" + (f"; the nearest is “{near}”" if near else "")
        term = named.get(self.taken or "", "")
        return {
            "right": zh,
            "right_en": en,
            "property": self.property,
            "term": f"“{term}”" if term else "没有填写",
            "term_en": f"“{term}”" if term else "empty",
        }


def property_id(form: Form, column: FormColumn) -> str:
    """By which answers name the property of a column: its type's name and its own; "" for a column of none."""
    return f"{column.on or form.label}.{column.property.name}" if column.property is not None else ""


def terms_of(property: str) -> tuple[Term, ...]:
    """The terms of a property by its id; none where there is no such property."""
    label, _, name = property.partition(".")
    try:
        declared = schema.NODE_TYPES.get(label) or schema.edge_type(label)
        return declared.property(name).terms
    except SchemaError:
        return ()


def merged_questions(questions: Iterable[TermQuestion]) -> tuple[TermQuestion, ...]:
    """Each word of a property once, in its first place, counted over all sheets."""
    found: dict[tuple[str, str], TermQuestion] = {}
    for one in questions:
        key = (one.property, one.word)
        known = found.get(key)
        found[key] = one if known is None else replace(known, count=known.count + one.count)
    return tuple(found.values())
