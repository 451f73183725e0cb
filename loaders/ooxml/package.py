"""Edit the XML parts of an .xlsx by splicing bytes, so that whatever is not edited stays byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from graph_model.errors import InputError

Parts = dict[str, bytes]
"""Part name -> content, in the order of the archive."""
Splice = tuple[int, int, bytes]
"""(from, to, what stands there instead): positions in the part as it was."""

CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MOST_UNPACKED = 300 * 2**20
_STAMP = (1980, 1, 1, 0, 0, 0)
_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a part: its local name, attributes, depth, and the bytes from `start` to `end`.

    `inner`: where its content begins; `close`: where its end tag begins (both `end` where it is empty).
    """

    name: str
    prefix: str
    attributes: Mapping[str, str]
    depth: int
    start: int
    inner: int
    close: int
    end: int

    def get(self, name: str) -> str | None:
        """An attribute by its local name."""
        for key, value in self.attributes.items():
            if key.rpartition(":")[2] == name:
                return value
        return None


class DamagedXml(InputError):
    """Raised for a part that is no well-formed XML."""


def read_parts(data: bytes) -> Parts:
    """The parts of an archive; the caller has made sure that it is one. InputError where they are too large to hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(m.file_size for m in archive.infolist()) > _MOST_UNPACKED:
            raise InputError(
                f"工作簿解压后超过 {_MOST_UNPACKED // 2**20} MB，无法标注；请按检查结果改正",
                f"unpacked the workbook is over {_MOST_UNPACKED // 2**20} MiB and cannot be marked; use the list",
            )
        return {part_name(m.filename): archive.read(m) for m in archive.infolist() if not m.is_dir()}


def part_name(member: str) -> str:
    """The name of a part by that of its member of the archive: some programs write backslashes.

    >>> part_name("xl\\\\workbook.xml")
    'xl/workbook.xml'
    """
    return member.replace("\\", "/").lstrip("/")


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """The archive of these parts; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def splice(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The bytes with each piece replaced; pieces at one place come in the order given.

    >>> splice(b"abc", [(1, 2, b"-"), (3, 3, b"!")])
    b'a-c!'
    """
    out: list[bytes] = []
    at = 0
    for start, end, new in sorted(splices, key=lambda s: s[:2]):
        out += [data[at:start], new]
        at = max(at, end)
    return b"".join([*out, data[at:]])


def as_utf8(xml: bytes) -> bytes:
    """A part in UTF-8 without a mark at its start, so that positions are plain.

    >>> as_utf8('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"))
    b'<?xml version="1.0" encoding="UTF-8"?><a/>'
    """
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = xml.decode("utf-16")
        return re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-8"?>', text).encode()
    return xml.removeprefix(b"\xef\xbb\xbf")


def scan(xml: bytes, depth: int = 99) -> list[Element]:
    """The elements of a part down to a depth (the root is 0), in their order; parents before children.

    DamagedXml where the part is no well-formed XML, or declares a document type (which none does that a
    spreadsheet program wrote, and by which small files grow huge).
    """
    parser = expat.ParserCreate()
    parser.ordered_attributes = False
    found: list[Element | None] = []
    open_: list[tuple[int, str, dict[str, str], int]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        open_.append((len(found), name, attributes, parser.CurrentByteIndex))
        if len(open_) <= depth + 1:
            found.append(None)

    def end(_: str) -> None:
        slot, name, attributes, began = open_.pop()
        if len(open_) > depth:
            return
        tag = _TAG.match(xml, began)
        inner = tag.end() if tag else began
        close, over = inner, inner
        if not xml[began:inner].endswith(b"/>"):
            close = parser.CurrentByteIndex
            over = xml.index(b">", close) + 1
        prefix, _, local = name.rpartition(":")
        found[slot] = Element(
            local, f"{prefix}:" if prefix else "", attributes, len(open_), began, inner, close, over
        )

    def doctype(*_: object) -> None:
        raise _damaged()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise _damaged() from error
    return [e for e in found if e is not None]


def _damaged() -> DamagedXml:
    return DamagedXml(
        "工作簿内部已损坏，无法标注；请在 Excel 或 WPS 中另存为 .xlsx 后再试",
        "the workbook is damaged inside and cannot be marked; save it as .xlsx in Excel or WPS, then try again",
    )


def named(elements: Iterable[Element], name: str) -> list[Element]:
    """The elements of a local name."""
    return [e for e in elements if e.name == name]


def append_into(xml: bytes, element: Element, new: bytes) -> Splice:
    """The splice that puts something at the end of an element, opening it where it is empty."""
    if element.close == element.end:
        tag = xml[element.start : element.end].rstrip(b">").rstrip(b"/").rstrip()
        qualified = (element.prefix + element.name).encode()
        return element.start, element.end, tag + b">" + new + b"</" + qualified + b">"
    return element.close, element.close, new


def with_attribute(xml: bytes, element: Element, name: str, value: str | None) -> Splice:
    """The splice that sets an attribute of an element, or with None takes it away."""
    tag = xml[element.start : element.inner]
    held = re.compile(rb"\s" + re.escape(name.encode()) + rb"""\s*=\s*("[^"]*"|'[^']*')""")
    new = b"" if value is None else f" {name}={quoteattr(value)}".encode()
    if held.search(tag):
        tag = held.sub(lambda _: new, tag, count=1)
    elif new:
        cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
        tag = tag[:cut].rstrip() + new + tag[cut:]
    return element.start, element.inner, tag


# --- relations and content types -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part: its id, the last word of its type, and the part that it leads to."""

    id: str
    kind: str
    target: str
    base: str


def relations_part(part: str) -> str:
    """Where the relations of a part stand.

    >>> relations_part("xl/worksheets/sheet1.xml")
    'xl/worksheets/_rels/sheet1.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: Mapping[str, bytes], part: str) -> list[Relation]:
    """The relations of a part to other parts, with the targets as part names.

    Names are compared as Windows does: without regard to case, either slash between folders.
    """
    at = _held_name(parts, relations_part(part))
    if at is None:
        return []
    found: list[Relation] = []
    for element in named(scan(as_utf8(parts[at])), "Relationship"):
        target = (element.get("Target") or "").replace("\\", "/")
        if element.get("TargetMode") == "External":
            continue
        folder = "" if target.startswith("/") else posixpath.dirname(part)
        whole = posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
        held = _held_name(parts, whole) or _held_name(parts, unquote(whole)) or whole
        base, _, kind = (element.get("Type") or "").rpartition("/")
        found.append(Relation(element.get("Id") or "", kind, held, base))
    return found


def _held_name(parts: Mapping[str, bytes], name: str) -> str | None:
    """The part of that name, whatever the case of its letters."""
    if name in parts:
        return name
    lower = name.lower()
    return next((part for part in parts if part.lower() == lower), None)


def relate(parts: Parts, part: str, kind: str, target: str, base: str = RELATIONSHIPS) -> str:
    """Add a relation from a part to another; returns its id."""
    at = relations_part(part)
    xml = as_utf8(
        parts.get(
            at,
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
        )
    )
    elements = scan(xml)
    taken = {e.get("Id") for e in elements}
    id_ = next(f"rId{n}" for n in range(1, len(elements) + 2) if f"rId{n}" not in taken)
    new = f'<{elements[0].prefix}Relationship Id="{id_}" Type="{base}/{kind}" Target={quoteattr("/" + target)}/>'
    parts[at] = splice(xml, [append_into(xml, elements[0], new.encode())])
    return id_


def declare_type(parts: Parts, part: str, content_type: str) -> None:
    """Say of what type a part is."""
    xml = as_utf8(parts[CONTENT_TYPES])
    elements = scan(xml)
    name = "/" + part
    if any(e.get("PartName") == name for e in elements):
        return
    new = f'<{elements[0].prefix}Override PartName={quoteattr(name)} ContentType="{content_type}"/>'
    parts[CONTENT_TYPES] = splice(xml, [append_into(xml, elements[0], new.encode())])


def free_name(parts: Mapping[str, bytes], pattern: str) -> str:
    """The first part name of a pattern such as "xl/comments{}.xml" that is not taken."""
    taken = {name.lower() for name in parts}
    return next(n for n in map(pattern.format, range(1, len(taken) + 2)) if n.lower() not in taken)


# --- text ----------------------------------------------------------------------------------------

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def text_of(text: str) -> str:
    """A text as it stands in a spreadsheet's XML: always a text, whatever it begins with.

    >>> text_of("a<b\\x01")
    'a&lt;b_x0001_'
    """
    plain = _ESCAPED.sub("_x005F_", text)
    return escape(_ILLEGAL.sub(lambda m: f"_x{ord(m.group()):04X}_", plain))


def ranges(cells: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Cells (row, column) as (column, first row, last row): neighbours below each other are one.

    >>> ranges([(3, 1), (2, 1), (9, 1), (2, 4)])
    [(1, 2, 3), (1, 9, 9), (4, 2, 2)]
    """
    found: list[tuple[int, int, int]] = []
    for column, row in sorted({(c, r) for r, c in cells}):
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1] = (column, found[-1][1], row)
        else:
            found.append((column, row, row))
    return found
