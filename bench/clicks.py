"""How soon the pages answer: a click, and an expansion by 200, beside bare Streamlit doing the same.

    .venv/bin/python bench/clicks.py [--clicks N]

Each is timed inside the browser, from the release of the mouse until what was asked for is painted. The
peers run in the same browser and by turns: for the click, a Streamlit page with nothing on it but a button and
a heading that changes; for the expansion, a Streamlit page that draws the grown graph with pyvis, at the same
places.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.canvas import FLAGS
from explorer.fonts import streamlit_arguments
from explorer.server.serve import free_port, pages
from explorer.settings import Settings
from graph_model.connect import StoreChoice, open_store
from graph_model.graph import Edge, Graph, Node, Place
from graph_model.keys import KeyMaker
from graph_model.plan import make_plan
from graph_model.secret import site_secret
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest

ROOT = Path(__file__).parents[1]
STAGE = '[data-testid="branchmap-canvas"]'
_SPOTS = "e => e.graph.scene.nodes.map(n => [n.id, n.type, e.graph.positionsOnScreen()[n.id], n.caption])"
_CLOCK = """() => {
  addEventListener("pointerup", (e) => { window.began = e.timeStamp; }, true);
  window.heading = (text) => new Promise((done) => {
    const there = () => [...document.querySelectorAll("h3")].some((h) => h.textContent.includes(text));
    const look = () => there() ? requestAnimationFrame((t) => done(t - window.began)) : requestAnimationFrame(look);
    look();
  });
  const findIn = (root) => {
    for (const e of root.querySelectorAll("*")) {
      if (e.graph) return e.graph;
      const found = e.shadowRoot && findIn(e.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  window.grown = (count) => new Promise((done) => {
    const look = () => {
      const graph = findIn(document);
      if (!graph || graph.scene.nodes.length < count) { requestAnimationFrame(look); return; }
      graph.network.once("afterDrawing", () => requestAnimationFrame((t) => done(t - window.began)));
      graph.network.redraw();
    };
    look();
  });
}"""
_BARE = """
import json
from pathlib import Path
import streamlit as st
from pyvis.network import Network

st.session_state.setdefault("turn", 0)


def more():
    st.session_state.turn += 1


st.button("next", on_click=more)
st.markdown(f"### answer {st.session_state.turn}")
if st.toggle("graph"):
    scene = json.loads(Path(__file__).with_name("scene.json").read_text("utf-8"))
    net = Network(height="600px", cdn_resources="in_line", directed=True)
    for key, name, x, y in scene["nodes"]:
        net.add_node(key, label=name, x=x, y=y, physics=False)
    for source, target in scene["edges"]:
        net.add_edge(source, target)
    net.toggle_physics(False)
    said = "network.once('afterDrawing', () => requestAnimationFrame(() => parent.postMessage('drawn', '*')));"
    page = net.generate_html(notebook=False)
    st.iframe(page.replace("return network;", said + " return network;", 1), height=620)
"""


def fill(home: Path) -> str:
    """The sample, with one branch given 200 members; returns that branch's key."""
    with open_store(StoreChoice(home)) as store:
        secret = site_secret(home)
        prepared = prepare(
            store, LoadRequest([ROOT / "data" / "sample" / "2006-10"], keys=KeyMaker(secret), data=home)
        )
        apply(store, prepared)
        held = store.held()
        # one that leads an area is in the first picture, whatever the keys are
        branch = min(source for type_, source, _ in held.edges if type_ == "LEADS")
        place = Place("2006-10", "bench.xlsx", "党员", 2)
        people = [Node("Member", f"m_bench{i}", {"name": f"王{i}"}, place) for i in range(200)]
        ties = [Edge("AFFILIATED_WITH", p.key, branch, {}, place) for p in people]
        more = Graph.of([*held.nodes.values(), *people], [*held.edges.values(), *ties])
        state, round_ = store.state(), store.rounds()[0]
        store.apply(make_plan(more, held), round=round_, expected=state, site=state.site or "")
    return branch


@contextmanager
def bare(folder: Path) -> Iterator[str]:
    """The peer: a Streamlit script of a dozen lines."""
    script = folder / "bare.py"
    script.write_text(_BARE, "utf-8")
    port = free_port(8700)
    line = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    line += ["--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false"]
    line += ["--server.fileWatcherType=none", *streamlit_arguments()]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            time.sleep(4)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def opened(browser: Browser, url: str) -> Page:
    """A page with the clock in it; nothing is asked of any other machine."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(120_000)
    page.route("**/*", lambda r: r.continue_() if "127.0.0.1" in r.request.url else r.abort())
    page.goto(url)
    page.evaluate(_CLOCK)
    return page


def compare_clicks(ours: Page, peer: Page, count: int) -> None:
    """A click on a unit until its panel shows, and on the peer's button until its heading does, by turns."""
    ours.wait_for_selector(f"{STAGE}[data-version]")
    ours.wait_for_timeout(2000)
    spots = [s for s in ours.eval_on_selector(STAGE, _SPOTS) if s[1] == "Unit"]
    peer.get_by_role("button", name="next").wait_for()
    mine, theirs = [], []
    for turn in range(count):
        _, _, (x, y), caption = spots[turn % len(spots)]
        ours.bring_to_front()
        ours.mouse.click(x, y)
        mine.append(float(ours.evaluate("text => heading(text)", caption)))
        ours.wait_for_timeout(300)
        peer.bring_to_front()
        peer.get_by_role("button", name="next").click()
        theirs.append(float(peer.evaluate("text => heading(text)", f"answer {turn + 1}")))
        peer.wait_for_timeout(300)
    ours_ms, peer_ms = statistics.median(mine), statistics.median(theirs)
    print(
        f"a click until its panel is painted, {count} times: median {ours_ms:.0f} ms (worst {max(mine):.0f}); "
        f"bare Streamlit, a button and a heading: {peer_ms:.0f} ms | ours/bare {ours_ms / peer_ms:.2f}",
        flush=True,
    )


def compare_expansions(
    browser: Browser, base: str, peer: str, branch: str, folder: Path, count: int
) -> None:
    """An expansion by 200 after its question was answered; the peer draws what we then show."""
    mine, theirs = [], []
    for _ in range(count):
        ours = opened(browser, f"{base}/graph")
        ours.wait_for_selector(f"{STAGE}[data-version]")
        ours.wait_for_timeout(2000)
        spots = ours.eval_on_selector(STAGE, _SPOTS)
        x, y = next(s[2] for s in spots if s[0] == branch)
        ours.mouse.dblclick(x, y)
        button = ours.locator(".st-key-expand-yes button")
        button.wait_for()
        ours.wait_for_timeout(700)
        button.click()
        mine.append(float(ours.evaluate("count => grown(count)", len(spots) + 200)))
        scene = ours.eval_on_selector(
            STAGE,
            "e => JSON.stringify({nodes: e.graph.scene.nodes.map(n => [n.id, n.caption, n.x, n.y]), "
            "edges: e.graph.scene.edges.map(e => [e.source, e.target])})",
        )
        ours.close()
        (folder / "scene.json").write_text(scene, "utf-8")
        page = opened(browser, peer)
        page.evaluate(
            "() => { window.drawn = new Promise((done) => addEventListener('message', (e) => { "
            "if (e.data === 'drawn') done(performance.now() - window.began); })); }"
        )
        page.get_by_text("graph", exact=True).click()
        theirs.append(float(page.evaluate("() => window.drawn")))
        page.close()
    ours_ms, peer_ms = statistics.median(mine), statistics.median(theirs)
    print(
        f"an expansion by 200 until it is painted, {count} times: median {ours_ms:.0f} ms (worst {max(mine):.0f}); "
        f"bare Streamlit with pyvis: {peer_ms:.0f} ms | ours/pyvis {ours_ms / peer_ms:.2f}",
        flush=True,
    )


def main() -> None:
    """Run both comparisons."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--clicks", type=int, default=30)
    ask.add_argument("--expansions", type=int, default=5)
    wish = ask.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, sync_playwright() as driver:
        folder = Path(name)
        home = folder / "home"
        branch = fill(home)
        own = {k: v for k, v in os.environ.items() if not k.startswith("BRANCHMAP_")}
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        with (
            pages(home, own | Settings(home).environment(), free_port(8840)) as served,
            bare(folder) as peer,
        ):
            served.wait_ready()
            base = served.url.rstrip("/")
            compare_clicks(opened(browser, f"{base}/graph"), opened(browser, peer), wish.clicks)
            compare_expansions(browser, base, peer, branch, folder, wish.expansions)
        browser.close()


if __name__ == "__main__":
    main()
