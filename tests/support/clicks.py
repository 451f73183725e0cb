"""Random but seeded use of the pages: presses, typing, keys, the canvas, tables, the browser's own buttons."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from explorer.i18n import Words
from tests.support.browser import STAGE, made

PATHS = (
    "",
    "graph",
    "gaps",
    "gaps?rule=own_branch_due",
    "what-if",
    "questions",
    "entity",
    "load",
    "register",
)
_TEXTS = (
    "",
    " ",
    "新桃源",
    "xty",
    "公司：x",
    "2006-10",
    "2006-13",
    "<b>*_`$x$:a:",
    "😀\u202e長",
    "王" * 300,
    "'\"\\ OR 1=1",
)
_KEYS = (
    "Tab",
    "Shift+Tab",
    "Enter",
    "Escape",
    "Space",
    "ArrowDown",
    "ArrowRight",
    "Delete",
    "Backspace",
    "h",
    "p",
)
_KEYS += ("[", "]", "Control+z", "Control+y", "0", "+")
_WAIT = 15_000

_SEEN = """(wanted) => {
  const seen = [...document.querySelectorAll(wanted)].filter(e => e.checkVisibility() && !e.disabled
    && !e.closest('[data-testid="stToolbar"], [data-testid="stFileUploaderDropzone"]'));
  return seen.map(e => { const b = e.getBoundingClientRect(); return [b.width, b.height]; });
}"""
_AT = """([wanted, n]) => {
  const seen = [...document.querySelectorAll(wanted)].filter(e => e.checkVisibility() && !e.disabled
    && !e.closest('[data-testid="stToolbar"], [data-testid="stFileUploaderDropzone"]'));
  const one = seen[n];
  if (!one) return null;
  one.scrollIntoView({ block: "center" });
  const b = one.getBoundingClientRect();
  return [b.x, b.y, b.width, b.height, (one.innerText || one.ariaLabel || one.tagName).slice(0, 40)];
}"""
_BUTTONS = (
    'button, summary, a[data-testid], [role="tab"], [role="option"], [role="switch"], label:has(input)'
)


class Clicker:
    """One person on one page, with some files to load. What was done stands in `done`, what is wrong in `wrong`.

    `leave` are texts of buttons that are not pressed.
    """

    def __init__(
        self, page: Any, address: str, seed: int, *, files: Sequence[Path] = (), leave: Sequence[str] = ()
    ) -> None:
        self.page, self.address, self.files, self.leave = page, address, list(files), tuple(leave)
        self.chance = random.Random(seed)
        self.done: list[str] = []
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(f"error in the page: {error}"))
        page.on("console", self._console)
        page.on("dialog", lambda dialog: dialog.dismiss())
        self._open(PATHS[seed % len(PATHS)])

    def step(self) -> None:
        """One thing at random, when what the one before led to is there; what is wrong then is kept in `wrong`."""
        acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (10, self._press),
            (4, self._choose),
            (3, self._type),
            (3, self._key),
            (4, self._canvas),
            (3, self._table),
            (2, self._browser),
            (1, self._upload),
            (2, lambda: self._open(self.chance.choice(PATHS))),
        )
        [act] = self.chance.choices([a for _, a in acts], [n for n, _ in acts])
        with contextlib.suppress(_late()):
            self.done.append(act())
        self.look()

    def look(self) -> None:
        """Wait for the page to be made, and keep what is wrong with it."""
        with contextlib.suppress(_late()):
            made(self.page, _WAIT)
        shown = self.page.locator("body").inner_text(timeout=_WAIT)
        for sign in ("stException", "stErrorDialog"):
            if self.page.locator(f'[data-testid="{sign}"]').count():
                self.wrong.append(f"{sign}: {shown[-600:]}")
        for words in (Words("zh"), Words("en")):
            if words("error-title") in shown:
                self.wrong.append(f"{words('error-title')}: {shown[-600:]}")

    def _console(self, message: Any) -> None:
        # opened at the address of a page, Streamlit asks below that first, and then at the root
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            self.wrong.append(f"console: {message.text[:400]} {message.location.get('url')}")

    # ---- what a person does

    def _open(self, path: str) -> str:
        self.page.goto(f"{self.address}/{path}", wait_until="commit", timeout=_WAIT)
        with contextlib.suppress(_late()):
            self.page.locator("h1").first.wait_for(timeout=_WAIT)
        return f"open /{path}"

    def _one(self, wanted: str) -> tuple[float, float, str] | None:
        """The middle of one of the things that are seen, scrolled into view."""
        seen = self.page.evaluate(_SEEN, wanted)
        if not seen:
            return None
        found = self.page.evaluate(_AT, [wanted, self.chance.randrange(len(seen))])
        if found is None or any(text and text in found[4] for text in self.leave):
            return None
        x, y, width, height, text = found
        return x + width / 2, y + height / 2, text

    def _press(self) -> str:
        found = self._one(_BUTTONS)
        if found is None:
            return "nothing to press"
        self.page.mouse.click(*found[:2], click_count=self.chance.choice((1, 1, 1, 2)))
        return f"press {found[2]!r}"

    def _choose(self) -> str:
        found = self._one('[role="combobox"], .react-aria-ComboBox input')
        if found is None:
            return self._press()
        self.page.mouse.click(*found[:2])
        self.page.locator('[role="option"]').first.wait_for(timeout=2_000)
        option = self._one('[role="option"]')
        if option is None:
            return "nothing to choose"
        self.page.mouse.click(*option[:2])
        return f"choose {option[2]!r}"

    def _type(self) -> str:
        found = self._one('input[type="text"], input[type="search"], input[type="number"], textarea')
        if found is None:
            return self._press()
        text = self.chance.choice(_TEXTS)
        self.page.mouse.click(*found[:2])
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        after = self.chance.choice(("Enter", "Tab", "Escape"))
        self.page.keyboard.press(after)
        return f"type {text[:20]!r}, {after}"

    def _upload(self) -> str:
        """Some of the files, and what the page makes of them."""
        if not self.files:
            return self._press()
        self._open("load")
        some = self.chance.sample(self.files, self.chance.randint(1, len(self.files)))
        self.page.locator('input[type="file"]').first.set_input_files([str(f) for f in some], timeout=_WAIT)
        made(self.page, _WAIT)
        self.page.locator('[data-testid="stFormSubmitButton"] button').first.click(timeout=_WAIT)
        return f"upload {' '.join(f.name for f in some)}"

    def _key(self) -> str:
        keys = [self.chance.choice(_KEYS) for _ in range(self.chance.randint(1, 5))]
        if self.chance.random() < 0.5 and self.page.locator(STAGE).count():
            self.page.locator(STAGE).first.focus(timeout=2_000)
        for key in keys:
            self.page.keyboard.press(key)
        return f"keys {' '.join(keys)}"

    def _within(self, wanted: str) -> tuple[float, float] | None:
        """A place in one of the things that are seen."""
        seen = self.page.evaluate(_SEEN, wanted)
        if not seen:
            return None
        found = self.page.evaluate(_AT, [wanted, self.chance.randrange(len(seen))])
        if found is None:
            return None
        x, y, width, height, _ = found
        return x + width * self.chance.random(), y + height * self.chance.random()

    def _canvas(self) -> str:
        spot = self._within(STAGE)
        if spot is None:
            return self._press()
        how = self.chance.choice(("click", "double", "shift", "drag", "wheel"))
        if how == "drag":
            self.page.mouse.move(*spot)
            self.page.mouse.down()
            self.page.mouse.move(spot[0] + 60, spot[1] + 30, steps=3)
            self.page.mouse.up()
        elif how == "wheel":
            self.page.mouse.move(*spot)
            self.page.mouse.wheel(0, self.chance.choice((-300, 300)))
        elif how == "shift":
            self.page.keyboard.down("Shift")
            self.page.mouse.click(*spot)
            self.page.keyboard.up("Shift")
        else:
            self.page.mouse.click(*spot, click_count=2 if how == "double" else 1)
        return f"canvas {how}"

    def _table(self) -> str:
        spot = self._within('[data-testid="stDataFrame"]')
        if spot is None:
            return self._press()
        self.page.mouse.click(*spot, click_count=self.chance.choice((1, 2)))
        key = self.chance.choice(("", "Delete", "Enter", "Space", "ArrowDown", "text"))
        if key == "text":
            self.page.keyboard.insert_text(self.chance.choice(_TEXTS))
            self.page.keyboard.press("Enter")
        elif key:
            self.page.keyboard.press(key)
        return f"table {key}"

    def _browser(self) -> str:
        how = self.chance.choice(("go_back", "go_back", "go_forward", "reload"))
        getattr(self.page, how)(wait_until="commit", timeout=_WAIT)
        if not self.page.url.startswith(self.address):
            self._open("")
        return how


def use(people: Sequence[Clicker], *, steps: int, seconds: float) -> None:
    """Everybody in turn, so many steps each, or until the time is over; ends at the first thing that is wrong."""
    until = time.monotonic() + seconds
    for _ in range(steps):
        for person in people:
            if time.monotonic() > until or person.wrong:
                return
            person.step()


def _late() -> type[Exception]:
    from playwright.sync_api import Error

    return Error
