"""The gaps inside an area, a sub-district or a district, counted on its page and panel; they lead to the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from explorer.gaps.counts import gap_counts
from explorer.gaps.gap_rows import SHOWN_STATUSES, GapFilter, filter_rows, finding_rows
from explorer.page_context import PageContext
from explorer.views.shared.navigation import show_gaps
from graph_model.coverage.areas import AREA_LABELS, LEVELS
from graph_model.coverage.catalogue import SEVERITY_TEXTS


def gaps_inside(context: PageContext, key: str, label: str) -> None:
    """How many gaps of each severity lie inside; nothing for what is no area, sub-district or district."""
    seen = context.answers.overview()
    round_ = seen.round
    if round_ is None or label not in (*AREA_LABELS, *LEVELS):
        return
    w, language = context.words, context.viewer.language
    counts = gap_counts(context.answers, round_.name, date.today())
    inside: Mapping[str, int] = counts.severities
    within = GapFilter(areas=(key,), lives=SHOWN_STATUSES)
    if label in AREA_LABELS:
        inside = {s: n for a in counts.areas if a.area.key == key for s, n in a.gaps.items()}
    elif seen.subdistrict is not None and key == seen.subdistrict.key:
        within = replace(within, areas=())  # the whole survey, with what belongs to no area
    else:
        # of a sub-district without areas its own key stays, which nothing belongs to
        within = replace(within, areas=context.answers.areas_under(key) or (key,))
        rows = finding_rows(context.answers, context.viewer, round_.name, seen.reckoning.day, date.today())
        inside = Counter(row.severity for row in filter_rows(rows, within))
    st.markdown(f"**{w('gaps-inside')}**")
    if not sum(inside.values()):
        st.caption("✓ " + w("gaps-none"))
        return
    said = [
        w("counted", text=text.in_(language), count=inside[severity])
        for severity, text in SEVERITY_TEXTS.items()
        if inside.get(severity)
    ]
    st.markdown(w("list-comma").join(said))
    if st.button(w("gaps-inside-open"), key=f"gaps-inside-{key}"):
        show_gaps(within)
