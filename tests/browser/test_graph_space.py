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
