"""Totals of a load: declared against found, with explanations; against the last round; rows in and out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from explorer.loading.load_facts import area_name
from explorer.page_context import PageContext
from graph_model.coverage.totals import totals
from loaders.prepared_load import PreparedLoad
from loaders.reconcile.declared import Difference, TotalKey

_WIDTHS = {"zh": (225, 70, 180), "en": (290, 80, 125)}
"""Pixels of a name, a number and an explanation: so that names are whole, and the column to write in is seen."""


def rows_line(context: PageContext, prepared: PreparedLoad) -> None:
    """Rows in = rows that landed + rows in problems + rows of sums, checked by the loader."""
    w = context.words
    found = prepared.reading.balances
    if not found:
        return
    with st.expander(
        w(
            "load-rows",
            rows=sum(b.rows for b in found),
            landed=sum(b.landed for b in found),
            problems=sum(b.in_problems for b in found),
            sums=sum(b.sums for b in found),
        )
    ):
        rows = [
            {
                w("load-file"): context.viewer.place_name(b.file),
                w("load-sheet"): context.viewer.place_name(b.sheet),
                w("load-rows-declared"): "—" if b.declared is None else str(b.declared),
                w("load-rows-all"): b.rows,
                w("load-rows-landed"): b.landed,
                w("load-merged"): b.merged,
                w("load-rows-problems"): b.in_problems,
                w("load-rows-sums"): b.sums,
                w("load-unmatched"): b.unmatched,
                w("load-rows-unaccounted"): b.unaccounted,
            }
            for b in found
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def totals_tables(context: PageContext, prepared: PreparedLoad) -> dict[TotalKey, str]:
    """The reconciliation, in all and by area, and the movement; returns the explanations that were written."""
    said: dict[TotalKey, str] = {}
    if prepared.differences:
        st.subheader(context.words("load-reconcile"))
        whole = [d for d in prepared.differences if not d.area]
        areas = [d for d in prepared.differences if d.area]
        said |= _reconciliation(context, prepared, whole, "load-totals")
        declared = [d for d in areas if d.declared is not None]
        if declared:
            st.markdown(f"**{context.words('load-by-area')}**")
            said |= _reconciliation(context, prepared, declared, "load-totals-areas")
        if areas:
            with st.expander(context.words("load-by-area-found")):
                _by_area(context, prepared, areas)
    _movements(context, prepared)
    return said


def _reconciliation(
    context: PageContext, prepared: PreparedLoad, found: list[Difference], key: str
) -> dict[TotalKey, str]:
    w, language = context.words, context.viewer.language
    note = w("load-explanation")
    rows = [
        {
            w("column-name"): d.text.in_(language),
            w("filter-area"): area_name(prepared, d.area, language),
            w("load-declared"): "—" if d.declared is None else str(d.declared),
            w("load-found"): d.found,
            w("load-difference"): "—" if d.declared is None else f"{d.difference:+d}",
            w("load-rejected"): d.rejected,
            w("load-merged"): d.merged,
            w("load-unmatched"): d.unmatched,
            note: d.explanation,
        }
        for d in found
    ]
    if any(d.declared is not None and d.difference for d in found):
        st.caption(w("load-explanation-hint"))
    frame = pd.DataFrame(rows)
    wide, number, last = _WIDTHS[language]
    widths = dict.fromkeys(frame.columns[2:-1], number) | {w("column-name"): wide, note: last}
    edited = st.data_editor(
        frame,
        hide_index=True,
        width="stretch",
        disabled=[c for c in frame.columns if c != note],
        column_config={name: st.column_config.Column(width=width) for name, width in widths.items()},
        key=key,
    )
    told = edited[note].fillna("")  # the Delete key leaves no value
    return {d.key: str(text) for d, text in zip(found, told, strict=True)}


def _by_area(context: PageContext, prepared: PreparedLoad, found: list[Difference]) -> None:
    """What was found in each area, a line each; rows in problems beside it."""
    w, language = context.words, context.viewer.language
    lines: dict[str, dict[str, object]] = {}
    for one in found:
        line = lines.setdefault(one.area, {w("filter-area"): area_name(prepared, one.area, language)})
        line[one.text.in_(language)] = one.found
        if one.id in ("companies", "members") and (one.rejected or one.unmatched):
            line[f"{w('load-rejected')} · {one.text.in_(language)}"] = one.rejected
            line[f"{w('load-unmatched')} · {one.text.in_(language)}"] = one.unmatched
    st.dataframe(pd.DataFrame(list(lines.values())), hide_index=True, width="stretch")


def _movements(context: PageContext, prepared: PreparedLoad) -> None:
    w, language = context.words, context.viewer.language
    if not prepared.movements:
        return
    names = {t.id: t.text.in_(language) for t in totals()}
    st.subheader(w("load-movement"))
    unusual = [m for m in prepared.movements if m.unusual]
    if unusual:
        st.warning(w("load-unusual", count=len(unusual)))
    rows = [
        {
            w("column-name"): names[m.of],
            w("filter-area"): area_name(prepared, m.area, language),
            w("load-opening"): m.opening,
            w("load-came"): m.came,
            w("load-left"): m.left,
            w("load-closing"): m.closing,
            w("load-unusual-mark"): "⚠" if m.unusual else "",
        }
        for m in prepared.movements
        if not m.area or m.came or m.left
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
