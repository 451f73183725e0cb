"""Files that LibreOffice makes of a workbook hold the same rows, and the same beside them."""

import datetime as dt
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from graph_model.text import Text
from loaders.read.workbooks import read_workbook
from tests.support.office import converted

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def xlsx(tmp_path_factory):
    """A workbook with most of what a survey has."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "党员"
    for row in (
        ["党员名册"],
        ["姓名", "性别", "入党时间", "月份", "积分", "支部"],
        ["张三", "男", dt.date(2001, 12, 5), dt.date(2001, 10, 1), 37, "青松"],
        ["李四", "女", dt.date(2002, 1, 2), dt.date(2002, 11, 1), 2001.1, None],
        ["王五  甲\n乙", '<男> & "女"', None, None, "2001.10", "翠竹"],
        [],
        ["合计", 3],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("F3:F4")
    sheet["D3"].number_format, sheet["D4"].number_format = 'yyyy"年"m"月"', "yyyy-mm"
    sheet.row_dimensions[5].hidden = True
    sheet["B3"].comment = Comment("电话 13900000000", "x")
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    hidden = book.create_sheet("藏")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    path = tmp_path_factory.mktemp("given") / "a.xlsx"
    book.save(path)
    return path


def of(path):
    return [(s.name, s.hidden, s.columns, s.details) for s in read_workbook(path)]


@pytest.mark.parametrize("kind", ["ods", "fods"])
def test_opendocument_is_the_same_sheets(xlsx, tmp_path, kind):
    assert of(converted(xlsx.read_bytes(), "a.xlsx", kind, tmp_path)) == of(xlsx)


def test_a_web_page_is_what_the_sheet_shows(xlsx, tmp_path):
    page = converted(xlsx.read_bytes(), "a.xlsx", "html", tmp_path)
    under_another_name = page.rename(page.with_suffix(".xls"))
    sheet = read_workbook(under_another_name)[0]
    given = read_workbook(xlsx)[0]
    assert [row.cells for row in sheet.rows()] == [
        ("党员名册", None, None, None, None, None),
        ("姓名", "性别", "入党时间", "月份", "积分", "支部"),
        ("张三", "男", "2001-12-05", "2001年10月", "37", "青松"),
        ("李四", "女", "2002-01-02", "2002-11", "2001.1", None),
        (None, None, None, None, None, None),
        ("合计", "3", None, None, None, None),
    ]  # LibreOffice leaves hidden rows out of a page
    assert sheet.details == replace(given.details, hidden=frozenset())
    assert sheet.details.private_comments == {(3, 1): Text("电话号码", "a phone number")}


def test_an_old_workbook_under_the_name_of_wps_is_the_same_rows(xlsx, tmp_path):
    old = converted(xlsx.read_bytes(), "a.xlsx", "xls", tmp_path)
    found = read_workbook(old.rename(old.with_suffix(".et")))
    assert [s.columns for s in found] == [s.columns for s in read_workbook(xlsx)]
