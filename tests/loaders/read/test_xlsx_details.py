import datetime as dt
import zipfile

import openpyxl
import pytest

from loaders.forms.form import read_forms
from loaders.map.headings import header_problems, match_form
from loaders.map.map_sheet import read_sheet
from loaders.read.workbooks import read_workbook


def saved(path, rows, change=lambda _sheet: None, title="党员"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    change(sheet)
    book.save(path)
    return path


def read(path):
    sheet = read_workbook(path)[0]
    header = match_form(sheet, read_forms())
    assert header is not None
    reading = read_sheet(sheet, header, "2006-10")
    return reading.records, [(p.code, p.cell) for p in (*header_problems(sheet, header), *reading.problems)]


def names_of(records, tie):
    return [{c.tie: v for c, v in r.references}.get(tie) for r in records]


def test_a_merged_cell_counts_for_each_of_its_rows_where_the_form_says_so(tmp_path):
    rows = [
        ["党员名册"],
        ["姓名", "性别", "所在单位"],
        ["张三", "男", "甲物业"],
        ["李四", "女"],
        [],
        ["王五"],
    ]

    def merge(sheet):
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("C3:C5")

    records, problems = read(saved(tmp_path / "a.xlsx", rows, merge))
    assert names_of(records, "EMPLOYED_BY") == [("甲物业",), ("甲物业",), None]
    assert problems == []


def test_a_merged_cell_of_another_column_counts_once_and_that_is_said(tmp_path):
    rows = [
        ["姓名", "性别", "所在单位", "职务"],
        ["张三", "男", "甲物业", "经理"],
        ["李四", "女", "甲物业"],
    ]
    records, problems = read(saved(tmp_path / "a.xlsx", rows, lambda s: s.merge_cells("D2:D3")))
    assert [r.tie_properties for r in records] == [{"EMPLOYED_BY": {"position": "经理"}}, {}]
    assert problems == [("merged_cells", "D2")]


def test_hidden_rows_are_read_and_named_once(tmp_path):
    rows = [["姓名", "性别"], ["张三", "男"], ["李四", "女"], ["王五", "男"]]

    def hide(sheet):
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True

    records, problems = read(saved(tmp_path / "a.xlsx", rows, hide))
    assert (len(records), problems) == (3, [("hidden_rows", "A3")])


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ('yyyy"年"m"月"', "2001-12"),
        ("yyyy-mm", "2001-12"),
        ("[$-804]yyyy年m月;@", "2001-12"),
        ("mmm-yy", "2001-12"),
        ("yyyy", "2001"),
        ("yyyy-mm-dd", "2001-12-01"),
        ("m/d/yyyy", "2001-12-01"),
    ],
)
def test_a_date_is_as_exact_as_the_workbook_shows_it(tmp_path, shown, value):
    def format_date(sheet):
        sheet["C2"].number_format = shown

    rows = [["姓名", "性别", "入党时间"], ["张三", "男", dt.date(2001, 12, 1)]]
    records, problems = read(saved(tmp_path / "a.xlsx", rows, format_date))
    assert (records[0].properties["joined"], problems) == (value, [])


@pytest.mark.parametrize("text", ["199812", "19987", "1998", "2001-12-05 00:00:00"])
@pytest.mark.parametrize("shown", ['yyyy"年"m"月"', "yyyy"])
def test_a_text_in_a_cell_that_shows_months_stays_as_written(tmp_path, text, shown):
    def format_date(sheet):
        sheet["C2"].number_format = shown

    rows = [["姓名", "性别", "入党时间"], ["张三", "男", text]]
    [sheet] = read_workbook(saved(tmp_path / "a.xlsx", rows, format_date))
    assert sheet.columns[2][1] == text


def test_dates_and_numbers_in_every_form(tmp_path):
    joined = [
        "2001.12",
        "2001-12",
        "2001年12月",
        "200112",
        200112,
        "２００１．１２",
        "2001/12",
        "2001 年 12 月",
    ]
    days = ["2001-12-5", "2001.12.05", 37230, "37230", dt.date(2001, 12, 5), "2001年12月5日", "20011205"]
    rows = [
        ["姓名", "性别", "入党时间"],
        *([f"张{chr(0x4E00 + n)}", "男", v] for n, v in enumerate([*joined, *days])),
    ]
    records, problems = read(saved(tmp_path / "a.xlsx", rows))
    found = [r.properties["joined"] for r in records]
    assert found == ["2001-12"] * len(joined) + ["2001-12-05"] * len(days)
    assert problems == []


def test_numbers_as_text_yes_and_no_and_spaces_inside_names(tmp_path):
    units = [["单位名称", "单位类别", "从业人数"], ["甲物业", "物业公司", "１２"], [1, "物业公司", 12]]
    records, _ = read(saved(tmp_path / "a.xlsx", units, title="单位"))
    assert [r.properties["employees"] for r in records] == [12, 12]
    assert records[1].properties["name"] == "1"
    marks = ["√", "×", "有", "无", "是", "否", "Ｙ", 1, True]
    people = [["姓名", "性别", "组织关系", "关系在外"], *(["张　三", "男", "外市支部", m] for m in marks)]
    records, problems = read(saved(tmp_path / "b.xlsx", people))
    assert [bool(r.outside) for r in records] == [True, False] * 3 + [True] * 3
    assert {r.properties["name"] for r in records} == {"张三"}
    assert problems == []


def with_cells(path, cells):
    """The workbook with raw XML for the cells of its second row."""
    saved(path, [["姓名", "性别", "职务"]])
    with zipfile.ZipFile(path) as old:
        parts = {i.filename: old.read(i) for i in old.infolist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    row = f'<row r="2"><c r="A2" t="inlineStr"><is><t>张三</t></is></c>{cells}</row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", row.encode())
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("cell", "problems"),
    [
        ('<c r="B2"><f>C9</f></c>', [("no_result", "B2")]),
        ('<c r="B2"><f>C9</f><v></v></c>', [("no_result", "B2")]),
        ('<c r="B2"><f t="shared" si="0"/><v/></c>', [("no_result", "B2")]),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', []),
        ('<c r="B2" t="str"><f>C9</f><v>男</v></c>', []),
        ('<c r="B2" t="e"><f>C9</f><v>#REF!</v></c>', [("formula_error", "B2")]),
        ('<c r="B2" t="e"><v>#N/A</v></c>', [("formula_error", "B2")]),
    ],
)
def test_a_formula_without_a_result_is_named_at_its_cell(tmp_path, cell, problems):
    records, found = read(with_cells(tmp_path / "a.xlsx", cell))
    assert found == problems
    assert len(records) == 1


def test_details_across_the_pieces_in_which_a_sheet_is_read(tmp_path):
    rows = [
        ["姓名", "性别", "入党时间"],
        *([chr(0x4E00 + n // 2), "男", dt.date(2001, 12, 1)] for n in range(40_000)),
    ]

    def mark(sheet):
        for row in (2, 20_001, 40_001):
            sheet.cell(row, 3).number_format = "yyyy-mm"
            sheet.row_dimensions[row].hidden = True

    sheet = read_workbook(saved(tmp_path / "a.xlsx", rows, mark))[0]
    assert sheet.details.hidden == {2, 20_001, 40_001}
    assert [n for n, text in enumerate(sheet.columns[2], start=1) if text == "2001-12"] == [
        2,
        20_001,
        40_001,
    ]
