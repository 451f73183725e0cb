"""The one box for everything: what is typed is looked for at once, and the hits stand by type below it."""

from __future__ import annotations

import streamlit as st

from explorer.canvas import submit_on_enter
from explorer.lookup.find import Found, find
from explorer.lookup.questions.sentences import Sentence, read_sentence
from explorer.lookup.questions.site_questions import shown_here
from explorer.page_context import PageContext
from explorer.views.shared.navigation import open_question
from explorer.views.shared.widgets import plain
from graph_model.schema import node_type

_ASK = "ask-{}"


def find_box(
    context: PageContext, *, key: str, empties: bool = False, questions: bool = False
) -> str | None:
    """Draw the box; returns the key of the thing that was chosen in this run, else None.

    Enter goes to the first hit; the arrow keys and Enter choose among several. With `empties` the box is empty
    after a choice, and the hits are gone. With `questions` a sentence finds the ready question that it asks.
    """
    w = context.words
    chosen: str | None = st.session_state.pop(_taken(key), None)
    typed = st.text_input(
        w("search"), placeholder=w("find-hint"), key=f"{key}-typed", type="search", live=True
    )
    asked = (typed or "").strip()
    found = find(context.answers, asked, context.viewer) if asked else None
    meant = _meant(context, asked) if questions and asked else ()
    first = found.groups[0].hits[0].key if found and found.groups else _ASK.format(0) if meant else None
    with st.container(key=f"{key}-unseen"):
        submit_on_enter(f"{key}-typed", asked, f"{key}-{first}" if first else None)
    if found is None:
        return chosen
    if not found.groups and not meant:
        masked = "" if context.viewer.names else " " + w("search-masked")
        with st.container(key=f"{key}-hits"):
            st.info(w("search-none", text=plain(asked[:60])) + masked)
        return chosen
    with st.container(key=f"{key}-hits"):
        _questions(context, meant, key)
        hit = _results(context, found, key, empties)
    return chosen or hit


def _meant(context: PageContext, asked: str) -> tuple[Sentence, ...]:
    known = shown_here(context.data, context.viewer)
    return read_sentence(context.answers, asked, known.questions, context.viewer)


def _questions(context: PageContext, meant: tuple[Sentence, ...], key: str) -> None:
    """The ready questions that the text asks; pressing one leads to its answer."""
    if not meant:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{context.words('page-questions')}**", width="content")
        for number, sentence in enumerate(meant):
            text = sentence.question.sentence(sentence.said, context.viewer.language)
            if st.button(plain(_short(text)), key=f"{key}-{_ASK.format(number)}"):
                open_question(sentence.question.id, sentence.chosen)


def _taken(key: str) -> str:
    return f"{key}-taken"


def _take(key: str, hit: str) -> None:
    """A hit was pressed: it is what the next run gives, and the box is empty then."""
    st.session_state[_taken(key)] = hit
    st.session_state[f"{key}-typed"] = ""


def _results(context: PageContext, found: Found, key: str, empties: bool) -> str | None:
    w, language = context.words, context.viewer.language
    if found.near:
        st.caption(w("find-near"))
    chosen: str | None = None
    for group in found.groups:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{node_type(group.label).text.in_(language)}**", width="content")
            for hit in group.hits:
                name, called = plain(_short(hit.caption)), f"{key}-{hit.key}"
                if empties:
                    st.button(name, key=called, on_click=_take, args=(key, hit.key))
                elif st.button(name, key=called):
                    chosen = hit.key
            if group.more:
                st.caption(w("find-more"), width="content")
    return chosen


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
