"""XML spreadsheets of Excel 2003: places, merges, dates, and what stands beside the values."""

import pytest

from graph_model.errors import InputError
from graph_model.text import Text
from loaders.read.workbooks import read_content
from loaders.read.worksheet import Details

HEAD = (
    '<?xml version="1.0"{}?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">'
)


def book(inside, declared=""):
    return HEAD.format(declared) + inside + "</Workbook>"


def sheet(rows, after=""):
    return f'<Worksheet ss:Name="党员"><Table>{rows}</Table>{after}</Worksheet>'


def cell(said, kind="String", more=""):
    return f'<Cell{more}><Data ss:Type="{kind}">{said}</Data></Cell>'


def read(text, encoding="utf-8"):
    return read_content(text.encode(encoding), "a.xls")


def cells(found):
    return [row.cells for row in found.rows()]


def test_values_stand_where_their_addresses_say():
    [found] = read(
        book(
            '<Styles><Style ss:ID="m"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style>'
            '<Style ss:ID="x"><Font ss:StrikeThrough="1"/></Style></Styles>'
            + sheet(
                "<Row>" + cell("名册", more=' ss:MergeAcross="2"') + cell("后") + "</Row>"
                '<Row ss:Index="3" ss:Hidden="1">'
                + cell("37.0", "Number")
                + cell("2001-12-05T00:00:00.000", "DateTime", ' ss:Index="3"')
                + cell("2001-10-01T00:00:00.000", "DateTime", ' ss:StyleID="m"')
                + "</Row><Row>"
                + cell("1", "Boolean")
                + cell("#N/A", "Error", ' ss:Formula="=NA()"')
                + cell("<html:B>甲</html:B>乙", more=' ss:MergeDown="1"')
                + "</Row><Row>"
                + cell("张三", more=' ss:StyleID="x"')
                + "<Cell><Comment><Data>电话 13900000000</Data></Comment></Cell></Row>",
                "<WorksheetOptions xmlns='urn:schemas-microsoft-com:office:excel'>"
                "<Visible>SheetHidden</Visible></WorksheetOptions>",
            )
        )
    )
    assert (found.name, found.hidden) == ("党员", True)
    assert cells(found) == [
        ("名册", None, None, "后"),
        (None, None, None, None),
        ("37", None, "2001-12-05 00:00:00", "2001-10"),
        ("true", None, "甲乙", None),
        ("张三", None, None, None),
    ]
    assert found.details == Details(
        ((2, 4, 2, 5),),
        frozenset({3}),
        {(4, 1): "#N/A"},
        {(5, 1): Text("电话号码", "a phone number")},
        frozenset({5}),
    )
    assert [sorted(found.numeric(column)) for column in range(4)] == [[3], [], [3], [3]]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("gb18030", ' encoding="GB2312"'), ("utf-16", ' encoding="UTF-16"')],
)
def test_any_usual_encoding(encoding, declared):
    text = book(sheet(f"<Row>{cell('姓名')}</Row>"), declared)
    assert cells(read(text, encoding)[0]) == [("姓名",)]


def refusal(text):
    with pytest.raises(InputError) as error:
        read(text)
    return error.value.text.en


WHOLE = book(sheet("<Row>" + cell("姓名") + "</Row>"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE[:-30], "damaged or cut"),
        (
            WHOLE.replace("<Workbook", "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><Workbook").replace("姓名", "&a;"),
            "DOCTYPE",
        ),
        (book(sheet("<Row>" + "<Cell>" * 300 + "</Cell>" * 300 + "</Row>")), "more than 256 deep"),
        (book(sheet('<Row ss:Index="4000000000">' + cell("x") + "</Row>")), "too large"),
        (book(sheet("<Row>" + cell("x", more=' ss:Index="4000000000"') + "</Row>")), "too large"),
        (book(sheet("<Row>" + cell("x", more=' ss:MergeDown="4000000000"') + "</Row>")), "too large"),
        (book(sheet('<Row ss:Span="4000000000"/>')), "too large"),
    ],
)
def test_damaged_and_hostile_files_are_refused_with_the_reason(text, said):
    assert said in refusal(text)
