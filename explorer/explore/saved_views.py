"""Named views that people keep: what was shown, where it stood, what was filtered. Loads never touch them."""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from explorer.answers import Answers
from explorer.viewer import Viewer
from graph_model.errors import InputError
from graph_model.graph import Node
from graph_model.schema import label_of
from graph_model.store.store import now

LABEL = "SavedView"
LONGEST_NAME = 80
LONGEST_NOTE = 4000
MOST_BYTES = 2_000_000
_FORM = 1


@dataclass(frozen=True, slots=True)
class View:
    """A picture as it was left: keys and places, and whatever filters and walk the page wants back.

    `filters` and `walk` are JSON values of the page's own making; they hold keys and types, never names.
    `note` is what the person wrote about the view.
    """

    nodes: tuple[str, ...] = ()
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    filters: Mapping[str, Any] = field(default_factory=dict)
    layout: str = ""
    walk: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A view in the list: what it is called, by whom and when it was saved, and of how many things."""

    key: str
    name: str
    author: str
    written: str
    size: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A view taken out again; `missing` are the keys that the present data no longer have."""

    name: str
    view: View
    missing: tuple[str, ...] = ()


def save(answers: Answers, name: str, view: View, author: str, *, replace: bool = False) -> str:
    """Keep a view under a name; returns its key. With `replace` a view of that name is written over.

    InputError for an empty or long name, one that is taken, and a view that is too large.
    """
    called = _called(name)
    if len(view.note) > LONGEST_NOTE:
        raise InputError(
            f"视图的说明最多 {LONGEST_NOTE} 字，请缩短。",
            f"A view's note has at most {LONGEST_NOTE} characters. Shorten it.",
        )
    body = _written(view)
    if len(body.encode()) > MOST_BYTES:
        raise InputError(
            "这个视图太大，存不下。请先隐藏一部分再保存。",
            "This view is too large to keep. Hide a part of it and save again.",
        )
    same = next((n for n in answers.store.records(LABEL) if n.properties.get("name") == called), None)
    if same is not None and not replace:
        raise _taken(called)
    key = same.key if same is not None else f"v_{uuid.uuid4().hex[:20]}"
    answers.store.put(
        [Node(LABEL, key, {"name": called, "body": body, "author": author.strip(), "written": now()})]
    )
    return key


def rename(answers: Answers, key: str, name: str) -> None:
    """Call a view something else. InputError for a bad name, one that is taken, and a view that is gone."""
    called = _called(name)
    kept = {n.key: n for n in answers.store.records(LABEL)}
    if key not in kept:
        raise _gone()
    if any(n.properties.get("name") == called for k, n in kept.items() if k != key):
        raise _taken(called)
    answers.store.put([Node(LABEL, key, {**kept[key].properties, "name": called})])


def saved_views(answers: Answers) -> tuple[Saved, ...]:
    """Every view that was kept, the newest first. A damaged one is listed with size 0, so that it can go."""
    found = [
        Saved(
            n.key,
            str(n.properties.get("name", "")),
            str(n.properties.get("author", "")),
            str(n.properties.get("written", "")),
            _size(n),
        )
        for n in answers.store.records(LABEL)
    ]
    return tuple(sorted(found, key=lambda s: (s.written, s.name), reverse=True))


def open_view(answers: Answers, key: str, viewer: Viewer) -> Opened:
    """A view by its key. Its note is shown only to a viewer who may see names, for it may hold some.

    InputError for a view that is not there any more, or whose content cannot be read.
    """
    node = next((n for n in answers.store.records(LABEL) if n.key == key), None)
    if node is None:
        raise _gone()
    name = str(node.properties.get("name", ""))
    view = _read(str(node.properties.get("body", "")), name)
    held = {n.key for n in answers.nodes(view.nodes)}
    missing = tuple(k for k in view.nodes if k not in held)
    if not viewer.names:
        view = View(view.nodes, view.positions, view.filters, view.layout, view.walk)
    return Opened(name, view, missing)


def delete(answers: Answers, key: str) -> None:
    """Remove a view; InputError for a key that is no view's. One that is gone already is no fault."""
    try:
        is_view = label_of(key) == LABEL
    except KeyError:
        is_view = False
    if not is_view:
        raise InputError("这不是一个视图的标识。", "This is not the key of a view.")
    answers.store.put([], removed=[key])


def _called(name: str) -> str:
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        raise InputError(
            f"视图名称要有 1 到 {LONGEST_NAME} 个字，现有 {len(called)} 个。",
            f"A view's name has 1 to {LONGEST_NAME} characters; this one has {len(called)}.",
        )
    return called


def _taken(called: str) -> InputError:
    return InputError(
        f"已经有名为“{called}”的视图。请换一个名称，或选择覆盖。",
        f"There is a view called “{called}” already. Choose another name, or write over it.",
    )


def _gone() -> InputError:
    return InputError(
        "这个视图已经不在了，可能已被删除。请从列表中另选一个。",
        "This view is not there any more; somebody may have deleted it. Choose another from the list.",
    )


def _written(view: View) -> str:
    whole = {
        "form": _FORM,
        "nodes": list(view.nodes),
        "positions": {k: [round(x, 1), round(y, 1)] for k, (x, y) in view.positions.items()},
        "filters": dict(view.filters),
        "layout": view.layout,
        "walk": dict(view.walk),
        "note": view.note,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _read(body: str, name: str) -> View:
    """A view from its stored form. What a damaged store or a later version says is refused, not guessed."""
    try:
        raw = json.loads(body)
        if raw["form"] != _FORM:
            raise ValueError(raw["form"])
        view = View(
            tuple(str(k) for k in raw["nodes"]),
            {str(k): (float(x), float(y)) for k, (x, y) in raw["positions"].items()},
            dict(raw["filters"]),
            str(raw["layout"]),
            dict(raw["walk"]),
            str(raw["note"]),
        )
        if not all(math.isfinite(c) for point in view.positions.values() for c in point):
            raise ValueError("a place beyond everything")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"视图“{name}”的内容已损坏，或来自更新的版本，不能打开。可以删除后重新保存。",
            f"The view “{name}” is damaged, or a later version wrote it, and cannot be opened. "
            "Delete it and save it again.",
        ) from error
    return view


def _size(node: Node) -> int:
    try:
        return len(_read(str(node.properties.get("body", "")), "").nodes)
    except InputError:
        return 0
