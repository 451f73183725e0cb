"""The pages of a thing and of questions in a real browser: linked, masked, kind when wrong, nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from graph_model.connect import StoreChoice, open_store
from loaders.clean.pinyin import search_text
from tests.support.browser import elsewhere, explorer, made, window
from tests.support.graphs import fill, graph, node, tie

pytestmark = pytest.mark.browser
NASTY = (
    "<img src=x onerror='window.pwned=1'>**粗** $x$ :smile: [链](http://example.invalid) 😀\u202e"
    + "长" * 300
)
UNIT = {"kind": "property_company", "ownership": "private", "status": "operating"}
FIELD = graph(
    node("s_1", name="街道"),
    node("r_1", name="檀香居民区", search=search_text(["檀香居民区"])),
    node("u_1", name="合生物业", search=search_text(["合生物业"]), **UNIT),
    node("u_2", name=NASTY, search=search_text([NASTY]), **UNIT),
    node("b_1", name="合生物业党支部", search=search_text(["合生物业党支部"]), founded="2001-12"),
    node(
        "m_1", name="王小明", search=search_text(["王小明"], person=True), born="1970-01", standing="full"
    ),
    tie("r_1 PART_OF s_1"),
    tie("u_1 MANAGES r_1"),
    tie("u_2 MANAGES r_1"),
    tie("b_1 ORGANISED_IN u_1"),
    tie("m_1 EMPLOYED_BY u_1", position="总经理"),
    tie("m_1 AFFILIATED_WITH b_1"),
)


OWN = """
title = { zh = "某人的单位", en = "Of somebody" }
params = {}
[columns]
who = { zh = "谁", en = "Who", show = "node" }
[cypher]
text = "MATCH (m:Member) WHERE m.name = '王小明' RETURN m.key AS who, [m.key] AS keys"
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running explorer on a small graph, for a viewer who may not see names."""
    data = tmp_path_factory.mktemp("site")
    with open_store(StoreChoice(data, heap_mib=256)) as store:
        fill(store, FIELD)
        (data / "questions").mkdir()
        (data / "questions" / "99_own.toml").write_text(OWN, "utf-8")
        with explorer(data) as running:
            yield running


@pytest.fixture(scope="module")
def context(browser: Any, address: str) -> Iterator[Any]:
    """One context for all pages of this file: what Streamlit sends every page is fetched and compiled once."""
    with window(browser, base_url=address) as opened:
        yield opened


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    page = context.new_page()
    yield page
    clear = page.content()
    page.close()
    assert elsewhere(context.asked) == []
    assert "王小明" not in clear
    assert "1970-01" not in clear


def test_a_unit_is_shown_with_its_ties_and_walked_from(page: Any) -> None:
    page.goto("/entity?key=u_1")
    page.get_by_role("heading", name="合生物业").wait_for()
    page.get_by_text("王**").first.wait_for()
    page.get_by_text("来源：2006年10月批次").wait_for()
    page.get_by_role("link", name="合生物业党支部").click()
    page.get_by_role("heading", name="合生物业党支部").wait_for()
    page.wait_for_url("**key=b_1*")


def test_the_box_finds_by_pinyin_and_goes_there(page: Any) -> None:
    page.goto("/entity")
    page.get_by_label("查找").fill("hswydzb")
    page.get_by_role("button", name="合生物业党支部").click()
    page.get_by_role("heading", name="合生物业党支部").wait_for()


def test_enter_opens_the_first_hit_of_what_stands_in_the_box(page: Any) -> None:
    page.goto("/entity")
    made(page)
    page.get_by_label("查找").press_sequentially("hswy")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="合生物业", exact=True).wait_for()


def test_enter_opens_nothing_where_nothing_was_found(page: Any) -> None:
    page.goto("/entity?key=u_1")
    page.get_by_role("heading", name="合生物业").wait_for()
    page.get_by_label("查找").fill("没有这样的东西")
    page.get_by_text("未找到").wait_for()
    page.keyboard.press("Enter")
    made(page)
    assert page.url.endswith("key=u_1")


def test_an_unknown_link_is_answered_kindly(page: Any) -> None:
    page.goto("/entity?key=u_nobody")
    page.get_by_text("不在当前数据中").wait_for()


def test_a_hostile_name_does_nothing(page: Any) -> None:
    page.goto("/entity?key=u_2")
    page.get_by_role("heading", name="onerror").wait_for()
    page.get_by_role("link", name="檀香居民区").wait_for()
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src=x]").count() == 0
    assert page.locator("a[href*='example.invalid']").count() == 0


def test_a_note_is_kept_and_its_text_is_not_shown_to_who_may_not_see_names(page: Any) -> None:
    page.goto("/entity?key=b_1")
    page.get_by_label("写备注").fill("王小明已谈话")
    page.get_by_role("button", name="添加备注").click()
    page.get_by_text("仅有权查看姓名的人员可见").first.wait_for()
    page.get_by_text("备注（1）").wait_for()
    # what was typed stands in the box until the page that follows has come
    page.wait_for_function("() => [...document.querySelectorAll('textarea')].every(t => t.value === '')")


def test_a_question_is_answered_from_a_link(page: Any) -> None:
    page.goto("/questions?q=01_who_is_responsible&area=r_1")
    page.get_by_role("heading", name="檀香居民区 的负责单位和人员").wait_for()
    page.get_by_text("共 2 条").wait_for()
    page.get_by_role("button", name="全部查询").click()
    page.wait_for_url(re.compile("questions$"))
    page.get_by_text("自定义查询（供分析人员使用）").click()
    page.get_by_text("须有“显示姓名”权限").wait_for()


def test_the_text_of_a_question_of_the_site_is_not_shown_to_who_may_not_see_names(page: Any) -> None:
    page.goto("/questions?q=99_own")
    page.get_by_text("共 1 条").wait_for()
    made(page)
    assert page.get_by_text("查询语句").count() == 0  # and the fixture looks for the name


def test_a_question_is_found_by_a_sentence(page: Any) -> None:
    page.goto("/questions")
    page.get_by_text("共 0 条").first.wait_for()
    page.get_by_label("用一句话查询").fill("谁负责 檀香")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="檀香居民区 的负责单位和人员").click()
    page.wait_for_url(re.compile("q=01_who_is_responsible&area=r_1"))
    page.get_by_text("共 2 条").wait_for()


def test_the_search_of_the_graph_understands_a_question(page: Any) -> None:
    page.goto("/graph")
    page.get_by_role("searchbox").first.fill("谁负责 檀香")
    page.get_by_role("button", name="檀香居民区 的负责单位和人员").click()
    page.wait_for_url(re.compile("questions.q=01_who_is_responsible&area=r_1"))


def test_on_a_narrow_screen_nothing_hangs_over(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/entity?key=u_2")
    page.get_by_role("heading", name="onerror").wait_for()
    page.get_by_text("添加备注").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
