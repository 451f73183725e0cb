"""The sheets of an XML spreadsheet of Excel 2003 (SpreadsheetML), which older systems export as .xls or .xml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from loaders.foreign_files.markup import damaged, pieces_of, read_xml, utf8_of
from loaders.foreign_files.sheets import (
    Beside,
    ForeignSheet,
    PlacedRow,
    SheetStart,
    TooMuch,
    count_of,
    date_text,
    number_text,
    place,
    sheets_of,
)
from loaders.ooxml.number_formats import precision

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_HTML = "{http://www.w3.org/TR/REC-html40}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_MOST_STYLES = 100_000


def read_sheets(data: bytes) -> Iterator[ForeignSheet]:
    """The sheets of a file; ForeignFault for a damaged one, TooMuch beyond what a sheet may have."""
    yield from sheets_of(read_xml(pieces_of(utf8_of(data)), _Book()))


class _Book:
    """Takes the events of a workbook."""

    def __init__(self) -> None:
        self._out: list[SheetStart | PlacedRow] = []
        self._shown: dict[str, str] = {}
        self._crossed: set[str] = set()
        self._style = ""
        self._beside: Beside | None = None
        self._row = self._column = 0
        self._span, self._same = 1, 0
        self._cells: dict[int, str] = {}
        self._struck = self._filled = 0
        self._row_style = self._cell_style = ""
        self._type = ""
        self._text: list[str] | None = None
        self._in_comment = False
        self._complete = False

    def taken(self) -> list[SheetStart | PlacedRow]:
        """What was made since the last time."""
        taken, self._out = self._out, []
        return taken

    def comment(self, text: str) -> None:
        """Comments of the XML say nothing."""

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._text is not None:
            self._text.append(text)

    def finish(self) -> None:
        """The document is at its end."""
        if not self._complete:
            raise damaged()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""
        match tag.removeprefix(_SS):
            case "Style":
                self._style = _get(attributes, "ID")
                parent = _get(attributes, "Parent")
                if parent in self._shown:
                    self._shown[self._style] = self._shown[parent]
            case "NumberFormat":
                self._see_format(_get(attributes, "Format"))
            case "Font" if _get(attributes, "StrikeThrough") == "1":
                self._crossed.add(self._style)
            case "Worksheet":
                self._beside = Beside()
                self._out.append(SheetStart(_get(attributes, "Name"), self._beside))
                self._row = 0
            case "Row" if self._beside is not None:
                self._begin_row(self._beside, attributes)
            case "Cell":
                self._begin_cell(attributes)
            case "Comment":
                self._in_comment = True
            case "Data":
                self._type, self._text = _get(attributes, "Type"), []
            case _ if tag == f"{_EXCEL}Visible":
                self._text = []
            case _ if tag == f"{_HTML}BR" and self._text is not None:
                self._text.append("\n")

    def end(self, tag: str) -> None:
        """The end of an element."""
        match tag.removeprefix(_SS):
            case "Workbook":
                self._complete = True
            case "Data":
                self._end_data("".join(self._text or ()))
                self._text = None
            case "Comment":
                self._in_comment = False
            case "Cell":
                self._column += self._span
            case "Row":
                self._end_row()
            case _ if tag == f"{_EXCEL}Visible":
                if self._beside is not None and "".join(self._text or ()).strip().startswith("SheetHidden"):
                    self._beside.hidden = True
                self._text = None

    def _see_format(self, code: str) -> None:
        shown = precision(code)
        if shown is not None:
            self._shown[self._style] = shown
        else:
            self._shown.pop(self._style, None)
        if len(self._shown) > _MOST_STYLES:
            raise TooMuch

    def _begin_row(self, beside: Beside, attributes: Mapping[str, str]) -> None:
        self._row = max(self._row + 1, count_of(_get(attributes, "Index")))
        place(self._row, 0)
        self._column, self._cells = 0, {}
        self._struck = self._filled = 0
        self._row_style = _get(attributes, "StyleID")
        self._same = count_of(_get(attributes, "Span"), 0)  # further blank rows that look the same
        place(self._row + self._same, 0)
        if _get(attributes, "Hidden") == "1":
            beside.hidden_rows.update(range(self._row, self._row + self._same + 1))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        if index := count_of(_get(attributes, "Index"), 0):
            self._column = max(self._column, index - 1)
        across = count_of(_get(attributes, "MergeAcross"), 0)
        down = count_of(_get(attributes, "MergeDown"), 0)
        self._span = across + 1
        place(self._row + down, self._column + across)
        self._cell_style = _get(attributes, "StyleID") or self._row_style
        if self._beside is not None:
            self._beside.merge(self._row, self._column, down + 1, across + 1)

    def _end_data(self, text: str) -> None:
        if self._beside is None:
            return
        if self._in_comment:
            self._beside.comment(self._row, self._column, text)
            return
        match self._type:
            case "Number":
                text = number_text(text.strip())
                self._beside.numbers[self._column].append(self._row)
            case "DateTime":
                text = date_text(text.strip(), self._shown.get(self._cell_style))
                self._beside.numbers[self._column].append(self._row)
            case "Boolean":
                text = "true" if text.strip() == "1" else "false"
            case "Error":
                self._beside.fault(self._row, self._column, text.strip())
                text = ""
        if text:
            self._cells[self._column] = text
            self._filled += 1
            self._struck += self._cell_style in self._crossed

    def _end_row(self) -> None:
        if self._cells:
            cells = [self._cells.get(column) for column in range(max(self._cells) + 1)]
            self._out.append(PlacedRow(self._row, cells))
            if self._beside is not None and self._struck and 2 * self._struck >= self._filled:
                self._beside.struck.add(self._row)
        self._row += self._same


def _get(attributes: Mapping[str, str], name: str) -> str:
    return attributes.get(f"{_SS}{name}") or attributes.get(name) or ""
