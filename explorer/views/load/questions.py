"""Questions about names that are likely the same; an answer is kept for later rounds, and the files read again."""

from __future__ import annotations

import os

import streamlit as st

from explorer.loading.load_facts import shown_proposals
from explorer.loading.loads import keep_answer
from explorer.lookup.notes import author_of
from explorer.page_context import PageContext
from explorer.views.load import state
from explorer.views.shared.widgets import plain, tell_fault
from graph_model.errors import BranchmapError
from graph_model.schema import node_type
from loaders.prepared_load import PreparedLoad
from loaders.resolve.aliases import AliasAnswer

_MOST = 20


def questions(context: PageContext, prepared: PreparedLoad) -> None:
    """Each likely match with its score: the same, or not. Nothing is merged without an answer."""
    w = context.words
    if not prepared.proposals:
        return
    asked = {p.same[:2] for p in prepared.proposals}
    st.subheader(w("load-questions", count=len(asked)))
    st.caption(w("load-questions-hint"))
    for number, shown in enumerate(shown_proposals(prepared, context.viewer)[:_MOST]):
        one = shown.proposal
        with st.container(border=True):
            text, same, other = st.columns([5, 1, 1], vertical_alignment="center")
            text.markdown(
                w(
                    "load-question",
                    text=plain(shown.text),
                    type=node_type(one.label).text.in_(context.viewer.language),
                    candidate=plain(shown.candidate),
                    score=one.score,
                )
            )
            if shown.differs:
                text.caption(w("load-question-differs", what=w("list-comma").join(shown.differs)))
            if one.places:
                text.caption(plain(context.viewer.place_name("；".join(one.places[:3]))))
            if same.button(w("load-same"), key=f"load-same-{number}", width="stretch"):
                _answer(context, prepared, one.same)
            if other.button(w("load-not-same"), key=f"load-other-{number}", width="stretch"):
                _answer(context, prepared, one.same._replace(name=None))
    if len(prepared.proposals) > _MOST:
        st.caption(w("panel-more", count=len(prepared.proposals) - _MOST))


def _answer(context: PageContext, prepared: PreparedLoad, said: AliasAnswer) -> None:
    try:
        keep_answer(context.answers, said, author_of(os.environ))
    except BranchmapError as error:
        tell_fault(context.words, error)
        return
    if state.check_again(context, clean_rows=prepared.clean_rows):
        st.rerun()
