"""Write comments into one sheet of a workbook, with the shapes in which Excel shows them; take ours away again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from loaders.ooxml.package import (
    RELATIONSHIPS,
    Element,
    Parts,
    Splice,
    append_into,
    as_utf8,
    declare_type,
    free_name,
    named,
    relate,
    relations,
    scan,
    splice,
    text_of,
)
from loaders.ooxml.sheet import before, column_number
from loaders.problems import column_letters

AUTHOR = "Branchmap"
"""Whose comments are ours: they go when the workbook is marked again."""
SIGN = "【导入检查】"
"""Begins what we say in a comment, also in somebody else's: LibreOffice forgets whose a comment is.

Chinese only, because it also cuts a comment into pieces where the script changes.
"""
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_EMPTY_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'
).encode()
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_EMPTY_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout>' + _SHAPE_TYPE + "</xml>"
).encode()


def comment(parts: Parts, sheet: str, slim: bytes, comments: Mapping[tuple[int, int], str]) -> bytes:
    """Comment cells (row from 1, column from 0) of a sheet part, whose XML without cells is `slim`.

    What we wrote at an earlier time goes. The answer is `slim`, linked to the shapes; the comments and
    shapes are put into `parts`.
    """
    linked = {r.kind: r.target for r in relations(parts, sheet)}
    part = linked.get("comments")
    if part is not None and part in parts:
        own = _take_away_comments(parts, part)
    elif not comments:
        return slim
    else:
        part, own = free_name(parts, "xl/comments{}.xml"), frozenset()
        parts[part] = _EMPTY_COMMENTS
        declare_type(parts, part, _COMMENTS_TYPE)
        relate(parts, sheet, "comments", part)
    added = _add_comments(parts, part, comments)
    drawing = next((e for e in scan(slim, 1) if e.name == "legacyDrawing"), None)
    vml = None
    if drawing is not None:
        vml = next((r.target for r in relations(parts, sheet) if r.id == drawing.get("id")), None)
    if vml is None or vml not in parts:
        vml = free_name(parts, "xl/drawings/vmlDrawing{}.vml")
        parts[vml] = _EMPTY_VML
        declare_type(parts, vml, "application/vnd.openxmlformats-officedocument.vmlDrawing")
        id_ = relate(parts, sheet, "vmlDrawing", vml)
        slim = _link_drawing(slim, id_)
    parts[vml] = _add_shapes(_take_away_shapes(parts[vml], own), added)
    return slim


def _link_drawing(slim: bytes, id_: str) -> bytes:
    elements = scan(slim, 1)
    held = next((e for e in elements if e.name == "legacyDrawing"), None)
    new = f'<{elements[0].prefix}legacyDrawing xmlns:r="{RELATIONSHIPS}" r:id="{id_}"/>'.encode()
    if held is not None:
        return splice(slim, [(held.start, held.end, new)])
    at = before(elements, "legacyDrawing")
    return splice(slim, [(at, at, new)])


_CELL = re.compile(r"([A-Z]+)(\d+)")


def _cell(ref: str) -> tuple[int, int] | None:
    found = _CELL.fullmatch(ref)
    return (int(found[2]), column_number(found[1])) if found else None


def _take_away_comments(parts: Parts, part: str) -> frozenset[tuple[int, int]]:
    """Remove what we wrote at an earlier time; returns the cells whose comment is gone altogether."""
    xml = as_utf8(parts[part])
    elements = scan(xml)
    authors = [xml[e.inner : e.close].decode() for e in named(elements, "author")]
    gone: list[Splice] = []
    cells: set[tuple[int, int]] = set()
    words = named(elements, "t")
    for comment in named(elements, "comment"):
        author = int(comment.get("authorId") or 0)
        first = next((t for t in words if _within(comment, t)), None)
        signed = first is not None and xml.startswith(SIGN.encode(), first.inner)
        if signed or (author < len(authors) and authors[author] == AUTHOR):
            gone.append((comment.start, comment.end, b""))
            at = _cell(comment.get("ref") or "")
            cells.update([at] if at else [])
        elif added := next(
            (t for t in words if _within(comment, t) and xml.find(SIGN.encode(), t.inner, t.close) >= 0),
            None,
        ):
            kept = _BLANK_END.sub(b"", xml[added.inner : xml.find(SIGN.encode(), added.inner)])
            gone.append((added.inner + len(kept), added.close, b""))
            later = [e for e in named(elements, "r") if _within(comment, e) and e.start > added.start]
            gone.extend((e.start, e.end, b"") for e in later)
    parts[part] = splice(xml, gone)
    return frozenset(cells)


_BLANK_END = re.compile(rb"(?:\s|&#10;|&#xA;|_x000[aAdD]_)+$")


def _within(outer: Element, inner: Element) -> bool:
    return outer.start < inner.start < outer.end


def _add_comments(
    parts: Parts, part: str, comments: Mapping[tuple[int, int], str]
) -> dict[tuple[int, int], str]:
    """Write the comments; returns those that need a shape (the others were added to somebody's comment)."""
    xml = as_utf8(parts[part])
    elements = scan(xml)
    p = elements[0].prefix
    authors = named(elements, "authors")[0]
    known = [xml[e.inner : e.close].decode() for e in named(elements, "author")]
    splices: list[Splice] = []
    if AUTHOR not in known:
        splices.append(append_into(xml, authors, f"<{p}author>{AUTHOR}</{p}author>".encode()))
        known.append(AUTHOR)
    held = {_cell(e.get("ref") or ""): e for e in named(elements, "comment")}
    alone: dict[tuple[int, int], str] = {}
    author = known.index(AUTHOR)
    new = ""
    for (row, column), text in comments.items():
        other = held.get((row, column))
        if other is not None:
            splices += _add_to(xml, elements, other, text)
            continue
        alone[row, column] = text
        ref = f"{column_letters(column)}{row}"
        new += (
            f'<{p}comment ref="{ref}" authorId="{author}"><{p}text><{p}r><{p}rPr>'
            f'<{p}sz val="9"/><{p}rFont val="宋体"/></{p}rPr><{p}t xml:space="preserve">'
            f"{text_of(SIGN)}\n{text_of(text)}"
            f"</{p}t></{p}r></{p}text></{p}comment>"
        )
    listed = named(elements, "commentList")[0]
    splices.append(append_into(xml, listed, new.encode()))
    parts[part] = splice(xml, splices)
    return alone


def _add_to(xml: bytes, elements: Sequence[Element], comment: Element, text: str) -> list[Splice]:
    """Add to the last words of somebody else's comment."""
    inside = [e for e in elements if _within(comment, e)]
    words = [e for e in named(inside, "t") if e.close < e.end]
    said = f"\n\n{SIGN}\n{text}"
    if words:
        return [(words[-1].close, words[-1].close, text_of(said).encode())]
    holder = next((e for e in inside if e.name == "text"), None)
    if holder is None:
        return []
    p = holder.prefix
    return [
        append_into(xml, holder, f'<{p}r><{p}t xml:space="preserve">{text_of(said)}</{p}t></{p}r>'.encode())
    ]


# --- the shapes in which Excel shows comments ----------------------------------------------------

_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_SHAPE_ROW = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>")
_SHAPE_COLUMN = re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>")


def _take_away_shapes(vml: bytes, cells: frozenset[tuple[int, int]]) -> bytes:
    # Not scanned as XML: what Excel writes here is not always well-formed.
    def kept(found: re.Match[bytes]) -> bytes:
        row, column = _SHAPE_ROW.search(found.group()), _SHAPE_COLUMN.search(found.group())
        if b'ObjectType="Note"' not in found.group() or row is None or column is None:
            return found.group()
        return b"" if (int(row[1]) + 1, int(column[1])) in cells else found.group()

    return _SHAPE.sub(kept, vml) if cells else vml


def _add_shapes(vml: bytes, comments: Mapping[tuple[int, int], str]) -> bytes:
    if not comments:
        return vml
    number = max((int(n) for n in re.findall(rb"_x0000_s(\d+)", vml)), default=1024)
    new = "" if b'id="_x0000_t202"' in vml else _SHAPE_TYPE
    for at, ((row, column), text) in enumerate(comments.items(), start=1):
        new += _shape(number + at, row, column, text)
    end = vml.rfind(b"</xml>")
    return vml[:end] + new.encode() + vml[end:]


def _shape(number: int, row: int, column: int, text: str) -> str:
    # A line holds about 20 Chinese characters in the width of four columns.
    lines = sum(len(line) // 20 + 1 for line in text.split("\n")) + 2
    top = max(row - 2, 0)
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        'margin-top:2pt;width:230pt;height:80pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
        "<x:MoveWithCells/><x:SizeWithCells/>"
        f"<x:Anchor>{column + 1}, 15, {top}, 2, {column + 5}, 15, {top + max(lines, 3)}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
    )
