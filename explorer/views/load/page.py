"""数据导入: put workbooks in, read the problems and the plan, then confirm. Nothing is written before."""

from __future__ import annotations

import os
from typing import get_args

import streamlit as st

from explorer.loading.blind_load import BLIND, NEEDS_NAMES
from explorer.loading.load_facts import late_figures, why_no_change
from explorer.loading.loads import write
from explorer.lookup.notes import author_of
from explorer.page_context import PageContext
from explorer.views.load import state
from explorer.views.load.form import template, upload
from explorer.views.load.history import load_history
from explorer.views.load.matching import matching
from explorer.views.load.plan import plan
from explorer.views.load.problems import problems
from explorer.views.load.questions import questions
from explorer.views.load.totals import rows_line, totals_tables
from explorer.views.load.words import words
from explorer.views.shared.widgets import tell_fault
from graph_model.errors import BranchmapError
from loaders.codes.row_codes import Struck
from loaders.pipeline import explain
from loaders.prepared_load import PreparedLoad

_STRUCK: tuple[Struck, ...] = get_args(Struck)


def load(context: PageContext) -> None:
    """The page: files in, check, plan, confirm; below, what was loaded before."""
    w = context.words
    st.title(w("page-load"))
    st.markdown(w("load-intro"))
    _stopped(context)
    if (done := st.session_state.pop("load-done", None)) is not None:
        st.success(done)
    template(context)
    upload(context)
    checked = state.checked()
    if checked is not None:
        _show(context, checked)
    load_history(context)


def _show(context: PageContext, checked: state.Checked) -> None:
    w, seen, prepared = context.words, checked.seen, checked.seen.load
    if seen.blind:
        st.info(BLIND.in_(context.viewer.language))
    if seen.needs_names:
        st.warning(NEEDS_NAMES.in_(context.viewer.language))
    if prepared.reading.unaccounted:
        st.error(w("load-unaccounted", count=prepared.reading.unaccounted))
    matching(context, prepared)
    _password(context, prepared)
    problems(context, prepared)
    rows_line(context, prepared)
    words(context, prepared, checked.number)
    questions(context, prepared)
    _struck(context, prepared)
    _choice(context, prepared)
    plan(context, prepared, blind=seen.blind)
    said = explain(checked.prepared, totals_tables(context, prepared))
    nothing = prepared.plan.empty and not prepared.plan.restated_nodes and not prepared.plan.restated_edges
    if nothing or prepared.empty:
        st.info(why_no_change(prepared.reading).in_(context.viewer.language))
    yes, no, _ = st.columns([1.4, 1, 4])
    if no.button(w("load-cancel"), help=w("load-cancel-hint"), width="stretch"):
        state.forget()
        st.session_state["load-done"] = w("load-cancelled")
        st.rerun()
    # what was written about a difference is kept with the round, also where nothing else is new
    written = said.differences != checked.prepared.differences
    if (
        not prepared.empty
        and (not nothing or written)
        and yes.button(w("load-apply"), type="primary", disabled=seen.blocked, width="stretch")
    ):
        _apply(context, said)


def _password(context: PageContext, prepared: PreparedLoad) -> None:
    """Where a file has a password: a field for it, which is empty again once it was used."""
    w = context.words
    locked = [p.file for p in prepared.reading.problems if p.code == "locked_file"]
    if not locked:
        return
    with st.form("load-password", clear_on_submit=True):
        typed = st.text_input(
            w("load-password", files="、".join(map(context.viewer.place_name, locked))),
            type="password",
            help=w("load-password-hint"),
            key="load-password-typed",
            autocomplete="off",
        )
        asked = st.form_submit_button(w("load-password-use"))
    if asked and typed and state.check_again(context, clean_rows=prepared.clean_rows, password=typed):
        st.rerun()


def _struck(context: PageContext, prepared: PreparedLoad) -> None:
    """What becomes of rows that are struck through: only the user knows whether they still count."""
    w = context.words
    if not any(p.code.startswith("struck_") for p in prepared.reading.problems):
        return
    now: Struck = prepared.request.struck
    with st.container(border=True):
        chosen = st.radio(
            w("load-struck"),
            _STRUCK,
            index=_STRUCK.index(now),
            format_func=lambda choice: w(f"load-struck-{choice}"),
            key="load-struck",
        )
    if chosen != now and state.check_again(context, clean_rows=prepared.clean_rows, struck=chosen):
        st.rerun()


def _choice(context: PageContext, prepared: PreparedLoad) -> None:
    """Nothing until clean, or the clean rows now: only ever by the user's own choice."""
    w = context.words
    if not prepared.reading.blocking:
        return
    with st.container(border=True):
        chosen = st.radio(
            w("load-choice"),
            (False, True),
            index=int(prepared.clean_rows),
            format_func=lambda clean: w("load-choice-clean") if clean else w("load-choice-nothing"),
            key="load-choice",
        )
        if prepared.clean_rows:
            st.warning(w("load-left-out", count=len(prepared.left_out)))
    if bool(chosen) != prepared.clean_rows and state.check_again(context, clean_rows=bool(chosen)):
        st.rerun()


def _apply(context: PageContext, prepared: PreparedLoad) -> None:
    w = context.words
    with st.status(w("load-writing"), expanded=True) as status:
        # pressing it ends this run of the page at its next step, and with it the transaction
        st.button(
            w("load-stop"), help=w("load-stop-hint"), key="load-stop", on_click=_stop, args=(prepared,)
        )
        bar = st.progress(0.0)

        def on_progress(what: str, done: int, of: int) -> None:
            bar.progress(
                min(done / of, 1.0) if of else 1.0,
                w("load-step", what=state.step_name(context, what), done=done, of=of),
            )

        try:
            landed = write(context.answers, prepared, on_progress, author_of(os.environ))
        except BranchmapError as error:
            status.update(state="error")
            tell_fault(context.words, error)
            return
    state.forget()
    done = [w("load-applied", round=prepared.reading.round)]
    if landed.figures_late is not None:
        done.append(late_figures().in_(context.viewer.language))
    st.session_state["load-done"] = " ".join(done)
    st.rerun()


def _stop(prepared: PreparedLoad) -> None:
    st.session_state["load-stopped"] = prepared.state.version


def _stopped(context: PageContext) -> None:
    """After a load was stopped in its writing: whether it was in time, by what the store says."""
    before = st.session_state.pop("load-stopped", None)
    if before is None:
        return
    state.forget()
    state_now = context.answers.state()
    if state_now.version == before:
        st.success(context.words("load-cancelled"))
    else:
        st.warning(context.words("load-stopped-late", round=state_now.round or ""))
