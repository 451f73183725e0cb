"""The gaps inside an area or the sub-district, counted as in the list; nothing for what is neither."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.page_context import PageContext
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.findings.refresh import refresh_findings
from graph_model.profile import read_profile
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, staff, tie

ONE = Catalogue((read_catalogue().rule("own_branch_due"),))


def _page() -> None:
    import streamlit as st

    from explorer.views.shared.area_counts import gaps_inside

    gaps_inside(st.session_state["context"], *st.session_state["what"])


def told(answers: Answers, key: str, label: str, language) -> list[str]:
    page = AppTest.from_function(_page, default_timeout=120)
    page.session_state["context"] = PageContext(
        answers, Viewer(language=language), Words(language), Path(), True
    )
    page.session_state["what"] = (key, label)
    page.run()
    assert not page.exception
    return [
        *(m.value for m in page.markdown),
        *(c.value for c in page.caption),
        *(b.label for b in page.button),
    ]


def test_an_area_the_whole_and_what_is_neither(store: Store) -> None:
    fill(
        store,
        graph(
            node("s_1", name="街道"),
            node("r_1", name="檀香"),
            node("r_2", name="北苑"),
            *(node(f"u_{n}", status="operating") for n in (1, 2)),
            tie("u_1 MANAGES r_1"),
            staff("u_1", full=3),
            staff("u_2", full=3),
        ),
    )
    refresh_findings(store, ONE, read_profile())
    answers = Answers(store, ONE, read_profile())
    heading, counted, button = told(answers, "r_1", "ResidentialArea", "zh")
    assert (heading, counted) == ("**范围内的问题**", "高（1）")
    assert button
    assert told(answers, "s_1", "Subdistrict", "en")[1] == "High (2)"
    assert told(answers, "r_2", "ResidentialArea", "en") == ["**Problems inside**", "✓ No problems found"]
    assert told(answers, "u_1", "Unit", "zh") == []


def test_one_of_several_sub_districts_counts_its_own(store: Store) -> None:
    fill(
        store,
        graph(
            *(node(k) for k in ("x_1", "s_1", "s_2", "s_bare", "r_1", "r_2")),
            *(node(f"u_{n}", status="operating") for n in (1, 2, 3)),
            *(tie(t) for t in ("s_1 PART_OF x_1", "s_2 PART_OF x_1", "r_1 PART_OF s_1", "r_2 PART_OF s_2")),
            tie("u_1 MANAGES r_1"),
            tie("u_1 MANAGES r_2"),
            tie("u_2 MANAGES r_2"),
            staff("u_1", full=3),
            staff("u_2", full=3),
            staff("u_3", full=3),  # in no area
        ),
    )
    refresh_findings(store, ONE, read_profile())
    answers = Answers(store, ONE, read_profile())
    assert answers.overview().subdistrict == answers.node("x_1")
    assert [
        told(answers, key, label, "en")[1]
        for key, label in (
            ("x_1", "District"),
            ("s_1", "Subdistrict"),
            ("s_2", "Subdistrict"),
            ("s_bare", "Subdistrict"),
        )
    ] == ["High (3)", "High (1)", "High (2)", "✓ No problems found"]
