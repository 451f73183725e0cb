"""One gap in full: its reason with values, clause, advice, picture, query, and since when it is open."""

from __future__ import annotations

import streamlit as st

from explorer import canvas
from explorer.explore.small_scene import neighborhood_scene
from explorer.gaps.gap_rows import FindingRow
from explorer.page_context import PageContext
from explorer.views.shared.navigation import show_in_graph
from explorer.views.shared.widgets import plain, rule_chips, severity_chip
from graph_model.coverage.catalogue import format_term


def detail(context: PageContext, row: FindingRow) -> None:
    """Why it is a gap, and what to do about it."""
    w, language = context.words, context.viewer.language
    st.markdown(f"#### {plain(row.name)} · {plain(row.title(language))}")
    if row.rule is not None:
        rule_chips(row.rule, language)
    else:
        severity_chip(row.severity, language)
    said = row.finding
    st.caption(
        w("gaps-seen", first=said.text("first_seen"), last=said.text("last_seen"), rounds=said.rounds)
    )
    if said.cleared:
        text = "gaps-cleared-rule" if said.said.get("by_rule") else "gaps-cleared-in"
        st.success(w(text, round=said.text("cleared_in")))
    elif said.unknown:
        st.warning(w("gaps-is-unknown"))
    rule = row.rule
    if rule is None:
        st.info(w("gaps-rule-gone"))
        return
    if row.item is not None:
        values = [
            (c.text.in_(language), format_term(row.item.row.get(c.name), c.terms, language))
            for c in rule.columns
        ]
        st.markdown(f"**{w('gaps-why')}**  \n{plain(row.item.explained)}")
        st.caption("　".join(w("pair", heading=h, value=plain(v)) for h, v in values))
    clause, advice = st.columns(2)
    clause.markdown(f"**{w('gaps-clause')}**  \n{plain(rule.cited.in_(language))}")
    advice.markdown(f"**{w('gaps-advice')}**  \n{plain(rule.advice.in_(language))}")
    if context.answers.nodes([said.subject]):
        scene = neighborhood_scene(
            context.answers, (said.subject,), context.viewer, w, depth=1 if rule.about == "Member" else 2
        )
        canvas.graph_canvas(scene, key=f"gap-{said.key}", height=400)
        if st.button(w("gaps-on-graph"), type="primary"):
            show_in_graph(said.subject)
    with st.expander(w("gaps-cypher")):
        st.code(rule.list_text(), language="cypher")
        seen = context.answers.overview()
        if seen.round is not None:
            parameters = rule.parameters(context.answers.profile, seen.reckoning.day)
            st.caption("　".join(f"${name} = {value}" for name, value in parameters.items()))
