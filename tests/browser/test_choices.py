"""Rows of choices and fields in a real Chromium: the chosen one stays chosen when pressed again; one focus ring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import explorer, loaded, made, window

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Any]:
    home = tmp_path_factory.mktemp("home")
    with loaded(home, "2006-04"), explorer(home) as address, window(browser, base_url=address) as context:
        yield context.new_page()


@pytest.mark.parametrize(
    ("path", "opens", "row"),
    [
        ("/", "", "language"),
        ("/", "分项覆盖率", "rates-way"),
        ("/graph", "保存图片", "graph-save-scale"),
        ("/gaps", "", "gaps-view"),
        ("/gaps?rule=own_branch_due", "", "status-own_branch_due"),
        ("/what-if", "添加措施", "whatif-kind"),
    ],
)
def test_pressing_the_chosen_one_changes_nothing(page: Any, path: str, opens: str, row: str) -> None:
    page.goto(path)
    if opens:
        page.get_by_text(opens, exact=True).first.click()
    chosen = page.locator(f".st-key-{row} button[aria-checked=true]")
    chosen.click()
    made(page)
    assert chosen.count() == 1
    assert page.locator('[data-testid="stException"]').count() == 0


@pytest.mark.parametrize(
    ("path", "field", "box"),
    [
        ("/load", ".st-key-load-round input", '[data-testid="stTextInputRootElement"]'),
        ("/graph", "[class*=st-key-graph-layout] input", ".react-aria-ComboBox > div"),
        ("/gaps", ".st-key-gaps-filters .stMultiSelect input", ".react-aria-ComboBox > div"),
    ],
)
def test_a_field_has_one_ring_round_the_whole_of_it(page: Any, path: str, field: str, box: str) -> None:
    page.goto(path)
    typed = page.locator(field).first
    typed.focus()
    made(page)
    ring = "e => getComputedStyle(e).outlineStyle"
    assert typed.evaluate(ring) == "none"
    assert page.locator(box).filter(has=page.locator("input:focus")).evaluate(ring) == "solid"
