"""Which norms count on the page of gaps: today's or those of the time, and the rules that do not run here."""

from __future__ import annotations

import streamlit as st

from explorer.page_context import PageContext
from explorer.views.shared.widgets import plain
from graph_model.coverage.catalogue import norms_said

_TODAYS = "gaps-todays-norms"


def norms(context: PageContext) -> frozenset[str]:
    """Draw the switch and what it means; the ids of the rules that do not count just now.

    There is a switch only where rules of a later norm run; who switches it off sees their gaps no more, here only.
    """
    w, language = context.words, context.viewer.language
    day, catalogue = context.answers.reckoning().day, context.answers.catalogue
    ahead = catalogue.ahead(day)
    todays = not ahead or st.toggle(
        w("norms-todays"), value=True, key=_TODAYS, help=w("norms-todays-help", count=len(ahead))
    )
    said = norms_said(catalogue if todays else catalogue.in_force(day, todays=False), ahead, day)
    if said is not None or catalogue.off:
        with st.expander(_title(context, len(ahead), todays=todays)):
            if said is not None:
                st.markdown(plain(said.in_(language)))
            if catalogue.off:
                names = w("list-comma").join(r.marked_title.in_(language) for r in catalogue.off)
                st.markdown(w("norms-off", rules=plain(names)))
    return frozenset() if todays else frozenset(r.id for r in ahead)


def _title(context: PageContext, ahead: int, *, todays: bool) -> str:
    """What is read without opening it: by which norms is measured, where that makes a difference."""
    w, catalogue = context.words, context.answers.catalogue
    late = len(catalogue.waiting) or ahead
    if not late:
        return w("norms-which")
    month = context.answers.reckoning().month.in_(context.viewer.language)
    now = todays and not catalogue.waiting
    return w("norms-ahead" if now else "norms-waiting", count=late, month=month)
