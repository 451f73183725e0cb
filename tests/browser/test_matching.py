"""The matching step in a real Chromium: a roster under foreign headings, by somebody who never saw the product."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph_model.connect import StoreChoice, open_store
from graph_model.keys import site_keys
from graph_model.store.store import Store
from loaders.match.answer_store import read_site_answers
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.books import save
from tests.support.browser import explorer, made, window

pytestmark = pytest.mark.browser

HEADINGS = ["序号", "人员姓名", "性别", "民族", "学历", "入党年份", "归口", "人员分类", "联系方式"]
MAY = [
    HEADINGS,
    ["1", "王甲", "男", "汉", "大专", "2001-05", "甲物业公司党支部", "正式党员", "13800000000"],
    ["2", "李乙", "女", "汉", "本科", "2003-06", "甲物业公司党支部", "预备党员", None],
]
JUNE = [*MAY, ["3", "赵丙", "女", "汉", "本科", "2005-06", "甲物业公司党支部", "正式党员", None]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def held(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    books = {
        "单位": [["单位名称"], ["甲物业公司"]],
        "党支部": [["党支部名称", "组建单位"], ["甲物业公司党支部", "甲物业公司"]],
    }
    register = save(tmp_path_factory.mktemp("books") / "2024-04.xlsx", **books)
    with open_store(StoreChoice(home)) as store:
        apply(store, prepare(store, LoadRequest([register], keys=site_keys(home), data=home)))
        yield store


@pytest.fixture(scope="module")
def address(home: Path, held: Store) -> Iterator[str]:
    with explorer(home, BRANCHMAP_NAMES="1") as found:
        yield found


def clicks_of(page: Any) -> int:
    """The presses of a pointer since the page was opened, choosing the file apart."""
    return int(page.evaluate("window.presses"))


def count_clicks(page: Any) -> None:
    page.evaluate("window.presses = 0; addEventListener('click', () => { window.presses += 1 }, true)")


def choose(page: Any, form: str) -> None:
    """What the table is, from its list; a list closes when the page is scrolled, so the page is scrolled first."""
    made(page)
    field = page.get_by_label("这张表是")
    field.evaluate("e => e.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(500)
    field.click()
    page.get_by_role("option", name=form, exact=True).click()


def affiliated(store: Store) -> int:
    return store.counts()["edges"].get("AFFILIATED_WITH", 0)


def test_a_foreign_roster_is_loaded_in_six_clicks_and_the_next_month_in_two(
    address: str, held: Store, home: Path, browser: Any, tmp_path: Path
) -> None:
    with window(browser, 1280, 720) as context:
        page = context.new_page()
        page.goto(f"{address}/load")
        page.get_by_role("heading", name="数据导入", exact=True).wait_for()
        made(page)
        count_clicks(page)
        page.locator('input[type="file"]').first.set_input_files(
            str(save(tmp_path / "党员花名册2024-05.xlsx", 名册=MAY))
        )
        made(page)
        page.get_by_role("button", name="检查").click()
        page.get_by_text("列对应：有 1 种表需要确认").wait_for()
        assert page.get_by_text("不予保存的个人信息：联系方式").is_visible()
        assert "13800000000" not in page.locator("body").inner_text()
        page.get_by_role("button", name="确认并读取").click()
        page.get_by_text("列对应：有 1 种表需要确认").wait_for(state="detached")
        page.get_by_role("button", name="确认导入").click()
        page.get_by_text("已导入2024年5月批次").wait_for()
        assert clicks_of(page) <= 6
        assert affiliated(held) == 2
        assert [a.form for a in read_site_answers(home).sheets] == ["members"]

        page.goto(f"{address}/load")
        page.get_by_role("heading", name="数据导入", exact=True).wait_for()
        made(page)
        count_clicks(page)
        page.locator('input[type="file"]').first.set_input_files(
            str(save(tmp_path / "党员花名册2024-06.xlsx", 名册=JUNE))
        )
        made(page)
        page.get_by_role("button", name="检查").click()
        page.get_by_text("将发生的变化").first.wait_for()
        assert page.get_by_text("需要确认").count() == 0
        page.get_by_role("button", name="确认导入").click()
        page.get_by_text("已导入2024年6月批次").wait_for()
        assert clicks_of(page) <= 2
        assert affiliated(held) == 3


def test_a_form_and_a_column_are_changed_from_a_list(
    address: str, held: Store, browser: Any, tmp_path: Path
) -> None:
    rows = [["姓名", "性别", "单位", "职务", "电话"], ["钱丁", "男", "甲物业公司", "党建指导员", "138"]]
    with window(browser, 1280, 720) as context:
        page = context.new_page()
        page.goto(f"{address}/load")
        page.get_by_role("heading", name="数据导入", exact=True).wait_for()
        made(page)
        page.locator('input[type="file"]').first.set_input_files(
            str(save(tmp_path / "通讯录2024-07.xlsx", Sheet1=rows))
        )
        made(page)
        page.get_by_role("button", name="检查").click()
        page.get_by_text("列对应：有 1 种表需要确认").wait_for()
        choose(page, "不读取这张表")
        made(page)
        page.get_by_role("button", name="确认并读取").click()
        page.get_by_text("按您的选择，这张表没有读取").first.wait_for()
        assert held.counts()["nodes"].get("Liaison", 0) == 0

        page.get_by_text("已按列对应读取的表").click()
        choose(page, "党建联络员指导员")
        made(page)
        page.get_by_role("button", name="确认并读取").click()
        page.get_by_role("button", name="确认导入").click()
        page.get_by_text("已导入2024年7月批次").wait_for()
        assert held.counts()["nodes"]["Liaison"] == 1


def test_several_tables_are_confirmed_together(
    address: str, held: Store, browser: Any, tmp_path: Path
) -> None:
    def called(home: str, name: str) -> list[list[str | None]]:
        headings = [home if heading == "归口" else heading for heading in HEADINGS]
        return [headings, [*MAY[1][:1], name, *MAY[1][2:]]]

    sheets = {"一": called("挂靠", "孙戊"), "二": called("落脚点", "周己")}
    book = save(tmp_path / "党员花名册2024-08.xlsx", **sheets)
    before = affiliated(held)
    with window(browser, 1280, 720) as context:
        page = context.new_page()
        page.goto(f"{address}/load")
        page.get_by_role("heading", name="数据导入", exact=True).wait_for()
        made(page)
        page.locator('input[type="file"]').first.set_input_files(str(book))
        made(page)
        page.get_by_role("button", name="检查").click()
        page.get_by_text("列对应：有 2 种表需要确认").wait_for()
        page.get_by_role("button", name="确认以上 2 张表并读取").click()
        page.get_by_text("列对应：有 2 种表需要确认").wait_for(state="detached")
        page.get_by_role("button", name="确认导入").click()
        page.get_by_text("已导入2024年8月批次").wait_for()
        assert affiliated(held) == before + 2
