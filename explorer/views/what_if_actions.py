"""Choosing actions: those that the gaps suggest, to be ticked, and any other by search."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from explorer.page_context import PageContext
from explorer.views.shared.widgets import one_of, plain, ticks
from graph_model.what_if import KIND_TEXTS, KINDS, Action, Kind

_SUGGESTED: tuple[tuple[str, Kind], ...] = (("own_branch_due", "found"), ("no_work_coverage", "post"))
_TICK, _WHAT, _ABOUT = "tick", "what", "about"


def suggestions(context: PageContext, as_of: str, actions: list[Action]) -> None:
    """What would close the gaps of two rules, to be ticked; `actions` follows the ticks."""
    w, language = context.words, context.viewer.language
    rules = {r.id: r for r in context.answers.catalogue.rules}
    figures = {f.rule.id: f for f in context.answers.overview().figures}
    rows: list[tuple[Action, str]] = []
    for id_, kind in _SUGGESTED:
        if id_ in rules and figures[id_].failed is None:
            found = context.answers.subjects(rules[id_], as_of, "gap")
            # a site may have a rule of its own under this name, which may call a unit by a person
            names = [str(context.viewer.row(rules[id_], r)["name"]) for r in found]
            rows += [(Action(kind, (str(r["key"]),)), n) for r, n in zip(found, names, strict=True)]
    if not rows:
        st.caption(w("gaps-list-empty"))
        return
    st.caption(w("whatif-suggested-hint"))
    frame = pd.DataFrame(
        {
            _TICK: ticks([a in actions for a, _ in rows]),
            _WHAT: [KIND_TEXTS[a.kind].in_(language) for a, _ in rows],
            _ABOUT: [name for _, name in rows],
        }
    )
    turn = hash(tuple(actions))
    edited = st.data_editor(
        frame,
        key=f"whatif-suggested-{turn}",
        hide_index=True,
        width="stretch",
        height=min(36 * (len(rows) + 1) + 2, 330),
        disabled=[_WHAT, _ABOUT],
        column_config={
            _TICK: st.column_config.CheckboxColumn(w("gaps-tick"), width=60),
            _WHAT: st.column_config.TextColumn(w("whatif-kind"), width=130),
            _ABOUT: st.column_config.TextColumn(w("whatif-unit"), width="medium"),
        },
    )
    ticked = list(edited[_TICK].fillna(False))
    changed = False
    for (action, _), tick in zip(rows, ticked, strict=True):
        if tick and action not in actions:
            actions.append(action)
            changed = True
        elif not tick and action in actions:
            actions.remove(action)
            changed = True
    if changed:
        st.rerun()


def choose(context: PageContext) -> Action | None:
    """Any action by search; the action once it is whole and wanted."""
    w, language = context.words, context.viewer.language
    kind = one_of(
        w("whatif-kind"),
        KINDS,
        lambda k: KIND_TEXTS[k].in_(language),
        default="join",
        key="whatif-kind",
    )
    members = True
    if kind == "transfer":
        if not context.viewer.names:
            st.info(w("whatif-masked"))
            return None
        keys = (*_one(context, "whatif-member", ("Member",)), *_one(context, "whatif-branch", ("Branch",)))
        whole = len(keys) == 2
    elif kind == "post":
        keys = _one(context, "whatif-target", ("Unit", "CommercialArea"))
        whole = len(keys) == 1
    elif kind == "found":
        keys = _one(context, "whatif-unit", ("Unit",))
        whole = len(keys) == 1
    else:
        units = context.answers.names("Unit")
        keys = tuple(
            st.multiselect(
                w("whatif-units"), list(units), format_func=lambda k: units[k], placeholder=w("search-hint")
            )
        )
        whole = len(keys) > 1
    if kind in ("found", "join"):
        members = st.checkbox(w("whatif-members"), value=True, key="whatif-with-members")
    if st.button(w("whatif-add-do"), disabled=not whole, type="primary"):
        return Action(kind, keys, members)
    return None


def _one(context: PageContext, what: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    """One thing of these types by search; none until it is chosen."""
    w = context.words
    text = st.text_input(w(what), placeholder=w("whatif-searching"), key=f"{what}-text")
    if not text.strip():
        return ()
    found = context.answers.search(text, labels)
    if not found:
        st.caption(w("whatif-not-found"))
        return ()
    names = {n.key: plain(context.viewer.caption(n.label, n.properties)) for n in found}
    key = st.radio(
        w(what),
        list(names),
        format_func=lambda k: names[k],
        key=f"{what}-radio",
        label_visibility="collapsed",
    )
    return (key,) if key else ()
