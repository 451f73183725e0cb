"""措施测算: tick actions, see rates and gaps before and after, keep them as a proposal. No data are touched."""

from __future__ import annotations

import os

import pandas as pd
import streamlit as st

from explorer.gaps.gap_rows import subject_name
from explorer.lookup.notes import author_of
from explorer.lookup.proposals import outcome, present_actions, proposals, remove, save
from explorer.page_context import PageContext
from explorer.views.shared.widgets import plain, tell_or_raise
from explorer.views.what_if_actions import choose, suggestions
from graph_model.coverage.catalogue import SEVERITY_TEXTS
from graph_model.coverage.totals import main_rates
from graph_model.errors import BranchmapError
from graph_model.findings.findings import RuleHit
from graph_model.what_if import Action, Outcome

_ACTIONS = "whatif-actions"
_MOST = 200


def what_if(context: PageContext) -> None:
    """The page: actions on the left, what they would change on the right."""
    seen = context.answers.overview()
    if seen.round is None:
        return
    w = context.words
    st.title(w("page-what-if"))
    st.markdown(w("whatif-intro"))
    if (said := st.session_state.pop("whatif-said", None)) is not None:
        st.success(plain(said))
    actions: list[Action] = st.session_state.setdefault(_ACTIONS, [])
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.subheader(w("whatif-suggested"))
        suggestions(context, seen.reckoning.day, actions)
        with st.expander(w("whatif-add")):
            new = choose(context)
        if new is not None and new not in actions:
            actions.append(new)
            st.rerun()
        _kept(context)
    with right:
        _chosen(context, actions)
        if actions:
            _outcome(context, seen.reckoning.day, tuple(actions))


def _chosen(context: PageContext, actions: list[Action]) -> None:
    w = context.words
    st.subheader(w("whatif-actions", count=len(actions)))
    if not actions:
        st.info(w("whatif-none"))
        return
    names = _names(context, actions)
    for number, action in enumerate(actions):
        text, out = st.columns([6, 1.3], vertical_alignment="center")
        text.markdown(plain(action.text(names, context.viewer.language)))
        if out.button(w("whatif-remove"), key=f"whatif-remove-{number}", width="stretch"):
            actions.pop(number)
            st.rerun()


def _names(context: PageContext, actions: list[Action]) -> dict[str, str]:
    nodes = context.answers.nodes(k for a in actions for k in a.keys)
    return {n.key: context.viewer.caption(n.label, n.properties) for n in nodes}


def _outcome(context: PageContext, as_of: str, actions: tuple[Action, ...]) -> None:
    w, answers = context.words, context.answers
    try:
        found = outcome(answers, as_of, actions)
    except BranchmapError as error:
        tell_or_raise(context.words, error)
        return
    st.markdown(f"**{w('whatif-rates')}**")
    _rates(context, found)
    st.markdown(f"**{w('whatif-gaps')}**")
    _gaps(context, found)
    for name, marks in (("closed", found.closed), ("opened", found.opened)):
        with st.expander(w(f"whatif-{name}", count=len(marks)), expanded=0 < len(marks) <= 8):
            if name == "opened" and marks:
                st.caption(w("whatif-opened-hint"))
            _marks(context, marks)
    _save(context, actions)


def _rates(context: PageContext, found: Outcome) -> None:
    w, language = context.words, context.viewer.language
    was = {r.id: r for r in found.before.rates}
    then = {r.id: r for r in found.after.rates}
    for column, text in zip(st.columns(len(main_rates())), main_rates(), strict=True):
        before, after = was[text.id], then[text.id]
        with column, st.container(border=True):
            if before.share is None or after.share is None:
                st.metric(text.text.in_(language), "—")
                continue
            points = (after.share - before.share) * 100
            st.metric(
                text.text.in_(language),
                f"{after.share:.1%}",
                delta=w("rates-points", points=f"{points:+.1f}"),
                delta_color="normal" if abs(points) >= 0.05 else "off",
            )
            st.caption(
                f"{before.share:.1%} → {after.share:.1%}  \n"
                f"{before.numerator}/{before.denominator} → {after.numerator}/{after.denominator}"
            )


def _gaps(context: PageContext, found: Outcome) -> None:
    w, language = context.words, context.viewer.language
    rows = [
        {
            w("severity"): SEVERITY_TEXTS[was.rule.severity].in_(language),
            w("rule"): was.rule.title.in_(language),
            w("whatif-now"): was.gaps,
            w("whatif-then"): then.gaps,
            w("whatif-difference"): f"{then.gaps - was.gaps:+d}",
        }
        for was, then in zip(found.before.figures, found.after.figures, strict=True)
        if was.failed is None and then.failed is None and was.gaps != then.gaps
    ]
    if not rows:
        st.caption(w("whatif-no-change"))
        return
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def _marks(context: PageContext, marks: tuple[RuleHit, ...]) -> None:
    rules = {r.id: r for r in context.answers.catalogue.rules}
    lines = [
        "- "
        + context.words(
            "pair",
            heading=plain(rules[m.rule].title.in_(context.viewer.language)),
            value=plain(subject_name(rules[m.rule], m.subject, m.name, context.viewer)),
        )
        for m in marks[:_MOST]
    ]
    if len(marks) > _MOST:
        lines.append("- " + context.words("panel-more", count=len(marks) - _MOST))
    st.markdown("\n".join(lines) or context.words("nothing"))


def _save(context: PageContext, actions: tuple[Action, ...]) -> None:
    w = context.words
    with st.form("whatif-save", border=False):
        name, button = st.columns([3, 1.4], vertical_alignment="bottom")
        text = name.text_input(w("whatif-name"), key="whatif-name")
        asked = button.form_submit_button(w("whatif-save"), width="stretch")
    if not asked:
        return
    try:
        save(context.answers, text, actions, author_of(os.environ))
    except BranchmapError as error:
        tell_or_raise(context.words, error)
        return
    st.session_state["whatif-said"] = w("whatif-saved", name=text.strip())
    st.rerun()


def _kept(context: PageContext) -> None:
    w = context.words
    st.subheader(w("whatif-proposals"))
    found = proposals(context.answers)
    if not found:
        st.caption(w("whatif-proposals-none"))
    for one in found:
        text, open_, out = st.columns([4, 1.4, 1.4], vertical_alignment="center")
        text.markdown(f"{plain(one.name)}  \n:small[{one.written[:10]} {plain(one.author)}]")
        if open_.button(w("whatif-open"), key=f"open-{one.key}", width="stretch"):
            fit = present_actions(context.answers, one)
            if len(fit) < len(one.actions):
                st.session_state["whatif-said"] = w("whatif-gone", count=len(one.actions) - len(fit))
            st.session_state[_ACTIONS] = fit
            st.rerun()
        if out.button(w("whatif-delete"), key=f"delete-{one.key}", width="stretch"):
            remove(context.answers, one.key)
            st.rerun()
