"""Small graphs for tests: written down in a line, drawn at random, or put into a store."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import count

from explorer.answers import Answers
from graph_model.coverage.catalogue import Catalogue
from graph_model.graph import Edge, Graph, Node, Place, Scalar
from graph_model.plan import make_plan
from graph_model.profile import read_profile
from graph_model.schema import EDGE_TYPES, NODE_TYPES, label_of
from graph_model.schema.types import EdgeType, Property
from graph_model.store.store import Round, State, Store
from tests.support.settled import settled_area

ROUND = Round("2006-10", "2006-10", "2006-11-01T08:00:00+00:00", {"companies": 29}, {"甲.xlsx": "ab12"})
PLACE = Place("2006-10", "甲.xlsx", "党员", 2)
SITE = "a-site"


def answers_of(store: Store) -> Answers:
    """What pages ask, without rules."""
    return Answers(store, Catalogue(()), read_profile())


def node(key: str, **properties: Scalar) -> Node:
    """A node whose label its key tells; called by its key where no name is given."""
    return Node(label_of(key), key, {"name": key, **properties}, PLACE)


def tie(text: str, **properties: Scalar) -> Edge:
    """An edge from "source TYPE target"."""
    source, type_, target = text.split()
    return Edge(type_, source, target, properties, PLACE)


def graph(*things: Node | Edge | tuple[Node | Edge, ...]) -> Graph:
    """A graph of nodes, ties and groups of them; a node that several groups name is taken once."""
    flat = [t for thing in things for t in ((thing,) if isinstance(thing, (Node, Edge)) else thing)]
    nodes = {t.key: t for t in flat if isinstance(t, Node)}
    edges = {t.key: t for t in flat if isinstance(t, Edge)}
    return Graph.of(nodes.values(), edges.values())


_person = count(1)


def staff(unit: str, *, full: int = 0, probationary: int = 0, unclear: int = 0) -> tuple[Node | Edge, ...]:
    """Members employed by a unit, so many of each standing; keys are new each time."""
    return _members("EMPLOYED_BY", unit, full, probationary, unclear)


def enrolled(
    branch: str, *, full: int = 0, probationary: int = 0, unclear: int = 0
) -> tuple[Node | Edge, ...]:
    """Members affiliated with a branch, so many of each standing; keys are new each time."""
    return _members("AFFILIATED_WITH", branch, full, probationary, unclear)


def _members(
    type_: str, target: str, full: int, probationary: int, unclear: int
) -> tuple[Node | Edge, ...]:
    standings = ["full"] * full + ["probationary"] * probationary + [""] * unclear
    things: list[Node | Edge] = []
    for standing in standings:
        key = f"m_{next(_person)}"
        things.append(node(key, standing=standing) if standing else node(key))
        things.append(tie(f"{key} {type_} {target}"))
    return tuple(things)


def fill(store: Store, desired: Graph, *, round: Round = ROUND) -> State:
    """Load a graph as a complete round."""
    plan = make_plan(desired, store.held())
    return store.apply(plan, round=round, expected=store.state(), site=SITE)


# ---- at random


def random_graph(seed: int, most: int) -> Graph:
    """A graph that keeps to the schema, with up to `most` nodes a type; properties are often missing."""
    draw = random.Random(seed)
    things: list[Node | Edge] = []
    by_label: dict[str, list[str]] = defaultdict(list)
    for label, declared in NODE_TYPES.items():
        if not declared.survey:
            continue
        # few branches and many members, so that some branches are large
        largest = {"Member": 5 * most, "Branch": max(most // 3, 1)}.get(label, most)
        for number in range(draw.randint(largest // 2, largest)):
            key = f"{declared.prefix}_{number}"
            by_label[label].append(key)
            # two of a name come up, as in the field
            name = f"{label}{draw.randint(0, 2 * most)}"
            values = {p.name: _value(draw, p) for p in declared.properties if draw.random() < _often(p)}
            things.append(
                Node(
                    label,
                    key,
                    {**values, **_derived(draw, label), "name": name, "search": name.lower()},
                    PLACE,
                )
            )
    for edge_type in EDGE_TYPES.values():
        if edge_type.survey:
            things += _ties(draw, edge_type, by_label, most)
    if by_label["Branch"] and most >= 20 and draw.random() < 0.2:
        things += _crowd(draw.choice(by_label["Branch"]))
    for number in range(most // 4):
        things += settled_area(draw, number)
    return graph(*things)


def _crowd(branch: str) -> list[Node | Edge]:
    """More members of one branch than a branch may have at all."""
    keys = [f"m_crowd{i}" for i in range(101)]
    return [
        *(node(k, standing="full") for k in keys),
        *(tie(f"{k} AFFILIATED_WITH {branch}") for k in keys),
    ]


def _ties(
    draw: random.Random, declared: EdgeType, by_label: dict[str, list[str]], most: int
) -> list[Node | Edge]:
    sources = [k for label in declared.sources for k in by_label[label]]
    targets = [k for label in declared.targets for k in by_label[label]]
    if not sources or not targets:
        return []
    things: list[Node | Edge] = []
    busy: set[str] = set()
    # from none to many of a type, and at times crowded on a few targets
    targets = targets[: max(1, len(targets) // draw.choice((1, 1, 5)))]
    for _ in range(int(most * draw.choice((1, 6) if declared.single else (0, 0.3, 1, 2)))):
        source, target = draw.choice(sources), draw.choice(targets)
        if source == target or (declared.single and source in busy and draw.random() < 0.95):
            continue
        busy.add(source)
        values = {p.name: _value(draw, p) for p in declared.properties if draw.random() < 0.5}
        things.append(Edge(declared.type, source, target, values, PLACE))
    return things


def _derived(draw: random.Random, label: str) -> dict[str, Scalar]:
    """What a loader works out from names: units that sound alike."""
    return {"sound": f"yin{draw.randint(0, 30)}"} if label == "Unit" and draw.random() < 0.9 else {}


def _often(declared: Property) -> float:
    return {"dissolved": 0.15, "residents_committee": 0.8}.get(declared.name, 0.7)


_LARGEST = {"employees": 150, "units_served": 6, "owners_committee_members": 9, "owners_committee_party": 9}
"""Numbers that rules look at, so that they come up on both sides of a limit."""


def _value(draw: random.Random, declared: Property) -> Scalar:
    match declared.type:
        case "text":
            words = ("停止党籍", "正常") if declared.name == "register_state" else ("甲0", "甲1", "甲2")
            return draw.choice(words)
        case "integer":
            return draw.randint(0, _LARGEST.get(declared.name, 50))
        case "boolean":
            return draw.random() < 0.5
        case "term":
            # the first term is the usual one: full member, property company, operating
            return draw.choice((declared.terms[0], *declared.terms)).value
        case "date":
            year = draw.choice((1999, 2001, 2003, 2005, 2006, 2006, 2007))
            exact = (f"{year}", f"{year}-{draw.randint(1, 12):02d}", f"{year}-{draw.randint(1, 12):02d}-15")
            return draw.choice((exact[0], exact[1], exact[1], exact[2]))
