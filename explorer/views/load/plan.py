"""What a load would change: figures, a list with before and after, and a picture of the affected part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import pandas as pd
import streamlit as st

from explorer import canvas
from explorer.loading.blind_load import without_people
from explorer.loading.load_facts import PARTS, Part, Step, older, steps, touched_graph
from explorer.loading.loads import named_nodes
from explorer.page_context import PageContext
from explorer.scene.compose import DrawOptions, compose_scene
from explorer.scene.scene import Scene
from graph_model.graph import Node
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from loaders.prepared_load import PreparedLoad

MOST_LISTED = 2000
MOST_DRAWN = 120
_SIGNS: Mapping[Part, str] = {"added": "＋", "changed": "△", "removed": "－", "moved": "⇄"}


def plan(context: PageContext, prepared: PreparedLoad, *, blind: bool = False) -> None:
    """Figures by type, then the list and the picture; `blind`: a picture without people."""
    w, language = context.words, context.viewer.language
    st.subheader(w("load-plan"))
    if prepared.older:
        st.warning(older(prepared).in_(language))
    st.info(w("load-plan-complete") if prepared.plan.complete else w("load-plan-partial"))
    counts = prepared.plan.counts()
    texts = {t.label: t.text for t in NODE_TYPES.values()} | {t.type: t.text for t in EDGE_TYPES.values()}
    touched = [n for n in texts if any(n in counts[part] for part in counts)]
    for column, part in zip(st.columns(3), counts, strict=True):
        column.metric(w(f"load-{part}"), sum(counts[part].values()))
    if moves := prepared.plan.moves():
        st.caption(w("load-moves", count=len({m.after.source for m in moves})))
    if not touched:
        return
    rows = [
        {
            w("column-type"): texts[name].in_(language),
            **{w(f"load-{part}"): counts[part].get(name, 0) for part in counts},
        }
        for name in touched
    ]
    figures, listed, drawn = st.tabs([w("load-tab-figures"), w("load-tab-list"), w("load-tab-picture")])
    with figures:
        st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
    known = named_nodes(context.answers, prepared.plan, prepared.graph)
    with listed:
        steps_list(context, list(steps(prepared.plan, known, context.viewer)), "load-list")
    with drawn:
        _picture(context, prepared, without_people(known) if blind else known)


def steps_list(context: PageContext, found: list[Step], key: str) -> None:
    """The steps of a plan, to be narrowed by what happens and to what; `key` names the list on the page."""
    w, language = context.words, context.viewer.language
    texts = {t.label: t.text.in_(language) for t in NODE_TYPES.values()}
    texts |= {t.type: t.text.in_(language) for t in EDGE_TYPES.values()}
    left, right = st.columns(2)
    part = left.selectbox(
        w("load-list-part"),
        [None, *(p for p in PARTS if any(s.part == p for s in found))],
        format_func=lambda p: PARTS[p].in_(language) if p else w("filter-all"),
        key=f"{key}-part",
    )
    type_ = right.selectbox(
        w("load-list-type"),
        [None, *(t for t in texts if any(s.type == t for s in found))],
        format_func=lambda t: texts[t] if t else w("filter-all"),
        key=f"{key}-type",
    )
    shown = [s for s in found if part in (None, s.part) and type_ in (None, s.type)]
    rows = [
        {
            w("load-list-part"): PARTS[s.part].in_(language),
            w("load-list-type"): texts[s.type],
            w("column-name"): s.name,
            w("load-list-said"): s.said(language),
        }
        for s in shown[:MOST_LISTED]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key=key)
    if len(shown) > MOST_LISTED:
        st.caption(w("panel-more", count=len(shown) - MOST_LISTED))


def _picture(context: PageContext, prepared: PreparedLoad, known: Mapping[str, Node]) -> None:
    w = context.words
    held = st.session_state.get("load-scene")
    if held is None or held[0] is not prepared.plan or held[1] != context.viewer:
        held = (prepared.plan, context.viewer, *_scene(context, prepared, known))
        st.session_state["load-scene"] = held
    _, _, scene, left_out = held
    st.caption(w("load-picture-signs"))
    canvas.graph_canvas(scene, key="load-canvas", height=520, dark=st.context.theme.type == "dark")
    if left_out:
        st.caption(w("load-picture-cut", count=left_out))


def _scene(context: PageContext, prepared: PreparedLoad, known: Mapping[str, Node]) -> tuple[Scene, int]:
    """The affected part; a sign before each name says what happens to it, for whoever cannot tell colours."""
    part, signs, left_out = touched_graph(prepared.plan, known, MOST_DRAWN)
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, node in part.nodes.items():
        sign = _SIGNS[signs[key]] if key in signs else ""
        drawn.add_node(
            key, label=node.label, properties={**node.properties, "_sign": sign}, place=node.place
        )
    for edge in part.edges.values():
        drawn.add_edge(edge.source, edge.target, key=edge.type, properties=edge.properties)

    def caption(label: str, properties: Mapping[str, Any]) -> str:
        return f"{properties.get('_sign', '')}{context.viewer.caption(label, properties)}"

    scene = compose_scene(
        drawn,
        context.viewer,
        DrawOptions(caption=caption),
        title=context.words("load-plan"),
        footer=prepared.reading.round,
    )
    return scene, left_out
