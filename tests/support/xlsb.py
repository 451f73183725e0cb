"""Writes the smallest binary workbooks (.xlsb): no program at hand does."""

import struct
import zipfile

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPE = "application/vnd.ms-excel."


def record(kind, body=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + body


def text(said):
    return struct.pack("<I", len(said)) + said.encode("utf-16-le")


def row(number, hidden=False):
    return record(0, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def string(column, said, style=0):
    return record(6, struct.pack("<II", column, style) + text(said))


def number(column, value, style=0):
    return record(5, struct.pack("<IId", column, style, value))


def error(column, code):
    return record(3, struct.pack("<IIB", column, 0, code))


def merged(top, bottom, left, right):
    return (
        record(177, struct.pack("<I", 1))
        + record(176, struct.pack("<4I", top, bottom, left, right))
        + record(178)
    )


def sheet(*records):
    """The part of a sheet: rows and cells, and behind them the merged ranges."""
    cells = [r for r in records if r[0] < 128]
    behind = [r for r in records if r[0] >= 128]
    return (
        record(129)
        + record(148, struct.pack("<4I", 0, 0, 0, 0))
        + record(145)
        + b"".join(cells)
        + record(146)
        + b"".join(behind)
        + record(130)
    )


def styles(*formats, crossed=()):
    """The part of styles: cell style n shows its number as the n-th format, by code or by number."""
    codes = [(164 + at, code) for at, code in enumerate(formats) if isinstance(code, str)]
    numbers = [164 + at if isinstance(code, str) else code for at, code in enumerate(formats)]
    fonts = [struct.pack("<HH", 220, flags) + b"\0" * 17 + text("x") for flags in (0, 8)]
    return (
        record(278)
        + record(615, struct.pack("<I", len(codes)))
        + b"".join(record(44, struct.pack("<H", n) + text(code)) for n, code in codes)
        + record(616)
        + record(611, struct.pack("<I", 2))
        + b"".join(record(43, font) for font in fonts)
        + record(612)
        + record(617, struct.pack("<I", len(numbers)))
        + b"".join(
            record(47, struct.pack("<HHHHH6x", 0, n, int(at in crossed), 0, 0))
            for at, n in enumerate(numbers)
        )
        + record(618)
        + record(279)
    )


def save(path, sheets, style=None, date1904=False):
    """A workbook of sheets: name -> (part, hidden)."""
    names = list(sheets)
    bundle = b"".join(
        record(156, struct.pack("<II", int(sheets[name][1]), at) + text(f"rId{at}") + text(name))
        for at, name in enumerate(names, start=1)
    )
    properties = record(153, struct.pack("<III", int(date1904), 0, 0))
    book = record(131) + properties + record(143) + bundle + record(144) + record(132)
    links = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.bin") for at in range(1, len(names) + 1)]
    if style is not None:
        links.append(("rIds", "styles", "styles.bin"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="bin" ContentType="{_TYPE}sheet.binary.macroEnabled.main"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            "</Types>",
        )
        archive.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.bin")]))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", _relations(links))
        for at, name in enumerate(names, start=1):
            archive.writestr(f"xl/worksheets/sheet{at}.bin", sheets[name][0])
        if style is not None:
            archive.writestr("xl/styles.bin", style)
    return path


def _relations(links):
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, kind, target in links
    )
    return f'<Relationships xmlns="{_RELS}">{inside}</Relationships>'
