import io
import re
import shutil
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from loaders.annotate.annotate import CONVERTED, annotate
from loaders.map.headings import LIST_SHEET
from loaders.problems import problem
from loaders.read.workbooks import read_workbook
from loaders.survey import read_round

pytestmark = pytest.mark.slow

SECRET = b"test"


def simple(path, *rows, name="党员"):
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def bad(cell, sheet="党员", file="a.xlsx", value="某", blocking=True):
    if blocking:
        return problem(
            "bad_value", file, sheet, cell, value, heading="性别", zh="可用的值：男、女", en="one of"
        )
    return problem("total_row", file, sheet, cell, value)


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def data_of(xml):
    return re.search(rb"<sheetData.*</sheetData>", xml, re.DOTALL).group()


def coloured(sheet):
    return {
        (str(area.sqref), rule.dxf.fill.bgColor.rgb)
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.formula == ['"branchmap"="branchmap"']
    }


def links(sheet):
    return {cell.coordinate: cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}


def test_a_problem_is_coloured_commented_and_listed(tmp_path):
    path = simple(tmp_path / "a.xlsx", ["姓名", "性别"], ["张三", "某"], ["合计", None])
    found = [bad("B2"), bad("A3", value="合计", blocking=False)]
    marked = annotate(path, found, tmp_path / "out.xlsx")
    assert (marked.path, marked.problems, marked.note) == (tmp_path / "out.xlsx", 2, None)
    book = openpyxl.load_workbook(marked.path)
    assert book.sheetnames == [LIST_SHEET, "党员"]
    assert book.active.title == LIST_SHEET
    assert coloured(book["党员"]) == {("B2", "FFFFC7CE"), ("A3", "FFFFEB9C")}
    assert (
        book["党员"]["B2"].comment.text
        == "【导入检查】\n必须改正：“性别”的内容无法识别\n应为：可用的值：男、女"
    )
    assert book["党员"]["A3"].comment.text.startswith("【导入检查】\n提示：")
    rows = list(book[LIST_SHEET].iter_rows(min_row=2, values_only=True))
    assert rows[:2] == [
        ("序号", "类别", "工作表", "单元格", "内容", "问题", "应为"),
        (1, "必须改正", "党员", "B2", "某", "“性别”的内容无法识别", "可用的值：男、女"),
    ]
    assert rows[2][:5] == (2, "提示", "党员", "A3", "合计")
    assert links(book[LIST_SHEET]) == {"D3": "'党员'!B2", "D4": "'党员'!A3"}


def test_what_looks_like_a_formula_stays_text(tmp_path):
    path = simple(tmp_path / "a.xlsx", ["姓名", "性别"])
    marked = annotate(path, [bad("A1", value="=cmd|' /C calc'!A0")], tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(marked.path)[LIST_SHEET]["E3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=cmd|' /C calc'!A0", "s", True)


def png():
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\xff\0\0")
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


@pytest.fixture
def rich(tmp_path):
    """A workbook with everything in it that a user would miss."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "党员"
    for row in (["姓名", "性别", "入党时间"], ["张三", "某", "2001.12"], ["李四", "女", "=B3&1"]):
        sheet.append(row)
    sheet.column_dimensions["A"].width = 33
    sheet.merge_cells("E1:F3")
    sheet["C2"].number_format = "yyyy/mm"
    sheet["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["A2"].comment = Comment("请核对", "街道")
    choices = DataValidation(type="list", formula1='"男,女"')
    choices.add("B2:B9")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add("C2:C9", CellIsRule(operator="equal", formula=["1"], font=None))
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = "A1:C3"
    sheet.freeze_panes = "A2"
    other = book.create_sheet("图")
    other.append([1, 2])
    chart = BarChart()
    chart.add_data(Reference(other, min_col=1, max_col=2, min_row=1))
    other.add_chart(chart)
    other.add_image(Image(png()), "F5")
    book.defined_names["甲"] = DefinedName("甲", attr_text="党员!$A$1")
    book.active = 1
    sheet.sheet_view.tabSelected = False
    other.sheet_view.tabSelected = True
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_the_rest_of_the_workbook_is_byte_for_byte_what_it_was(rich, tmp_path):
    marked = annotate(rich, [bad("B2"), bad("A2")], tmp_path / "out.xlsx")
    before, after = parts(rich), parts(marked.path)
    changed = {n for n in before if after[n] != before[n]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml"
        if "xl/drawings/commentsDrawing1.vml" in before
        else next(n for n in before if n.endswith(".vml")),
    }
    first, second = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
    assert data_of(after[first]) == data_of(before[first])
    # the second sheet was the open one: only that is different
    assert after[second] == before[second].replace(b' tabSelected="1"', b"")
    stripped = re.sub(
        rb"<conditionalFormatting sqref=\"(A2:?B?2?|B2|A2 B2)\">.*?</conditionalFormatting>",
        b"",
        after[first],
    )
    assert stripped == before[first]


def test_formats_drop_downs_names_and_comments_are_still_there(rich, tmp_path):
    book = openpyxl.load_workbook(annotate(rich, [bad("B2"), bad("A2")], tmp_path / "out.xlsx").path)
    sheet = book["党员"]
    assert sheet.column_dimensions["A"].width == 33
    assert [str(r) for r in sheet.merged_cells.ranges] == ["E1:F3"]
    assert sheet["C2"].number_format == "yyyy/mm"
    assert sheet["B2"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["C3"].value == "=B3&1"
    assert [d.formula1 for d in sheet.data_validations.dataValidation] == ['"男,女"']
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["A2"].comment.text.startswith("请核对\n\n【导入检查】\n必须改正")
    assert sheet["A2"].comment.author == "街道"
    assert (len(book["图"]._charts), len(book["图"]._images)) == (1, 1)
    assert [s.title for s in book if s.sheet_view.tabSelected] == [LIST_SHEET]


def test_marking_again_replaces_the_marks_of_before(rich, tmp_path):
    once = annotate(rich, [bad("B2"), bad("A2")], tmp_path / "b.xlsx")
    again = annotate(once.path, [bad("C3", file="b.xlsx", blocking=False)], tmp_path / "c.xlsx")
    book = openpyxl.load_workbook(again.path)
    sheet = book["党员"]
    assert book.sheetnames == [LIST_SHEET, "党员", "图"]
    assert coloured(sheet) == {("C3", "FFFFEB9C")}
    assert sheet["A2"].comment.text == "请核对"
    assert sheet["B2"].comment is None
    assert sheet["C3"].comment is not None
    assert book[LIST_SHEET].max_row == 3
    clean = annotate(again.path, [], tmp_path / "d.xlsx")
    first = "xl/worksheets/sheet1.xml"
    assert data_of(parts(clean.path)[first]) == data_of(parts(rich)[first])
    assert b"branchmap" not in parts(clean.path)[first]


def test_the_mended_workbook_loads_and_the_list_is_passed_over(tmp_path):
    path = simple(tmp_path / "a.xlsx", ["姓名", "性别"], ["张三", "某"])
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    assert [p.cell for p in reading.problems] == ["B2"]
    marked = annotate(path, reading.problems, tmp_path / "marked.xlsx")
    again = read_round([marked.path], keys=KeyMaker(SECRET), round="2006-10")
    assert [(p.code, p.cell) for p in again.problems] == [("unknown_term", "B2")]
    book = openpyxl.load_workbook(marked.path)
    book["党员"]["B2"] = "男"
    book.save(marked.path)
    mended = read_round([marked.path], keys=KeyMaker(SECRET), round="2006-10")
    assert mended.problems == ()
    assert [n.properties["gender"] for n in mended.graph.nodes.values()] == ["male"]


def test_a_sheet_that_somebody_else_called_so_is_not_passed_over(tmp_path):
    path = simple(tmp_path / "a.xlsx", ["姓名", "性别"], ["张三", "男"], name=LIST_SHEET)
    assert len(read_round([path], keys=KeyMaker(SECRET), round="2006-10").graph.nodes) == 1
    marked = annotate(path, [], tmp_path / "b.xlsx")
    assert openpyxl.load_workbook(marked.path).sheetnames == [f"{LIST_SHEET}(2)", LIST_SHEET]
    assert len(read_round([marked.path], keys=KeyMaker(SECRET), round="2006-10").graph.nodes) == 1


def test_a_csv_comes_back_as_a_marked_xlsx_of_its_values_and_says_so(tmp_path):
    path = tmp_path / "党员[1].csv"
    path.write_text("姓名,性别,入党时间\n=1+1,某,2001.1\n", encoding="gb18030")
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    marked = annotate(path, reading.problems, tmp_path / "out.csv")
    assert (marked.path.name, marked.note) == ("out.xlsx", CONVERTED)
    book = openpyxl.load_workbook(marked.path)
    assert book.sheetnames == [LIST_SHEET, "党员_1_"]
    assert [[c.value for c in row] for row in book["党员_1_"]][1] == ["=1+1", "某", 2001.1]
    assert book["党员_1_"]["A2"].data_type == "s"
    assert coloured(book["党员_1_"]) == {("A2 B2", "FFFFC7CE"), ("C2", "FFFFEB9C")}
    assert links(book[LIST_SHEET])["D3"] == "'党员_1_'!A2"
    again = read_round([marked.path], keys=KeyMaker(SECRET), round="2006-10")
    assert [(p.code, p.cell) for p in again.problems] == [(p.code, p.cell) for p in reading.problems]


def test_a_mark_inside_a_merged_area_is_put_where_it_is_seen(rich, tmp_path):
    marked = annotate(rich, [bad("F3")], tmp_path / "out.xlsx")
    assert coloured(openpyxl.load_workbook(marked.path)["党员"]) == {("E1", "FFFFC7CE")}


def test_problems_of_the_sheet_or_the_file_are_listed_without_a_cell(tmp_path):
    path = simple(tmp_path / "a.xlsx", ["工作", "安排"], name="计划'表")
    found = [
        problem("unknown_sheet", "a.xlsx", "计划'表", forms="党员"),
        problem("no_form", "a.xlsx", forms="党员"),
        problem("no_form", "b.xlsx", forms="党员"),
    ]
    listed = openpyxl.load_workbook(annotate(path, found, tmp_path / "o.xlsx").path)[LIST_SHEET]
    assert [listed["D3"].value, listed["D4"].value, listed["D5"].value] == ["整张表", "整个文件", None]
    assert links(listed) == {"D3": "'计划''表'!A1"}


def test_many_problems_are_all_listed_and_coloured(tmp_path):
    path = simple(tmp_path / "a.xlsx", ["姓名"], *(["x"] for _ in range(7000)))
    marked = annotate(path, [bad(f"A{n}") for n in range(2, 7002)], tmp_path / "o.xlsx")
    book = openpyxl.load_workbook(marked.path)
    assert coloured(book["党员"]) == {("A2:A7001", "FFFFC7CE")}
    assert book[LIST_SHEET].max_row == 7002
    assert sum(cell.comment is not None for row in book["党员"] for cell in row) == 5000
    assert "仅前 5000 处带批注" in book[LIST_SHEET]["A1"].value


def test_a_prefix_and_a_byte_order_mark_are_no_obstacle(tmp_path):
    path = simple(tmp_path / "a.xlsx", ["姓名", "性别"], ["张三", "某"])
    held = parts(path)
    first = held["xl/worksheets/sheet1.xml"].decode()
    prefixed = re.sub(r"<(/?)(\w)", r"<\1x:\2", first).replace("xmlns=", "xmlns:x=")
    held["xl/worksheets/sheet1.xml"] = b"\xef\xbb\xbf" + prefixed.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    book = openpyxl.load_workbook(annotate(path, [bad("B2")], tmp_path / "o.xlsx").path)
    assert coloured(book["党员"]) == {("B2", "FFFFC7CE")}
    assert book["党员"]["B2"].comment is not None


def test_macros_are_kept_and_keep_their_ending(tmp_path):
    path = simple(tmp_path / "a.xlsm", ["姓名", "性别"], ["张三", "某"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    marked = annotate(path, [bad("B2", file="a.xlsm")], tmp_path / "o.xlsx")
    assert marked.path.suffix == ".xlsm"
    assert parts(marked.path)["xl/vbaProject.bin"] == b"macro"


def test_a_document_type_is_refused(tmp_path):
    path = simple(tmp_path / "a.xlsx", ["姓名"])
    held = parts(path)
    held["xl/styles.xml"] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><styleSheet/>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match="损坏"):
        annotate(path, [], tmp_path / "o.xlsx")
    assert not (tmp_path / "o.xlsx").exists()


def test_where_it_cannot_be_written_it_says_so(tmp_path):
    path = simple(tmp_path / "a.xlsx", ["姓名"])
    with pytest.raises(InputError, match="无法写入"):
        annotate(path, [], tmp_path / "no" / "o.xlsx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_it_opens_in_libreoffice_with_its_marks(rich, tmp_path):
    marked = annotate(rich, [bad("B2"), bad("A2"), bad("C3")], tmp_path / "out.xlsx")
    folder = tmp_path / "lo"
    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            folder,
            marked.path,
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert "convert" in done.stdout
    book = openpyxl.load_workbook(folder / "out.xlsx")
    assert book.sheetnames == [LIST_SHEET, "党员", "图"]
    assert book["党员"]["B2"].comment is not None
    assert len(coloured(book["党员"])) == 1
    assert links(book[LIST_SHEET])["D3"].endswith("B2")
    assert [d.formula1 for d in book["党员"].data_validations.dataValidation] == ['"男,女"']
    again = annotate(folder / "out.xlsx", [], tmp_path / "clean.xlsx")
    sheet = openpyxl.load_workbook(again.path)["党员"]
    assert coloured(sheet) == set()
    assert [c.coordinate for row in sheet for c in row if c.comment] == ["A2"]
    assert sheet["A2"].comment.text == "请核对"


@pytest.mark.parametrize(
    "name", ["parts_backslash_merged.xlsx", "cells_without_r_hidden.xlsx", "workbook2.xlsx"]
)
def test_a_workbook_of_unusual_parts_comes_back_marked(tmp_path, name):
    path = Path(__file__).parents[2] / "data" / "intake" / name
    marked = annotate(path, [bad("A2", file=name)], tmp_path / "b.xlsx")
    assert (marked.problems, marked.note) == (1, None)
    before, after = read_workbook(path), read_workbook(tmp_path / "b.xlsx")
    assert [s.name for s in after] == [LIST_SHEET, *(s.name for s in before)]
    assert [list(map(list, s.columns)) for s in after[1:]] == [list(map(list, s.columns)) for s in before]
