"""One rule at a time: figure, list with reasons, clause and advice, picture, query."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from explorer import canvas
from explorer.explore.build_scene import exploration_scene
from explorer.explore.exploration import Exploration
from explorer.page_context import PageContext
from explorer.views.shared.address import leads
from explorer.views.shared.navigation import show_in_graph
from explorer.views.shared.widgets import details, one_of, picked_row, plain, rule_chips
from graph_model.coverage.catalogue import Rule, Status, format_term
from graph_model.coverage.evaluate import Figure
from graph_model.findings.rule_run import FIRST
from graph_model.store.driver import Row

_STATUSES: tuple[Status, ...] = ("gap", "unknown", "ok")


def rule_view(context: PageContext, hidden: frozenset[str] = frozenset()) -> None:
    """Choose a rule, read its list, pick a subject, see why. `hidden`: the rules that do not count just now."""
    seen = context.answers.overview()
    w, language = context.words, context.viewer.language
    if seen.round is None:
        return
    by_id = {f.rule.id: f for f in seen.figures if f.rule.id not in hidden}
    if not by_id:
        return
    asked = st.session_state.pop("rule", None) or (leads("rule") and st.query_params.get("rule"))
    ids = list(by_id)
    if asked in by_id:
        st.session_state["gaps-rule"] = asked
    elif asked:
        st.info(w("link-unknown-rule"))
    chosen = st.selectbox(
        w("gaps-choose"), ids, format_func=lambda id_: _option(context, by_id[id_]), key="gaps-rule"
    )
    st.query_params["rule"] = chosen
    figure = by_id[chosen]
    rule = figure.rule
    rule_chips(rule, language)
    if figure.failed:
        st.error(w("gaps-failed"))
        details(w, figure.failed.in_(language))
        return
    st.markdown(
        f"**{w('gaps-figure', population=figure.population, gaps=figure.gaps, unknown=figure.unknown)}**"
    )
    st.caption(w("gaps-population", population=plain(rule.population.in_(language))))
    clause, advice = st.columns(2)
    clause.markdown(f"**{w('gaps-clause')}**  \n{plain(rule.cited.in_(language))}")
    advice.markdown(f"**{w('gaps-advice')}**  \n{plain(rule.advice.in_(language))}")
    counts = {"gap": figure.gaps, "unknown": figure.unknown}
    counts["ok"] = figure.population - sum(counts.values())
    status = one_of(
        w("gaps-list"),
        _STATUSES,
        lambda s: w(f"gaps-tab-{s}", count=counts[s]),
        default="gap",
        key=f"status-{rule.id}",
    )
    number = _page(context, rule, status, counts[status])
    rows = context.answers.page(rule, seen.reckoning.day, status, number)
    key = _list(context, rule, rows, f"{status}-{number}")
    if key is not None:
        _subject(context, rule, key)
    with st.expander(w("gaps-cypher")):
        st.code(rule.list_text(), language="cypher")


def _option(context: PageContext, figure: Figure) -> str:
    title = figure.rule.marked_title.in_(context.viewer.language)
    return title if figure.failed else context.words("counted", text=title, count=figure.gaps)


def _page(context: PageContext, rule: Rule, status: Status, count: int) -> int:
    """Which page of the list is shown, from 0; nothing to choose where there is one."""
    if count <= FIRST:
        return 0
    w, last = context.words, -(-count // FIRST)
    chosen = st.number_input(
        w("gaps-page", last=last, rows=FIRST), 1, last, key=f"gaps-page-{rule.id}-{status}", width=320
    )
    return int(chosen) - 1


def _list(context: PageContext, rule: Rule, rows: tuple[Row, ...], which: str) -> str | None:
    """The list as a table; returns the key of the row that is chosen."""
    w, language = context.words, context.viewer.language
    if not rows:
        st.info(w("gaps-list-empty"))
        return None
    shown = [context.viewer.row(rule, row) for row in rows]
    table = pd.DataFrame(
        [
            {
                w("column-name"): row["name"],
                w("gaps-why"): rule.explain(row, context.answers.profile, language),
                **{c.text.in_(language): format_term(row[c.name], c.terms, language) for c in rule.columns},
            }
            for row in shown
        ]
    )
    st.caption(w("gaps-pick"))
    picked = picked_row(table, key=f"list-{rule.id}-{which}")
    return None if picked is None else str(rows[picked]["key"])


def _subject(context: PageContext, rule: Rule, key: str) -> None:
    w = context.words
    st.subheader(w("gaps-picture"))
    scene = exploration_scene(
        context.answers, Exploration((key,), 2 if rule.about != "Member" else 1), context.viewer, w
    )
    canvas.graph_canvas(scene, key=f"gap-{key}", height=420)
    if st.button(w("gaps-on-graph"), type="primary"):
        show_in_graph(key)
