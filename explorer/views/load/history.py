"""What was loaded before: the list of loads, undoing the last one, comparing two rounds."""

from __future__ import annotations

import os
from typing import get_args

import pandas as pd
import streamlit as st

from explorer.loading.load_facts import shortened, shown_problems, steps
from explorer.loading.loads import load_entries, named_nodes, undo, undo_offered
from explorer.lookup.notes import author_of
from explorer.page_context import PageContext
from explorer.views.load import state
from explorer.views.load.plan import MOST_LISTED, steps_list
from explorer.views.load.problems import problem_list
from explorer.views.shared.widgets import tell_fault
from graph_model.coverage.totals import totals
from graph_model.errors import BranchmapError
from graph_model.graph import Graph
from graph_model.plan import Plan
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from loaders.history.load_log import LoadEntry, Standing
from loaders.history.logged_problems import read_logged_problems
from loaders.history.rebuild import compare, rebuild
from loaders.reconcile.control_totals import EMPTY_GRAPH

_KEYS: dict[Standing, str] = {s: s.replace(" ", "-") for s in get_args(Standing)}
_COMPARED = "load-compared"
_PARTS = ("added", "changed", "removed")


def load_history(context: PageContext) -> None:
    """The history, for whoever opens it; asked of the data folder only then."""
    w = context.words
    st.divider()
    if not st.toggle(w("load-history"), key="load-history-open"):
        return
    try:
        entries = load_entries(context.answers, context.data)
        if not entries:
            st.caption(w("load-history-none"))
            return
        _list(context, entries)
        _problems(context, entries)
        _undo(context)
        _compare(context, entries)
    except BranchmapError as error:
        tell_fault(context.words, error)


def _list(context: PageContext, entries: tuple[LoadEntry, ...]) -> None:
    w = context.words
    names = {t.id: t.text.in_(context.viewer.language) for t in totals()}
    rows = [
        {
            w("load-history-at"): e.at[:19].replace("T", " "),
            w("load-history-round"): e.round,
            w("load-history-state"): w(f"load-standing-{_KEYS[e.standing]}"),
            w("load-history-scope"): _scope(context, e),
            w("load-history-by"): e.by,
            **{w(f"load-{p}"): sum((e.plan or {}).get(p, {}).values()) for p in _PARTS},
            w("load-blocking"): e.blocking,
            w("load-warning"): e.warnings,
            w("load-difference"): sum(bool(t["difference"]) for t in e.totals),
            w("load-explanation"): w("list-comma").join(
                w("pair", heading=names[t["id"]], value=t["explanation"])
                for t in e.totals
                if t["explanation"]
            ),
            w("load-file"): w("list-comma").join(
                f"{context.viewer.place_name(f.name)} ({f.sha256[:8]})" for f in e.files
            ),
        }
        for e in entries
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def _problems(context: PageContext, entries: tuple[LoadEntry, ...]) -> None:
    """The problems of the load that is chosen, as they were when it was made."""
    w = context.words
    having = [e for e in entries if e.problems]
    if not having:
        return
    with st.expander(w("load-history-problems")):
        entry = st.selectbox(
            w("load-history-which"),
            having,
            format_func=lambda e: w("pair", heading=e.round, value=e.at[:19].replace("T", " ")),
            key="load-history-which",
        )
        if entry.clean_rows:
            st.caption(w("load-history-left-out", count=entry.blocking))
        problem_list(
            context, shown_problems(read_logged_problems(entry), context.viewer), "load-history-problems"
        )


def _scope(context: PageContext, entry: LoadEntry) -> str:
    w = context.words
    if entry.clean_rows:
        return w("load-scope-clean")
    return w("load-scope-complete") if entry.complete else w("load-scope-partial")


def _undo(context: PageContext) -> None:
    w = context.words
    asked = st.session_state.get("load-undo")
    if asked is None:
        if st.button(w("load-undo")):
            st.session_state["load-undo"] = undo_offered(context.answers, context.data)
            st.rerun()
        return
    with st.container(border=True):
        st.markdown(w("load-undo-ask", round=asked.entry.round, at=asked.entry.at[:16].replace("T", " ")))
        _changes(context, asked.plan, EMPTY_GRAPH, "load-undo-list")
        yes, no, _ = st.columns([1.4, 1, 4])
        if no.button(w("load-cancel"), key="load-undo-no", width="stretch"):
            st.session_state.pop("load-undo")
            st.rerun()
        if yes.button(w("load-undo-yes"), type="primary", width="stretch"):
            st.session_state.pop("load-undo")
            with st.spinner(w("load-writing")):
                done = undo(context.answers, context.data, asked, author_of(os.environ))
            state.forget()  # what was checked was compared with what has now been taken back
            st.session_state["load-done"] = w("load-undone", round=done.round)
            st.rerun()


def _compare(context: PageContext, entries: tuple[LoadEntry, ...]) -> None:
    w = context.words
    rounds = sorted({e.round for e in entries if e.standing == "standing"})
    if len(rounds) < 2:
        return
    st.markdown(f"**{w('load-compare')}**")
    left, right, button = st.columns([2, 2, 1], vertical_alignment="bottom")
    before = left.selectbox(w("load-compare-before"), rounds, index=len(rounds) - 2)
    after = right.selectbox(w("load-compare-after"), rounds, index=len(rounds) - 1)
    if button.button(w("load-compare-do"), width="stretch"):
        with st.spinner(w("load-checking")):
            graph = rebuild(context.data, after)
            made = compare(rebuild(context.data, before), graph), graph
        st.session_state[_COMPARED] = (before, after, *made)
    held = st.session_state.get(_COMPARED)  # choosing what the list shows runs the page again
    if held is not None and held[:2] == (before, after):
        _, _, plan, graph = held
        _changes(context, plan, graph, "load-compare-list")


def _changes(context: PageContext, plan: Plan, graph: Graph, key: str) -> None:
    """How many of each type, and the list with before and after."""
    w, language = context.words, context.viewer.language
    counts = plan.counts()
    texts = {t.label: t.text for t in NODE_TYPES.values()} | {t.type: t.text for t in EDGE_TYPES.values()}
    rows = [
        {
            w("column-type"): text.in_(language),
            **{w(f"load-{part}"): counts[part].get(name, 0) for part in counts},
        }
        for name, text in texts.items()
        if any(name in counts[part] for part in counts)
    ]
    if not rows:
        st.caption(w("load-same-rounds"))
        return
    figures, listed = st.tabs([w("load-tab-figures"), w("load-tab-list")])
    with figures:
        st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
        if moves := plan.moves():
            st.caption(w("load-moves", count=len({m.after.source for m in moves})))
    with listed:
        short, left_out = shortened(plan, MOST_LISTED)
        known = named_nodes(context.answers, short, graph)
        steps_list(context, list(steps(short, known, context.viewer)), key)
        if left_out:
            st.caption(w("panel-more", count=left_out))
