"""What a report consists of, before any file format: headings, paragraphs, tables, pictures, sections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph_model.text import Language

ParagraphKind = Literal[
    "title",
    "subtitle",
    "body",
    "closing",
    "note",
    "table",
    "annex",
    "annex-title",
    "list-first",
    "list",
    "signature",
    "signature-date",
]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 opens a part, level 2 a piece of it."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a note is small and grey, "table" is the title above a table, "list" an entry of the annexes.

    "closing" is the last sentence of the body: it stays on the page of the annexes and the signature.
    """

    text: str
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A table's column: heading, share of the width, and how its values stand."""

    text: str
    share: float
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, a text per column; `strong` for sums, `alarm` for what is overdue."""

    cells: tuple[str, ...]
    strong: bool = False
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row across the whole table, which names the rows below it."""

    text: str


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table whose headings repeat on each page; ValueError where a row does not fit the columns."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow | GroupRow, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if isinstance(row, TableRow) and len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells under {len(self.columns)} headings: {row.cells}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG picture with the caption below it; pixel sizes say its shape.

    `share`: how much of the page's height it may take at most.
    """

    png: bytes
    width: int
    height: int
    caption: str
    share: float = 0.4


@dataclass(frozen=True, slots=True)
class Section:
    """From here on a new page, upright or across; at the beginning it says what the first page is like."""

    landscape: bool


Block = Heading | Paragraph | ReportTable | Picture | Section


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: Word and PDF are both written from this value, so that they say the same."""

    title: str
    blocks: tuple[Block, ...]
    made: date
    language: Language


def picture_from_png(png: bytes, caption: str, share: float = 0.4) -> Picture:
    """A picture from the bytes of a PNG, which say its size themselves."""
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    return Picture(png, width, height, caption, share)
