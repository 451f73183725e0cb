"""A gap in a real Chromium: new, assigned to somebody, and cleared by the next round; what if; nothing remote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph_model.findings.findings import read_findings
from graph_model.store.store import Store
from tests.support.browser import SAMPLE, clear_names, elsewhere, explorer, loaded, window

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def held(home: Path) -> Iterator[Store]:
    """The store with the sample's first round."""
    with loaded(home, "2006-04") as store:
        yield store


@pytest.fixture(scope="module")
def page(home: Path, held: Store, browser: Any) -> Iterator[Any]:
    with explorer(home) as address, window(browser, 1280, 1400) as context:
        opened = context.new_page()
        opened.goto(address)
        opened.get_by_text("历次覆盖率").first.wait_for()
        yield opened
        opened.screenshot(path=str(home / "last.png"))  # for whoever looks into a failure


def go(page: Any, name: str, heading: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=heading, exact=True).wait_for()


def narrow(page: Any, text: str) -> None:
    """The list of all gaps, of one subject only."""
    page.get_by_label("对象名称").fill(text)
    page.get_by_label("对象名称").press("Enter")


def choose(page: Any, label: str, option: str) -> None:
    """Choose in one of the filters, unless it is chosen already."""
    page.get_by_test_id("stMultiSelect").filter(has_text=label).locator("input").first.click()
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Escape")  # an open list hides the rest of the page from whoever reads by role


def the_gap(store: Store, rule: str, name: str) -> Any:
    [found] = [f for f in read_findings(store) if f.rule == rule and f.name == name]
    return found


def test_a_gap_goes_from_new_to_assigned_to_cleared(page: Any, held: Store) -> None:
    gap = the_gap(held, "own_branch_due", "澜汀物业")
    assert gap.life("2006-04") == "new"

    page.goto(page.url.rstrip("/") + "/gaps?rules=own_branch_due")  # as the overview's figures lead here
    narrow(page, "澜汀物业")
    page.get_by_text("显示 1 项").wait_for()
    page.get_by_text("批量交办", exact=True).click()
    page.get_by_text("显示的全部 1 项").click()
    page.get_by_label("责任人", exact=True).last.fill("街道党建办")
    page.get_by_label("整改期限").fill("2006-09")
    page.get_by_role("button", name="确认交办").click()
    page.get_by_text("已保存 1 项").wait_for()
    gap = the_gap(held, "own_branch_due", "澜汀物业")
    assert (gap.text("owner"), gap.text("due"), gap.cleared) == ("街道党建办", "2006-09", False)

    go(page, "数据导入", "数据导入")
    books = [str(file) for file in sorted((SAMPLE / "2006-10").glob("*.xlsx"))]
    page.locator('input[type="file"]').first.set_input_files(books)
    page.get_by_label("批次（年-月）").fill("2006-10")
    page.get_by_text("本次为完整批次").click()
    page.get_by_role("button", name="检查").click()
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("已导入2006年10月批次").wait_for()

    go(page, "问题清单", "问题清单")
    page.get_by_text("其中 1 项本批次情况不明，不计入问题数").wait_for()
    choose(page, "问题类型", "应建未建单位（正式党员3人以上）")
    narrow(page, "澜汀物业")
    page.get_by_text("没有符合条件的问题").wait_for()  # the cleared ones are not in the way
    choose(page, "变化情况", "已销号")
    page.get_by_text("显示 1 项").wait_for()
    gap = the_gap(held, "own_branch_due", "澜汀物业")
    assert (gap.life("2006-10"), gap.text("cleared_in"), gap.text("owner")) == (
        "cleared",
        "2006-10",
        "街道党建办",
    )


def test_what_if_shows_the_change_and_touches_nothing(page: Any, held: Store) -> None:
    before = held.held(), held.state()
    go(page, "措施测算", "措施测算")
    page.get_by_text("添加措施").click()
    page.get_by_text("派驻党建联络员", exact=True).last.click()
    page.get_by_label("单位或商业区").first.fill("荷汐物业")
    page.get_by_label("单位或商业区").first.press("Enter")
    page.get_by_test_id("stRadio").get_by_text("荷汐物业", exact=True).wait_for()
    page.get_by_role("button", name="添加", exact=True).click()
    page.get_by_text("可销号的问题（1）").wait_for()
    page.get_by_label("方案名称").fill("年内目标")
    page.get_by_role("button", name="保存为方案").click()
    page.get_by_text("已保存方案“年内目标”").wait_for()
    assert (held.held(), held.state()) == before
    assert len(held.records("Proposal")) == 1


def test_nothing_remote_was_asked_for_and_no_clear_name_is_shown(page: Any, held: Store) -> None:
    assert elsewhere(page.context.asked) == []
    people = clear_names(held)
    subdistrict = held.first("Subdistrict")
    assert subdistrict is not None
    for name, heading in (("问题清单", "问题清单"), ("总览", str(subdistrict.properties["name"]))):
        go(page, name, heading)
        said = page.locator("body").inner_text()
        assert [p for p in people if p in said] == []
