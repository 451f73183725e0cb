"""What a rate or a total counts, in a window over the page: companies, or the members in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from explorer.page_context import PageContext
from explorer.scene.compose import format_value
from explorer.views.shared.navigation import show_in_graph
from graph_model.coverage.catalogue import format_term
from graph_model.findings.round_figures import Move
from graph_model.schema import node_type
from graph_model.store.driver import Row


def companies_button(
    context: PageContext, title: str, wanted: Mapping[str, object], *, key: str, text: str = ""
) -> None:
    """A button that lists the companies that fit: each entry a column and its value, or values; True for any."""
    if _button(text or context.words("rates-list"), key):
        _window(title, _companies, context, [r for r in context.answers.companies() if _fits(r, wanted)])


def moves_button(context: PageContext, title: str, moves: Mapping[str, Move], *, key: str) -> None:
    """A button that lists the companies that changed a rate, each with what it did."""
    if moves and _button(context.words("rates-moves-list"), key):
        known = {str(r["key"]): r for r in context.answers.companies()}
        rows = [known.get(k, {"key": k, "name": None}) for k in moves]
        _window(title, _companies, context, rows, moves)


def members_button(context: PageContext, title: str, count: int, *, key: str) -> None:
    """A button that lists the members in the companies, masked for whoever may not see names."""
    if _button(context.words("members-list"), key):
        _window(title, _members, context, count)


def _button(text: str, key: str) -> bool:
    return st.button(text, key=f"list-{key}", type="tertiary")


def _fits(row: Row, wanted: Mapping[str, object]) -> bool:
    return all(
        bool(row[name])
        if value is True
        else row[name] in value
        if isinstance(value, tuple)
        else row[name] == value
        for name, value in wanted.items()
    )


def _window(title: str, draw: Callable[..., None], *what: object) -> None:
    st.dialog(title, width="large")(draw)(*what)


def _companies(context: PageContext, rows: Sequence[Row], moves: Mapping[str, Move] | None = None) -> None:
    w, language = context.words, context.viewer.language
    unit = node_type("Unit")
    st.markdown(f"**{w('company-count', count=len(rows))}**")
    table = []
    for row in rows:
        line = {w("company-name"): row["name"] or w("company-gone")}
        if moves is not None:
            line[w("company-move")] = w(f"move-{moves[str(row['key'])]}")
        if row["name"] is not None:
            line |= {
                w("company-ownership"): format_value(
                    unit.property("ownership"), row["ownership"], language
                ),
                w("company-status"): w("rates-apart")
                if row["status"] == "unknown"
                else format_value(unit.property("status"), row["status"], language),
                w("company-organised"): format_term(row["organised"], None, language),
                w("company-alone"): format_term(row["alone"], None, language),
                w("company-reached"): format_term(row["reached"], None, language),
                w("company-members"): row["members"],
            }
        table.append(line)
    _to_open(context, pd.DataFrame(table), [str(r["key"]) for r in rows], w("company-pick"), "companies")


def _members(context: PageContext, count: int) -> None:
    w = context.words
    rows = context.answers.company_members()
    st.markdown(f"**{w('members-count', count=count)}**")
    if len(rows) < count:
        st.caption(w("members-cut", shown=len(rows)))
    table = pd.DataFrame(
        [
            {
                w("members-name"): context.viewer.caption("Member", row),
                w("company-name"): row["unit"],
                w("members-branch"): row["branch"] or "—",
            }
            for row in rows
        ]
    )
    _to_open(context, table, [str(r["key"]) for r in rows], w("members-pick"), "company-members")


def _to_open(context: PageContext, table: pd.DataFrame, keys: Sequence[str], hint: str, key: str) -> None:
    """The table, of which one row can be opened in the graph."""
    st.caption(hint)
    picked = st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        key=key,
    )
    chosen = picked.selection.rows
    if st.button(context.words("company-open"), disabled=not chosen, type="primary", key=f"open-{key}"):
        show_in_graph(keys[chosen[0]])
