"""Web pages under the name of a workbook: tables as sheets, and nothing of the page lost."""

import pytest

from graph_model.errors import InputError
from graph_model.text import Text
from loaders.read.workbooks import read_content


def read(page, name="党员.xls", encoding="utf-8"):
    return read_content(page.encode(encoding), name)


def cells(sheet):
    return [row.cells for row in sheet.rows()]


def refusal(page):
    with pytest.raises(InputError) as error:
        read(page)
    return error.value.text


def test_cells_that_cover_others_leave_them_empty():
    [sheet] = read(
        "<table><tr><td colspan=3>党员名册<td>x<tr><td rowspan=2>青松<td>张三<td>男<td>1"
        "<tr><td>李四<td>女<td>2</table>"
    )
    assert cells(sheet) == [
        ("党员名册", None, None, "x"),
        ("青松", "张三", "男", "1"),
        (None, "李四", "女", "2"),
    ]
    assert sheet.details.merged == ((0, 2, 0, 3),)
    assert sheet.numeric(0) == {1, 2, 3}  # every cell may be a number, as in a text file


def test_text_is_as_a_browser_shows_it():
    [sheet] = read(
        "<table><tr><td> 张&nbsp;三\n <b>甲</b><br/>乙<td><p>一</p><p>二</p><td>&lt;&amp;&#22993;</table>"
    )
    assert cells(sheet) == [("张 三 甲\n乙", "一\n二", "<&姑")]


def test_what_stands_around_the_table_is_rows_of_their_own():
    [sheet] = read(
        "<html><head><title>无</title><style>td {x:y}</style></head><body><h1>2006年10月党员名册</h1>"
        "<table><caption>全街道</caption><tr><td>姓名<td>性别<tr><td>张三<td>男</table><p>填表人：李四</p></body></html>"
    )
    assert cells(sheet) == [
        ("2006年10月党员名册", None),
        ("全街道", None),
        ("姓名", "性别"),
        ("张三", "男"),
        ("填表人：李四", None),
    ]


def test_each_table_is_a_sheet_under_the_name_that_excel_wrote():
    names = "".join(
        f"<x:ExcelWorksheet><x:Name>{name}</x:Name></x:ExcelWorksheet>" for name in ("党员", "单位")
    )
    table = "<table><tr><td>{}</table>"
    page = f"<html><!--[if gte mso 9]><xml>{names}</xml><![endif]-->"
    page += "".join(map(table.format, "一二三")) + "</html>"
    assert [(s.name, cells(s)) for s in read(page, "a.xls")] == [
        ("党员", [("一",)]),
        ("单位", [("二",)]),
        ("a 3", [("三",)]),
    ]


def test_a_table_for_the_looks_is_no_sheet():
    [sheet] = read(
        "<table><tr><td>标题<td><table><tr><td>姓名<td>性别<tr><td>张三<td>男</table><tr><td>脚注</table>"
    )
    assert cells(sheet) == [("标题", None), ("姓名", "性别"), ("张三", "男"), ("脚注", None)]


def test_a_table_within_a_cell_of_data_is_text_of_that_cell():
    [sheet] = read("<table><tr><td>姓名<tr><td>张三<table><tr><td>甲<td>乙</table>丙<tr><td>李四</table>")
    assert cells(sheet) == [("姓名",), ("张三\n甲\n乙\n丙",), ("李四",)]


def test_hidden_and_struck_rows_and_private_comments_are_known():
    [sheet] = read(
        "<html><style>.x1 {color:red; text-decoration:line-through;}</style><table>"
        "<tr style='display: none'><td>藏<td>x<tr><td><s>张三</s><td><s>男</s><tr class=x><td class=x1>李四<td>女"
        "<tr><td>王五<comment>电话 13900000000</comment><td>男</table>"
    )
    assert sheet.details.hidden == {1}
    assert sheet.details.struck == {2, 3}
    assert sheet.details.private_comments == {(4, 0): Text("电话号码", "a phone number")}
    assert cells(sheet)[3] == ("王五", "男")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", "gb2312"),
        ("gb18030", "utf-8"),
        ("utf-8", "gbk"),
        ("utf-16", "utf-8"),
        ("big5", "big5"),
        ("utf-8", "zlib"),
        ("gb18030", "iso-8859-1"),
    ],
)
def test_the_encoding_may_be_another_than_is_declared(encoding, declared):
    page = f"<html><meta charset={declared}><table><tr><td>姓名<td>中文<tr><td>張三<td>男</table></html>"
    assert cells(read(page, encoding=encoding)[0])[0] == ("姓名", "中文")


def test_a_cut_page_is_refused():
    assert refusal("<html><table><tr><td>姓名</td></tr><tr><td>张") == Text(
        "党员.xls：是网页（HTML），其中的表格没有结束，文件看来被截断；请重新导出",
        "党员.xls: a web page (HTML) whose table does not end: the file was cut, it seems; export it anew",
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            "<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>",
            "it is in the folder beside it",
        ),
        ("<html><body>" + "<div>" * 5000 + "<table><tr><td>x</table></html>", "more than 256 deep"),
        ("<table>" + "<tr><td>x" * 3 + "<td>" * 20_000 + "</table>", "too large"),
        ("<table><tr>" + "<td colspan=900 rowspan=3>x" * 30 + "</table>", "too large"),
        (f"<table><tr><td>{'x' * 2**21}</table>", "too large"),
    ],
)
def test_hostile_and_useless_pages_are_refused_with_the_reason(page, said):
    assert said in refusal(page).en


def test_spans_of_billions_cost_nothing():
    [sheet] = read("<table><tr><td colspan=4000000000>合计<tr><td rowspan=4000000000>x<td>y</table>")
    assert cells(sheet) == [("合计", None), ("x", "y")]
