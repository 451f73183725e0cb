"""Leave out sheets most of whose references mean nothing, each with one problem, before nodes are made of their rows.

A roster that is loaded before the branches it names has one problem, not a hundred thousand; and a file of broken
references does not take the memory of a graph that is never stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from graph_model.schema import node_type
from graph_model.store.graph_source import NodeName
from loaders.clean.parse import canonical_names
from loaders.forms.form import ComposedRelationship, FormColumn
from loaders.map.records import Record, Rejected, SheetLayout, compose_name
from loaders.problems import Problem, problem
from loaders.resolve.aliases import Roots
from loaders.resolve.introduced import MOST_INTRODUCED
from loaders.resolve.references import OUTSIDE

_SHOWN = 3
Ends = tuple[str, ...]
HeldNames = Callable[[Iterable[tuple[Ends, str]]], Mapping[str, Sequence[NodeName]]]
"""What the store holds by the (labels, name) that mean nothing in the round, by label."""


@dataclass(frozen=True, slots=True)
class UnansweredBounds:
    """From when on sheets are left out: more unanswered references than `count`, and than this `share` of all."""

    count: int = 100_000
    share: float = 0.5


UNANSWERED_BOUNDS = UnansweredBounds()


class AnsweredRows(NamedTuple):
    """The records that go on, those `left_out`, and a problem for each sheet of these.

    `rejected`: the left out rows that others refer to.
    """

    records: Sequence[Record]
    left_out: Sequence[Record] = ()
    rejected: Sequence[Rejected] = ()
    problems: Sequence[Problem] = ()


class _Mention(NamedTuple):
    """How often a column of a sheet names something."""

    column: FormColumn | ComposedRelationship
    name: str
    times: int


@dataclass(slots=True)
class _SheetReferences:
    """The references of a sheet: how many there are, and those that are not answered as far as is known."""

    total: int = 0
    open: list[_Mention] = field(default_factory=list)

    @property
    def unanswered(self) -> int:
        return sum(m.times for m in self.open)


_Sheets = dict[tuple[str, str], _SheetReferences]
_Names = dict[str, set[str]]
"""By label, the names and numbers that mean something."""


def leave_out_unanswered(
    records: Sequence[Record],
    rejected: Sequence[Rejected],
    roots: Roots,
    held: HeldNames | None,
    bounds: UnansweredBounds = UNANSWERED_BOUNDS,
) -> AnsweredRows:
    """The records without those of sheets most of whose references mean nothing, where that is most of a large round.

    A reference is answered by a row, by a row that was rejected, or by what is held; as `NameIndex.find` has it, but
    names that are written alike are compared first: nearly all of an honest round are.
    """
    if len(records) <= bounds.count:
        return AnsweredRows(records)
    sheets = _references(records)
    names = _names_as_written(records, {e for s in sheets.values() for m in s.open for e in m.column.ends})
    _answer(sheets, lambda m: any(m.name in names[e] for e in m.column.ends))
    if not _too_many(sheets, bounds):
        return AnsweredRows(records)
    canonical = canonical_names({m.name for s in sheets.values() for m in s.open})

    def means(m: _Mention) -> bool:
        name = canonical[m.name]
        return any(roots.get((end, name), name) in names[end] for end in m.column.ends)

    names = {label: _canonical(label, some, roots) for label, some in names.items()}
    for row in rejected:
        if row.layout.form.label in names:
            names[row.layout.form.label].update(row.names)
    _answer(sheets, means)
    _introduce(sheets, names, canonical)
    _answer(sheets, means)
    if held is not None and _too_many(sheets, bounds):
        found = held({(m.column.ends, m.name) for s in sheets.values() for m in s.open})
        for label, those in found.items():
            inside = [n for n in those if n.kind != OUTSIDE]
            texts = {t for n in inside for t in (n.name, n.number) if t is not None}
            names[label] |= _canonical(label, texts, roots)
        _answer(sheets, means)
    if not _too_many(sheets, bounds):
        return AnsweredRows(records)
    refused = {at: s for at, s in sheets.items() if s.unanswered > bounds.share * s.total}
    return _without(refused, records, roots)


def _too_many(sheets: _Sheets, bounds: UnansweredBounds) -> bool:
    unanswered = sum(s.unanswered for s in sheets.values())
    return unanswered > bounds.count and unanswered > bounds.share * sum(s.total for s in sheets.values())


def _answer(sheets: _Sheets, means: Callable[[_Mention], bool]) -> None:
    """Keep those open that mean nothing."""
    for sheet in sheets.values():
        sheet.open = [m for m in sheet.open if not means(m)]


# --- what is referred to, and what there is -------------------------------------------------------


def _references(records: Iterable[Record]) -> _Sheets:
    sheets: _Sheets = defaultdict(_SheetReferences)
    for layout, rows in groupby(records, itemgetter(0)):
        sheet = sheets[layout.file, layout.sheet]
        for mention in _mentions(layout, list(rows)):
            if mention.times and not _needs_no_answer(layout, mention.column):
                sheet.total += mention.times
                sheet.open.append(mention)
    return sheets


def _mentions(layout: SheetLayout, rows: Sequence[Record]) -> Iterable[_Mention]:
    """What rows of one sheet refer to, each name of a column once; not what lies outside of the field."""
    # what rows have in common is one object: by that they are counted, without looking at each
    counts = Counter(map(id, _pairs_of(rows)))
    pairs = dict(zip(map(id, _pairs_of(rows)), _pairs_of(rows), strict=True))
    for row in compress(rows, map(attrgetter("outside"), rows)):
        counts.subtract(id(pair) for pair in row.references if pair[0].heading in row.outside)
    for at, (column, names) in pairs.items():
        for name in names:
            yield _Mention(column, name, counts[at])
    for tie in layout.form.ties:
        for name, count in Counter(compose_name(tie, r.parts) for r in rows).items():
            yield _Mention(tie, name, count)


def _pairs_of(rows: Sequence[Record]) -> Iterable[tuple[FormColumn, tuple[str, ...]]]:
    return chain.from_iterable(map(attrgetter("references"), rows))


def _needs_no_answer(layout: SheetLayout, column: FormColumn | ComposedRelationship) -> bool:
    """A wide table of companies comes without a roster: whom it names has a hint, and is no fault."""
    return layout.part and all(node_type(end).of_people() for end in column.ends)


def _names_as_written(records: Iterable[Record], labels: set[str]) -> _Names:
    names: _Names = {label: set() for label in labels}
    for layout, rows in groupby(records, itemgetter(0)):
        some = names.get(layout.form.label or "")
        if some is not None:
            given = list(map(attrgetter("properties"), rows))
            for own in ("name", "number"):
                some.update(str(value) for said in given if (value := said.get(own)) is not None)
    return names


def _canonical(label: str, names: Iterable[str], roots: Roots) -> set[str]:
    found = canonical_names(names).values()
    return {roots.get((label, name), name) for name in found} if roots else set(found)


def _introduce(sheets: _Sheets, names: _Names, canonical: Mapping[str, str]) -> None:
    """Let names mean something that become new things, as `introduced` has it: a few, in columns that may."""
    new = {
        (end, canonical[m.name])
        for s in sheets.values()
        for m in s.open
        if isinstance(m.column, FormColumn) and m.column.introduces
        for end in m.column.ends
    }
    if len({name for _, name in new}) <= MOST_INTRODUCED:
        for end, name in new:
            names[end].add(name)


# --- what is left out -----------------------------------------------------------------------------


def _without(refused: _Sheets, records: Sequence[Record], roots: Roots) -> AnsweredRows:
    kept: list[Record] = []
    left_out: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for layout, rows in groupby(records, itemgetter(0)):
        at = (layout.file, layout.sheet)
        (left_out[at] if at in refused else kept).extend(rows)
    wanted: _Names = defaultdict(set)
    for column, name, _ in (m for s in _references(kept).values() for m in s.open):
        for end in column.ends:
            wanted[end].add(name)
    looked_for = {end: _canonical(end, names, roots) for end, names in wanted.items()}
    lost = [r for at in sorted(left_out) for r in left_out[at]]
    problems = [_refusal(refused[at], left_out[at]) for at in sorted(left_out)]
    return AnsweredRows(kept, lost, list(_referred_to(lost, looked_for)), problems)


def _referred_to(rows: Iterable[Record], looked_for: Mapping[str, set[str]]) -> Iterable[Rejected]:
    """Of rows that are left out those that others look for, by what these call them."""
    for row in rows:
        names = looked_for.get(row.layout.form.label or "")
        if names:
            said = row.properties
            own = canonical_names(str(said[p]) for p in ("name", "number") if p in said).values()
            found = tuple(name for name in own if name in names)
            if found:
                yield Rejected(row.layout, row.row, found)


def _refusal(sheet: _SheetReferences, rows: Sequence[Record]) -> Problem:
    """The problem of a sheet, at the first reference of the column that has most of them."""
    counts: Counter[str] = Counter()
    for column, _, times in sheet.open:
        counts[column.heading] += times
    heading = min(counts, key=lambda h: (-counts[h], h))
    open_ = {m.name: m.column.ends for m in sheet.open if m.column.heading == heading}
    shown: dict[str, Record] = {}
    for row in sorted(rows, key=attrgetter("row")):
        for name in _names_in(row, heading):
            if name in open_ and len(shown) < _SHOWN:
                shown.setdefault(name, row)
        if len(shown) == _SHOWN:
            break
    first = next(iter(shown.values()))
    layout = first.layout
    texts = [node_type(end).text for end in dict.fromkeys(e for ends in open_.values() for e in ends)]
    return problem(
        "unanswered_references",
        layout.file,
        layout.sheet,
        layout.cell(heading, first.row),
        "、".join(shown),
        heading=heading,
        count=counts[heading],
        labels="、".join(t.zh for t in texts),
        labels_en=" / ".join(t.en.lower() for t in texts),
    )


def _names_in(row: Record, heading: str) -> Iterable[str]:
    yield from (n for column, names in row.references if column.heading == heading for n in names)
    yield from (compose_name(t, row.parts) for t in row.layout.form.ties if t.heading == heading)
