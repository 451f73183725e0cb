import re

from loaders.annotate.plain_workbook import PLAIN_STYLES
from loaders.annotate.problem_list import Styles, add_styles, list_sheet
from loaders.problems import problem

NAMES = ("plain", "head", "text", "link", "must", "hint")
STYLES = Styles({name: n for n, name in enumerate(NAMES)}, {True: 0, False: 1})
BOOK = "xl/workbook.xml"


def bad(sheet="党员", cell="B2", value="某"):
    return problem("bad_value", "a.xlsx", sheet, cell, value, heading="性别", zh="男、女", en="one of")


def rows(xml):
    """The texts and numbers of each row."""
    return [
        re.findall(r"<(?:t|v)[^>]*>(.*?)</(?:t|v)>", row)
        for row in re.findall(r"<row .*?</row>", xml.decode(), re.DOTALL)
    ]


def links(xml):
    return re.findall(r'<hyperlink ref="(\w+)" location="([^"]*)"', xml.decode())


def test_each_problem_is_a_line_with_its_number_kind_and_place():
    hint = problem("total_row", "a.xlsx", "党员", "A3", "合计")
    xml = list_sheet([bad(), hint], {"党员": "党员"}, STYLES)
    head, _, first, second = rows(xml)
    assert head[0].startswith("共 2 处，其中必须改正 1 处。")
    assert first[:5] == ["1", "必须改正", "党员", "B2", "某"]
    assert second[:5] == ["2", "提示", "党员", "A3", "合计"]
    assert b'<autoFilter ref="A2:G4"/>' in xml


def test_a_problem_leads_to_its_cell_where_the_sheet_is_there():
    found = [bad(), bad(sheet="不在"), bad(sheet="王's", cell="")]
    xml = list_sheet(found, {"党员": "党员", "王's": "王's"}, STYLES)
    assert links(xml) == [("D3", "'党员'!B2"), ("D5", "'王''s'!A1")]


def test_a_problem_without_a_cell_is_of_the_sheet_or_the_file():
    xml = list_sheet([bad(cell=""), bad(sheet="", cell="")], {}, STYLES)
    assert [row[2:4] for row in rows(xml)[2:]] == [["党员", "整张表"], ["", "整个文件"]]
    assert links(xml) == []


def test_notes_stand_in_the_first_line_and_the_list_speaks_english_too():
    [head, *_] = rows(list_sheet([bad()], {}, STYLES, ["Note."], "en"))
    assert head == [
        "1 problem, 1 of which must be mended. Mend, save, and load the whole workbook again; "
        "this sheet is passed over. Note."
    ]


def test_styles_are_added_after_those_that_are_there_and_only_once():
    rels = "xl/_rels/workbook.xml.rels"
    parts = {
        "xl/styles.xml": PLAIN_STYLES,
        rels: b'<Relationships><Relationship Id="rId1" Type="t/styles" Target="styles.xml"/></Relationships>',
    }
    first = add_styles(parts, BOOK)
    assert first == Styles(dict(zip(NAMES, range(1, 7), strict=True)), {True: 0, False: 1})
    written = dict(parts)
    assert add_styles(parts, BOOK) == first
    assert parts == written


def test_a_workbook_without_styles_gets_some():
    parts = {"[Content_Types].xml": b"<Types/>"}
    assert add_styles(parts, BOOK).cell["plain"] == 1
    assert parts["xl/styles.xml"].startswith(b"<?xml")
    assert b'Target="/xl/styles.xml"' in parts["xl/_rels/workbook.xml.rels"]
