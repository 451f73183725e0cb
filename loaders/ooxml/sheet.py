"""The XML of one sheet without its cells: take them out, put them back, find where a new part belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.ooxml.package import Element

_ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""The order of a sheet's parts: a program that finds another one calls the file damaged."""


_DATA = re.compile(rb"<((?:\w+:)?)sheetData(\s[^>]*)?>")


def extract_elements(xml: bytes) -> tuple[bytes, bytes]:
    """A sheet without its cells, which may be millions, and the cells to be put back."""
    opened = _DATA.search(xml)
    if opened is None or opened.group().endswith(b"/>"):
        return xml, b""
    close = b"</" + opened.group(1) + b"sheetData>"
    end = xml.rfind(close)
    if end < 0:
        return xml, b""
    return xml[: opened.end()] + xml[end:], xml[opened.end() : end]


def insert_elements(slim: bytes, data: bytes) -> bytes:
    """The sheet with its cells again."""
    opened = _DATA.search(slim)
    if opened is None or not data:
        return slim
    return slim[: opened.end()] + data + slim[opened.end() :]


def before(elements: Sequence[Element], name: str) -> int:
    """Where a new part of the sheet belongs."""
    after = set(_ORDER[_ORDER.index(name) + 1 :]) | {"AlternateContent"}
    later = [e.start for e in elements if e.depth == 1 and e.name in after]
    return later[0] if later else elements[0].close


def column_number(letters: str) -> int:
    """The column of Excel's letters, from 0.

    >>> column_number("A"), column_number("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
