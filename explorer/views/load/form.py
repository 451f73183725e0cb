"""The upper part of the load page: templates to fill in, and the form that takes the filled ones."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial

import streamlit as st

from explorer.loading.loads import area_template, blank_template
from explorer.page_context import PageContext
from explorer.views.load import state
from graph_model.coverage.areas import AREA_LABELS
from loaders.read.discovery import proposed_round_of_uploads
from loaders.read.workbooks import FORMATS

_FILES, _TYPED, _PROPOSED, _GUESSED = "load-files", "load-round", "load-proposed", "load-guessed"
_ROUND = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def _own_words(button: str, hint: str) -> str:
    """A style that puts words of the page's language in place of Streamlit's, which are English only."""
    field = ".st-key-load-files [data-testid='stFileUploaderDropzone"
    pick, told = f"{field}'] > span button p", f"{field}Instructions'] span"
    return (
        f"<style>{pick}, {told} {{ font-size: 0; }}"
        f"{pick}::after {{ content: {json.dumps(button, ensure_ascii=False)}; font-size: 1rem; }}"
        f"{told} {{ white-space: normal; }}"
        f"{told}::after {{ content: {json.dumps(hint, ensure_ascii=False)}; font-size: .875rem; }}</style>"
    )


def template(context: PageContext) -> None:
    """Downloads of the survey workbook: blank, or filled with what is known of one area."""
    w = context.words
    with st.expander(w("load-templates")):
        st.download_button(
            w("load-template"), blank_template, f"{w('load-templates')}.xlsx", on_click="ignore"
        )
        full = partial(blank_template, full=True)
        st.download_button(
            w("load-template-full"),
            full,
            f"{w('counted', text=w('load-templates'), count=w('load-template-all'))}.xlsx",
            on_click="ignore",
        )
        if not context.viewer.names:
            st.caption(w("load-template-names"))
            return
        areas = context.answers.names(*AREA_LABELS)
        if not areas:
            return
        key = st.selectbox(w("load-template-area"), list(areas), format_func=lambda k: areas[k])
        st.download_button(
            w("load-template-filled"),
            partial(area_template, context.answers, key),
            f"{areas[key]}.xlsx",
            on_click="ignore",
        )


def upload(context: PageContext) -> None:
    """Files, round, complete or partial; checks them when asked to."""
    w = context.words
    st.html(_own_words(w("load-pick"), w("load-pick-hint")))
    files = st.file_uploader(
        w("load-files"),
        type=[ending.lstrip(".") for ending in (*FORMATS, ".zip")],
        accept_multiple_files=True,
        key=_FILES,
        on_change=_propose,
    )
    with st.form("load-form", border=False):
        left, right = st.columns(2, vertical_alignment="bottom")
        left.text_input(w("load-round"), placeholder=w("load-round-hint"), key=_TYPED)
        complete = right.checkbox(w("load-complete"), help=w("load-complete-hint"))
        said = st.container()
        asked = st.form_submit_button(w("load-check"), type="primary", on_click=_fill_in)
    round_ = str(st.session_state[_TYPED]).strip()
    proposed = st.session_state.get(_PROPOSED)
    if proposed is not None and proposed.round == round_:
        said.caption(w("load-round-from", round=round_, source=proposed.source.in_(w.language)))
    if not asked:
        return
    if not files:
        st.warning(w("load-missing"))
    elif st.session_state.pop(_GUESSED, False):
        st.info(w("load-round-guessed", round=round_))
    elif not _ROUND.fullmatch(round_):
        st.warning(w("load-round-wrong"))
    else:
        state.check(context, files, round_, complete)


def _propose() -> None:
    """The round that the files name stands in the field, unless another one was written there."""
    before = st.session_state.get(_PROPOSED)
    found = proposed_round_of_uploads([(f.name, f) for f in st.session_state[_FILES]])
    st.session_state[_PROPOSED] = found
    typed = str(st.session_state.get(_TYPED, "")).strip()
    if not typed or (before is not None and typed == before.round):
        st.session_state[_TYPED] = found.round if found else ""


def _fill_in() -> None:
    """Where neither the user nor the files say the round: this month stands in the field, to be looked at first."""
    if st.session_state[_FILES] and not str(st.session_state[_TYPED]).strip():
        st.session_state[_TYPED] = f"{date.today():%Y-%m}"
        st.session_state[_GUESSED] = True
