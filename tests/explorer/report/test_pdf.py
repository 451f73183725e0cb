import io
from datetime import date

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.export.trend_chart import trend_chart
from explorer.report.blocks import (
    GroupRow,
    Heading,
    Paragraph,
    Report,
    ReportTable,
    Section,
    TableColumn,
    TableRow,
    picture_from_png,
)
from explorer.report.pdf import _pieces, to_pdf

pytestmark = pytest.mark.slow  # the whole font is read for each file


def written(*blocks, language="zh"):
    return pypdf.PdfReader(io.BytesIO(to_pdf(Report("月报", blocks, date(2006, 11, 15), language))))


def sizes(pdf):
    """Width and height of each page in mm."""
    return [(round(p.mediabox.width / 72 * 25.4), round(p.mediabox.height / 72 * 25.4)) for p in pdf.pages]


def test_a_report_of_nothing_is_one_page():
    assert sizes(written()) == [(210, 297)]


def test_a_section_is_a_new_page_upright_or_across():
    assert sizes(written(Paragraph("a"), Section(landscape=True), Section(landscape=False))) == [
        (210, 297),
        (297, 210),
        (210, 297),
    ]
    assert sizes(written(Section(landscape=True))) == [(297, 210)]  # no empty page before it


@pytest.mark.parametrize(("rows", "pages"), [(3, 1), (60, 3)])
def test_a_long_table_goes_on_over_the_pages(rows, pages):
    table = ReportTable((TableColumn("a", 1),), tuple(TableRow((str(n),)) for n in range(rows)))
    assert len(written(table).pages) == pages


def test_a_row_taller_than_a_page_goes_on_and_ends():
    table = ReportTable((TableColumn("a", 1), TableColumn("b", 1)), (TableRow(("字" * 2500, "x")),))
    assert len(written(table).pages) == 3


def test_a_picture_that_does_not_fit_below_goes_to_the_next_page():
    picture = picture_from_png(trend_chart([], [], "zh"), "图1", 0.9)
    text = tuple(Paragraph("字" * 30) for _ in range(10))
    assert len(written(picture).pages) == 1
    assert [len(page.images) for page in written(*text, picture).pages] == [0, 1]


def test_a_heading_alone_at_the_foot_goes_to_the_next_page():
    lines = tuple(Paragraph("字") for _ in range(21))
    assert len(written(*lines, Paragraph("字")).pages) == 1
    assert len(written(*lines, Heading("题")).pages) == 2


def test_the_file_says_what_it_is_in_which_language_and_when_it_was_made():
    pdf = written(language="en")
    assert (pdf.metadata.title, pdf.metadata.creator) == ("月报", "Branchmap")
    assert pdf.metadata.creation_date.date() == date(2006, 11, 15)
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("甲，乙", ["甲，", "乙"]),
        ("《甲》乙", ["《甲》", "乙"]),
        ("two words", ["two", " ", "words"]),
        ("100%的", ["100%", "的"]),
    ],
)
def test_what_belongs_together_stays_on_one_line(text, pieces):
    assert list(_pieces(text)) == pieces


@given(st.text(alphabet="甲，《》a b%（）", max_size=20))
def test_pieces_side_by_side_are_the_text(text):
    assert "".join(_pieces(text)) == text


@pytest.mark.parametrize("text", ["", " ", "a\x00\ud800", "⁂⁂⁂", "🎉𠮷", "w" * 80])
def test_any_text_can_be_written(text):
    columns = (TableColumn(text, 1), TableColumn("b", 9))
    table = ReportTable(columns, (TableRow((text, text), alarm=True), GroupRow(text)))
    assert len(written(Heading(text, 2), Paragraph(text), table).pages) == 1
