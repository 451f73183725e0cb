"""OpenDocument spreadsheets: repeated and covered cells, dates, and what stands beside the values."""

import zipfile

import pytest

from graph_model.errors import InputError
from graph_model.text import Text
from loaders.read.workbooks import read_content, read_workbook
from loaders.read.worksheet import Details

NAMES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    ]
)
CALC = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
MIME = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = (
    '<number:date-style style:name="N1"><number:year/><number:text>年</number:text><number:month/></number:date-style>'
    '<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="sub" style:family="table-cell" style:parent-style-name="month"/>'
    '<style:style style:name="x" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def content(*tables, styles=STYLES, whole=True):
    end = "</office:spreadsheet></office:body></office:document-content>" if whole else ""
    return (
        f"<office:document-content{NAMES}{CALC}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}{end}"
    )


def table(rows, name="党员", more=""):
    return f'<table:table table:name="{name}"{more}>{rows}</table:table>'


def cell(said="", more="", kind="string"):
    inside = f"<text:p>{said}</text:p>" if said else ""
    return f'<table:table-cell office:value-type="{kind}"{more}>{inside}</table:table-cell>'


def row(*cells, more=""):
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def save(path, xml, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", xml)
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return path


def read(tmp_path, *tables):
    return read_workbook(save(tmp_path / "a.ods", content(*tables)))


def cells(sheet):
    return [r.cells for r in sheet.rows()]


def test_values_and_what_stands_beside_them(tmp_path):
    rows = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="sub"/>'
        + row(
            cell("名册", ' table:number-columns-spanned="3"'), "<table:covered-table-cell/>" * 2, cell("后")
        )
        + row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            more=' table:number-rows-repeated="2"',
        )
        + "<table:table-row-group>"
        + row(
            cell("", ' office:value="37.0"', "float"),
            cell("5日", ' office:date-value="2001-12-05"', "date"),
            cell("10月", ' office:date-value="2001-10-01T00:00:00"', "date"),
            cell("", ' office:boolean-value="true"', "boolean"),
            more=' table:visibility="filter"',
        )
        + "</table:table-row-group>"
        + row(
            cell("#N/A", ' calcext:value-type="error"'),
            cell("甲<text:s text:c='2'/>乙</text:p>\n  <text:p>丙", ' table:number-rows-spanned="2"'),
        )
        + row(
            '<table:table-cell table:style-name="x" office:value-type="string"><office:annotation>'
            "<text:p>电话 </text:p>"
            "<text:p>13900000000</text:p></office:annotation><text:p>张三</text:p></table:table-cell>"
        )
        + row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            more=' table:number-rows-repeated="1048000"',
        )
    )
    people, hidden = read(tmp_path, table(rows), table(row(cell("x")), "藏", ' table:style-name="gone"'))
    assert cells(people) == [
        ("名册", None, None, "后"),
        (None, None, None, None),
        (None, None, None, None),
        ("37", "2001-12-05 00:00:00", "2001-10", "true"),
        (None, "甲  乙\n丙", None, None),
        ("张三", None, None, None),
    ]
    assert people.details == Details(
        ((1, 5, 1, 6),),
        frozenset({4}),
        {(5, 0): "#N/A"},
        {(6, 0): Text("电话号码", "a phone number")},
        frozenset({6}),
    )
    assert [sorted(people.numeric(column)) for column in range(4)] == [[4], [4], [4], []]
    assert (hidden.name, hidden.hidden, cells(hidden)) == ("藏", True, [("x",)])


def test_equal_cells_and_rows_that_are_written_once_stand_everywhere(tmp_path):
    rows = row(
        cell("一", ' table:number-columns-repeated="2"'),
        cell("", ' office:value="1" table:number-columns-repeated="2"', "float"),
        more=' table:number-rows-repeated="2"',
    )
    [sheet] = read(tmp_path, table(rows + row(cell("终"))))
    assert cells(sheet) == [("一", "一", "1", "1"), ("一", "一", "1", "1"), ("终", None, None, None)]
    assert sheet.numeric(3) == {1, 2}


def test_one_xml_file_is_the_same(tmp_path):
    xml = content(table(row(cell("姓名")) + row(cell("张三"))))
    flat = xml.replace("<office:document-content", f'<office:document office:mimetype="{MIME}"')
    flat = "<?xml version='1.0'?>" + flat.replace("</office:document-content>", "</office:document>")
    [sheet] = read_content(flat.encode(), "a.fods")
    assert cells(sheet) == [("姓名",), ("张三",)]


def refusal(path):
    with pytest.raises(InputError) as error:
        read_workbook(path)
    return error.value.text.en


BILLION = "4000000000"


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("x"), more=f' table:number-rows-repeated="{BILLION}"'),
        row(cell("x", f' table:number-columns-repeated="{BILLION}"')),
        row(f'<table:table-cell table:number-columns-repeated="{BILLION}"/>', cell("x")),
        row("<table:table-cell/>", more=f' table:number-rows-repeated="{BILLION}"') + row(cell("x")),
        row(cell("x", f' table:number-rows-spanned="{BILLION}"')),
        row(
            cell("x", ' table:number-columns-repeated="16000"'),
            more=' table:number-rows-repeated="1000000"',
        ),
    ],
)
def test_billions_of_repeats_are_refused(tmp_path, rows):
    assert "too large" in refusal(save(tmp_path / "a.ods", content(table(rows))))


def test_a_file_with_a_password_says_so(tmp_path):
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    path = save(tmp_path / "a.ods", "", **{"META-INF__manifest_xml": manifest})
    assert refusal(path).startswith("a.ods: an OpenDocument spreadsheet (.ods) with a password")


def test_damaged_and_hostile_files_are_refused(tmp_path):
    path = tmp_path / "a.ods"
    assert "damaged or cut" in refusal(save(path, content(table(row(cell("x"))), whole=False)))
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + content(table(row(cell("&b;"))))
    assert "DOCTYPE" in refusal(save(path, bomb))
    deep = content(table(row(cell("<text:span>" * 300 + "</text:span>" * 300))))
    assert "more than 256 deep" in refusal(save(path, deep))
    assert "which no real table is" in refusal(save(path, content(table(" " * 2**27))))
