"""Take a register along as it is shown: Excel, CSV and Word, made when a button is pressed."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from explorer.export.file_names import file_stem
from explorer.page_context import PageContext
from explorer.register.files import (
    MOST_IN_WORD,
    MOST_ROWS,
    TABLE_MEDIA,
    headings,
    table_file,
    whole_register,
)
from explorer.register.pivot import Pivot
from explorer.register.ready import ready_view
from explorer.register.state import RegisterState
from graph_model.register.kinds import kind


def title_of(context: PageContext, state: RegisterState) -> str:
    """What a file of the register is called above its table."""
    language = context.viewer.language
    view = ready_view(state.view)
    text = view.text if view else kind(state.kind).text
    return context.words("register-title", kind=text.in_(language))


def take_along(context: PageContext, state: RegisterState, pivot: Pivot | None = None) -> None:
    """A button for each format."""
    w = context.words
    round_ = context.answers.overview().round
    stem = file_stem(title_of(context, state), round_.name if round_ else "", date.today())
    with st.popover(w("register-take"), icon=":material/download:"):
        for ending, media in TABLE_MEDIA.items():
            st.download_button(
                w(f"register-take-{ending}"),
                partial(_made, context, state, pivot, ending),
                f"{stem}.{ending}",
                media,
                on_click="ignore",
                key=f"register-take-{ending}",
            )
        st.caption(w("register-take-note", word=MOST_IN_WORD, most=MOST_ROWS))


def _made(context: PageContext, state: RegisterState, pivot: Pivot | None, ending: str) -> bytes:
    viewer = context.viewer
    if pivot is None:
        page = whole_register(
            context.answers, viewer, state, MOST_IN_WORD if ending == "docx" else MOST_ROWS
        )
        heads, rows = headings(page, viewer), page.rows
    else:
        heads, rows = pivot.headings, pivot.rows
    return table_file(heads, rows, viewer, title_of(context, state), ending)
