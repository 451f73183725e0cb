"""The Cypher behind a picture of the graph page: one query that finds just the things that it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from explorer.explore.exploration import Exploration
from graph_model.schema import EDGE_TYPES, label_of

_TIES = "|".join(t.type for t in EDGE_TYPES.values() if t.survey)
_NAMES = ("a", "b", "c")
"""The things between the start and the end of a way, in turn; as many as there are steps at most."""


def shown_cypher(walk: Exploration, joint: Collection[str] = ()) -> str:
    """A query whose column `key` has every thing of a walk, before filters and the limit of what is drawn.

    `joint`: the joint branches in the picture, whose units the joint-branch view brings along.

    >>> print(shown_cypher(Exploration(("u_1",), 0, added=("b_1",), hidden=("u_1",))))
    MATCH (n:Unit)
    WHERE n.key IN ['u_1'] AND NOT n.key IN ['u_1']
    RETURN n.key AS key
    UNION
    MATCH (n:Branch)
    WHERE n.key IN ['b_1'] AND NOT n.key IN ['u_1']
    RETURN n.key AS key
    """
    starts = [(walk.focus, walk.depth, walk.labels)]
    starts += [((key,), steps, None) for key, steps in walk.opened]
    starts += [(walk.added, 0, None)]
    if walk.layout == "joint":
        starts += [(tuple(joint), 1, ("Unit",))]
    parts = (
        _part(label, keys, steps, labels, walk.hidden)
        for of, depth, labels in starts
        for label, keys in _by_label(of)
        for steps in range(depth + 1)
    )
    return "\nUNION\n".join(dict.fromkeys(parts))


def _by_label(keys: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        groups[label_of(key)].append(key)
    yield from groups.items()


def _part(
    label: str, keys: Collection[str], steps: int, labels: tuple[str, ...] | None, hidden: Collection[str]
) -> str:
    """What is exactly so many steps away, over things of some labels only."""
    way = [*_NAMES[:steps], "n"]
    first = f"({way[0]}:{label})"
    ties = "".join(f"-[:{_TIES}]-({name})" for _, name in pairwise(way))
    wanted = [f"{way[0]}.key IN {_list(keys)}"]
    if labels is not None:
        wanted += ["(" + " OR ".join(f"{name}:{one}" for one in labels) + ")" for name in way[1:]]
    if hidden:
        wanted.append(f"NOT n.key IN {_list(hidden)}")
    return f"MATCH {first}{ties}\nWHERE {' AND '.join(wanted)}\nRETURN n.key AS key"


def _list(keys: Iterable[str]) -> str:
    # keys have no quotes in them: explorer/explore/link.py lets in letters, digits, dots, dashes and underscores only
    return "[" + ", ".join(f"'{key}'" for key in keys) + "]"
