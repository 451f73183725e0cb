"""总览: where the sub-district stands: rates and their trend, totals, gaps by severity, area and rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from explorer.answers import Overview
from explorer.gaps.counts import GapCounts, gap_counts, rule_counts
from explorer.gaps.gap_rows import CLEARED_NOW, SHOWN_STATUSES, GapFilter
from explorer.page_context import PageContext
from explorer.views.overview.areas import areas
from explorer.views.overview.companies import members_button, units_button
from explorer.views.overview.place import choose_place, compare
from explorer.views.overview.rates import rates, rates_apart, trend
from explorer.views.shared.navigation import show_gaps
from explorer.views.shared.pack import pack_buttons
from explorer.views.shared.widgets import plain, severity_chip, tell_faults
from graph_model.coverage.areas import Locality
from graph_model.coverage.catalogue import NATURE_TEXTS, SEVERITY_TEXTS, Nature
from graph_model.coverage.evaluate import Figure
from graph_model.coverage.totals import totals
from graph_model.store.driver import Row

_WHICH: Mapping[str, Callable[[Row], bool]] = {
    "companies": lambda row: bool(row["as_company"]),
    "collective": lambda row: row["ownership"] == "collective",
    "private": lambda row: row["ownership"] == "private",
    "commercial": lambda row: row["commercial"] > 0,
    "residential": lambda row: row["residential"] > 0,
    "with_branch": lambda row: row["organisation"],
    "with_members": lambda row: row["members"] > 0,
}
"""Which companies each control total counts; the one that is left counts members."""


def overview(context: PageContext) -> None:
    """The first page: one look says where the sub-district stands."""
    seen = context.answers.overview()
    if seen.round is None:
        return
    w = context.words
    title = st.empty()
    st.caption(
        w(
            "overview-subtitle",
            round=seen.round.name,
            as_of=seen.round.as_of,
            loaded=seen.round.loaded[:10],
        )
    )
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        place = choose_place(context, seen)
    whole = str(seen.subdistrict.properties["name"]) if seen.subdistrict else w("app-name")
    title.title(plain(place.name if place else whole))
    with right:
        pack_buttons(context, seen.round.name, key="overview-pack", place=place)
    gaps = gap_counts(context.answers, seen.round.name, date.today(), place)
    _worst(context, gaps, place)
    tell_faults(w, w("rule-faults"), (*context.answers.catalogue.faults, *context.answers.profile.faults))
    st.subheader(w("overview-rates"))
    rates(context, seen, place)
    if place is None:
        trend(context)
        rates_apart(context)
        st.subheader(w("overview-totals"))
        _totals(context, seen)
    compare(context, place)
    _problems(context, seen, seen.round.name, gaps, place)


def _worst(context: PageContext, gaps: GapCounts, place: Locality | None) -> None:
    """One line on the problems, seen without scrolling: each number leads to its list."""
    w, language = context.words, context.viewer.language
    figures = [
        *(
            (t.in_(language), gaps.severities[s], GapFilter(severities=(s,), lives=SHOWN_STATUSES))
            for s, t in SEVERITY_TEXTS.items()
        ),
        (w("overview-overdue"), gaps.overdue, GapFilter(states=("overdue",))),
        (w("overview-new"), gaps.lives.get("new", 0), GapFilter(lives=("new",))),
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="list-worst"):
        st.markdown(f"**{w('overview-worst')}**", width="content")
        for number, (text, count, wanted) in enumerate(figures):
            called = w("counted", text=text, count=count)
            if st.button(called, key=f"list-worst-{number}", type="tertiary", disabled=not count):
                show_gaps(_within(wanted, place))


def _problems(
    context: PageContext, seen: Overview, round_: str, gaps: GapCounts, place: Locality | None
) -> None:
    """How many problems there are, by grade, kind, area and type; each number leads to its list."""
    w = context.words
    st.subheader(w("overview-severity"))
    figures = [
        *(
            (
                text.in_(context.viewer.language),
                GapFilter(severities=(s,), lives=SHOWN_STATUSES),
                gaps.severities[s],
            )
            for s, text in SEVERITY_TEXTS.items()
        ),
        (w("overview-overdue"), GapFilter(states=("overdue",)), gaps.overdue),
        (w("overview-new"), GapFilter(lives=("new",)), gaps.lives.get("new", 0)),
        (w("overview-cleared"), GapFilter(lives=(CLEARED_NOW,)), gaps.lives.get("cleared", 0)),
    ]
    for number, (column, (text, wanted, found)) in enumerate(zip(st.columns(6), figures, strict=True)):
        with column, st.container(border=True, height="stretch"):
            st.metric(text, found)
            if st.button(w("open"), key=f"figure-{number}", disabled=not found, width="stretch"):
                show_gaps(_within(wanted, place))
    _natures(context, gaps.natures, place)
    areas(context, gaps.areas)
    st.subheader(w("overview-by-rule"))
    if place is not None:
        _rules_of(context, seen, place, rule_counts(context.answers, round_, place))
        return
    for nature, kind in NATURE_TEXTS.items():
        of = [figure for figure in seen.figures if figure.rule.nature == nature]
        if of:
            st.markdown(f"**{kind.in_(context.viewer.language)}**")
        for figure in of:
            _gap(context, figure)


def _within(wanted: GapFilter, place: Locality | None) -> GapFilter:
    """The same, of a place only."""
    return wanted if place is None else replace(wanted, areas=(place.key,))


def _rules_of(context: PageContext, seen: Overview, place: Locality, counts: Mapping[str, int]) -> None:
    """The types of problems that there are in a place; what is unknown is not counted by place."""
    w, language = context.words, context.viewer.language
    found = [figure.rule for figure in seen.figures if counts.get(figure.rule.id)]
    if not found:
        st.caption(w("gaps-none"))
    for rule in found:
        with st.container(border=True):
            mark, title, number, go = st.columns([1, 6, 3, 1.4], vertical_alignment="center")
            with mark:
                severity_chip(rule.severity, language)
            title.markdown(plain(rule.marked_title.in_(language)))
            number.markdown(f"**{w('place-gaps', count=counts[rule.id])}**")
            if go.button(w("open"), key=f"open-{rule.id}", width="stretch"):
                show_gaps(GapFilter(rules=(rule.id,), areas=(place.key,), lives=SHOWN_STATUSES))


def _natures(context: PageContext, natures: Mapping[Nature, int], place: Locality | None) -> None:
    """The kinds of problems, each leading to its list; questions to the data are apart from the figures above."""
    w, language = context.words, context.viewer.language
    with st.container(horizontal=True, key="list-natures", vertical_alignment="center"):
        for nature, text in NATURE_TEXTS.items():
            said = w("counted", text=text.in_(language), count=natures[nature])
            if st.button(said, key=f"list-nature-{nature}", type="tertiary", disabled=not natures[nature]):
                show_gaps(_within(GapFilter(natures=(nature,), lives=SHOWN_STATUSES), place))
    if natures["data"]:
        st.caption(w("overview-data-apart"))


def _counts(total: str, row: Row) -> bool:
    """Whether a control total counts the unit of a row."""
    return bool(row["as_company"] and _WHICH[total](row))


def _totals(context: PageContext, seen: Overview) -> None:
    w, language = context.words, context.viewer.language
    declared = seen.round.declared if seen.round else {}
    since = context.answers.totals_since()
    for start in (0, 4):
        for column, total in zip(st.columns(4), totals()[start : start + 4], strict=True):
            found = seen.totals[total.id]
            with column, st.container(border=True, height="stretch"):
                st.metric(
                    total.text.in_(language),
                    found,
                    delta=since.get(total.id),
                    delta_color="off",
                    help=w("overview-since", round=seen.previous.name) if seen.previous else None,
                )
                if total.id not in declared:
                    st.caption(w("overview-undeclared"))
                elif declared[total.id] == found:
                    st.caption("✓ " + w("overview-reconciled"))
                else:
                    st.caption(
                        "⚠ "
                        + w(
                            "overview-not-reconciled",
                            declared=declared[total.id],
                            difference=found - declared[total.id],
                        )
                    )
                title, key = total.text.in_(language), f"total-{total.id}"
                if total.id in _WHICH:
                    units_button(context, title, partial(_counts, total.id), key=key)
                else:
                    members_button(context, title, found, key=key)


def _gap(context: PageContext, figure: Figure) -> None:
    w, language = context.words, context.viewer.language
    rule = figure.rule
    with st.container(border=True):
        mark, title, number, go = st.columns([1, 6, 3, 1.4], vertical_alignment="center")
        with mark:
            severity_chip(rule.severity, language)
        title.markdown(plain(rule.marked_title.in_(language)))
        if figure.failed:
            number.caption(w("gaps-failed"))
        else:
            shown = w("gaps-of", gaps=figure.gaps, population=figure.population)
            unknown = w("gaps-unknown", unknown=figure.unknown) if figure.unknown else ""
            number.markdown(f"**{shown}**  {unknown}" if figure.gaps else f"{w('gaps-none')}  {unknown}")
        if go.button(w("open"), key=f"open-{rule.id}", width="stretch"):
            st.session_state["rule"] = rule.id
            st.switch_page(st.session_state["pages"]["gaps"])
