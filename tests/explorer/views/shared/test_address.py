"""The address leads once for each thing after a page was opened; then it follows."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from explorer.views.shared.address import leads, note_run

    note_run(st.session_state.get("wanted", "graph"))
    st.text(f"{leads('walk')} {leads('walk')} {leads('filters')}")


def test_the_address_leads_once_after_a_page_was_opened() -> None:
    page = AppTest.from_function(_page).run()
    assert page.text[0].value == "True False True"
    assert page.run().text[0].value == "False False False"
    page.session_state["wanted"] = "gaps"
    assert page.run().text[0].value == "True False True"
