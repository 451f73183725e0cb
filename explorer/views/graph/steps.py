"""The line of buttons above the canvas: steps back and forth, layout, and the question before much is shown."""

from __future__ import annotations

import streamlit as st

from explorer.explore.build_scene import CONFIRM_EXPANSION_FROM, expansion_counts, initial_exploration
from explorer.explore.exploration import MAX_STEPS, ExplorationHistory
from explorer.page_context import PageContext
from explorer.scene.scene import LAYOUTS
from explorer.views.graph import state
from explorer.views.graph.connect import connecting, turn_connect
from explorer.views.graph.saved_views import kept_popover
from explorer.views.shared.widgets import icon_button, late, plain
from graph_model.schema import node_type


def toolbar(context: PageContext) -> None:
    """Undo, redo, back, forward, whole sub-district, steps, layout, connect."""
    w = context.words
    now = state.history()
    _step("graph-undo", ":material/undo:", w("undo"), now.undo(), now)
    _step("graph-redo", ":material/redo:", w("redo"), now.redo(), now)
    _step("graph-back", ":material/arrow_back:", w("walk-back"), now.back(), now)
    _step("graph-forward", ":material/arrow_forward:", w("walk-forward"), now.forward(), now)
    st.button(w("back-to-start"), on_click=_home, args=(context,), key="graph-home")
    st.selectbox(
        w("layout"),
        LAYOUTS,
        index=LAYOUTS.index(now.now.layout),
        format_func=lambda kind: w("pair", heading=w("layout"), value=w(f"layout-{kind}")),
        label_visibility="collapsed",
        key=f"graph-layout-{now.now.layout}-{w.language}",
        on_change=_lay_out,
        args=(f"graph-layout-{now.now.layout}-{w.language}",),
        width=172,
    )
    icon_button(st, ":material/auto_fix_high:", w("tidy-hint"), on_click=_tidy, key="graph-tidy")
    steps = min(now.now.depth, MAX_STEPS)
    # the language is part of the keys: a select box remembers what its options were called
    st.selectbox(
        w("depth"),
        range(1, MAX_STEPS + 1),
        index=max(0, steps - 1),
        format_func=lambda count: w("steps-shown", count=count),
        label_visibility="collapsed",
        key=f"graph-depth-{now.now.focus}-{steps}-{w.language}",
        on_change=_reach,
        args=(f"graph-depth-{now.now.focus}-{steps}-{w.language}",),
        width=112,
    )
    st.button(
        w("connect"),
        icon=":material/route:",
        type="primary" if connecting() else "secondary",
        on_click=turn_connect,
        key="graph-connect",
    )
    kept_popover(context)
    if now.now.hidden:
        st.button(
            w("counted", text=w("show-hidden"), count=len(now.now.hidden)),
            on_click=lambda: state.do(state.walk().show_hidden()),
            key="graph-show-hidden",
        )
    if now.now.lit:
        st.button(w("unlight"), on_click=lambda: state.do(state.walk().light(())), key="graph-unlight")


def _step(key: str, icon: str, text: str, there: ExplorationHistory, now: ExplorationHistory) -> None:
    icon_button(st, icon, text, disabled=there is now, on_click=state.travel, args=(there,), key=key)


@late
def _home(context: PageContext) -> None:
    state.do(initial_exploration(context.answers))
    state.select(None)


def _lay_out(key: str) -> None:
    state.do(state.walk().lay_out(st.session_state[key]))
    state.forget_places()


def _tidy() -> None:
    state.do(state.walk().lay_out(state.walk().layout))
    state.forget_places()


def _reach(key: str) -> None:
    state.do(state.walk().reach(int(st.session_state[key])))


# ---- expanding


@late
def expand(context: PageContext, key: str, steps: int = 1, *, toggle: bool = False) -> None:
    """Expand a node, asking first where that brings very many; with `toggle`, collapse it where it is open."""
    walk = state.walk()
    if toggle and walk.is_open(key):
        state.do(walk.collapse(key))
        return
    if expansion_counts(context.answers, walk, key, steps).total() > CONFIRM_EXPANSION_FROM:
        state.ask((key, steps))
        return
    state.do(walk.expand(key, steps))


def question(context: PageContext) -> None:
    """The count of a large expansion, and whether it is wanted."""
    waiting = state.asked()
    if waiting is None:
        return
    w, language = context.words, context.viewer.language
    key, steps = waiting
    node = context.answers.nodes((key,))
    if not node:
        state.ask(None)
        return
    new = expansion_counts(context.answers, state.walk(), key, steps)
    kinds = [
        w("counted", text=node_type(label).text.in_(language), count=count)
        for label, count in new.most_common()
    ]
    with st.container(border=True):
        st.markdown(
            w(
                "expand-ask",
                name=plain(context.viewer.caption(node[0].label, node[0].properties)),
                count=new.total(),
                kinds=w("list-comma").join(kinds),
            )
        )
        with st.container(horizontal=True):
            st.button(
                w("expand-yes"), type="primary", on_click=_answer, args=(key, steps), key="expand-yes"
            )
            st.button(w("expand-no"), on_click=state.ask, args=(None,), key="expand-no")


def _answer(key: str, steps: int) -> None:
    state.do(state.walk().expand(key, steps))
    state.ask(None)
