"""Fetch what names are resolved against, so that resolving asks no store.

It is fetched at two points, for each needs what the one before it gives. What rows are of things that are held is
known by their keys, and for want of these by their names (`fetch_entities`); only then is it known which names the
round lacks, which of them mean several things, and which keys its relationships start at (`fetch_references`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from graph_model import schema
from graph_model.graph import Edge, EdgeKey
from graph_model.store.graph_source import GraphSource, NodeName, node_name
from loaders.clean.name_variants import spellings
from loaders.clean.parse import canonical_name
from loaders.map.records import Memo
from loaders.resolve.carry_over import StatedProperties, unstated_of_relationship
from loaders.resolve.key_matching import EntityGroup, needs_name, same_name
from loaders.resolve.references import (
    EMPTY_CONTEXT,
    NameIndex,
    Reference,
    ResolveContext,
    ResolvedReference,
)

KeyOf = Callable[[str, str], str]
"""The key of somebody of a label and a (canonical) number."""


def fetch_entities(
    things: Sequence[EntityGroup], source: GraphSource | None, known: NameIndex
) -> ResolveContext:
    """The stored things that the round's may be: those of their keys, and of their names where a key is new.

    The names are made known too.
    """
    if source is None:
        return EMPTY_CONTEXT
    nodes = source.nodes(key for some in things for key in some.keys)
    new = [
        (some.label, rows)
        for some in things
        for key, rows in zip(some.keys, some.rows, strict=True)
        if key not in nodes and needs_name(rows)
    ]
    names = {label: source.named(label) for label in sorted({label for label, _ in new})}
    known.remember(names)
    others = {key for label, rows in new for key in same_name(label, rows, known)}
    return ResolveContext({**nodes, **source.nodes(others - nodes.keys())})


def fetch_references(
    context: ResolveContext,
    references: Sequence[Reference],
    outside: Iterable[ResolvedReference],
    source: GraphSource,
    known: NameIndex,
    spoken: StatedProperties,
    *,
    key_of: KeyOf,
    labels: Iterable[str] = (),
) -> ResolveContext:
    """The context with what the round refers to and does not bring along, and the relationships around it.

    `outside`: the relationships that lead out of the field. `labels`: those whose names are referred to elsewhere
    in the round. The names are made known too.
    """
    names = fetch_names(known.broken(references), source, known, key_of)
    names.update({label: source.named(label) for label in labels if label not in {*known.before, *names}})
    known.remember(names)
    near_by: set[str] = set()
    sources: dict[str, set[str]] = defaultdict(set)
    means = Memo(lambda meant: known.find(*meant))
    for reference in references:
        candidates = means[reference.ends, reference.name]
        if len(candidates) > 1:
            near_by.update((reference.key, *candidates))
        if unstated_of_relationship(reference.record.layout, reference.tie, spoken):
            for candidate in candidates:
                type_, start, _ = reference.edge(candidate)
                sources[type_].add(start)
    for (type_, start, _), reference in outside:
        if unstated_of_relationship(reference.record.layout, type_, spoken):
            sources[type_].add(start)
    relationships: dict[EdgeKey, Edge] = source.ties(near_by) if near_by else {}
    for type_, keys in sources.items():
        relationships |= source.ties(keys, [type_], "source")
    return replace(
        context,
        nodes={**context.nodes, **(source.nodes(near_by - context.nodes.keys()) if near_by else {})},
        relationships=relationships,
    )


def fetch_names(
    broken: Iterable[tuple[tuple[str, ...], str]], source: GraphSource, known: NameIndex, key_of: KeyOf
) -> dict[str, Sequence[NodeName]]:
    """What the store holds by the (labels, name) that mean nothing in the round; of people these names only."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for ends, name in broken:
        for label in ends:
            wanted[label].append(name)
    names: dict[str, Sequence[NodeName]] = {}
    for label, those in wanted.items():
        if label in known.before:
            continue
        if schema.node_type(label).of_people():
            names[label] = fetch_people(source, known, label, those, key_of)
        else:
            names[label] = source.named(label)
    return names


def fetch_people(
    source: GraphSource, known: NameIndex, label: str, names: Iterable[str], key_of: KeyOf
) -> Sequence[NodeName]:
    """The people of these names or numbers only, where that can be asked: there may be millions of others."""
    wanted = sorted({known.canonical(label, name) for name in names})
    numbered = [node_name(n) for n in source.nodes(key_of(label, name) for name in wanted).values()]
    by_number = {canonical_name(n.number or "") for n in numbered}
    ways = [spellings(name) for name in wanted if name not in by_number]
    if None in ways or any(of == label for of, _ in known.roots):
        return source.named(label)
    named = source.named(label, {n for way in ways for n in way or ()})
    return sorted({n.key: n for n in (*named, *numbered)}.values())
