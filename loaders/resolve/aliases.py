"""Names that are the same: propose likely ones with a score, and keep the user's answers; owns rapidfuzz."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from graph_model.graph import Graph, Node, Scalar
from graph_model.schema import node_type
from loaders.clean.parse import canonical_name, is_part
from loaders.clean.pinyin import phonetic_key

MIN_SIMILARITY = 65
"""From this score on a name is proposed."""
MAX_ASKED = 300
"""So many names at once are compared: nobody answers more questions in one go."""
RENAMED = ("Unit", "Branch", "ResidentialArea", "CommercialArea")
_CANDIDATES = 3
_COMPARED = 40
_SHOWN_PLACES = 20

Roots = Mapping[tuple[str, str], str]
"""(label, canonical name) -> the canonical name that it stands for."""


class AliasAnswer(NamedTuple):
    """The user's answer about a name: it is the same as `name`, or (None) nothing that was proposed."""

    label: str
    alias: str
    name: str | None


@dataclass(frozen=True, slots=True)
class MatchProposal:
    """Two names that are likely the same. Never merged by itself; the user is asked once.

    `text`: as the workbooks write it. `candidate`: the known name, of the node type `label`. `score`: 0 to
    100. `places`: where the text stands. `keys`: of the new and of the known person, who are distinguished by more
    than their names; `differs`: the properties in which these two are not alike.
    """

    text: str
    label: str
    candidate: str
    score: int
    places: tuple[str, ...] = ()
    keys: tuple[str, str] | None = None
    differs: tuple[str, ...] = ()

    @property
    def same(self) -> AliasAnswer:
        """The answer that the two are the same."""
        return AliasAnswer(self.label, *(self.keys or (self.text, self.candidate)))


@dataclass(frozen=True, slots=True)
class AliasBook:
    """The answers that were given, each name of a type once."""

    answers: tuple[AliasAnswer, ...] = ()

    def with_answer(self, label: str, alias: str, name: str | None) -> AliasBook:
        """The book with one answer more; an answer for the same name is replaced."""
        key = (label, canonical_name(alias))
        kept = (a for a in self.answers if (a.label, canonical_name(a.alias)) != key)
        return AliasBook(
            tuple(sorted((*kept, AliasAnswer(label, alias, name)), key=lambda a: (a.label, a.alias)))
        )

    def roots(self) -> Roots:
        """What each alias stands for in the end; names that stand for each other mean the first of them."""
        said = {
            (a.label, canonical_name(a.alias)): canonical_name(a.name)
            for a in self.answers
            if a.name and not node_type(a.label).of_people()
        }
        return {(label, alias): _root(label, alias, said) for label, alias in said}

    def people(self) -> Mapping[str, str]:
        """The key by which a person is known -> the key of the person that it is by the user's answer."""
        said = {
            (a.label, a.alias): a.name for a in self.answers if a.name and node_type(a.label).of_people()
        }
        return {alias: _root(label, alias, said) for label, alias in said}

    def asked(self) -> frozenset[tuple[str, str]]:
        """(label, canonical name) of every name that the user has answered for."""
        return frozenset((a.label, canonical_name(a.alias)) for a in self.answers)

    def spellings(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """(label, canonical name) -> the other names of it, for searching."""
        roots = self.roots()
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for answer in self.answers:
            if answer.name and not node_type(answer.label).of_people():
                root = roots[answer.label, canonical_name(answer.alias)]
                found[answer.label, root] += [answer.alias, answer.name]
        return {key: tuple(sorted(set(names))) for key, names in found.items()}


NO_ALIASES = AliasBook()


def _root(label: str, alias: str, said: Mapping[tuple[str, str], str]) -> str:
    seen = [alias]
    while (label, seen[-1]) in said:
        following = said[label, seen[-1]]
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


# --- kept in the store, so that it travels with the graph ----------------------------------------


def read_alias_book(nodes: Iterable[Node]) -> AliasBook:
    """The book from the store's nodes of the type Alias (`store.records("Alias")`)."""
    answers = (
        AliasAnswer(
            str(n.properties["of"]),
            str(n.properties["name"]),
            str(n.properties["canonical"]) if n.properties.get("canonical") else None,
        )
        for n in nodes
    )
    return AliasBook(tuple(sorted(answers, key=lambda a: (a.label, a.alias))))


def alias_nodes(answers: Iterable[AliasAnswer], *, author: str = "", written: str = "") -> tuple[Node, ...]:
    """The nodes that keep these answers (`store.put(nodes)`); a later answer takes an earlier one's place.

    "Not the same" is kept as an empty name, so that it overwrites too.
    """
    return tuple(
        Node("Alias", _key(a), _properties(a) | {"author": author, "written": written}) for a in answers
    )


def _key(answer: AliasAnswer) -> str:
    digest = hashlib.sha256(f"{answer.label}\x1e{canonical_name(answer.alias)}".encode()).hexdigest()
    return f"{node_type('Alias').prefix}_{digest[:20]}"


def _properties(answer: AliasAnswer) -> dict[str, Scalar]:
    return {"of": answer.label, "name": answer.alias, "canonical": answer.name or ""}


# --- how likely two names are the same -----------------------------------------------------------

_GENERIC = re.compile(
    "物业管理|物业服务|物业|管理|服务|经济|实业|发展|公司|集团|中心|居民区|社区|小区|商业广场|商业区|广场"
    "|联合|总支部|总支|党委|党支部|支部|街道"
)
_NUMERALS = re.compile("[0-9一二三四五六七八九十百]+")


def distinctive_part(name: str) -> str:
    """What is particular in a canonical name; the name itself where nothing is.

    >>> distinctive_part("新桃源物业"), distinctive_part("开元居民区党支部"), distinctive_part("社区服务中心")
    ('新桃源', '开元', '社区服务中心')
    """
    return _GENERIC.sub("", name) or name


def similarity(one: str, other: str) -> int:
    """How likely two canonical names mean the same, from 0 to 100.

    A branch office is never its head office, and what is numbered differently is different.

    >>> similarity("新桃源", "新桃源物业"), similarity("新桃园物业", "新桃源物业")
    (94, 91)
    >>> similarity("开元居民区党支部", "静安居民区党支部") < MIN_SIMILARITY
    True
    >>> similarity("新桃源物业松江分公司", "新桃源物业"), similarity("三村居民区", "四村居民区")
    (0, 0)
    """
    if is_part(one) != is_part(other):
        return 0
    numbers = _NUMERALS.findall(one), _NUMERALS.findall(other)
    if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
        return 0
    cores = distinctive_part(one), distinctive_part(other)
    particular = fuzz.ratio(*cores)
    if min(map(len, cores)) >= 2:
        particular = max(particular, 0.9 * fuzz.partial_ratio(*cores))
        if len(cores[0]) == len(cores[1]) and phonetic_key(cores[0]) == phonetic_key(
            cores[1]
        ):  # typed by sound, the usual slip
            particular = max(particular, 95)
    return round(0.75 * particular + 0.25 * fuzz.ratio(one, other))


class _Names:
    """Known names, to be asked for the likeliest ones. Only those that share most characters are compared."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names)
        self._having: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(self._names):
            for character in set(distinctive_part(name)):
                self._having[character].append(at)

    def best(self, name: str) -> list[tuple[str, int]]:
        """The most likely of the known names, best first."""
        shared: Counter[int] = Counter()
        # In a fixed order, so that the same names are compared every time.
        for character in sorted(set(distinctive_part(name))):
            shared.update(self._having.get(character, ()))
        near = (self._names[at] for at, _ in shared.most_common(_COMPARED))
        scored = ((known, similarity(name, known)) for known in near)
        likely = [(known, score) for known, score in scored if score >= MIN_SIMILARITY]
        return sorted(likely, key=lambda found: (-found[1], found[0]))[:_CANDIDATES]


# --- proposals -----------------------------------------------------------------------------------


def propose_matches(
    broken: Mapping[tuple[tuple[str, ...], str], Sequence[str]],
    shown: Mapping[str, Mapping[str, str]],
    book: AliasBook = NO_ALIASES,
) -> tuple[MatchProposal, ...]:
    """Likely matches of names that mean nothing known.

    `broken`: (labels, name) -> the places where it stands. `shown`: label -> canonical name -> name. People
    are left out: two people may well have names that are alike.
    """
    asked = book.asked()
    found: list[MatchProposal] = []
    names: dict[str, _Names] = {}
    most = sorted(broken.items(), key=lambda item: (-len(item[1]), item[0]))[:MAX_ASKED]
    for (labels, text), places in most:
        canonical = canonical_name(text)
        for label in labels:
            if node_type(label).of_people() or (label, canonical) in asked:
                continue
            if label not in names:
                names[label] = _Names(shown.get(label, {}))
            for name, score in names[label].best(canonical):
                found.append(
                    MatchProposal(
                        text, label, shown[label][name], score, tuple(sorted(places))[:_SHOWN_PLACES]
                    )
                )
    return tuple(sorted(found, key=lambda p: (-p.score, p.text, p.candidate)))


def propose_renames(desired: Graph, held: Graph, book: AliasBook = NO_ALIASES) -> tuple[MatchProposal, ...]:
    """New things of a round that look like ones which the store holds and the round does not mention.

    Alike by name, or by what they are tied to: a company under a new name keeps its people and its areas.
    """
    asked = book.asked()
    fresh = [n for k, n in desired.nodes.items() if k not in held.nodes and n.label in RENAMED]
    fresh = [n for n in fresh if (n.label, canonical_name(_name(n))) not in asked][:MAX_ASKED]
    gone = [n for k, n in held.nodes.items() if k not in desired.nodes and n.label in RENAMED]
    if not fresh or not gone:
        return ()
    ties = _neighbours(desired, {n.key for n in fresh}), _neighbours(held, {n.key for n in gone})
    by_neighbour: dict[str, set[str]] = defaultdict(set)
    for key, others in ties[1].items():
        for other in others:
            by_neighbour[other].add(key)
    found: list[MatchProposal] = []
    for label in RENAMED:
        old = {canonical_name(_name(n)): n for n in gone if n.label == label}
        names = _Names(old)
        canonical_of = {n.key: c for c, n in old.items()}
        for node in (n for n in fresh if n.label == label):
            own = canonical_name(_name(node))
            mine = ties[0].get(node.key, set())
            scores = dict(names.best(own))
            for key in {k for other in mine for k in by_neighbour.get(other, ()) if k in canonical_of}:
                score = _tied_score(similarity(own, canonical_of[key]), mine, ties[1][key])
                if score >= max(MIN_SIMILARITY, scores.get(canonical_of[key], 0)):
                    scores[canonical_of[key]] = score
            best = sorted(scores.items(), key=lambda s: (-s[1], s[0]))[:_CANDIDATES]
            place = node.place
            places = (f"{place.file} · {place.sheet} · {place.row}",) if place else ()
            found += [MatchProposal(_name(node), label, _name(old[c]), s, places) for c, s in best]
    return tuple(sorted(found, key=lambda p: (-p.score, p.text, p.candidate)))


def _tied_score(by_name: int, mine: set[str], theirs: set[str]) -> int:
    """One tie alone proves nothing: every area has a company, every company a district."""
    shared = len(mine & theirs)
    if shared < 2:
        return by_name
    return min(99, max(by_name, round(0.3 * by_name + 80 * shared / len(mine | theirs))))


def _neighbours(graph: Graph, keys: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, source, target in graph.edges:
        if source in keys:
            found[source].add(target)
        if target in keys:
            found[target].add(source)
    return found


def _name(node: Node) -> str:
    return str(node.properties["name"])
