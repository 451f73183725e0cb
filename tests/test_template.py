import openpyxl
import pytest

from graph_model.errors import InputError
from loaders.form import read_forms
from loaders.round import read_round
from loaders.template import HEADER_ROW, write_template

SECRET = b"test"


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "模板.xlsx"
    write_template(path)
    return path


def test_an_unfilled_template_says_nothing(template):
    reading = read_round([template], secret=SECRET, round="2006-10")
    assert reading.problems == ()
    assert (len(reading.graph.nodes), reading.declared) == (0, ())
    assert [c.form for c in reading.counts] == [f.id for f in read_forms()]


def test_each_form_has_its_sheet_with_headings_frozen_and_unprotected(template):
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == [f.sheets[0] for f in read_forms()]
    for form, sheet in zip(read_forms(), book.worksheets, strict=True):
        assert [c.value for c in sheet[HEADER_ROW]] == [c.heading for c in form.columns]
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


def test_a_filled_template_reads_back(template):
    book = openpyxl.load_workbook(template)
    _fill(book["单位"], 3, 单位名称="甲物业", 单位类别="物业公司", 性质="民营")
    _fill(book["党员"], 3, 姓名="张三", 入党时间="2001.10", 所在单位="甲物业", 党员类别="正式党员")
    _fill(book["汇总"], 3, 统计项目="物业公司", 申报数="1")
    book.save(template)
    reading = read_round([template], secret=SECRET, round="2006-10")
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
