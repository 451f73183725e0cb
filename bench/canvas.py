"""How fast the canvas is in a real Chromium, beside pyvis and cytoscape in the same run.

    python bench/canvas.py [--sizes 1000,5000,20000] [--cap 120]

Prints, for each size: our layout in Python, our first paint and our frames while the picture is dragged;
cytoscape's with the same places; pyvis's time to a stable picture (its own physics; at most --cap seconds are
waited, and then it is a lower bound); and the ratios. cytoscape comes by npm into a temporary folder. What a
click and an expansion take through the real pages: bench/clicks.py.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network

sys.path.insert(0, str(Path(__file__).parents[1]))

from explorer.canvas.payload import encode_scene
from explorer.scene.compose import compose_scene
from explorer.scene.palette import canvas_palette
from explorer.scene.scene import Scene
from explorer.viewer import Viewer

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "explorer" / "canvas" / "assets"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_OURS = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="canvas.css"><body><div id="at"></div>
<script type="module">
import canvas from "./main.js";
const bytes = new Uint8Array(await (await fetch("scene.bin")).arrayBuffer());
const began = performance.now();
canvas({ data: bytes, parentElement: document.getElementById("at"), setTriggerValue() {} });
const stage = document.querySelector("[data-testid=branchmap-canvas]");
const wait = () => stage.dataset.painted ? requestAnimationFrame(() => { window.done = performance.now() - began; })
  : requestAnimationFrame(wait);
wait();
</script>"""
_CYTOSCAPE = """<!doctype html><meta charset="utf-8"><body><div id="at" style="width:1240px;height:700px"></div>
<script src="cytoscape.min.js"></script><script type="module">
const elements = await (await fetch("elements.json")).json();
const began = performance.now();
const cy = cytoscape({ container: document.getElementById("at"), elements, layout: { name: "preset" },
  style: [{ selector: "node", style: { label: "data(name)", width: 20, height: 20 } },
          { selector: "edge", style: { width: 1.2, "target-arrow-shape": "triangle", "curve-style": "bezier" } }] });
cy.once("render", () => requestAnimationFrame(() => { window.done = performance.now() - began; }));
</script>"""


def field(count: int, seed: int = 1) -> nx.MultiDiGraph[str]:
    """A district of about `count` nodes: areas, units, branches, members, with the schema's ties."""
    draw = random.Random(seed)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def add(key: str, label: str, name: str) -> str:
        graph.add_node(key, label=label, properties={"name": name})
        return key

    top = add("s_0", "Subdistrict", "街道")
    areas = [add(f"r_{i}", "ResidentialArea", f"第{i}居民区") for i in range(max(2, count // 80))]
    for area in areas:
        graph.add_edge(area, top, key="PART_OF", properties={})
    units = [add(f"u_{i}", "Unit", f"第{i}物业") for i in range(count // 16)]
    branches = []
    for i, unit in enumerate(units):
        graph.add_edge(unit, draw.choice(areas), key="MANAGES", properties={})
        if i % 2:
            branches.append(add(f"b_{i}", "Branch", f"第{i}党支部"))
            graph.add_edge(branches[-1], unit, key="ORGANISED_IN", properties={})
    for i in range(count - len(graph)):
        member = add(f"m_{i}", "Member", f"王{i}")
        graph.add_edge(member, draw.choice(units), key="EMPLOYED_BY", properties={})
        graph.add_edge(member, draw.choice(branches), key="AFFILIATED_WITH", properties={})
    return graph


def scene_of(graph: nx.MultiDiGraph[str]) -> Scene:
    """The scene as the pages make it."""
    return compose_scene(graph, Viewer(names=True), title="", footer="")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder at an address of this machine."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def opened(browser: Browser, url: str, seconds: float) -> tuple[float | None, Page]:
    """Milliseconds until the page says that it is done; None where it did not in time."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.route("**/*", lambda r: r.continue_() if "127.0.0.1" in r.request.url else r.abort())
    page.goto(url, wait_until="commit", timeout=300_000)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (found := page.evaluate("window.done ?? null")) is not None:
            return float(found), page
        time.sleep(0.05)
    return None, page


def panned(page: Page) -> float:
    """Milliseconds of a frame, on average, while the picture is dragged for two seconds."""
    page.evaluate(
        "window.frames_ = []; const f = (t) => { window.frames_.push(t); requestAnimationFrame(f); };"
        "requestAnimationFrame(f);"
    )
    page.mouse.move(300, 300)
    page.mouse.down()
    began, step = time.monotonic(), 0
    while time.monotonic() - began < 2:
        step += 1
        page.mouse.move(300 + step % 200, 300 + step % 90)
    times = page.evaluate("window.frames_")
    page.mouse.up()
    return statistics.fmean([b - a for a, b in pairwise(times)] or [float("nan")])


def cytoscape_file(folder: Path) -> Path:
    """cytoscape's bundle, installed by npm into the folder."""
    line = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), "cytoscape@3"]
    subprocess.run(line, check=True, capture_output=True)
    return folder / "node_modules" / "cytoscape" / "dist" / "cytoscape.min.js"


def pyvis_page(graph: nx.MultiDiGraph[str]) -> str:
    """pyvis as it comes, its own physics on, and a word when it is stable."""
    network = Network(height="700px", width="1240px", directed=True, cdn_resources="in_line")
    for key, data in graph.nodes.items():
        network.add_node(key, label=data["properties"]["name"])
    for source, target in graph.edges():
        network.add_edge(source, target)
    told = "network.once('stabilizationIterationsDone', () => { window.done = performance.now() - window.began; });"
    page = str(network.generate_html(notebook=False))
    page = page.replace(
        "network = new vis.Network(", "window.began = performance.now(); network = new vis.Network("
    )
    return page.replace("return network;", f"{told} return network;", 1)


def compare(browser: Browser, count: int, cytoscape: Path, cap: float) -> None:
    """One line of figures for one size."""
    graph = field(count)
    began = time.perf_counter()
    scene = scene_of(graph)
    layout = (time.perf_counter() - began) * 1000
    code, data = encode_scene(scene)
    about = {"name": "bench", "version": code, "height": 700, "dark": False, "lit": [], "pinned": []}
    about["palette"] = canvas_palette(scene)
    about["select"] = {"id": "", "chosen": [], "off": [], "turn": 0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ASSETS, folder, dirs_exist_ok=True)
        (folder / "index.html").write_text(_OURS, "utf-8")
        (folder / "scene.bin").write_bytes(json.dumps(about).encode() + b"\n" + data)
        (folder / "cy.html").write_text(_CYTOSCAPE, "utf-8")
        shutil.copy(cytoscape, folder / "cytoscape.min.js")
        nodes = [
            {"data": {"id": n.id, "name": n.caption}, "position": {"x": n.x, "y": n.y}} for n in scene.nodes
        ]
        edges = [{"data": {"id": e.id, "source": e.source, "target": e.target}} for e in scene.edges]
        (folder / "elements.json").write_text(json.dumps([*nodes, *edges]), "utf-8")
        (folder / "pyvis.html").write_text(pyvis_page(graph), "utf-8")
        with served(folder) as base:
            ours, page = opened(browser, f"{base}/index.html", 300)
            frames = panned(page)
            page.close()
            theirs, page = opened(browser, f"{base}/cy.html", 300)
            their_frames = panned(page)
            page.close()
            slow, page = opened(browser, f"{base}/pyvis.html", cap)
            page.close()
    ours, theirs = ours or float("nan"), theirs or float("nan")
    stable, sign = (slow, "") if slow is not None else (cap * 1000, "≥ ")
    print(
        f"{count:>6} nodes: ours {ours:.0f} ms (+ layout {layout:.0f} ms), {frames:.0f} ms a frame when dragged; "
        f"cytoscape {theirs:.0f} ms, {their_frames:.0f} ms a frame; pyvis stable {sign}{stable:.0f} ms | "
        f"ours/pyvis {(ours + layout) / stable:.3f} (layout included), ours/cytoscape {ours / theirs:.2f}",
        flush=True,
    )


def main() -> None:
    """Run what was asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sizes", default="1000,5000,20000")
    ask.add_argument("--cap", type=float, default=120.0, help="seconds to wait for pyvis")
    wish = ask.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        sizes = [int(s) for s in wish.sizes.split(",") if s]
        cytoscape = cytoscape_file(Path(name)) if sizes else Path()
        for size in sizes:
            compare(browser, size, cytoscape, wish.cap)
        browser.close()


if __name__ == "__main__":
    main()
