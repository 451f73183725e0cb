"""Put the records of a round together into the desired graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, groupby, repeat
from operator import itemgetter

from graph_model import schema
from graph_model.graph import NOTHING, Graph, Node, Place
from graph_model.keys import KeyMaker
from graph_model.schema.stored_properties import SEARCH_PROPERTY
from graph_model.store.graph_source import GraphSource
from loaders.clean.parse import canonical_name, canonical_names
from loaders.clean.pinyin import search_text, search_texts
from loaders.forms.form import Form
from loaders.map.records import Memo, OtherPlaces, Record, Rejected, SheetLayout, place_of
from loaders.problem_log import ProblemLog
from loaders.problems import Problem, problem
from loaders.reconcile.balance import RowLedger
from loaders.resolve.aliases import NO_ALIASES, AliasBook, MatchProposal, propose_matches
from loaders.resolve.carry_over import StatedProperties, unstated_properties, with_unspoken
from loaders.resolve.context import KeyOf, fetch_entities, fetch_names, fetch_references
from loaders.resolve.introduced import introduce
from loaders.resolve.key_matching import EntityGroup, Identity, merge_same_keys, with_stored_keys
from loaders.resolve.merge_rows import contradictions, properties_of
from loaders.resolve.references import (
    OUTSIDE,
    NameIndex,
    Reference,
    references_of,
    resolve,
)
from loaders.resolve.relationships import build_edges, by_place
from loaders.resolve.unanswered import UNANSWERED_BOUNDS, HeldNames, UnansweredBounds, leave_out_unanswered


@dataclass(frozen=True, slots=True)
class ResolvedGraph:
    """The desired graph, and what kept something out of it.

    A row whose node contradicts another has no node; a row with a broken reference keeps its node and
    loses that tie. Either way the row has a blocking Problem.
    """

    graph: Graph
    problems: ProblemLog
    proposals: tuple[MatchProposal, ...] = ()
    known: NameIndex = field(default_factory=NameIndex)
    ledger: RowLedger = field(default_factory=RowLedger)


def build_graph(
    records: Sequence[Record],
    rejected: Sequence[Rejected],
    *,
    round_: str,
    keys: KeyMaker,
    aliases: AliasBook = NO_ALIASES,
    held: GraphSource | None = None,
    refer_to: Sequence[str] = (),
    unanswered: UnansweredBounds = UNANSWERED_BOUNDS,
) -> ResolvedGraph:
    """The graph of a round's records, whatever the order in which they come; references resolved last.

    `aliases`: names that are the same by the user's answers; what else is likely the same comes back as proposals.
    `held`: what the store holds, where the round is partial and may refer to it. `refer_to`: the labels whose
    names the caller looks up in `ResolvedGraph.known`. `unanswered`: from when on sheets are left out most of whose
    references mean nothing.
    """
    known = NameIndex(roots=aliases.roots())
    people = aliases.people()

    def key_of(label: str, number: str) -> str:
        key = keys.key(label, ("number", number))
        return people.get(key, key)

    names = _held_names(held, known, key_of) if held is not None else None
    answered = leave_out_unanswered(records, rejected, known.roots, names, unanswered)
    records, problems, ledger = answered.records, ProblemLog(answered.problems), RowLedger()
    for record in answered.left_out:
        ledger.lose(record.layout, record.row)
    for row in chain(rejected, answered.rejected):
        ledger.lose(row.layout, row.row)
        if row.layout.form.label is not None:
            known.reject(row.layout.form.label, row.names, place_of(row))
    things = [_things(label, sheets, problems, known, ledger, keys) for label, sheets in _in_order(records)]
    if people:
        things = [merge_same_keys(t, [people.get(k, k) for k in t.keys]) for t in things]
    context = fetch_entities(things, held, known)
    spoken = StatedProperties()
    made = _Made(round_, aliases, known, problems, ledger, spoken)
    while things:  # none of them is kept: references take their place in memory
        some = things.pop(0)
        if held is not None:
            some = with_stored_keys(some, context.nodes, known)
        made.add(some, context.nodes)
    nodes, members = made.nodes, made.members
    ledger.land(record.layout for _, _, record in members)
    references, beyond = references_of(members)
    outside = [(r.edge(_outside_branch(r, nodes, keys, known)), r) for r in beyond]
    if held is not None:
        context = fetch_references(
            context, references, outside, held, known, spoken, key_of=key_of, labels=refer_to
        )
    references, new = introduce(references, nodes, known, keys)
    outside += [(r.edge(_outside_branch(r, nodes, keys, known)), r) for r in new.branches]
    problems.extend(new.told)
    resolved, unresolved = resolve(references, known, nodes, [tie for tie, _ in outside], context)
    edges, clashes = build_edges(chain(resolved, outside))
    if held is not None:
        edges = with_unspoken(edges, chain(resolved, outside), context.relationships, spoken)
    problems.extend(unresolved)
    problems.extend(clashes)
    graph = Graph({key: nodes[key] for key in sorted(nodes)}, edges)
    proposals: tuple[MatchProposal, ...] = ()
    if any(code == "broken_reference" for _, _, code in unresolved.rows):
        proposals = propose_matches(known.broken(references), known.shown, aliases)
    return ResolvedGraph(graph, problems, proposals, known, ledger)


def _held_names(held: GraphSource, known: NameIndex, key_of: KeyOf) -> HeldNames:
    """What is held by names, asked without making any of it known: which of it is meant is settled later."""
    return lambda broken: fetch_names(broken, held, NameIndex(roots=known.roots), key_of)


class _Made:
    """Makes the nodes, label by label; collects them by key, and (key, place, row) of each row in one."""

    def __init__(
        self,
        round_: str,
        aliases: AliasBook,
        known: NameIndex,
        problems: ProblemLog,
        ledger: RowLedger,
        spoken: StatedProperties,
    ) -> None:
        self._round, self._spelled, self._spoken = round_, aliases.spellings(), spoken
        self._known, self._problems, self._ledger = known, problems, ledger
        self.nodes: dict[str, Node] = {}
        self.members: list[tuple[str, Place, Record]] = []

    def add(self, things: EntityGroup, at_home: Mapping[str, Node]) -> None:
        """Add the nodes of a label, and their names; rows that contradict each other become Problems.

        `at_home`: the things that are held already, of which a partial round may speak in part only.
        """
        label, identities, keys, groups, searched = things
        named: list[tuple[str, str]] = []
        for identity, key, group in zip(identities, keys, groups, strict=True):
            if len(group) > 1 and self._contradict(label, group):
                continue
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
            before = at_home.get(key)
            kept = (
                unstated_properties(before, (r.layout for r in group), self._spoken) if before else NOTHING
            )
            self.nodes[key] = Node(label, key, properties_of(label, group, others, searched, kept), first)
        self._known.add(label, named)

    def _contradict(self, label: str, group: Sequence[Record]) -> bool:
        found = contradictions(group, self._known)
        self._problems.extend(found)
        for record in group if found else ():
            self._ledger.lose(record.layout, record.row)
            self._known.reject(label, _names(record), place_of(record))
        for record in () if found else group[1:]:
            self._ledger.merge(record.layout)
        return bool(found)


# --- which rows are the same thing ---------------------------------------------------------------

_Sheets = list[tuple[SheetLayout, list[Record]]]
"""Rows, in their order, with the layout that they have in common."""


def _in_order(records: Iterable[Record]) -> list[tuple[str, _Sheets]]:
    """By label and sheet: by file, sheet and row, in whatever order they came."""
    # what the rows of a sheet have in common is looked at once for each run of them
    runs: dict[tuple[str, str, str], _Sheets] = defaultdict(list)
    for layout, rows in groupby(records, itemgetter(0)):
        runs[layout.file, layout.sheet, layout.form.id].append((layout, list(rows)))
    found: dict[str, _Sheets] = defaultdict(list)
    for at in sorted(runs):
        together = sorted(chain.from_iterable(some for _, some in runs[at]), key=itemgetter(1))
        for layout, some in groupby(together, itemgetter(0)):
            if layout.form.label is not None:
                found[layout.form.label].append((layout, list(some)))
    return sorted(found.items(), key=itemgetter(0))


def _things(
    label: str,
    sheets: _Sheets,
    problems: ProblemLog,
    known: NameIndex,
    ledger: RowLedger,
    keys: KeyMaker,
) -> EntityGroup:
    """Each thing of a label; people who cannot be distinguished become Problems."""
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
        numbers = numbers_of.get(other, set())
        if len(numbers) == 1 and all(r.layout.part for r in rows):
            # a wide table has no number for those whom it names beside its own thing
            numbered[next(iter(numbers))].extend(rows)
            continue
        # named again in each row of a wide table: one person with several postings
        if not numbers and sum(not r.layout.part for r in rows) < 2:
            groups.append((other, rows))
            continue
        if rows[0].layout.form.distinct:
            if len(rows) > 1 and not numbers and _written_twice(other, rows):
                problems.extend(_as_another(row, rows[0]) for row in rows[1:])
            elif numbers or len(rows) > 1:
                twins = OtherPlaces(
                    place_of(r) for r in [*rows, *(r for n in numbers for r in numbered[n])]
                )
                for row in rows:
                    problems.append(_same_person(row, twins))
                    ledger.lose(row.layout, row.row)
                    known.reject(label, _names(row), place_of(row))
                continue
        elif len(numbers) == 1:
            # Its number is known from another row, so this is that thing.
            numbered[next(iter(numbers))].extend(rows)
            continue
        groups.append((other, rows))
    groups.extend(numbered.items())
    identities = [identity for identity, _ in groups]
    return EntityGroup(
        label,
        identities,
        list(keys.keys(label, identities)),
        [rows for _, rows in groups],
        search_texts(plain, person=schema.node_type(label).of_people()),
    )


def _identities(
    layout: SheetLayout, rows: Sequence[Record], known: NameIndex, canonicals: Mapping[str, str]
) -> Iterable[tuple[Identity | None, Identity]]:
    """What identifies each row of a sheet: by number, where it has one; and without it.

    `canonicals`: of the names of the form's label.
    """
    plain = Memo(canonical_name)
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


def _written_twice(identity: Identity, rows: Sequence[Record]) -> bool:
    """Are these rows one and the same, with all the dates that tell people apart: a row that was copied."""
    dated = any(p.type == "date" for c in rows[0].layout.form.columns if (p := c.property) and c.on is None)
    return dated and all(identity) and len({_content(row) for row in rows}) == 1


def _content(row: Record) -> tuple[object, ...]:
    """All that a row says, but for the way in which its names are written."""
    said = sorted((name, value) for name, value in row.properties.items() if name != "name")
    named = sorted((c.heading, sorted(map(canonical_name, names))) for c, names in row.references)
    of_ties = sorted((tie, sorted(said.items())) for tie, said in row.tie_properties.items())
    return repr((said, named, of_ties, sorted(row.outside))), row.layout.form.id


def _as_another(row: Record, first: Record) -> Problem:
    layout, name = row.layout, str(row.properties["name"])
    cell = layout.cell(_headings(layout.form)["name"], row.row)
    return problem("written_twice", layout.file, layout.sheet, cell, name, others=place_of(first))


def _same_person(record: Record, twins: OtherPlaces) -> Problem:
    form, layout = record.layout.form, record.layout
    parts = _parts_of(form.identity)
    headings = _headings(form)
    missing = [p for p in parts if p != "name" and p not in record.properties]
    distinguish = [headings[p] for p in (*missing, "number") if p in headings]
    return problem(
        "same_person",
        layout.file,
        layout.sheet,
        layout.cell(headings["name"], record.row),
        str(record.properties["name"]),
        heading="、".join(headings[p] for p in parts if p in headings and p not in missing),
        others=twins.but({place_of(record)}),
        distinguish="、".join(distinguish),
    )


def _headings(form: Form) -> dict[str, str]:
    """Property -> the heading of its column."""
    return {c.property.name: c.heading for c in form.columns if c.property and c.on is None}


def _names(record: Record) -> tuple[str, ...]:
    """The names and number by which a row can be referred to."""
    said = record.properties
    named = (str(said["name"]),) if "name" in said else ()
    return (*named, str(said["number"])) if "number" in said else named


def _outside_branch(reference: Reference, nodes: dict[str, Node], keys: KeyMaker, known: NameIndex) -> str:
    """The key of a branch outside the field, made when it is not there; never a local branch's key."""
    name, place = reference.name, reference.place
    key = keys.key("Branch", (OUTSIDE, known.canonical("Branch", name)))
    held = nodes.get(key)
    properties = {"name": name, "kind": OUTSIDE, SEARCH_PROPERTY: search_text([name])}
    if held is None:
        nodes[key] = Node("Branch", key, properties, place)
    elif held.place is not None and set(held.properties) == set(properties):
        # Made from another reference: the longest name and the first place, whatever came first.
        longer = max(str(held.properties["name"]), name, key=lambda n: (len(n), n))
        nodes[key] = Node(
            "Branch",
            key,
            {**properties, "name": longer, SEARCH_PROPERTY: search_text([longer])},
            min(held.place, place, key=by_place),
        )
    return key
