"""The filters of the gaps: taken from a link or another page, said in the link, and never by a name that was typed."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from explorer.gaps.gap_rows import GapFilter


def _page() -> None:
    from pathlib import Path

    import streamlit as st

    from explorer.gaps.gap_report_rows import GapItem
    from explorer.gaps.gap_rows import FindingRow
    from explorer.i18n import Words
    from explorer.page_context import PageContext
    from explorer.viewer import Viewer
    from explorer.views.gaps.filter import wanted
    from explorer.views.shared.address import note_run
    from explorer.views.shared.navigation import set_gaps_filter
    from graph_model.coverage.areas import Area
    from graph_model.coverage.catalogue import read_catalogue
    from graph_model.findings.findings import Finding

    note_run("gaps")
    rule = read_catalogue().rule("no_work_coverage")
    finding = Finding("f_1", rule.id, "u_1", {"owner": "周科长", "first_seen": "2006-10"})
    north = Area("ResidentialArea", "r_1", "北苑居民区")
    item = GapItem(rule, {"key": "u_1", "name": "甲"}, "", (north,))
    rows = [
        FindingRow(finding, rule, item, "甲", "new", "todo", False),
        FindingRow(Finding("f_2", rule.id, "u_2", {}), rule, None, "乙", "new", "todo", False),
    ]
    if (asked := st.session_state.pop("asked", None)) is not None:
        set_gaps_filter(asked)
    # the filters ask nothing of the store
    context = PageContext(None, Viewer(language="en"), Words("en"), Path(), True)  # type: ignore[arg-type]
    st.session_state["result"] = wanted(context, rows)


def opened(**link: str) -> AppTest:
    page = AppTest.from_function(_page, default_timeout=120)
    for name, value in link.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def test_without_a_link_nothing_is_filtered() -> None:
    page = opened()
    assert page.session_state["result"] == GapFilter()
    assert [m.label for m in page.multiselect] == [
        "Kind of problem",
        "Grade",
        "Area",
        "Owner",
        "Change",
        "State",
    ]


def test_a_link_sets_the_filters_and_what_it_names_in_vain_is_said() -> None:
    page = opened(severities="high,low", areas="r_1,r_gone", owners="", lives="new")
    assert page.session_state["result"] == GapFilter(
        severities=("high", "low"), areas=("r_1",), lives=("new",)
    )
    assert len(page.info) == 1
    assert page.query_params["areas"] == "r_1"
    page.run()
    assert len(page.info) == 0


def test_no_area_and_nobody_can_be_chosen_where_there_are_such_rows() -> None:
    page = opened()
    by_label = {m.label: m.options for m in page.multiselect}
    assert by_label["Area"][0] == "北苑居民区"
    assert len(by_label["Area"]) == 2
    assert by_label["Owner"][0] == "周科长"
    assert len(by_label["Owner"]) == 2


def test_what_is_typed_filters_and_stays_out_of_the_address() -> None:
    page = opened(severities="high")
    page.text_input[0].set_value(" 王小明 ").run()
    assert page.session_state["result"] == GapFilter(severities=("high",), text="王小明")
    assert "text" not in page.query_params


def test_another_page_sets_them_and_one_button_clears_them() -> None:
    page = opened(severities="high")
    page.session_state["asked"] = GapFilter(owners=("周科长",), states=("overdue",))
    page.run()
    assert page.session_state["result"] == GapFilter(owners=("周科长",), states=("overdue",))
    page.button[0].click().run()
    assert page.session_state["result"] == GapFilter()
    assert dict(page.query_params) == {}
