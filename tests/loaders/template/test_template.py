import datetime as dt

import openpyxl
import pytest

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from loaders.clean.dates import date_value
from loaders.forms.form import read_forms
from loaders.survey import read_round
from loaders.template.template import HEADER_ROW, date_formula, write_template
from tests.support.office import converted

pytestmark = pytest.mark.slow

SECRET = b"test"


@pytest.fixture(params=["basic", "full"])
def columns(request):
    return request.param


@pytest.fixture
def template(tmp_path, columns):
    path = tmp_path / "模板.xlsx"
    write_template(path, full=columns == "full")
    return path


def test_an_unfilled_template_says_nothing(template):
    reading = read_round([template], keys=KeyMaker(SECRET), round="2006-10")
    assert reading.problems == ()
    assert (len(reading.graph.nodes), reading.declared) == (0, ())
    assert [c.form for c in reading.counts] == [f.id for f in read_forms()]


def test_each_form_has_its_sheet_with_headings_frozen_and_unprotected(template, columns):
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == [f.sheets[0] for f in read_forms()]
    for form, sheet in zip(read_forms(), book.worksheets, strict=True):
        assert [c.value for c in sheet[HEADER_ROW]] == [
            c.heading for c in form.columns if columns == "full" or not c.more
        ]
        assert sheet.freeze_panes == "A3"
        assert not sheet.protection.sheet
        assert form.explain.zh in sheet["A1"].value


def test_terms_and_yes_no_have_drop_downs_within_excels_limit(template):
    book = openpyxl.load_workbook(template)
    lists = {
        v.error.removeprefix("可用的值："): v.formula1
        for sheet in book.worksheets
        for v in sheet.data_validations.dataValidation
        if v.type == "list"
    }
    assert lists["男、女"] == '"男,女"'
    assert lists["是、否"] == '"是,否"'
    assert all(len(v) <= 257 for v in lists.values())


DATES = [
    "2001",
    "2001.12",
    "2001-12-5",
    "2001/12/05",
    "2001年12月",
    "2001 年 12 月 5 日",
    "200112",
    "20011205",
]
DATES += ["２００１．１２", "1921.7", 2001, 2001.12, 200112, dt.date(2001, 12, 5)]
NO_DATES = ["abc", "不详", "12", "2001年abc", "二〇〇一年", "1.5", 12, "-2001", "2001?"]


def test_date_columns_stop_what_is_no_date_in_libreoffice_too(template, tmp_path):
    kept = openpyxl.load_workbook(converted(template.read_bytes(), "a.xlsx", "xlsx", tmp_path))
    for book in (openpyxl.load_workbook(template), kept):
        checks = {
            str(v.sqref).partition(":")[0]: v
            for v in book["党员"].data_validations.dataValidation
            if v.type == "custom"
        }
        headings = {
            book["党员"].cell(HEADER_ROW, book["党员"][cell].column).value: v for cell, v in checks.items()
        }
        assert {"入党时间", "出生年月"} <= headings.keys()
        for check in headings.values():
            assert check.showErrorMessage
            assert check.errorStyle in (None, "stop")  # which is what None means
            assert check.allowBlank
            assert "SUBSTITUTE" in check.formula1
            assert len(check.formula1) <= 255


def test_a_date_is_let_pass_as_exact_as_it_is_written(tmp_path):
    book = openpyxl.Workbook()
    for row, value in enumerate([*DATES, *NO_DATES], start=1):
        book.active.cell(row, 1, value)
        book.active.cell(row, 2, f"=IF({date_formula(f'A{row}')},1,0)")
    book.save(tmp_path / "b.xlsx")
    found = converted((tmp_path / "b.xlsx").read_bytes(), "c.xlsx", "xlsx", tmp_path)
    passed = [
        r[1] for r in openpyxl.load_workbook(found, data_only=True).active.iter_rows(values_only=True)
    ]
    assert passed == [1] * len(DATES) + [0] * len(NO_DATES)


def test_what_the_check_lets_pass_is_read():
    read = [date_value(str(d), "2006-10") for d in DATES]
    assert all(isinstance(r, str) for r in read)


def test_a_filled_template_reads_back(template):
    book = openpyxl.load_workbook(template)
    _fill(book["单位"], 3, 单位名称="甲物业", 单位类别="物业公司", 性质="民营")
    _fill(book["党员"], 3, 姓名="张三", 入党时间="2001.10", 所在单位="甲物业", 党员类别="正式党员")
    _fill(book["汇总"], 3, 统计项目="物业公司", 申报数="1")
    book.save(template)
    reading = read_round([template], keys=KeyMaker(SECRET), round="2006-10")
    assert reading.problems == ()
    assert [(d.id, d.value) for d in reading.declared] == [("companies", 1)]
    assert sorted(str(n.properties.get("joined")) for n in reading.graph.nodes.values()) == [
        "2001-10",
        "None",
    ]
    assert len(reading.graph.edges) == 1


def _fill(sheet, row, **values):
    headings = {c.value: c.column for c in sheet[HEADER_ROW]}
    for heading, value in values.items():
        sheet.cell(row, headings[heading], value)


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(InputError, match="无法写入"):
        write_template(tmp_path / "no" / "a.xlsx")
