"""The page 台账: choose a register, its columns and conditions; a page of its rows, or its groups; take it along."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.page_context import PageContext
from explorer.register.pivot import Pivot, register_pivot
from explorer.register.ready import ready_view, ready_views
from explorer.register.rows import PAGE, RegisterPage, register_page
from explorer.register.state import RegisterState, from_link, to_link
from explorer.views.register.choose import choices, chosen_search, titles_of
from explorer.views.register.downloads import take_along
from explorer.views.shared.address import leads
from explorer.views.shared.navigation import open_entity, show_in_graph
from explorer.views.shared.widgets import picked_row, tell_or_raise
from graph_model.errors import BranchmapError
from graph_model.register.kinds import KINDS, kind

_STATE, _TURN, _SPOKEN = "register-state", "register-turn", "register-spoken"
_BEGUN = "register-begun"
"""What the widgets began with: what they are set to is told by themselves from then on."""
_OWN = "own"
_HEIGHT = 353
"""Pixels of the table: nine rows, within the window of an office's screen."""
_STYLE = """<style>
.st-key-register-head [data-testid="stVerticalBlock"] { gap: .5rem; }
.st-key-register-bar [data-testid="stPopover"] button p { white-space: nowrap; }
.stMainBlockContainer { padding-bottom: 1rem; }
@media (max-width: 640px) {
  .st-key-register-head [data-testid="stHorizontalBlock"] { flex-wrap: wrap; gap: .4rem .6rem; }
  .st-key-register-head [data-testid="stColumn"] { min-width: calc(50% - .3rem); flex: 1 1 calc(50% - .3rem); }
}
</style>"""


def register(context: PageContext) -> None:
    """The page. What is chosen stands in the address: a link opens the same table again."""
    w = context.words
    st.html(_STYLE)
    st.title(w("page-register"))
    if leads("register"):
        # widgets forget what they were set to while another page is shown
        _take(from_link(st.query_params.to_dict()) or st.session_state.get(_STATE, RegisterState()))
    if _STATE not in st.session_state or st.session_state[_SPOKEN] != w.language:
        # a widget keeps the words that it was made with: another language makes new ones
        _take(st.session_state.get(_STATE, RegisterState()))
    st.session_state[_SPOKEN] = w.language
    with st.container(key="register-head"):
        made = _head(context, st.session_state[_BEGUN], st.session_state[_TURN])
    before: RegisterState = st.session_state[_STATE]
    same = replace(made, page=0) == replace(before, page=0)
    state = replace(made, page=before.page if same else 0)
    st.session_state[_STATE] = state
    st.query_params.from_dict(to_link(state))
    try:
        _shown(context, state)
    except BranchmapError as error:
        tell_or_raise(w, error)


def _take(state: RegisterState) -> None:
    """Show this from the next widget on: the widgets begin anew with it."""
    st.session_state[_STATE] = st.session_state[_BEGUN] = state
    st.session_state.setdefault(_SPOKEN, "")
    st.session_state[_TURN] = int(st.session_state.get(_TURN, 0)) + 1


def _head(context: PageContext, state: RegisterState, turn: int) -> RegisterState:
    """Which register, the search, and the bar of choices; the state that they make."""
    w, language = context.words, context.viewer.language
    views = {v.id: v.text.in_(language) for v in ready_views()} | {_OWN: w("register-own")}
    kinds = {label: kind(label).text.in_(language) for label in KINDS}
    first = st.columns([1.3, 1.3, 2], vertical_alignment="bottom")
    view_key, kind_key = f"register-{turn}-view", f"register-{turn}-kind"
    first[0].selectbox(
        w("register-ready"),
        list(views),
        index=list(views).index(state.view if state.view in views else _OWN),
        format_func=views.__getitem__,
        key=view_key,
        on_change=_view_chosen,
        args=(view_key,),
    )
    first[1].selectbox(
        w("register-kind"),
        KINDS,
        index=KINDS.index(state.kind),
        format_func=kinds.__getitem__,
        key=kind_key,
        on_change=_kind_chosen,
        args=(kind_key,),
    )
    with first[2]:
        state = chosen_search(context, state, turn)
    return choices(context, state, turn)


def _view_chosen(key: str) -> None:
    found = ready_view(st.session_state[key])
    before: RegisterState = st.session_state[_STATE]
    _take(found.state if found else RegisterState(before.kind))


def _kind_chosen(key: str) -> None:
    _take(RegisterState(st.session_state[key]))


def _shown(context: PageContext, state: RegisterState) -> None:
    pivot = register_pivot(context.answers, context.viewer, state)
    if pivot is not None:
        _pivot(context, state, pivot)
        return
    page = register_page(context.answers, context.viewer, state)
    if not page.total:
        st.info(context.words("register-nothing"))
        return
    _table(context, state, page)


def _table(context: PageContext, state: RegisterState, page: RegisterPage) -> None:
    w, language = context.words, context.viewer.language
    acts = _acts()  # above the table, where they are seen; filled when a row was picked
    frame = pd.DataFrame(
        [list(row) for row in page.rows], columns=titles_of(page.columns, language), dtype="str"
    )
    height = min(35 * (len(page.rows) + 1) + 3, _HEIGHT)
    picked = picked_row(frame, key=f"register-table-{hash((state, page.keys))}", height=height)
    with acts:
        pages = max(1, -(-page.total // PAGE))
        at = min(state.page, pages - 1)
        st.markdown(f"**{w('register-count', count=page.total)}**", width="content")
        if pages > 1:
            _turn_button(w("register-before"), ":material/chevron_left:", at - 1, pages)
            st.markdown(w("register-page", page=at + 1, pages=pages), width="content")
            _turn_button(w("register-after"), ":material/chevron_right:", at + 1, pages)
        key = page.keys[picked] if picked is not None else None
        help_ = w("register-pick") if key is None else None
        if (
            st.button(
                w("register-open"), type="primary", disabled=key is None, key="register-open", help=help_
            )
            and key
        ):
            open_entity(key)
        if st.button(w("register-graph"), disabled=key is None, key="register-graph", help=help_) and key:
            show_in_graph(key)
        take_along(context, state)


def _acts() -> DeltaGenerator:
    return st.container(key="register-acts", horizontal=True, vertical_alignment="center", gap="small")


def _turn_button(text: str, icon: str, to: int, pages: int) -> None:
    st.button(
        text,
        icon=icon,
        key=f"register-{'before' if 'left' in icon else 'after'}",
        disabled=not 0 <= to < pages,
        on_click=_to_page,
        args=(to,),
    )


def _to_page(number: int) -> None:
    state: RegisterState = st.session_state[_STATE]
    st.session_state[_STATE] = replace(state, page=number)


def _pivot(context: PageContext, state: RegisterState, pivot: Pivot) -> None:
    w = context.words
    if not pivot.rows:
        st.info(w("register-nothing"))
        return
    acts = _acts()
    frame = pd.DataFrame([list(row) for row in pivot.rows], columns=_unlike(pivot.headings), dtype="str")
    st.dataframe(frame, hide_index=True, width="stretch", height=min(35 * (len(frame) + 1) + 3, _HEIGHT))
    with acts:
        st.markdown(f"**{w('register-count', count=pivot.total)}**", width="content")
        take_along(context, state, pivot)
        if pivot.several:
            st.caption(w("register-several"), width="content")
        if pivot.cut:
            st.caption(w("register-cut"), width="content")


def _unlike(headings: tuple[str, ...]) -> list[str]:
    """Headings of which no two are alike, as a table needs them."""
    seen: dict[str, int] = {}
    made = []
    for text in headings:
        seen[text] = seen.get(text, 0) + 1
        made.append(text if seen[text] == 1 else f"{text} {seen[text]}")
    return made
