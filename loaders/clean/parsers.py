"""Choose the parser of a column's cells, and which texts it surely leaves unchanged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from graph_model.schema import node_type
from graph_model.schema.types import Property, Term
from loaders.batches import batches
from loaders.clean.credit_code import is_credit_code
from loaders.clean.dates import date_value
from loaders.clean.fillers import Noted, may_have_fillers, with_above, with_unknown
from loaders.clean.parse import (
    ParseFault,
    Parser,
    are_plain,
    are_single,
    integer_value,
    name_value,
    names_value,
    term_value,
    text_value,
    yes_no_value,
)
from loaders.clean.person_names import are_people, has_remark, people_value, person_value
from loaders.clean.synonyms import NEAR
from loaders.forms.form import FormColumn

NEVER = "9999"
"""The latest plausible date, where there is none."""
_AT_ONCE = 200
_HINTED = 1000
"""Of so many different words of a column that are no term, the nearest term is looked for."""


def parser_of(column: FormColumn, latest: str) -> Callable[[str], Any]:
    """The parser of a column's cells; made once per column, not per cell. `latest`: of its dates."""
    if column.tie is not None:
        return people_value if _names_people(column) else names_value
    if column.flag:
        return yes_no_value
    if column.part == "name":
        return name_value
    if column.part == "date":
        return lambda text: date_value(text, latest)
    if column.property is None:
        raise TypeError(f"the column {column.heading} becomes nothing")
    return parser_for(column.property, NEVER if column.future else latest)


def cell_parser(column: FormColumn, parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """The parser of a column's cells that also knows words for no value and for the value above, and remarks.

    What names the row itself is looked at with the row (loaders.map.passed_rows): there 无 is no missing value.
    """
    prop = column.property
    of_people = parse in (person_value, people_value)
    if prop is not None and column.on is None and prop.name == "name":
        known = with_above(parse, allowed=not of_people)
    elif prop is not None and column.on is None and prop.name == "number":
        known = with_above(with_unknown(parse), allowed=False)
    else:
        legal_first = column.flag or (prop is not None and prop.type in ("boolean", "term"))
        known = with_above(with_unknown(parse, legal_first=legal_first), allowed=True)
    return _with_remarks(known) if of_people else known


def _with_remarks(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def parsed(text: str) -> Any:
        value = parse(text)
        names = (value,) if isinstance(value, str) else value
        return (
            Noted(value, "name_remark") if isinstance(names, tuple) and has_remark(text, names) else value
        )

    return parsed


def _names_people(column: FormColumn) -> bool:
    return all(node_type(end).property("name").sensitive for end in column.ends)


def parser_for(prop: Property, latest: str) -> Parser:
    """The parser of a property's cells."""
    match prop.type:
        case "integer":
            return integer_value
        case "boolean":
            return yes_no_value
        case "date":
            return lambda text: date_value(text, latest)
        case "term":
            return _term_parser(prop.terms)
        case "text" if prop.name == "name":
            return person_value if prop.sensitive else name_value
        case "text" if prop.name == "number":
            return name_value
        case "text" if prop.name == "credit_code":
            return _credit_code
        case _:
            return text_value


def _credit_code(text: str) -> Any:
    """The code in capitals; one that cannot be right is kept as it is written, and reported."""
    value = text_value(text)
    if not isinstance(value, str):
        return value
    code = "".join(value.split()).upper()
    return code if is_credit_code(code) else Noted(value, "odd_credit_code")


def _term_parser(terms: tuple[Term, ...]) -> Parser:
    missed = 0

    def parsed(text: str) -> Any:
        nonlocal missed
        value = term_value(text, terms, hint=missed < _HINTED)
        missed += isinstance(value, ParseFault)
        near = isinstance(value, str) and "".join(text.split()) in NEAR.get(value, ())
        return Noted(value, "near_term") if near else value

    return parsed


def keeps_text(parser: Callable[[str], Any], texts: Collection[str]) -> bool:
    """Does a parser surely leave these texts as they are; asked of a whole column at once."""
    if parser not in (name_value, text_value, person_value) or not are_plain(texts):
        return False
    return (parser is not person_value or are_people(texts)) and not may_have_fillers(texts)


def plain_parsers(parser: Callable[[str], Any], texts: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Those texts that a parser of names surely leaves as they are, with what it gives."""
    if parser in (names_value, people_value):
        alone = person_value if parser is people_value else name_value
        # one with a space is never plain, and would take those beside it along
        for some in batches((text for text in texts if " " not in text), _AT_ONCE):
            if keeps_text(alone, some) and are_single(some):
                yield from ((text, (text,)) for text in some)
    elif parser in (name_value, person_value, text_value):
        for some in batches((text for text in texts if " " not in text), _AT_ONCE):
            if keeps_text(parser, some):
                yield from zip(some, some, strict=True)
