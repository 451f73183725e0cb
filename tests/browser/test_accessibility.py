"""What a screen reader and weak eyes meet on each page: axe-core has no serious finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.browser import GraphPage, explorer, loaded, made, window

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[tuple[Any, str]]:
    home = tmp_path_factory.mktemp("home")
    with loaded(home, "2006-10"), explorer(home) as address, window(browser, height=720) as context:
        yield context.new_page(), address


def serious(page: Any) -> list[tuple[str, str]]:
    """The serious findings on a page: which rule, and the element."""
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    return [(one["id"], node["html"][:200]) for one in grave for node in one["nodes"]]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/gaps",
        "/gaps?rule=own_branch_due",
        "/what-if",
        "/questions",
        "/questions?q=09_open_matters",
        "/entity?key=u_no_such",
        "/load",
        "/register",
    ],
)
def test_a_page_has_no_serious_finding(opened: tuple[Any, str], path: str) -> None:
    page, address = opened
    page.goto(f"{address}{path}")
    page.get_by_role("heading", level=1).first.wait_for()
    made(page)
    assert serious(page) == []


def test_the_graph_with_something_chosen_has_no_serious_finding(opened: tuple[Any, str]) -> None:
    page, address = opened
    graph = GraphPage(page, f"{address}/graph")
    graph.click("合生物业")
    graph.heading("合生物业")
    made(page)
    assert serious(page) == []
