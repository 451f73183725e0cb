"""Resolve what the rows refer to, by number or name; nothing here asks a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from graph_model import schema
from graph_model.graph import Edge, EdgeKey, Node, Place
from graph_model.store.graph_source import NodeName
from loaders.clean.parse import canonical_name, closest_matches
from loaders.forms.form import ComposedRelationship, FormColumn
from loaders.map.records import Memo, Record, compose_name, format_places, place_of
from loaders.problem_log import ProblemLog
from loaders.problems import Problem, problem
from loaders.resolve.aliases import Roots

OUTSIDE = "outside"
_MANY = 4000
_HINTED = 1000
"""Of so many different names that are not known, the nearest are looked for."""


class Reference(NamedTuple):
    """One name in one cell that means another node.

    `key` is the node of the row itself, `place` where the row stands, `column` what the form says of the tie.
    """

    # a tuple, for there are more of them than rows
    record: Record
    key: str
    place: Place
    column: FormColumn | ComposedRelationship
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


ResolvedReference = tuple[EdgeKey, Reference]
"""The key of a tie, and a reference that makes it."""


@dataclass(frozen=True, slots=True)
class ResolveContext:
    """What the store holds of that which a round refers to, fetched before the round is resolved.

    Its names are in `NameIndex.before`. `relationships`: those that decide between several things of one name, and
    those whose properties a sheet may leave out.
    """

    nodes: Mapping[str, Node] = field(default_factory=dict)
    relationships: Mapping[EdgeKey, Edge] = field(default_factory=dict)


EMPTY_CONTEXT = ResolveContext()


@dataclass(slots=True)
class NameIndex:
    """All that can be referred to: label -> canonical name or number -> keys; and what was rejected.

    `before`: what the store holds beside the round; it is meant only where the round knows no such name.
    `number_of`: the number of each of those that has one, by key.
    """

    keys: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    shown: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    rejected: dict[str, dict[str, dict[str, None]]] = field(default_factory=lambda: defaultdict(dict))
    roots: Roots = field(default_factory=dict)
    before: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    number_of: dict[str, str] = field(default_factory=dict)
    recognised: dict[str, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def canonicals(self, label: str) -> dict[str, str]:
        """`canonical` of a label's names, each worked out once."""
        if label not in self.recognised:
            self.recognised[label] = Memo(lambda name: self._canonical(label, canonical_name(name)))
        return self.recognised[label]

    def recognise(self, label: str, names: Mapping[str, str]) -> None:
        """Remember the canonical names of these, which were worked out together."""
        self.canonicals(label).update(
            {name: self._canonical(label, c) for name, c in names.items()} if self.roots else names
        )

    def canonical(self, label: str, name: str) -> str:
        """The canonical name, or what it stands for by the user's answer."""
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

    def remember(self, names: Mapping[str, Iterable[NodeName]]) -> None:
        """Let what the store holds be referred to, by label; of a label that is known already, nothing new."""
        for label, those in names.items():
            if label not in self.before:
                self._remember(label, those)

    def _remember(self, label: str, those: Iterable[NodeName]) -> None:
        self.before[label] = {}
        sensitive = schema.node_type(label).of_people()
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
            self.rejected[label].setdefault(self.canonical(label, name), {})[place] = None

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

    def nothing_of(self, ends: Iterable[str]) -> bool:
        """Has neither the round nor the store, where it was asked, a thing of these kinds; of people: any of these."""
        return not any(self.keys[e] or self.rejected[e] or self.before.get(e, True) for e in ends)

    def broken(self, references: Iterable[Reference]) -> dict[tuple[tuple[str, ...], str], tuple[str, ...]]:
        """(labels, name) -> places, of the references that mean nothing known."""
        found: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
        lacking = Memo(lambda meant: not self.find(*meant) and not self.rejected_at(*meant))
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
            inside.append(Reference(record, key, place, tie, compose_name(tie, record.parts)))
    return inside, outside


def resolve(
    references: Sequence[Reference],
    known: NameIndex,
    nodes: Mapping[str, Node],
    settled: Iterable[EdgeKey],
    context: ResolveContext = EMPTY_CONTEXT,
) -> tuple[list[ResolvedReference], ProblemLog]:
    """Each reference with the tie that it makes, or a Problem.

    A name that several nodes have means the one tied to the row's node, or to something the row's node is
    tied to (its units); the ties that need no such choice, and `settled` ones, decide. Otherwise it is a
    Problem that gives the candidates' places. `context`: what the store holds, where the round may refer to it.
    """
    found: list[ResolvedReference] = []
    problems = ProblemLog()
    open_: list[tuple[Reference, list[str]]] = []
    hint = _Hints(known)
    rejected = Memo(lambda meant: format_places(known.rejected_at(*meant)))
    means = Memo(lambda meant: known.find(*meant))
    for reference in references:
        _, _, _, column, name = reference
        keys = means[column.ends, name]
        if not keys:
            problems.append(_unresolved(reference, rejected[column.ends, name], hint))
        elif len(keys) > 1:
            open_.append((reference, keys))
        else:
            found.append((reference.edge(keys[0]), reference))
    if open_:
        near_by = {k for reference, keys in open_ for k in (reference.key, *keys)}
        near = _neighbours(near_by, chain(settled, map(itemgetter(0), found), context.relationships))
        everything = {**context.nodes, **nodes}
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


def _unresolved(reference: Reference, rejected: str, hint: _Hints) -> Problem:
    labels = _labels(reference.ends)
    if rejected:
        return reference.report("rejected_reference", **labels, others=rejected)
    near = hint.near(reference.ends, canonical_name(reference.name))
    alone = reference.record.layout.part or hint.known.nothing_of(reference.ends)
    if alone and all(map(_of_people, reference.ends)):
        # a table of companies or branches comes without a roster: they are right all the same
        return reference.report("unlisted_person", **labels)
    return reference.report(
        "broken_reference",
        **labels,
        nearest=f"最接近的是：{'、'.join(near)}" if near else f"先在{labels['labels']}表中登记",
        nearest_en=f"the nearest: {', '.join(near)}" if near else "enter it in its own form first",
    )


def _of_people(label: str) -> bool:
    return schema.node_type(label).of_people()


def _ambiguous(reference: Reference, keys: Sequence[str], nodes: Mapping[str, Node]) -> Problem:
    places = (nodes[k].place for k in keys)
    others = format_places(f"{p.file} · {p.sheet} · {p.row}" for p in places if p is not None)
    return reference.report(
        "ambiguous_reference", **_labels(reference.ends), count=len(keys), others=others
    )


def _labels(ends: Sequence[str]) -> dict[str, str]:
    texts = [schema.node_type(label).text for label in ends]
    return {"labels": "、".join(t.zh for t in texts), "labels_en": " / ".join(t.en.lower() for t in texts)}


def near_names(
    known: NameIndex, ends: Iterable[str], canonical: str, alike: float = 0.5
) -> tuple[str, ...]:
    """The three known names of these labels that are most like a canonical name, best first."""
    shown = {c: s for label in ends for c, s in known.shown[label].items()}
    names = list(shown)
    if len(names) > _MANY:
        # Comparing with everybody takes too long; a slip of the pen seldom hits the first character.
        names = [n for n in names if n[:1] == canonical[:1]][:_MANY]
    return tuple(shown[n] for n in closest_matches(canonical, sorted(names), count=3, alike=alike))


class _Hints:
    """The nearest known names, each asked for once."""

    def __init__(self, known: NameIndex) -> None:
        self.known = known
        self._left = _HINTED
        self.near = cache(self._near)

    def _near(self, ends: tuple[str, ...], canonical: str) -> tuple[str, ...]:
        if not self._left:
            return ()
        self._left -= 1
        return near_names(self.known, ends, canonical)
