"""A walk as a saved view, and a saved view as a walk: the same nodes at the same places after later loads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from explorer.answers import Answers
from explorer.explore.build_scene import visible_graph
from explorer.explore.exploration import MAX_STEPS, Exploration
from explorer.explore.saved_views import Opened, View
from explorer.scene.layout import Point
from explorer.scene.scene import LAYOUTS, Layout
from graph_model.schema import label_of


@dataclass(frozen=True, slots=True)
class RestoredExploration:
    """A walk that shows a saved view, where its nodes stand, and what differs from the day it was saved.

    `gone` counts by type what the data no longer have; `newer` is how many neighbours came since: they
    are hidden, so that the picture is the one that was saved.
    """

    walk: Exploration
    places: dict[str, Point]
    gone: Counter[str]
    newer: int


def to_saved_view(walk: Exploration, shown: Collection[str], places: Mapping[str, Point]) -> View:
    """What is to be kept of a walk: the keys on the screen, where they stand, the legend, the steps."""
    steps = {
        "focus": list(walk.focus),
        "depth": walk.depth,
        "labels": None if walk.labels is None else list(walk.labels),
        "opened": [list(step) for step in walk.opened],
        "added": list(walk.added),
        "hidden": list(walk.hidden),
        "pinned": list(walk.pinned),
        "moved": [key for key, _, _ in walk.moved],
        "lit": list(walk.lit),
    }
    stand = {**places, **walk.places()}
    return View(
        tuple(sorted(shown)),
        {key: stand[key] for key in sorted(shown) if key in stand},
        {"off": list(walk.off)},
        walk.layout,
        steps,
    )


def restore_exploration(answers: Answers, opened: Opened) -> RestoredExploration:
    """The walk of a view, put right for the present data. What cannot be read in it is left out."""
    view = opened.view
    gone = frozenset(opened.missing)
    there = tuple(k for k in view.nodes if k not in gone)
    walk = _walk(view, frozenset(there))
    graph, _ = visible_graph(answers, walk)
    if lost := [k for k in there if k not in graph]:
        walk = walk.add(lost)
        graph, _ = visible_graph(answers, walk)
    newer = sorted(set(graph) - set(there))
    return RestoredExploration(
        walk.hide(newer),
        {k: view.positions[k] for k in there if k in view.positions},
        Counter(_type(k) for k in opened.missing),
        len(newer),
    )


def _walk(view: View, there: frozenset[str]) -> Exploration:
    said = view.walk
    focus = tuple(k for k in _texts(said.get("focus")) if k in there)
    depth = said.get("depth")
    layout: Layout = next((known for known in LAYOUTS if known == view.layout), "force")
    labels = said.get("labels")
    walk = Exploration(
        focus=focus,
        depth=max(0, min(MAX_STEPS, depth)) if isinstance(depth, int) else 1,
        labels=None if labels is None else _texts(labels),
        opened=tuple(_step(s) for s in _list(said.get("opened")) if _is_step(s)),
        added=_texts(said.get("added")),
        hidden=_texts(said.get("hidden")),
        off=tuple(sorted(_texts(view.filters.get("off")))),
        layout=layout,
        pinned=tuple(k for k in _texts(said.get("pinned")) if k in there),
        moved=tuple(
            (k, *view.positions[k]) for k in _texts(said.get("moved")) if k in there and k in view.positions
        ),
        lit=tuple(k for k in _texts(said.get("lit")) if k in there),
    )
    if walk.focus or not there:
        return walk
    # a link and the title need something that is there
    return replace(walk, focus=(min(there),), depth=0, labels=None)


def _list(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(v for v in _list(value) if isinstance(v, str))


def _is_step(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and isinstance(value[0], str)
        and isinstance(value[1], int)
    )


def _step(value: list[Any]) -> tuple[str, int]:
    return value[0], max(1, min(MAX_STEPS, value[1]))


def _type(key: str) -> str:
    """The type that a key is of; "" for one that no type has."""
    try:
        return label_of(key)
    except KeyError:
        return ""
