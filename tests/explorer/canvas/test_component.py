"""The canvas: what goes to the browser, what comes back, and both in a real Chromium."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.canvas.payload import encode_scene
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode
from tests.support.browser import STAGE, elsewhere, small_app, window
from tests.support.servers import ROOT

NASTY = "<script>window.pwned=1</script>\"'&😀\u202e" + "长" * 300
TWO = Scene(
    nodes=(
        SceneNode("a", "Member", "王𠮷", "#d1495b", "dot", 10, 0, 0),
        SceneNode("b", "Branch", "一支部", "#b3261e", "hexagon", 16, 100, 0),
    ),
    edges=(SceneEdge("e", "a", "b", "AFFILIATED_WITH", "隶属", "#9aa7af"),),
    legend=(LegendEntry("Member", "党员", "#d1495b", "dot", 1),),
    title="图",
    footer="",
)
EMPTY = Scene((), (), (), "", "")

APP = """
import streamlit as st
from explorer.canvas import Selection, graph_canvas
from tests_scene import grid

st.set_page_config(layout="wide")
st.session_state.setdefault("runs", 0)

@st.fragment
def part():
    st.session_state.runs += 1
    event = graph_canvas(grid(40 + st.session_state.get("more", 0)), key="graph", height=520,
                 selection=Selection(st.session_state.get("want")))
    st.text(f"clicked={event.clicked} double={event.double_clicked} selected={event.selected} "
            f"moved={sorted(event.positions)} runs={st.session_state.runs}")
    if st.button("more"):
        st.session_state.more = 5
        st.rerun(scope="fragment")
    if st.button("want"):
        st.session_state.want = "n9"
        st.rerun(scope="fragment")

part()
"""
SCENE = f"""
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode

def grid(count):
    nodes = tuple(
        SceneNode(f"n{{i}}", "Unit" if i % 4 == 0 else "Member", {NASTY!r} if i == 5 else f"节点{{i}}", "#2b6cb0",
                  "square" if i % 4 == 0 else "dot", 12, (i % 8) * 120.0, (i // 8) * 120.0,
                  detail="<img src=x onerror='window.pwned=2'>")
        for i in range(count)
    )
    edges = tuple(SceneEdge(f"e{{i}}", f"n{{i}}", f"n{{i - 1}}", "T", "相连", "#9aa7af") for i in range(1, count))
    legend = (LegendEntry("Unit", "单位", "#2b6cb0", "square", 10), LegendEntry("Member", "党员", "#2b6cb0", "dot", 30))
    return Scene(nodes, edges, legend, "标题", "页脚")
"""


def test_equal_scenes_have_equal_versions() -> None:
    assert encode_scene(TWO)[0] == encode_scene(TWO)[0]
    assert encode_scene(TWO)[0] != encode_scene(EMPTY)[0]


def test_the_payload_is_plain_json() -> None:
    assert json.loads(encode_scene(TWO)[1])["nodes"][0]["caption"] == "王𠮷"


def test_half_a_character_does_not_stop_the_picture() -> None:
    broken = Scene((SceneNode("a", "Member", "王\ud842", "#d1495b", "dot", 10, 0, 0),), (), (), "", "")
    assert json.loads(encode_scene(broken)[1])["nodes"][0]["caption"] == "王?"


def test_a_node_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode_scene(
            Scene((SceneNode("a", "Member", "王", "#d1495b", "dot", 10, float("nan"), 0),), (), (), "", "")
        )


def test_it_mounts_without_a_browser() -> None:
    def page() -> None:
        import streamlit as st

        from explorer.canvas import graph_canvas
        from explorer.scene.scene import Scene

        event = graph_canvas(Scene((), (), (), "", ""), key="graph")
        st.text(str(event.clicked))

    shown = AppTest.from_function(page).run(timeout=30)
    assert not shown.exception
    assert shown.text[0].value == "None"


# --- in Chromium ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("app")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    (folder / "tests_scene.py").write_text(SCENE, encoding="utf-8")
    shutil.copytree(ROOT / "explorer" / "static", folder / "static")
    with small_app(folder / "app.py", {"PYTHONPATH": str(ROOT)}) as running:
        yield running


class Page:
    """A page with the canvas on it, and what a test asks of it."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.received = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._count))
        page.goto(address)
        page.wait_for_selector(f"{STAGE}[data-version]")
        self.says("runs=1")

    def _count(self, frame: str | bytes) -> None:
        self.received += len(frame)

    def places(self) -> dict[str, list[float]]:
        return self.page.eval_on_selector(STAGE, "e => e.graph.positionsOnScreen()")

    def says(self, text: str) -> str:
        found = self.page.get_by_text(text)
        found.wait_for()
        return str(found.inner_text())


@pytest.fixture(scope="module")
def context(browser: Any) -> Iterator[Any]:
    """One context for all pages of this file: what Streamlit sends every page is fetched and compiled once."""
    with window(browser, 1200, 900) as opened:
        yield opened


@pytest.fixture
def graph(context: Any, address: str) -> Iterator[Page]:
    shown = Page(context.new_page(), address)
    yield shown
    shown.page.close()


def _until(graph: Page, about_e: str) -> None:
    graph.page.wait_for_function(f"() => [...document.querySelectorAll('*')].some(e => {about_e})")


@pytest.mark.browser
def test_a_click_reaches_python_and_the_graph_is_not_sent_again(graph: Page) -> None:
    before = graph.received
    graph.page.mouse.click(*graph.places()["n10"])
    graph.says("clicked=n10 double=None selected=n10")
    assert graph.received - before < 6_000


@pytest.mark.browser
def test_a_click_is_told_at_once_and_a_double_click_after_it(graph: Page) -> None:
    graph.page.mouse.dblclick(*graph.places()["n10"])
    graph.says("clicked=None double=n10 selected=n10")


@pytest.mark.browser
def test_a_slow_hand_clicks_and_double_clicks_too(graph: Page) -> None:
    graph.page.mouse.click(*graph.places()["n10"], delay=400)
    graph.says("clicked=n10 double=None selected=n10")
    graph.page.mouse.move(*graph.places()["n12"])
    for nth in (1, 2):  # half a second apart: what the system calls a double click
        graph.page.mouse.down(click_count=nth)
        graph.page.mouse.up(click_count=nth)
        graph.page.wait_for_timeout(500)
    graph.says("clicked=None double=n12 selected=n12")


@pytest.mark.browser
def test_what_was_dragged_is_not_clicked(graph: Page) -> None:
    x, y = graph.places()["n12"]
    graph.page.mouse.move(x, y)
    graph.page.mouse.down()
    graph.page.mouse.move(x + 30, y, steps=3)
    graph.page.mouse.move(x + 1, y, steps=3)
    graph.page.mouse.up()
    graph.says("clicked=None double=None selected=n12 moved=['n12'] runs=2")


@pytest.mark.browser
def test_the_keyboard_does_what_the_mouse_does(graph: Page) -> None:
    graph.page.focus(STAGE)
    graph.page.keyboard.press("ArrowRight")  # nothing is selected yet: the most important node
    graph.page.keyboard.press("ArrowRight")
    assert graph.page.locator(".said").text_content() == "已选中 党员：节点2，相连 2 个"
    graph.page.keyboard.press("Enter")
    graph.says("clicked=n2 double=None")
    graph.page.keyboard.press("Shift+Enter")
    graph.says("clicked=None double=n2")


@pytest.mark.browser
def test_a_legend_entry_hides_and_shows_its_type(graph: Page) -> None:
    entry = graph.page.locator('[data-key="Unit"]')
    entry.click()
    assert len(graph.places()) == 30
    assert entry.get_attribute("aria-pressed") == "false"
    entry.click()
    assert len(graph.places()) == 40


@pytest.mark.browser
def test_zoom_and_dragged_places_outlive_a_rerun_and_an_expansion(graph: Page) -> None:
    graph.page.locator('[data-tool="zoomIn"]').click()
    x, y = graph.places()["n12"]
    graph.page.mouse.move(x, y)
    graph.page.mouse.down()
    graph.page.mouse.move(x + 40, y + 30, steps=5)
    graph.page.mouse.up()
    graph.says("moved=['n12']")
    before = graph.places()
    graph.page.get_by_role("button", name="more").click()
    _until(graph, "e.shadowRoot?.querySelector('.stage')?.graph.scene.nodes.length === 45")
    after = graph.places()
    assert len(after) == 45
    assert all(after[key] == pytest.approx(place, abs=1.5) for key, place in before.items())


@pytest.mark.browser
def test_python_can_replace_the_selection(graph: Page) -> None:
    graph.page.get_by_role("button", name="want").click()
    graph.says("selected=n9")
    _until(graph, "e.shadowRoot?.querySelector('.said')?.textContent.includes('节点9')")


@pytest.mark.browser
def test_a_hostile_name_is_only_text(graph: Page) -> None:
    graph.page.mouse.move(*graph.places()["n5"])
    graph.page.locator(".tip strong").wait_for()
    assert graph.page.locator(".tip strong").text_content() == NASTY
    assert graph.page.locator(".tip img").count() == 0
    assert graph.page.evaluate("window.pwned") is None


@pytest.mark.browser
def test_nothing_is_asked_of_another_machine(graph: Page) -> None:
    assert graph.page.context.asked != []
    assert elsewhere(graph.page.context.asked) == []


@pytest.mark.browser
def test_the_view_is_saved_as_a_picture(graph: Page) -> None:
    with graph.page.expect_download() as download:
        graph.page.locator('[data-tool="save"]').click()
    assert download.value.suggested_filename == "标题.png"
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.browser
def test_page_and_canvas_use_the_shipped_font(graph: Page) -> None:
    loaded = (
        "() => [...document.fonts].some(f => f.family.includes('Branchmap Sans') && f.status === 'loaded')"
    )
    graph.page.wait_for_function(loaded)
    assert graph.page.eval_on_selector(STAGE, "e => e.graph.family()").startswith('"Branchmap Sans"')
