"""Resolve what the rows refer to, by number or name, and tie the nodes together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from graph_model import schema
from graph_model.graph import NOTHING, Edge, EdgeKey, Node, Place, Scalar
from graph_model.store.graph_source import Holdings, Named, named_of
from loaders.clean.name_variants import spellings
from loaders.clean.parse import canonical_name, nearest
from loaders.forms.form import Column, ComposedTie
from loaders.map.records import Once, Record, compose, place_of, some_places
from loaders.problems import Problem, problem
from loaders.resolve.aliases import Roots

OUTSIDE = "outside"
_MANY = 4000


class Reference(NamedTuple):
    """One name in one cell that means another node.

    `key` is the node of the row itself, `place` where the row stands, `column` what the form says of the tie.
    """

    # a tuple, for there are more of them than rows
    record: Record
    key: str
    place: Place
    column: Column | ComposedTie
    name: str

    @property
    def tie(self) -> str:
        """The type of the tie."""
        return self.column.tie or ""

    @property
    def ends(self) -> tuple[str, ...]:
        """The labels that the name may mean."""
        return self.column.ends

    def edge(self, far: str) -> EdgeKey:
        """The tie's key, once the far end is known; a tie without direction is stored one way round."""
        column, key = self.column, self.key
        tie = column.tie or ""
        source, target = (far, key) if column.reverse else (key, far)
        if source > target and tie == "ADJACENT_TO":
            source, target = target, source
        return (tie, source, target)

    def report(self, code: str, **fill: object) -> Problem:
        """A problem at the reference's cell."""
        layout = self.record.layout
        return problem(
            code,
            layout.file,
            layout.sheet,
            layout.cell(self.column.heading, self.record.row),
            self.name,
            **{"heading": self.column.heading, **fill},
        )


@dataclass(slots=True)
class Known:
    """All that can be referred to: label -> canonical name or number -> keys; and what was rejected.

    `before`: what the store holds beside the round; it is meant only where the round knows no such name.
    `number_of`: the number of each of those that has one, by key.
    """

    keys: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    shown: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    rejected: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    roots: Roots = field(default_factory=dict)
    before: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    number_of: dict[str, str] = field(default_factory=dict)
    recognised: dict[str, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def canonicals(self, label: str) -> dict[str, str]:
        """`canonical` of a label's names, each worked out once."""
        if label not in self.recognised:
            self.recognised[label] = Once(lambda name: self._canonical(label, canonical_name(name)))
        return self.recognised[label]

    def recognise(self, label: str, names: Mapping[str, str]) -> None:
        """Remember the canonical names of these, which were worked out together."""
        self.canonicals(label).update(
            {name: self._canonical(label, c) for name, c in names.items()} if self.roots else names
        )

    def canonical(self, label: str, name: str) -> str:
        """The canonical name, or what the user said that it stands for."""
        return self.canonicals(label)[name]

    def _canonical(self, label: str, canonical: str) -> str:
        return self.roots.get((label, canonical), canonical) if self.roots else canonical

    def add(self, label: str, named: Iterable[tuple[str, str]]) -> None:
        """Let names (or numbers) of a label mean keys: (name, key) of each."""
        keys, shown, canonicals = self.keys[label], self.shown[label], self.canonicals(label)
        for name, key in named:
            canonical = canonicals[name]
            meant = keys.get(canonical)
            if meant is None:
                keys[canonical] = [key]
            elif key not in meant:
                meant.append(key)
            shown.setdefault(canonical, name)

    def remember(self, held: Holdings, labels: Iterable[str]) -> None:
        """Let what the store holds be referred to: the nodes of these labels, each label once."""
        for label in labels:
            if label not in self.before:
                self._remember(label, held.named(label))

    def remember_people(
        self, held: Holdings, label: str, names: Iterable[str], key_of: Callable[[str], str]
    ) -> None:
        """The same for people of these names or numbers only: there may be millions of others.

        `key_of`: the key of somebody with that (canonical) number.
        """
        wanted = sorted({self.canonical(label, name) for name in names})
        numbered = [named_of(n) for n in held.nodes(map(key_of, wanted)).values()]
        by_number = {canonical_name(n.number or "") for n in numbered}
        ways = [spellings(name) for name in wanted if name not in by_number]
        if label in self.before or None in ways or any(of == label for of, _ in self.roots):
            self.remember(held, [label])
        else:
            named = held.named(label, {n for way in ways for n in way or ()})
            self._remember(label, sorted({n.key: n for n in (*named, *numbered)}.values()))

    def _remember(self, label: str, those: Iterable[Named]) -> None:
        self.before[label] = {}
        sensitive = schema.node_type(label).property("name").sensitive
        for found in those:
            if found.kind == OUTSIDE:
                continue  # a branch outside the field is never a local one
            if found.number is not None:
                self.number_of[found.key] = found.number
            for name in (n for n in (found.name, found.number) if n is not None):
                canonical = self.canonical(label, name)
                self.before[label].setdefault(canonical, []).append(found.key)
                if not sensitive:  # a hint must not tell who else is held
                    self.shown[label].setdefault(canonical, name)

    def reject(self, label: str, names: Iterable[str], place: str) -> None:
        """Remember what a row with a problem would have been called."""
        for name in names:
            places = self.rejected[label].setdefault(self.canonical(label, name), [])
            if place not in places:
                places.append(place)

    def find(self, ends: Sequence[str], name: str) -> list[str]:
        """The keys that a name means among these labels, sorted; in the round first, then as held."""
        if len(ends) == 1:
            keys = self.keys[ends[0]].get(self.canonical(ends[0], name), [])
            if keys or not self.before:
                return keys if len(keys) < 2 else sorted(keys)
        found = {k for label in ends for k in self.keys[label].get(self.canonical(label, name), ())}
        if not found and self.before and not self.rejected_at(ends, name):
            names = ((label, self.canonical(label, name)) for label in ends)
            found = {k for label, n in names for k in self.before.get(label, {}).get(n, ())}
        return sorted(found)

    def rejected_at(self, ends: Sequence[str], name: str) -> list[str]:
        """The places of rejected rows of that name."""
        return sorted(
            {p for label in ends for p in self.rejected[label].get(self.canonical(label, name), ())}
        )

    def broken(self, references: Iterable[Reference]) -> dict[tuple[tuple[str, ...], str], tuple[str, ...]]:
        """(labels, name) -> places, of the references that mean nothing known."""
        found: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
        lacking = Once(lambda meant: not self.find(*meant) and not self.rejected_at(*meant))
        for record, _, _, column, name in references:
            if lacking[column.ends, name]:
                found[column.ends, name].append(place_of(record))
        return {key: tuple(places) for key, places in found.items()}


def references_of(rows: Iterable[tuple[str, Place, Record]]) -> tuple[list[Reference], list[Reference]]:
    """The references of (key, place, row) into the field, and apart from them those outside of it."""
    inside: list[Reference] = []
    outside: list[Reference] = []
    for key, place, record in rows:
        beyond = record.outside
        for column, names in record.references:
            into = outside if beyond and column.heading in beyond else inside
            for name in names:
                into.append(Reference(record, key, place, column, name))
        for tie in record.layout.form.ties:
            inside.append(Reference(record, key, place, tie, compose(tie, record.parts)))
    return inside, outside


def resolve(
    references: Sequence[Reference],
    known: Known,
    nodes: Mapping[str, Node],
    settled: Iterable[EdgeKey],
    held: Holdings | None = None,
) -> tuple[list[Tied], list[Problem]]:
    """Each reference with the tie that it makes, or a Problem.

    A name that several nodes have means the one tied to the row's node, or to something the row's node is
    tied to (its units); the ties that need no such choice, and `settled` ones, decide. Otherwise it is a
    Problem that gives the candidates' places. `held`: what the store holds, where the round may refer to it.
    """
    found: list[Tied] = []
    problems: list[Problem] = []
    open_: list[tuple[Reference, list[str]]] = []
    hint = _Hints(known)
    means = Once(lambda meant: known.find(*meant))
    for reference in references:
        _, _, _, column, name = reference
        keys = means[column.ends, name]
        if not keys:
            problems.append(_unresolved(reference, known, hint))
        elif len(keys) > 1:
            open_.append((reference, keys))
        else:
            found.append((reference.edge(keys[0]), reference))
    if open_:
        near_by = {k for reference, keys in open_ for k in (reference.key, *keys)}
        ties = held.ties(near_by) if held else {}
        near = _neighbours(near_by, chain(settled, map(itemgetter(0), found), ties))
        everything = {**(held.nodes(near_by) if held else {}), **nodes}
        for reference, keys in open_:
            chosen = _closest(reference.key, keys, near)
            if len(chosen) == 1:
                found.append((reference.edge(chosen[0]), reference))
            else:
                problems.append(_ambiguous(reference, keys, everything))
    return found, problems


def _neighbours(of: Set[str], edges: Iterable[EdgeKey]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for _, source, target in edges:
        if source in of:
            near[source].add(target)
        if target in of:
            near[target].add(source)
    return near


def _closest(key: str, candidates: Sequence[str], near: Mapping[str, set[str]]) -> list[str]:
    mine = near.get(key, set())
    tied = [c for c in candidates if c in mine]
    return tied or [c for c in candidates if mine & near.get(c, set())]


def _unresolved(reference: Reference, known: Known, hint: _Hints) -> Problem:
    labels = _labels(reference.ends)
    places = known.rejected_at(reference.ends, reference.name)
    if places:
        return reference.report("rejected_reference", **labels, others=some_places(places))
    near = hint.near(reference.ends, canonical_name(reference.name))
    return reference.report(
        "broken_reference",
        **labels,
        nearest=f"最接近的是：{'、'.join(near)}" if near else f"先在{labels['labels']}表中登记",
        nearest_en=f"the nearest: {', '.join(near)}" if near else "enter it in its own form first",
    )


def _ambiguous(reference: Reference, keys: Sequence[str], nodes: Mapping[str, Node]) -> Problem:
    places = (nodes[k].place for k in keys)
    others = some_places(f"{p.file} · {p.sheet} · {p.row}" for p in places if p is not None)
    return reference.report(
        "ambiguous_reference", **_labels(reference.ends), count=len(keys), others=others
    )


def _labels(ends: Sequence[str]) -> dict[str, str]:
    texts = [schema.node_type(label).text for label in ends]
    return {"labels": "、".join(t.zh for t in texts), "labels_en": " / ".join(t.en.lower() for t in texts)}


class _Hints:
    """The nearest known names, each asked for once."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.near = cache(self._near)

    def _near(self, ends: tuple[str, ...], canonical: str) -> tuple[str, ...]:
        shown = {c: s for label in ends for c, s in self._known.shown[label].items()}
        names = list(shown)
        if len(names) > _MANY:
            # Comparing with everybody takes too long; a slip of the pen seldom hits the first character.
            names = [n for n in names if n[:1] == canonical[:1]][:_MANY]
        return tuple(shown[n] for n in nearest(canonical, sorted(names), count=3))


class _Ties(NamedTuple):
    """The first reference that gives each tie, and all of those that are given more than once."""

    first: dict[EdgeKey, Reference]
    several: dict[EdgeKey, list[Reference]]

    def of(self, key: EdgeKey) -> Sequence[Reference]:
        """The references that give a tie."""
        return self.several.get(key) or (self.first[key],)


Tied = tuple[EdgeKey, Reference]
"""The key of a tie, and a reference that makes it."""


def tie_together(ties_of: Iterable[Tied]) -> tuple[dict[EdgeKey, Edge], list[Problem]]:
    """The edges, by key and in order, of resolved references: the same tie from two rows is one edge, if they agree.

    A tie to itself, two targets where there can be one, and properties that contradict each other are
    Problems; such a tie is not in the answer.
    """
    first: dict[EdgeKey, Reference] = {}
    several: dict[EdgeKey, list[Reference]] = {}
    problems: list[Problem] = []
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
        record, _, place, _, _ = first[key]
        edges[key] = Edge(*key, record.tie_properties.get(key[0], NOTHING), place)
    edges.update((key, _edge(key, references)) for key, references in several.items() if key in edges)
    return edges, problems


def _edge(key: EdgeKey, references: Sequence[Reference]) -> Edge:
    properties: dict[str, Scalar] = {}
    for reference in references:
        properties.update(reference.record.tie_properties.get(reference.tie, NOTHING))
    return Edge(*key, properties, min((r.place for r in references), key=by_place))


def by_place(place: Place) -> tuple[str, str, int]:
    """What places of one round are sorted by."""
    return (place.file, place.sheet, place.row)


def _more_than_one(ties: _Ties, problems: list[Problem]) -> set[EdgeKey]:
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
        for key in sorted(keys):
            others = some_places(place_of(r.record) for k in keys if k != key for r in ties.of(k))
            problems.extend(
                r.report("two_targets", tie=text.zh, tie_en=text.en, others=others) for r in ties.of(key)
            )
    return set().union(*several.values())


def _contradicting(ties: _Ties, problems: list[Problem]) -> set[EdgeKey]:
    """The ties that two rows give different properties; each is reported at its cell."""
    refused: set[EdgeKey] = set()
    for key in filter(ties.several.__contains__, ties.first if ties.several else ()):
        references = ties.several[key]
        given = [(r, r.record.tie_properties.get(r.tie, {})) for r in references]
        for name in sorted({n for _, properties in given for n in properties}):
            having = [(r, p[name]) for r, p in given if name in p]
            if len({value for _, value in having}) > 1:
                refused.add(key)
                problems.extend(_contradiction(name, r, value, having) for r, value in having)
    return refused


def _contradiction(
    name: str, reference: Reference, value: Scalar, having: Sequence[tuple[Reference, Scalar]]
) -> Problem:
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
        others=some_places(place_of(r.record) for r, v in having if v != value),
    )
