"""The bar above a register: search, columns, conditions, sorting and grouping; what is chosen becomes a state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from explorer.page_context import PageContext
from explorer.register.pivot import groupable
from explorer.register.rows import columns_of, shown_columns
from explorer.register.state import RegisterState
from explorer.views.register.conditions import conditions, told_conditions
from explorer.views.shared.widgets import plain
from graph_model.register.columns import Column
from graph_model.register.kinds import kind
from graph_model.text import Language


def titles_of(columns: Sequence[Column], language: Language) -> list[str]:
    """What stands above the columns; a second one of the same text gets a number."""
    made: list[str] = []
    for column in columns:
        text = column.text.in_(language)
        alike = sum(1 for t in made if t == text or t.startswith(f"{text} "))
        made.append(text if not alike else f"{text} {alike + 1}")
    return made


def chosen_search(context: PageContext, state: RegisterState, turn: int) -> RegisterState:
    """The search box; people are not looked for by a viewer who may not see names."""
    w = context.words
    masked = kind(state.kind).of_people() and not context.viewer.names
    typed = st.text_input(
        w("register-search"),
        value=state.search,
        placeholder=w("search-masked") if masked else w("register-search-hint"),
        disabled=masked,
        key=f"register-{turn}-search",
    )
    return replace(state, search=(typed or "").strip())


def choices(context: PageContext, state: RegisterState, turn: int) -> RegisterState:
    """The bar; the state that its widgets make."""
    w, language = context.words, context.viewer.language
    offered = columns_of(context.answers, context.viewer, state.kind)
    texts = dict(zip((c.id for c in offered), titles_of(offered, language), strict=True))
    asked = {c.id: texts[c.id] for c in offered if c.asked_by(context.viewer.names)}
    with st.container(key="register-bar", horizontal=True, gap="small", vertical_alignment="center"):
        with st.popover(
            w("register-conditions", count=len(state.where) + len(state.rules)),
            icon=":material/filter_alt:",
        ):
            state = conditions(context, state, offered, texts, turn)
        with st.popover(w("register-columns"), icon=":material/view_column:"):
            state = _columns(context, state, texts, turn, shown_columns(state, offered))
        with st.popover(w("register-sort"), icon=":material/sort:"):
            state = _sort(context, state, asked, turn)
        with st.popover(w("register-group"), icon=":material/pivot_table_chart:"):
            groups = {c.id: texts[c.id] for c in groupable(offered, context.viewer)}
            state = _groups(context, state, groups, turn)
        told = told_conditions(context, state, texts, {c.id: c for c in offered})
        if told:
            st.caption(plain(told), width="content")
    return state


def _columns(
    context: PageContext, state: RegisterState, texts: dict[str, str], turn: int, shown: Sequence[Column]
) -> RegisterState:
    first = [c.id for c in shown]
    chosen = st.multiselect(
        context.words("register-columns-which"),
        list(texts),
        default=first,
        format_func=texts.__getitem__,
        key=f"register-{turn}-columns",
        placeholder=context.words("register-choose"),
    )
    return state if chosen == first else replace(state, columns=tuple(chosen))


def _sort(context: PageContext, state: RegisterState, asked: dict[str, str], turn: int) -> RegisterState:
    w = context.words
    options = {
        f"{sign}{id_}": w(f"register-{way}", column=text)
        for id_, text in asked.items()
        for sign, way in (("", "up"), ("-", "down"))
    }
    chosen = st.multiselect(
        w("register-sort-which"),
        list(options),
        default=[s for s in state.sort if s in options],
        format_func=options.__getitem__,
        key=f"register-{turn}-sort",
        placeholder=w("register-choose"),
        help=w("register-sort-help"),
    )
    return replace(state, sort=tuple(chosen))


def _groups(context: PageContext, state: RegisterState, groups: dict[str, str], turn: int) -> RegisterState:
    w = context.words
    options = ["", *groups]
    texts = {"": w("register-no-group"), **groups}
    chosen = {}
    for name in ("by", "across"):
        now = getattr(state, name)
        chosen[name] = st.selectbox(
            w(f"register-{name}"),
            options,
            index=options.index(now) if now in options else 0,
            format_func=texts.__getitem__,
            key=f"register-{turn}-{name}",
        )
    return replace(state, by=chosen["by"] or "", across=chosen["across"] or "")
