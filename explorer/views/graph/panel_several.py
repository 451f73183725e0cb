"""The details of several chosen nodes: what they have in common, and what can be done with all of them."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from explorer.explore.build_scene import node_title
from explorer.page_context import PageContext
from explorer.scene.compose import format_value
from explorer.views.graph import state
from explorer.views.graph.connect import find_path
from explorer.views.shared.widgets import plain
from graph_model.schema import node_type
from graph_model.store.paths import SharedNeighbor

_FEW = 20


def panel_several(context: PageContext, keys: tuple[str, ...]) -> None:
    """Show a selection."""
    w = context.words
    nodes = context.answers.nodes(keys)
    st.markdown(f"### {w('several-title', count=len(nodes))}")
    kinds = Counter(n.label for n in nodes)
    language = context.viewer.language
    st.caption(
        w("list-comma").join(
            w("counted", text=node_type(label).text.in_(language), count=count)
            for label, count in kinds.most_common()
        )
    )
    with st.container(horizontal=True, gap="small"):
        if len(keys) == 2:
            st.button(w("path-between"), on_click=find_path, args=(context, *keys), key="several-path")
        st.button(w("hide"), on_click=_hide, args=(keys,), key="several-hide")
        held = set(keys) <= set(state.walk().pinned)
        st.button(
            w("unpin") if held else w("pin"), on_click=state.toggle_pin, args=(keys,), key="several-pin"
        )
        st.button(w("several-none"), on_click=state.select, args=(None,), key="several-none")
    _alike(context, keys)
    shared = context.answers.shared(keys)
    _shared(context, keys, shared)


def _alike(context: PageContext, keys: tuple[str, ...]) -> None:
    """The facts that all of them share, where they are of one type."""
    w, language = context.words, context.viewer.language
    nodes = context.answers.nodes(keys)
    if len({n.label for n in nodes}) != 1:
        return
    kind = node_type(nodes[0].label)
    facts = [context.viewer.properties(kind.label, n.properties) for n in nodes]
    same = [
        w("pair", heading=p.text.in_(language), value=plain(format_value(p, facts[0][p.name], language)))
        for p in kind.properties
        if p.name not in ("name", "number") and not p.sensitive
        if p.name in facts[0] and all(f.get(p.name) == facts[0][p.name] for f in facts)
    ]
    if same:
        st.markdown(f"**{w('several-alike')}**")
        st.markdown("  \n".join(same))


def _shared(context: PageContext, keys: tuple[str, ...], shared: tuple[SharedNeighbor, ...]) -> None:
    w = context.words
    st.markdown(f"**{w('several-common')}**")
    if not shared:
        st.caption(w("several-nothing"))
        return
    few = shared[:_FEW]
    texts = {
        s.node.key: plain(
            w(
                "counted",
                text=node_title(s.node, context.viewer),
                count=w("of", part=len(s.by), whole=len(keys)),
            )
        )
        for s in few
    }
    place = f"common-{hash(keys)}"
    st.pills(
        w("several-common"),
        list(texts),
        format_func=lambda k: texts[k],
        label_visibility="collapsed",
        key=place,
        on_change=lambda: _show(place),
    )
    if len(shared) > _FEW:
        st.caption(w("panel-more", count=len(shared) - _FEW))
    together = (*keys, *(s.node.key for s in few))
    st.button(w("several-light"), on_click=_light, args=(together,), key="several-light")


def _light(keys: tuple[str, ...]) -> None:
    state.do(state.walk().add(keys).light(keys))
    state.select(None)


def _show(place: str) -> None:
    if key := st.session_state.get(place):
        state.show(key)


def _hide(keys: tuple[str, ...]) -> None:
    state.do(state.walk().hide(keys))
    state.select(None)
