"""The sheets of an OpenDocument spreadsheet (.ods, and .fods, which is the same as one XML file)."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loaders.foreign_files.markup import damaged, pieces_of, pieces_of_stream, read_xml, utf8_of
from loaders.foreign_files.sheets import (
    MAX_COLUMNS,
    Beside,
    ForeignFault,
    ForeignSheet,
    PlacedRow,
    SheetStart,
    TooMuch,
    count_of,
    date_text,
    number_text,
    place,
    sheets_of,
    spaces,
)

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = f"{_NS}table:1.0}}", f"{_NS}office:1.0}}", f"{_NS}text:1.0}}"
_STYLE, _NUMBER, _FO = f"{_NS}style:1.0}}", f"{_NS}datastyle:1.0}}", f"{_NS}xsl-fo-compatible:1.0}}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SHEET, _ROW = f"{_TABLE}table", f"{_TABLE}table-row"
_CELLS = frozenset([f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"])
_PARAGRAPHS = frozenset([f"{_TEXT}p", f"{_TEXT}h"])
_NOTE, _DOCUMENT = f"{_OFFICE}annotation", f"{_OFFICE}spreadsheet"
_STYLE_NAME, _VALUE_TYPE, _CALC_TYPE = f"{_TABLE}style-name", f"{_OFFICE}value-type", f"{_CALC}value-type"
_COLUMNS_REPEATED, _ROWS_SPANNED = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-spanned"
_MOST_STYLES = 100_000
_MOST_STYLE_BYTES = 32 * 2**20
_BLANK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
"""LibreOffice writes several blanks as they are; a line end is one that the file was laid out with."""
_NUMBERS = ("float", "percentage", "currency")


def read_sheets(path: Path) -> Iterator[ForeignSheet]:
    """The sheets of an .ods; ForeignFault for one that is damaged or has a password, TooMuch beyond any sheet.

    The archive is known to be of bearable size. Errors of reading an archive are raised as they are.
    """
    styles = _Styles()
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if _MANIFEST in names:
            with archive.open(_MANIFEST) as manifest:
                if b"encryption-data" in manifest.read(_MOST_STYLE_BYTES):
                    raise ForeignFault(
                        "是有密码的 OpenDocument 表格（.ods），不能打开；请在 WPS 或 LibreOffice 中去掉密码后再导入",
                        "an OpenDocument spreadsheet (.ods) with a password, which cannot be opened here; take the "
                        "password off in LibreOffice and load again",
                    )
        if _CONTENT not in names:
            raise damaged()
        if _STYLES in names:
            with archive.open(_STYLES) as part:
                data = part.read(_MOST_STYLE_BYTES + 1)
            if len(data) > _MOST_STYLE_BYTES:
                raise TooMuch
            for _ in read_xml([data], _StyleReader(styles)):
                pass
        with archive.open(_CONTENT) as content:
            try:
                yield from sheets_of(read_xml(pieces_of_stream(content), _Book(styles)))
            except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                raise damaged() from error


def read_flat_sheets(data: bytes) -> Iterator[ForeignSheet]:
    """The sheets of a .fods; raises as `read_sheets`."""
    yield from sheets_of(read_xml(pieces_of(utf8_of(data)), _Book(_Styles())))


# --- styles --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Styles:
    """What styles say of values: how much of a date is shown, which are struck through, which sheets are hidden."""

    formats: dict[str, set[str]] = field(default_factory=dict)
    format_of: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)

    def shown(self, style: str) -> str | None:
        """What of a date a style shows: "month", "year", or None for all of it."""
        for name in self._with_parents(style):
            if name in self.format_of:
                parts = self.formats.get(self.format_of[name], set()) - {"text"}
                if parts == {"year", "month"}:
                    return "month"
                return "year" if parts == {"year"} else None
        return None

    def is_struck(self, style: str) -> bool:
        """Is text of a style struck through."""
        return any(name in self.struck for name in self._with_parents(style))

    def _with_parents(self, style: str) -> list[str]:
        found = []
        while style and style not in found:
            found.append(style)
            style = self.parents.get(style, "")
        return found


class _StyleReader:
    """Takes the events of styles."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._format = self._name = self._family = ""

    def taken(self) -> list[SheetStart | PlacedRow]:
        """Styles give no rows."""
        return []

    def comment(self, text: str) -> None:
        """Comments of the XML say nothing."""

    def data(self, text: str) -> None:
        """Text within styles says nothing."""

    def finish(self) -> None:
        """The document is at its end."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""
        if tag == f"{_NUMBER}date-style":
            self._format = attributes.get(f"{_STYLE}name", "")
            self._styles.formats[self._format] = set()
            if len(self._styles.formats) > _MOST_STYLES:
                raise TooMuch
        elif tag.startswith(_NUMBER) and self._format:
            self._styles.formats[self._format].add(tag.removeprefix(_NUMBER))
        elif tag == f"{_STYLE}style":
            self._begin_style(attributes)
        elif tag == f"{_STYLE}text-properties" and self._family == "table-cell":
            line = attributes.get(f"{_STYLE}text-line-through-style") or attributes.get(
                f"{_STYLE}text-line-through-type"
            )
            if line and line != "none":
                self._styles.struck.add(self._name)
        elif tag == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._styles.hidden.add(self._name)

    def end(self, tag: str) -> None:
        """The end of an element."""
        if tag == f"{_NUMBER}date-style":
            self._format = ""
        elif tag == f"{_STYLE}style":
            self._name = self._family = ""

    def _begin_style(self, attributes: Mapping[str, str]) -> None:
        self._name = attributes.get(f"{_STYLE}name", "")
        self._family = attributes.get(f"{_STYLE}family", "")
        if self._family == "table-cell":
            if parent := attributes.get(f"{_STYLE}parent-style-name"):
                self._styles.parents[self._name] = parent
            if of := attributes.get(f"{_STYLE}data-style-name"):
                self._styles.format_of[self._name] = of
            if len(self._styles.parents) + len(self._styles.format_of) > _MOST_STYLES:
                raise TooMuch


# --- sheets --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Cell:
    """The cell that is being read."""

    attributes: Mapping[str, str]
    texts: list[str] = field(default_factory=list)
    paragraphs: int = 0
    open: bool = False


class _Book(_StyleReader):
    """Takes the events of a document: its styles first, then its sheets."""

    def __init__(self, styles: _Styles) -> None:
        super().__init__(styles)
        self._out: list[SheetStart | PlacedRow] = []
        self._beside: Beside | None = None
        self._within = 0
        """How many tables are open: one within a cell is no sheet."""
        self._column_styles: list[tuple[int, str]] = []
        self._next_row = self._row = 1
        self._rows = 1
        self._hidden = False
        self._row_style = ""
        self._column = 0
        self._cells: dict[int, str] = {}
        self._struck = self._filled = 0
        self._cell: _Cell | None = None
        self._note: list[str] | None = None
        self._complete = False

    def taken(self) -> list[SheetStart | PlacedRow]:
        """What was made since the last time."""
        taken, self._out = self._out, []
        return taken

    def finish(self) -> None:
        """The document is at its end."""
        if not self._complete:
            raise damaged()

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._note is not None:
            self._note.append(text)
        elif self._cell is not None and self._cell.open:
            # line ends that were meant have elements of their own
            self._cell.texts.append(_BLANK.sub(" ", text) if "\n" in text or "\r" in text else text)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""
        if self._within == 1 and tag in _CELLS:
            self._cell = _Cell(dict(attributes))
        elif tag == _SHEET:
            self._within += 1
            if self._within == 1:
                self._begin_sheet(attributes)
        elif self._within != 1:
            super().start(tag, attributes)
        elif tag.startswith(_TEXT):
            self._text(tag.removeprefix(_TEXT), attributes)
        elif tag == _NOTE:
            self._note = []
        elif tag.startswith(_TABLE):
            self._begin_part(tag.removeprefix(_TABLE), attributes)

    def end(self, tag: str) -> None:
        """The end of an element."""
        if self._within == 1 and tag in _CELLS:
            self._end_cell()
        elif tag == _SHEET:
            self._within -= 1
        elif tag == _DOCUMENT:
            self._complete = True
        elif self._within != 1:
            super().end(tag)
        elif tag in _PARAGRAPHS and self._note is None and self._cell is not None:
            self._cell.open = False
        elif tag == _ROW:
            self._end_row()
        elif tag == _NOTE:
            if self._beside is not None:
                self._beside.comment(self._row, self._column, "".join(self._note or ()))
            self._note = None

    def _begin_sheet(self, attributes: Mapping[str, str]) -> None:
        hidden = attributes.get(f"{_TABLE}style-name", "") in self._styles.hidden
        self._beside = Beside(hidden)
        self._out.append(SheetStart(attributes.get(f"{_TABLE}name", ""), self._beside))
        self._column_styles, self._next_row = [], 1

    def _begin_part(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "table-column":
                before = self._column_styles[-1][0] if self._column_styles else 0
                until = min(before + _repeated(attributes, "columns"), MAX_COLUMNS)
                if until > before:
                    self._column_styles.append(
                        (until, attributes.get(f"{_TABLE}default-cell-style-name", ""))
                    )
            case "table-row":
                self._row, self._rows = self._next_row, _repeated(attributes, "rows")
                self._next_row += self._rows
                self._hidden = attributes.get(f"{_TABLE}visibility", "visible") != "visible"
                self._row_style = attributes.get(f"{_TABLE}default-cell-style-name", "")
                self._column, self._cells = 0, {}
                self._struck = self._filled = 0

    def _text(self, name: str, attributes: Mapping[str, str]) -> None:
        into = self._note if self._note is not None else self._cell.texts if self._cell else None
        if into is None:
            return
        match name:
            case "p" | "h":
                if self._note is None and self._cell is not None:
                    if self._cell.paragraphs:
                        into.append("\n")
                    self._cell.paragraphs += 1
                    self._cell.open = True
            case "s":
                into.append(spaces(attributes.get(f"{_TEXT}c")))
            case "tab":
                into.append("\t")
            case "line-break":
                into.append("\n")

    # --- cells and rows

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None or self._beside is None:
            return
        count = count_of(cell.attributes[_COLUMNS_REPEATED]) if _COLUMNS_REPEATED in cell.attributes else 1
        if (rows := count_of(cell.attributes.get(_ROWS_SPANNED))) > 1:
            columns = count_of(cell.attributes.get(f"{_TABLE}number-columns-spanned"))
            place(self._row + rows - 1, self._column + columns - 1)
            self._beside.merge(self._row, self._column, rows, columns)
        text, is_number = self._value(cell, self._beside)
        if text:
            place(self._row + self._rows - 1, self._column + count - 1)
            for column in range(self._column, self._column + count):
                self._cells[column] = text
                if is_number:
                    self._beside.numbers[column].extend(range(self._row, self._row + self._rows))
            self._filled += count
            if self._styles.struck:
                self._struck += count * self._styles.is_struck(self._style_of(cell))
        self._column += count

    def _value(self, cell: _Cell, beside: Beside) -> tuple[str, bool]:
        """What a cell holds, and whether it is a number or a date."""
        get = cell.attributes.get
        shown = "".join(cell.texts)
        kind = get(_VALUE_TYPE, "")
        if get(_CALC_TYPE) == "error":
            beside.fault(self._row, self._column, shown.strip())
            return "", False
        if kind in _NUMBERS:
            return number_text(get(f"{_OFFICE}value", shown)), True
        if kind == "date":
            text = get(f"{_OFFICE}date-value", shown)
            return date_text(text, self._styles.shown(self._style_of(cell))), True
        if kind == "boolean":
            return get(f"{_OFFICE}boolean-value", shown), False
        if kind == "string" and not cell.paragraphs:
            return get(f"{_OFFICE}string-value", ""), False
        return shown, False

    def _style_of(self, cell: _Cell) -> str:
        own = cell.attributes.get(_STYLE_NAME) or self._row_style
        return own or next((style for until, style in self._column_styles if self._column < until), "")

    def _end_row(self) -> None:
        if self._beside is None or not self._cells:
            return
        place(self._row + self._rows - 1, max(self._cells))
        cells = [self._cells.get(column) for column in range(max(self._cells) + 1)]
        self._out.append(PlacedRow(self._row, cells, self._rows))
        rows = range(self._row, self._row + self._rows)
        if self._hidden:
            self._beside.hidden_rows.update(rows)
        if self._struck and 2 * self._struck >= self._filled:
            self._beside.struck.update(rows)


def _repeated(attributes: Mapping[str, str], what: str) -> int:
    return count_of(attributes.get(f"{_TABLE}number-{what}-repeated"))


def is_flat(head: bytes) -> bool:
    """Does a file that begins so hold an OpenDocument spreadsheet as one XML file."""
    return b"<office:document" in head and MIME in head


def is_zipped(names: Iterable[str], mime: bytes) -> bool:
    """Is an archive with these members, whose member `mimetype` is so, an OpenDocument spreadsheet."""
    return _CONTENT in names and mime.strip().startswith(MIME)
