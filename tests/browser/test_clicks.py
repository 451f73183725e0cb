"""Three people who press whatever they find, in a real Chromium: masked in Chinese, with names in English, a telephone.

The steps are those of the seed; a busy machine makes fewer of them. A fault prints what led to it.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from explorer.server.serve import LOG
from tests.support.browser import SAMPLE, explorer, loaded, window
from tests.support.clicks import Clicker, use

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_STEPS, _SECONDS = 40, 100.0
_LEAVE = ("确定撤销", "Undo it", "清除示例数据", "Clear the sample")
"""The data stay: without them there would be nothing to press."""


def test_whatever_is_pressed_no_page_shows_an_exception(browser: Any, tmp_path: Path) -> None:
    with ExitStack() as stack:
        stack.enter_context(loaded(tmp_path, "2006-04", "2006-10"))
        masked = stack.enter_context(explorer(tmp_path))
        log = (tmp_path / LOG).rename(tmp_path / "masked.log")  # the other pages write one of the same name
        named = stack.enter_context(explorer(tmp_path, BRANCHMAP_NAMES="1", BRANCHMAP_LANG="en"))
        files, people = sorted((SAMPLE / "2006-10").glob("*.xlsx")), []
        for seed, (address, width, height) in enumerate(
            ((masked, 1280, 720), (named, 1440, 900), (masked, 390, 844)), start=1
        ):
            page = stack.enter_context(window(browser, width, height)).new_page()
            people.append(Clicker(page, address, seed, files=files, leave=_LEAVE))
        use(people, steps=_STEPS, seconds=_SECONDS)
        wrong = {n: (p.wrong, p.done[-15:]) for n, p in enumerate(people) if p.wrong}
        logs = log.read_text("utf-8") + (tmp_path / LOG).read_text("utf-8")
    assert wrong == {}
    assert "Traceback" not in logs
    assert all(len(p.done) > 5 for p in people)
