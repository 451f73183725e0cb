"""The panel and the pages in a real Chromium: history over rounds, cells, names of buttons, what is printed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from explorer.settings import Settings
from graph_model.connect import StoreChoice, open_store
from graph_model.engine.lifecycle import stop
from graph_model.findings.refresh import refresh_findings
from graph_model.keys import KeyMaker
from graph_model.secret import site_secret
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.browser import SAMPLE, STAGE, GraphPage, clear_names, eventually, explorer, window

pytestmark = pytest.mark.browser

STOPPED = re.compile("如反复出现|如仍无法打开|请联系系统管理员处理")
UNIT = "鹤塘商业物业"  # it had 40 employees in the sample's first round, and 44 in the second


@dataclass(frozen=True)
class Site:
    """The running pages, their data folder, whom they may not name, and the key of the unit."""

    address: str
    home: Path
    names: frozenset[str]
    unit: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home: Path = tmp_path_factory.mktemp("home")
    secret = site_secret(home)
    with open_store(StoreChoice(home)) as store:
        for name in ("2006-04", "2006-10"):
            prepared = prepare(store, LoadRequest([SAMPLE / name], keys=KeyMaker(secret), data=home))
            apply(store, prepared)
        refresh_findings(store, Settings(home).catalogue(), Settings(home).profile())
        names = clear_names(store)
        unit = next(k for k, n in store.held().nodes.items() if n.properties.get("name") == UNIT)
        with explorer(home) as address:
            yield Site(address, home, names, unit)


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


def printed(page: Any, path: Path) -> str:
    """What stands on the paper, by an independent reader."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine")
    page.pdf(path=str(path), format="A4")
    told = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(told, capture_output=True, text=True, check=True).stdout


def test_the_panel_tells_what_each_round_said_and_the_cells(page: GraphPage) -> None:
    page.click(UNIT)
    page.heading(UNIT)
    page.page.get_by_text("历次调摸").wait_for()
    page.page.get_by_text("列入，有变化；从业人数：40 → 44").wait_for()
    page.page.get_by_text("首次列入").wait_for()
    page.page.get_by_text("从业人数：44 F4").wait_for()
    page.page.get_by_text("“单位”工作表 A4:L4 单元格").wait_for()


def test_the_history_of_a_masked_page_holds_no_clear_name(page: GraphPage, site: Site) -> None:
    for key in [k for k in page.places() if k.startswith("b_")][:8]:
        page.page.goto(f"{site.address}/entity?key={key}")
        page.page.get_by_text("时间线").wait_for()
        page.page.get_by_text("调摸批次：").first.wait_for()
    shown = b"".join(page.received).decode("utf-8", "ignore")
    assert "调摸批次" in shown
    assert [name for name in site.names if name in shown] == []


def test_every_button_of_the_page_has_a_name(page: GraphPage) -> None:
    page.page.get_by_role("button", name="找路径").click()
    for name in ("撤销", "重做", "返回上一处", "前进到下一处", "重新排列全部对象"):
        page.page.get_by_role("button", name=name).wait_for()
    page.page.get_by_role("button", name="交换起点和终点").wait_for()
    nameless = page.page.get_by_role("button").evaluate_all(
        "all => all.filter(b => /^[a-z_]+( icon)?$/.test((b.getAttribute('aria-label') || b.textContent).trim()))"
        ".map(b => b.outerHTML)"
    )
    assert nameless == []


def test_the_canvas_and_its_buttons_answer_to_the_keyboard(page: GraphPage) -> None:
    page.page.locator(STAGE).focus()
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("Enter")
    page.page.locator(".st-key-node-hide").wait_for()
    page.page.locator("[data-tool=labels]").focus()
    page.page.keyboard.press("Enter")
    page.page.get_by_role("button", name="显示名称").wait_for()
    page.page.locator(".entry").first.focus()
    page.page.keyboard.press(" ")
    eventually(lambda: page.graph("g.memory.hidden.size") == 1)


def test_the_graph_page_prints_the_picture_and_nothing_to_press(
    page: GraphPage, site: Site, tmp_path: Path
) -> None:
    page.click(UNIT)
    page.page.get_by_text("历次调摸").wait_for()
    size = page.graph("[g.surface.clientWidth, g.surface.clientHeight]")
    text = printed(page.page, tmp_path / "graph.pdf")
    assert "关系图谱" in text
    assert "从业人数：40 → 44" in text
    assert not {"返回全街道", "找路径", "数据导入", "隐藏名称", "语言"} & set(text.split())
    page.page.emulate_media(media="print")
    box = page.page.eval_on_selector(
        STAGE,
        "e => { const b = e.querySelector('canvas').getBoundingClientRect(); return [b.width, b.height]; }",
    )
    assert box[0] / box[1] == pytest.approx(size[0] / size[1], rel=0.02)


def test_the_page_of_one_thing_prints_whole(context: Any, site: Site, tmp_path: Path) -> None:
    with context.new_page() as page:
        page.goto(f"{site.address}/entity?key={site.unit}")
        page.wait_for_selector(f"{STAGE}[data-painted]")
        page.get_by_text("调摸批次：首次列入").wait_for()
        text = printed(page, tmp_path / "entity.pdf")
        for wanted in (UNIT, "从业人数", "44", "F4", "时间线", "40 → 44", "关系图", "鹤塘商业广场"):
            assert wanted in text
        assert not {"打印", "保存图片", "数据导入", "全图"} & set(text.split())


def test_a_store_that_stops_answering_is_told_and_comes_back_by_itself(page: GraphPage, site: Site) -> None:
    assert stop(site.home)
    page.click("合生物业")
    page.page.get_by_text(STOPPED).first.wait_for()
    assert "Traceback" not in page.page.inner_text("body")
    page.page.get_by_text(STOPPED).first.wait_for(state="hidden")
    page.page.locator(".st-key-graph-canvas").wait_for()
    page.until("g.scene.nodes.length > 50")
    page.click("合生物业")
    page.heading("合生物业")


def test_in_a_dark_system_page_and_canvas_are_dark_together(browser: Any, site: Site) -> None:
    with window(browser, color_scheme="dark") as context:
        page = GraphPage(context.new_page(), f"{site.address}/entity?key={site.unit}")
        grounds = page.page.evaluate(
            "() => [getComputedStyle(document.querySelector('.stApp')).backgroundColor, document.querySelector('h1')]"
            ".map(e => typeof e === 'string' ? e : getComputedStyle(e).color)"
        )
        ground, ink = (sum(int(n) for n in re.findall(r"\d+", c)[:3]) for c in grounds)
        assert ground < 120 < 600 < ink
        assert page.graph("g.dark")
