"""A report as a PDF: A4 as the Word document, our own font embedded, text to select; the only user of fpdf2."""

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
from explorer.scene.picture_fonts import replace_missing_glyphs
from graph_model.progress import Progress, no_progress
from graph_model.text import Language

_FONT = "branchmap"
_UPRIGHT = (28.0, 26.0, 37.0, 35.0)  # left, right, top and bottom margin in mm: GB/T 9704-2012
_ACROSS = (22.0, 22.0, 28.0, 26.0)
_MANY = 6  # columns, from which on a table is written smaller
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
    """How a paragraph looks; `keep` is what must fit below its beginning.

    `indent` and `inset` count characters: of the first line, and of all lines from either side. `line`: from one
    line to the next, in points.
    """

    size: float
    weight: Weight = ""
    align: Align = "left"
    before: float = 0
    after: float = 0
    colour: Colour = _INK
    keep: float = 0
    indent: float = 0
    inset: float = 0
    line: float = 0


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

    def __init__(self) -> None:
        super().__init__(format="A4", unit="mm")
        self._widths: dict[tuple[str, float, str], float] = {}

    def width_of(self, piece: str) -> float:
        """How wide a piece is in the present font, measured once."""
        key = (self.font_style, self.font_size_pt, piece)
        if key not in self._widths:
            self._widths[key] = self.get_string_width(piece)
        return self._widths[key]

    def footer(self) -> None:
        """The page number 7 mm below the text: right on odd pages and left on even ones, a character inside."""
        self.set_y(-self.b_margin + 7)
        self.set_font(_FONT, size=14)
        self.set_text_color(*_INK)
        char = 14 * _POINT
        self.set_x(self.l_margin + char)
        self.cell(self.epw - 2 * char, 5, f"— {self.page_no()} —", align="R" if self.page_no() % 2 else "L")


def to_pdf(report: Report, on_step: Progress = no_progress) -> bytes:
    """The report as the bytes of a PDF file; `on_step` hears of each block."""
    pages = _Pages()
    pages.str_alias_nb_pages = ""  # a name that is called like the alias would become the number of pages
    pages.add_font(_FONT, fname=PICTURES)
    pages.add_font(_FONT, style="B", fname=COMMON_BOLD)
    pages.set_fallback_fonts([_FONT], exact_match=False)  # the bold font has fewer characters
    pages.set_title(_clean(report.title))
    pages.set_creator("Branchmap")
    pages.set_lang("zh-CN" if report.language == "zh" else "en-GB")
    pages.set_creation_date(datetime.combine(report.made, time(), UTC))
    if not (report.blocks and isinstance(report.blocks[0], Section)):
        _new_page(pages, landscape=False)
    for number, (block, after) in enumerate(zip_longest(report.blocks, report.blocks[1:])):
        on_step("paper", number, len(report.blocks))
        match block:
            case Section(landscape):
                _new_page(pages, landscape=landscape)
            case Heading() | Paragraph():
                _text(pages, block.text, _style(block, after, report.language))
            case ReportTable():
                _table(pages, block)
            case Picture():
                _picture(pages, block)
    made = bytes(pages.output())
    for font in pages.fonts.values():
        if isinstance(font, TTFFont):
            font.close()  # fpdf2 keeps the font's file open
    return made


def _style(block: Heading | Paragraph, after: Block | None, language: Language) -> _TextStyle:
    """How a text looks: the sizes of official documents in Chinese, smaller ones in English."""
    zh = language == "zh"
    size, line = (16.0, 28.0) if zh else (11.5, 17.5)
    indent = 2 if zh else 0
    if isinstance(block, Heading):
        # a heading alone at the foot of a page belongs to the next one
        keep = 60.0 if isinstance(after, Picture) else 34.0
        if zh:
            return _TextStyle(size, "B", keep=keep, indent=indent, line=line)
        return _TextStyle(14 if block.level == 1 else 12, "B", before=3, after=1.5, keep=keep)
    match block.kind:
        case "title":
            return _TextStyle(22 if zh else 18, "B", "center", after=3, line=36 if zh else 26)
        case "subtitle":
            return _TextStyle(12 if zh else 10, align="center", after=5)
        case "note":
            return _TextStyle(9, before=1, after=2.5, colour=_GREY)
        case "table":
            return _TextStyle(14 if zh else 11, "B", "center", before=2, after=1.5, keep=30)
        case "annex":
            return _TextStyle(size, "B", line=line, keep=40)
        case "annex-title":
            return _TextStyle(22 if zh else 16, "B", "center", before=1, after=4, keep=30)
        case "closing":
            # the page of the signature is never without a sentence of the body
            return _TextStyle(
                size, after=0 if zh else 2.5, keep=150 if zh else 110, indent=indent, line=line
            )
        case "list-first":
            return _TextStyle(size, before=5, keep=125, inset=2, line=line)
        case "list":
            return _TextStyle(size, inset=5, line=line)
        case "signature":
            return _TextStyle(size, align="right", before=10, keep=24, inset=3, line=line)
        case "signature-date":
            return _TextStyle(size, align="right", inset=4, line=line)
    return _TextStyle(size, after=0 if zh else 2.5, indent=indent, line=line)


def _clean(text: str) -> str:
    return replace_missing_glyphs(text)


def _new_page(pages: _Pages, *, landscape: bool) -> None:
    left, right, top, bottom = _ACROSS if landscape else _UPRIGHT
    pages.set_margins(left, top, right)
    pages.set_auto_page_break(False, margin=bottom)
    pages.add_page(orientation="L" if landscape else "P")


def _again(pages: _Pages) -> None:
    """Another page like the one before."""
    pages.add_page(same=True)


def _left(pages: _Pages) -> float:
    """What is left of the page's height."""
    return float(pages.h - pages.b_margin - pages.get_y())


def _wrap(pages: _Pages, text: str, width: float, first: float = 0.0) -> list[str]:
    """The lines of a text in the current font: Chinese breaks anywhere, but never before a full stop.

    `first` is how much narrower the first line is.
    """
    lines: list[str] = []
    line, used = "", first
    for piece in _pieces(text):
        wide = pages.width_of(piece)
        if line and used + wide > width:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
            piece = piece.lstrip(" ")
            wide = pages.width_of(piece)
        while wide > width and len(piece) > 1:  # a word wider than the column is cut
            cut = next((n for n in range(len(piece) - 1, 0, -1) if pages.width_of(piece[:n]) <= width), 1)
            lines.append(piece[:cut])
            piece = piece[cut:]
            wide = pages.width_of(piece)
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
    char = style.size * _POINT
    step = style.line * _POINT if style.line else char * 1.6
    if _left(pages) < style.before + max(step, style.keep):
        _again(pages)
    elif pages.get_y() > pages.t_margin:
        pages.set_y(pages.get_y() + style.before)
    pages.set_font(_FONT, style=style.weight, size=style.size)
    back, side = style.indent * char, style.inset * char
    wide = pages.epw - 2 * side if style.align == "center" else pages.epw - side
    x = pages.l_margin + (0 if style.align == "right" else side)
    for line in _wrap(pages, _clean(text), wide, first=back):
        if _left(pages) < step:
            _again(pages)
            pages.set_font(_FONT, style=style.weight, size=style.size)
        pages.set_text_color(*style.colour)
        pages.set_x(x + back)
        pages.cell(wide - back, step, line, align=style.align[0].upper(), new_x="LMARGIN", new_y="NEXT")
        back = 0.0
    pages.set_y(pages.get_y() + style.after)


def _table(pages: _Pages, table: ReportTable) -> None:
    size = 8.5 if len(table.columns) > _MANY else 10.0
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
    most = (pages.h - pages.t_margin - pages.b_margin) * block.share
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
