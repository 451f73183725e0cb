"""Take the gaps along: the work list as Excel, and the monthly pack."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from explorer.answers import Overview
from explorer.gaps.cleared import cleared_items, filter_cleared
from explorer.gaps.gap_rows import FindingRow, GapFilter, gap_items_of_rows
from explorer.page_context import PageContext
from explorer.report.worklist import TITLE, GroupBy, worklist_xlsx
from explorer.views.shared.pack import pack_buttons

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take_along(context: PageContext, shown: Sequence[FindingRow], seen: Overview, asked: GapFilter) -> None:
    """The work list of what is shown, made when its button is pressed, and the monthly pack.

    `asked`: the filter, by which what was cleared is chosen too.
    """
    w, viewer = context.words, context.viewer
    round_ = seen.round.name if seen.round else ""
    place = viewer.caption("Subdistrict", seen.subdistrict.properties) if seen.subdistrict else ""
    with st.expander(w("gaps-take")):
        sheets, pack = st.columns([3, 2], vertical_alignment="bottom")
        with sheets:
            groups: tuple[GroupBy, ...] = ("area", "owner")
            by = st.radio(
                w("gaps-worklist-by"),
                groups,
                format_func=lambda g: w(f"gaps-worklist-{g}"),
                horizontal=True,
                key="gaps-worklist-by",
            )
            st.download_button(
                w("gaps-worklist"),
                lambda: worklist_xlsx(
                    gap_items_of_rows(shown),
                    viewer,
                    by,
                    place=place,
                    round_=round_,
                    cleared=filter_cleared(cleared_items(context.answers, viewer), asked),
                ),
                f"{TITLE.in_(viewer.language)}-{round_}.xlsx",
                _XLSX,
                icon=":material/download:",
                on_click="ignore",
                key="gaps-worklist-do",
            )
        with pack:
            pack_buttons(context, round_, key="gaps-pack")
