"""The companies behind a rate or a total, in a window over the page."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from explorer.compose import value_text
from explorer.desk import Desk
from explorer.views.graph import go_to
from graph_model.bolt import Row
from graph_model.catalogue import show
from graph_model.schema import node_type


def companies_button(desk: Desk, title: str, wanted: Mapping[str, object], *, key: str) -> None:
    """A button that lists the companies that fit: each entry a column and its value, True for any."""
    if st.button(desk.words("rates-list"), key=f"list-{key}", type="tertiary"):
        _window(desk, title, [r for r in desk.answers.companies() if _fits(r, wanted)])


def _fits(row: Row, wanted: Mapping[str, object]) -> bool:
    return all(bool(row[name]) if value is True else row[name] == value for name, value in wanted.items())


def _window(desk: Desk, title: str, rows: list[Row]) -> None:
    st.dialog(title, width="large")(_list)(desk, rows)


def _list(desk: Desk, rows: list[Row]) -> None:
    w, language = desk.words, desk.viewer.language
    unit = node_type("Unit")
    st.markdown(f"**{w('company-count', count=len(rows))}**")
    table = pd.DataFrame(
        [
            {
                w("company-name"): r["name"],
                w("company-ownership"): value_text(unit.property("ownership"), r["ownership"], language),
                w("company-status"): w("rates-apart")
                if r["status"] == "unknown"
                else value_text(unit.property("status"), r["status"], language),
                w("company-organised"): show(r["organised"], None, language),
                w("company-alone"): show(r["alone"], None, language),
                w("company-reached"): show(r["reached"], None, language),
                w("company-members"): r["members"],
            }
            for r in rows
        ]
    )
    st.caption(w("company-pick"))
    picked = st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        on_select="rerun",
        selection_mode="single-row",
        key="companies",
    )
    chosen = picked.selection.rows
    if st.button(w("company-open"), disabled=not chosen, type="primary"):
        go_to(str(rows[chosen[0]]["key"]))
        st.switch_page(st.session_state["pages"]["graph"])
