"""What the graph page remembers of one person: the walk with its history, the selection, the places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from explorer.explore.exploration import Exploration, ExplorationHistory
from explorer.scene.layout import Point
from explorer.scene.scene import Scene

_HISTORY, _SELECTED, _CHOSEN, _PLACES = "graph-history", "graph-selected", "graph-chosen", "graph-places"
_TURN, _ASKED, _START = "graph-table-turn", "graph-asked", "graph-start"
_MOST_PICTURES = 12

_Picture = tuple[object, ...]


def begun() -> bool:
    """Whether this person has been on the graph page, or was sent to it."""
    return _HISTORY in st.session_state


def begin(walk: Exploration, selected: str | None = None, *, bare: bool = False) -> None:
    """The first walk of all; `bare` where no link asked for it."""
    st.session_state[_HISTORY] = ExplorationHistory(walk)
    st.session_state[_START] = walk if bare else None
    select(selected)


def start() -> Exploration | None:
    """The first walk of all, where no link asked for it."""
    found: Exploration | None = st.session_state.get(_START)
    return found


def history() -> ExplorationHistory:
    """The walks, with what can be undone and redone."""
    found: ExplorationHistory = st.session_state[_HISTORY]
    return found


def walk() -> Exploration:
    """The walk as it is now."""
    return history().now


def do(new: Exploration) -> None:
    """One step: it can be undone."""
    st.session_state[_HISTORY] = history().do(new)


def travel(there: ExplorationHistory) -> None:
    """Undo, redo, back or forward."""
    st.session_state[_HISTORY] = there


def go_to(key: str, depth: int = 1) -> None:
    """Begin a new walk at a node; the next run of the page shows it. The filters stay as they are."""
    fresh = Exploration((key,), depth)
    if begun():
        do(Exploration((key,), depth, off=walk().off, layout=walk().layout))
    else:
        begin(fresh)
    select(key)


def selected() -> str | None:
    """The one node whose details are shown."""
    found: str | None = st.session_state.get(_SELECTED)
    return found


def chosen() -> tuple[str, ...]:
    """Several nodes chosen together; empty for one or none."""
    found: tuple[str, ...] = st.session_state.get(_CHOSEN, ())
    return found


def select(key: str | None, several: Iterable[str] = (), *, from_table: bool = False) -> None:
    """Choose a node, or several; the table follows, unless the choice came from it."""
    many = tuple(several)
    if (key, many) != (selected(), chosen()) and not from_table:
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state[_SELECTED] = key
    st.session_state[_CHOSEN] = many


def table_turn() -> int:
    """Grows whenever the selection changed elsewhere than in the table."""
    return int(st.session_state.get(_TURN, 0))


def show(key: str) -> None:
    """Select a node, putting it into the picture where it is not there yet."""
    if key not in shown():
        do(walk().add((key,)))
    select(key)


# ---- places


def toggle_pin(keys: tuple[str, ...]) -> None:
    """Hold some nodes where they stand, or let them go where all of them are held already."""
    now_ = walk()
    if set(keys) <= set(now_.pinned):
        do(now_.unpin(keys))
    else:
        do(now_.pin(keys, {**places(), **now_.places()}))


def places() -> dict[str, Point]:
    """Where nodes of the present picture stood when they were last drawn."""
    found: dict[str, Point] = st.session_state.get(_PLACES, {}).get(_picture(walk()), {})
    return found


def keep_places(scene: Scene) -> None:
    """Remember where the scene's nodes stand; what was dragged keeps the place that it had before."""
    held = walk().places()
    spots = {**{n.id: (n.x, n.y) for n in scene.nodes if n.id not in held or n.id not in places()}}
    pictures: dict[_Picture, dict[str, Point]] = st.session_state.get(_PLACES, {})
    now = _picture(walk())
    kept = {**pictures.pop(now, {}), **spots}
    pictures[now] = kept
    while len(pictures) > _MOST_PICTURES:
        pictures.pop(next(iter(pictures)))
    st.session_state[_PLACES] = pictures


def forget_places() -> None:
    """The present picture is to be laid out anew."""
    st.session_state.get(_PLACES, {}).pop(_picture(walk()), None)


def put_places(spots: Mapping[str, Point]) -> None:
    """Places from elsewhere (a saved view) for the present picture."""
    st.session_state[_PLACES] = {**st.session_state.get(_PLACES, {}), _picture(walk()): dict(spots)}
    st.session_state.pop("graph-scene", None)  # it is drawn at the places of before


def _picture(now: Exploration) -> _Picture:
    return (now.layout, now.focus, now.depth, now.labels)


# ---- what is on the screen


def shown() -> frozenset[str]:
    """The keys of the scene that was drawn last."""
    found: frozenset[str] = st.session_state.get("graph-shown", frozenset())
    return found


def keep_shown(scene: Scene) -> None:
    """Remember what was drawn."""
    st.session_state["graph-shown"] = frozenset(n.id for n in scene.nodes)


def asked() -> tuple[str, int] | None:
    """The large expansion that waits for an answer: (key, steps)."""
    found: tuple[str, int] | None = st.session_state.get(_ASKED)
    return found


def ask(what: tuple[str, int] | None) -> None:
    """Put a large expansion to the person, or take the question away."""
    st.session_state[_ASKED] = what
