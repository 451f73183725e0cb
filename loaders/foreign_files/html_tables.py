"""The tables of a web page as sheets: what many systems export under the name .xls.

Each table that holds no other one is a sheet. Text outside of tables stands in rows of its own above the next table
(below the last one), as Excel shows it, so that titles and closing lines are not lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loaders.foreign_files.markup import read_html, utf8_of
from loaders.foreign_files.sheets import (
    Beside,
    ForeignFault,
    ForeignSheet,
    PlacedRow,
    SheetStart,
    TooMuch,
    count_of,
    place,
    sheets_of,
)

_SKIPPED = frozenset(["script", "style", "title", "xml", "noscript", "template", "option", "textarea"])
_BLOCKS = frozenset(
    ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "center", "caption", "li", "hr", "pre"]
)
_NAME = re.compile(r"<x:ExcelWorksheet>.{0,2000}?<x:Name>([^<]{1,200})</x:Name>", re.DOTALL)
_CROSSED = frozenset(["s", "strike", "del"])
_LINE_THROUGH = re.compile(
    r"\.([\w-]{1,80})\s*\{[^{}]{0,4000}?text-decoration[\w-]*\s*:[^;{}]{0,80}line-through"
)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_NO_BREAK = "\xa0"
_BREAK, _BLOCK = "\v", "\x1c"
"""A line break, and the end of a paragraph, of which several are one."""
_MOST_SPAN = 65_534
"""Rows that a cell may cover, as in browsers."""


def read_sheets(data: bytes, stem: str) -> Iterator[ForeignSheet]:
    """The tables of a page; `stem`: the name of a table that has none.

    ForeignFault for a page without tables, or one that is cut within a table; TooMuch beyond what a sheet may have.
    """
    page = utf8_of(data)
    low = page.lower()
    if low.rfind(b"<table") > low.rfind(b"</table"):
        raise ForeignFault(
            "是网页（HTML），其中的表格没有结束，文件看来被截断；请重新导出",
            "a web page (HTML) whose table does not end: the file was cut, it seems; export it anew",
        )
    if b"<table" not in low:
        frames = b"<frameset" in low or b"<frame " in low
        raise ForeignFault(
            f"是网页（HTML），里面没有表格{'（内容在旁边的文件夹里）' if frames else ''}；"
            "请在 Excel 或 WPS 中打开，另存为 .xlsx",
            f"a web page (HTML) without a table{' (it is in the folder beside it)' if frames else ''}; open it in "
            "Excel or WPS and save it as .xlsx",
        )
    del low
    yield from sheets_of(read_html(page, _Page(stem)))


@dataclass(slots=True)
class _Cell:
    """The cell that is being read."""

    column: int
    rows: int
    columns: int
    struck: bool = False
    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """One table that is open: what it covers, and the cells of its row."""

    outer: bool = False
    begun: bool = False
    row: dict[int, str] | None = None
    cell: _Cell | None = None
    hidden: bool = False
    struck: list[bool] = field(default_factory=list)
    """For each cell of the row that is not blank."""
    notes: list[tuple[int, str]] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    """Column -> how many further rows a cell above reaches down into."""


class _Page:
    """Takes the events of a page."""

    def __init__(self, stem: str) -> None:
        self._stem = stem
        self._names: list[str] = []
        self._out: list[SheetStart | PlacedRow] = []
        self._tables: list[_Table] = []
        self._beside: Beside | None = None
        self._sheets = 0
        self._number = 0
        self._skipping = 0
        self._within_cell = 0
        """How many tables are open within a cell of a table that has rows already: their texts are the cell's."""
        self._styles: list[str] = []
        self._struck_classes: frozenset[str] = frozenset()
        self._in_style = self._in_comment = False
        self._crossed = 0
        self._loose: list[str] = []
        self._above: list[str] = []

    def taken(self) -> list[SheetStart | PlacedRow]:
        """What was made since the last time."""
        taken, self._out = self._out, []
        return taken

    def comment(self, text: str) -> None:
        """Excel writes the names of its sheets into a comment."""
        if "<x:ExcelWorksheet>" in text:
            self._names += [name.strip() for name in _NAME.findall(text)]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""
        if tag in _SKIPPED:
            self._skipping += 1
            self._in_style = tag == "style"
            return
        if tag in _CROSSED or tag == "comment":
            self._crossed += tag in _CROSSED
            self._in_comment = tag == "comment"
            return
        table = self._tables[-1] if self._tables else None
        if self._within_cell or (tag == "table" and table is not None and table.begun):
            self._within_cell += tag == "table"
            self._block()
            return
        match tag:
            case "table":
                self._loose_ends()
                if table is not None:
                    self._leave_layout(table)
                self._tables.append(_Table())
            case "tr" if table is not None:
                self._end_row(table)
                self._begin_row(table, _is_hidden(attributes))
            case "td" | "th" if table is not None:
                self._end_cell(table)
                row = self._begin_row(table) if table.row is None else table.row
                self._begin_cell(table, row, attributes)
            case "br":
                self.data(_BREAK)
            case _ if tag in _BLOCKS:
                self._block()

    def end(self, tag: str) -> None:
        """The end of an element."""
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
            if tag == "style":
                self._in_style = False
                self._struck_classes = frozenset(_LINE_THROUGH.findall("".join(self._styles)))
            return
        if tag in _CROSSED or tag == "comment":
            self._crossed -= tag in _CROSSED
            self._in_comment = False
            return
        table = self._tables[-1] if self._tables else None
        if self._within_cell:
            self._within_cell -= tag == "table"
            self._block()
            return
        match tag:
            case "table" if table is not None:
                self._end_row(table)
                self._tables.pop()
            case "tr" if table is not None:
                self._end_row(table)
            case "td" | "th" if table is not None:
                self._end_cell(table)
            case _ if tag in _BLOCKS:
                self._block()

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._in_style:
            self._styles.append(text)
        if self._skipping:
            return
        cell = self._tables[-1].cell if self._tables else None
        if cell is None:
            self._loose.append(text)
        elif self._in_comment:
            cell.notes.append(text)
        else:
            cell.texts.append(text)
            cell.struck = cell.struck or (self._crossed > 0 and not text.isspace())

    def finish(self) -> None:
        """The page is at its end: what stands below the last table is of its sheet."""
        self._loose_ends()
        if self._beside is not None:
            for text in self._above:
                self._put({0: text})

    # --- text outside of cells

    def _block(self) -> None:
        cell = self._tables[-1].cell if self._tables else None
        if cell is None:
            self._loose_ends()
        elif any(t.strip() for t in cell.texts):
            cell.texts.append(_BLOCK)

    def _loose_ends(self) -> None:
        text = _clean(self._loose)
        self._loose.clear()
        if text:
            self._above.append(text)
            if len(self._above) > _MOST_SPAN:
                raise TooMuch

    def _leave_layout(self, table: _Table) -> None:
        """A table within a cell: the outer one is there for its looks, and its texts stand above the inner one."""
        table.outer = True
        for text in (table.row or {}).values():
            self._above.append(text)
        if table.cell is not None and (text := _clean(table.cell.texts)):
            self._above.append(text)
        table.row = table.cell = None

    # --- cells and rows

    def _begin_row(self, table: _Table, hidden: bool = False) -> dict[int, str]:
        table.row, table.hidden = {}, hidden
        table.struck.clear()
        table.notes.clear()
        return table.row

    def _begin_cell(self, table: _Table, row: dict[int, str], attributes: Mapping[str, str]) -> None:
        column = max(row, default=-1) + 1 if table.cell is None else table.cell.column
        column = self._free(table, column)
        rows = min(count_of(attributes.get("rowspan")), _MOST_SPAN)
        columns = count_of(attributes.get("colspan"))
        table.cell = _Cell(column, rows, columns, self._is_struck(attributes))

    def _is_struck(self, attributes: Mapping[str, str]) -> bool:
        classes = attributes.get("class", "").split()
        return "line-through" in attributes.get("style", "") or not self._struck_classes.isdisjoint(classes)

    def _free(self, table: _Table, column: int) -> int:
        while table.covered.get(column, 0) > 0:
            column += 1
        return column

    def _end_cell(self, table: _Table) -> None:
        cell = table.cell
        if cell is None or table.row is None:
            return
        table.cell = None
        place(1, cell.column)
        last = cell.column + cell.columns - 1
        if cell.rows > 1:
            place(1, last)
        table.row[cell.column] = text = _clean(cell.texts)
        if text:
            table.struck.append(cell.struck)
        if cell.notes:
            table.notes.append((cell.column, "".join(cell.notes)))
        # a closing line that spans a hundred columns of a narrow table is usual: nothing stands behind it
        for column in range(cell.column + 1, min(last, cell.column + 1000) + 1):
            table.row[column] = ""
        if cell.rows > 1:
            for column in range(cell.column, last + 1):
                table.covered[column] = max(table.covered.get(column, 0), cell.rows)
            self._begin(table)
            if self._beside is not None:
                self._beside.merge(self._number + 1, cell.column, cell.rows, cell.columns)

    def _end_row(self, table: _Table) -> None:
        self._end_cell(table)
        row, table.row = table.row, None
        if row is None:
            return
        if table.outer:
            self._above += [text for text in row.values() if text]
            return
        self._begin(table)
        table.covered = {column: left - 1 for column, left in table.covered.items() if left > 1}
        if self._beside is not None:
            if table.hidden:
                self._beside.hidden_rows.add(self._number + 1)
            if any(table.struck) and 2 * sum(table.struck) >= len(table.struck):
                self._beside.struck.add(self._number + 1)
            for column, note in table.notes:
                self._beside.comment(self._number + 1, column, note)
        self._put(row)

    def _begin(self, table: _Table) -> None:
        """The first row of a table: its sheet begins, with what stood above it."""
        if table.begun:
            return
        table.begun = True
        self._beside = Beside(texts=True)
        self._out.append(SheetStart(self._name(), self._beside))
        self._sheets += 1
        self._number = 0
        for text in self._above:
            self._put({0: text})
        self._above.clear()

    def _name(self) -> str:
        if self._sheets < len(self._names):
            return self._names[self._sheets]
        return self._stem if not self._sheets else f"{self._stem} {self._sheets + 1}"

    def _put(self, row: Mapping[int, str]) -> None:
        self._number += 1
        place(self._number, 0)
        if any(row.values()):
            cells = [row.get(column) or None for column in range(max(row) + 1)]
            self._out.append(PlacedRow(self._number, cells))


def _clean(texts: list[str]) -> str:
    """Text as a browser shows it: blanks are one, and only line breaks that were meant are some."""
    joined = _BLANK.sub(" ", "".join(texts).replace(_NO_BREAK, " "))
    blocks = (block.strip(f" {_BREAK}") for block in joined.split(_BLOCK))
    return "\n".join(line.strip() for block in blocks if block for line in block.split(_BREAK))


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "display:none" in attributes.get("style", "").replace(" ", "").lower() or "hidden" in attributes
