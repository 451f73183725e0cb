"""A report as a Word document: A4, Chinese fonts by name; the only user of python-docx."""

from __future__ import annotations

import copy
import io
import re
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.shared import Emu, Length, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from explorer.report.blocks import (
    Align,
    GroupRow,
    Heading,
    Paragraph,
    Picture,
    Report,
    ReportTable,
    Section,
)
from graph_model.progress import Progress, no_progress
from graph_model.text import Language

# GB/T 9704-2012: 37 mm above, 35 below, 28 left, 26 right; across, the page is turned with its margins
_UPRIGHT = (Mm(210), Mm(297), Mm(28), Mm(26), Mm(37), Mm(35))
_ACROSS = (Mm(297), Mm(210), Mm(22), Mm(22), Mm(28), Mm(26))
_LATIN = "Times New Roman"
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_ALARM = RGBColor(0xB3, 0x26, 0x1E)
_GREY = RGBColor(0x59, 0x59, 0x59)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_TITLE, _BODY, _HEAD, _KAI, _CELL = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
# where a computer has no such font, the word processor takes the one named here
_FALLBACKS = {_TITLE: "宋体", _BODY: "仿宋", _KAI: "楷体"}

# style: font, points in Chinese and in English, bold in Chinese and in English, alignment, points before and after,
# exact line spacing in Chinese and in English (None: single). 二号 22 points, 三号 16, 四号 14, 小四 12, 五号 10.5.
_Style = tuple[str, tuple[float, float], tuple[bool, bool], Align, float, float, tuple[float, float] | None]
_STYLES: dict[str, _Style] = {
    "Normal": (_BODY, (16, 12), (False, False), "left", 0, 0, (28, 18)),
    "Title": (_TITLE, (22, 18), (False, True), "center", 0, 10, (36, 26)),
    "Subtitle": (_KAI, (14, 11), (False, False), "center", 0, 14, (28, 18)),
    "Heading 1": (_HEAD, (16, 13), (False, True), "left", 0, 0, (28, 24)),
    "Heading 2": (_KAI, (16, 12), (False, True), "left", 0, 0, (28, 20)),
    "Caption": (_CELL, (10.5, 9.5), (False, False), "center", 2, 8, None),
    "Report Annex": (_HEAD, (16, 12), (False, True), "left", 0, 0, (28, 18)),
    "Report Annex Title": (_TITLE, (22, 16), (False, True), "center", 4, 12, (34, 24)),
    "Report Table Title": (_HEAD, (14, 11), (False, True), "center", 6, 4, (26, 18)),
    "Report Note": (_CELL, (10.5, 9.5), (False, False), "left", 3, 6, (16, 14)),
    "Report Cell": (_CELL, (10.5, 9.5), (False, False), "left", 0, 0, None),
    "Report Small Cell": (_CELL, (9, 8), (False, False), "left", 0, 0, None),
    "Report Head Cell": (_HEAD, (10.5, 9.5), (False, True), "center", 0, 0, None),
    "Report Small Head Cell": (_HEAD, (9, 8), (False, True), "center", 0, 0, None),
    "Report Picture": (_CELL, (10, 10), (False, False), "center", 6, 0, None),
}
_PARAGRAPHS = {
    "title": "Title",
    "subtitle": "Subtitle",
    "note": "Report Note",
    "table": "Report Table Title",
    "annex": "Report Annex",
    "annex-title": "Report Annex Title",
}
_TOGETHER = ("Heading", "Report Picture", "Report Annex", "Report Table Title")
_MANY = 6  # columns, from which on a table is written smaller


def to_docx(report: Report, on_step: Progress = no_progress) -> bytes:
    """The report as the bytes of a .docx file; `on_step` hears of each block."""
    document = Document()
    _define_styles(document, report.language)
    _name_fallbacks(document)
    _describe(document, report)
    section = document.sections[0]
    _set_page(section, _UPRIGHT)
    _page_numbers(document, section)
    for number, block in enumerate(report.blocks):
        on_step("paper", number, len(report.blocks))
        match block:
            case Section(landscape):
                if number:  # at the beginning it says what the first page is like
                    section = document.add_section(WD_SECTION.NEW_PAGE)
                _set_page(section, _ACROSS if landscape else _UPRIGHT)
            case Heading(text, level):
                document.add_paragraph(_clean(text), style=f"Heading {level}")
            case Paragraph(text, kind):
                _paragraph(document, text, kind, report.language)
            case ReportTable():
                _table(document, block, section)
            case Picture():
                _picture(document, block, section)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    """A text that the file format can hold; line ends and tabs are spaces."""
    return _ILLEGAL.sub("�", re.sub(r"[\t\r\n]+", " ", text))


def _fonts(properties: Any, chinese: str, *, latin: str = _LATIN) -> None:
    """Name the fonts of a run or style: the Chinese one too, which python-docx has no property for."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{kind}"), name)


def _define_styles(document: WordDocument, language: Language) -> None:
    which = 0 if language == "zh" else 1
    for name, (font, sizes, bolds, align, before, after, lines) in _STYLES.items():
        if name in [s.name for s in document.styles]:
            style: Any = document.styles[name]
        else:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Normal"]
        style.font.size, style.font.bold, style.font.italic = Pt(sizes[which]), bolds[which], False
        style.font.color.rgb = _GREY if name in ("Report Note", "Caption") else RGBColor(0, 0, 0)
        properties = style.element.get_or_add_rPr()
        _fonts(properties, font)
        _spoken(properties)
        form = style.paragraph_format
        form.alignment = _ALIGN[align]
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.first_line_indent = Pt(2 * sizes[0]) if name.startswith("Heading") and which == 0 else Pt(0)
        if lines is None:
            form.line_spacing_rule = WD_LINE_SPACING.SINGLE
        else:
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(lines[which])
        form.keep_with_next = name.startswith(_TOGETHER)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):  # the template underlines its title
            border.getparent().remove(border)


def _spoken(properties: Any) -> None:
    """Say both languages, so that no spelling checker takes one for the other."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "en-GB")
    lang.set(qn("w:eastAsia"), "zh-CN")
    properties.append(lang)


def _describe(document: WordDocument, report: Report) -> None:
    said = document.core_properties
    said.title, said.author, said.last_modified_by = _clean(report.title)[:255], "Branchmap", "Branchmap"
    said.comments, said.keywords = "", ""
    said.language = "zh-CN" if report.language == "zh" else "en-GB"
    said.created = said.modified = datetime.combine(report.made, time(), UTC)


def _set_page(section: WordSection, page: tuple[Length, Length, Length, Length, Length, Length]) -> None:
    section.page_width, section.page_height = page[0], page[1]
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = page[2:]
    wide = page[0] > page[1]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.header_distance, section.footer_distance = Mm(12), Mm(11 if wide else 22)


def _room(section: WordSection) -> tuple[int, int]:
    """Width and height between the margins."""
    sides = (section.left_margin or 0) + (section.right_margin or 0)
    ends = (section.top_margin or 0) + (section.bottom_margin or 0)
    return (section.page_width or 0) - sides, (section.page_height or 0) - ends


def _page_numbers(document: WordDocument, section: WordSection) -> None:
    """The footers, — 1 — in 四号 宋体: right on odd pages and left on even ones; following sections take them over."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = _ALIGN[align]
        for side in ("left_indent", "right_indent"):
            setattr(paragraph.paragraph_format, side, Pt(14))  # one character from the edge
        for part in ("— ", "PAGE", " —"):
            run = paragraph.add_run()
            run.font.size = Pt(14)
            _fonts(run._element.get_or_add_rPr(), _CELL, latin=_CELL)
            if part == "PAGE":
                for element in _field(part):
                    run._element.append(element)
            else:
                run.text = part


def _name_fallbacks(document: WordDocument) -> None:
    """Say in the table of fonts which one stands in for one that is not there."""
    part: Any = next(p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _FALLBACKS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", told.encode() + b"</w:fonts>")


def _field(code: str) -> list[Any]:
    """A field that the word processor fills in, with a 1 until it has."""
    elements: list[Any] = []
    for kind in ("begin", None, "separate", "1", "end"):
        if kind is None:
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            elements.append(text)
        elif kind == "1":
            shown = OxmlElement("w:t")
            shown.text = "1"
            elements.append(shown)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            elements.append(mark)
    return elements


def _paragraph(document: WordDocument, text: str, kind: str, language: Language) -> None:
    paragraph = document.add_paragraph(_clean(text), style=_PARAGRAPHS.get(kind, "Normal"))
    form = paragraph.paragraph_format
    char = Pt(16 if language == "zh" else 12)
    match kind:
        case "body" | "closing":
            form.keep_with_next = kind == "closing" or None
            if language == "zh":
                form.first_line_indent = 2 * char
            else:
                form.space_after = Pt(6)
        case "list-first" | "list":
            # the entries stand below each other behind the word 附件
            room = 5 if kind == "list" else 2
            form.left_indent = room * char
            form.keep_with_next = True
            if kind == "list-first":
                form.space_before = Pt(14 if language == "zh" else 10)
        case "signature" | "signature-date":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            form.right_indent = (4 if kind == "signature-date" else 3) * char
            form.keep_with_next = kind == "signature"
            if kind == "signature":
                form.space_before = Pt(28)


def _table(document: WordDocument, block: ReportTable, section: WordSection) -> None:
    small = len(block.columns) > _MANY
    styles: dict[str, Any] = {name: document.styles[name] for name in _STYLES if name.startswith("Report")}
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _cell_margins(table)
    room, whole = _room(section)[0], sum(column.share for column in block.columns)
    widths = [Emu(int(room * column.share / whole)) for column in block.columns]
    for width, column in zip(widths, table.columns, strict=True):
        column.width = width
    # cells are made from their elements: python-docx looks a row's grid up again at every cell asked for
    rows = [(tr, [_Cell(tc, table) for tc in tr.tc_lst]) for tr in table._tbl.tr_lst]
    (head, head_cells), *body = rows
    for name in ("w:cantSplit", "w:tblHeader"):
        _row_property(head, name)
    head_style = "Report Small Head Cell" if small else "Report Head Cell"
    for cell, column, width in zip(head_cells, block.columns, widths, strict=True):
        cell.width = width
        _shade(cell, "E8EDF3")
        _fill(cell, column.text, styles[head_style], "center")
    style = styles["Report Small Cell" if small else "Report Cell"]
    made: dict[
        tuple[int, bool, bool], Any
    ] = {}  # a cell of each look: making one anew takes ten times as long
    for row, (tr, cells) in zip(block.rows, body, strict=True):
        _row_property(tr, "w:cantSplit")
        if isinstance(row, GroupRow):
            one = cells[0].merge(cells[-1])
            _shade(one, "F3F3F3")
            paragraph = _fill(one, row.text, styles[head_style], "left")
            paragraph.paragraph_format.keep_with_next = True
            continue
        for index, (cell, text, column) in enumerate(zip(cells, row.cells, block.columns, strict=True)):
            known = made.get((index, row.strong, row.alarm))
            if known is not None:
                _copy_cell(cell, known, text)
                continue
            cell.width = widths[index]
            if row.alarm:
                _shade(cell, "FBE3E0")
            paragraph = _fill(cell, text, style, column.align)
            if row.strong or row.alarm:
                paragraph.runs[0].font.bold = True
            if row.alarm:
                paragraph.runs[0].font.color.rgb = _ALARM
            if _clean(text):
                made[(index, row.strong, row.alarm)] = cell._tc
    # Word runs two tables that touch into one; a small empty line also keeps what follows off the frame
    gap = document.add_paragraph(style="Report Note")
    gap.paragraph_format.space_before = gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing = Pt(6)


def _copy_cell(cell: _Cell, known: Any, text: str) -> None:
    """The cell as one that looks the same, with its own text."""
    element = copy.deepcopy(known)
    said = next(element.iter(qn("w:t")))
    said.text = _clean(text)
    said.set(qn("xml:space"), "preserve")
    cell._tc.getparent().replace(cell._tc, element)


def _fill(cell: _Cell, text: str, style: Any, align: Align) -> WordParagraph:
    paragraph: WordParagraph = cell.paragraphs[0]
    paragraph._p.style = style.style_id  # by id: python-docx looks through all styles for each paragraph
    paragraph.add_run(_clean(text))
    paragraph.alignment = _ALIGN[align]
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return paragraph


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._element.get_or_add_tcPr().append(shade)


def _row_property(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))


def _cell_margins(table: Any) -> None:
    """Less room at the sides than Word's own, which would break four characters over two lines."""
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 30), ("left", 55), ("bottom", 30), ("right", 55)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)  # the schema has an order


def _picture(document: WordDocument, block: Picture, section: WordSection) -> None:
    """The picture as large as the page lets it be, and its caption on the same page."""
    width, height = _room(section)
    scale = min(width / block.width, height * block.share / block.height)
    paragraph = document.add_paragraph(style="Report Picture")
    shape = paragraph.add_run().add_picture(
        io.BytesIO(block.png), width=Emu(int(block.width * scale)), height=Emu(int(block.height * scale))
    )
    shape._inline.docPr.set("descr", _clean(block.caption))
    document.add_paragraph(_clean(block.caption), style="Caption")
