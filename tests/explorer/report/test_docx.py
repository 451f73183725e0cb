import io
import re
from datetime import date
from typing import get_args

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from explorer.export.trend_chart import trend_chart
from explorer.report.blocks import (
    GroupRow,
    Heading,
    Paragraph,
    ParagraphKind,
    Report,
    ReportTable,
    Section,
    TableColumn,
    TableRow,
    picture_from_png,
)
from explorer.report.docx import to_docx


def written(*blocks, language="zh", title="月报"):
    data = to_docx(Report(title, blocks, date(2006, 11, 15), language))
    return docx.Document(io.BytesIO(data))


def lines(document):
    return [(p.text, p.style.name) for p in document.paragraphs]


def test_each_block_has_its_style():
    kinds = [Paragraph(k, k) for k in get_args(ParagraphKind)]
    assert lines(written(*kinds, Heading("一", 1), Heading("二", 2))) == [
        ("title", "Title"),
        ("subtitle", "Subtitle"),
        ("body", "Normal"),
        ("closing", "Normal"),
        ("note", "Report Note"),
        ("table", "Report Table Title"),
        ("annex", "Report Annex"),
        ("annex-title", "Report Annex Title"),
        ("list-first", "Normal"),
        ("list", "Normal"),
        ("signature", "Normal"),
        ("signature-date", "Normal"),
        ("一", "Heading 1"),
        ("二", "Heading 2"),
    ]


def test_the_last_sentence_stays_with_the_annexes_and_the_signature():
    body, closing = written(
        Paragraph("a"), Paragraph("b", "closing"), Paragraph("c", "list-first")
    ).paragraphs[:2]
    assert (body.paragraph_format.keep_with_next, closing.paragraph_format.keep_with_next) == (None, True)


@pytest.mark.parametrize(("language", "indent"), [("zh", 32), ("en", 0)])
def test_a_chinese_paragraph_begins_two_characters_in(language, indent):
    [paragraph] = written(Paragraph("a"), language=language).paragraphs
    own = paragraph.paragraph_format.first_line_indent
    assert (own.pt if own is not None else 0) == indent


def test_text_that_the_file_cannot_hold_is_replaced_and_never_markup():
    assert lines(written(Paragraph("a\x00\ud800<b>\tx\r\ny"))) == [("a��<b> x y", "Normal")]


def test_a_table_has_its_cells_and_a_band_across():
    table = ReportTable(
        (TableColumn("对象", 1, "left"), TableColumn("数", 3)),
        (GroupRow("甲区"), TableRow(("a", "1")), TableRow(("合计", "1"), strong=True)),
    )
    [made] = written(table).tables
    assert [[c.text for c in row.cells] for row in made.rows] == [
        ["对象", "数"],
        ["甲区", "甲区"],
        ["a", "1"],
        ["合计", "1"],
    ]
    assert [row.cells[0].paragraphs[0].runs[0].font.bold for row in made.rows[2:]] == [None, True]
    assert made.columns[1].width // made.columns[0].width == 3


def test_headings_of_a_table_repeat_and_no_row_is_cut():
    made = written(ReportTable((TableColumn("a", 1),), (TableRow(("1",)),))).tables[0]
    assert [len(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in made.rows] == [1, 0]
    assert [len(row._tr.findall(f".//{qn('w:cantSplit')}")) for row in made.rows] == [1, 1]


def test_what_is_overdue_is_red_and_bold():
    [made] = written(ReportTable((TableColumn("a", 1),), (TableRow(("1",), alarm=True),))).tables
    font = made.rows[1].cells[0].paragraphs[0].runs[0].font
    assert (str(font.color.rgb), font.bold) == ("B3261E", True)


def test_a_picture_is_as_large_as_fits_with_its_caption_below():
    picture = picture_from_png(trend_chart([], [], "zh"), "图1　变化")
    made = written(picture)
    [shape] = made.inline_shapes
    assert round(shape.width.mm) == 210 - 28 - 26
    assert round(shape.width / shape.height, 2) == round(1720 / 660, 2)
    assert lines(made) == [("", "Report Picture"), ("图1　变化", "Caption")]


def test_a_section_turns_the_page():
    made = written(Paragraph("a"), Section(landscape=True), Section(landscape=False))
    assert [(round(s.page_width.mm), round(s.page_height.mm)) for s in made.sections] == [
        (210, 297),
        (297, 210),
        (210, 297),
    ]
    [first] = written(Section(landscape=True)).sections  # no empty page before it
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (297, 210)


@pytest.mark.parametrize(("language", "code"), [("zh", "zh-CN"), ("en", "en-GB")])
def test_the_document_says_what_it_is_and_when_it_was_made(language, code):
    said = written(language=language).core_properties
    assert (said.title, said.author, said.language) == ("月报", "Branchmap", code)
    assert said.created.date() == date(2006, 11, 15)


def test_the_page_number_stands_right_on_odd_pages_and_left_on_even_ones():
    made = written()
    assert made.settings.odd_and_even_pages_header_footer
    section = made.sections[0]
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        [paragraph] = footer.paragraphs
        assert paragraph.alignment == align
        assert re.findall(r"<w:instrText[^>]*>(.*?)</w:instrText>", paragraph._p.xml) == [" PAGE "]
        assert [run.text for run in paragraph.runs] == ["— ", "1", " —"]
        assert {run.font.size.pt for run in paragraph.runs} == {14}


def test_the_page_is_as_gb_t_9704_says():
    made = written()
    section = made.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    styles = {
        name: (style.element.rPr.rFonts.get(qn("w:eastAsia")), style.font.size.pt)
        for name in ("Title", "Normal", "Heading 1", "Heading 2")
        for style in [made.styles[name]]
    }
    assert styles == {
        "Title": ("方正小标宋简体", 22),
        "Normal": ("仿宋_GB2312", 16),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 16),
    }
    assert made.styles["Normal"].paragraph_format.line_spacing.pt == 28
    [fonts] = [p for p in made.part.package.iter_parts() if p.partname == "/word/fontTable.xml"]
    told = fonts.blob.decode()
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/>' in told
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in told
