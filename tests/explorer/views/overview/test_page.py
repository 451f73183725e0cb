"""The overview: what workbooks call things is text on it, and no Markdown."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from explorer.i18n import Words
from explorer.page_context import PageContext
from explorer.viewer import Viewer
from graph_model.store.store import Store
from tests.support.graphs import answers_of, fill, graph, node, tie


def _page() -> None:
    import streamlit as st

    from explorer.views.overview.page import overview

    overview(st.session_state["context"])


def test_the_title_is_the_sub_districts_name_as_it_is_written(store: Store) -> None:
    fill(store, graph(node("s_1", name="兰*桥* <b>"), node("r_1", name="檀香"), tie("r_1 PART_OF s_1")))
    page = AppTest.from_function(_page, default_timeout=120)
    page.session_state["context"] = PageContext(answers_of(store), Viewer(), Words("zh"), Path(), True)
    page.run()
    assert not page.exception
    assert page.title[0].value == "兰\\*桥\\* \\<b\\>"
    assert page.caption[0].value.startswith("2006年10月调摸")
