"""The areas with most gaps, the worst first; a row leads to the area's gaps."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from explorer.gaps.counts import AreaCounts
from explorer.gaps.gap_rows import GapFilter
from explorer.page_context import PageContext
from explorer.views.shared.navigation import show_gaps
from explorer.views.shared.widgets import picked_row
from graph_model.coverage.catalogue import SEVERITY_TEXTS


def areas(context: PageContext, worst: Sequence[AreaCounts]) -> None:
    """A small table; nothing where no gap belongs to an area."""
    w, language = context.words, context.viewer.language
    if not worst:
        return
    st.subheader(w("overview-areas"))
    st.caption(w("overview-areas-open"))
    table = pd.DataFrame(
        [
            {
                w("overview-area"): of.area.name,
                **{SEVERITY_TEXTS[s].in_(language): number for s, number in of.gaps.items()},
                w("overview-overdue"): of.overdue,
            }
            for of in worst
        ]
    )
    picked = picked_row(table, key="overview-areas", height=min(36 * (len(worst) + 1) + 2, 254))
    if picked is not None:
        show_gaps(GapFilter(areas=(worst[picked].area.key,)))
