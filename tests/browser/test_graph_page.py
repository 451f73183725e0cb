"""The graph page in a real Chromium, on the sample: walk, filter, connect, reopen, and no clear name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.browser import (
    STAGE,
    GraphPage,
    at_once,
    clear_names,
    elsewhere,
    eventually,
    explorer,
    loaded,
    made,
    window,
)

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Site:
    """The running pages, and the names that must not be seen."""

    address: str
    names: frozenset[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home: Path = tmp_path_factory.mktemp("home")
    with loaded(home, "2006-04", "2006-10") as store, explorer(home) as address:
        yield Site(address, clear_names(store))


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    """One context for all pages of this file: what Streamlit sends every page is fetched and compiled once."""
    with window(browser) as opened:
        yield opened


@pytest.fixture
def page(context: Any, site: Site) -> Iterator[GraphPage]:
    shown = GraphPage(context.new_page(), f"{site.address}/graph")
    yield shown
    shown.page.close()


def test_it_opens_on_the_sub_district_and_a_click_shows_the_panel(page: GraphPage) -> None:
    assert 50 < len(page.places()) < 120
    page.click("合生物业")
    page.heading("合生物业")
    page.page.get_by_text("组建党支部").first.wait_for()


def test_expanding_keeps_everything_where_it_is_and_undo_takes_it_back(page: GraphPage) -> None:
    before = page.places()
    page.page.mouse.dblclick(*before[page.ids()["新桃源物业"]])
    page.until(f"g.scene.nodes.length > {len(before)}")
    after = page.places()
    assert all(after[key] == pytest.approx(place, abs=1.5) for key, place in before.items())
    page.button("graph-undo").click()
    page.until(f"g.scene.nodes.length === {len(before)}")
    page.button("graph-redo").click()
    page.until(f"g.scene.nodes.length === {len(after)}")
    page.page.mouse.dblclick(*page.places()[page.ids()["新桃源物业"]])
    page.until(f"g.scene.nodes.length === {len(before)}")


def test_a_large_expansion_asks_first(page: GraphPage, site: Site) -> None:
    page.page.goto(f"{site.address}/graph?focus={page.ids()['兰桥街道']}&depth=0")
    page.until("g.scene.nodes.length === 1")
    count = 1
    page.heading("兰桥街道")
    page.press("node-unfold-two", lambda: page.button("expand-no").wait_for(timeout=10_000))
    assert len(page.places()) == count
    page.press("expand-yes", lambda: page.until(f"g.scene.nodes.length > {count + 60}"))


def test_the_legend_filters_and_the_link_says_so(page: GraphPage, site: Site) -> None:
    before = len(page.places())
    page.page.locator('[data-key="Branch"]').click()
    page.page.wait_for_url(re.compile("off=Branch"))
    fewer = len(page.places())
    assert fewer < before
    page.page.locator('[data-tool="filter"]').click()
    page.page.locator('[data-key="own:collective"]').click()
    page.page.wait_for_url(re.compile("own%3Acollective"))
    assert len(page.places()) == fewer - 4
    page.button("graph-undo").click()
    page.until(f"Object.keys(g.positionsOnScreen()).length === {fewer}")


def test_a_link_reopens_what_was_seen(page: GraphPage, browser: Any) -> None:
    page.page.mouse.dblclick(*page.places()[page.ids()["新桃源物业"]])
    page.page.wait_for_url(re.compile("opened=u_"))
    page.page.locator('[data-key="Branch"]').click()
    page.page.wait_for_url(re.compile("off=Branch"))
    with window(browser) as context:
        again = GraphPage(context.new_page(), page.page.url)
        # either page may still be drawing what the link says
        eventually(lambda: set(again.places()) == set(page.places()))
        assert page.page.url == again.page.url


def test_a_filter_chosen_while_an_expansion_is_on_its_way_holds(page: GraphPage) -> None:
    spot, branch = page.places()[page.ids()["新桃源物业"]], page.page.locator('[data-key="Branch"]')
    page.page.mouse.dblclick(*spot)
    at_once(branch)
    page.page.wait_for_url(re.compile("opened=u_.*off=Branch"))
    page.until("!g.scene.nodes.some(n => n.type === 'Branch' && n.id in g.positionsOnScreen())")
    assert branch.get_attribute("aria-pressed") == "false"


def light_a_path(page: GraphPage) -> None:
    """From 新桃源物业 to 合生物业."""
    page.add("新桃源物业")
    page.heading("新桃源物业")
    page.add("合生物业")
    page.heading("已选中 2 个")
    page.button("several-path").click()
    page.page.get_by_text("条最短路径").wait_for()
    page.until("g.lit.length === 4")


def wait_for_the_way_back(page: GraphPage) -> None:
    ids = page.ids()
    page.until(f"g.lit[0] === '{ids['合生物业']}' && g.lit[3] === '{ids['新桃源物业']}'")


def test_a_path_between_two_is_lit_and_its_ends_can_be_swapped(page: GraphPage) -> None:
    light_a_path(page)
    page.button("path-swap").click()
    page.button("path-find").click()
    wait_for_the_way_back(page)


def test_a_path_is_found_between_swapped_ends_also_before_the_page_shows_them(page: GraphPage) -> None:
    light_a_path(page)
    made(page.page)
    page.page.evaluate(
        """() => {
          const press = key => document.querySelector(`.st-key-${key} button`).click();
          new MutationObserver((_, seen) => { seen.disconnect(); press("path-find"); })
            .observe(document.querySelector('[data-testid="stApp"]'), { attributeFilter: ["data-test-script-state"] });
          press("path-swap");
        }"""
    )
    wait_for_the_way_back(page)


def test_tab_goes_from_the_canvas_to_the_legend_with_no_stop_between(page: GraphPage) -> None:
    page.page.locator(STAGE).focus()
    page.page.keyboard.press("Tab")
    tag = page.page.evaluate(
        "() => { let e = document.activeElement; while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;"
        " return e.tagName; }"
    )
    assert tag == "BUTTON"


def test_a_path_over_the_sub_district_is_found_only_when_asked_for(page: GraphPage) -> None:
    page.add("静苑居民区")
    page.heading("静苑居民区")
    page.add("荷汐居民区")
    page.heading("已选中 2 个")
    page.button("several-path").click()
    page.page.get_by_text(re.compile("条最短路径|未找到不经过街道的路径")).wait_for()
    kinds = page.graph("g.lit.map(id => g.byId.get(id).type)")
    assert "Subdistrict" not in kinds
    page.page.get_by_text("可经过街道", exact=True).click()
    page.button("path-find").click()
    page.until("g.lit.some(id => g.byId.get(id).type === 'Subdistrict')")


def test_a_box_chooses_several_and_says_what_they_share(page: GraphPage) -> None:
    page.settled()
    box = page.page.locator(STAGE).bounding_box()
    page.page.keyboard.down("Shift")
    page.page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.page.mouse.up()
    page.page.keyboard.up("Shift")
    chosen = page.graph("g.memory.chosen.size")
    assert chosen > 3
    page.heading(f"已选中 {chosen} 个")
    page.page.get_by_text("共同相连的对象").first.wait_for()


def test_choosing_in_the_picture_marks_the_table_and_the_other_way_round(page: GraphPage) -> None:
    page.click("合生物业")
    page.heading("合生物业")
    page.page.get_by_role("tab", name=re.compile("表格")).click()
    frame = page.page.locator('[data-testid="stDataFrame"]')
    frame.wait_for()
    page.settled()
    first, second = page.graph("[g.memory.selected, null]")
    assert first is not None
    assert second is None
    box = frame.bounding_box()
    page.page.mouse.click(
        box["x"] + 16, box["y"] + 38 + 35 + 17
    )  # the second row's box; the first is chosen
    page.until("g.memory.chosen.size === 2")
    assert page.graph(f"g.memory.chosen.has('{first}')")


def test_every_layout_can_be_chosen_and_pinned_nodes_stay(page: GraphPage) -> None:
    page.click("合生物业")
    page.heading("合生物业")
    page.button("node-pin").click()
    page.until("g.pinned.length === 1")
    key = page.ids()["合生物业"]
    place = page.graph(f"g.memory.places.get('{key}')")
    for layout in ("按居民区分组", "层级", "环形", "联合党支部"):
        before = page.graph("g.stage.dataset.version")
        page.page.locator("[class*=st-key-graph-layout]").first.click()
        page.page.get_by_role("option", name=layout).click()
        page.until(f"g.stage.dataset.version !== '{before}'")
        assert page.graph(f"g.memory.places.get('{key}')") == pytest.approx(place, abs=1)


def test_a_dragged_place_can_be_undone(page: GraphPage) -> None:
    key = page.ids()["合生物业"]
    x, y = page.places()[key]
    page.drag(key, 60, 40)
    page.page.locator(".st-key-graph-undo button:not([disabled])").first.wait_for()
    assert page.places()[key] == pytest.approx([x + 60, y + 40], abs=4)
    page.press("graph-undo", lambda: page.until(f"Math.abs(g.positionsOnScreen()['{key}'][0] - {x}) < 3"))


def test_the_keyboard_walks_hides_and_undoes(page: GraphPage) -> None:
    page.page.focus(STAGE)
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("ArrowRight")
    count = len(page.places())
    page.page.keyboard.press("h")
    page.until(f"g.scene.nodes.length === {count - 1}")
    page.page.focus(STAGE)
    page.page.keyboard.press("Control+z")
    page.until(f"g.scene.nodes.length === {count}")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_not_wider_than_the_screen(browser: Any, site: Site, width: int) -> None:
    with window(browser, width, 844) as context:
        shown = GraphPage(context.new_page(), f"{site.address}/graph")
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_clear_name_reaches_a_viewer_without_the_right_to_names(page: GraphPage, site: Site) -> None:
    page.page.goto(f"{site.address}/graph?focus={page.ids()['兰桥街道']}&depth=3")
    page.until("g.scene.nodes.filter(n => n.type === 'Member').length > 40")
    page.click("新桃源物业")
    page.heading("新桃源物业")
    page.page.get_by_role("tab", name=re.compile("表格")).click()
    page.button("graph-connect").click()
    page.page.get_by_text("只经过这些关系").wait_for()
    seen = b"\n".join(page.received).decode("utf-8", "replace") + page.page.content()
    seen += page.graph("JSON.stringify(g.scene)") + page.page.url
    assert "党员" in seen
    assert [name for name in sorted(site.names) if name in seen] == []


def test_the_language_can_be_changed_in_the_middle_of_a_walk(page: GraphPage) -> None:
    page.page.locator('[data-testid="stExpandSidebarButton"]').click()
    page.page.get_by_text("English").click()
    page.page.get_by_text("Whole sub-district").wait_for()
    page.click("合生物业")
    page.heading("合生物业")
    page.page.get_by_text("Facts").wait_for()
    assert page.page.locator('[data-testid="stException"]').count() == 0


def test_nothing_is_asked_of_another_machine(page: GraphPage) -> None:
    assert page.page.context.asked != []
    assert elsewhere(page.page.context.asked) == []


def test_the_query_behind_the_picture_is_shown(page: GraphPage) -> None:
    page.page.get_by_text("本图的查询语句").click()
    page.page.get_by_text("RETURN n.key AS key").first.wait_for()


def test_a_picture_that_was_shown_before_is_sent_again_and_not_referred_to(page: GraphPage) -> None:
    """The browser may have forgotten what a reference is to, after two quick clicks: "connection error"."""
    before = len(page.places())
    page.click("新桃源物业")
    page.press("node-unfold", lambda: page.until(f"g.scene.nodes.length > {before}"))
    page.button("graph-undo").click()
    page.until(f"g.scene.nodes.length === {before}")
    kinds = {ForwardMsg.FromString(frame).WhichOneof("type") for frame in page.received}
    assert "delta" in kinds
    assert "ref_hash" not in kinds
