"""The notes on one thing: listed, written, removed; the same on every page that shows them."""

from __future__ import annotations

import os

import streamlit as st

from explorer.lookup import notes
from explorer.page_context import PageContext
from explorer.views.shared.widgets import plain
from graph_model.errors import BranchmapError

_AUTHOR, _SAID = "note-author", "note-said"


def notes_view(context: PageContext, key: str, *, small: bool = False) -> None:
    """Heading with the count, the notes, and the form to write one; `small` folds the form away."""
    w = context.words
    held = notes.notes_on(context.answers, key, context.viewer)
    heading = w("counted", text=w("notes"), count=len(held))
    if small:
        st.markdown(f"**{heading}**")
    else:
        st.subheader(heading)
    for note in held:
        _one(context, note)
    said: tuple[str, str] | None = st.session_state.get(_SAID)
    if said is not None and said[0] == key:
        st.error(said[1])
    if small:
        with st.expander(w("notes-write")):
            _form(context, key)
    else:
        with st.container(key="entity-note-form"):
            _form(context, key)


def _one(context: PageContext, note: notes.Note) -> None:
    w = context.words
    with st.container(border=True):
        st.caption(plain(f"{note.author or '—'} · {note.written[:16].replace('T', ' ')}"))
        if note.body is None:
            st.caption(w("notes-hidden"))
            return
        st.text(note.body)
        # whoever cannot read a note does not remove it
        st.button(w("notes-remove"), key=f"note-{note.key}", on_click=_remove, args=(context, note))


def _form(context: PageContext, key: str) -> None:
    w = context.words
    st.session_state.setdefault(_AUTHOR, notes.author_of(os.environ))
    body, author = f"note-body-{key}", f"note-author-{key}"
    with st.form(f"note-form-{key}", border=False):
        st.text_area(w("notes-write"), max_chars=notes.LONGEST, height=90, key=body)
        if not context.viewer.names:
            st.caption(w("notes-masked"))
        st.text_input(
            w("notes-author"),
            value=st.session_state[_AUTHOR],
            max_chars=notes.LONGEST_AUTHOR,
            key=author,
        )
        st.form_submit_button(w("notes-add"), on_click=_add, args=(context, key, body, author))


def _add(context: PageContext, key: str, body: str, author: str) -> None:
    st.session_state.pop(_SAID, None)
    try:
        notes.add(context.answers, key, st.session_state[body], st.session_state[author])
    except BranchmapError as error:
        st.session_state[_SAID] = (key, error.for_page.in_(context.viewer.language))
        return
    st.session_state[_AUTHOR] = st.session_state[author]
    st.session_state[body] = ""  # only now: what could not be saved is still in the box


def _remove(context: PageContext, note: notes.Note) -> None:
    st.session_state.pop(_SAID, None)
    try:
        notes.remove(context.answers, note.key)
    except BranchmapError as error:
        st.session_state[_SAID] = (note.subject, error.for_page.in_(context.viewer.language))
