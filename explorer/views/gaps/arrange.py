"""Arrange several gaps at once: owner, due date, state, note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.gaps.gap_rows import FindingRow
from explorer.page_context import PageContext
from explorer.views.shared.widgets import tell_fault
from graph_model.errors import BranchmapError
from graph_model.findings.findings import LABEL, STATES
from graph_model.findings.revert import EDITABLE
from graph_model.schema import node_type

_CLEARABLE = ("owner", "due", "note")


def arrange(
    context: PageContext,
    shown: Sequence[FindingRow],
    ticked: Sequence[FindingRow],
    *,
    done: Callable[..., None],
) -> None:
    """The form; `done` gets the error, or the message to show."""
    w, language = context.words, context.viewer.language
    finding = node_type(LABEL)
    titles = {name: finding.property(name).text.in_(language) for name in EDITABLE}
    states = {t.value: t.text.in_(language) for t in finding.property("state").terms}
    open_ = [r for r in shown if r.open]
    with st.expander(w("gaps-bulk"), expanded=bool(ticked)), st.form("gaps-bulk", border=False):
        targets = {"ticked": [r for r in ticked if r.open], "all": open_}
        which = st.radio(
            w("gaps-bulk-to"),
            list(targets),
            format_func=lambda t: w(f"gaps-bulk-{t}", count=len(targets[t])),
            horizontal=True,
            # other numbers are other options: under the same key none would be chosen
            key=f"gaps-bulk-which-{len(targets['ticked'])}-{len(open_)}",
        )
        first = st.columns(3)
        values = {
            "owner": first[0].text_input(titles["owner"], key="gaps-bulk-owner"),
            "due": first[1].text_input(titles["due"], placeholder=w("gaps-due-hint"), key="gaps-bulk-due"),
        }
        state = first[2].selectbox(
            titles["state"],
            ["", *STATES],
            format_func=lambda s: states[s] if s else w("gaps-bulk-keep"),
            key="gaps-bulk-state",
        )
        second = st.columns(3)
        values["note"] = second[0].text_input(titles["note"], key="gaps-bulk-note")
        values["accepted_until"] = second[1].text_input(
            titles["accepted_until"], placeholder=w("gaps-due-hint"), key="gaps-bulk-until"
        )
        values["accepted_reason"] = second[2].text_input(titles["accepted_reason"], key="gaps-bulk-reason")
        gone = st.multiselect(
            w("gaps-bulk-clear"),
            _CLEARABLE,
            format_func=lambda n: titles[n],
            placeholder=w("nothing"),
            key="gaps-bulk-gone",
        )
        asked = st.form_submit_button(w("gaps-bulk-save"), type="primary")
    if not asked:
        return
    said = {n: v.strip() for n, v in values.items() if v.strip()} | dict.fromkeys(gone, "")
    said |= {"state": state} if state else {}
    chosen = targets[which or "ticked"]
    if not said or not chosen:
        st.warning(w("gaps-bulk-none"))
        return
    try:
        count = context.answers.edit_findings([r.key for r in chosen], said)
        done(None, w("gaps-saved", count=count))
    except BranchmapError as error:
        tell_fault(context.words, error)
        return
    st.rerun()
