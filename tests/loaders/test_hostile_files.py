"""Hostile files: each is read by a process of its own, in 2 GiB and a minute, and ends in a clear message."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support import hostile_child
from tests.support.forks import forked

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parents[1] / "data"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADINGS = "".join(
    f'<c r="{at}1" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in (("A", "姓名"), ("B", "性别"))
)


def read(path: Path) -> dict[str, Any]:
    """What a process of its own made of a file; it fails the test when it dies."""
    with forked(hostile_child.main, path) as (process, line):
        assert line.poll(300)
        found: dict[str, Any] = line.recv()
        process.join()
        assert process.exitcode == 0
    return found


def refusal(path: Path) -> str:
    """Why a file was refused as a whole: the only problem, and nothing was read of it."""
    found = read(path)
    assert found["names"] == []
    [(code, blocking, _, what)] = found["problems"]
    assert (code, blocking) in (("unreadable_file", True), ("locked_file", True))
    assert what.startswith(path.name)
    return str(what)


def plain(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "党员"
    for row in rows or (["姓名", "性别"], ["张三", "男"]):
        book.active.append(row)
    book.save(path)
    return path


def changed(path: Path, part: str, *content: str | bytes) -> Path:
    """A plain workbook with one part replaced by pieces of content."""
    plain(path)
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, tuple[str | bytes, ...]] = {
            i.filename: (archive.read(i),) for i in archive.infolist()
        }
    return packed(path, {**parts, part: content})


def packed(path: Path, parts: Mapping[str, Iterable[str | bytes]]) -> Path:
    """A ZIP file whose parts are written piece by piece: a bomb need not be held whole."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts.items():
            with archive.open(name, "w") as part:
                for piece in pieces:
                    part.write(piece.encode() if isinstance(piece, str) else piece)
    return path


def sheet(rows: str, before: str = "") -> str:
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData><row r="1">{HEADINGS}</row>{rows}</sheetData></worksheet>'


SHEET = "xl/worksheets/sheet1.xml"
FAR = {
    "the whole used range": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "a cell that is not in its row": '<row r="2"><c r="ZZ1048576"><v>1</v></c></row>',
    "a row out of order": '<row r="99999999"><c><v>1</v></c></row><row r="3"><c><v>1</v></c></row>',
    "an address spelled oddly": '<row r="2"><c r = "zz1048576"><v>1</v></c></row>',
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR.keys())
def test_an_absurd_used_range(tmp_path, rows):
    assert "过大" in refusal(changed(tmp_path / "a.xlsx", SHEET, sheet(rows)))


def test_a_zip_bomb_as_a_workbook(tmp_path):
    assert "过大" in refusal(changed(tmp_path / "a.xlsx", SHEET, sheet(""), *[b" " * 2**20] * 1100))


def test_a_zip_bomb_as_a_round(tmp_path):
    path = packed(tmp_path / "a.zip", {f"{n}.csv": [b"a" * 2**20] * 220 for n in range(5)})
    assert path.stat().st_size < 2**21
    assert "过大" in refusal(path)


LAUGHS = (
    "<!DOCTYPE x ["
    + '<!ENTITY a0 "haha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


def test_an_xml_bomb_in_the_cells_and_in_the_shared_texts(tmp_path):
    cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>&a9;</t></is></c></row>'
    found = read(changed(tmp_path / "a.xlsx", SHEET, sheet(cell, LAUGHS)))
    assert any(blocking for _, blocking, _, _ in found["problems"])
    shared = f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'
    found = read(changed(tmp_path / "b.xlsx", "xl/sharedStrings.xml", shared))
    assert any(blocking for _, blocking, _, _ in found["problems"])
    assert "hahahaha" not in json.dumps(found)


def test_a_file_outside_is_not_drawn_in(tmp_path):
    (tmp_path / "secret.txt").write_text("topsecret")
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{tmp_path}/secret.txt">]>'
    cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>&a;</t></is></c></row>'
    assert "topsecret" not in json.dumps(read(changed(tmp_path / "a.xlsx", SHEET, sheet(cell, outside))))


def test_formulas_in_names_stay_texts(tmp_path):
    path = tmp_path / "单位.csv"
    path.write_text("单位名称,单位类别\n=cmd|' /C calc'!A0,其他\n@SUM(1),其他\n", "utf-8")
    found = read(path)
    assert found["names"] == ["=cmd|' /C calc'!A0", "@SUM(1)"]


def test_a_formula_names_no_person(tmp_path):
    path = tmp_path / "党员.csv"
    path.write_text("姓名,性别\n=cmd|' /C calc'!A0,男\n", "utf-8")
    found = read(path)
    assert found["names"] == []
    assert [code for code, *_ in found["problems"]] == ["not_a_person"]


def test_a_workbook_with_macros_is_data(tmp_path):
    path = changed(tmp_path / "a.xlsm", "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"x" * 999)
    assert read(path)["names"] == ["张三"]


def test_workbooks_with_passwords():
    assert "密码" in refusal(DATA / "locked.xlsx")
    [(code, *_)] = read(DATA / "locked.xlsx")["problems"]
    assert code == "locked_file"


def test_an_old_workbook_with_a_password(tmp_path):
    whole = (DATA / "office.xls").read_bytes()
    at = whole.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = at + 4 + 16
    path = tmp_path / "a.xls"
    path.write_bytes(whole[:after] + b"\x2f\x00" + whole[after + 2 :])
    assert "密码" in refusal(path)


def test_truncated_and_damaged_files(tmp_path):
    whole = plain(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(whole[: len(whole) * 2 // 3])
    assert "损坏" in refusal(tmp_path / "a.xlsx")
    old = (DATA / "office.xls").read_bytes()
    (tmp_path / "b.xls").write_bytes(old[:3000])
    assert "损坏" in refusal(tmp_path / "b.xls")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"%PDF-1.7 ...", "不是 Excel 工作簿"),
        ("a.xls", b"{\\rtf1 x}", "不是 Excel 工作簿"),
        ("a.csv", b"PK\x03\x04\x00\x00", "工作簿已损坏或不完整"),
        ("a.parquet", b"PAR1 no", "Parquet"),
        ("a.zip", b"Rar!\x1a\x07\x00", "损坏"),
    ],
)
def test_a_wrong_ending(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    assert said in refusal(tmp_path / name)


def test_a_workbook_named_as_an_old_one_is_read(tmp_path):
    assert read(plain(tmp_path / "a.xlsx").rename(tmp_path / "a.xls"))["names"] == ["张三"]


def test_odd_names(tmp_path):
    long, emoji, control = "长" * 300, "张😀三", "张\x07三"
    path = tmp_path / "党员.csv"
    path.write_text(f"姓名,性别\n{long},男\n{emoji},男\n{control},女\n", "utf-8")
    found = read(path)
    assert found["names"] == []
    assert [(code, cell) for code, _, cell, _ in found["problems"]] == [
        ("bad_value", "A2"),
        ("not_a_person", "A3"),
        ("bad_value", "A4"),
    ]
    path = tmp_path / "单位.csv"
    path.write_text(f"单位名称,单位类别\n{emoji},其他\n", "utf-8")
    assert read(path)["names"] == [emoji]


def test_tricks_in_the_names_of_an_archive(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.csv", "姓名,性别\n张三,男\n")
    assert "指向压缩包之外" in refusal(path)
    assert list(tmp_path.parent.parent.glob("evil.csv")) == []


def test_more_faulty_formulas_than_any_survey_has(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>1</f></c></row>' for n in range(2, 150_000))
    assert "过大" in refusal(changed(tmp_path / "a.xlsx", SHEET, sheet(rows)))
