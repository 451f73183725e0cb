"""The list of all gaps: filter, edit in place, arrange several, see one in detail, take it along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from explorer.gaps.counts import gap_counts
from explorer.gaps.gap_rows import FindingRow, filter_rows, finding_rows, reach_areas
from explorer.page_context import PageContext
from explorer.views.gaps.arrange import arrange
from explorer.views.gaps.detail import detail
from explorer.views.gaps.downloads import take_along
from explorer.views.gaps.filter import wanted
from explorer.views.gaps.rule import rule_view
from explorer.views.shared.widgets import ticks
from graph_model.coverage.catalogue import NATURE_TEXTS, SEVERITY_TEXTS
from graph_model.errors import BranchmapError
from graph_model.findings.findings import LABEL, STATES
from graph_model.schema import node_type

MOST = 20_000
"""More findings than this are not put into one table: browser and memory would not bear a city's."""

_TICK, _TURN, _SHOWN = "tick", "gaps-turn", "gaps-shown-rows"
_EDITED = ("owner", "due", "state", "note")


def list_view(context: PageContext, hidden: frozenset[str] = frozenset()) -> None:
    """Every finding that fits the filters, in one table. `hidden`: the rules that do not count just now."""
    seen = context.answers.overview()
    if seen.round is None:
        return
    w = context.words
    if (said := st.session_state.pop("gaps-said", None)) is not None:
        (st.success if said[0] else st.error)(said[1])
    counted = gap_counts(context.answers, seen.round.name, date.today())
    if (count := sum(counted.lives.values()) + counted.natures["data"]) > MOST:
        st.info(w("gaps-too-many", count=count, most=MOST))
        rule_view(context, hidden)
        return
    every = finding_rows(context.answers, context.viewer, seen.round.name, seen.reckoning.day, date.today())
    rows = tuple(r for r in every if r.finding.rule not in hidden)
    places = context.answers.localities()
    asked = reach_areas(places, wanted(context, rows, places))
    shown = filter_rows(rows, asked)
    late = sum(r.overdue for r in shown)
    problems = [r for r in rows if r.open and r.nature != "data"]
    open_, unknown = len(problems), sum(r.unknown for r in problems)
    st.markdown(
        f"**{w('gaps-shown', count=len(shown), total=open_)}**"
        + (f"  {w('gaps-of-them-unknown', count=unknown)}" if unknown else "")
        + (f"  :red[**{w('gaps-overdue', count=late)}**]" if late else "")
    )
    if not shown:
        st.info(f"{w('gaps-none-fit')} {w('gaps-none-fit-hint')}")
        return
    st.caption(w("gaps-edit-hint"))
    ticked = _table(context, shown)
    arrange(context, shown, ticked, done=_saved)
    take_along(context, shown, seen, asked)
    st.subheader(w("gaps-detail"))
    if ticked:
        detail(context, ticked[-1])
    else:
        st.info(w("gaps-detail-none"))


def _table(context: PageContext, shown: Sequence[FindingRow]) -> list[FindingRow]:
    """The table; returns the rows that are ticked. Edits are saved as they are made."""
    w, language = context.words, context.viewer.language
    # the key names what the table holds: edits belong to these rows, in this order
    turn = st.session_state.get(_TURN, 0)
    key = f"gaps-table-{turn}-{hash(tuple(r.key for r in shown))}"
    kept: tuple[str, pd.DataFrame] | None = st.session_state.get(_SHOWN)
    if kept is None or kept[0] != f"{key}-{language}":
        # kept as it was while it is edited: a table that changes under the hand loses its place
        kept = (f"{key}-{language}", _frame(context, shown))
        st.session_state[_SHOWN] = kept
    finding = node_type(LABEL)
    names = {t.value: t.text.in_(language) for t in finding.property("state").terms}
    titles = {name: finding.property(name).text.in_(language) for name in _EDITED}
    fixed = (w("filter-severity"), w("filter-rule"), w("gaps-subject"), w("filter-area"), w("filter-life"))
    st.data_editor(
        kept[1],
        key=key,
        hide_index=True,
        width="stretch",
        height=min(38 * (len(shown) + 1) + 2, 480),
        num_rows="fixed",
        disabled=["nature", "severity", "rule", "subject", "area", "life", "first", "rounds"],
        column_config={
            _TICK: st.column_config.CheckboxColumn(w("gaps-tick"), width=60, pinned=True),
            "nature": st.column_config.TextColumn(
                w("filter-nature"), width=85 if language == "zh" else 150
            ),
            "severity": st.column_config.TextColumn(fixed[0], width=75),
            "subject": st.column_config.TextColumn(fixed[2], width=130),
            "rule": st.column_config.TextColumn(fixed[1], width=290 if language == "zh" else 340),
            "area": st.column_config.TextColumn(fixed[3], width=105),
            "life": st.column_config.TextColumn(fixed[4], width=95),
            "owner": st.column_config.TextColumn(titles["owner"], width=85),
            "due": st.column_config.TextColumn(titles["due"], width=100, help=w("gaps-due-hint")),
            "state": st.column_config.SelectboxColumn(
                titles["state"], options=[names[s] for s in STATES], width=90, required=True
            ),
            "note": st.column_config.TextColumn(titles["note"], width="medium"),
            "first": st.column_config.TextColumn(w("gaps-first"), width=90),
            "rounds": st.column_config.NumberColumn(w("gaps-rounds"), width=80),
        },
        on_change=_edited,
        args=(context, key, [r.key for r in shown], {text: value for value, text in names.items()}),
    )
    changes: dict[int, dict[str, Any]] = st.session_state.get(key, {}).get("edited_rows", {})
    return [shown[int(i)] for i, new in changes.items() if new.get(_TICK) and int(i) < len(shown)]


def _frame(context: PageContext, shown: Sequence[FindingRow]) -> pd.DataFrame:
    w, language = context.words, context.viewer.language
    severities = {s: t.in_(language) for s, t in SEVERITY_TEXTS.items()}
    natures = {n: t.in_(language) for n, t in NATURE_TEXTS.items()}
    lives = {r.life: w(f"life-{r.life}") for r in shown}
    states = {t.value: t.text.in_(language) for t in node_type(LABEL).property("state").terms}
    unknown, late, joint = w("life-unknown"), w("state-overdue"), w("list-comma")
    return pd.DataFrame(
        {
            _TICK: ticks([False] * len(shown)),
            "nature": [natures[r.nature] for r in shown],
            "severity": [severities[r.severity] for r in shown],
            "subject": [r.name for r in shown],
            "rule": [r.title(language) for r in shown],
            "area": [joint.join(a.name for a in r.areas) for r in shown],
            "life": [late if r.overdue else unknown if r.unknown else lives[r.life] for r in shown],
            "owner": [r.finding.text("owner") for r in shown],
            "due": [r.finding.text("due") for r in shown],
            "state": [states[r.state] for r in shown],
            "note": [r.finding.text("note") for r in shown],
            "first": [r.finding.text("first_seen") for r in shown],
            "rounds": [r.finding.rounds for r in shown],
        }
    )


def _edited(context: PageContext, key: str, keys: list[str], states: dict[str, str]) -> None:
    """Save what was typed into the table. What cannot be saved gets a message, and the table shows what is stored."""
    saved: dict[str, dict[str, str]] = st.session_state.setdefault(f"{key}-saved", {})
    for index, new in st.session_state[key]["edited_rows"].items():
        values = {n: str(new[n] or "").strip() for n in _EDITED if n in new}
        if (said := values.pop("state", "")) in states:  # emptied, it stays what it was
            values["state"] = states[said]
        finding = keys[int(index)]
        if not values or saved.get(finding) == values:
            continue
        try:
            context.answers.edit_findings([finding], values)
            saved[finding] = values
        except BranchmapError as error:
            _saved(error.for_page.in_(context.viewer.language))


def _saved(wrong: str | None = None, text: str = "") -> None:
    """Show the table anew, and above it what was saved or why not."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state["gaps-said"] = (wrong is None, wrong or text)
