"""Make the edges of resolved references: the same relationship from two rows is one edge, if they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from graph_model import schema
from graph_model.graph import NOTHING, Edge, EdgeKey, Place, Scalar
from loaders.forms.form import FormColumn
from loaders.map.records import OtherPlaces, place_of
from loaders.problem_log import ProblemLog
from loaders.problems import Problem, problem
from loaders.resolve.references import Reference, ResolvedReference


class _Ties(NamedTuple):
    """The first reference that gives each tie, and all of those that are given more than once."""

    first: dict[EdgeKey, Reference]
    several: dict[EdgeKey, list[Reference]]

    def of(self, key: EdgeKey) -> Sequence[Reference]:
        """The references that give a tie."""
        return self.several.get(key) or (self.first[key],)


def build_edges(ties_of: Iterable[ResolvedReference]) -> tuple[dict[EdgeKey, Edge], ProblemLog]:
    """The edges, by key and in order, of resolved references: the same tie from two rows is one edge, if they agree.

    A tie to itself, two targets where there can be one, and properties that contradict each other are
    Problems; such a tie is not in the answer.
    """
    first: dict[EdgeKey, Reference] = {}
    several: dict[EdgeKey, list[Reference]] = {}
    problems = ProblemLog()
    for key, reference in ties_of:
        if key[1] == key[2]:
            problems.append(reference.report("self_reference"))
            continue
        before = first.setdefault(key, reference)
        if before is not reference:
            several.setdefault(key, [before]).append(reference)
    ties = _Ties(first, several)
    refused = _more_than_one(ties, problems) | _contradicting(ties, problems)
    keys = [key for key in first if key not in refused] if refused else list(first)
    for part in (2, 1, 0):  # as sorted(keys) has them, in half the time: texts alone are compared fast
        keys.sort(key=itemgetter(part))
    edges: dict[EdgeKey, Edge] = {}
    for key in keys:
        record, _, place, column, _ = first[key]
        said = record.tie_properties.get(key[0], NOTHING)
        post = column.post if isinstance(column, FormColumn) else None
        edges[key] = Edge(*key, {**said, "post": post} if post else said, place)
    edges.update((key, _edge(key, references)) for key, references in several.items() if key in edges)
    return edges, problems


def _edge(key: EdgeKey, references: Sequence[Reference]) -> Edge:
    properties: dict[str, Scalar] = {}
    for reference in references:
        properties.update(reference.record.tie_properties.get(reference.tie, NOTHING))
    posts = {r.column.post for r in references if isinstance(r.column, FormColumn) and r.column.post}
    if posts:  # one person may hold several
        properties["post"] = "、".join(sorted(posts))
    return Edge(*key, properties, min((r.place for r in references), key=by_place))


def by_place(place: Place) -> tuple[str, str, int]:
    """What places of one round are sorted by."""
    return (place.file, place.sheet, place.row)


def _more_than_one(ties: _Ties, problems: ProblemLog) -> set[EdgeKey]:
    """The ties of a source that has several where it can have one; each is reported."""
    first: dict[str, dict[str, EdgeKey]] = {t.type: {} for t in schema.EDGE_TYPES.values() if t.single}
    several: dict[tuple[str, str], set[EdgeKey]] = {}
    for key in ties.first:
        type_, source, _ = key
        if type_ in first:
            held = first[type_].setdefault(source, key)
            if held is not key:
                several.setdefault((type_, source), {held}).add(key)
    for (type_, _), keys in several.items():
        text = schema.edge_type(type_).text
        everywhere = OtherPlaces(place_of(r.record) for key in keys for r in ties.of(key))
        for key in sorted(keys):
            others = everywhere.but({place_of(r.record) for r in ties.of(key)})
            problems.extend(
                r.report("two_targets", tie=text.zh, tie_en=text.en, others=others) for r in ties.of(key)
            )
    return set().union(*several.values())


def _contradicting(ties: _Ties, problems: ProblemLog) -> set[EdgeKey]:
    """The ties that two rows give different properties; each is reported at its cell."""
    refused: set[EdgeKey] = set()
    for key in filter(ties.several.__contains__, ties.first if ties.several else ()):
        references = ties.several[key]
        given = [(r, r.record.tie_properties.get(r.tie, {})) for r in references]
        for name in sorted({n for _, properties in given for n in properties}):
            having = [(r, p[name]) for r, p in given if name in p]
            if len({value for _, value in having}) > 1:
                refused.add(key)
                places: dict[Scalar, set[str]] = defaultdict(set)
                for r, value in having:
                    places[value].add(place_of(r.record))
                everywhere = OtherPlaces(chain.from_iterable(places.values()))
                others = {value: everywhere.but(own) for value, own in places.items()}
                problems.extend(_contradiction(name, r, value, others[value]) for r, value in having)
    return refused


def _contradiction(name: str, reference: Reference, value: Scalar, others: str) -> Problem:
    layout, row = reference.record.layout, reference.record.row
    heading = next(
        c.heading
        for c in layout.form.columns
        if c.on == reference.tie and c.property and c.property.name == name
    )
    return problem(
        "contradiction",
        layout.file,
        layout.sheet,
        layout.cell(heading, row),
        str(value),
        heading=heading,
        others=others,
    )
