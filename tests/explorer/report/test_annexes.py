"""The annexes of the pack against literals on one small graph, each by name, and as Excel without formulas."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from explorer.answers import Answers
from explorer.report.annex_xlsx import annex_xlsx
from explorer.report.annexes import ANNEXES, MOST_ROWS, find_annex, fitted_columns
from explorer.report.blocks import GroupRow, Heading, Paragraph, Report, ReportTable, TableColumn, TableRow
from explorer.report.facts import pack_facts
from explorer.report.report import build_annex
from explorer.report.words import REPORT_TEXTS
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.errors import InputError
from graph_model.profile import Reckoning, read_profile
from graph_model.store.store import Store
from tests.support.graphs import ROUND, fill, graph, node, staff, tie

DAY = date(2006, 11, 15)
RULES = Catalogue(
    tuple(read_catalogue().rule(id_) for id_ in ("own_branch_due", "term_ending", "floating_member"))
)


@pytest.mark.parametrize("key", REPORT_TEXTS)
def test_both_languages_ask_for_the_same_values(key: str) -> None:
    asked = [sorted(set(_fields(REPORT_TEXTS[key].in_(language)))) for language in ("zh", "en")]
    assert asked[0] == asked[1]


def _fields(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]


def test_an_annex_is_found_by_id_number_or_title() -> None:
    assert [find_annex(name).id for name in ("pairs", "own-branch", "7", "流动党员台账")] == [
        "pairs",
        "own_branch",
        "matters",
        "floating",
    ]
    with pytest.raises(InputError, match="own_branch（应建未建清单）"):
        find_annex("x")


def test_a_column_is_as_wide_as_what_it_holds() -> None:
    number, name, why = fitted_columns(
        ("序号", "名称", "情况"), [("1", "甲", "有正式党员4人，没有单独的党支部")]
    )
    assert (number.share, name.share, why.share) == (6, 6, 33)
    assert (number.align, why.align) == ("center", "left")


def _whole(store: Store) -> Answers:
    fill(
        store,
        graph(
            node("s_1", name="兰桥街道"),
            node("r_1", name="北苑居民区"),
            tie("r_1 PART_OF s_1"),
            node("u_1", name="甲物业", kind="property_company", status="operating"),
            node("u_2", name="乙物业", kind="property_company"),
            tie("u_1 MANAGES r_1"),
            staff("u_1", full=4),
            staff("u_2", full=3),
            node("b_1", name="丙支部", kind="independent", elected="2003-09"),
            node("b_2", name="丁支部", kind="independent", elected="2003-08"),
            node("l_1", name="周大明", role="instructor", home_unit="街道", last_visit="2006-09"),
            tie("l_1 POSTED_TO u_1", since="2006-01"),
            tie("l_1 POSTED_TO u_2"),
            node("p_1", name="甲与丙", signed="2006-05", projects="助老"),
            tie("p_1 PARTNER u_1"),
            tie("p_1 PARTNER b_1"),
            node("j_1", name="会议", held="2006-06"),
            tie("j_1 HELD_IN r_1"),
            node("t_1", name="停车", resolved=True, resolved_on="2006-07", solution="划线"),
            tie("j_1 TOOK_UP t_1"),
        ),
        round=ROUND,
    )
    return Answers(store, RULES, replace(read_profile(), given=Reckoning("2006-10", "setting")))


def test_every_annex_holds_what_the_graph_says(store: Store) -> None:
    answers = _whole(store)

    def rows(name: str, viewer: Viewer = Viewer()) -> list[tuple[str, ...]]:  # noqa: B008
        report = build_annex(answers, viewer, find_annex(name), today=DAY)
        [table] = [b for b in report.blocks if isinstance(b, ReportTable)]
        return [r.cells if isinstance(r, TableRow) else (r.text,) for r in table.rows]

    own = rows("own_branch")
    assert [row[:3] for row in own] == [
        ("已确认（1项）",),
        ("1", "甲物业", "北苑居民区"),
        ("资料不全、待核实（1项）",),
        ("1", "乙物业", "—"),
    ]
    assert [row[1] for row in rows("terms")] == ["丁支部", "丙支部"]  # the one that ends first
    assert rows("terms")[0][-1] == "任期已于2006年8月届满，应当换届"
    posted = ("党建指导员", "街道")
    assert rows("instructors") == [
        ("1", "周**", *posted, "乙物业", "—", "—", "2006年9月"),
        ("2", "周**", *posted, "甲物业", "北苑居民区", "2006年1月", "2006年9月"),
    ]
    assert rows("instructors", Viewer(names=True))[0][1] == "周大明"
    assert rows("pairs") == [("1", "甲与丙", "丙支部、甲物业", "北苑居民区", "2006年5月", "—", "助老")]
    assert rows("matters") == [
        ("1", "北苑居民区", "2006年6月", "停车", "—", "—", "是", "2006年7月 划线"),
    ]
    assert [row[:3] for row in rows("areas")] == [
        ("兰桥街道", "1", "0.0%（0/1）"),
        ("北苑居民区", "1", "0.0%（0/1）"),
        ("所属区域不明", "0", "—"),
    ]
    empty = build_annex(answers, Viewer(), find_annex("floating"), today=DAY)
    assert empty.blocks[-1] == Paragraph("本期无此类情况。")
    told = build_annex(answers, Viewer(language="en"), find_annex("data"), today=DAY)
    assert [b.text for b in told.blocks if isinstance(b, Heading)] == [
        "1. What the data are",
        "2. What is counted",
        "3. Declared and found",
        "4. Doubtful data",
        "5. By which norms",
    ]
    cut = ANNEXES[2].make
    assert MOST_ROWS == 200

    table, note = cut(pack_facts(answers, Viewer(), today=DAY), 1)
    assert isinstance(table, ReportTable)
    assert len(table.rows) == 1
    assert note == Paragraph("共2项，此处列前1项，全部内容另附电子表格。", "note")


def test_an_annex_as_excel_has_texts_and_numbers_and_no_formula() -> None:
    columns = (TableColumn("名称", 3, "left"), TableColumn("数", 1))
    table = ReportTable(columns, (GroupRow("北苑"), TableRow(("=1+1", "12")), TableRow(("甲", "—"))))
    blocks = (Paragraph("清单", "title"), Heading("一"), table, Paragraph("注", "note"))
    data = annex_xlsx(Report("清单", blocks, DAY, "zh"))
    [sheet] = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert [[c.value for c in row] for row in sheet] == [
        ["清单", None],
        ["一", None],
        ["名称", "数"],
        ["北苑", None],
        ["=1+1", 12],
        ["甲", "—"],
        ["注", None],
    ]
    assert sheet["A5"].data_type == "s"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$1:$3")
    assert sheet.page_setup.orientation == "landscape"
