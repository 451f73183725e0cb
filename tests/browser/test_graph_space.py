"""The graph page as a place to work: all of it inside an office screen, its search over the picture, its panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import STAGE, GraphPage, explorer, loaded, window

pytestmark = pytest.mark.browser

WIDE, HIGH = 1280, 720
_SCROLLS = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
    .some(e => e.scrollHeight > e.clientHeight || e.scrollWidth > e.clientWidth)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("home")
    with loaded(home, "2006-10"), explorer(home) as served:
        yield served


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[GraphPage]:
    with window(browser, WIDE, HIGH) as context:
        yield GraphPage(context.new_page(), f"{address}/graph")


def all_inside(page: GraphPage) -> None:
    """Canvas, legend, buttons over the canvas, bar and panel are wholly on the screen, and the page does not scroll."""
    for part in (STAGE, ".strip > .legend", ".tools", ".st-key-graph-bar", ".st-key-graph-find"):
        box = page.page.locator(part).bounding_box()
        assert box["x"] >= 0, part
        assert box["y"] >= 0, part
        assert box["x"] + box["width"] <= WIDE, part
        assert box["y"] + box["height"] <= HIGH, part
    assert not page.page.evaluate(_SCROLLS)


def test_canvas_and_legend_are_inside_the_window_and_the_picture_stays_beside_a_long_panel(
    page: GraphPage,
) -> None:
    before = page.places()
    all_inside(page)
    assert page.page.locator(STAGE).bounding_box()["height"] > HIGH * 0.85
    assert page.page.get_by_role("heading", level=1, name="关系图谱").count() == 1
    key = page.ids()["新桃源物业"]
    page.page.mouse.click(*before[key])
    page.heading("新桃源物业")
    after = page.places()
    all_inside(page)
    assert all(after[k] == pytest.approx(spot, abs=1.5) for k, spot in before.items())
    column = page.page.locator('[data-testid="stColumn"]:has(.st-key-graph-panel)').last
    assert column.evaluate("e => e.scrollHeight > e.clientHeight + 100")
    page.page.locator(".st-key-node-hide").scroll_into_view_if_needed()
    column.evaluate("e => { e.scrollTop = e.scrollHeight; }")
    page.page.get_by_text("本图的查询语句").click()
    page.page.get_by_text("RETURN n.key AS key").first.wait_for()
    all_inside(page)


def test_hits_drop_down_over_the_picture_and_are_walked_with_the_keys(page: GraphPage) -> None:
    box = page.page.locator(".st-key-graph-find-typed input")
    hits = page.page.locator(".st-key-graph-find-hits")
    canvas = page.page.locator(STAGE).bounding_box()
    box.press_sequentially("xty")
    hits.get_by_role("button", name="新桃源物业党支部", exact=True).wait_for()
    page.settled()
    assert page.page.locator(STAGE).bounding_box() == canvas
    assert hits.bounding_box()["y"] < canvas["y"] + 10
    assert not page.page.evaluate(_SCROLLS)
    # a press elsewhere closes them, the box has them there again
    page.page.mouse.click(canvas["x"] + 700, canvas["y"] + 20)
    hits.wait_for(state="hidden")
    box.click()
    hits.wait_for()
    page.page.keyboard.press("Escape")
    hits.wait_for(state="detached")
    assert box.input_value() == ""
    box.press_sequentially("xty")
    hits.get_by_role("button", name="新桃源物业", exact=True).wait_for()
    page.settled()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("ArrowUp")
    page.page.keyboard.press("ArrowDown")
    assert page.page.evaluate("document.activeElement.innerText") == "新桃源物业"
    page.page.keyboard.press("Enter")
    page.heading("新桃源物业")
    hits.wait_for(state="detached")
    assert box.input_value() == ""
    assert page.graph("g.byId.get(g.memory.selected).caption") == "新桃源物业"


def test_the_panel_is_made_wider_folded_and_opened_again(page: GraphPage) -> None:
    stage, panel = page.page.locator(STAGE), page.page.locator(".st-key-graph-panel")
    first = page.page.locator(STAGE).bounding_box()["width"]
    grip = page.page.get_by_role("separator").bounding_box()
    page.page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + 100)
    page.page.mouse.down()
    page.page.mouse.move(grip["x"] + grip["width"] / 2 - 160, grip["y"] + 100, steps=4)
    page.page.mouse.up()
    page.settled()
    assert stage.bounding_box()["width"] == pytest.approx(first - 160, abs=2)
    page.page.get_by_role("separator").press("ArrowRight")
    assert stage.bounding_box()["width"] == pytest.approx(first - 120, abs=2)
    page.page.get_by_role("button", name="收起右侧栏").click()
    panel.wait_for(state="hidden")
    assert stage.bounding_box()["width"] > WIDE - 40
    page.page.reload()
    page.page.get_by_role("button", name="展开右侧栏").click()
    panel.wait_for()
    assert stage.bounding_box()["width"] == pytest.approx(first - 120, abs=2)


def test_the_side_bar_opens_on_a_press_and_leads_to_other_pages(page: GraphPage) -> None:
    link = page.page.get_by_role("link", name="问题清单", exact=True)
    assert not link.is_visible()
    page.page.locator('[data-testid="stExpandSidebarButton"]').click()
    link.wait_for()
    page.settled()
    assert not page.page.evaluate(_SCROLLS)
    link.click()
    page.page.locator(".st-key-gaps-filters").wait_for()
    page.page.get_by_role("link", name="关系图谱", exact=True).wait_for()
    assert page.page.locator('[data-testid="stSidebar"]').get_attribute("data-collapsed") == "false"
