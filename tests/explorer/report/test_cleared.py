"""What a round cleared, from two loads to the annex, the work list and its filter, against literals."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from explorer.answers import Answers
from explorer.gaps.cleared import cleared_items, filter_cleared
from explorer.gaps.gap_report_rows import gap_items
from explorer.gaps.gap_rows import GapFilter
from explorer.report.annexes import find_annex
from explorer.report.blocks import Paragraph, ReportTable, TableRow
from explorer.report.report import build_annex, build_monthly_report
from explorer.report.worklist import worklist_xlsx
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.profile import Reckoning, read_profile
from graph_model.store.store import Round, Store
from tests.support.graphs import fill, graph, node, staff, tie

DAY = date(2006, 11, 15)
RULES = Catalogue(tuple(read_catalogue().rule(id_) for id_ in ("own_branch_due", "lost_contact")))
APRIL = Round("2006-04", "2006-04", "2006-05-01T08:00:00+00:00", {}, {})
OCTOBER = Round("2006-10", "2006-10", "2006-11-01T08:00:00+00:00", {}, {})


def _two_rounds(store: Store) -> Answers:
    """甲物业 and the lost 周大明 are gaps in April and none in October; 乙物业 stays one."""
    kept = (
        node("r_1", name="北苑居民区"),
        node("u_1", name="甲物业", kind="property_company", status="operating"),
        node("u_2", name="乙物业", kind="property_company", status="operating"),
        tie("u_1 MANAGES r_1"),
        staff("u_1", full=4),
        staff("u_2", full=3),
    )
    profile = read_profile()
    lost = node("m_lost", name="周大明", lost_contact=True, absent_since="2005-01")
    fill(store, graph(*kept, lost), round=APRIL)
    april = Answers(store, RULES, replace(profile, given=Reckoning("2006-04", "setting")))
    april.refresh()
    assert cleared_items(april, Viewer()) == ()
    found = node("m_lost", name="周大明", lost_contact=False)
    founded = (node("b_1", name="甲物业党支部", kind="independent"), tie("b_1 ORGANISED_IN u_1"))
    fill(store, graph(*kept, found, *founded), round=OCTOBER)
    answers = Answers(store, RULES, replace(profile, given=Reckoning("2006-10", "setting")))
    answers.refresh()
    return answers


def _rows(answers: Answers, viewer: Viewer) -> list[tuple[str, ...]]:
    blocks = build_annex(answers, viewer, find_annex("cleared"), today=DAY).blocks
    [table] = [b for b in blocks if isinstance(b, ReportTable)]
    return [r.cells for r in table.rows if isinstance(r, TableRow)]


@pytest.mark.slow
def test_what_went_since_the_last_round_is_listed_with_the_month_in_which_it_went(store: Store) -> None:
    answers = _two_rounds(store)
    own, lost = (answers.catalogue.rule(id_).title.zh for id_ in ("own_branch_due", "lost_contact"))
    how = "经本期调摸核实，已不存在此问题"
    when = ("2006年4月", "2006年10月", how)
    # in the order of the rules; people are masked
    assert _rows(answers, Viewer()) == [
        ("1", own, "甲物业", "北苑居民区", *when),
        ("2", lost, "周**", "—", *when),
    ]
    assert [r[2] for r in _rows(answers, Viewer(names=True))] == ["甲物业", "周大明"]

    # the notice counts as many as its annex lists
    said = [
        b.text
        for b in build_monthly_report(answers, Viewer(), today=DAY).blocks
        if isinstance(b, Paragraph)
    ]
    assert any("本期已销号2项" in text for text in said)

    # the work list: open ones by area, then what was cleared, with 销号时间
    gone = cleared_items(answers, Viewer())
    items = gap_items(answers, Viewer(), "2006-10")
    data = worklist_xlsx(items, Viewer(), place="兰桥街道", round_="2006-10", today=DAY, cleared=gone)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["汇总", "不属于任何区域", "已销号清单"]
    sheet = book["已销号清单"]
    assert sheet["A2"].value == "调摸批次：2006年10月　制表日期：2006年11月15日　本期已销号2项"
    heads = [c.value for c in sheet[3]]
    first = dict(zip(heads, [c.value for c in sheet[4]], strict=True))
    wanted = ("对象", "所属区域", "具体情况", "首次发现", "完成情况", "销号时间")
    assert [first[h] for h in wanted] == ["甲物业", "北苑居民区", how, "2006年4月", "已销号", "2006年10月"]
    assert "本期已销号2项" in str(book["汇总"]["A6"].value)
    still = dict(
        zip(
            (c.value for c in book["不属于任何区域"][3]),
            (c.value for c in book["不属于任何区域"][4]),
            strict=True,
        )
    )
    assert (still["对象"], still["销号时间"]) == ("乙物业", None)

    def left(**asked: tuple[str, ...] | str) -> list[str]:
        return [i.subject("zh") for i in filter_cleared(gone, GapFilter(**asked))]  # type: ignore[arg-type]

    assert left() == left(lives=("cleared-now",)) == ["甲物业", "周**"]
    assert left(areas=("r_1",)) == left(text="甲") == left(rules=("own_branch_due",)) == ["甲物业"]
    assert left(areas=("",)) == ["周**"]
    assert left(states=("todo",)) == left(lives=("new",)) == left(owners=("周科长",)) == []

    # with other rules a gap goes without anybody's doing: that is said
    later = Catalogue(
        (answers.catalogue.rule("own_branch_due"),), off=(answers.catalogue.rule("lost_contact"),)
    )
    one = Answers(store, later, replace(read_profile(), given=Reckoning("2006-10", "setting")))
    one.refresh()
    assert [r[2] for r in _rows(one, Viewer())] == ["甲物业"]
