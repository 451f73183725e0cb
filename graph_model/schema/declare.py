"""Short forms by which node types and edge types declare their properties."""

from __future__ import annotations

from graph_model.schema.types import Property, Term
from graph_model.text import Text


def text(name: str, zh: str, en: str, *, sensitive: bool = False) -> Property:
    """A property that is text."""
    return Property(name, "text", Text(zh, en), sensitive)


def date(name: str, zh: str, en: str, *, sensitive: bool = False) -> Property:
    """A property that is a date, as exact as in the survey."""
    return Property(name, "date", Text(zh, en), sensitive)


def yes_no(name: str, zh: str, en: str) -> Property:
    """A property that is true or false."""
    return Property(name, "boolean", Text(zh, en))


def count(name: str, zh: str, en: str) -> Property:
    """A property that is a whole number."""
    return Property(name, "integer", Text(zh, en))


def term(name: str, zh: str, en: str, *terms: tuple[str, str, str]) -> Property:
    """A property of a fixed list of (value, Chinese, English)."""
    values = tuple(Term(value, Text(t_zh, t_en)) for value, t_zh, t_en in terms)
    return Property(name, "term", Text(zh, en), terms=values)


NAME = text("name", "名称", "Name")
"""What a thing is called."""
PERSON_NAME = text("name", "姓名", "Name", sensitive=True)
"""What a person is called."""
