"""Put the records of a round together into the desired graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from graph_model import schema
from graph_model.graph import Edge, Graph, Node, Place, Scalar
from graph_model.holdings import Holdings
from loaders.aliases import NO_ALIASES, AliasBook, Proposal, propose
from loaders.balance import Ledger
from loaders.cells import canonical_name
from loaders.pinyin import search_text, sound
from loaders.problems import Problem, problem
from loaders.records import Record, Rejected
from loaders.references import (
    OUTSIDE,
    Known,
    Reference,
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
    ordered = sorted(records, key=lambda r: (r.layout.file, r.layout.sheet, r.row))
    known = Known(roots=aliases.roots())
    spelled = aliases.spellings()
    problems: list[Problem] = []
    nodes: dict[str, Node] = {}
    members: list[tuple[str, Record]] = []
    ledger = Ledger()
    for row in rejected:
        ledger.lose(row.layout.file, row.layout.sheet, row.row)
        if row.layout.form.label is not None:
            known.reject(row.layout.form.label, row.names, place_of(row))
    groups = _groups(ordered, problems, known, ledger)
    at_home = _held_already(groups, held, secret) if held is not None else {}
    for label, identity, group in groups:
        found = _contradictions(group, known)
        if found:
            problems.extend(found)
            for record in group:
                ledger.lose(record.layout.file, record.layout.sheet, record.row)
                known.reject(label, _names(record), place_of(record))
            continue
        key = schema.make_key(label, identity, secret)
        if held is not None and key not in at_home and _is_named(group):
            key = _held_key(key, label, group, known, held, nodes)
        nodes[key] = _node(label, key, group, round_, spelled.get((label, identity[-1]), ()))
        members.extend((key, record) for record in group)
        for record in group:
            ledger.landed[record.layout.file, record.layout.sheet] += 1
        for record in group[1:]:
            ledger.merged[record.layout.file, record.layout.sheet] += 1
        if identity[0] != OUTSIDE:
            for record in group:
                for name in _names(record):
                    known.add(label, name, key)
    references: list[Reference] = []
    outside: list[tuple[Reference, str]] = []
    for key, record in members:
        inside, beyond = references_of(record, key)
        references.extend(inside)
        for column, name in beyond:
            target = _outside_branch(name, record, nodes, round_, secret, known)
            reference = Reference(
                record, key, column.tie or "", column.ends, column.reverse, name, column.heading
            )
            outside.append((reference, target))
    settled = [reference.edge(target) for reference, target in outside]
    if held is not None:
        _remember_lacking(known, references, held, secret)
    resolved, unresolved = resolve(references, known, nodes, settled, held)
    edges, clashes = tie_together([*resolved, *outside], round_)
    problems.extend((*unresolved, *clashes))
    proposals: tuple[Proposal, ...] = ()
    if any(p.code == "broken_reference" for p in unresolved):
        proposals = propose(known.broken(references), known.shown, aliases)
    return Assembled(_sorted_graph(nodes, edges), tuple(problems), proposals, known, ledger)


def _is_named(group: Sequence[Record]) -> bool:
    """Is it one of the things that their name alone identifies."""
    return group[0].layout.form.identity[-1] == ("name",)


def _held_already(
    groups: Iterable[tuple[str, Identity, list[Record]]], held: Holdings, secret: bytes
) -> Mapping[str, Node]:
    keys = (schema.make_key(label, identity, secret) for label, identity, g in groups if _is_named(g))
    return held.nodes(keys)


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


def _sorted_graph(nodes: Mapping[str, Node], edges: Sequence[Edge]) -> Graph:
    return Graph.of((nodes[key] for key in sorted(nodes)), sorted(edges, key=lambda e: e.key))


# --- which rows are the same thing ---------------------------------------------------------------


def _groups(
    records: Sequence[Record], problems: list[Problem], known: Known, ledger: Ledger
) -> list[tuple[str, Identity, list[Record]]]:
    """(label, identity, rows) of each thing; people who cannot be told apart become Problems."""
    by_label: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.layout.form.label is not None:
            by_label[record.layout.form.label].append(record)
    groups: list[tuple[str, Identity, list[Record]]] = []
    for label in sorted(by_label):
        numbered: dict[Identity, list[Record]] = defaultdict(list)
        named: dict[Identity, list[Record]] = defaultdict(list)
        numbers_of: dict[Identity, set[Identity]] = defaultdict(set)
        for record in by_label[label]:
            number, other = _identities(record, known)
            if number is None:
                named[other].append(record)
            else:
                numbered[number].append(record)
                numbers_of[other].add(number)
        for other, rows in named.items():
            numbers = numbers_of.get(other, set())
            if rows[0].layout.form.distinct:
                twins = [*rows, *(r for n in numbers for r in numbered[n])]
                if len(twins) > 1:
                    for row in rows:
                        problems.append(_same_person(row, twins))
                        ledger.lose(row.layout.file, row.layout.sheet, row.row)
                        known.reject(label, _names(row), place_of(row))
                    continue
            elif len(numbers) == 1:
                # Its number is known from another row, so this is that thing.
                numbered[next(iter(numbers))].extend(rows)
                continue
            groups.append((label, other, rows))
        groups.extend((label, number, rows) for number, rows in numbered.items())
    return groups


def _identities(record: Record, known: Known) -> tuple[Identity | None, Identity]:
    """What identifies a row: by number, where it has one; and without it."""
    if record.properties.get("kind") == OUTSIDE:
        return None, (OUTSIDE, known.canonical("Branch", str(record.properties["name"])))
    number = record.properties.get("number")
    by_number = ("number", canonical_name(str(number))) if number is not None else None
    said, composed = record.properties, record.parts
    other = ["name"]
    for part in _parts_of(record.layout.form.identity):
        if part in composed:
            other.append(composed[part])
        elif part not in said:
            other.append("")
        elif part == "name":
            other.append(known.canonical(record.layout.form.label or "", str(said[part])))
        else:
            other.append(canonical_name(str(said[part])))
    return by_number, tuple(other)


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
    return tuple(str(record.properties[p]) for p in ("name", "number") if p in record.properties)


# --- one node of all its rows --------------------------------------------------------------------


def _contradictions(group: Sequence[Record], known: Known) -> list[Problem]:
    """A Problem at each cell that says something else than another row of the same thing."""
    if len(group) == 1:
        return []
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


def _node(label: str, key: str, group: Sequence[Record], round_: str, spelled: Sequence[str]) -> Node:
    first = group[0]
    properties: dict[str, Scalar] = dict(first.properties)
    for record in group[1:]:
        for name, value in record.properties.items():
            held = properties.get(name)
            # The longest name and the most exact date; the rest are equal.
            if held is None or (len(str(value)), str(value)) > (len(str(held)), str(held)):
                properties[name] = value
    names = sorted({str(r.properties["name"]) for r in group}) if group[1:] else [str(properties["name"])]
    names += [n for n in spelled if n not in names]
    number = properties.get("number")
    properties[schema.SEARCH_PROPERTY] = search_text(
        names,
        person=schema.node_type(label).property("name").sensitive,
        number=str(number) if number is not None else None,
    )
    if label == "Unit":
        properties[schema.SOUND_PROPERTY] = sound(str(properties["name"]))
    place = _place(first, round_)
    if group[1:]:
        place = min((_place(r, round_) for r in group), key=lambda p: (p.file, p.sheet, p.row))
    return Node(label, key, properties, place)


def _place(record: Record, round_: str) -> Place:
    return Place(round_, record.layout.file, record.layout.sheet, record.row)


def _outside_branch(
    name: str, record: Record, nodes: dict[str, Node], round_: str, secret: bytes, known: Known
) -> str:
    """The key of a branch outside the field, made when it is not there; never a local branch's key."""
    key = schema.make_key("Branch", (OUTSIDE, known.canonical("Branch", name)), secret)
    held = nodes.get(key)
    properties = {"name": name, "kind": OUTSIDE, schema.SEARCH_PROPERTY: search_text([name])}
    if held is None:
        nodes[key] = Node("Branch", key, properties, _place(record, round_))
    elif held.place is not None and set(held.properties) == set(properties):
        # Made from another reference: the longest name and the first place, whatever came first.
        longer = max(str(held.properties["name"]), name, key=lambda n: (len(n), n))
        nodes[key] = Node(
            "Branch",
            key,
            {**properties, "name": longer, schema.SEARCH_PROPERTY: search_text([longer])},
            min(held.place, _place(record, round_), key=lambda p: (p.file, p.sheet, p.row)),
        )
    return key
