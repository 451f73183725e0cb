"""The browser's back button in a real Chromium: each press undoes one step of what is shown; the last one leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import GraphPage, explorer, loaded, made, window

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    with loaded(home, "2006-04"), explorer(home) as running:
        yield running


@pytest.fixture(scope="module")
def context(browser: Any, address: str) -> Iterator[Any]:
    """One context for all pages of this file: what Streamlit sends every page is fetched and compiled once."""
    with window(browser, base_url=address) as opened:
        yield opened


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A tab that has been on the overview."""
    opened = context.new_page()
    opened.goto("/")
    opened.get_by_text("历次覆盖率").first.wait_for()
    made(opened)
    yield opened
    opened.close()


def visit(page: Any, name: str) -> None:
    link = page.get_by_role("link", name=name, exact=True)
    if "/graph" in page.url:  # there the side bar is folded
        page.locator('[data-testid="stExpandSidebarButton"]').click()
    link.click()
    page.get_by_role("heading", name=name, exact=True).wait_for()
    made(page)


def back(page: Any, to: str) -> None:
    """One press of the browser's back button, and wait for this address."""
    page.go_back()
    page.wait_for_url(re.compile(to))
    made(page)


def test_on_the_graph_each_press_undoes_one_step(page: Any) -> None:
    visit(page, "关系图谱")
    graph = GraphPage(page)
    first = graph.graph("g.scene.nodes.length")
    page.mouse.dblclick(*graph.places()[graph.ids()["新桃源物业"]])
    page.wait_for_url(re.compile("opened="))
    more = graph.graph("g.scene.nodes.length")
    assert more > first
    page.locator('[data-key="Branch"]').first.click()
    page.wait_for_url(re.compile("off=Branch"))
    back(page, "opened=[^&]*$")
    assert page.locator('[data-key="Branch"]').first.get_attribute("aria-pressed") == "true"
    back(page, "graph$")
    graph.until(f"g.scene.nodes.length === {first}")
    page.go_forward()
    graph.until(f"g.scene.nodes.length === {more}")
    back(page, "graph$")
    back(page, "[0-9]/$")
    page.get_by_text("历次覆盖率").first.wait_for()


def test_a_link_to_the_graph_is_followed_also_after_a_walk(page: Any) -> None:
    visit(page, "关系图谱")
    graph = GraphPage(page)
    key = graph.ids()["合生物业"]
    page.goto(page.url.partition("/graph")[0] + f"/entity?key={key}")
    page.wait_for_url(re.compile(key))
    page.locator(".st-key-entity-acts a").first.click()
    page.wait_for_url(re.compile(f"graph\\?focus={key}"))
    graph.until(f"g.scene.nodes.length < 30 && g.byId.has('{key}')")


def test_on_the_gaps_each_press_takes_back_one_choice(page: Any) -> None:
    visit(page, "问题清单")
    page.locator(".st-key-gaps-view button").last.click()
    page.wait_for_url(re.compile("rule="))
    rule = page.locator(".st-key-gaps-rule input")
    first = page.url
    rule.click()
    page.get_by_role("option", name=re.compile("应建未建单位")).click()
    page.wait_for_url(re.compile("rule=own_branch_due"))
    page.locator(".st-key-status-own_branch_due").wait_for()
    back(page, re.escape(first))
    back(page, "gaps$")
    page.locator(".st-key-gaps-filters").wait_for()
    back(page, "[0-9]/$")


def test_on_the_gaps_each_press_takes_back_one_filter(page: Any) -> None:
    visit(page, "问题清单")
    box = page.get_by_test_id("stMultiSelect").filter(has_text="问题类型")
    box.locator("input").first.click()
    page.get_by_role("option", name="应建未建单位（正式党员3人以上）").click()
    page.wait_for_url(re.compile("rules=own_branch_due"))
    page.keyboard.press("Escape")
    back(page, "gaps$")
    page.get_by_text("应建未建单位（正式党员3人以上）", exact=True).first.wait_for(state="detached")
    back(page, "[0-9]/$")


def test_on_the_questions_each_press_goes_to_the_question_before(page: Any) -> None:
    visit(page, "常用查询")
    first = page.url
    page.get_by_role("button", name="尚未解决的议题").click()
    page.wait_for_url(re.compile("q=09_open_matters"))
    back(page, re.escape(first))
    back(page, "[0-9]/$")


@pytest.mark.parametrize("path", ["/graph", "/questions"])
def test_a_page_opened_by_its_bare_address_is_one_entry(page: Any, path: str) -> None:
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()
    made(page)
    assert page.url.endswith(path)
    back(page, "[0-9]/$")


def test_from_the_first_step_after_a_bare_address_one_press_leads_to_the_beginning(page: Any) -> None:
    graph = GraphPage(page, "/graph")
    first = graph.graph("g.scene.nodes.length")
    page.mouse.dblclick(*graph.places()[graph.ids()["新桃源物业"]])
    page.wait_for_url(re.compile("opened="))
    back(page, "graph$")
    graph.until(f"g.scene.nodes.length === {first}")
