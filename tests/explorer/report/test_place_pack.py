"""The pack of one sub-district or area: its figures, problems, lists and registers only; the comparison of all."""

from __future__ import annotations

from datetime import date

from explorer.answers import Answers
from explorer.report.annexes import find_annex
from explorer.report.blocks import Paragraph, Report, ReportTable, TableRow
from explorer.report.report import build_annex, build_monthly_report
from explorer.viewer import Viewer
from graph_model.coverage.areas import find_locality
from graph_model.coverage.catalogue import Catalogue
from graph_model.findings.refresh import refresh_findings
from graph_model.store.store import Store
from tests.graph_model.coverage.test_localities import DUE, FIELD, PROFILE, WORK
from tests.support.graphs import fill, graph, node, tie

DAY = date(2006, 11, 15)
REGISTERS = graph(
    *FIELD.nodes.values(),
    *FIELD.edges.values(),
    node("l_east", name="钱一一"),
    tie("l_east POSTED_TO u_both"),
    node("l_west", name="钱二二"),
    tie("l_west POSTED_TO c_1"),
    node("p_east", name="东结对"),
    tie("p_east PARTNER u_both"),
    node("j_1", held="2006-09"),
    tie("j_1 HELD_IN c_1"),
    node("t_1", name="停车"),
    tie("j_1 TOOK_UP t_1"),
)


def cells(report: Report) -> list[tuple[str, ...]]:
    return [
        row.cells
        for block in report.blocks
        if isinstance(block, ReportTable)
        for row in block.rows
        if isinstance(row, TableRow)
    ]


def test_a_pack_of_one_place_holds_what_lies_in_it(store: Store) -> None:
    fill(store, REGISTERS)
    rules = Catalogue((WORK, DUE))
    refresh_findings(store, rules, PROFILE)
    answers = Answers(store, rules, PROFILE)
    east, west = (find_locality(answers.localities(), name) for name in ("东街道", "西街道"))

    def rows(name: str, within=None) -> list[tuple[str, ...]]:
        return cells(build_annex(answers, Viewer(names=True), find_annex(name), today=DAY, within=within))

    # the comparison: sub-districts with their areas below; name, companies, organisation, problems
    assert [(r[0], r[1], r[2], r[6]) for r in rows("areas")] == [
        ("东街道", "2", "50.0%（1/2）", "0"),
        ("兰桥", "2", "50.0%（1/2）", "0"),
        ("檀香", "1", "0.0%（0/1）", "0"),
        ("南街道", "0", "—", "0"),
        ("西街道", "2", "50.0%（1/2）", "1"),
        ("广场", "2", "50.0%（1/2）", "1"),
        ("柳岸", "0", "—", "0"),
        ("所属区域不明", "1", "0.0%（0/1）", "—"),
    ]
    assert [r[0] for r in rows("areas", west)] == ["西街道", "广场"]
    assert [[r[1] for r in rows("own_branch", place)] for place in (None, west, east)] == [
        ["u_stands"]
    ] * 2 + [[]]
    assert [[r[1] for r in rows("instructors", place)] for place in (east, west)] == [
        ["钱一一"],
        ["钱二二"],
    ]
    assert [[r[1] for r in rows("pairs", place)] for place in (east, west)] == [["东结对"], []]
    assert [[r[3] for r in rows("matters", place)] for place in (east, west)] == [[], ["停车"]]
    told: list[Report] = []
    for place in (west, east):
        report = build_monthly_report(answers, Viewer(), today=DAY, within=place)
        told.append(report)
        text = "\n".join(b.text for b in report.blocks if isinstance(b, Paragraph))
        assert report.title.startswith(place.name)
        assert "申报数按全部调摸范围填报，不按单个街道或区域核对。" in text
        assert "钱" not in text
        assert f"截至2006年10月，{place.name}共调摸物业公司2家" in text
        assert "上期数按全部范围保存，单个街道、区域不作比较。" in text
    assert [next(row for row in cells(r) if row[0] == "组织覆盖率")[1:4] for r in told] == [
        ("1", "2", "50.0%")
    ] * 2
    assert [[row[3] for row in cells(r) if row[2] == DUE.title.zh] for r in told] == [["1"], []]
