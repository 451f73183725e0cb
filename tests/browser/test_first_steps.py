"""The first minutes in a real browser: nothing is held, the sample is tried, said to be invented, and cleared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_model.connect import StoreChoice, open_store
from tests.browser.test_accessibility import serious
from tests.support.browser import explorer, made, window

pytestmark = pytest.mark.browser

LOAD = 300_000
"""Milliseconds in which two whole loads are made beside everything else that the tests' machine does."""


def test_the_sample_is_tried_and_left_again(tmp_path: Path, browser: Any) -> None:
    with (
        open_store(StoreChoice(tmp_path)) as store,
        explorer(tmp_path) as address,
        window(browser, 1280, 720) as context,
    ):
        page = context.new_page()
        for path in ("/", "/graph", "/gaps", "/questions"):
            page.goto(f"{address}{path}")
            page.get_by_role("heading", name="开始使用").wait_for()
        made(page)
        page.get_by_role("button", name="本页说明").click()
        page.get_by_text("用现成的查询项目了解情况").wait_for()
        page.get_by_text("问题经核实已经解决").wait_for()
        page.keyboard.press("Escape")
        assert serious(page) == []
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= 720
        page.get_by_role("button", name="载入示例数据").click()
        made(page, within=LOAD)
        page.get_by_text("示例数据，日期按2006年10月计").wait_for()
        assert [r.name for r in store.rounds()] == ["2006-10", "2006-04"]
        page.get_by_role("button", name="示例数据说明").click()
        page.get_by_text("虚构的示例数据").wait_for()
        page.get_by_role("button", name="清除示例数据").click()
        made(page, within=LOAD)
        page.get_by_role("heading", name="开始使用").wait_for()
        assert (store.rounds(), store.counts()["nodes"]["Unit"]) == ((), 0)
        page.get_by_role("button", name="前往数据导入").click()
        page.get_by_role("heading", name="数据导入", exact=True).wait_for()
