"""Unusual workbooks read as the usual one of the same content: names of parts, order and spelling of attributes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from graph_model.errors import InputError
from loaders.read.workbooks import read_workbook

Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"


def usual() -> Parts:
    """A workbook as a program writes it that keeps to Excel's habits: merged, hidden and struck cells, months."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "党员"
    sheet.append(["姓名", "性别", "出生年月", "所在单位"])
    sheet.append(["张小明", "男", dt.date(1968, 1, 1), "青松物业"])
    sheet.append(["李小红", "女", dt.date(1972, 1, 1), None])
    sheet.append(["王<五>&", "男", 200112, "翠竹物业"])
    for row in (2, 3):
        sheet.cell(row, 3).number_format = 'yyyy"年"m"月"'
    sheet.merge_cells("D2:D3")
    sheet.row_dimensions[3].hidden = True
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    data = io.BytesIO()
    book.save(data)
    with zipfile.ZipFile(data) as archive:
        return {m.filename: archive.read(m) for m in archive.infolist()}


USUAL = usual()


def save(path: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
            archive.filelist[-1].filename = name  # a backslash stays one
    return path


def read(path: Path) -> list[object]:
    return [
        (
            s.name,
            s.hidden,
            [list(c) for c in s.columns],
            s.details.merged,
            s.details.hidden,
            s.details.struck,
        )
        for s in read_workbook(path)
    ]


def in_sheet(change: Callable[[str], str]) -> Callable[[Parts], Parts]:
    return lambda parts: {n: change(c.decode()).encode() if "sheet1" in n else c for n, c in parts.items()}


def _attributes_turned(xml: str) -> str:
    def turned(tag: re.Match[str]) -> str:
        found = re.findall(r"""\w+ ?= ?(?:"[^"]*"|'[^']*')""", tag[2])
        return f"<{tag[1]} {' '.join(reversed(found))}{tag[3]}>"

    return re.sub(r"<(c|row|mergeCell) ([^<>]*?)(/?)>", turned, xml)


def _prefixed(xml: str) -> str:
    xml = re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", xml)
    return xml.replace("xmlns=", "xmlns:x=")


MANGLES: dict[str, Callable[[Parts], Parts]] = {
    "backslashes": lambda parts: {n.replace("/", "\\"): c for n, c in parts.items()},
    "upper case": lambda parts: {n.upper() if n.startswith("xl") else n: c for n, c in parts.items()},
    "turned around": lambda parts: dict(reversed(parts.items())),
    "leading slash": lambda parts: {f"/{n}": c for n, c in parts.items()},
    "another name of the workbook": lambda parts: {
        n.replace("xl/workbook", "xl/buch").replace("rels/workbook", "rels/buch"): c.replace(
            b"xl/workbook.xml", b"xl/buch.xml"
        )
        for n, c in parts.items()
    },
    "attributes turned": in_sheet(_attributes_turned),
    "no references of cells": in_sheet(lambda xml: re.sub(r'<c r="\w+" ?', "<c ", xml)),
    "no references of rows": in_sheet(lambda xml: re.sub(r'<row r="\d+"', "<row", xml)),
    "single quotes": in_sheet(lambda xml: re.sub(r'(<(?:c|row) [^<>]*>)', lambda m: m[1].replace('"', "'"), xml)),
    "blanks around =": in_sheet(lambda xml: re.sub(r"(<(?:c|row) [^<>]*>)", lambda m: m[1].replace("=", " = "), xml)),
    "small letters": in_sheet(lambda xml: re.sub(r'<c r="(\w+)"', lambda m: f'<c r="{m[1].lower()}"', xml)),
    "a prefix": in_sheet(_prefixed),
    "comments in the XML": in_sheet(lambda xml: xml.replace("<sheetData>", "<!-- <c r='Z9'/> --><sheetData>")),
    "strict": lambda parts: {
        n: c.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for n, c in parts.items()
    },
    "utf-16": lambda parts: {
        n: re.sub(r"^<\?xml[^>]*\?>", "", c.decode()).encode("utf-16") if "sheet1" in n else c
        for n, c in parts.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("mangle", MANGLES.values(), ids=MANGLES.keys())
def test_an_unusual_workbook_reads_as_the_usual_one(tmp_path, mangle):
    assert read(save(tmp_path / "b.xlsx", mangle(USUAL))) == read(save(tmp_path / "a.xlsx", USUAL))


def large(parts: Parts) -> Parts:
    """The same beside a picture of more than a MiB: then the sheet is loaded while the workbook is still checked."""
    return parts | {"xl/media/image1.png": bytes(2**20 + 1)}


@pytest.mark.parametrize("mangle", MANGLES.values(), ids=MANGLES.keys())
def test_a_large_one_reads_the_same_way(tmp_path, mangle):
    assert read(save(tmp_path / "b.xlsx", large(mangle(USUAL)))) == read(save(tmp_path / "a.xlsx", USUAL))


@pytest.mark.parametrize("address", ["XFD1048576", "A99999999"])
def test_a_large_one_is_refused_for_the_same_reason(tmp_path, address):
    row = re.sub(r"\D", "", address)
    cell = f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'
    parts = large(in_sheet(lambda xml: xml.replace("</sheetData>", cell))(USUAL))
    with pytest.raises(InputError, match="800 万个单元格"):
        read_workbook(save(tmp_path / "a.xlsx", parts))
    assert read(save(tmp_path / "b.xlsx", USUAL))[0][0] == "党员"  # whoever reads next is not disturbed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([k for k in MANGLES if k not in ("a prefix", "utf-16")]), max_size=5, unique=True
    )
)
def test_any_of_them_together_read_alike(tmp_path, chosen):
    parts = USUAL
    for name in chosen:
        parts = MANGLES[name](parts)
    assert read(save(tmp_path / "b.xlsx", parts)) == read(save(tmp_path / "a.xlsx", USUAL))


def test_what_the_usual_one_says(tmp_path):
    [(name, hidden, columns, merged, hidden_rows, struck)] = read(save(tmp_path / "a.xlsx", USUAL))
    assert (name, hidden, merged, hidden_rows, struck) == ("党员", False, ((3, 2, 3, 3),), {3}, {4})
    assert columns == [
        ["姓名", "张小明", "李小红", "王<五>&"],
        ["性别", "男", "女", "男"],
        ["出生年月", "1968-01", "1972-01", "200112"],
        ["所在单位", "青松物业", None, "翠竹物业"],
    ]


@pytest.mark.parametrize("kind", ["", ' t="str"', ' t="inlineStr"', ' t="s"'])
def test_an_empty_text_is_empty(tmp_path, kind):
    value = "<is><t></t></is>" if "inline" in kind else "<v>0</v>" if kind == ' t="s"' else "<v></v>"
    cell = f'<row r="9"><c r="A9"{kind}>{value}</c><c r="B9" t="str"><v>x</v></c></row></sheetData>'
    parts = in_sheet(lambda xml: xml.replace("</sheetData>", cell))(USUAL)
    parts["xl/sharedStrings.xml"] = b"<sst><si><t></t></si></sst>"
    assert read_workbook(save(tmp_path / "a.xlsx", parts))[0].columns[0][8] is None


def test_a_document_of_another_program_is_told(tmp_path):
    parts = {
        "_rels/.rels": USUAL["_rels/.rels"].replace(b"xl/workbook.xml", b"word/document.xml"),
        "word/document.xml": b"<document/>",
    }
    with pytest.raises(InputError, match="document or slides"):
        read_workbook(save(tmp_path / "a.xlsx", parts))


def test_a_binary_workbook_is_told(tmp_path):
    parts = {
        "_rels/.rels": USUAL["_rels/.rels"].replace(b"xl/workbook.xml", b"xl/workbook.bin"),
        "xl/workbook.bin": b"\0",
    }
    with pytest.raises(InputError, match=r"\.xlsb"):
        read_workbook(save(tmp_path / "a.xlsx", parts))


@pytest.mark.parametrize("address", ["AAAA1", "A99999999"])
def test_an_address_that_no_sheet_has_is_beyond_the_limit(tmp_path, address):
    cell = f'<row><c r="{address}"><v>1</v></c></row></sheetData>'
    parts = in_sheet(lambda xml: xml.replace("</sheetData>", cell))(USUAL)
    with pytest.raises(InputError, match="800 万个单元格"):
        read_workbook(save(tmp_path / "a.xlsx", parts))
