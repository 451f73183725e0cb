"""Ways from one page to another: to the gaps with a filter set, to a node in the graph, to the page of a thing.

A page never imports another page: what it wants shown there is left in the session, and taken by that page's next run.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.gaps.gap_rows import GapFilter
from explorer.views.shared.widgets import plain

VIEW = "gaps-view"
_GAPS_ASKED = "gaps-filter-asked"
_GRAPH_ASKED = "graph-node-asked"


def set_gaps_filter(wanted: GapFilter) -> None:
    """Have the filters of the list of gaps set to `wanted` at the next run."""
    st.session_state[_GAPS_ASKED] = wanted


def show_gaps(wanted: GapFilter) -> None:
    """Switch to the list of gaps, with its filters set to `wanted`."""
    set_gaps_filter(wanted)
    st.session_state[VIEW] = "list"
    st.switch_page(st.session_state["pages"]["gaps"])


def take_gaps_filter() -> GapFilter | None:
    """The filters that were asked for, once; None where nothing was asked."""
    asked: GapFilter | None = st.session_state.pop(_GAPS_ASKED, None)
    return asked


def show_in_graph(key: str) -> None:
    """Switch to the graph page, which begins a new walk at the node with this key."""
    st.session_state[_GRAPH_ASKED] = key
    st.switch_page(st.session_state["pages"]["graph"])


def take_graph_node() -> str | None:
    """The key of the node that `show_in_graph` asked for, once; None where nothing was asked."""
    asked: str | None = st.session_state.pop(_GRAPH_ASKED, None)
    return asked


def open_entity(key: str) -> None:
    """Switch to the page of the thing with this key."""
    st.switch_page(st.session_state["pages"]["entity"], query_params={"key": key})


def open_question(id_: str | None, chosen: Mapping[str, str] | None = None) -> None:
    """Switch to a ready question, its blanks filled as `chosen`; without one to the page of all questions."""
    asked = {} if id_ is None else {"q": id_, **(chosen or {})}
    st.switch_page(st.session_state["pages"]["questions"], query_params=asked)


def entity_link(key: str, text: str, *, help: str = "") -> None:
    """A link to the page of the thing with this key, called by `text`; `help` shows beside the pointer."""
    st.page_link(
        st.session_state["pages"]["entity"],
        label=plain(text) or "—",
        query_params={"key": key},
        help=plain(help) or None,
        width="content",
    )
