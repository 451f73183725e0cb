"""已存视图: keep the picture under a name; list, open, rename, write over and delete what was kept."""

from __future__ import annotations

import os

import streamlit as st

from explorer.explore.saved_exploration import RestoredExploration, restore_exploration, to_saved_view
from explorer.explore.saved_views import LONGEST_NAME, Saved, delete, open_view, rename, save, saved_views
from explorer.lookup.notes import author_of
from explorer.page_context import PageContext
from explorer.views.graph import state
from explorer.views.shared.widgets import plain
from graph_model.errors import BranchmapError
from graph_model.schema import node_type

_OPEN, _NAME, _PICKED, _NEW_NAME = "kept-popover", "kept-name", "kept-picked", "kept-new-name"
_SAID, _DIFFERS, _SURE = "kept-said", "kept-differs", "kept-sure"


def kept_popover(context: PageContext) -> None:
    """The button in the toolbar; the store is asked only while the list is open."""
    w = context.words
    with st.popover(w("kept"), key=_OPEN, on_change=_forget) as popover:
        if not popover.open:
            return
        with st.form("kept-save", border=False):
            st.text_input(w("kept-name"), max_chars=LONGEST_NAME, key=_NAME, placeholder=w("kept-example"))
            st.caption(w("kept-name-hint"))
            st.form_submit_button(
                w("kept-save"), on_click=_save, args=(context,), key="kept-save-do", type="primary"
            )
        _said()
        kept = saved_views(context.answers)
        if not kept:
            st.caption(w("kept-none"))
            return
        _list(context, {one.key: one for one in kept})


def kept_differs() -> None:
    """Above the picture: how the view that was opened last differs from the day it was saved."""
    held: tuple[tuple[str, ...], str] | None = st.session_state.get(_DIFFERS)
    if held is not None and held[0] == state.walk().focus:
        st.warning(held[1])


def _said() -> None:
    said: tuple[bool, str] | None = st.session_state.get(_SAID)
    if said is not None:
        (st.success if said[0] else st.error)(plain(said[1]))


def _forget() -> None:
    for key in (_SAID, _SURE):
        st.session_state.pop(key, None)


def _list(context: PageContext, kept: dict[str, Saved]) -> None:
    w = context.words
    if st.session_state.get(_PICKED) not in kept:
        st.session_state.pop(_PICKED, None)
    picked = st.selectbox(
        w("counted", text=w("kept"), count=len(kept)),
        list(kept),
        format_func=lambda key: kept[key].name,
        on_change=_forget,
        key=_PICKED,
    )
    one = kept[picked]
    written = one.written[:16].replace("T", " ")
    st.caption(plain(w("kept-of", count=one.size, author=one.author or "—", written=written)))
    with st.container(horizontal=True, gap="small"):
        st.button(w("kept-open"), type="primary", on_click=_open, args=(context, picked), key="kept-open")
        st.button(
            w("kept-replace"),
            help=w("kept-replace-hint"),
            on_click=_replace,
            args=(context, one),
            key="kept-replace",
        )
        if st.session_state.get(_SURE) == picked:
            st.button(w("kept-delete-sure"), on_click=_delete, args=(context, one), key="kept-delete-sure")
        else:
            st.button(w("kept-delete"), on_click=_ask, args=(picked,), key="kept-delete")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(w("kept-new-name"), max_chars=LONGEST_NAME, key=_NEW_NAME)
        st.button(w("kept-rename"), on_click=_rename, args=(context, one), key="kept-rename")


# ---- what the buttons do; a fault is said in the list, and nothing else happens


def _save(context: PageContext) -> None:
    _keep(context, str(st.session_state.get(_NAME, "")), replace=False)


def _replace(context: PageContext, one: Saved) -> None:
    _keep(context, one.name, replace=True)


def _keep(context: PageContext, name: str, *, replace: bool) -> None:
    _forget()
    view = to_saved_view(state.walk(), state.shown(), state.places())
    try:
        key = save(context.answers, name, view, author_of(os.environ), replace=replace)
    except BranchmapError as error:
        st.session_state[_SAID] = (False, error.for_page.in_(context.viewer.language))
        return
    st.session_state[_NAME] = ""
    st.session_state[_PICKED] = key
    st.session_state[_SAID] = (True, context.words("kept-saved", name=name.strip(), count=len(view.nodes)))


def _open(context: PageContext, key: str) -> None:
    _forget()
    try:
        opened = open_view(context.answers, key, context.viewer)
        found = restore_exploration(context.answers, opened)
    except BranchmapError as error:
        st.session_state[_SAID] = (False, error.for_page.in_(context.viewer.language))
        return
    if not found.walk.focus:
        st.session_state[_SAID] = (False, context.words("kept-all-gone", name=opened.name))
        return
    state.do(found.walk)
    state.select(None)
    state.put_places(found.places)
    st.session_state[_DIFFERS] = (found.walk.focus, text) if (text := _text(context, found)) else None
    st.session_state[_OPEN] = False


def _text(context: PageContext, found: RestoredExploration) -> str:
    w, language = context.words, context.viewer.language
    said = []
    if found.gone:
        kinds = [
            w("counted", text=node_type(label).text.in_(language) if label else "?", count=count)
            for label, count in found.gone.most_common()
        ]
        said.append(w("kept-gone", count=found.gone.total(), kinds=w("list-comma").join(kinds)))
    if found.newer:
        said.append(w("kept-newer", count=found.newer, button=w("show-hidden")))
    return "  \n".join(said)


def _rename(context: PageContext, one: Saved) -> None:
    _forget()
    name = str(st.session_state.get(_NEW_NAME, ""))
    try:
        rename(context.answers, one.key, name)
    except BranchmapError as error:
        st.session_state[_SAID] = (False, error.for_page.in_(context.viewer.language))
        return
    st.session_state[_NEW_NAME] = ""
    st.session_state[_SAID] = (True, context.words("kept-renamed", name=name.strip()))


def _ask(key: str) -> None:
    _forget()
    st.session_state[_SURE] = key


def _delete(context: PageContext, one: Saved) -> None:
    _forget()
    try:
        delete(context.answers, one.key)
    except BranchmapError as error:
        st.session_state[_SAID] = (False, error.for_page.in_(context.viewer.language))
        return
    st.session_state[_SAID] = (True, context.words("kept-deleted", name=one.name))
