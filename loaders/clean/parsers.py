"""Choose the parser of a column's cells, and which texts it surely leaves unchanged; settle what is odd in a column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph_model.schema import node_type
from graph_model.schema.types import Property, Term
from loaders.batches import batches
from loaders.clean.credit_code import is_credit_code
from loaders.clean.dates import date_value, plain_dates
from loaders.clean.fillers import Above, Noted, may_have_fillers, with_above, with_unknown
from loaders.clean.parse import (
    DoubtfulMonth,
    ParseFault,
    UnlikelyValue,
    are_plain,
    are_single,
    flat_name,
    integer_value,
    name_value,
    names_value,
    nearest_terms,
    own_names,
    term_value,
    text_value,
)
from loaders.clean.person_names import are_people, has_remark, people_value, person_value
from loaders.clean.synonyms import NEAR
from loaders.clean.yes_no import membership_value, yes_no_value
from loaders.forms.answers import TermAnswer
from loaders.forms.form import FormColumn
from loaders.forms.terms import ANSWERED_TERM, NEAR_TERM, UNKNOWN_TERM, TermQuestion, terms_of
from loaders.privacy import masked

NEVER = "9999"
"""The latest plausible date, where there is none."""
_AT_ONCE = 200
_OF_WORDS = frozenset([UNKNOWN_TERM, NEAR_TERM, ANSWERED_TERM])
MOST_WORDS, _LONGEST_WORD = 100, 40
"""So many different words of a column, of so many characters, are asked about; of others each cell is a fault."""


def parser_of(column: FormColumn, latest: str, answers: Iterable[TermAnswer] = ()) -> Callable[[str], Any]:
    """The parser of a column's cells; made once per column, not per cell. `latest`: of its dates.

    `answers`: about the words of this column, where it is one of terms.
    """
    if column.tie is not None:
        return people_value if _names_people(column) else names_value
    if column.flag:
        return yes_no_value
    if column.part == "name":
        return name_value
    if column.part == "date":
        return _DateParser(latest)
    if column.property is None:
        raise TypeError(f"the column {column.heading} becomes nothing")
    return parser_for(column.property, NEVER if column.future else latest, answers)


def says_yes_or_no(text: str) -> bool:
    """Does a text answer a question of yes or no, or say whether somebody is a member."""
    return isinstance(membership_value(text), bool)


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


@dataclass(frozen=True, slots=True)
class _DateParser:
    """`date_value` with the latest date that is plausible."""

    latest: str

    def __call__(self, text: str) -> Any:
        return date_value(text, self.latest)


def parser_for(prop: Property, latest: str, answers: Iterable[TermAnswer] = ()) -> Callable[[str], Any]:
    """The parser of a property's cells; `answers`: about its words."""
    match prop.type:
        case "integer":
            return integer_value
        case "boolean" if prop.name.endswith("_member"):
            return membership_value
        case "boolean":
            return yes_no_value
        case "date":
            return _DateParser(latest)
        case "term":
            return _term_parser(prop.terms, _meanings(answers, prop.terms))
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


def _term_parser(terms: tuple[Term, ...], answered: Mapping[str, str | None]) -> Callable[[str], Any]:
    def parsed(text: str) -> Any:
        if answered and (word := flat_name(text)) in answered:
            return Noted(answered[word], ANSWERED_TERM)
        value = term_value(text, terms)
        near = isinstance(value, str) and value in NEAR and flat_name(text) in NEAR[value]
        return Noted(value, NEAR_TERM) if near else value

    return parsed


def _meanings(answers: Iterable[TermAnswer], terms: tuple[Term, ...]) -> dict[str, str | None]:
    """Word, as compared -> stored term; without answers about a term itself, or that name none of the list."""
    names = {name: term.value for term in terms for name in own_names(term)}
    return {
        word: a.term if a.term is None else names[flat_name(a.term)]
        for a in answers
        if (word := flat_name(a.word)) not in names and (a.term is None or flat_name(a.term) in names)
    }


class Odd(NamedTuple):
    """What a column has to say of its cells. `rows`: which, from 0. `text`: of the first of them.

    `word`: the one that stands in all of them, as compared, which was read as `taken`.
    """

    code: str
    rows: Sequence[int]
    text: str
    fill: Mapping[str, object] = {}
    together: bool = False
    word: str | None = None
    taken: str | None = None


def settle(
    values: list[Any], raw: Sequence[str | None], live: Sequence[int], is_number: Callable[[int], bool]
) -> Iterator[Odd]:
    """Turn what is no plain value into the one that is certain, or None; say so cell by cell, then for cells together.

    `values` are changed in their place, those of `live` rows. `is_number`: is the cell of a row one.
    """
    together: dict[tuple[str, str | None], list[int]] = {}
    words: dict[str, str] = {}
    above = None
    for at in live:
        if isinstance(values[at], Above):
            values[at] = above
            together.setdefault(("nothing_above" if above is None else "value_above", None), []).append(at)
        match values[at]:
            case Noted(value, code):
                values[at] = value
                word = flat_name(raw[at] or "") if code in _OF_WORDS else None
                together.setdefault((code, word), []).append(at)
            case ParseFault(right, code):
                values[at] = None
                if code != UNKNOWN_TERM:
                    yield Odd(code, (at,), raw[at] or "", {"zh": right.zh, "en": right.en})
                elif (word := _word(raw[at] or "", words)) is not None:
                    together.setdefault((code, word), []).append(at)
                else:
                    yield Odd(code, (at,), raw[at] or "", {"right": right.zh, "right_en": right.en})
            case DoubtfulMonth(year, month):
                doubtful = is_number(at)
                values[at] = year if doubtful else month
                if doubtful:
                    yield Odd("ambiguous_month", (at,), raw[at] or "", {"year": year})
            case UnlikelyValue(value, latest):
                values[at] = value
                yield Odd("unlikely_date", (at,), raw[at] or "", {"latest": latest})
        above = values[at]
    for (code, word), rows in together.items():
        taken = values[rows[0]] if word is not None else None
        yield Odd(code, rows, raw[rows[0]] or "", {}, True, word, taken)


def _word(text: str, words: dict[str, str]) -> str | None:
    """The word by which cells are put together; None for a text that is too long, or one of too many."""
    if text not in words:
        if len(words) >= MOST_WORDS or len(text) > _LONGEST_WORD:
            return None
        word = flat_name(text)
        if masked(word) != word:  # a number that stood apart in the cell is private when it is put together
            return None
        words[text] = word
    return words[text]


def question_of(property: str, odd: Odd, file: str, sheet: str, cell: str) -> TermQuestion | None:
    """What is to be asked about the word of some cells, of which this is the first; None where there is no word."""
    if odd.word is None:
        return None
    near = () if odd.taken is None else (odd.taken,)
    asked = odd.code == UNKNOWN_TERM
    return TermQuestion(
        property,
        odd.word,
        " ".join(odd.text.split()),
        len(odd.rows),
        nearest_terms(odd.text, terms_of(property)) if asked else near,
        *(file, sheet, cell),
        code=odd.code,
        taken=odd.taken,
    )


def keeps_text(parser: Callable[[str], Any], texts: Collection[str]) -> bool:
    """Does a parser surely leave these texts as they are; asked of a whole column at once."""
    if parser not in (name_value, text_value, person_value) or not are_plain(texts):
        return False
    return (parser is not person_value or are_people(texts)) and not may_have_fillers(texts)


def plain_parsers(parser: Callable[[str], Any], texts: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Those texts that a parser of names surely leaves as they are, and plain dates, with what it gives."""
    if isinstance(parser, _DateParser):
        yield from plain_dates(texts, parser.latest)
    elif parser in (names_value, people_value):
        alone = person_value if parser is people_value else name_value
        # one with a space is never plain, and would take those beside it along
        for some in batches((text for text in texts if " " not in text), _AT_ONCE):
            if keeps_text(alone, some) and are_single(some):
                yield from ((text, (text,)) for text in some)
    elif parser in (name_value, person_value, text_value):
        for some in batches((text for text in texts if " " not in text), _AT_ONCE):
            if keeps_text(parser, some):
                yield from zip(some, some, strict=True)
