import io
from datetime import date

import openpyxl
import pytest

from explorer.gaps.gap_report_rows import GapItem
from explorer.report.worklist import worklist_xlsx
from explorer.viewer import Viewer
from graph_model.coverage.areas import Area
from graph_model.coverage.catalogue import read_catalogue
from graph_model.findings.findings import Finding, finding_key
from tests.support.office import converted

pytestmark = pytest.mark.slow

ZH = Viewer()
TODAY = date(2006, 11, 15)
NORTH = Area("ResidentialArea", "r_north", "北苑居民区")
SOUTH = Area("ResidentialArea", "r_south", "南苑居民区")
PLAZA = Area("CommercialArea", "c_plaza", "星汇广场")
RULE = read_catalogue().rule("no_work_coverage")  # high
LOW = read_catalogue().rule("no_co_building_pair")  # low

HEADINGS = (
    "序号 等级 问题类型 对象 具体情况 依据 整改措施 首次发现 责任单位 责任人 完成时限 完成情况 销号时间 备注".split()  # noqa: SIM905
)


def gap(name="秋橙物业", *areas, rule=RULE, why="没有党员", **finding):
    row = {"key": f"u_{name}", "name": name, "status": "gap", "reason": "none"}
    known = Finding(finding_key(rule.id, row["key"]), rule.id, row["key"], finding) if finding else None
    return GapItem(rule, row, why, areas, known)


def opened(items, **more):
    return openpyxl.load_workbook(io.BytesIO(worklist_xlsx(items, ZH, today=TODAY, **more)))


def row(sheet, number):
    return [cell.value for cell in sheet[number]]


# ---- the workbook


def test_a_sheet_for_each_area_with_the_columns_of_a_work_list():
    arranged = {
        "first_seen": "2006-04",
        "rounds": 2,
        "owner": "周科长",
        "due": "2006-12-31",
        "state": "doing",
        "note": "已沟通",
    }
    book = opened([gap("秋橙物业", NORTH, **arranged), gap("外市支部")], place="兰桥街道", round_="2006-10")
    assert book.sheetnames == ["汇总", "北苑居民区", "不属于任何区域"]
    sheet = book["北苑居民区"]
    assert sheet["A1"].value == "兰桥街道党建覆盖问题整改台账　北苑居民区"
    assert sheet["A2"].value == "调摸批次：2006年10月　制表日期：2006年11月15日　问题1项，逾期0项"
    assert row(sheet, 3) == HEADINGS
    assert row(sheet, 4) == [
        1,
        "高",
        RULE.title.zh,
        "秋橙物业",
        "没有党员",
        RULE.clause.zh,
        RULE.advice.zh,
        "2006年4月",
        "北苑居民区党组织",
        "周科长",
        "2006年12月31日",
        "办理中\n已持续2个批次",
        None,
        "已沟通",
    ]
    assert row(book["不属于任何区域"], 4)[7:] == [
        None,
        "所在居民区党组织",
        None,
        None,
        "待办",
        None,
        None,
    ]


def test_the_cover_counts_a_gap_of_two_areas_once_in_the_sum():
    book = opened([gap("甲", NORTH, SOUTH, due="2006-10"), gap("乙", SOUTH, rule=LOW)])
    cover = book["汇总"]
    assert row(cover, 3) == ["区域", "高", "中", "低", "问题合计", "已逾期", "暂缓整改"]
    assert row(cover, 4) == ["北苑居民区", 1, 0, 0, 1, 1, 0]
    assert row(cover, 5) == ["南苑居民区", 1, 0, 1, 2, 1, 0]
    assert row(cover, 6) == ["合计", 1, 0, 1, 2, 1, 0]
    assert "多列1次" in cover["A7"].value
    assert cover["A4"].hyperlink.location == "'北苑居民区'!A1"


def test_by_owner_the_areas_are_a_column():
    book = opened([gap("甲", NORTH, SOUTH, owner="周科长"), gap("乙")], group_by="owner")
    assert book.sheetnames == ["汇总", "周科长", "未指定责任人"]
    assert row(book["周科长"], 3)[3:5] == ["对象", "所属区域"]
    assert row(book["周科长"], 4)[4] == "北苑居民区、南苑居民区"


def test_printed_on_a4_across_with_headings_and_page_numbers_on_each_page():
    for sheet in opened([gap("甲", NORTH)]).worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == (
            "landscape",
            9,
            1,
            0,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.oddFooter.center.text == "第 &P 页　共 &N 页"
    cell = sheet["D4"]
    assert cell.font.name == "宋体"
    assert sheet["A3"].font.name == "黑体"
    assert cell.alignment.wrap_text
    assert cell.border.left.style == "thin"


def test_overdue_rows_stand_out():
    sheet = opened([gap("甲", NORTH, due="2006-10"), gap("乙", NORTH)])["北苑居民区"]
    assert sheet["K4"].value == "2006年10月\n已逾期"
    assert (sheet["D4"].font.bold, sheet["D4"].fill.fgColor.rgb) == (True, "00FBE3E0")
    assert (sheet["D5"].font.bold, sheet["D5"].fill.fill_type) == (False, None)


HOSTILE = [
    "=1+1",
    "+A1",
    "-2",
    "@SUM(1)",
    "＝1",
    " =1",
    "a\x00\x08b",
    "[一]:*?/\\'二'",
    "𠮷\ud800",
    "x" * 40_000,
]


def test_hostile_names_stay_text_and_make_sheets():
    items = [
        gap(name, Area("ResidentialArea", f"r_{n}", name), why=name, owner=name, note=name)
        for n, name in enumerate(HOSTILE)
    ]
    for group_by in ("area", "owner"):
        book = opened(items, group_by=group_by)
        assert len(book.sheetnames) == len(HOSTILE) + 1
        for sheet in book.worksheets:
            for cells in sheet.iter_rows():
                assert all(cell.data_type in "ns" for cell in cells)


def test_names_that_are_alike_make_different_sheets():
    items = [gap(str(n), Area("ResidentialArea", f"r_{n}", "很" * 40)) for n in range(12)]
    titles = opened([*items, gap("x", Area("ResidentialArea", "r_x", "汇总"))]).sheetnames
    assert len(set(titles)) == 14
    assert max(len(t) for t in titles) <= 31


def test_no_gaps_say_so():
    book = opened([])
    assert book.sheetnames == ["汇总"]
    assert row(book["汇总"], 4) == ["合计", 0, 0, 0, 0, 0, 0]
    assert book["汇总"]["A5"].value == "没有问题。"


def test_english():
    book = openpyxl.load_workbook(
        io.BytesIO(worklist_xlsx([gap("甲")], Viewer(language="en"), today=TODAY))
    )
    assert book.sheetnames == ["Totals", "In no area"]
    assert row(book["In no area"], 4)[11] == "To do"


def test_libreoffice_opens_three_hundred_gaps_and_hostile_names(tmp_path):
    many = [gap(f"物业{n}", (NORTH, SOUTH, PLAZA)[n % 3], due="2006-10") for n in range(300)]
    strange = [gap(name, Area("ResidentialArea", f"r_{n}", name)) for n, name in enumerate(HOSTILE)]
    data = worklist_xlsx([*many, *strange], ZH, today=TODAY)
    text = converted(data, "a.xlsx", "html:HTML (StarCalc):UTF8", tmp_path).read_text("utf-8")
    assert text.count("已逾期") >= 300
    assert "=1+1" in text
