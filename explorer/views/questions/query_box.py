"""The analysts' box: a reading query of their own, its answer, and keeping it as a question for everybody."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from explorer.lookup.questions.query import MOST_ROWS, SECONDS, QueryAnswer, run_query
from explorer.lookup.questions.site_questions import CHOOSABLE, keep_question, parameters_of
from explorer.page_context import PageContext
from explorer.views.questions.answer import answer_picture
from explorer.views.shared.navigation import open_question
from explorer.views.shared.widgets import tell_or_raise
from graph_model.errors import BranchmapError
from graph_model.schema import node_type

_QUERY_ANSWER = "query-answer"
_EXAMPLE = "MATCH (u:Unit)<-[:EMPLOYED_BY]-(m:Member)\nRETURN u, count(m) AS members\nORDER BY members DESC"


def query_box(context: PageContext) -> None:
    """Draw the box, its answer, and the form by which the query is kept for everybody."""
    w = context.words
    if not context.viewer.names:
        st.info(w("query-needs-names"))
        return
    st.caption(w("query-limits", rows=MOST_ROWS, seconds=int(SECONDS)))
    with st.form("query-form", border=False):
        text = st.text_area(w("query-text"), value=_EXAMPLE, height=140, key="query-text")
        if st.form_submit_button(w("query-run"), type="primary"):
            st.session_state.pop(_QUERY_ANSWER, None)
            if parameters_of(text):
                st.info(w("query-blanks"))
            else:
                _run(context, text)
    answer: QueryAnswer | None = st.session_state.get(_QUERY_ANSWER)
    if answer is not None:
        _query_answer(context, answer)
    with st.expander(w("query-keep")):
        _keep(context, text)


def _run(context: PageContext, text: str) -> None:
    try:
        with st.spinner(context.words("query-running")):
            st.session_state[_QUERY_ANSWER] = run_query(context.answers, text, context.viewer)
    except BranchmapError as error:
        tell_or_raise(context.words, error)


def _keep(context: PageContext, text: str) -> None:
    """The form: a name, what each blank stands for, a button."""
    w, language = context.words, context.viewer.language
    st.caption(w("query-keep-hint"))
    name = st.text_input(w("query-keep-name"), key="query-keep-name", max_chars=60)
    labels = {
        parameter: st.selectbox(
            w("query-keep-blank", name=parameter),
            CHOOSABLE,
            format_func=lambda label: node_type(label).text.in_(language),
            key=f"query-keep-{language}-{parameter}",
        )
        for parameter in parameters_of(text)
    }
    if st.button(w("query-keep-do"), key="query-keep-do"):
        try:
            kept = keep_question(context.answers.store, context.data, name, text, labels)
        except BranchmapError as error:
            tell_or_raise(w, error)
            return
        open_question(kept.id)


def _query_answer(context: PageContext, answer: QueryAnswer) -> None:
    w = context.words
    if not answer.rows:
        st.info(w("question-nothing"))
        return
    st.caption(
        w("question-rows", count=len(answer.rows)) + (w("question-more") if answer.truncated else "")
    )
    table, graph = st.tabs([w("graph-table"), w("gaps-picture")])
    with table:
        st.dataframe(
            pd.DataFrame(answer.rows, columns=list(answer.columns), dtype=object),
            hide_index=True,
            width="stretch",
        )
    with graph:
        if not answer.keys:
            st.info(w("query-no-graph"))
            return
        answer_picture(context, answer.keys, frozenset(), w("query-answer"), "query")
