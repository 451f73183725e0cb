"""The frame of the graph page: one bar above, the canvas in the rest of the window, a panel that scrolls by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import streamlit as st

from explorer.canvas import panel_edge
from explorer.i18n import Words


@cache
def _style() -> str:
    return f"<style>{Path(__file__).with_name('workspace.css').read_text('utf-8')}</style>"


@contextmanager
def workspace(words: Words) -> Iterator[None]:
    """What is drawn inside has the whole window; the page's heading is there for screen readers and on paper only."""
    st.html(_style())
    with st.container(key="graph-workspace"):
        with st.container(key="graph-heading"):
            st.title(words("page-graph"), anchor=False)
        yield


def edge(words: Words) -> None:
    """The edge between canvas and panel: by it the panel is made wider, or folded."""
    panel_edge(
        key="graph-edge",
        texts={name: words(f"panel-edge-{name}") for name in ("move", "fold", "open")},
    )
