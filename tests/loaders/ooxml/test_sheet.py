import pytest

from loaders.ooxml.package import scan
from loaders.ooxml.sheet import before, column_number, extract_elements, insert_elements


@pytest.mark.parametrize(
    ("xml", "slim", "data"),
    [
        (b"<s><sheetData><row/></sheetData><x/></s>", b"<s><sheetData></sheetData><x/></s>", b"<row/>"),
        (
            b'<p:s><p:sheetData a="1">1</p:sheetData></p:s>',
            b'<p:s><p:sheetData a="1"></p:sheetData></p:s>',
            b"1",
        ),
        (b"<s><sheetData/></s>", b"<s><sheetData/></s>", b""),
        (b"<s/>", b"<s/>", b""),
    ],
)
def test_cells_are_taken_out_and_put_back(xml, slim, data):
    assert extract_elements(xml) == (slim, data)
    assert insert_elements(slim, data) == xml


@pytest.mark.parametrize(
    ("xml", "at"),
    [
        (b"<s><sheetData/><mergeCells/><pageMargins/></s>", b"<pageMargins/>"),
        (b"<s><sheetData/><drawing/></s>", b"<drawing/>"),
        (b"<s><sheetData/><AlternateContent/></s>", b"<AlternateContent/>"),
        (b"<s><sheetData/></s>", b"</s>"),
    ],
)
def test_a_new_part_stands_before_the_first_that_must_follow_it(xml, at):
    assert before(scan(xml, 1), "conditionalFormatting") == xml.index(at)


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16_383)])
def test_columns_are_counted_from_zero(letters, number):
    assert column_number(letters) == number
