"""The load page in a real Chromium: a broken workbook in, its problems, the marked one back, the mended one loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph_model.connect import StoreChoice, open_store
from graph_model.store.store import Store
from loaders.history.load_log import read_history
from loaders.synth.survey import make_survey
from tests.support.books import save
from tests.support.browser import at_once, explorer, made, window
from tests.support.locked_books import lock

pytestmark = pytest.mark.browser

UNITS = [
    ["单位名称", "单位类别", "性质", "管理区域"],
    ["新桃源物业", "物业公司", "民营", "檀香居民区"],
    ["绿庭物业", "物业公司", "民营的", "檀香居民区"],
]
AREAS = [["居民区名称"], ["檀香居民区"]]
MEMBERS = [
    ["姓名", "入党时间", "所在单位"],
    ["诸葛明亮", "2001.10", "新桃园物业"],
    ["诸葛小亮", "二〇〇一年某月", "绿庭物业"],
]
BRANCHES = [["党支部名称", "组建单位", "书记"], ["新桃源物业党支部", "新桃源物业", "诸葛明量"]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def held(home: Path) -> Iterator[Store]:
    with open_store(StoreChoice(home)) as store:
        yield store


@pytest.fixture(scope="module")
def page(home: Path, held: Store, browser: Any) -> Iterator[Any]:
    with explorer(home) as address, window(browser, 1280, 1600, accept_downloads=True) as context:
        opened = context.new_page()
        opened.goto(f"{address}/load")
        opened.get_by_role("heading", name="数据导入", exact=True).wait_for()
        yield opened
        opened.screenshot(path=str(home / "last.png"), full_page=True)  # for whoever looks into a failure


def broken(path: Path) -> Path:
    return save(path, 单位=UNITS, 居民区=AREAS, 党员=MEMBERS, 党支部=BRANCHES)


def check(page: Any, *files: Path) -> None:
    page.reload()
    made(page)
    page.locator('input[type="file"]').first.set_input_files([str(f) for f in files])
    page.get_by_label("批次（年-月）").fill("2006-10")
    page.get_by_role("button", name="检查").click()
    page.get_by_text("将发生的变化").first.wait_for()


def test_from_a_broken_workbook_to_a_load_and_back(
    page: Any, held: Store, home: Path, tmp_path: Path
) -> None:
    check(page, broken(tmp_path / "檀香.xlsx"))
    page.get_by_text("处错误须先改正").wait_for()
    assert page.get_by_role("button", name="确认导入").is_disabled()
    said = page.locator("body").inner_text()
    assert "诸葛明" not in said  # neither the value nor what would have been right
    assert "共 6 行 = 读入 4 行 + 有误 2 行" in said
    assert held.state().round is None

    # a likely name is asked for, and the answer kept
    page.get_by_text("单位“新桃园物业”与“新桃源物业”相似度").wait_for()
    page.get_by_role("button", name="是同一个", exact=True).first.click()
    page.get_by_role("button", name="是同一个", exact=True).first.wait_for(state="detached")
    assert [n.properties["name"] for n in held.records("Alias")] == ["新桃园物业"]

    # the workbook back, marked; mended as a user mends it
    with page.expect_download() as download:
        page.get_by_role("button", name="下载已标注的工作簿").click()
    back = tmp_path / download.value.suggested_filename
    download.value.save_as(back)
    book = openpyxl.load_workbook(back)
    assert back.name == "檀香.xlsx"
    assert book.sheetnames[0] == "错误清单"
    assert book["单位"]["C3"].comment is not None
    book["单位"]["C3"] = "民营"
    book["党员"]["B3"] = "2001"
    book["党支部"]["C2"] = "诸葛明亮"
    mended = tmp_path / "mended" / back.name
    mended.parent.mkdir()
    book.save(mended)

    check(page, mended)
    page.get_by_text("部分导入：只新增和修改，不删除").wait_for()
    assert page.get_by_text("处错误须先改正").count() == 0
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("已导入2006年10月批次").wait_for()
    assert held.counts()["nodes"]["Member"] == 2
    [entry] = read_history(home, held)
    assert (entry.round, entry.standing, entry.complete) == ("2006-10", "standing", False)

    # and taken back
    page.get_by_text("导入历史").first.click()
    page.get_by_role("button", name="撤销最近一次导入").click()
    page.get_by_role("tab", name="清单").last.click()
    page.get_by_role("button", name="确定撤销").click()
    page.get_by_text("已撤销2006年10月批次的导入").wait_for()
    assert held.counts()["nodes"].get("Member", 0) == 0


def test_the_clean_rows_are_loaded_only_when_that_is_chosen(
    page: Any, held: Store, home: Path, tmp_path: Path
) -> None:
    check(page, broken(tmp_path / "檀香.xlsx"))
    page.get_by_text("先导入没有错误的行").click()
    page.get_by_text("暂不导入：").wait_for()
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("已导入2006年10月批次").wait_for()
    assert held.counts()["nodes"]["Member"] == 1
    entry = read_history(home, held)[0]
    assert entry.clean_rows
    assert {p["code"] for p in entry.problems if p["blocking"]} >= {"bad_value"}
    page.get_by_text("导入历史").first.click()
    page.get_by_text("各次导入的检查结果").click()
    page.get_by_text("本次仅导入没有错误的行").wait_for()


def test_rows_that_are_struck_through_are_left_out_when_that_is_chosen(
    page: Any, held: Store, home: Path
) -> None:
    check(page, Path(__file__).parents[1] / "data" / "intake" / "strike.xlsx")
    page.get_by_text("第 3 行整行划了删除线").wait_for()
    assert page.get_by_role("button", name="确认导入").is_disabled()
    page.get_by_text("已经作废，不读取").click()
    page.get_by_text("按您的选择没有读取").wait_for()
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("已导入2006年10月批次").wait_for()
    names = {n.properties["name"] for n in held.held().nodes.values() if n.label == "Member"}
    assert names & {"张小明", "李小红"} == {"张小明"}
    assert read_history(home, held)[0].struck == "leave"


def test_a_password_is_asked_for_where_a_file_needs_it_and_kept_nowhere(
    page: Any, held: Store, home: Path, tmp_path: Path
) -> None:
    path = lock(save(tmp_path / "丹桂.xlsx", 居民区=[["居民区名称"], ["丹桂居民区"]]), "松柏2006")
    check(page, path)
    field = page.get_by_role("textbox", name="丹桂.xlsx 的打开密码")
    field.fill("错的")
    page.get_by_role("button", name="打开", exact=True).click()
    page.get_by_text("给出的密码打不开它").first.wait_for()
    assert field.input_value() == ""
    field.fill("松柏2006")
    page.get_by_role("button", name="打开", exact=True).click()
    page.get_by_text("已经打开").first.wait_for()
    assert field.count() == 0
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("已导入2006年10月批次").wait_for()
    assert "丹桂居民区" in {n.properties.get("name") for n in held.held().nodes.values()}
    kept = [p for p in (home / "rounds").rglob("*") if p.is_file()]
    assert not [p for p in kept if "松柏2006".encode() in p.read_bytes()]


def test_a_difference_is_explained_also_where_nothing_else_is_new(
    page: Any, held: Store, home: Path, tmp_path: Path
) -> None:
    path = save(tmp_path / "桂花.xlsx", 居民区=[["居民区名称"], ["桂花居民区"]])
    for explained in (False, True):
        check(page, path)
        if explained:
            page.get_by_text("没有需要导入的变化").wait_for()
            assert page.get_by_role("button", name="确认导入").count() == 0
            write_explanation(page, "一家注销")
        page.get_by_role("button", name="确认导入").click()
        page.get_by_text("已导入2006年10月批次").wait_for()
    assert [t["explanation"] for t in read_history(home, held)[0].totals if t["explanation"]] == [
        "一家注销"
    ]
    check(page, path)
    page.get_by_text("没有需要导入的变化").wait_for()
    assert page.get_by_role("button", name="确认导入").count() == 0


def write_explanation(page: Any, text: str) -> None:
    """Into the first row of the reconciliation, in its last column."""
    below = "//h3[contains(., '申报数与实际数')]/following::div[@data-testid='stDataFrame']"
    grid = page.locator(f"xpath={below}").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] - 60, box["y"] + 52)
    page.locator(".gdg-input").fill(text)
    page.keyboard.press("Enter")


def test_a_file_that_cannot_be_read_is_not_the_same_as_what_is_held(page: Any, tmp_path: Path) -> None:
    damaged = tmp_path / "坏的.xlsx"
    damaged.write_bytes(b"PK\x03\x04 rubbish")
    check(page, damaged)
    page.get_by_text("除必须改正的部分外，没有需要导入的变化").wait_for()
    said = page.locator("body").inner_text()
    assert "与现有数据相同" not in said
    assert page.get_by_role("button", name="确认导入").count() == 0


def test_two_files_of_one_name_are_both_read(page: Any, tmp_path: Path) -> None:
    one = save(tmp_path / "一居" / "调摸表.xlsx", 居民区=[["居民区名称"], ["一居民区"]])
    two = save(
        tmp_path / "二居" / "调摸表.xlsx", 居民区=[["居民区名称", "党支部"], ["二居民区", "没有的支部"]]
    )
    check(page, one, two)
    said = page.locator("body").inner_text()
    assert "共 2 行" in said
    with page.expect_download() as download:
        page.get_by_role("button", name="下载已标注的工作簿").click()
    assert download.value.suggested_filename == "调摸表 (2).xlsx"


def test_what_is_wrong_and_what_would_be_right_is_read_on_a_phone(page: Any, tmp_path: Path) -> None:
    long = save(
        tmp_path / f"{'很长的名字' * 9}.xlsx", 单位=[UNITS[0], ["甲" * 60, "物业公司", "某某" * 60, None]]
    )
    damaged = tmp_path / "坏的.xlsx"
    damaged.write_bytes(b"PK\x03\x04 rubbish")
    try:
        page.set_viewport_size({"width": 390, "height": 900})
        check(page, broken(tmp_path / "檀香.xlsx"), long, damaged)
        texts = page.locator(".problem-lines .what, .problem-lines .right")
        assert "“民营的”：“性质”有 1 格写的这个词不在列表中（第 3 行），没有读取" in texts.all_inner_texts()
        assert any("最接近的是“民营”" in text for text in texts.all_inner_texts())
        for box in (one.bounding_box() for one in texts.all()):
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    finally:
        page.set_viewport_size({"width": 1280, "height": 1600})


def test_many_problems_are_in_a_table_too(page: Any, tmp_path: Path) -> None:
    rows = [[f"诸葛{n}亮", "abc"] for n in range(31)]
    check(page, save(tmp_path / "多.xlsx", 党员=[["姓名", "入党时间"], *rows]))
    page.get_by_text("以下列出前 10 处").wait_for()
    assert page.locator(".problem-lines li").count() == 10
    table = page.locator('[data-testid="stDataFrame"]:visible').first.bounding_box()
    assert table["y"] < page.get_by_text("将发生的变化").first.bounding_box()["y"]


def test_cancelling_writes_nothing(page: Any, held: Store, tmp_path: Path) -> None:
    before = held.state()
    check(page, broken(tmp_path / "檀香.xlsx"))
    page.get_by_role("button", name="取消", exact=True).last.click()
    page.get_by_text("已取消，未写入任何内容").wait_for()
    assert held.state() == before


def test_a_load_is_stopped_in_the_middle_of_its_writing(page: Any, held: Store, tmp_path: Path) -> None:
    made = make_survey(8_000, 1, tmp_path / "city", format="csv")
    before = held.held(), held.state()
    check(page, *sorted(made.folder.glob("*.csv")))
    page.get_by_role("button", name="确认导入").click()
    at_once(page.get_by_role("button", name="停止导入"))
    page.get_by_text("已取消，未写入任何内容").wait_for()
    assert (held.held(), held.state()) == before


def test_the_round_is_proposed_from_the_files_and_may_be_changed(page: Any, tmp_path: Path) -> None:
    field = page.get_by_label("批次（年-月）")
    page.reload()
    made(page)
    titled = save(tmp_path / "党员.xlsx", 党员=[["二〇二四年六月党员花名册"], *MEMBERS])
    page.locator('input[type="file"]').first.set_input_files(str(titled))
    page.get_by_text("批次（2024年6月）取自表题中的“二〇二四年六月”").wait_for()
    assert field.input_value() == "2024-06"
    page.get_by_role("button", name="检查").click()
    page.get_by_text("将发生的变化").first.wait_for()
    field.fill("2024-07")
    page.get_by_role("button", name="检查").click()
    page.get_by_text("批次（2024年6月）取自").wait_for(state="detached")
    assert field.input_value() == "2024-07"


def test_where_nothing_says_the_round_this_month_is_filled_in_and_asked_about(
    page: Any, tmp_path: Path
) -> None:
    page.reload()
    made(page)
    page.locator('input[type="file"]').first.set_input_files(
        str(save(tmp_path / "党员.xlsx", 党员=MEMBERS))
    )
    page.get_by_role("button", name="检查").click()
    page.get_by_text("暂按本月").wait_for()
    assert len(page.get_by_label("批次（年-月）").input_value()) == len("2024-06")
    assert page.get_by_text("将发生的变化").count() == 0
    page.get_by_role("button", name="检查").click()
    page.get_by_text("将发生的变化").first.wait_for()


def test_a_word_that_is_no_term_is_answered_once_for_all_of_its_cells(
    page: Any, held: Store, home: Path, tmp_path: Path
) -> None:
    rows = [[f"{name}商行", "个体户", "外商独资"] for name in "甲乙丙"]
    path = save(tmp_path / "商行.xlsx", 单位=[["单位名称", "单位类别", "性质"], *rows])
    check(page, path)
    page.get_by_text("列表用词：有 2 个用词不在列表中").wait_for()
    page.get_by_text("“个体户”：单位的类别，3 格").wait_for()
    assert page.get_by_role("button", name="确认导入").count() == 0
    page.get_by_role("combobox", name="“个体户”的含义").click()
    page.get_by_role("option", name="其他单位").click()
    page.get_by_role("button", name="按以上选择重新检查").click()
    page.get_by_text("按您的选择读作“其他单位”").first.wait_for(state="attached")
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("已导入2006年10月批次").wait_for()
    shops = [n.properties for n in held.held().nodes.values() if "商行" in str(n.properties["name"])]
    assert [(s["kind"], s["ownership"]) for s in shops] == [("other", "foreign")] * 3
    answered = {(a.property, a.word): a.term for a in read_history(home, held)[0].answers.terms}
    assert answered == {("Unit.kind", "个体户"): "other", ("Unit.ownership", "外商独资"): "foreign"}
