"""常用查询: ready questions as cards by theme with their counts, found by a sentence; the analysts' box below."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.lookup.questions.sentences import Sentence, read_sentence
from explorer.lookup.questions.site_questions import remove_question, shown_here
from explorer.page_context import PageContext
from explorer.views.questions.answer import question_answer
from explorer.views.questions.query_box import query_box
from explorer.views.shared.navigation import open_question
from explorer.views.shared.widgets import plain, tell_faults, tell_or_raise
from graph_model.coverage.questions import THEMES, Question
from graph_model.errors import BranchmapError

_COLUMNS = 3
_STYLE = "<style>[class*='st-key-ask-'] button { text-align: left; justify-content: flex-start; }</style>"


def questions(context: PageContext) -> None:
    """The page: the question that the address names with its answer, or else all of them."""
    w = context.words
    st.title(w("page-questions"))
    known = shown_here(context.data, context.viewer)
    tell_faults(w, w("question-faults"), known.faults)
    asked = st.query_params.get("q")
    question = next((q for q in known.questions if q.id == asked), None)
    if question is not None:
        _one(context, question)
        return
    if asked is not None:
        st.info(w("link-unknown-question"))
    st.html(_STYLE)
    _sentence(context, known.questions)
    for theme in THEMES:
        _theme(context, theme, [q for q in known.questions if q.theme == theme])
    with st.expander(w("query-box")):
        query_box(context)


def _one(context: PageContext, question: Question) -> None:
    """One question, with the way back to all of them."""
    w = context.words
    with st.container(horizontal=True):
        if st.button(w("question-all"), icon=":material/arrow_back:", key="question-all"):
            open_question(None)
        if question.own and context.viewer.names:
            with st.popover(w("question-remove")):
                st.write(w("question-remove-sure"))
                if st.button(w("question-remove-do"), key="question-remove-do"):
                    remove_question(context.data, question.id)
                    open_question(None)
    question_answer(context, question)


def _sentence(context: PageContext, known: Sequence[Question]) -> None:
    """The box that understands a question in words."""
    w = context.words
    typed = st.text_input(w("question-typed"), placeholder=w("question-typed-hint"), key="question-typed")
    if not typed.strip():
        return
    found = read_sentence(context.answers, typed, known, context.viewer)
    if not found:
        st.info(w("question-typed-none"))
    for number, sentence in enumerate(found):
        if st.button(plain(_said(context, sentence)), key=f"question-meant-{number}"):
            open_question(sentence.question.id, sentence.chosen)


def _said(context: PageContext, sentence: Sentence) -> str:
    """A question as it is asked here."""
    return sentence.question.sentence(sentence.said, context.viewer.language)


def _theme(context: PageContext, theme: str, listed: Sequence[Question]) -> None:
    if not listed:
        return
    st.subheader(THEMES[theme].in_(context.viewer.language))
    for start in range(0, len(listed), _COLUMNS):
        for place, question in zip(st.columns(_COLUMNS), listed[start : start + _COLUMNS], strict=False):
            with place, st.container(border=True, height="stretch", gap="xxsmall"):
                _card(context, question)


def _card(context: PageContext, question: Question) -> None:
    w, language = context.words, context.viewer.language
    if st.button(plain(question.sentence({}, language)), type="tertiary", key=f"ask-{question.id}"):
        open_question(question.id)
    if question.choices:
        blanks = w("list-comma").join(c.text.in_(language) for c in question.choices)
        st.caption(w("question-needs", blanks=blanks))
        return
    if question.own:  # nobody knows how long it takes: it is asked when it is opened
        return
    try:
        count, more = context.answers.question_count(question)
    except BranchmapError as error:
        tell_or_raise(w, error)
        return
    st.caption(w("question-rows", count=count) + (w("question-more") if more else ""))
