"""The three rates: now, over the rounds with the reasons of the change, and apart by area, ownership and kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from explorer.answers import Overview
from explorer.export.trend_chart import COLOURS
from explorer.page_context import PageContext
from explorer.views.overview.companies import companies_button, moves_button
from explorer.views.shared.widgets import one_of
from graph_model.coverage.totals import Rate, RateText, breakdowns, rate_texts
from graph_model.findings.round_figures import Change, RoundFigures

_COVERED = {"organisation": "organised", "independent": "alone", "work": "reached"}


def rates(context: PageContext, seen: Overview) -> None:
    """The three figures, each with what it counts and how it changed."""
    changes = {c.after.id: c for c in context.answers.changes()}
    for column, text, rate in zip(st.columns(3), rate_texts(), seen.rates, strict=True):
        with column:
            _rate(context, seen, text, rate, changes.get(rate.id))


def _rate(context: PageContext, seen: Overview, text: RateText, rate: Rate, change: Change | None) -> None:
    w, language = context.words, context.viewer.language
    with st.container(border=True, height="stretch"):
        share = rate.share
        points = change.points if change else None
        st.metric(
            text.text.in_(language),
            f"{share:.1%}" if share is not None else "—",
            delta=w("rates-points", points=f"{points:+.1f}") if points is not None else None,
            delta_color="off" if points is not None and abs(points) < 0.05 else "normal",
            help=text.meaning.in_(language),
        )
        if share is None:
            st.caption(w("overview-rate-none"))
            return
        st.progress(share)
        st.caption(w("overview-rate-detail", numerator=rate.numerator, denominator=rate.denominator))
        _lists(context, text.text.in_(language), rate)
        if change is not None and seen.previous is not None:
            st.caption(_why(context, change, seen.previous.name))
            moves_button(context, text.text.in_(language), change.moves, key=f"moves-{rate.id}")


def _lists(context: PageContext, title: str, rate: Rate) -> None:
    """What each figure of the card counts."""
    w = context.words
    line = st.container(horizontal=True, gap="small")
    for name, count, wanted in (
        ("covered", rate.numerator, {"status": "operating", _COVERED[rate.id]: True}),
        ("uncovered", rate.denominator - rate.numerator, {"status": "operating", _COVERED[rate.id]: False}),
        ("apart", rate.unknown, {"status": "unknown"}),
        ("closed", rate.closed, {"status": ("closed", "shell")}),
    ):
        if not count:
            continue
        with line:
            said = w(f"rates-list-{name}", count=count)
            companies_button(context, f"{title} · {said}", wanted, key=f"rate-{rate.id}-{name}", text=said)


def _why(context: PageContext, change: Change, before: str) -> str:
    w = context.words
    lines = [w("rates-change", round=before)]
    if change.progress_points is not None and change.base_points is not None:
        lines.append(
            w("rates-why", progress=f"{change.progress_points:+.1f}", base=f"{change.base_points:+.1f}")
        )
    lines.append(w("rates-progress", gained=change.gained, lost=change.lost))
    if sum(change.joined) or sum(change.left):
        lines.append(w("rates-base", joined=sum(change.joined), left=sum(change.left)))
    return "  \n".join(lines)


def trend(context: PageContext) -> None:
    """The rates of every round of which they were kept."""
    w, language = context.words, context.viewer.language
    kept = context.answers.history()
    st.markdown(f"**{w('rates-trend')}**")
    if len(kept) < 2:
        st.caption(w("rates-trend-one"))
        return
    texts = {t.id: t.text.in_(language) for t in rate_texts()}
    st.vega_lite_chart(
        _table(kept, texts), _lines(list(texts.values()), w("load-history-round")), height=300
    )


def _table(kept: Sequence[RoundFigures], texts: Mapping[str, str]) -> pd.DataFrame:
    """A row for each rate of each round."""
    return pd.DataFrame(
        [
            {
                "round": figures.round,
                "rate": texts[r.id],
                "share": None if r.share is None else round(r.share * 100, 1),
            }
            for figures in kept
            for r in figures.rates
        ]
    )


def _lines(names: list[str], round_title: str) -> dict[str, object]:
    """A line for each rate, with a dot for each round, whose names stand upright."""
    share = {"field": "share", "type": "quantitative", "title": "%"}
    return {
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "round", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
            "y": share,
            "color": {
                "field": "rate",
                "type": "nominal",
                "title": None,
                "sort": names,
                "scale": {"domain": names, "range": list(COLOURS[: len(names)])},
                "legend": {"orient": "bottom"},
            },
            "tooltip": [
                {"field": "round", "type": "ordinal", "title": round_title},
                {"field": "rate", "title": " "},
                share,
            ],
        },
    }


def rates_apart(context: PageContext) -> None:
    """The rates by area, ownership and kind, with unknown and closed companies apart."""
    w, language = context.words, context.viewer.language
    with st.expander(w("rates-by")):
        ways = {b.id: b.text.in_(language) for b in breakdowns()}
        way = one_of(
            w("rates-by"), list(ways), ways.__getitem__, default="ownership", key="rates-way", bare=True
        )
        texts = {t.id: t.text.in_(language) for t in rate_texts()}
        table = pd.DataFrame(
            [
                {
                    ways[way]: part.text.in_(language),
                    **{texts[r.id]: _shown(r) for r in part.rates},
                    w("rates-operating"): part.rates[0].denominator,
                    w("rates-apart"): part.rates[0].unknown,
                    w("rates-closed"): part.rates[0].closed,
                }
                for part in context.answers.parts()[way]
            ]
        )
        st.dataframe(table, hide_index=True, width="stretch")


def _shown(rate: Rate) -> str:
    return "—" if rate.share is None else f"{rate.share:.0%}　{rate.numerator}/{rate.denominator}"
