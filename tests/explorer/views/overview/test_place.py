"""The overview of one place: its rates, problems and rows of the comparison; the link says which place it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from explorer.answers import Answers
from explorer.gaps.counts import compared_places, gap_counts
from explorer.gaps.gap_rows import SHOWN_STATUSES, GapFilter, filter_rows, finding_rows, reach_areas
from explorer.i18n import Words
from explorer.page_context import PageContext
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue
from graph_model.findings.refresh import refresh_findings
from graph_model.store.store import Store
from tests.graph_model.coverage.test_localities import DUE, FIELD, PROFILE, WORK
from tests.support.graphs import ROUND, fill


def _page() -> None:
    import streamlit as st

    from explorer.views.overview.page import overview

    overview(st.session_state["context"])


def shown(answers: Answers, place: str) -> AppTest:
    page = AppTest.from_function(_page, default_timeout=120)
    page.session_state["context"] = PageContext(answers, Viewer(), Words("zh"), Path(), True)
    page.query_params["place"] = place
    page.run()
    assert not page.exception
    return page


def test_a_sub_district_has_its_own_figures_and_its_areas_below(store: Store) -> None:
    fill(store, FIELD)
    rules = Catalogue((WORK, DUE))
    refresh_findings(store, rules, PROFILE)
    answers = Answers(store, rules, PROFILE)
    whole, west, area, gone = (shown(answers, key) for key in ("", "s_2", "r_1", "r_9"))
    rates = [[m.value for m in page.metric[:4]] for page in (whole, west, area)]
    assert rates == [
        ["25.0%", "25.0%", "0.0%", "25.0%"],
        ["50.0%", "50.0%", "0.0%", "50.0%"],
        ["0.0%", "0.0%", "—", "0.0%"],
    ]
    assert [page.title[0].value for page in (whole, west, area)] == ["东区", "西街道", "檀香"]
    assert [m.value for m in west.metric[4:]] == ["2", "0", "0", "0", "2", "0"]
    tables = [[*table.value.iloc[:, 0]] for table in (whole.dataframe[1], west.dataframe[0])]
    assert tables == [["东街道", "　兰桥", "　檀香", "南街道", "西街道", "　广场", "柳岸"], ["广场"]]
    assert [*whole.dataframe[1].value["问题"]] == [1, 1, 1, 0, 2, 2, 0]
    assert [page.selectbox(key="overview-place").value for page in (whole, west, gone)] == ["", "s_2", ""]
    assert west.query_params["place"] in ("s_2", ["s_2"])
    assert [i.value for i in gone.info] == ["链接中的街道、居民区或商业区在当前数据中不存在，现显示全部。"]
    # the number and the list that it leads to
    rows = finding_rows(answers, Viewer(), ROUND.name, "2006-10", date(2006, 11, 1))
    for of in compared_places(answers):
        key = of.locality.key
        wanted = reach_areas(answers.localities(), GapFilter(areas=(key,), lives=SHOWN_STATUSES))
        counted = gap_counts(answers, ROUND.name, date(2006, 11, 1), of.locality)
        assert len(filter_rows(rows, wanted)) == of.problems == sum(counted.severities.values())
