"""The problems of a load: what must be mended apart from the hints, and the workbooks back, marked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from explorer.loading.load_facts import ShownProblem, shown_problems
from explorer.loading.problem_lines import problem_lines
from explorer.page_context import PageContext
from explorer.views.shared.widgets import tell_fault
from graph_model.errors import BranchmapError
from loaders.annotate.annotated_download import annotate_files
from loaders.prepared_load import PreparedLoad
from loaders.problem_log import count_problems

_KEY = "load-marked"
MOST_LINES, _FIRST_LINES = 30, 10
"""So many problems are lines; of more, so many are, and all are in a table."""
_LONG, _CUT = 12, 160
"""A value of more characters than this is shown that many pixels wide; the whole of it on a click."""


def problems(context: PageContext, prepared: PreparedLoad) -> None:
    """The two lists, and a button for the marked workbooks."""
    w = context.words
    reading = prepared.reading
    must = shown_problems(reading, context.viewer, blocking=True)
    hints = shown_problems(reading, context.viewer, blocking=False)
    if must and not prepared.clean_rows:
        st.error(w("load-blocked", count=_count(must)))
    if hints:
        st.warning(w("load-warned", count=_count(hints)))
    if not must and not hints:
        st.success(w("load-clean"))
        return
    st.subheader(w("load-problems"))
    _marked(context, prepared)
    if must:
        st.markdown(f"**{w('counted', text=w('load-blocking'), count=_count(must))}**")
        problem_list(context, must, "load-must")
    if hints:
        with st.expander(w("counted", text=w("load-warning"), count=_count(hints)), expanded=not must):
            problem_list(context, hints, "load-hints")


def _count(shown: list[ShownProblem]) -> int:
    return count_problems(p.problem for p in shown)


def problem_list(context: PageContext, found: list[ShownProblem], key: str) -> None:
    """Lines, which a phone shows whole; where they are many, the first of them, and a table of all.

    `key` names the table on the page.
    """
    many = len(found) > MOST_LINES
    st.html(problem_lines(found[:_FIRST_LINES] if many else found, context.words))
    if many:
        st.caption(context.words("load-first", count=_FIRST_LINES))
        _table(context, found, key)


def _table(context: PageContext, found: list[ShownProblem], key: str) -> None:
    """What is wrong first: on a narrow screen the last columns are out of sight."""
    w = context.words
    told = [
        {
            w("load-cell"): p.problem.cell,
            w("load-what"): p.what,
            w("load-right"): p.right,
            w("load-value"): p.value,
            w("load-sheet"): p.problem.sheet,
            w("load-file"): p.problem.file,
        }
        for p in found
    ]
    # what no problem has (a file that cannot be read has no cell) takes no room from the rest
    had = [name for name in told[0] if any(one[name] for one in told)]
    rows = [{name: one[name] for name in had} for one in told]
    long = any(len(p.value) > _LONG for p in found)
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        column_config={w("load-value"): st.column_config.TextColumn(width=_CUT)} if long else None,
        key=key,
    )


def _marked(context: PageContext, prepared: PreparedLoad) -> None:
    """The user's own files back; made once for each check, since the button needs the name beforehand."""
    w = context.words
    held = st.session_state.get(_KEY)
    if held is None or held[0] is not prepared.reading:
        try:
            held = (
                prepared.reading,
                *annotate_files(prepared.sources, prepared.reading.problems, context.viewer.language),
            )
        except BranchmapError as error:
            tell_fault(context.words, error)
            return
        st.session_state[_KEY] = held
    _, name, content = held
    st.download_button(w("load-marked"), content, name, on_click="ignore", help=w("load-marked-hint"))
