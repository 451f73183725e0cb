"""A report as a PDF: A4, our own font embedded, text that can be selected; the only user of fpdf2."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import zip_longest
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont

from explorer.fonts import COMMON_BOLD, PICTURES
from explorer.report.blocks import (
    Align,
    Block,
    GroupRow,
    Heading,
    Paragraph,
    Picture,
    Report,
    ReportTable,
    Section,
    TableColumn,
)
from explorer.report.words import REPORT_TEXTS
from explorer.scene.picture_fonts import replace_missing_glyphs
from graph_model.text import Language

_FONT = "branchmap"
_ALIAS = "⁂⁂⁂"  # stands for the number of pages until it is known
_UPRIGHT = (26.0, 25.0, 24.0)  # left, right and top margin in mm
_ACROSS = (18.0, 18.0, 20.0)
_FOOT = 20.0
_POINT = 25.4 / 72
_PADDING = 1.2

_INK, _GREY, _ALARM = (34, 34, 34), (96, 96, 96), (179, 38, 30)
_HEAD, _BAND, _LATE, _PLAIN = (232, 237, 243), (243, 243, 243), (251, 227, 224), (255, 255, 255)
_NOT_FIRST = frozenset("，。、；：？！）》」』】〉”’…％%),.;:?!]}·")
_NOT_LAST = frozenset("（《「『【〈“‘([{")

Weight = Literal["", "B"]
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _TextStyle:
    """How a paragraph looks; `keep` is what must fit below its beginning, `indent` counts characters."""

    size: float
    weight: Weight = ""
    align: Align = "left"
    before: float = 0
    after: float = 0
    colour: Colour = _INK
    keep: float = 0
    indent: int = 0


@dataclass(frozen=True, slots=True)
class _RowStyle:
    """How a row of a table looks."""

    size: float
    weight: Weight = ""
    fill: Colour = _PLAIN
    ink: Colour = _INK

    @property
    def step(self) -> float:
        """From one line to the next, in mm."""
        return self.size * _POINT * 1.38


class _Pages(FPDF):
    """Pages with numbers at the foot: fpdf2 asks for them by a method."""

    def __init__(self, language: Language) -> None:
        super().__init__(format="A4", unit="mm")
        self.told = REPORT_TEXTS["page"].in_(language)

    def footer(self) -> None:
        """The page number, in the middle of the foot."""
        self.set_y(-14)
        self.set_font(_FONT, size=9)
        self.set_text_color(*_GREY)
        self.cell(0, 5, self.told.format(page=self.page_no(), pages=_ALIAS), align="C")


def to_pdf(report: Report) -> bytes:
    """The report as the bytes of a PDF file."""
    pages = _Pages(report.language)
    pages.alias_nb_pages(_ALIAS)
    pages.add_font(_FONT, fname=PICTURES)
    pages.add_font(_FONT, style="B", fname=COMMON_BOLD)
    pages.set_fallback_fonts([_FONT], exact_match=False)  # the bold font has fewer characters
    pages.set_auto_page_break(False)
    pages.set_title(_clean(report.title))
    pages.set_creator("Branchmap")
    pages.set_lang("zh-CN" if report.language == "zh" else "en-GB")
    pages.set_creation_date(datetime.combine(report.made, time(), UTC))
    _new_page(pages, landscape=False)
    for block, after in zip_longest(report.blocks, report.blocks[1:]):
        _write(pages, block, after, report.language)
    made = bytes(pages.output())
    for font in pages.fonts.values():
        if isinstance(font, TTFFont):
            font.close()  # fpdf2 keeps the font's file open
    return made


def _write(pages: _Pages, block: Block, after: Block | None, language: Language) -> None:
    match block:
        case Section(landscape):
            _new_page(pages, landscape=landscape)
        case Heading(text, level):
            # a heading alone at the foot of a page belongs to the next one
            need = 34.0 if not isinstance(after, Picture) else 60.0
            size = 15 if level == 1 else 12.5
            before = 5 if level == 1 else 2.5
            _text(pages, text, _TextStyle(size, "B", before=before, after=2.5, keep=need))
        case Paragraph(text, "title"):
            _text(pages, text, _TextStyle(20, "B", "center", after=2))
        case Paragraph(text, "subtitle"):
            _text(pages, text, _TextStyle(10, align="center", after=3, colour=_GREY))
        case Paragraph(text, "note"):
            _text(pages, text, _TextStyle(9, before=1, after=2.5, colour=_GREY))
        case Paragraph(text):
            _text(pages, text, _TextStyle(11.5, after=2.5, indent=2 if language == "zh" else 0))
        case ReportTable():
            _table(pages, block)
        case Picture():
            _picture(pages, block)


def _clean(text: str) -> str:
    return replace_missing_glyphs(text).replace(_ALIAS, "*")


def _new_page(pages: _Pages, *, landscape: bool) -> None:
    left, right, top = _ACROSS if landscape else _UPRIGHT
    pages.set_margins(left, top, right)
    pages.add_page(orientation="L" if landscape else "P")


def _again(pages: _Pages) -> None:
    """Another page like the one before."""
    pages.add_page(same=True)


def _left(pages: _Pages) -> float:
    """What is left of the page's height."""
    return float(pages.h - _FOOT - pages.get_y())


def _wrap(pages: _Pages, text: str, width: float, first: float = 0.0) -> list[str]:
    """The lines of a text in the current font: Chinese breaks anywhere, but never before a full stop.

    `first` is how much narrower the first line is.
    """
    lines: list[str] = []
    line, used = "", first
    for piece in _pieces(text):
        wide = pages.get_string_width(piece)
        if line and used + wide > width:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
            piece = piece.lstrip(" ")
            wide = pages.get_string_width(piece)
        while wide > width and len(piece) > 1:  # a word wider than the column is cut
            cut = next(
                (n for n in range(len(piece) - 1, 0, -1) if pages.get_string_width(piece[:n]) <= width), 1
            )
            lines.append(piece[:cut])
            piece = piece[cut:]
            wide = pages.get_string_width(piece)
        line, used = line + piece, used + wide
    return [*lines, line] if line or not lines else lines


def _pieces(text: str) -> Iterator[str]:
    """What must stay on one line: a Latin word, or a Chinese character with the marks that cling to it.

    >>> list(_pieces("（一）按 rule，x"))
    ['（一）', '按', ' ', 'rule，', 'x']
    """
    piece = ""
    for char in text:
        joins = bool(piece) and (
            char in _NOT_FIRST or piece[-1] in _NOT_LAST or (_latin(char) and _latin(piece[-1]))
        )
        if piece and not joins:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _latin(char: str) -> bool:
    return char != " " and ord(char) < 0x2E80


def _text(pages: _Pages, text: str, style: _TextStyle) -> None:
    """A paragraph, over as many pages as it takes."""
    step = style.size * _POINT * 1.6
    if _left(pages) < style.before + max(step, style.keep):
        _again(pages)
    elif pages.get_y() > pages.t_margin:
        pages.set_y(pages.get_y() + style.before)
    pages.set_font(_FONT, style=style.weight, size=style.size)
    back = style.indent * style.size * _POINT
    for line in _wrap(pages, _clean(text), pages.epw, first=back):
        if _left(pages) < step:
            _again(pages)
            pages.set_font(_FONT, style=style.weight, size=style.size)
        pages.set_text_color(*style.colour)
        pages.set_x(pages.l_margin + back)
        side = "C" if style.align == "center" else "L"
        pages.cell(pages.epw - back, step, line, align=side, new_x="LMARGIN", new_y="NEXT")
        back = 0.0
    pages.set_y(pages.get_y() + style.after)


def _table(pages: _Pages, table: ReportTable) -> None:
    size = 8.0 if len(table.columns) > 7 else 9.5
    whole = sum(column.share for column in table.columns)
    widths = [pages.epw * column.share / whole for column in table.columns]
    heads = [TableColumn(column.text, column.share) for column in table.columns]
    head = [column.text for column in table.columns]

    head_style = _RowStyle(_head_size(pages, head, widths, size), "B", _HEAD)

    def begin() -> None:
        _row(pages, heads, widths, head, head_style)

    if _left(pages) < size * 2.4:
        _again(pages)
    begin()
    for row in table.rows:
        if isinstance(row, GroupRow):
            if _left(pages) < size * 3:  # a band alone at the foot names nothing
                _again(pages)
                begin()
            one = [TableColumn("", 1.0, "left")]
            _row(pages, one, [sum(widths)], [row.text], _RowStyle(size, "B", _BAND), begin=begin)
        else:
            weight: Weight = "B" if row.strong or row.alarm else ""
            fill, ink = (_LATE, _ALARM) if row.alarm else (_PLAIN, _INK)
            style = _RowStyle(size, weight, fill, ink)
            _row(pages, table.columns, widths, row.cells, style, begin=begin)
    pages.set_y(pages.get_y() + 2.5)


def _head_size(pages: _Pages, texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    """The size at which no word of the headings is broken; English ones are long."""
    while size > 5.5:
        pages.set_font(_FONT, style="B", size=size)
        if all(
            pages.get_string_width(word) <= width - 2 * _PADDING
            for text, width in zip(texts, widths, strict=True)
            for word in _pieces(_clean(text))
        ):
            break
        size -= 0.5
    return size


def _row(
    pages: _Pages,
    columns: Sequence[TableColumn],
    widths: Sequence[float],
    cells: Sequence[str],
    style: _RowStyle,
    *,
    begin: Callable[[], None] | None = None,
) -> None:
    """One row; `begin` writes the headings again on a new page. A row taller than a page goes on over it."""
    pages.set_font(_FONT, style=style.weight, size=style.size)
    step = style.step
    wrapped = [
        _wrap(pages, _clean(text), width - 2 * _PADDING) for text, width in zip(cells, widths, strict=True)
    ]
    while wrapped:
        tallest = max(len(lines) for lines in wrapped)
        if _left(pages) < tallest * step + 2 * _PADDING and begin and not _on_top(pages, step):
            _again(pages)
            begin()
        fits = max(int((_left(pages) - 2 * _PADDING) / step), 1)
        now = [lines[:fits] for lines in wrapped]
        rest = [lines[fits:] for lines in wrapped]
        _draw_row(pages, columns, widths, now, style)
        wrapped = rest if any(rest) else []


def _on_top(pages: _Pages, step: float) -> bool:
    """Whether the page holds nothing but a table's headings."""
    return float(pages.get_y()) < pages.t_margin + 4 * step + 4 * _PADDING


def _draw_row(
    pages: _Pages,
    columns: Sequence[TableColumn],
    widths: Sequence[float],
    cells: Sequence[Sequence[str]],
    style: _RowStyle,
) -> None:
    top, x, step = pages.get_y(), pages.l_margin, style.step
    height = max(len(lines) for lines in cells) * step + 2 * _PADDING
    pages.set_font(_FONT, style=style.weight, size=style.size)
    pages.set_text_color(*style.ink)
    pages.set_draw_color(150, 150, 150)
    pages.set_line_width(0.2)
    pages.set_fill_color(*style.fill)
    for column, width, lines in zip(columns, widths, cells, strict=True):
        pages.rect(x, top, width, height, style="DF")
        y = top + (height - len(lines) * step) / 2
        for line in lines:
            pages.set_xy(x + _PADDING, y)
            pages.cell(width - 2 * _PADDING, step, line, align=column.align[0].upper())
            y += step
        x += width
    pages.set_xy(pages.l_margin, top + height)


def _picture(pages: _Pages, block: Picture) -> None:
    """The picture as large as it fits, and its caption on the same page."""
    caption = 9.0
    most = (pages.h - pages.t_margin - _FOOT) * block.share
    scale = min(pages.epw / block.width, most / block.height)
    width, height = block.width * scale, block.height * scale
    if _left(pages) < height + caption:
        _again(pages)
    x = pages.l_margin + (pages.epw - width) / 2
    pages.image(
        io.BytesIO(block.png), x=x, y=pages.get_y(), w=width, h=height, alt_text=_clean(block.caption)
    )
    pages.set_y(pages.get_y() + height + 1)
    _text(pages, block.caption, _TextStyle(9, align="center", after=3, colour=_GREY))
