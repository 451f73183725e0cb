"""An expansion that would bring very many is asked about first; what it is called is text and no Markdown."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from explorer.explore.build_scene import CONFIRM_EXPANSION_FROM
from explorer.i18n import Words
from explorer.page_context import PageContext
from explorer.viewer import Viewer
from graph_model.store.store import Store
from tests.support.graphs import answers_of, fill, graph, node, staff, tie


def _page() -> None:
    import streamlit as st

    from explorer.explore.exploration import Exploration
    from explorer.views.graph import state
    from explorer.views.graph.steps import expand, question

    context = st.session_state["context"]
    if not state.begun():
        state.begin(Exploration(("r_1",), 1))
    if (wanted := st.session_state.pop("wanted", None)) is not None:
        expand(context, *wanted[0], **wanted[1])
    question(context)
    st.session_state["walk"], st.session_state["question"] = state.walk(), state.asked()


def opened(store: Store, viewer: Viewer) -> AppTest:
    page = AppTest.from_function(_page, default_timeout=120)
    page.session_state["context"] = PageContext(
        answers_of(store), viewer, Words(viewer.language), Path(), True
    )
    return page


def ask(page: AppTest, *arguments: object, **how: object) -> AppTest:
    page.session_state["wanted"] = (arguments, how)
    page.run()
    assert not page.exception
    return page


def test_few_come_at_once_and_go_again_and_many_are_asked_about(store: Store) -> None:
    fill(
        store,
        graph(
            node("r_1", name="檀香"),
            node("u_1", name="*甲*"),
            node("u_2", name="乙"),
            tie("u_1 MANAGES r_1"),
            tie("u_2 MANAGES r_1"),
            staff("u_1", full=CONFIRM_EXPANSION_FROM + 1),
            staff("u_2", full=2),
        ),
    )
    page = ask(opened(store, Viewer(language="en")), "u_2")
    assert (page.session_state["walk"].opened, page.session_state["question"]) == ((("u_2", 1),), None)
    ask(page, "u_2", toggle=True)
    assert page.session_state["walk"].opened == ()

    ask(page, "u_1")
    assert (page.session_state["walk"].opened, page.session_state["question"]) == ((), ("u_1", 1))
    assert [m.value for m in page.markdown] == [
        "Expanding “\\*甲\\*” adds 61 more: Member (61). Show them all?"
    ]
    page.button(key="expand-no").click().run()
    assert (page.session_state["question"], len(page.markdown)) == (None, 0)
    ask(page, "u_1")
    page.button(key="expand-yes").click().run()
    assert (page.session_state["walk"].opened, page.session_state["question"]) == ((("u_1", 1),), None)


def test_a_question_about_what_is_gone_goes_too(store: Store) -> None:
    fill(store, graph(node("r_1", name="檀香")))
    page = opened(store, Viewer())
    page.session_state["graph-asked"] = ("u_gone", 1)
    page.run()
    assert not page.exception
    assert page.session_state["question"] is None
