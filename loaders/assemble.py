"""Put the records of a round together into the desired graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, groupby, repeat
from operator import itemgetter
from typing import NamedTuple

from graph_model import schema
from graph_model.graph import Graph, Node, Place, Scalar
from graph_model.holdings import Holdings
from loaders.aliases import NO_ALIASES, AliasBook, Proposal, propose
from loaders.balance import Ledger
from loaders.cells import canonical_name, canonical_names
from loaders.pinyin import search_text, search_texts, sound
from loaders.problems import Problem, problem
from loaders.records import Layout, Once, Record, Rejected
from loaders.references import (
    OUTSIDE,
    Known,
    Reference,
    by_place,
    place_of,
    references_of,
    resolve,
    some_places,
    tie_together,
)

Identity = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assembled:
    """The desired graph, and what kept something out of it.

    A row whose node contradicts another has no node; a row with a broken reference keeps its node and
    loses that tie. Either way the row has a blocking Problem.
    """

    graph: Graph
    problems: tuple[Problem, ...]
    proposals: tuple[Proposal, ...] = ()
    known: Known = field(default_factory=Known)
    ledger: Ledger = field(default_factory=Ledger)


def assemble(
    records: Iterable[Record],
    rejected: Iterable[Rejected],
    *,
    round_: str,
    secret: bytes,
    aliases: AliasBook = NO_ALIASES,
    held: Holdings | None = None,
) -> Assembled:
    """The graph of a round's records, whatever the order in which they come; references resolved last.

    `aliases`: names that the user said are the same; what else is likely the same comes back as proposals.
    `held`: what the store holds, where the round is partial and may refer to it.
    """
    known = Known(roots=aliases.roots())
    problems: list[Problem] = []
    ledger = Ledger()
    for row in rejected:
        ledger.lose(row.layout.file, row.layout.sheet, row.row)
        if row.layout.form.label is not None:
            known.reject(row.layout.form.label, row.names, place_of(row))
    things = [
        _things(label, sheets, problems, known, ledger, secret) for label, sheets in _in_order(records)
    ]
    at_home = (
        held.nodes(k for t in things for k, rows in zip(t.keys, t.rows, strict=True) if _is_named(rows))
        if held is not None
        else {}
    )
    made = _Made(round_, aliases, known, problems, ledger)
    while things:
        made.add(things.pop(0), at_home, held)  # and is not kept: references take its place in memory
    nodes, members = made.nodes, made.members
    ledger.land(record.layout for _, _, record in members)
    references, beyond = references_of(members)
    outside = [(r.edge(_outside_branch(r, nodes, secret, known)), r) for r in beyond]
    if held is not None:
        _remember_lacking(known, references, held, secret)
    resolved, unresolved = resolve(references, known, nodes, [tie for tie, _ in outside], held)
    edges, clashes = tie_together(chain(resolved, outside))
    problems.extend((*unresolved, *clashes))
    graph = Graph({key: nodes[key] for key in sorted(nodes)}, edges)
    proposals: tuple[Proposal, ...] = ()
    if any(p.code == "broken_reference" for p in unresolved):
        proposals = propose(known.broken(references), known.shown, aliases)
    return Assembled(graph, tuple(problems), proposals, known, ledger)


class _Made:
    """Makes the nodes, label by label; collects them by key, and (key, place, row) of each row in one."""

    def __init__(
        self, round_: str, aliases: AliasBook, known: Known, problems: list[Problem], ledger: Ledger
    ) -> None:
        self._round, self._spelled = round_, aliases.spellings()
        self._known, self._problems, self._ledger = known, problems, ledger
        self.nodes: dict[str, Node] = {}
        self.members: list[tuple[str, Place, Record]] = []

    def add(self, things: _Things, at_home: Mapping[str, Node], held: Holdings | None) -> None:
        """Add the nodes of a label, and their names; rows that contradict each other become Problems."""
        label, identities, keys, groups, searched = things
        named: list[tuple[str, str]] = []
        for identity, key, group in zip(identities, keys, groups, strict=True):
            if len(group) > 1 and self._contradict(label, group):
                continue
            if held is not None and key not in at_home and _is_named(group):
                key = _held_key(key, label, group, self._known, held, self.nodes)
            first = None
            for record in group:
                layout, row, said, _, _, _, _ = record
                place = Place(self._round, layout.file, layout.sheet, row)
                first = place if first is None else min(first, place, key=by_place)
                self.members.append((key, place, record))
                if identity[0] != OUTSIDE:
                    named.append((str(said["name"]), key))
                    if "number" in said:
                        named.append((str(said["number"]), key))
            others = self._spelled.get((label, identity[-1]), ()) if self._spelled else ()
            self.nodes[key] = Node(label, key, _properties(label, group, others, searched), first)
        self._known.add(label, named)

    def _contradict(self, label: str, group: Sequence[Record]) -> bool:
        found = _contradictions(group, self._known)
        self._problems.extend(found)
        for record in group if found else ():
            self._ledger.lose(record.layout.file, record.layout.sheet, record.row)
            self._known.reject(label, _names(record), place_of(record))
        for record in () if found else group[1:]:
            self._ledger.merged[record.layout.file, record.layout.sheet] += 1
        return bool(found)


def _is_named(group: Sequence[Record]) -> bool:
    """Is it one of the things that their name alone identifies."""
    return group[0].layout.form.identity[-1] == ("name",)


def _remember_lacking(known: Known, references: Iterable[Reference], held: Holdings, secret: bytes) -> None:
    """Ask the store for what the round refers to and does not bring along."""
    names: dict[str, list[str]] = defaultdict(list)
    for ends, name in known.broken(references):
        for label in ends:
            names[label].append(name)
    for label, wanted in names.items():
        if schema.node_type(label).property("name").sensitive:

            def key_of(number: str, label: str = label) -> str:
                return schema.make_key(label, ("number", number), secret)

            known.remember_people(held, label, wanted, key_of)
        else:
            known.remember(held, [label])


def _held_key(
    key: str, label: str, group: Sequence[Record], known: Known, held: Holdings, nodes: Mapping[str, Node]
) -> str:
    """The key of what the store holds under the same name, where a number alone makes the difference.

    A partial workbook may leave out a number, or bring the first one: it is still the same thing.
    """
    record = group[0]
    if record.properties.get("kind") == OUTSIDE:
        return key
    known.remember(held, [label])
    same = known.before[label].get(known.canonical(label, str(record.properties["name"])), [])
    if len(same) != 1 or same[0] in nodes:
        return key
    numbers = {str(r.properties["number"]) for r in group if "number" in r.properties}
    numbers |= {known.number_of[same[0]]} if same[0] in known.number_of else set()
    return same[0] if len(numbers) < 2 else key


# --- which rows are the same thing ---------------------------------------------------------------

_Sheets = list[tuple[Layout, list[Record]]]
"""Rows, in their order, with the layout that they have in common."""


class _Things(NamedTuple):
    """The things of a label: what identifies each, the key of that, and the rows that speak of it.

    `searched`: the search text of each name.
    """

    label: str
    identities: list[Identity]
    keys: list[str]
    rows: list[list[Record]]
    searched: Mapping[str, str]


def _in_order(records: Iterable[Record]) -> list[tuple[str, _Sheets]]:
    """By label and sheet: by file, sheet and row, in whatever order they came."""
    # what the rows of a sheet have in common is looked at once for each run of them
    runs: dict[tuple[str, str], _Sheets] = defaultdict(list)
    for layout, rows in groupby(records, itemgetter(0)):
        runs[layout.file, layout.sheet].append((layout, list(rows)))
    found: dict[str, _Sheets] = defaultdict(list)
    for at in sorted(runs):
        together = sorted(chain.from_iterable(some for _, some in runs[at]), key=itemgetter(1))
        for layout, some in groupby(together, itemgetter(0)):
            if layout.form.label is not None:
                found[layout.form.label].append((layout, list(some)))
    return sorted(found.items(), key=itemgetter(0))


def _things(
    label: str, sheets: _Sheets, problems: list[Problem], known: Known, ledger: Ledger, secret: bytes
) -> _Things:
    """Each thing of a label; people who cannot be told apart become Problems."""
    numbered: dict[Identity, list[Record]] = defaultdict(list)
    named: dict[Identity, list[Record]] = defaultdict(list)
    numbers_of: dict[Identity, set[Identity]] = defaultdict(set)
    names = dict.fromkeys(str(r.properties["name"]) for _, those in sheets for r in those)
    plain = canonical_names(names)
    known.recognise(label, plain)
    canonicals = known.canonicals(label)
    for layout, those in sheets:
        identified = _identities(layout, those, known, canonicals)
        for record, (number, other) in zip(those, identified, strict=True):
            if number is None:
                named[other].append(record)
            else:
                numbered[number].append(record)
                numbers_of[other].add(number)
    groups: list[tuple[Identity, list[Record]]] = []
    for other, rows in named.items():
        numbers = numbers_of.get(other, ())
        if rows[0].layout.form.distinct:
            if numbers or len(rows) > 1:
                twins = [*rows, *(r for n in numbers for r in numbered[n])]
                for row in rows:
                    problems.append(_same_person(row, twins))
                    ledger.lose(row.layout.file, row.layout.sheet, row.row)
                    known.reject(label, _names(row), place_of(row))
                continue
        elif len(numbers) == 1:
            # Its number is known from another row, so this is that thing.
            numbered[next(iter(numbers))].extend(rows)
            continue
        groups.append((other, rows))
    groups.extend(numbered.items())
    identities = [identity for identity, _ in groups]
    return _Things(
        label,
        identities,
        list(schema.make_keys(label, identities, secret)),
        [rows for _, rows in groups],
        search_texts(plain, person=schema.node_type(label).property("name").sensitive),
    )


def _identities(
    layout: Layout, rows: Sequence[Record], known: Known, canonicals: Mapping[str, str]
) -> Iterable[tuple[Identity | None, Identity]]:
    """What identifies each row of a sheet: by number, where it has one; and without it.

    `canonicals`: of the names of the form's label.
    """
    plain = Once(canonical_name)
    said = [r.properties for r in rows]
    parts = [
        _part(part, rows, canonicals if part == "name" else plain)
        for part in _parts_of(layout.form.identity)
    ]
    numbers = [p.get("number") for p in said]
    by_number = (("number", plain[str(n)]) if n is not None else None for n in numbers)
    others: Iterable[Identity] = zip(repeat("name"), *parts)
    for properties, number, other in zip(said, by_number, others, strict=False):  # a name has no end
        if properties.get("kind") == OUTSIDE:
            yield None, (OUTSIDE, known.canonical("Branch", str(properties["name"])))
        else:
            yield number, other


def _part(part: str, rows: Sequence[Record], canonicals: Mapping[str, str]) -> list[str]:
    """One part of what identifies each row: as it was composed, or else what the row says."""
    said = [r.properties.get(part) for r in rows]
    found = [canonicals[str(value)] if value is not None else "" for value in said]
    composed = [r.parts for r in rows]
    if any(composed):
        return [parts.get(part, one) for parts, one in zip(composed, found, strict=True)]
    return found


@cache
def _parts_of(identity: tuple[Identity, ...]) -> Identity:
    """What identifies a row without a number."""
    return next(p for p in identity if p != ("number",))


def _same_person(record: Record, twins: Sequence[Record]) -> Problem:
    form, layout = record.layout.form, record.layout
    parts = _parts_of(form.identity)
    headings = {c.property.name: c.heading for c in form.columns if c.property and c.on is None}
    missing = [p for p in parts if p != "name" and p not in record.properties]
    distinguish = [headings[p] for p in (*missing, "number") if p in headings]
    others = some_places(place_of(r) for r in twins if r is not record)
    return problem(
        "same_person",
        layout.file,
        layout.sheet,
        layout.cell(headings["name"], record.row),
        str(record.properties["name"]),
        heading="、".join(headings[p] for p in parts if p in headings and p not in missing),
        others=others,
        distinguish="、".join(distinguish),
    )


def _names(record: Record) -> tuple[str, ...]:
    """The names and number by which a row can be referred to."""
    said = record.properties
    named = (str(said["name"]),) if "name" in said else ()
    return (*named, str(said["number"])) if "number" in said else named


# --- one node of all its rows --------------------------------------------------------------------


def _contradictions(group: Sequence[Record], known: Known) -> list[Problem]:
    """A Problem at each cell that says something else than another row of the same thing."""
    found: list[Problem] = []
    told: set[int] = set()
    for name in sorted({n for record in group for n in record.properties}):
        having = [r for r in group if name in r.properties]
        values = [_comparable(name, r, known) for r in having]
        if _agree(values):
            continue
        for record, value in zip(having, values, strict=True):
            told.add(id(record))
            layout = record.layout
            heading = next(
                (
                    c.heading
                    for c in layout.form.columns
                    if c.property and not c.on and c.property.name == name
                ),
                layout.form.columns[0].heading,
            )
            others = (place_of(r) for r, v in zip(having, values, strict=True) if not _agree([v, value]))
            found.append(
                problem(
                    "contradiction",
                    layout.file,
                    layout.sheet,
                    layout.cell(heading, record.row),
                    str(record.properties[name]),
                    heading=heading,
                    others=some_places(others),
                )
            )
    if found:
        # The rows that contradict nothing are left out with the others, and that is said too.
        contrary = [place_of(r) for r in group if id(r) in told]
        found.extend(_left_with(r, contrary) for r in group if id(r) not in told)
    return found


def _left_with(record: Record, others: Iterable[str]) -> Problem:
    layout = record.layout
    cell = layout.cell(layout.form.columns[0].heading, record.row)
    return problem("left_with_others", layout.file, layout.sheet, cell, others=some_places(others))


def _comparable(name: str, record: Record, known: Known) -> Scalar:
    value = record.properties[name]
    if name == "name":
        return known.canonical(record.layout.form.label or "", str(value))
    return canonical_name(str(value)) if name == "number" else value


def _agree(values: Sequence[Scalar]) -> bool:
    """The same value everywhere, or dates of which one is only more exact than the other."""
    if len(set(values)) < 2:
        return True
    if not all(isinstance(v, str) and v[:4].isdigit() and len(v) in (4, 7, 10) for v in values):
        return False
    longest = max((str(v) for v in values), key=len)
    return all(longest.startswith(str(v)) for v in values)


def _properties(
    label: str, group: Sequence[Record], spelled: Sequence[str], searched: Mapping[str, str]
) -> dict[str, Scalar]:
    """What the rows of one thing say of it, and what is derived from that; `searched`: by name."""
    properties: dict[str, Scalar] = dict(group[0].properties)
    if len(group) > 1:
        _merge(properties, group[1:])
    number = properties.get("number")
    if len(group) > 1 or spelled or number is not None:
        names = sorted({str(r.properties["name"]) for r in group})
        properties[schema.SEARCH_PROPERTY] = search_text(
            [*names, *(n for n in spelled if n not in names)],
            person=schema.node_type(label).property("name").sensitive,
            number=str(number) if number is not None else None,
        )
    else:
        properties[schema.SEARCH_PROPERTY] = searched[str(properties["name"])]
    if label == "Unit":
        properties[schema.SOUND_PROPERTY] = sound(str(properties["name"]))
    return properties


def _merge(properties: dict[str, Scalar], others: Iterable[Record]) -> None:
    """Add what other rows of the same thing say: the longest name and the most exact date; the rest are equal."""
    for record in others:
        for name, value in record.properties.items():
            held = properties.get(name)
            if held is None or (len(str(value)), str(value)) > (len(str(held)), str(held)):
                properties[name] = value


def _outside_branch(reference: Reference, nodes: dict[str, Node], secret: bytes, known: Known) -> str:
    """The key of a branch outside the field, made when it is not there; never a local branch's key."""
    name, place = reference.name, reference.place
    key = schema.make_key("Branch", (OUTSIDE, known.canonical("Branch", name)), secret)
    held = nodes.get(key)
    properties = {"name": name, "kind": OUTSIDE, schema.SEARCH_PROPERTY: search_text([name])}
    if held is None:
        nodes[key] = Node("Branch", key, properties, place)
    elif held.place is not None and set(held.properties) == set(properties):
        # Made from another reference: the longest name and the first place, whatever came first.
        longer = max(str(held.properties["name"]), name, key=lambda n: (len(n), n))
        nodes[key] = Node(
            "Branch",
            key,
            {**properties, "name": longer, schema.SEARCH_PROPERTY: search_text([longer])},
            min(held.place, place, key=by_place),
        )
    return key
