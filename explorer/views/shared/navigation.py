"""The way to the page of gaps with a filter set: for the figures that count gaps, on whatever page."""

from __future__ import annotations

import streamlit as st

from explorer.gaps.gap_rows import Wanted
from explorer.views.gaps.filter import ask_for

VIEW = "gaps-view"


def show_gaps(wanted: Wanted) -> None:
    """Go there, to the list of what is wanted."""
    ask_for(wanted)
    st.session_state[VIEW] = "list"
    st.switch_page(st.session_state["pages"]["gaps"])
