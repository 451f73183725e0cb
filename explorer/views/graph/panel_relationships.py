"""The ties of one node as lists; a click on an entry shows that one in the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import streamlit as st

from explorer.page_context import PageContext
from explorer.scene.compose import format_value
from explorer.views.graph import state
from explorer.views.shared.widgets import plain
from graph_model.schema import edge_type
from graph_model.schema.types import EdgeType

_FEW, _MOST = 10, 200

Groups = dict[str, dict[str, str]]


def ties(context: PageContext, key: str) -> None:
    """Show the ties, a list for each kind of tie and direction."""
    w = context.words
    groups = groups_of(context, key)
    if not groups:
        return
    st.markdown(f"**{w('panel-ties')}**")
    for text, others in groups.items():
        keys = list(others)
        _entries(w("counted", text=text, count=len(keys)), keys[:_FEW], others, f"tie-{key}-{text}")
        if len(keys) > _FEW:
            place = f"more-{key}-{text}"
            with st.expander(
                w("panel-more", count=len(keys) - _FEW), key=f"open-{place}", on_change="rerun"
            ) as more:
                if more.open:  # hundreds of buttons take the browser a while
                    _entries(text, keys[_FEW : _FEW + _MOST], others, place)


def groups_of(context: PageContext, key: str) -> Groups:
    """{how the tie reads from this node: {other key: what it is called, with the tie's own facts}}."""
    language = context.viewer.language
    graph = context.answers.around((key,), 1).graph
    groups: Groups = {}
    for source, target, type_, data in graph.edges(keys=True, data=True):
        if key not in (source, target):
            continue
        declared = edge_type(type_)
        said, other = (declared.text, target) if source == key else (declared.reverse, source)
        name = _name(context, graph, other)
        facts = _facts(context, declared, data.get("properties", {}))
        groups.setdefault(said.in_(language), {})[other] = (
            context.words("counted", text=name, count=facts) if facts else name
        )
    return {
        text: dict(sorted(others.items(), key=lambda item: (item[1], item[0])))
        for text, others in sorted(groups.items())
    }


def _name(context: PageContext, graph: nx.MultiDiGraph[str], key: str) -> str:
    data = graph.nodes[key]
    return context.viewer.caption(data["label"], data["properties"])


def _facts(context: PageContext, declared: EdgeType, properties: Mapping[str, Any]) -> str:
    """The tie's own facts in words: the post, the buildings, since when."""
    shown = [
        format_value(p, properties.get(p.name), context.viewer.language)
        for p in declared.properties
        if context.viewer.names or not p.sensitive
    ]
    return context.words("list-comma").join(s for s in shown if s)


def _entries(label: str, keys: list[str], texts: Mapping[str, str], place: str) -> None:
    st.pills(
        label,
        keys,
        format_func=lambda k: plain(texts[k]),
        key=place,
        on_change=lambda: _show(place),
    )


def _show(place: str) -> None:
    if key := st.session_state.get(place):
        state.show(key)
