"""What pages offer of things made elsewhere, in a real Chromium: saved views, notes, work list, monthly pack."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from explorer.explore.saved_views import saved_views
from explorer.lookup.notes import notes_on
from explorer.viewer import Viewer
from graph_model.store.store import Store
from tests.support.browser import STAGE, GraphPage, clear_names, explorer, loaded, take_in, window
from tests.support.graphs import answers_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def held(home: Path) -> Iterator[Store]:
    with loaded(home, "2006-04") as store:
        yield store


@pytest.fixture(scope="module")
def names(held: Store) -> frozenset[str]:
    """What a masked viewer must not be given."""
    return clear_names(held)


@pytest.fixture(scope="module")
def opened(home: Path, held: Store, browser: Any) -> Iterator[tuple[Any, str]]:
    """A context of a browser, and where the pages are: for a viewer who may not see names."""
    with explorer(home) as address, window(browser) as context:
        yield context, address


@pytest.fixture
def graph(opened: tuple[Any, str]) -> Iterator[GraphPage]:
    context, address = opened
    shown = GraphPage(context.new_page(), f"{address}/graph")
    yield shown
    shown.page.close()


def kept(page: GraphPage) -> Any:
    """The list of saved views, open."""
    if not page.button("kept-save-do").is_visible():
        page.page.get_by_role("button", name="已存视图").click()
        page.button("kept-save-do").wait_for()
    return page.page


def places(page: GraphPage) -> dict[str, list[float]]:
    found: dict[str, list[float]] = page.graph(
        "Object.fromEntries(g.scene.nodes.map(n => [n.id, g.memory.places.get(n.id)]))"
    )
    return found


def test_a_saved_view_reopens_the_same_nodes_at_the_same_places(
    graph: GraphPage, held: Store, home: Path
) -> None:
    shown = graph.page
    before = len(places(graph))
    shown.mouse.dblclick(*graph.places()[graph.ids()["新桃源物业"]])
    graph.until(f"g.scene.nodes.length > {before}")
    key = graph.ids()["合生物业"]
    graph.drag(key, 60, 40)
    shown.locator(f'{STAGE} [data-key="Branch"], [data-key="Branch"]').first.click()
    shown.wait_for_url(re.compile("off=Branch"))
    then = places(graph)
    kept(graph).get_by_label("把当前画面存为").fill("十月走访")
    graph.button("kept-save-do").click()
    shown.get_by_text("已保存“十月走访”").wait_for()
    [listed] = saved_views(answers_of(held))
    assert (listed.name, listed.size) == ("十月走访", len(then))

    def reopened() -> None:
        shown.goto(shown.url.split("?")[0] + f"?focus={key}&depth=1")
        graph.until("g.scene.nodes.length < 30")
        kept(graph)
        graph.button("kept-open").click()
        graph.until(f"g.scene.nodes.length === {len(then)}")
        shown.wait_for_url(re.compile("off=Branch"))

    reopened()
    assert set(places(graph)) == set(then)
    assert all(places(graph)[k] == pytest.approx(spot, abs=1) for k, spot in then.items())
    assert shown.get_by_text("暂未显示").count() == 0

    take_in(held, home, "2006-10")
    there = {n.key for n in held.nodes(tuple(then))}
    then = {k: spot for k, spot in then.items() if k in there}
    reopened()
    assert set(places(graph)) == set(then)
    assert all(places(graph)[k] == pytest.approx(spot, abs=1) for k, spot in then.items())
    shown.get_by_text("暂未显示").wait_for()


def test_a_view_is_renamed_written_over_and_deleted(graph: GraphPage, held: Store) -> None:
    shown = kept(graph)
    shown.get_by_label("把当前画面存为").fill("月会")
    graph.button("kept-save-do").click()
    shown.get_by_text("已保存“月会”").wait_for()
    shown.get_by_label("把当前画面存为").fill("月会")
    graph.button("kept-save-do").click()
    shown.get_by_text("已经有名为“月会”的视图").wait_for()
    graph.button("kept-replace").click()
    shown.get_by_text("已保存“月会”").wait_for()
    shown.get_by_label("新名称").fill("十一月月会")
    graph.button("kept-rename").click()
    shown.get_by_text("已更名为“十一月月会”").wait_for()
    assert "十一月月会" in {v.name for v in saved_views(answers_of(held))}
    graph.button("kept-delete").click()
    graph.button("kept-delete-sure").click()
    shown.get_by_text("已删除“十一月月会”").wait_for()
    assert not {"月会", "十一月月会"} & {v.name for v in saved_views(answers_of(held))}


def test_a_note_is_written_beside_the_picture_and_survives_a_load(
    graph: GraphPage, held: Store, home: Path
) -> None:
    shown, key = graph.page, graph.ids()["合生物业"]
    graph.click("合生物业")
    graph.heading("合生物业")
    shown.get_by_text("备注（0）").wait_for()
    shown.locator('[data-testid="stExpander"]', has_text="写备注").locator("summary").click()
    shown.get_by_label("写备注").last.fill("已电话联系")
    shown.get_by_role("button", name="添加备注").click()
    shown.get_by_text("备注（1）").wait_for()
    shown.get_by_text("仅有权查看姓名的人员可见").first.wait_for()
    assert "已电话联系" not in shown.locator('[data-testid="stVerticalBlock"]').first.inner_text()
    take_in(held, home, "2006-10")
    assert [n.body for n in notes_on(answers_of(held), key, Viewer(names=True))] == ["已电话联系"]
    graph.click("新桃源物业")
    graph.heading("新桃源物业")
    graph.click("合生物业")
    shown.get_by_text("备注（1）").wait_for()


def _notes(store, home, key) -> None:
    """A page of nothing but notes, for a viewer who may see names."""
    from explorer.answers import Answers
    from explorer.i18n import Words
    from explorer.page_context import PageContext
    from explorer.settings import Settings
    from explorer.viewer import Viewer
    from explorer.views.shared.notes_view import notes_view

    answers = Answers(store, Settings(home).catalogue(), Settings(home).profile())
    notes_view(PageContext(answers, Viewer(names=True), Words("zh"), home), key, small=True)


def test_who_may_see_names_reads_and_removes_notes(held: Store, home: Path) -> None:
    unit = next(n for n in held.held().nodes.values() if n.properties.get("name") == "新桃源物业")
    shown = AppTest.from_function(_notes, args=(held, home, unit.key), default_timeout=60).run()
    shown.text_area[0].set_value("请**书记**核实")
    shown.button[0].click().run()
    assert [t.value for t in shown.text] == ["请**书记**核实"]
    assert shown.text_area[0].value == ""
    shown.button(f"note-{notes_on(answers_of(held), unit.key, Viewer())[0].key}").click().run()
    assert notes_on(answers_of(held), unit.key, Viewer()) == ()
    assert [t.value for t in shown.text] == []
    shown.button[0].click().run()
    assert "先写内容" in shown.error[0].value


def taken(page: Any, key: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator(f".st-key-{key} button").first.click()
    file = waiting.value
    return file.suggested_filename, Path(file.path()).read_bytes()


def made(page: Any, key: str) -> None:
    """Press the button that makes a file, and wait for the one that takes it along."""
    page.locator(f".st-key-{key}-make button").first.click()
    page.locator(f".st-key-{key} button").first.wait_for()


def test_work_list_and_monthly_pack_are_real_files_without_names(
    opened: tuple[Any, str], held: Store, names: frozenset[str]
) -> None:
    context, address = opened
    round_ = held.state().round
    page = context.new_page()
    page.goto(f"{address}/gaps?rules=own_branch_due")
    page.get_by_text("导出", exact=True).click()
    called, book = taken(page, "gaps-worklist-do")
    assert called == f"党建覆盖问题整改台账-{round_}.xlsx"
    sheets = load_workbook(io.BytesIO(book)).worksheets
    cells = [str(c.value) for s in sheets for row in s.iter_rows() for c in row if c.value is not None]
    assert any("应建未建单位" in c for c in cells)
    assert not any("届期" in c for c in cells)  # only what the filter leaves
    made(page, "gaps-pack-docx")
    called, paper = taken(page, "gaps-pack-docx")
    assert called == f"月报-{round_}.docx"
    document = Document(io.BytesIO(paper))
    said = [p.text for p in document.paragraphs]
    said += [c.text for t in document.tables for row in t.rows for c in row.cells]
    assert any("党建覆盖情况通报" in p for p in said)
    page.goto(address)
    made(page, "overview-pack-pdf")
    called, print_ = taken(page, "overview-pack-pdf")
    assert called == f"月报-{round_}.pdf"
    said += [p.extract_text() for p in PdfReader(io.BytesIO(print_)).pages]
    whole = "\n".join([*cells, *said])
    assert [n for n in sorted(names) if n in whole] == []
    page.close()
