"""Connect: the path between two nodes, its ends swapped, by chosen ties; lit in the picture."""

from __future__ import annotations

import streamlit as st

from explorer.explore.build_scene import node_title
from explorer.page_context import PageContext
from explorer.views.graph import state
from explorer.views.shared.widgets import icon_button, late
from graph_model.errors import InputError
from graph_model.graph import Node
from graph_model.schema import EDGE_TYPES
from graph_model.store.paths import MAX_PATHS, MAX_STEPS, Paths

_ON, _FROM, _TO, _SAID = "graph-connecting", "graph-from", "graph-to", "graph-path-said"
_TURN = "graph-ends-turn"
_HUB = ("Subdistrict",)  # everything is tied to it: a way over it says that both are here
_TIES = tuple(t.type for t in EDGE_TYPES.values() if t.survey)


def connecting() -> bool:
    """Whether the line is open."""
    return bool(st.session_state.get(_ON))


def turn_connect() -> None:
    """Open the line, or close it and forget its ends; two chosen nodes become its ends."""
    st.session_state[_ON] = not connecting()
    st.session_state.pop(_SAID, None)
    several = state.chosen()
    if not connecting():
        _put(None, None)
    elif len(several) == 2:
        _put(*several)
    elif state.selected() and not _end(_FROM):
        _put(state.selected(), _end(_TO))


def take_end(key: str) -> None:
    """A node as one end of a path: the first one where there is none yet, else the second."""
    if not connecting() or not _end(_FROM):
        _put(key, None)
    else:
        _put(_end(_FROM), key)
    st.session_state[_ON] = True
    st.session_state.pop(_SAID, None)


def connect_bar(context: PageContext) -> None:
    """The two ends, the ties that may be walked, and what was found."""
    if not connecting():
        return
    w = context.words
    options = _options(context)
    keys = list(options)
    with st.container(border=True):
        first, swap, second = st.columns([5, 1, 5], vertical_alignment="bottom")
        for column, name, end in ((first, "path-from", _FROM), (second, "path-to", _TO)):
            field, stands = _field(end), _end(end)
            if field not in st.session_state or stands not in options:
                st.session_state[field] = stands if stands in options else None
            st.session_state[end] = column.selectbox(
                w(name),
                keys,
                index=None,
                format_func=lambda k: options[k],
                placeholder=w("path-pick"),
                key=field,
            )
        icon_button(swap, ":material/swap_horiz:", w("path-swap"), on_click=_swap, key="path-swap")
        ties, ways, go = st.columns([6, 2.4, 2], vertical_alignment="bottom")
        language = context.viewer.language
        ties.multiselect(
            w("path-ties"),
            _TIES,
            format_func=lambda t: EDGE_TYPES[t].text.in_(language),
            placeholder=w("path-any-tie"),
            key=f"path-ties-{language}",
        )
        ways.checkbox(w("path-all"), key="path-all")
        ways.checkbox(w("path-hub"), key="path-hub", help=w("path-hub-help"))
        ready = bool(_end(_FROM) and _end(_TO))
        go.button(
            w("path-find"),
            type="primary",
            width="stretch",
            disabled=not ready,
            on_click=_find,
            args=(context, f"path-ties-{language}"),
            key="path-find",
        )
        if said := st.session_state.get(_SAID):
            st.info(said)


def _find(context: PageContext, ties: str) -> None:
    """What stands in the fields when the button is pressed, not when it was drawn."""
    held = st.session_state
    find_path(
        context,
        str(_end(_FROM)),
        str(_end(_TO)),
        types=tuple(held.get(ties, ())),
        every=bool(held.get("path-all")),
        over_hub=bool(held.get("path-hub")),
    )


def _options(context: PageContext) -> dict[str, str]:
    """What can be an end: what is on the screen, and the ends that were chosen."""
    ends = [k for k in (_end(_FROM), _end(_TO)) if k]
    wanted = tuple(sorted(state.shown() | set(ends)))
    nodes = context.answers.around(wanted, 0).graph.nodes
    found = {
        k: node_title(Node(data["label"], k, data["properties"]), context.viewer)
        for k, data in nodes.items()
    }
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _swap() -> None:
    _put(_end(_TO), _end(_FROM))


# ---- the two ends


def _put(source: str | None, target: str | None) -> None:
    """Other ends than the fields show, in new fields.

    The browser sends what its fields hold with every press; a press that comes before it has drawn the new ends
    (find, just after swap) would put the old ones back.
    """
    st.session_state[_FROM], st.session_state[_TO] = source, target
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _end(end: str) -> str | None:
    """What stands in the field now, as it may just have been changed, or what is to stand there."""
    found: str | None = st.session_state.get(_field(end), st.session_state.get(end))
    return found


def _field(end: str) -> str:
    return f"{end}-{st.session_state.get(_TURN, 0)}"


@late
def find_path(
    context: PageContext,
    source: str,
    target: str,
    *,
    types: tuple[str, ...] = (),
    every: bool = False,
    over_hub: bool = False,
) -> None:
    """Find the way between two nodes, put it into the picture and light it."""
    avoid = () if over_hub else _HUB
    try:
        found = context.answers.paths(source, target, types=types or None, avoid=avoid, every=every)
    except InputError as error:
        st.session_state[_SAID] = error.for_page.in_(context.viewer.language)
        return
    st.session_state[_SAID] = _said(context, found, over_hub)
    st.session_state[_ON] = True
    if (source, target) != (_end(_FROM), _end(_TO)):
        _put(source, target)
    if found.paths:
        state.do(state.walk().add(found.keys).light(found.keys))
        state.select(None)


def _said(context: PageContext, found: Paths, over_hub: bool) -> str:
    w = context.words
    if not found.paths and not over_hub:
        return w("path-none-but-hub")
    if not found.paths:
        return w("path-stopped", steps=MAX_STEPS) if found.stopped else w("path-none")
    steps = len(found.paths[0]) - 1
    if found.more and len(found.paths) >= MAX_PATHS:
        return w("path-more", steps=steps, count=len(found.paths))
    return w("path-found", steps=steps, count=len(found.paths))
