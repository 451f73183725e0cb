"""The registers in a real Chromium on an office's screen: columns, filter, order, a file, a row that leads on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import clear_names, explorer, loaded, made, press, window

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, frozenset[str]]]:
    home: Path = tmp_path_factory.mktemp("home")
    with loaded(home, "2006-10") as store, explorer(home) as address:
        yield address, clear_names(store)


def choose(page: Any, key: str, bar: str, *texts: str) -> None:
    """Open a part of the bar and choose in one of its lists."""
    page.locator(".st-key-register-bar").get_by_role("button", name=bar).click()
    box = page.locator(f'[class*="st-key-register-"][class*="-{key}"]').first
    for text in texts:
        box.locator("input").first.fill(text)
        page.get_by_role("option", name=text, exact=True).click()
        made(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    made(page)


def test_a_register_is_chosen_filtered_sorted_taken_along_and_leads_on(
    browser: Any, site: tuple[str, frozenset[str]]
) -> None:
    address, names = site
    with window(browser, 1280, 720) as context:
        page = context.new_page()
        page.goto(f"{address}/register")
        page.locator(".st-key-register-acts").wait_for()
        made(page)
        table = page.get_by_test_id("stDataFrame").first.bounding_box()
        assert table["y"] + table["height"] <= 720

        choose(page, "columns", "列", "编号")
        page.wait_for_url(re.compile("columns=name.*number"))
        choose(page, "sort", "排序", "名称（降序）")
        page.wait_for_url(re.compile("sort=-name"))
        choose(page, "where", "筛选", "覆盖情况")
        choose(page, "where-coverage", "筛选", "未覆盖")
        page.wait_for_url(re.compile("where=coverage"))
        page.locator(".st-key-register-bar").get_by_text("覆盖情况：未覆盖").wait_for()

        page.get_by_role("button", name="导出").click()
        with page.expect_download() as taken:
            page.locator(".st-key-register-take-csv button").click()
        assert taken.value.suggested_filename.startswith("单位台账_2006-10_")
        rows = list(csv.DictReader(io.StringIO(Path(taken.value.path()).read_text("utf-8-sig"))))
        assert {row["覆盖情况"] for row in rows} == {"未覆盖"}
        called = [row["名称"] for row in rows]
        assert called == sorted(called, reverse=True)
        assert "编号" in rows[0]
        assert not [name for name in names for row in rows if any(name in cell for cell in row.values())]
        page.keyboard.press("Escape")

        # the link opens the same table for somebody else, and a row leads to the thing
        with window(browser, 1280, 720) as other:
            again = other.new_page()
            again.goto(page.url)
            again.locator(".st-key-register-acts").get_by_text(f"共 {len(rows)} 条").wait_for()
            made(again)

            def pick() -> None:
                spot = again.get_by_test_id("stDataFrame").first.bounding_box()
                again.mouse.click(spot["x"] + 15, spot["y"] + 53)
                made(again)
                again.locator(".st-key-register-open button:enabled").wait_for(timeout=20_000)

            pick()
            press(
                again.locator(".st-key-register-open button"),
                lambda: again.wait_for_url(re.compile("entity")),
            )
            again.get_by_role("heading", name=called[0], exact=True).wait_for()
            assert not [name for name in names if name in again.content()]
