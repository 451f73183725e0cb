"""Put colours and comments onto cells of one sheet's XML, and take earlier ones away; cells stay untouched."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from loaders.annotate.comments import comment
from loaders.ooxml.package import Parts, Splice, as_utf8, named, ranges, scan, splice, with_attribute
from loaders.ooxml.sheet import before, column_number, extract_elements, insert_elements
from loaders.problems import column_letters

MAX_COMMENTS = 5000
"""So many comments a sheet; with more of them Excel takes minutes to open it."""
_RULE = '"branchmap"="branchmap"'
"""The condition of our colours, by which they are found again: always true."""
_RANGES_PER_RULE = 200


@dataclass(frozen=True, slots=True)
class CellMark:
    """What a cell gets: row from 1, column from 0, whether it must be mended, and the comment."""

    row: int
    column: int
    blocking: bool
    comment: str


def mark_sheet(parts: Parts, sheet: str, marks: Sequence[CellMark], styles: Mapping[bool, int]) -> None:
    """Colour and comment cells of a sheet part. `styles`: blocking -> number of the differential style.

    Marks of an earlier time are taken away first. The cells themselves are not edited: the colour is a
    conditional format of its own, so it goes with its cell when rows are inserted.
    """
    slim, data = extract_elements(as_utf8(parts[sheet]))
    slim = _unmark(slim)
    marks = _moved(marks, _anchors(slim))
    slim = _colour(slim, marks, styles)
    by_cell: dict[tuple[int, int], list[str]] = {}
    for mark in marks:
        by_cell.setdefault((mark.row, mark.column), []).append(mark.comment)
    comments = {cell: "\n\n".join(dict.fromkeys(texts)) for cell, texts in by_cell.items()}
    comments = dict(list(comments.items())[:MAX_COMMENTS])
    slim = comment(parts, sheet, slim, comments)
    parts[sheet] = insert_elements(slim, data)


def unselect(xml: bytes) -> bytes:
    """The sheet, not selected: two selected sheets would be edited both at once."""
    slim, data = extract_elements(as_utf8(xml))
    views = [e for e in scan(slim, 3) if e.name == "sheetView" and e.get("tabSelected") in ("1", "true")]
    return insert_elements(
        splice(slim, (with_attribute(slim, v, "tabSelected", None) for v in views)), data
    )


# --- colours -------------------------------------------------------------------------------------


def _unmark(slim: bytes) -> bytes:
    elements = scan(slim, 3)
    gone: list[Splice] = []
    for format_ in named(elements, "conditionalFormatting"):
        if _RULE.encode() in slim[format_.start : format_.end].replace(b"&quot;", b'"'):
            gone.append((format_.start, format_.end, b""))
    return splice(slim, gone)


def _colour(slim: bytes, marks: Sequence[CellMark], styles: Mapping[bool, int]) -> bytes:
    elements = scan(slim, 3)
    root = elements[0]
    at = before(elements, "conditionalFormatting")
    priority = max((int(n) for n in re.findall(rb'\bpriority="(\d+)"', slim)), default=0)
    blocking = {(m.row, m.column) for m in marks if m.blocking}
    groups = {True: blocking, False: {(m.row, m.column) for m in marks} - blocking}
    p, new = root.prefix, ""
    for kind, cells in groups.items():
        found = ranges(sorted(cells))
        for start in range(0, len(found), _RANGES_PER_RULE):
            priority += 1
            area = " ".join(_area(r) for r in found[start : start + _RANGES_PER_RULE])
            new += (
                f'<{p}conditionalFormatting sqref="{area}"><{p}cfRule type="expression" '
                f'dxfId="{styles[kind]}" priority="{priority}">'
                f"<{p}formula>{_RULE}</{p}formula></{p}cfRule></{p}conditionalFormatting>"
            )
    return splice(slim, [(at, at, new.encode())])


def _area(found: tuple[int, int, int]) -> str:
    column, first, last = found
    letters = column_letters(column)
    return f"{letters}{first}" if first == last else f"{letters}{first}:{letters}{last}"


_AREA = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def _anchors(slim: bytes) -> list[tuple[int, int, int, int]]:
    """The merged areas: first row, last row, first column, last column."""
    found = (_AREA.fullmatch(e.get("ref") or "") for e in named(scan(slim, 3), "mergeCell"))
    return [(int(a[2]), int(a[4]), column_number(a[1]), column_number(a[3])) for a in found if a]


def _moved(marks: Sequence[CellMark], areas: Iterable[tuple[int, int, int, int]]) -> list[CellMark]:
    """A mark inside a merged area belongs to its first cell: the others are not seen."""
    ordered = sorted(marks, key=lambda m: m.row)
    rows = [m.row for m in ordered]
    moved: dict[int, CellMark] = {}
    for top, bottom, left, right in areas:
        for at in range(bisect_left(rows, top), bisect_right(rows, bottom)):
            mark = ordered[at]
            if left <= mark.column <= right:
                moved[id(mark)] = CellMark(top, left, mark.blocking, mark.comment)
    return [moved.get(id(mark), mark) for mark in marks]
