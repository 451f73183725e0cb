"""What a rate or a total counts, in a window over the page: units, or the members in companies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from explorer.page_context import PageContext
from explorer.scene.compose import format_value
from explorer.views.shared.navigation import show_in_graph
from explorer.views.shared.widgets import picked_row
from graph_model.coverage.catalogue import format_term
from graph_model.findings.round_figures import Move
from graph_model.schema import node_type
from graph_model.store.driver import Row


def units_button(
    context: PageContext, title: str, wanted: Callable[[Row], bool], *, key: str, text: str = ""
) -> None:
    """A button that lists the units that fit."""
    if _button(text or context.words("rates-list"), key):
        _window(title, _companies, context, [r for r in context.answers.units() if wanted(r)])


def moves_button(context: PageContext, title: str, moves: Mapping[str, Move], *, key: str) -> None:
    """A button that lists the companies that changed a rate, each with what it did."""
    if moves and _button(context.words("rates-moves-list"), key):
        known = {str(r["key"]): r for r in context.answers.units()}
        rows = [known.get(k, {"key": k, "name": None}) for k in moves]
        _window(title, _companies, context, rows, moves)


def members_button(context: PageContext, title: str, count: int, *, key: str) -> None:
    """A button that lists the members in the companies, masked for whoever may not see names."""
    if _button(context.words("members-list"), key):
        _window(title, _members, context, count)


def _button(text: str, key: str) -> bool:
    return st.button(text, key=f"list-{key}", type="tertiary")


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
                w("company-organised"): format_term(row["organisation"], None, language),
                w("company-alone"): format_term(row["independent"], None, language),
                w("company-reached"): format_term(row["work"], None, language),
                w("company-contact"): format_term(row["contact"], None, language),
                w("company-due"): format_term(row["as_due"] == "in", None, language),
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
    picked = picked_row(table, key=key)
    pressed = st.button(
        context.words("company-open"), disabled=picked is None, type="primary", key=f"open-{key}"
    )
    if pressed and picked is not None:
        show_in_graph(keys[picked])
