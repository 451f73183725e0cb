"""What is shown before there are data: three ways to begin; and beside the sample, what it is and the way out of it."""

from __future__ import annotations

import os

import streamlit as st

from explorer.loading.loads import blank_template
from explorer.loading.sample_data import holds_sample, leave_sample, load_sample
from explorer.lookup.notes import author_of
from explorer.page_context import PageContext
from explorer.views.shared.widgets import tell_or_raise
from graph_model.errors import BranchmapError


def first_steps(context: PageContext) -> None:
    """The page in place of every page that needs data."""
    w = context.words
    st.title(w("first-title"))
    st.markdown(w("first-intro"))
    own, template, sample = st.columns(3)
    with own, st.container(border=True, height="stretch"):
        st.subheader(w("first-own"))
        st.markdown(w("first-own-about"))
        if st.button(w("first-own-do"), type="primary", key="first-own"):
            st.switch_page(st.session_state["pages"]["load"])
    with template, st.container(border=True, height="stretch"):
        st.subheader(w("first-template"))
        st.markdown(w("first-template-about"))
        st.download_button(
            w("load-template"),
            blank_template,
            f"{w('load-templates')}.xlsx",
            on_click="ignore",
            key="first-template",
        )
    with sample, st.container(border=True, height="stretch"):
        st.subheader(w("first-sample"))
        st.markdown(w("first-sample-about"))
        if st.button(w("first-sample-do"), key="first-sample"):
            _load(context)


def _load(context: PageContext) -> None:
    w = context.words
    bar = st.progress(0.0, w("first-sample-loading"))

    def on_progress(_what: str, done: int, of: int) -> None:
        bar.progress(min(done / of, 1.0) if of else 1.0, w("first-sample-loading"))

    try:
        load_sample(context.answers, context.data, on_progress, author_of(os.environ))
    except BranchmapError as error:
        tell_or_raise(w, error)
        return
    st.rerun()


def sample_note(context: PageContext) -> None:
    """In the side bar: that what is shown is invented, and the way to one's own data; nothing beside real ones."""
    w = context.words
    if not holds_sample(context.answers):
        return
    with st.popover(w("sample-note")):
        st.markdown(w("sample-note-about"))
        if st.button(w("sample-leave"), key="sample-leave"):
            try:
                with st.spinner(w("load-writing")):
                    leave_sample(context.answers, context.data, author_of(os.environ))
            except BranchmapError as error:
                tell_or_raise(w, error)
                return
            st.rerun()
