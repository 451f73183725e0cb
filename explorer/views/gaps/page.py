"""问题清单: every gap with its life in one list, or one rule at a time."""

from __future__ import annotations

import streamlit as st

from explorer.page_context import PageContext
from explorer.views.gaps.list_page import list_view
from explorer.views.gaps.norms import norms
from explorer.views.gaps.rule import rule_view
from explorer.views.shared.address import leads
from explorer.views.shared.navigation import VIEW
from explorer.views.shared.widgets import one_of, tell_faults

_VIEWS = ("list", "rule")


def gaps(context: PageContext) -> None:
    """The page: the list of all gaps to filter, arrange and take along; or the list of one rule."""
    w = context.words
    st.title(w("page-gaps"))
    tell_faults(w, w("rule-faults"), (*context.answers.catalogue.faults, *context.answers.profile.faults))
    asked = st.session_state.get("rule")
    if leads("view") or asked:
        st.session_state[VIEW] = "rule" if asked or "rule" in st.query_params else "list"
    view = one_of(
        w("gaps-view"), _VIEWS, lambda v: w(f"gaps-view-{v}"), default="list", key=VIEW, bare=True
    )
    hidden = norms(context)
    if view == "rule":
        rule_view(context, hidden)
    else:
        st.query_params.pop("rule", None)
        list_view(context, hidden)
