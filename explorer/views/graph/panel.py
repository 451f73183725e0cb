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
from graph_model.schema.extra_values import EXTRA_PROPERTY, read_extra
from graph_model.text import spoken_date
from loaders.map.column_map import CellMap


def panel(context: PageContext, key: str | None) -> None:
    """Show a node and what can be done with it."""
    w = context.words
    node = context.answers.node(key)
    if node is None:
        st.info(w("panel-none"))
        return
    kind = node_type(node.label)
    language = context.viewer.language
    st.markdown(f"### {plain(context.viewer.caption(kind.label, node.properties))}")
    st.caption(kind.text.in_(language))
    _actions(context, node.key)
    entity_link(node.key, w("panel-entity"))
    _gaps(context, node)
    gaps_inside(context, node.key, node.label)
    place = node.place
    at = cells_at(context.answers, context.data, place) if place else None
    _facts(context, node, at)
    ties(context, node.key)
    _rounds(context, node.key)
    notes_view(context, node.key, small=True)
    if place is not None:
        where = source_text(place, at, w, context.viewer)
        st.caption(w("pair", heading=w("panel-source"), value=plain(where)))


def _facts(context: PageContext, node: Node, at: CellMap | None) -> None:
    """Every fact, each with its cell where that is known."""
    w, language = context.words, context.viewer.language
    kind = node_type(node.label)
    facts = context.viewer.properties(kind.label, node.properties)
    lines = []
    for p in kind.properties:
        if p.name not in facts or p.name == "name":
            continue
        if p.name == EXTRA_PROPERTY:
            extra = read_extra(facts[p.name]).items()
            lines += [w("pair", heading=plain(heading), value=plain(text)) for heading, text in extra]
            continue
        said = w(
            "pair", heading=p.text.in_(language), value=plain(format_value(p, facts[p.name], language))
        )
        cell = at.properties.get(p.name) if at else None
        lines.append(f"{said} :gray[:small[{cell}]]" if cell else said)
    if lines:
        st.markdown(f"**{w('panel-facts')}**")
        st.markdown("  \n".join(lines))


def _rounds(context: PageContext, key: str) -> None:
    """Its history over the survey rounds, the latest first."""
    w = context.words
    told = rounds_seen(context.answers, context.data, key, context.viewer, w)
    if not told.rounds:
        return
    st.markdown(f"**{w('panel-rounds')}**")
    st.markdown(
        "\n".join(
            f"- **{spoken_date(seen.round, context.viewer.language)}** {plain(w('list-semicolon').join(seen.lines))}"
            for seen in told.rounds
        )
    )
    if told.note:
        st.caption(told.note)


def _actions(context: PageContext, key: str) -> None:
    w, walk = context.words, state.walk()
    with st.container(horizontal=True, gap="small"):
        if walk.is_open(key):
            st.button(w("fold"), on_click=_fold, args=(key,), key="node-fold")
        else:
            st.button(w("unfold"), on_click=expand, args=(context, key), key="node-unfold")
        st.button(w("unfold-two"), on_click=expand, args=(context, key, 2), key="node-unfold-two")
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


def _gaps(context: PageContext, node: Node) -> None:
    seen = context.answers.overview()
    if seen.round is None:
        return
    as_of = seen.reckoning.day
    hits = context.answers.remember(
        ("gaps-of", node.key, as_of), lambda: context.answers.gaps_of(node.key, node.label, as_of)
    )
    if hits:
        st.markdown(f"**{context.words('panel-gaps')}**")
    for rule, row in hits:
        shown = context.viewer.row(rule, row)
        severity_chip(rule.severity, context.viewer.language)
        st.markdown(plain(rule.title.in_(context.viewer.language)))
        st.caption(plain(rule.explain(shown, context.answers.profile, context.viewer.language)))
