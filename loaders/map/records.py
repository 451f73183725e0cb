"""Put the parsed columns of a sheet together into one Record a row, many rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import islice, repeat
from typing import Any, NamedTuple

from graph_model.graph import Scalar
from graph_model.schema.extra_values import EXTRA_PROPERTY, write_extra
from graph_model.text import Text
from loaders.clean.fillers import Above, Noted, is_above, is_unknown
from loaders.clean.parse import DoubtfulMonth, ParseFault, UnlikelyValue, canonical_name
from loaders.forms.form import ComposedRelationship, Form, FormColumn
from loaders.forms.terms import TermQuestion
from loaders.privacy import private_rows
from loaders.problem_log import ProblemLog
from loaders.problems import address

_SHOWN_PLACES = 3
LONGEST_NOTE = 500
"""So many characters of an extra value are kept; that there are more is told."""

Values = Mapping[str, Sequence[Any]]
"""Heading of the form -> the parsed cells of its column, one a row."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What the records of one sheet have in common: where they come from."""

    form: Form
    file: str
    sheet: str
    columns: Mapping[str, int]
    """Heading of the form -> column of the sheet, from 0."""
    notes: Mapping[str, int] = field(default_factory=dict)
    """Heading as written -> column: what is kept as extra values."""
    part: bool = False
    """Is this a further thing of the rows of a wide table, which are counted with their own thing."""

    def cell(self, heading: str, row: int) -> str:
        """The address of a heading's cell in a row; of the row's first cell for a heading not there."""
        return address(self.columns.get(heading, self.notes.get(heading, 0)), row)


class Record(NamedTuple):
    """One row that could be read, its references still by name.

    `references`: (column, names) as written. `tie_properties`: by tie, by property. `outside`: headings
    whose names are outside the field. `parts`: by heading, what composed names and identities are made of.
    """

    # A tuple, because there are as many as rows: made by the column, ten times faster than one by one.
    layout: SheetLayout
    row: int
    properties: Mapping[str, Scalar]
    references: tuple[tuple[FormColumn, tuple[str, ...]], ...] = ()
    tie_properties: Mapping[str, Mapping[str, Scalar]] = {}
    outside: frozenset[str] = frozenset()
    parts: Mapping[str, str] = {}


# as Record._make, without counting the fields of each
_record: Callable[[tuple[Any, ...]], Record] = partial(tuple.__new__, Record)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row with a blocking problem: what it would have been called, so that who refers to it can tell."""

    layout: SheetLayout
    row: int
    names: tuple[str, ...]


class TooManyFaults(Exception):
    """Raised for a sheet with more faulty rows than are looked at. `problems`: those found, and that there are more.

    `words`: what was to be asked by then.
    """

    def __init__(self, problems: ProblemLog, words: Sequence[TermQuestion] = ()) -> None:
        super().__init__()
        self.problems = problems
        self.words = tuple(words)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one sheet gave: rows == len(records) + len(rejected) + sums (which are problems too).

    `declared`: the number of rows that the sheet's own row of sums (合计) states. `live`: the rows of data, counted
    from 0 below the headings. `words`: those that are no term of their column's list.
    """

    rows: int
    records: tuple[Record, ...]
    rejected: tuple[Rejected, ...]
    problems: ProblemLog
    declared: int | None = None
    live: Sequence[int] = ()
    words: tuple[TermQuestion, ...] = ()


class UnattachedCell(NamedTuple):
    """A cell that says something of a tie which its row does not name. `at`: the row, counted from 0."""

    at: int
    column: FormColumn
    value: str | None


class Memo(dict[Any, Any]):
    """What is made of each different key, made once: rows repeat each other."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Hashable) -> Any:
        value = self[key] = self._make(key)
        return value


_ODD = frozenset({ParseFault, DoubtfulMonth, UnlikelyValue, Noted, Above})


class TextMemo(Memo):
    """Parsed values by text: a survey repeats itself, and a lookup is ten times cheaper than parsing."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        super().__init__(parse)
        self[None] = None
        self.odd = False
        self.several = False

    def __missing__(self, text: Hashable) -> Any:
        value = super().__missing__(text)
        self.odd = self.odd or type(value) in _ODD
        names = value.value if isinstance(value, Noted) else value
        self.several = self.several or (isinstance(names, tuple) and len(names) > 1)
        return value


def together(columns: Sequence[Sequence[str | None]]) -> list[str | None]:
    """The cells of several columns as one of names: those of a row behind each other; what says 无 is no name."""
    rows = zip(*columns, strict=True)
    return ["、".join(c for c in cells if c and c.strip() and not is_unknown(c)) or None for cells in rows]


def records_of(
    layout: SheetLayout, values: Values, rows: Sequence[int], first: int, notes: Values | None = None
) -> tuple[list[Record], list[UnattachedCell]]:
    """The records of these rows (counted from 0; row 0 is the sheet's row `first`), and what is not tied.

    `notes`: heading as written -> the texts of its column, which become extra values.

    Everything about columns is settled beforehand: a value is what it is, None where there is none.
    """
    form = layout.form
    if any(c.says for c in form.columns):
        values = _with_what_names_say(form, values)
    here = [c for c in form.columns if c.heading in values]
    height = max((len(v) for v in values.values()), default=0)
    # all of them, as a rule: then the columns are taken as they are
    picked = values if len(rows) == height else {h: [v[at] for at in rows] for h, v in values.items()}
    parts = _parts(form, picked, len(rows))
    properties = _properties([c for c in here if c.property and c.on is None], picked, len(rows))
    if form.name_from:
        for own, named in zip(properties, parts, strict=True):
            own["name"] = compose_name(form, named)
    for own, at in zip(properties, rows, strict=True) if notes else ():
        said = {heading: texts[at] for heading, texts in (notes or {}).items() if texts[at]}
        if said:
            own[EXTRA_PROPERTY] = write_extra(said)
    tied, untied = _tie_properties(here, picked, rows)
    outside, unnamed = _outside(form, picked, rows)
    made = zip(
        repeat(layout, len(rows)),
        [first + at for at in rows],
        properties,
        _references([c for c in here if c.tie is not None], picked, len(rows)),
        tied,
        outside,
        parts,
        strict=False,  # what is the same for every row has no end
    )
    return list(map(_record, made)), [*untied, *unnamed]


def _with_what_names_say(form: Form, values: Values) -> Values:
    """Names that are none of things, but say yes of another column (业委会 among those who took part), become that.

    What the other column says itself stays.
    """
    found = {heading: list(cells) for heading, cells in values.items()}
    for column in form.columns:
        for ending, heading in column.says if column.heading in found else ():
            names = found[column.heading]
            for at, those in enumerate(names):
                if those and any(n.endswith(ending) for n in those):
                    names[at] = tuple(n for n in those if not n.endswith(ending)) or None
                    said = found.setdefault(heading, [None] * len(names))
                    said[at] = True if said[at] is None else said[at]
    return found


def _properties(own: Sequence[FormColumn], values: Values, count: int) -> list[dict[str, Scalar]]:
    if not own:
        return [{} for _ in range(count)]
    found: list[dict[str, Scalar]] = [{} for _ in range(count)]
    # by the column: as long as each other, and a loop within a loop for each row takes longer
    for name, cells in ((c.property.name, values[c.heading]) for c in own if c.property):
        for properties, value in zip(found, cells, strict=True):
            if value is not None:
                properties[name] = value
    return found


def _references(ties: Sequence[FormColumn], values: Values, count: int) -> Iterable[tuple[Any, ...]]:
    if not ties:
        return repeat((), count)
    columns = [_with_column(c, values[c.heading]) for c in ties]
    return map(tuple, map(filter, repeat(None), zip(*columns, strict=True)))


def _with_column(column: FormColumn, cells: Iterable[tuple[str, ...] | None]) -> list[Any]:
    """(column, names) in place of the names alone; the same names share one."""
    pairs = Memo(lambda names: (column, names))
    pairs[None] = None
    return list(map(pairs.__getitem__, cells))


def _tie_properties(
    here: Sequence[FormColumn], values: Values, rows: Sequence[int]
) -> tuple[Iterable[Mapping[str, Mapping[str, Scalar]]], list[UnattachedCell]]:
    on = [c for c in here if c.on is not None and c.property is not None]
    if not on:
        return repeat({}), []
    names = [(c.on, c.property.name) for c in on if c.property]
    ties = list(dict.fromkeys(c.on for c in on))
    there = [_any_given([values[c.heading] for c in here if c.tie == tie], len(rows)) for tie in ties]
    untied: dict[Any, list[tuple[FormColumn, Scalar]]] = {}

    def said(key: tuple[Any, ...]) -> Mapping[str, Mapping[str, Scalar]]:
        tied = {tie for tie, given in zip(ties, key[len(on) :], strict=True) if given}
        found: dict[str, dict[str, Scalar]] = {}
        for column, (tie, name), value in zip(on, names, key[: len(on)], strict=True):
            if value is not None and tie in tied:
                found.setdefault(str(tie), {})[name] = value
            elif value is not None:
                untied.setdefault(key, []).append((column, value))
        return found

    keys = list(zip(*(values[c.heading] for c in on), *there, strict=True))
    found = list(map(Memo(said).__getitem__, keys))
    odd = [
        UnattachedCell(at, column, str(value))
        for at, key in (zip(rows, keys, strict=True) if untied else ())
        for column, value in untied.get(key, ())
    ]
    return found, odd


def _any_given(columns: Sequence[Sequence[Any]], count: int) -> list[bool]:
    if len(columns) == 1:
        return [v is not None for v in columns[0]]
    return [any(column[at] is not None for column in columns) for at in range(count)]


def _outside(
    form: Form, values: Values, rows: Sequence[int]
) -> tuple[Iterable[frozenset[str]], list[UnattachedCell]]:
    flagged = [c for c in form.columns if c.outside is not None and c.outside in values]
    if not flagged:
        return repeat(frozenset()), []
    flags = [values[c.outside] for c in flagged if c.outside is not None]
    outside = Memo(lambda f: frozenset(c.heading for c, yes in zip(flagged, f, strict=True) if yes))
    found: list[frozenset[str]] = list(map(outside.__getitem__, zip(*flags, strict=True)))
    odd: list[UnattachedCell] = []
    for column, given in zip(flagged, flags, strict=True):
        named: Sequence[Any] | None = values.get(column.heading)
        odd += [
            UnattachedCell(rows[n], column, None)
            for n, yes in enumerate(given)
            if yes and (named is None or named[n] is None)
        ]
    return found, odd


def _parts(form: Form, values: Values, count: int) -> list[dict[str, str]]:
    wanted = {
        *form.name_from,
        *(h for tie in form.ties for h in tie.name_from),
        *(p for parts in form.identity for p in parts),
    }
    headings = [h for h in values if h in wanted]
    if not headings:
        return [{}] * count
    columns = [list(map(Memo(_part_maker(form, h)).__getitem__, values[h])) for h in headings]
    return [dict(zip(headings, row, strict=True)) for row in zip(*columns, strict=True)]


def compose_name(of: Form | ComposedRelationship, parts: Mapping[str, str]) -> str:
    """The name that a form, or a composed tie, puts together from the parts of a row."""
    found = [parts[h] for h in of.name_from if parts.get(h)]
    return of.name_join.join(found) + of.name_suffix


def name_part(value: Any) -> str:
    """A cell as part of a composed name or of an identity."""
    if isinstance(value, tuple):
        return "、".join(canonical_name(v) for v in value)
    return canonical_name(str(value)) if value is not None else ""


def _part_maker(form: Form, heading: str) -> Callable[[Any], str]:
    """How cells of a heading become parts; in a composed name a term stands in its Chinese words."""
    shown = {
        term.value: term.text.zh
        for column in form.columns
        if column.heading == heading and heading in form.name_from and column.property is not None
        for term in column.property.terms
    }
    return lambda value: name_part(shown.get(value, value) if shown else value)


def row_names(form: Form, values: Values, at: int) -> tuple[str, ...]:
    """The canonical names by which others may refer to a row, counted from 0."""
    own = {
        c.heading
        for c in form.columns
        if c.property is not None and c.on is None and c.property.name in ("name", "number")
    }
    texts = (values[heading][at] for heading in own & values.keys())
    names = {canonical_name(text) for text in texts if isinstance(text, str)}
    if form.name_from:
        parts = {h: _part_maker(form, h)(values[h][at]) for h in form.name_from if h in values}
        names.add(canonical_name(compose_name(form, parts)))
    return tuple(sorted(names))


def place_of(record: Record | Rejected) -> str:
    """Where a row is, for people.

    The file and sheet as they are called, and the row's number.
    """
    return f"{record.layout.file} · {record.layout.sheet} · {record.row}"


def format_places(places: Iterable[str]) -> str:
    """A few places, and how many more there are."""
    return OtherPlaces(places).but(frozenset())


@dataclass(frozen=True, slots=True)
class NoteTexts:
    """The texts of a column kept as extra values, and what is odd: private, cut (`long`), or a mark for above."""

    texts: list[str | None]
    private: Mapping[int, Text]
    long: Sequence[int]
    above: Mapping[str, list[int]]


def note_texts(cells: Sequence[str | None], live: Sequence[int]) -> NoteTexts:
    """What of a column's cells is kept: as written, with single spaces; nothing private, none too long."""
    texts = [" ".join(text.split()) if text else None for text in cells]
    private = private_rows(texts)
    long: list[int] = []
    repeated: dict[str, list[int]] = {}
    last: str | None = None
    for at in live:
        text = texts[at]
        if at in private:
            text = None
        elif text and is_above(text):
            text = last
            repeated.setdefault("nothing_above" if last is None else "value_above", []).append(at)
        elif text and len(text) > LONGEST_NOTE:
            text = text[:LONGEST_NOTE]
            long.append(at)
        texts[at] = last = text
    rows = frozenset(live)
    return NoteTexts(texts, {at: k for at, k in private.items() if at in rows}, long, repeated)


class OtherPlaces:
    """Places that are shown for each of many rows, each time without some: sorted once, not for each row."""

    def __init__(self, places: Iterable[str]) -> None:
        self._sorted = sorted(set(places))

    def but(self, own: Set[str]) -> str:
        """A few of them without those, which are among them, and how many more there are."""
        count = len(self._sorted) - len(own)
        shown = list(islice((place for place in self._sorted if place not in own), _SHOWN_PLACES))
        more = f" … (+{count - _SHOWN_PLACES})" if count > _SHOWN_PLACES else ""
        return "；".join(shown) + more
