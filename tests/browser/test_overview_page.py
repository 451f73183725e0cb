"""The overview in a real Chromium: each figure leads to what it counts; links that lead nowhere say so."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph_model.coverage.measures import count_totals
from graph_model.engine.lifecycle import status
from tests.support.browser import clear_names, explorer, loaded, made, press, window

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Site:
    """The running pages, their data folder, and what the store holds."""

    address: str
    home: Path
    members: int
    names: frozenset[str]
    area: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home: Path = tmp_path_factory.mktemp("home")
    with loaded(home, "2006-04", "2006-10") as store:
        members, names = count_totals(store)["members"], clear_names(store)
        area = next(n.key for n in store.held().nodes.values() if n.properties.get("name") == "榆桥居民区")
        with explorer(home) as address:
            yield Site(address, home, members, names, area)


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    """One context for all pages of this file: what Streamlit sends every page is fetched and compiled once."""
    with window(browser) as opened:
        yield opened


@pytest.fixture
def page(context: Any, site: Site) -> Iterator[Any]:
    shown = context.new_page()
    received: list[bytes] = []
    keep = lambda frame: received.append(frame if isinstance(frame, bytes) else frame.encode())  # noqa: E731
    shown.on("websocket", lambda line: line.on("framereceived", keep))
    shown.received = received
    shown.goto(site.address)
    shown.locator(".st-key-list-total-members button").first.wait_for()
    made(shown)  # the buttons come after the headings: what only looks does not wait for them
    yield shown
    shown.close()


def window_of(page: Any, key: str) -> str:
    """The text of the window that a button opens, closed again."""
    window_ = page.get_by_role("dialog")
    press(
        page.locator(f".st-key-list-{key} button"),
        lambda: window_.locator('[data-testid="stDataFrame"]').wait_for(timeout=20_000),
    )
    made(page)
    text = str(window_.inner_text())
    page.keyboard.press("Escape")
    window_.wait_for(state="detached")
    return text


def test_the_total_of_members_leads_to_the_members_masked(page: Any, site: Site) -> None:
    text = window_of(page, "total-members")
    assert f"{site.members} 名" in text
    whole = b"".join(page.received).decode("utf-8", "replace")
    assert [name for name in site.names if name in whole] == []


def test_each_figure_of_a_rate_leads_to_as_many_companies(page: Any) -> None:
    buttons = page.locator('[class*="st-key-list-rate-organisation-"] button')
    buttons.first.wait_for()
    made(page)
    said = [str(t) for t in buttons.all_inner_texts()]
    assert said
    for number, text in enumerate(said):
        [count] = re.findall(r"\d+", text)
        key = str(
            page.locator('[class*="st-key-list-rate-organisation-"]').nth(number).get_attribute("class")
        )
        [name] = re.findall(r"st-key-list-(rate-organisation-\w+)", key)
        assert f"\n{count} 家\n" in window_of(page, name)


def test_what_changed_a_rate_leads_to_those_companies(page: Any) -> None:
    card = page.locator('[data-testid="stVerticalBlock"]', has=page.locator(".st-key-list-moves-work")).last
    card.wait_for()
    told = str(card.inner_text())
    counts = re.search(r"新覆盖 (\d+) 家，失去覆盖 (\d+) 家(?:\s+新增 (\d+) 家，退出 (\d+) 家)?", told)
    assert counts
    assert f"\n{sum(int(n or 0) for n in counts.groups())} 家\n" in window_of(page, "moves-work")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("questions?q=no_such", "链接中的查询项目不存在"),
        ("gaps?rule=no_such", "链接中的问题类型不存在"),
        ("gaps?rules=no_such", "部分筛选条件在当前数据中不存在"),
        ("graph?focus=u_none", "链接中的对象不在当前数据中"),
    ],
)
def test_a_link_to_what_there_is_not_says_so(page: Any, site: Site, where: str, said: str) -> None:
    page.goto(f"{site.address}/{where}")
    page.get_by_text(said).wait_for()


def test_a_page_comes_back_by_itself_after_the_engine_was_killed(page: Any, site: Site) -> None:
    page.goto(f"{site.address}/gaps")
    page.locator(".st-key-gaps-filters").wait_for()
    made(page)
    pid = status(site.home).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    page.get_by_role("button", name="清除筛选").click()
    page.locator(".st-key-gaps-filters").wait_for()
    made(page)
    visible = str(page.inner_text("body"))
    assert not {"Traceback", "ServiceUnavailable", "Couldn't", "refused", "bolt://"} & set(
        re.findall(r"[\w:/']+", visible)
    )
    assert page.url.startswith(f"{site.address}/gaps")
    assert status(site.home).pid != pid


def test_an_area_counts_the_gaps_inside_it_and_leads_to_them(page: Any, site: Site) -> None:
    page.goto(f"{site.address}/entity?key={site.area}")
    page.get_by_text("范围内的问题").wait_for()
    made(page)
    told = str(page.locator(".st-key-entity-body").inner_text())
    count = sum(int(n) for n in re.findall(r"(?:高|中|低)（(\d+)）", told))
    assert count > 0
    page.get_by_role("button", name="查看这些问题").click()
    page.locator(".st-key-gaps-filters").wait_for()
    page.get_by_text(f"显示 {count} 项").wait_for()
