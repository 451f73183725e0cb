"""The rates: now, over the rounds with the reasons of the change, and apart by area, ownership and kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from explorer.answers import Overview
from explorer.export.trend_chart import COLOURS
from explorer.gaps.counts import compared_places
from explorer.page_context import PageContext
from explorer.views.overview.companies import moves_button, units_button
from explorer.views.shared.widgets import one_of, picked_row, plain
from graph_model.coverage.areas import Locality
from graph_model.coverage.totals import (
    Rate,
    RateText,
    Where,
    breakdowns,
    in_part,
    main_rates,
    rate_sentences,
    rate_texts,
    where,
)
from graph_model.findings.round_figures import Change, RoundFigures
from graph_model.store.driver import Row


def rates(context: PageContext, seen: Overview, place: Locality | None = None) -> None:
    """The figures, each with what it counts, by which clause and as of when, and how it changed.

    `place`: of its units only; how the figures of a place changed is not kept.
    """
    changes = {c.after.id: c for c in context.answers.changes()} if place is None else {}
    every = seen.rates
    if place is not None:
        [of] = [f for f in compared_places(context.answers) if f.locality.key == place.key]
        every = of.rates
    found = {r.id: r for r in every}
    for column, text in zip(st.columns(len(main_rates())), main_rates(), strict=True):
        with column, st.container(border=True, height="stretch"):
            _rate(context, seen, text, found[text.id], changes.get(text.id), place)
            for beside in (t for t in rate_texts() if t.beside == text.id):
                _beside(context, seen, beside, found[beside.id], place)
    st.caption(context.words("rates-reading"))


def _rate(
    context: PageContext,
    seen: Overview,
    text: RateText,
    rate: Rate,
    change: Change | None,
    place: Locality | None,
) -> None:
    w, language = context.words, context.viewer.language
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
    else:
        st.progress(share)
        st.caption(w("overview-rate-detail", numerator=rate.numerator, denominator=rate.denominator))
    _told(context, seen, text)
    _lists(context, text, rate, place)
    if share is not None and change is not None and seen.previous is not None:
        st.caption(_why(context, change, seen.previous.name))
        moves_button(context, text.text.in_(language), change.moves, key=f"moves-{rate.id}")


def _beside(
    context: PageContext, seen: Overview, text: RateText, rate: Rate, place: Locality | None
) -> None:
    """A figure that is shown beside a rate and never counted in it."""
    if rate.share is None:
        return
    title = context.words("rates-beside", name=text.text.in_(context.viewer.language), count=rate.numerator)
    st.markdown(f"**{title}**")
    _told(context, seen, text)
    if rate.numerator:
        units_button(context, title, partial(_stands, text, "covered", place), key=f"rate-{rate.id}")


def _told(context: PageContext, seen: Overview, text: RateText) -> None:
    """What the figure counts and what not, by which clause, from which round."""
    if seen.round is None:
        return
    lines = rate_sentences(
        text, context.answers.profile, seen.round.name, seen.reckoning.day, context.viewer.language
    )
    with st.popover(context.words("rates-told"), type="tertiary"):
        st.markdown("\n\n".join(plain(line) for line in lines))


def _lists(context: PageContext, text: RateText, rate: Rate, place: Locality | None) -> None:
    """What each figure of the card counts."""
    w = context.words
    counts: dict[Where, int] = {
        "covered": rate.numerator,
        "uncovered": rate.denominator - rate.numerator,
        "unknown": rate.unknown,
        "closed": rate.closed,
    }
    line = st.container(horizontal=True, gap="small")
    for name, count in counts.items():
        if not count:
            continue
        said = w(f"rates-list-{'apart' if name == 'unknown' else name}", count=count)
        with line:
            units_button(
                context,
                f"{text.text.in_(context.viewer.language)} · {said}",
                partial(_stands, text, name, place),
                key=f"rate-{rate.id}-{name}",
                text=said,
            )


def _stands(text: RateText, name: Where, place: Locality | None, row: Row) -> bool:
    return where(text, row) == name and (place is None or place.holds(row["areas"]))


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
    texts = {t.id: t.text.in_(language) for t in main_rates()}
    st.vega_lite_chart(
        _table(kept, texts), _lines(list(texts.values()), w("load-history-round")), height=300
    )
    if apart := [f.round for f in kept if f.apart]:
        st.caption(w("rates-other-reading", rounds="、".join(apart)))


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
            if r.id in texts
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
    """The rates by area, sub-district, ownership and kind, with unknown and closed companies apart."""
    w, language = context.words, context.viewer.language
    with st.expander(w("rates-by")):
        parts = context.answers.parts()
        # one sub-district alone is the whole survey
        alone = {"subdistrict"} if len(parts["subdistrict"]) < 2 else set()
        ways = {b.id: b.text.in_(language) for b in breakdowns() if b.id not in alone}
        way = one_of(
            w("rates-by"), list(ways), ways.__getitem__, default="ownership", key="rates-way", bare=True
        )
        texts = {t.id: t.text.in_(language) for t in rate_texts()}
        found = parts[way]
        table = pd.DataFrame(
            [
                {
                    ways[way]: part.text.in_(language),
                    **{texts[r.id]: shown_rate(r) for r in part.rates},
                    w("rates-operating"): part.rates[0].denominator,
                    w("rates-apart"): part.rates[0].unknown,
                    w("rates-closed"): part.rates[0].closed,
                }
                for part in found
            ]
        )
        st.caption(w("rates-part-pick"))
        picked = picked_row(table, key=f"rates-parts-{way}")
        if picked is not None:
            title = found[picked].text.in_(language)
            units_button(
                context,
                title,
                partial(in_part, way, found[picked].id),
                key="rates-part",
                text=w("rates-part-list", name=title),
            )


def shown_rate(rate: Rate) -> str:
    """A rate with its numbers, as a cell of a table; a dash where nothing is in its base."""
    return "—" if rate.share is None else f"{rate.share:.0%}　{rate.numerator}/{rate.denominator}"
