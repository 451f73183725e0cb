"""People of a round who look like ones that are held with another date or a slip in the name: asked, never assumed.

Who has no number is known by name, joining date and birth month. Where one of them is corrected, it would be
somebody else; the user's answer says that it is the same person, who then keeps the key of before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph_model.graph import EdgeKey, Graph, Node
from graph_model.schema import NODE_TYPES
from graph_model.store.graph_source import GraphSource
from loaders.clean.parse import canonical_name
from loaders.clean.person_names import plain_person
from loaders.clean.pinyin import phonetic_key
from loaders.resolve.aliases import MAX_ASKED, MIN_SIMILARITY, NO_ALIASES, AliasBook, MatchProposal

PEOPLE = tuple(t.label for t in NODE_TYPES.values() if t.survey and t.of_people())

_BESIDE = ("EMPLOYED_BY", "AFFILIATED_WITH", "POSTED_TO")
_SAME_NAME, _ALIKE, _SAME_DATE, _HALF_DATE, _SHARED = 50, 35, 20, 5, 15
"""Points: the same name at the same unit is asked about, as is a slip in the name with the same joining date there."""
_DATES = ("joined", "born")
_CANDIDATES = 3


def propose_corrections(
    desired: Graph, held: GraphSource, known: Iterable[str], book: AliasBook = NO_ALIASES
) -> tuple[MatchProposal, ...]:
    """The likely ones of those who are held and whom the round does not mention, for each of its new people.

    `known`: the keys of the round's people who are held. At most MAX_ASKED new people are looked at.
    """
    there, asked = frozenset(known), book.asked()
    fresh = [
        n
        for k, n in desired.nodes.items()
        if n.label in PEOPLE and k not in there and (n.label, canonical_name(k)) not in asked
    ]
    if not fresh:
        return ()
    mine = _beside(desired.edges, {n.key for n in fresh})
    same = _called(fresh, held)
    # where everybody is new, nobody answers: those with a namesake first
    fresh = sorted(fresh, key=lambda n: ((n.label, _name(n)) not in same, n.key))[:MAX_ASKED]
    around = {end for n in fresh for end in mine.get(n.key, ())}
    ties = held.ties(around, _BESIDE, "target") if around else {}
    near: dict[str, set[str]] = defaultdict(set)
    for _, source, target in ties:
        near[target].add(source)
    candidates = {
        n.key: {*same.get((n.label, _name(n)), ()), *(k for end in mine.get(n.key, ()) for k in near[end])}
        for n in fresh
    }
    people = held.nodes({k for keys in candidates.values() for k in keys} - desired.nodes.keys())
    theirs = _beside(held.ties(people, _BESIDE, "source"), set(people)) if people else {}
    found: list[MatchProposal] = []
    for node in fresh:
        those = (people[k] for k in candidates[node.key] if k in people)
        scored = [
            (_score(node, other, mine.get(node.key, set()), theirs.get(other.key, set())), other)
            for other in those
            if other.label == node.label
        ]
        likely = sorted((s for s in scored if s[0] >= MIN_SIMILARITY), key=lambda s: (-s[0], s[1].key))
        found += [_proposal(node, other, score) for score, other in likely[:_CANDIDATES]]
    return tuple(sorted(found, key=lambda p: (-p.score, p.text, p.keys)))


def _called(fresh: Iterable[Node], held: GraphSource) -> dict[tuple[str, str], list[str]]:
    """(label, name) -> the keys of those who are held and are called so."""
    names: dict[str, set[str]] = defaultdict(set)
    for node in fresh:
        names[node.label].add(_name(node))
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for label, those in names.items():
        for one in held.named(label, those):
            found[label, one.name or ""].append(one.key)
    return found


def _beside(edges: Iterable[EdgeKey], people: set[str]) -> Mapping[str, set[str]]:
    """Person -> the units, branches and areas where they are."""
    found: dict[str, set[str]] = defaultdict(set)
    for type_, source, target in edges:
        if type_ in _BESIDE and source in people:
            found[source].add(target)
    return found


def _score(node: Node, other: Node, mine: set[str], theirs: set[str]) -> int:
    """From 0 to 100; dates agree also where one is only more exact, and one that is missing says little."""
    one, two = plain_person(_name(node)), plain_person(_name(other))
    if one == two:
        points = _SAME_NAME
    elif _is_slip(one, two):
        points = _ALIKE
    else:
        return 0
    for name in _DATES:
        dates = str(node.properties.get(name, "")), str(other.properties.get(name, ""))
        if all(dates):
            points += _SAME_DATE if dates[0].startswith(dates[1]) or dates[1].startswith(dates[0]) else 0
        elif any(dates):
            points += _HALF_DATE
    return min(99, points + _SHARED * min(2, len(mine & theirs)))


def _is_slip(one: str, other: str) -> bool:
    """Typed by sound, or another character in one place."""
    if len(one) != len(other) or len(one) < 2:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1 or phonetic_key(one) == phonetic_key(
        other
    )


def _proposal(node: Node, other: Node, score: int) -> MatchProposal:
    place = node.place
    names = ("name", "number", *_DATES)
    return MatchProposal(
        _name(node),
        node.label,
        _name(other),
        score,
        (f"{place.file} · {place.sheet} · {place.row}",) if place else (),
        (node.key, other.key),
        tuple(n for n in names if node.properties.get(n) != other.properties.get(n)),
    )


def _name(node: Node) -> str:
    return str(node.properties["name"])
