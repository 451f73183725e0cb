"""The organisations below one, as a table on its page: branches, groups, members and problems at every level."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from explorer.page_context import PageContext
from explorer.scene.compose import format_value
from explorer.views.shared.navigation import open_entity
from explorer.views.shared.widgets import picked_row
from graph_model.schema import node_type


def organisations_table(context: PageContext, key: str, label: str) -> None:
    """A row for each organisation directly below, the last row of all; nothing where nothing is below."""
    if label != "Branch":
        return
    found = context.answers.organisations_below(key)
    if not found:
        return
    w, language = context.words, context.viewer.language
    level = node_type("Branch").property("level")
    st.subheader(w("below-title"))
    st.caption(w("below-hint"))
    *lines, whole = found
    table = pd.DataFrame(
        [
            {
                w("below-name"): w("below-sum") if of is whole else of.name,
                w("below-level"): "" if of is whole else format_value(level, of.level, language),
                w("below-committees"): of.committees,
                w("below-branches"): of.branches,
                w("below-groups"): of.groups,
                w("below-members"): of.members,
                w("below-problems"): of.problems,
            }
            for of in found
        ]
    )
    picked = picked_row(table, key=f"below-{key}")
    chosen = picked is not None and picked < len(lines)
    if st.button(w("open"), disabled=not chosen, key="below-open") and picked is not None and chosen:
        open_entity(lines[picked].key)
