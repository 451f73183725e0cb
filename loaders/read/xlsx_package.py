"""Find the parts of an .xlsx by their relationships, and bring an unusual one into the form that Excel writes.

Programs differ in the names of parts (case, slashes), in XML prefixes, in which attributes a cell has and in which
order. The library that reads values and the look for details both know one form only: an unusual workbook is
written anew in that form first.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from graph_model.errors import InputError
from loaders.ooxml.package import as_utf8, named, part_name, relations, scan
from loaders.ooxml.sheet import column_number
from loaders.problems import column_letters
from loaders.read.limits import too_large, unusable

_HEAD_BYTES = 16 * 2**20
_CHUNK = 2**20
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_USUAL = {"book": "xl/workbook.xml", "styles": "xl/styles.xml", "sharedStrings": "xl/sharedStrings.xml"}
_TRUE = ("1", "true", "on")


class PackageParts(Mapping[str, bytes]):
    """The parts of an open archive by their names with plain slashes, unpacked when asked for.

    InputError for a giant one.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self._name = archive, name
        self.members = {part_name(m.filename): m for m in archive.infolist() if not m.is_dir()}

    def __getitem__(self, part: str) -> bytes:
        with self.archive.open(self.members[part]) as stream:
            data = stream.read(_HEAD_BYTES + 1)
        if len(data) > _HEAD_BYTES:
            raise too_large(self._name, f"{_HEAD_BYTES // 2**20} MiB")
        return data

    def __contains__(self, part: object) -> bool:
        return part in self.members  # without unpacking it

    def __iter__(self) -> Iterator[str]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    def open(self, part: str) -> IO[bytes]:
        """A part as a stream."""
        return self.archive.open(self.members[part])

    def size(self, part: str) -> int:
        """The bytes of a part, unpacked."""
        return self.members[part].file_size


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of cells: its name, whether it is hidden, and its part."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """Where the parts of a workbook are. `usual`: they stand where Excel puts them.

    `date1904`: days are counted from 1904. `others`: the number of sheets that hold no cells (charts, dialogs).
    """

    sheets: tuple[SheetPart, ...]
    styles: str | None
    shared: str | None
    date1904: bool
    usual: bool


def find_workbook(parts: PackageParts, name: str) -> Workbook:
    """The parts of the workbook of a package; InputError where it holds none."""
    book = next((r.target for r in relations(parts, "") if r.kind == "officeDocument"), None)
    if book is None or book not in parts:
        book = next((p for p in parts if p.lower() == _USUAL["book"]), None)
    if book is None:
        raise unusable(
            name,
            "文件已损坏，或不是 Excel 工作簿；请在 Excel 或 WPS 中打开后另存为 .xlsx",
            "the file is damaged or no Excel workbook; open it in Excel or WPS and save it as .xlsx",
        )
    if book.lower().endswith(".bin"):
        raise unusable(
            name,
            "是二进制工作簿（.xlsb），不能读取；请在 Excel 或 WPS 中另存为 .xlsx",
            "it is a binary workbook (.xlsb), which cannot be read; save it as .xlsx in Excel or WPS",
        )
    elements = scan(as_utf8(parts[book]))
    if elements[0].name != "workbook":
        raise unusable(
            name,
            "不是 Excel 工作簿（可能是文档或演示文稿）；请用 Excel 或 WPS 表格另存为 .xlsx",
            "no Excel workbook (a document or slides, it seems); save it as .xlsx in Excel or WPS",
        )
    # a program that calls the workbook otherwise may keep the usual name for its relations
    usual_name = f"{book.rpartition('/')[0]}/workbook.xml"
    linked = {r.id: r for r in relations(parts, book) or relations(parts, usual_name)}
    found = []
    for element in named(elements, "sheet"):
        relation = linked.get(element.get("id") or "")
        if relation is None or relation.target not in parts:
            raise _incomplete(name, element.get("name") or "")
        if relation.kind == "worksheet":
            hidden = (element.get("state") or "visible") != "visible"
            found.append(SheetPart(element.get("name") or "", hidden, relation.target))
    kinds = {r.kind: r.target for r in linked.values() if r.target in parts}
    styles, shared = kinds.get("styles"), kinds.get("sharedStrings")
    properties = named(elements, "workbookPr")
    usual = (
        all(m.filename == part for part, m in parts.members.items())
        and (book, styles or _USUAL["styles"], shared or _USUAL["sharedStrings"]) == tuple(_USUAL.values())
        and len(found) == len(linked.keys() & {e.get("id") for e in named(elements, "sheet")})
        and elements[0].prefix == ""
    )
    date1904 = any((p.get("date1904") or "") in _TRUE for p in properties)
    return Workbook(tuple(found), styles, shared, date1904, usual)


def _incomplete(name: str, sheet: str) -> InputError:
    return unusable(
        name,
        f"工作簿不完整，缺少工作表“{sheet}”；请在 Excel 或 WPS 中打开后另存为 .xlsx",
        f"the workbook is incomplete, the sheet “{sheet}” is missing; open it in Excel or WPS and save it as .xlsx",
    )


# --- the usual form ------------------------------------------------------------------------------


def write_usual(parts: PackageParts, book: Workbook, target: Path) -> None:
    """Write the cells, texts and styles of a workbook as Excel would; InputError for XML that is not well formed."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        sheets = [f"xl/worksheets/sheet{n}.xml" for n in range(1, len(book.sheets) + 1)]
        linked = [("worksheet", part) for part in sheets]
        for kind, source in (("styles", book.styles), ("sharedStrings", book.shared)):
            if source is not None:
                linked.append((kind, _USUAL[kind]))
                _copy_text(parts, source, out, _USUAL[kind])
        out.writestr("[Content_Types].xml", _content_types(linked))
        out.writestr("_rels/.rels", _relationships([("officeDocument", _USUAL["book"])]))
        out.writestr("xl/_rels/workbook.xml.rels", _relationships(linked))
        out.writestr(_USUAL["book"], _workbook_xml(book))
        for sheet, part in zip(book.sheets, sheets, strict=True):
            with parts.open(sheet.part) as source_xml, out.open(part, "w", force_zip64=True) as target_xml:
                _write_sheet(source_xml, target_xml)


def usual_sheets(book: Workbook) -> Workbook:
    """Where the parts are in what `write_usual` wrote."""
    sheets = tuple(
        SheetPart(s.name, s.hidden, f"xl/worksheets/sheet{n}.xml")
        for n, s in enumerate(book.sheets, start=1)
    )
    return Workbook(
        sheets,
        book.styles and _USUAL["styles"],
        book.shared and _USUAL["sharedStrings"],
        book.date1904,
        True,
    )


def _copy_text(parts: PackageParts, source: str, out: zipfile.ZipFile, target: str) -> None:
    with parts.open(source) as stream, out.open(target, "w", force_zip64=True) as copy:
        first = stream.read(_CHUNK)
        if first.startswith((b"\xff\xfe", b"\xfe\xff")):
            copy.write(as_utf8(first + stream.read(_HEAD_BYTES)))
            return
        while first:
            copy.write(first)
            first = stream.read(_CHUNK)


def _content_types(linked: list[tuple[str, str]]) -> str:
    kinds = "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
        f'{kind}+xml"/>'
        for kind, part in [("sheet.main", _USUAL["book"]), *linked]
    )
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}{kinds}</Types>'


def _relationships(linked: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="/{part}"/>'
        for n, (kind, part) in enumerate(linked, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _workbook_xml(book: Workbook) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(s.name)} sheetId="{n}" r:id="rId{n}"{_HIDDEN_STATE if s.hidden else ""}/>'
        for n, s in enumerate(book.sheets, start=1)
    )
    days = '<workbookPr date1904="1"/>' if book.date1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{days}<sheets>{sheets}</sheets></workbook>'


_HIDDEN_STATE = ' state="hidden"'


def _write_sheet(source: IO[bytes], target: IO[bytes]) -> None:
    """A sheet's rows, cells and merged ranges, each with its address."""
    writer = _SheetXml()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = writer.start, writer.end
    parser.CharacterDataHandler = writer.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    target.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
    try:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk, False)
            target.write(writer.taken())
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    merged = "".join(f"<mergeCell ref={quoteattr(ref)}/>" for ref in writer.merged)
    target.write(writer.taken())
    target.write(
        f"</sheetData>{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>".encode()
    )


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a document type")


class _SheetXml:
    """Takes the events of a sheet's XML and writes them in the usual form."""

    def __init__(self) -> None:
        self.merged: list[str] = []
        self._out: list[str] = []
        self._row = self._column = 0
        self._in_cell = self._in_phonetic = False
        self._collected: list[str] | None = None
        self._inline: list[str] = []

    def taken(self) -> bytes:
        """What was written since the last time."""
        written = "".join(self._out).encode()
        self._out.clear()
        return written

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """The beginning of an element."""
        match name.rpartition(":")[2]:
            case "row":
                self._row, self._column = _number(attributes.get("r"), self._row + 1), -1
                hidden = ' hidden="1"' if attributes.get("hidden") in _TRUE else ""
                self._out.append(f'<row r="{self._row}"{hidden}>')
            case "c":
                self._start_cell(attributes)
            case "v" | "f" if self._in_cell:
                self._collected = []
            case "rPh":
                self._in_phonetic = True
            case "is":
                self._inline = []
            case "t" if self._in_cell and not self._in_phonetic:
                self._collected = []
            case "mergeCell":
                self.merged.append((attributes.get("ref") or "").replace("$", "").upper())

    def end(self, name: str) -> None:
        """The end of an element."""
        local = name.rpartition(":")[2]
        collected = "".join(self._collected or ())
        match local:
            case "row":
                self._out.append("</row>")
            case "c":
                self._out.append("</c>")
                self._in_cell = False
            case "v" | "f" if self._in_cell:
                self._out.append(f"<{local}>{escape(collected)}</{local}>")
            case "t" if self._in_cell and not self._in_phonetic:
                self._inline.append(collected)
            case "rPh":
                self._in_phonetic = False
            case "is":
                text = escape("".join(self._inline))
                self._out.append(f'<is><t xml:space="preserve">{text}</t></is>')
        if local in ("v", "f", "t"):
            self._collected = None

    def text(self, data: str) -> None:
        """Text between tags."""
        if self._collected is not None:
            self._collected.append(data)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        letters = (attributes.get("r") or "").replace("$", "").upper()
        digits = letters.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        letters = letters.removesuffix(digits)
        self._column = column_number(letters) if letters else self._column + 1
        row = _number(digits, self._row)
        kept = "".join(f" {key}={quoteattr(attributes[key])}" for key in ("s", "t") if key in attributes)
        self._out.append(f'<c r="{column_letters(self._column)}{row}"{kept}>')
        self._in_cell = True


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise
