"""The switch between today's norms and those of the time, on the page of gaps."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _page(norms_of_today: bool, day: str) -> None:
    from dataclasses import replace
    from pathlib import Path
    from types import SimpleNamespace

    import streamlit as st

    from explorer.i18n import Words
    from explorer.page_context import PageContext
    from explorer.viewer import Viewer
    from explorer.views.gaps.norms import norms
    from graph_model.coverage.catalogue import Catalogue, read_catalogue
    from graph_model.profile import Reckoning

    known = read_catalogue()
    later = replace(known.rule("own_branch_due"), effective="2018-10-28")
    old, off = replace(known.rule("member_ties"), effective=""), known.rule("stale_pair")
    catalogue = Catalogue((later, old), off=(off,)).in_force(day, todays=norms_of_today)
    # the switch asks nothing of the store
    answers = SimpleNamespace(catalogue=catalogue, reckoning=lambda: Reckoning(day, "survey"))
    context = PageContext(answers, Viewer(), Words("zh"), Path(), True)  # type: ignore[arg-type]
    st.session_state["hidden"] = norms(context)


def opened(*, todays: bool = True, day: str = "2006-10") -> AppTest:
    page = AppTest.from_function(_page, args=(todays, day), default_timeout=120)
    page.run()
    assert not page.exception
    return page


def test_later_norms_are_applied_with_that_said_until_they_are_switched_off() -> None:
    page = opened()
    assert page.session_state["hidden"] == frozenset()
    assert page.expander[0].label == "按现行规定衡量：1 条规则施行晚于2006年10月"
    told = [m.value for m in page.markdown]
    assert told[0].startswith("按现行规定衡量，而日期按2006年10月计。")
    assert "自2018年10月起施行" in told[0]
    assert "长期没有开展活动的结对共建（地方做法）" in told[1]
    page.toggle[0].set_value(False).run()
    assert page.session_state["hidden"] == {"own_branch_due"}
    assert "当时尚未施行，不计问题" in page.markdown[0].value
    assert page.expander[0].label == "按2006年10月时的规定衡量：1 条规则当时尚未施行，不计问题"


def test_where_a_site_counts_only_norms_of_the_time_there_is_nothing_to_switch() -> None:
    page = opened(todays=False)
    assert (len(page.toggle), page.session_state["hidden"]) == (0, frozenset())
    assert "当时尚未施行" in page.markdown[0].value
    assert page.expander[0].label.startswith("按2006年10月时的规定衡量")


def test_by_todays_date_nothing_is_ahead() -> None:
    page = opened(day="2026-11-28")
    assert (len(page.toggle), page.session_state["hidden"]) == (0, frozenset())
    assert len(page.markdown) == 1  # only the rules that are switched off
