"""The gaps inside an area, or in the whole sub-district, counted on its page and panel; they lead to the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from explorer.gaps.counts import gap_counts
from explorer.gaps.gap_rows import SHOWN_STATUSES, GapFilter
from explorer.page_context import PageContext
from explorer.views.shared.navigation import show_gaps
from graph_model.coverage.areas import AREA_LABELS
from graph_model.coverage.catalogue import SEVERITY_TEXTS


def gaps_inside(context: PageContext, key: str, label: str) -> None:
    """How many gaps of each severity lie inside; nothing for what is no area and no sub-district."""
    round_ = context.answers.overview().round
    if round_ is None or label not in (*AREA_LABELS, "Subdistrict"):
        return
    w, language = context.words, context.viewer.language
    counts = gap_counts(context.answers, round_.name, date.today())
    inside: Mapping[str, int] = counts.severities
    if label != "Subdistrict":
        inside = {s: n for a in counts.areas if a.area.key == key for s, n in a.gaps.items()}
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
        show_gaps(GapFilter(areas=() if label == "Subdistrict" else (key,), lives=SHOWN_STATUSES))
