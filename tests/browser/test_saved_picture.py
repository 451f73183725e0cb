"""What page and command line save, in a real Chromium: as on the screen in places, filters, legend, ground, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from PIL import Image

from explorer.scene.palette import DARK, LIGHT
from tests.support.browser import GraphPage, clear_names, explorer, loaded, window
from tests.support.command_line import Line

pytestmark = pytest.mark.browser
NAME = re.compile(r"(兰桥街道|合生物业)·关系图谱_2006-10_\d{4}-\d\d-\d\d\.(svg|png|graphml)")


@dataclass(frozen=True)
class Site:
    """The running pages, and the names that must not be seen."""

    address: str
    names: frozenset[str]
    home: Path

    def export(self, folder: Path, *arguments: str) -> str:
        """What `branchmap export` writes with these arguments."""
        out = folder / "a.svg"
        done = Line(self.home)("export", "--out", str(out), *arguments)
        assert done.returncode == 0, done.stderr
        return out.read_text("utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home: Path = tmp_path_factory.mktemp("home")
    with loaded(home, "2006-10") as store, explorer(home) as address:
        yield Site(address, clear_names(store), home)


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


def taken(page: GraphPage, ending: str) -> bytes:
    """A file from the list of formats, which is opened and closed again."""
    page.settled()
    page.button("graph-save-popover").click()
    with page.page.expect_download() as download:
        page.button(f"graph-save-{ending}").click()
    page.page.keyboard.press("Escape")
    assert NAME.fullmatch(download.value.suggested_filename)
    return Path(download.value.path()).read_bytes()


def framed(page: GraphPage) -> bytes:
    """What the canvas's own button saves."""
    page.settled()
    with page.page.expect_download() as download:
        page.page.locator('[data-tool="save"]').click()
    assert NAME.fullmatch(download.value.suggested_filename)
    return Path(download.value.path()).read_bytes()


def texts(data: bytes) -> list[str]:
    found = ElementTree.fromstring(data).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(t.itertext()) for t in found]


def legend(page: GraphPage) -> list[str]:
    """The legend of the page as it is read there, without what is switched off."""
    page.settled()
    said: list[str] = page.page.eval_on_selector_all(
        ".strip > .legend > .entry:not([aria-pressed='false'])",
        "all => all.map(e => `${e.querySelector('.words').textContent} ${e.querySelector('.count').textContent}`)",
    )
    return said


def corner(data: bytes) -> str:
    with Image.open(BytesIO(data)) as image:
        r, g, b = image.convert("RGB").getpixel((3, 3))
    return f"#{r:02x}{g:02x}{b:02x}"


def switched(page: GraphPage, tool: str) -> None:
    page.page.locator(f'[data-tool="{tool}"]').click()


def test_the_legend_of_a_file_is_that_of_the_page_under_filters(page: GraphPage) -> None:
    whole = legend(page)
    assert [t for t in whole if t.startswith("问题")] == ["问题：高 24", "问题：中 14", "问题：低 2"]
    page.page.locator('[data-key="Branch"]').click()
    page.page.wait_for_url(re.compile("off=Branch"))
    shown = legend(page)
    assert shown != whole
    assert not [t for t in shown if t.startswith("党支部")]
    assert len(page.places()) == sum(int(t.split()[-1]) for t in shown if not t.startswith("问题"))
    assert [t for t in texts(taken(page, "svg")) if t in shown] == shown
    page.page.locator('[data-key="Branch"]').click()
    page.page.wait_for_url(lambda url: "off=" not in url)
    assert legend(page) == whole


def test_a_file_follows_ground_and_names_of_the_canvas(page: GraphPage, site: Site) -> None:
    light = taken(page, "svg")
    assert LIGHT.ground in light.decode()
    assert "合生物业" in texts(light)
    switched(page, "dark")
    switched(page, "labels")
    dark = taken(page, "svg")
    assert (DARK.ground in dark.decode(), LIGHT.ground in dark.decode()) == (True, False)
    said = texts(dark)
    assert "兰桥街道 · 关系图谱" in said
    assert "单位 39" in said
    assert not set(page.graph("g.scene.nodes.map(n => n.caption)")) & set(said)
    assert not {name for name in site.names if name in "\n".join(texts(light) + said)}
    assert corner(taken(page, "png")) == DARK.ground
    switched(page, "dark")
    assert corner(taken(page, "png")) == LIGHT.ground


def test_a_file_has_the_places_of_the_screen(page: GraphPage) -> None:
    moved = page.ids()["合生物业"]
    page.drag(moved, 60, -40)
    page.until("g.memory.moved.size === 1")
    graph = nx.read_graphml(BytesIO(taken(page, "graphml")))
    now = page.graph(
        "Object.fromEntries(g.memory.places)"
    )  # vis-network keeps whole units of what was dragged
    assert set(graph) == set(now)
    for key, (x, y) in now.items():
        assert (graph.nodes[key]["x"], graph.nodes[key]["y"]) == pytest.approx((x, y), abs=1), key


def test_the_button_of_the_canvas_says_what_it_saves_and_follows_the_canvas(page: GraphPage) -> None:
    assert page.page.locator('[data-tool="save"]').get_attribute("aria-label") == "保存当前画面"
    assert corner(framed(page)) == LIGHT.ground
    switched(page, "dark")
    assert corner(framed(page)) == DARK.ground


def test_legend_and_ties_of_a_dark_canvas_have_its_colours(page: GraphPage) -> None:
    mark = '[data-key="Unit"] svg *'
    before = page.page.get_attribute(mark, "fill")
    switched(page, "dark")
    page.settled()
    assert before == LIGHT.node("#1f5fa8")
    assert page.page.get_attribute(mark, "fill") == DARK.node("#1f5fa8")
    assert page.page.get_attribute('[data-key="high"] svg *', "stroke") == DARK.ring("high")
    assert page.page.get_attribute('[data-key="low"] svg *', "stroke-dasharray") == "5 3"
    drawn = page.graph("Object.values(g.network.body.edges).map(e => e.options.color.color)")
    assert set(drawn) <= set(page.graph("Object.values(g.palette.dark.ties)"))
    assert page.page.evaluate("document.activeElement.shadowRoot?.activeElement?.dataset.tool") == "dark"
    page.page.locator('[data-key="Branch"]').click()
    page.settled()
    off = page.page.eval_on_selector(
        '[data-key="Branch"] .words',
        "e => [getComputedStyle(e).color, getComputedStyle(e).opacity, getComputedStyle(e.parentElement).opacity]",
    )
    faint = ", ".join(str(int(DARK.faint[i : i + 2], 16)) for i in (1, 3, 5))
    assert off == [f"rgb({faint})", "1", "1"]  # what is switched off is read too


def test_ties_are_as_wide_on_the_screen_at_every_zoom(page: GraphPage) -> None:
    for way in ("zoomOut", "zoomOut", "zoomIn", "zoomIn", "zoomIn"):
        page.settled()
        width = page.graph(
            "Math.min(...Object.values(g.network.body.edges).map(e => e.options.width)) * g.scale"
        )
        dash = page.graph(
            "Object.values(g.network.body.edges).find(e => e.options.dashes).options.dashes[0] * g.scale"
        )
        assert width >= 1.2
        assert 5 <= dash <= 9
        page.page.locator(f'[data-tool="{way}"]').click()


def test_without_names_the_canvas_names_only_what_is_pointed_at(page: GraphPage) -> None:
    # what is drawn as text on the canvas is listened to
    page.graph(
        "(window.said = [], (() => { const draw = CanvasRenderingContext2D.prototype.fillText;"
        "CanvasRenderingContext2D.prototype.fillText = function (t, ...at) { window.said.push(t);"
        "return draw.call(this, t, ...at); }; })())"
    )
    switched(page, "labels")
    page.settled()
    page.page.evaluate("window.said.length = 0")
    page.graph("g.network.redraw()")
    page.settled()
    assert page.page.evaluate("window.said") == []
    page.click("合生物业")
    page.heading("合生物业")
    assert "合生物业" in page.page.evaluate("window.said")


def test_the_page_of_one_thing_saves_what_its_canvas_shows(page: GraphPage, site: Site) -> None:
    key = page.ids()["合生物业"]
    page.page.goto(f"{site.address}/entity?key={key}")
    page.until(f"g.scene.nodes.length < 20 && g.byId.has('{key}')")
    switched(page, "dark")
    page.page.locator('[data-key="Member"]').click()
    page.drag(key, 30, 20)
    page.until("g.memory.moved.size === 1")
    page.settled()
    page.button("entity-save-popover").click()
    with page.page.expect_download() as download:
        page.button("entity-save-svg").click()
    svg = Path(download.value.path()).read_bytes()
    with page.page.expect_download() as download:
        page.button("entity-save-graphml").click()
    graph = nx.read_graphml(BytesIO(Path(download.value.path()).read_bytes()))
    assert DARK.ground in svg.decode()
    assert [t for t in texts(svg) if t in legend(page)] == legend(page)
    spot = page.graph(f"g.memory.places.get('{key}')")
    assert (graph.nodes[key]["x"], graph.nodes[key]["y"]) == pytest.approx(spot, abs=1)
    assert not [k for k in graph if k.startswith("m_")]


# ---- the command line gives the same file


def test_the_command_line_draws_what_the_page_draws(page: GraphPage, site: Site, tmp_path: Path) -> None:
    key = page.ids()["合生物业"]
    page.page.goto(f"{site.address}/graph?focus={key}&depth=2")
    page.until("g.scene.nodes.length < 40 && g.scene.title.startsWith('合生物业')")
    assert site.export(tmp_path, "--focus", "合生物业", "--depth", "2") == taken(page, "svg").decode()
    page.page.locator('[data-key="Member"]').click()
    page.page.wait_for_url(re.compile("off=Member"))
    switched(page, "dark")
    switched(page, "labels")
    look = ("--dark", "--no-names", "--off", "党员,问题：低")
    assert site.export(tmp_path, "--focus", key, "--depth", "2", *look) == taken(page, "svg").decode()


def test_the_command_line_draws_a_saved_view(page: GraphPage, site: Site, tmp_path: Path) -> None:
    count = len(page.places())
    page.page.mouse.dblclick(*page.places()[page.ids()["新桃源物业"]])
    page.until(f"g.scene.nodes.length > {count}")
    page.drag(page.ids()["合生物业"], 60, 40)
    page.page.locator('[data-key="Branch"]').click()
    page.page.wait_for_url(re.compile("off=Branch"))
    page.page.get_by_role("button", name="已存视图").click()
    page.page.get_by_label("把当前画面存为").fill("月会")
    page.button("kept-save-do").click()
    page.page.get_by_text("已保存“月会”").wait_for()
    page.button("kept-open").click()
    page.button("kept-open").wait_for(state="hidden")
    whole = taken(page, "svg").decode()
    assert site.export(tmp_path, "--view", "月会") == whole
    fewer = site.export(tmp_path, "--view", "月会", "--off", "own:private")
    assert len(texts(fewer.encode())) < len(texts(whole.encode()))


def test_what_does_not_go_together_is_said(site: Site) -> None:
    for arguments, said in (
        ([], "--view"),
        (["--focus", "a", "--view", "b"], "二者选一"),
        (["--view", "没有这个"], "没有名为“没有这个”的视图"),
        (["--view", "b", "--depth", "2"], "--depth 不能和 --view 一起用"),
        (["--focus", "合生物业", "--off", "没有这个"], "问题：中（medium）"),
    ):
        done = Line(site.home)("export", "--out", "a.svg", *arguments)
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    done = Line(site.home)("export", "--out", "a.xlsx", "--focus", "合生物业", "--dark")
    assert (done.returncode, ".svg" in done.stderr) == (2, True)
    assert not Path("a.svg").exists()
