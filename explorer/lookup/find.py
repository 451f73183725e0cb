"""One box for everything: names, aliases, pinyin, initials, type prefixes, slips of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from explorer.answers import Answers
from explorer.viewer import Viewer
from graph_model.graph import Node
from graph_model.schema import NODE_TYPES, node_type
from graph_model.schema.stored_properties import SEARCH_PROPERTY
from graph_model.store import cypher
from graph_model.store.driver import Row
from loaders.characters import standard
from loaders.clean.parse import canonical_name, flat_name
from loaders.clean.pinyin import search_text

MOST_INDEXED = 60_000
"""Above this many names, asking the store is cheaper than holding them all."""

_NEAR_ENOUGH = 74.0
_SHORTEST_NEAR = 3  # two letters are near to everything
_LONGEST_TYPED = 200

Closeness = Literal["same", "starts", "holds", "noted", "near"]
"""How a thing was found; `noted`: by an extra value, not by its name."""
_ORDER: tuple[Closeness, ...] = ("same", "starts", "holds", "noted", "near")

# What people type before the colon, beside the types' own names.
_OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "Subdistrict": ("subdistrict",),
    "ResidentialArea": ("小区", "社区", "area", "estate"),
    "CommercialArea": ("商业区域", "商圈", "area"),
    "Unit": ("公司", "物业", "物业公司", "企业", "company"),
    "Branch": ("支部", "党组织", "联合党支部"),
    "Member": ("姓名", "人", "person"),
    "Liaison": ("联络员", "指导员", "党建联络员", "党建指导员", "liaison", "instructor"),
    "CoBuildingPair": ("结对", "共建", "pair"),
    "JointMeeting": ("会议", "联席会", "meeting"),
    "BranchMeeting": ("支部会议", "党员大会", "党课", "lecture"),
    "RepresentativeMeeting": ("代表会议", "representatives"),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, read: the text to look for and the labels that a prefix names (None: all)."""

    text: str
    labels: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; `caption` is masked where the viewer may not see it."""

    key: str
    label: str
    caption: str
    how: Closeness


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one type, best first; `more` where there are further ones."""

    label: str
    hits: tuple[Hit, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave, by type; `near` where nothing was called so and these come closest."""

    query: Query
    groups: tuple[Group, ...] = ()
    near: bool = False

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All hits, in the order in which they are shown."""
        return tuple(h for g in self.groups for h in g.hits)


@dataclass(frozen=True, slots=True)
class _Name:
    """One name in the index: whose it is, and the words by which it is found."""

    key: str
    label: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """Every name that is no person's, and its words in one flat list for the compiled comparison."""

    names: tuple[_Name, ...]
    words: tuple[str, ...]
    owners: tuple[int, ...]


def read_query(typed: str) -> Query:
    """What was typed as a query: "公司：xty" looks for xty among units. An unknown prefix is part of the text.

    >>> read_query("公司：xty")
    Query(text='xty', labels=('Unit',))
    >>> read_query("甲:乙")
    Query(text='甲:乙', labels=None)
    """
    text = _folded(typed[:_LONGEST_TYPED])
    prefix, colon, rest = re.sub("：", ":", text).partition(":")
    labels = _prefixes().get(_squeezed(prefix)) if colon else None
    return Query(rest.strip(), labels) if labels else Query(text)


def find(answers: Answers, typed: str, viewer: Viewer, *, each: int = 8, most: int = MOST_INDEXED) -> Found:
    """What was found for a typed text, at most `each` of a type; nothing for an empty text.

    `most` is how many names are held in memory; where there are more, the store is asked each time.
    People are found only by a viewer who may see names: a hit would confirm a guessed one. Things called
    nearly so are given only where nothing is called so.
    """
    query = read_query(typed)
    searchable = viewer.searchable()
    labels = [label for label in (query.labels or searchable) if label in searchable]
    if not query.text and query.labels is None:
        return Found(query)
    indexed = [label for label in labels if not node_type(label).of_people()]
    index = _index(answers, most)
    asked = labels if index is None else [label for label in labels if node_type(label).of_people()]

    def looked(text: str) -> dict[str, Hit]:
        hits = _in_index(index, text, set(indexed)) if index is not None else []
        if asked and text:
            # one more than is shown tells whether there are more
            stored = answers.store.find(text, labels=asked, limit=each + 1)
            hits = [*hits, *(_hit(n, text, viewer) for n in stored)]
        return {h.key: h for h in hits}

    ways = ways_to_write(query.text)
    hits = {key: hit for text in reversed(ways[:-1]) for key, hit in looked(text).items()}
    bare = looked(ways[-1]) if ways[-1] not in ways[:-1] else {}
    hits |= {key: hit for key, hit in bare.items() if hit.how == "same" or not hits}
    if viewer.names and query.text:  # extra values may name anybody: a hit would confirm a guessed name
        noted = answers.store.find_extra(ways[-2], labels=labels, limit=each + 1)
        hits = {n.key: _noted(n, viewer) for n in noted} | hits
    if hits:
        return Found(query, _grouped(list(hits.values()), labels, each))
    near = (
        _near(index, ways[-2], set(indexed))
        if index is not None
        else _near_stored(answers, ways[-2], labels)
    )
    return Found(query, _grouped(near, labels, each), near=bool(near))


def ways_to_write(text: str) -> tuple[str, ...]:
    """A typed text as the names that it may mean are written: as it is, in one way of writing, as a canonical name.

    >>> ways_to_write("青松物業 有限公司")
    ('青松物業 有限公司', '青松物业 有限公司', '青松物业')
    """
    return text, " ".join(map(flat_name, text.split())), canonical_name(text)


def names_of(answers: Answers, labels: tuple[str, ...], *, most: int = 500) -> tuple[Hit, ...] | None:
    """Everything of these types by name, for a list to choose from; None where that is more than `most`.

    Types whose names are people's are refused with an empty answer: lists of people are not for choosing.
    """
    index = _index(answers, MOST_INDEXED)
    if index is None:
        return None
    wanted = [n for n in index.names if n.label in labels]
    if len(wanted) > most:
        return None
    ranked = sorted(wanted, key=lambda n: (labels.index(n.label), n.name, n.key))
    return tuple(Hit(n.key, n.label, n.name, "same") for n in ranked)


# ---- the index


def _index(answers: Answers, most: int) -> _Index | None:
    """The names of this load, or None where there are too many to hold."""
    return answers.remember(("find-index", most), lambda: _read(answers, most))


def _read(answers: Answers, most: int) -> _Index | None:
    labels = [t.label for t in NODE_TYPES.values() if t.survey and not t.of_people()]
    counted = sum(int(answers.store.ask(cypher.count_nodes(label)).rows[0]["total"]) for label in labels)
    if counted > most:
        return None
    names = [
        _Name(str(row["key"]), label, str(row["name"]), tuple(str(row["search"] or row["name"]).split()))
        for label in labels
        for row in _names(answers, label)
    ]
    flat = [(word, at) for at, name in enumerate(names) for word in dict.fromkeys(name.words)]
    return _Index(tuple(names), tuple(word for word, _ in flat), tuple(at for _, at in flat))


def _names(answers: Answers, label: str) -> tuple[Row, ...]:
    text = (
        f"MATCH (n:{node_type(label).label}) RETURN n.key AS key, n.name AS name, "
        f"n.{SEARCH_PROPERTY} AS search ORDER BY key"
    )
    return answers.store.ask(text, limit=MOST_INDEXED).rows


def _in_index(index: _Index, text: str, labels: set[str]) -> list[Hit]:
    parts = text.split()
    whole = _squeezed(text)
    return [
        Hit(n.key, n.label, n.name, _closeness(n.words, whole))
        for n in index.names
        if n.label in labels and (_holds(n.words, whole) or all(_holds(n.words, p) for p in parts))
    ]


def _near(index: _Index, text: str, labels: set[str]) -> list[Hit]:
    """The names that come closest: the same sound first, then the fewest slips."""
    whole = _squeezed(text)
    if len(whole) < 2:
        return []
    best: dict[int, float] = {}
    for sound in _sounds(whole):
        for word, at in zip(index.words, index.owners, strict=True):
            if sound in word and len(sound) >= _SHORTEST_NEAR + 1:
                best[at] = 100.0 + len(sound) / len(word)
    for typed in (whole, *_sounds(whole)):
        if len(typed) < _SHORTEST_NEAR:
            continue
        for word, score, at in process.extract(
            typed, index.words, scorer=fuzz.partial_ratio, score_cutoff=_NEAR_ENOUGH, limit=200
        ):
            if len(word) >= 0.5 * len(typed):  # "xt" is a part of much that has nothing to do with it
                owner = index.owners[at]
                best[owner] = max(best.get(owner, 0.0), score)
    # what is far behind the best is noise
    floor = max(best.values(), default=0.0) - 12.0
    ranked = sorted(((s, at) for at, s in best.items() if s >= floor), key=lambda x: (-x[0], x[1]))
    return [
        Hit(n.key, n.label, n.name, "near") for _, at in ranked if (n := index.names[at]).label in labels
    ]


def _near_stored(answers: Answers, text: str, labels: list[str]) -> list[Hit]:
    """The names of the same sound, asked of the store, where there are too many to compare here."""
    for sound in _sounds(_squeezed(text)):
        shown = [label for label in labels if not node_type(label).of_people()]
        found = answers.store.find(sound, labels=shown) if len(sound) > _SHORTEST_NEAR else ()
        if found:
            return [Hit(n.key, n.label, str(n.properties["name"]), "near") for n in found]
    return []


def _sounds(text: str) -> Iterator[str]:
    """The pinyin of a text with Chinese characters in it; nothing for one without."""
    if not text.isascii():
        *_, sound, _initials = ["", "", *search_text([text]).split()]
        if sound.isascii() and sound:
            yield sound


# ---- how well, and in which order


def _hit(node: Node, text: str, viewer: Viewer) -> Hit:
    words = tuple(str(node.properties.get(SEARCH_PROPERTY, node.properties.get("name", ""))).split())
    return Hit(
        node.key,
        node.label,
        viewer.caption(node.label, node.properties),
        _closeness(words, _squeezed(text)),
    )


def _noted(node: Node, viewer: Viewer) -> Hit:
    return Hit(node.key, node.label, viewer.caption(node.label, node.properties), "noted")


def _holds(words: tuple[str, ...], text: str) -> bool:
    return any(text in word for word in words)


def _closeness(words: tuple[str, ...], text: str) -> Closeness:
    if text in words:
        return "same"
    return "starts" if any(word.startswith(text) for word in words) else "holds"


def _grouped(hits: list[Hit], labels: list[str], each: int) -> tuple[Group, ...]:
    """The hits by type, the type with the best hit first; the near ones stay in the order they came in."""
    by_label: dict[str, list[Hit]] = {}
    for hit in hits:
        by_label.setdefault(hit.label, []).append(hit)
    groups = []
    for label, group in by_label.items():
        if group[0].how != "near":
            group.sort(key=lambda h: (_ORDER.index(h.how), len(h.caption), h.caption, h.key))
        groups.append(Group(label, tuple(group[:each]), len(group) > each))
    if hits and hits[0].how == "near":
        return tuple(groups)
    return tuple(sorted(groups, key=lambda g: (_ORDER.index(g.hits[0].how), labels.index(g.label))))


def _folded(text: str) -> str:
    return " ".join(standard(text).casefold().split())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _prefixes() -> dict[str, tuple[str, ...]]:
    """Every word that may stand before the colon, with the labels that it means."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in NODE_TYPES.values():
        if not kind.survey:
            continue
        words = (kind.text.zh, kind.text.en, kind.label, *_OTHER_WORDS.get(kind.label, ()))
        for word in {_squeezed(_folded(w)) for w in words}:
            found[word] = (*found.get(word, ()), kind.label)
    return found
