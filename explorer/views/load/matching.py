"""The matching step: what a foreign sheet is and what its columns become; confirmed or changed, then remembered."""

from __future__ import annotations

import datetime as dt
import os

import streamlit as st

from explorer.loading.match_facts import (
    CERTAINTY_TEXTS,
    REASON_TEXTS,
    asked,
    form_of,
    form_text,
    heading_text,
    target_text,
    targets_of,
)
from explorer.lookup.notes import author_of
from explorer.page_context import PageContext
from explorer.views.load import state
from explorer.views.shared.widgets import plain
from loaders.forms.answers import NOTE, MatchAnswers, SheetAnswer
from loaders.forms.form import read_forms
from loaders.match.proposal import ColumnProposal, SheetProposal
from loaders.match.propose import propose_as
from loaders.prepared_load import PreparedLoad

_MOST = 20
_USUAL = ("members", "branches", "units", "post_holders", "residential_areas")
_LEFT_OUT = ""
"""The choice of no form at all: a select box knows texts only."""


def matching(context: PageContext, prepared: PreparedLoad) -> None:
    """Each foreign sheet that has to be confirmed, then those that were read as they are."""
    w = context.words
    questions = asked(prepared.matches)
    if questions:
        st.subheader(w("match-title", count=len(questions)))
        st.caption(w("match-hint"))
        answers = []
        for number, one in enumerate(questions[:_MOST]):
            with st.container(border=True):
                answers.append(_sheet(context, prepared, one, f"match-{number}"))
        _tell_of_more(context, len(questions))
        together = w("match-answer-all", count=len(answers))
        if len(answers) > 1 and st.button(together, key="match-answer-all", type="primary"):
            _check_again(context, prepared, *answers)
    others = [m for m in prepared.matches if not m.asks]
    if others:
        with st.expander(w("match-read", count=len(others))):
            for number, one in enumerate(others[:_MOST]):
                with st.container(border=True):
                    _sheet(context, prepared, one, f"matched-{number}")
            _tell_of_more(context, len(others))


def _tell_of_more(context: PageContext, count: int) -> None:
    if count > _MOST:
        st.caption(context.words("panel-more", count=count - _MOST))


def _check_again(context: PageContext, prepared: PreparedLoad, *answers: SheetAnswer) -> None:
    if state.check_again(context, clean_rows=prepared.clean_rows, answers=MatchAnswers(answers)):
        st.rerun()


def _sheet(context: PageContext, prepared: PreparedLoad, one: SheetProposal, key: str) -> SheetAnswer:
    """One sheet with its form and columns as they may be changed; what is chosen at present, as an answer."""
    w, language = context.words, context.viewer.language
    place = context.viewer.place_name(f"{one.file} · {one.sheet}")
    st.markdown(f"**{plain(place)}**")
    forms = [f.id for f in read_forms() if f.label is not None]
    likely = (one.form or _LEFT_OUT, one.runner_up or _LEFT_OUT, _LEFT_OUT)
    options = list(dict.fromkeys((*likely, *_USUAL, *forms)))  # a long list shows its beginning
    choice, note = st.columns([2, 3], vertical_alignment="bottom")
    form = choice.selectbox(
        w("match-form"),
        options,
        format_func=lambda id_: form_text(id_ or None).in_(language),
        key=f"{key}-form",
    )
    if one.form is not None and not one.answered:
        sure = CERTAINTY_TEXTS[one.certainty].in_(language)
        other = form_text(one.runner_up).in_(language) if one.runner_up else ""
        note.caption(
            w("match-thought", sure=sure, other=other) if other else w("match-thought-only", sure=sure)
        )
    if context.viewer.names and one.rows:
        _first_rows(one)
    chosen = form_of(form or None)
    if chosen is not None and form != one.form:
        one = propose_as(one, chosen)
    columns = _columns(context, one, f"{key}-{form}") if chosen is not None else {}
    band = one.band is not None and st.checkbox(
        w("match-band", branch=plain(one.band)), value=one.band_taken, key=f"{key}-band"
    )
    day = dt.date.today().isoformat()
    answer = SheetAnswer(one.headings, form or None, columns, band, day, author_of(os.environ))
    if st.button(w("match-answer"), key=f"{key}-answer", type="primary" if one.asks else "secondary"):
        _check_again(context, prepared, answer)
    return answer


def _first_rows(one: SheetProposal) -> None:
    """The first rows as they stand in the sheet; private columns are left out."""
    shown = [c for c in one.columns if not c.private]
    st.dataframe(
        {f"{c.heading}{' ' * n}": [row[c.column] or "" for row in one.rows] for n, c in enumerate(shown)},
        hide_index=True,
        height=35 * (len(one.rows) + 1) + 3,
    )


def _columns(context: PageContext, one: SheetProposal, key: str) -> dict[str, str]:
    """What each column becomes, by its heading as compared: the doubtful ones open, the sure ones below."""
    w = context.words
    doubtful = [c for c in one.columns if not c.private and c.certainty != "sure"]
    sure = [c for c in one.columns if not c.private and c.certainty == "sure"]
    private = [c for c in one.columns if c.private]
    found = {c.key: c.target for c in private}
    for column in doubtful:
        found[column.key] = _column(context, one, column, key)
    if sure:
        with st.expander(w("match-sure", count=len(sure)), expanded=not doubtful):
            for column in sure:
                found[column.key] = _column(context, one, column, key)
    if private:
        headings = w("list-comma").join(heading_text(c, context.viewer) for c in private)
        st.caption(w("match-private", headings=headings))
    return found


def _column(context: PageContext, one: SheetProposal, column: ColumnProposal, key: str) -> str:
    language = context.viewer.language
    form = form_of(one.form)
    offered = targets_of(form) if form is not None else ()
    first = dict.fromkeys((column.target, *column.others))
    options = [*first, *(t for t in offered if t not in first)]
    heading, choice = st.columns([2, 3], vertical_alignment="center")
    text = plain(heading_text(column, context.viewer))
    heading.markdown(f"{text}  \n:gray[{plain(_why(context, column))}]")
    chosen: str = choice.selectbox(
        text,
        options,
        format_func=lambda name: target_text(name, one.form).in_(language),
        key=f"{key}-{column.column}",
        label_visibility="collapsed",
    )
    return chosen


def _why(context: PageContext, column: ColumnProposal) -> str:
    language = context.viewer.language
    if column.target == NOTE and column.reason == "nothing":
        return REASON_TEXTS["nothing"].in_(language)
    return (
        f"{CERTAINTY_TEXTS[column.certainty].in_(language)} · {REASON_TEXTS[column.reason].in_(language)}"
    )
