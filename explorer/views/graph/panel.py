"""The details of one node beside the canvas: facts, ties as lists, its gaps, where it was read."""

from __future__ import annotations

import streamlit as st

from explorer.lookup.entity_rounds import rounds_seen
from explorer.lookup.provenance_text import cells_at, source_text
from explorer.page_context import PageContext
from explorer.scene.compose import format_value
from explorer.views.graph import state
from explorer.views.graph.connect import take_end
from explorer.views.graph.panel_relationships import ties
from explorer.views.graph.steps import expand
from explorer.views.shared.area_counts import gaps_inside
from explorer.views.shared.navigation import entity_link
from explorer.views.shared.notes_view import notes_view
from explorer.views.shared.widgets import plain, severity_chip
from graph_model.graph import Node
from graph_model.schema import node_type
from loaders.map.column_map import CellMap


def panel(desk: PageContext, key: str | None) -> None:
    """Show a node and what can be done with it."""
    w = desk.words
    node = desk.answers.node(key)
    if node is None:
        st.info(w("panel-none"))
        return
    kind = node_type(node.label)
    language = desk.viewer.language
    st.markdown(f"### {plain(desk.viewer.caption(kind.label, node.properties))}")
    st.caption(kind.text.in_(language))
    _actions(desk, node.key)
    entity_link(node.key, w("panel-entity"))
    _gaps(desk, node)
    gaps_inside(desk, node.key, node.label)
    place = node.place
    at = cells_at(desk.answers, desk.data, place) if place else None
    _facts(desk, node, at)
    ties(desk, node.key)
    _rounds(desk, node.key)
    notes_view(desk, node.key, small=True)
    if place is not None:
        where = source_text(place, at, w)
        st.caption(w("pair", heading=w("panel-source"), value=plain(where)))


def _facts(desk: PageContext, node: Node, at: CellMap | None) -> None:
    """Every fact, each with its cell where that is known."""
    w, language = desk.words, desk.viewer.language
    kind = node_type(node.label)
    facts = desk.viewer.properties(kind.label, node.properties)
    lines = []
    for p in kind.properties:
        if p.name not in facts or p.name == "name":
            continue
        said = w(
            "pair", heading=p.text.in_(language), value=plain(format_value(p, facts[p.name], language))
        )
        cell = at.properties.get(p.name) if at else None
        lines.append(f"{said} :gray[:small[{cell}]]" if cell else said)
    if lines:
        st.markdown(f"**{w('panel-facts')}**")
        st.markdown("  \n".join(lines))


def _rounds(desk: PageContext, key: str) -> None:
    """Its history over the survey rounds, the latest first."""
    w = desk.words
    told = rounds_seen(desk.answers, desk.data, key, desk.viewer, w)
    if not told.rounds:
        return
    st.markdown(f"**{w('panel-rounds')}**")
    st.markdown(
        "\n".join(
            f"- **{seen.round}** {plain(w('list-semicolon').join(seen.lines))}" for seen in told.rounds
        )
    )
    if told.note:
        st.caption(told.note)


def _actions(desk: PageContext, key: str) -> None:
    w, walk = desk.words, state.walk()
    with st.container(horizontal=True, gap="small"):
        if walk.is_open(key):
            st.button(w("fold"), on_click=_fold, args=(key,), key="node-fold")
        else:
            st.button(w("unfold"), on_click=expand, args=(desk, key), key="node-unfold")
        st.button(w("unfold-two"), on_click=expand, args=(desk, key, 2), key="node-unfold-two")
        if key not in walk.focus:
            st.button(w("centre"), on_click=state.go_to, args=(key,), key="node-centre")
        held = key in walk.pinned
        st.button(
            w("unpin") if held else w("pin"), on_click=state.toggle_pin, args=((key,),), key="node-pin"
        )
        st.button(w("hide"), on_click=_hide, args=(key,), key="node-hide")
        st.button(w("path-end"), on_click=take_end, args=(key,), help=w("path-end-hint"), key="node-path")


def _fold(key: str) -> None:
    state.do(state.walk().collapse(key))


def _hide(key: str) -> None:
    state.do(state.walk().hide((key,)))
    state.select(None)


def _gaps(desk: PageContext, node: Node) -> None:
    seen = desk.answers.overview()
    if seen.round is None:
        return
    as_of = seen.round.as_of
    hits = desk.answers.remember(
        ("gaps-of", node.key, as_of), lambda: desk.answers.gaps_of(node.key, node.label, as_of)
    )
    if hits:
        st.markdown(f"**{desk.words('panel-gaps')}**")
    for rule, row in hits:
        shown = desk.viewer.row(rule, row)
        severity_chip(rule.severity, desk.viewer.language)
        st.markdown(plain(rule.title.in_(desk.viewer.language)))
        st.caption(plain(rule.explain(shown, desk.answers.profile, desk.viewer.language)))
