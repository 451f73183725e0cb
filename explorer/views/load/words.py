"""Words that are no term of their list: each with its nearest terms to choose from, answered once for all its cells."""

from __future__ import annotations

import os
from datetime import date

import streamlit as st

from explorer.loading.word_questions import EMPTY, ShownWord, answers_of_choices, shown_words
from explorer.lookup.notes import author_of
from explorer.page_context import PageContext
from explorer.views.load import state
from explorer.views.shared.widgets import plain
from loaders.forms.answers import MatchAnswers
from loaders.prepared_load import PreparedLoad

_MOST = 20


def words(context: PageContext, prepared: PreparedLoad, check: int) -> None:
    """Each word with how often and where it stands, and its terms; one button checks again by what was chosen.

    `check`: its number; the choices of an earlier one are no choices now.
    """
    w = context.words
    shown = shown_words(prepared.reading, context.viewer)
    if not shown:
        return
    asked, known = [s for s in shown if s.asked], [s for s in shown if not s.asked]
    chosen: dict[int, str | None] = {}
    with st.container(border=True):
        st.subheader(w("load-words", count=len(asked)) if asked else w("load-words-read"))
        st.caption(w("load-words-hint"))
        with st.form("load-words", border=False):
            for number, word in enumerate(asked[:_MOST]):
                chosen[number] = _choice(context, word, f"{check}-{number}")
            if len(asked) > _MOST:
                st.caption(w("panel-more", count=len(asked) - _MOST))
            if known:
                with st.expander(w("counted", text=w("load-words-known"), count=len(known))):
                    for number, word in enumerate(known[:_MOST], start=len(asked)):
                        chosen[number] = _choice(context, word, f"{check}-{number}")
            again = st.form_submit_button(w("load-words-check"), type="primary" if asked else "secondary")
    if not again:
        return
    answers = answers_of_choices(shown, chosen, date.today(), author_of(os.environ))
    if not answers:
        st.info(w("load-words-nothing"))
    elif state.check_again(context, clean_rows=prepared.clean_rows, answers=MatchAnswers(terms=answers)):
        st.rerun()


def _choice(context: PageContext, word: ShownWord, number: str) -> str | None:
    w, language = context.words, context.viewer.language
    names = {t.value: t.text.in_(language) for t in word.terms} | {EMPTY: w("load-word-empty")}
    values = list(names)
    said, choice = st.columns([3, 2], vertical_alignment="center")
    of, type_ = (text.in_(language) for text in word.of)
    said.markdown(w("load-word", word=plain(word.text), property=of, type=type_, count=word.question.count))
    said.caption(plain(word.place))
    chosen: str | None = choice.selectbox(
        w("load-word-means", word=word.text),
        values,
        index=None if word.now is None else values.index(word.now),
        format_func=lambda value: names[value],
        placeholder=w("load-word-choose"),
        label_visibility="collapsed",
        key=f"load-word-{number}",  # a key is sent to the browser: nothing of the word
    )
    return chosen
