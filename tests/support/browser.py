"""The pages and a real Chromium for tests: a server for a module, contexts with patience, the canvas to be asked."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from explorer.fonts import streamlit_arguments
from explorer.server.serve import Pages, pages
from explorer.settings import Settings
from graph_model.connect import StoreChoice, open_store
from graph_model.findings.refresh import refresh_findings
from graph_model.keys import KeyMaker
from graph_model.secret import site_secret
from graph_model.store.store import Store
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.servers import ROOT, any_port

SAMPLE = ROOT / "data" / "sample"
STAGE = '[data-testid="branchmap-canvas"]'
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
WAIT = 90_000
"""Milliseconds: not how fast a page is (bench/ says that) but how long a busy machine is waited for."""


def take_in(store: Store, home: Path, round_: str) -> None:
    """A round of the sample, as the command line leaves it."""
    secret = site_secret(home)
    apply(store, prepare(store, LoadRequest([SAMPLE / round_], keys=KeyMaker(secret))))
    refresh_findings(store, Settings(home).catalogue(), Settings(home).profile())


@contextmanager
def loaded(home: Path, *rounds: str) -> Iterator[Store]:
    """The open store of a folder with these rounds of the sample in it."""
    with open_store(StoreChoice(home)) as store:
        for round_ in rounds:
            take_in(store, home, round_)
        yield store


def clear_names(store: Store) -> frozenset[str]:
    """What a viewer who may not see names must never be given; a name of two characters may be a word."""
    people = [n for n in store.held().nodes.values() if n.label in ("Member", "Liaison")]
    return frozenset(str(n.properties["name"]) for n in people if len(str(n.properties["name"])) > 2)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; without one the test is skipped."""
    api = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


_BUSY = '[data-testid="stApp"][data-busy]'
_MADE = '[data-testid="stApp"]:not([data-busy])'
_STILL = """
const animate = Element.prototype.animate;
Element.prototype.animate = function (frames, how) {
  return animate.call(this, frames, { ...(typeof how === "object" ? how : {}), duration: 0 });
};
"""
_PACE = 250
_BUSY_WHILE_MADE = f"""
(() => {{
  let quiet;
  const mark = () => {{
    const app = document.querySelector('[data-testid="stApp"]');
    clearTimeout(quiet);
    app?.setAttribute("data-busy", "");
    quiet = setTimeout(() => {{
      if (app?.getAttribute("data-test-script-state") !== "notRunning") return mark();
      app.removeAttribute("data-busy");
    }}, {_PACE});
  }};
  for (const kind of ["click", "change", "keydown", "pointerdown", "pointerup", "popstate"])
    addEventListener(kind, mark, true);
  new MutationObserver(mark).observe(document, {{
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"] }});
  mark();
}})();
"""
"""A page is busy while Streamlit makes it, and for the time in which a person would only begin to move to the next
thing: a press goes to the server first, and what it leads to begins to show a moment later."""


def made(page: Any, within: int = WAIT) -> None:
    """Wait until the page is not being made, and nothing was pressed or put into it a moment ago."""
    page.wait_for_selector(_MADE, timeout=within)


def at_once(locator: Any) -> None:
    """Press a button, whatever the page is doing."""
    locator.page.remove_locator_handler(locator.page.locator(_BUSY))
    locator.evaluate("button => button.click()")
    _be_patient(locator.page)


def _be_patient(page: Any) -> None:
    page.add_locator_handler(page.locator(_BUSY), lambda: None)


_OPEN: list[Any] = []
"""The contexts that are open now: what they show is told when a test fails."""


@contextmanager
def window(browser: Any, width: int = 1280, height: int = 1000, **how: Any) -> Iterator[Any]:
    """A context of its own; `.asked` keeps every address that its pages ask for.

    What moves of itself gets in the way of a pointer, which a busy machine puts down in one place and lifts in
    another: so animations end as they begin, and a click on a locator waits for the page to be made (`at_once`
    does not).
    """
    context = browser.new_context(viewport={"width": width, "height": height}, **how)
    context.set_default_timeout(WAIT)
    context.add_init_script(_STILL)
    context.add_init_script(_BUSY_WHILE_MADE)
    context.asked = []
    context.on("request", lambda request: context.asked.append(request.url))
    context.on("page", _be_patient)
    _OPEN.append(context)
    try:
        yield context
    finally:
        _OPEN.remove(context)
        context.close()


def press(button: Any, then: Callable[[], None]) -> None:
    """Press a button until what it leads to is there: a press while the page is drawn anew is lost."""
    for _ in range(3):
        with contextlib.suppress(TimeoutError, _late()):
            button.click(timeout=10_000)
            then()
            return
    then()


def shown_now() -> str:
    """The address and the text of every open page; with BRANCHMAP_TEST_SHOTS a picture of each in that folder."""
    said = []
    for page in (page for context in _OPEN for page in context.pages):
        with contextlib.suppress(_late()):
            said.append(f"{page.url}\n{page.locator('body').inner_text(timeout=2_000)[-2_500:]}")
            if folder := os.environ.get("BRANCHMAP_TEST_SHOTS"):
                page.screenshot(path=f"{folder}/{os.getpid()}-{time.time():.0f}.png", timeout=5_000)
    return "\n\n".join(said)


def elsewhere(asked: list[str]) -> list[str]:
    """The addresses that are not of this machine."""
    ours = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    return [url for url in asked if not url.startswith(ours)]


def eventually(holds: Callable[[], bool]) -> None:
    """Wait for something to be true; TimeoutError where it never is."""
    until = time.monotonic() + WAIT / 1000
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError("it never came to hold")
        time.sleep(0.2)


@contextmanager
def explorer(home: Path, **variables: str) -> Iterator[str]:
    """The address of the explorer on that folder's store, for a viewer who may not see names unless told."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("BRANCHMAP_")}
    with pages(home, own | Settings(home).environment() | variables, any_port()) as served:
        served.wait_ready()
        yield served.url.rstrip("/")


@contextmanager
def small_app(script: Path, variables: Mapping[str, str]) -> Iterator[str]:
    """The address of a Streamlit script of the test's own, with the package's fonts."""
    port = any_port()
    line = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    line += ["--server.address=127.0.0.1", "--server.headless=true", "--browser.gatherUsageStats=false"]
    line += ["--server.fileWatcherType=none", *streamlit_arguments()]
    log = script.parent / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            line, stdout=out, stderr=out, env={**os.environ, **variables}, cwd=script.parent
        )
    try:
        served = Pages(f"http://127.0.0.1:{port}", server, log)
        served.wait_ready()
        yield served.url
    finally:
        server.terminate()
        server.wait(30)


_FIND = """
const find = r => { for (const e of r.querySelectorAll('*')) { if (e.graph) return e.graph;
  if (e.shadowRoot) { const f = find(e.shadowRoot); if (f) return f; } } return null; };
"""


class GraphPage:
    """A page with the canvas on it, and what a test asks of it."""

    def __init__(self, page: Any, url: str | None = None) -> None:
        """Open `url`; without it the page shows a canvas already."""
        self.page = page
        self.received: list[bytes] = []
        page.on("websocket", lambda line: line.on("framereceived", self._keep))
        if url is not None:
            page.goto(url)
        page.wait_for_selector(f"{STAGE}[data-version]")

    def _keep(self, frame: str | bytes) -> None:
        self.received.append(frame if isinstance(frame, bytes) else frame.encode())

    def graph(self, expression: str) -> Any:
        """What the canvas says; `g` is its view."""
        self.page.wait_for_selector(f"{STAGE}[data-version]")  # it may just be drawn anew
        return self.page.eval_on_selector(STAGE, f"e => {{ const g = e.graph; return {expression}; }}")

    def until(self, condition: str) -> None:
        """Wait for something to be true of the canvas."""
        self.page.wait_for_function(
            f"() => {{ {_FIND} const g = find(document); return g && ({condition}); }}"
        )

    def ids(self) -> dict[str, str]:
        """The nodes' keys by their captions."""
        return {
            n["caption"]: n["id"]
            for n in self.graph("g.scene.nodes.map(n => ({id: n.id, caption: n.caption}))")
        }

    def settled(self) -> None:
        """Wait until the page is made and no node moves from one frame to the next."""
        made(self.page)
        self.page.wait_for_function(
            f"""() => {{ {_FIND} const now = JSON.stringify(find(document)?.positionsOnScreen() ?? null);
            const same = now === window.positionsBefore; window.positionsBefore = now; return same; }}"""
        )

    def places(self) -> dict[str, list[float]]:
        """Where the shown nodes are on the screen, by key, when all has come to rest.

        A person who wrote below a long panel scrolls back to the picture.
        """
        self.page.locator(STAGE).scroll_into_view_if_needed()
        self.settled()
        found: dict[str, list[float]] = self.graph("g.positionsOnScreen()")
        return found

    def click(self, caption: str, **how: Any) -> None:
        self.page.mouse.click(*self.places()[self.ids()[caption]], **how)

    def add(self, caption: str) -> None:
        """Choose one more."""
        self.page.keyboard.down("Shift")
        self.click(caption)
        self.page.keyboard.up("Shift")

    def drag(self, key: str, right: float, down: float) -> None:
        x, y = self.places()[key]
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right, y + down, steps=5)
        self.page.mouse.up()

    def button(self, key: str) -> Any:
        return self.page.locator(f".st-key-{key} button").first  # a help text wraps it in a second one

    def press(self, key: str, then: Callable[[], None]) -> None:
        """Press a button until what it leads to is there."""
        press(self.button(key), then)

    def heading(self, text: str) -> None:
        self.page.locator("h3", has_text=text).wait_for()


def _late() -> type[Exception]:
    """What playwright raises when something does not come in time."""
    from playwright.sync_api import TimeoutError as Late

    return Late
