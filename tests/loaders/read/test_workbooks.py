import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from graph_model.errors import InputError
from loaders.read.workbooks import FORMATS, read_workbook
from loaders.read.worksheet import Row, worksheet_of


def save(path, cells, title="党员"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for address, value in cells.items():
        sheet[address] = value
    book.save(path)
    return path


def refused(path):
    with pytest.raises(InputError) as error:
        read_workbook(path)
    return error.value.text.zh


def test_rows_and_columns_are_counted_as_excel_does(tmp_path):
    path = save(tmp_path / "a.xlsx", {"B3": "姓名", "D5": "张三"})
    [sheet] = read_workbook(path)
    assert (sheet.file, sheet.name, sheet.height) == ("a.xlsx", "党员", 5)
    assert list(sheet.rows())[2] == Row("a.xlsx", "党员", 3, (None, "姓名", None, None))
    assert list(sheet.rows())[4] == Row("a.xlsx", "党员", 5, (None, None, None, "张三"))


def test_every_kind_of_cell_becomes_text(tmp_path):
    path = save(
        tmp_path / "a.xlsx",
        {"A1": 200112, "B1": 2001.1, "C1": True, "D1": dt.date(2001, 12, 5), "E1": 37.0, "F1": "2001.10"},
    )
    [sheet] = read_workbook(path)
    assert next(sheet.rows()).cells == ("200112", "2001.1", "true", "2001-12-05 00:00:00", "37", "2001.10")


def test_a_number_is_told_from_a_text(tmp_path):
    path = save(tmp_path / "a.xlsx", {"B2": 2001.1, "B3": "2001.1"})
    [sheet] = read_workbook(path)
    assert sheet.numeric(1) == {2}
    assert sheet.numeric(0) == frozenset()


def test_an_empty_sheet_has_no_rows(tmp_path):
    [sheet] = read_workbook(save(tmp_path / "a.xlsx", {}))
    assert (sheet.columns, list(sheet.rows())) == ((), [])


def test_a_hidden_sheet_is_read_and_known_as_hidden(tmp_path):
    book = openpyxl.Workbook()
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [(s.name, s.hidden) for s in read_workbook(tmp_path / "a.xlsx")] == [
        ("Sheet", False),
        ("藏", True),
    ]


def test_values_in_a_merged_cell_stand_in_its_first(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "党员名册"
    book.active["C2"] = "x"
    book.active.merge_cells("A1:C1")
    book.save(tmp_path / "a.xlsx")
    [sheet] = read_workbook(tmp_path / "a.xlsx")
    assert next(sheet.rows()).cells == ("党员名册", None, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_usual_encoding(tmp_path, encoding):
    path = tmp_path / "党员.csv"
    path.write_bytes("姓名,性别\r\n张三,男\r\n".encode(encoding))
    [sheet] = read_workbook(path)
    assert sheet.name == "党员"
    assert [r.cells for r in sheet.rows()] == [("姓名", "性别"), ("张三", "男")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("title", ["党员名册", "方松街道,党员名册;2006", "\n"])
def test_cells_of_a_csv_are_told_apart_below_a_title(tmp_path, delimiter, title):
    path = tmp_path / "党员.csv"
    rows = [["姓名", "性别", "入党时间"], ["张三", "男", "2001"], ["李四", "女", "2002"]]
    path.write_text("\n".join([title, *map(delimiter.join, rows)]), "utf-8")
    [sheet] = read_workbook(path)
    assert [row.cells[:3] for row in sheet.rows()][-3:] == [tuple(row) for row in rows]


def test_rows_of_unequal_length_are_filled_up():
    sheet = worksheet_of("a.csv", "a", [["x", ""], ["y"], ["", "", "z"]])
    assert [r.cells for r in sheet.rows()] == [("x", None, None), ("y", None, None), (None, None, "z")]


def test_what_is_no_workbook_says_so(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"hello")
    (tmp_path / "b.docx").write_text("hello")
    (tmp_path / "c.xlsx").write_bytes(b"")
    (tmp_path / "d.csv").write_bytes(b"a\0b")
    assert "不是 Excel 工作簿" in refused(tmp_path / "a.xlsx")
    assert "、".join(FORMATS) in refused(tmp_path / "b.docx")
    assert "空" in refused(tmp_path / "c.xlsx")
    assert "不是文本文件" in refused(tmp_path / "d.csv")
    assert "不存在" in refused(tmp_path / "e.xlsx")
    assert "读取失败" in refused(_folder(tmp_path / "f.xlsx"))


def _folder(path):
    path.mkdir()
    return path


def test_a_truncated_workbook_says_so(tmp_path):
    whole = save(tmp_path / "a.xlsx", {"A1": "姓名"}).read_bytes()
    for length in (10, len(whole) // 2, len(whole) - 5):
        (tmp_path / "a.xlsx").write_bytes(whole[:length])
        assert "损坏" in refused(tmp_path / "a.xlsx")


def test_a_zip_that_is_no_workbook_says_so(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "不是 Excel 工作簿，而是压缩包（.zip）" in refused(tmp_path / "a.xlsx")


def test_a_workbook_with_a_password_says_so(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    (tmp_path / "a.xlsx").write_bytes(ole + b"\0" * 1024 + "EncryptedPackage".encode("utf-16-le"))
    assert "密码" in refused(tmp_path / "a.xlsx")


def _with_sheet(source, target, xml):
    """The workbook with its first sheet's XML replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            old_data = old.read(member)
            new.writestr(member.filename, xml if member.filename.endswith("sheet1.xml") else old_data)
    return target


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
    "</sheetData></worksheet>"
)


def test_an_absurd_used_range_is_refused_before_it_is_built(tmp_path):
    plain = save(tmp_path / "a.xlsx", {"A1": 1})
    wide = _with_sheet(plain, tmp_path / "b.xlsx", SHEET.format(row=1048576, column="XFD"))
    assert "过大" in refused(wide)
    small = _with_sheet(plain, tmp_path / "c.xlsx", SHEET.format(row=2, column="C"))
    assert read_workbook(small)[0].height == 2


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"")
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (0xFFFFFFF0).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    assert "过大" in refused(path)


def test_a_giant_text_in_every_cell_is_refused_before_it_is_copied(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 10_001))
    plain = save(tmp_path / "a.xlsx", {"A1": "x"})
    path = _with_sheet(plain, tmp_path / "b.xlsx", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    with zipfile.ZipFile(path) as archive:
        parts = {m.filename: archive.read(m) for m in archive.infolist()}
    parts["xl/sharedStrings.xml"] = f"<sst><si><t>{'x' * 32_000}</t></si></sst>".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "过大" in refused(path)


def test_entities_in_the_xml_are_not_expanded(tmp_path):
    plain = save(tmp_path / "a.xlsx", {"A1": 1})
    xml = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    bomb = _with_sheet(plain, tmp_path / "b.xlsx", xml)
    try:
        [sheet] = read_workbook(bomb)
    except InputError:
        return
    assert "aaaaaaaaaa" not in str(sheet.columns)


def test_a_csv_of_many_rows_may_grow_wider_and_be_blank_on_the_way(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n" + "一,\n" * 1500 + "\n" + "一,二,三\n" * 2 + "四\n")
    (sheet,) = read_workbook(path)
    assert sheet.height == 1505
    assert sheet.columns[0] == ["甲", *["一"] * 1500, None, "一", "一", "四"]
    assert sheet.columns[1] == ["乙", *[None] * 1501, "二", "二", None]
    assert sheet.columns[2] == [*[None] * 1502, "三", "三", None]


def test_an_over_long_csv_field_is_refused(tmp_path):
    data = io.StringIO()
    data.write('a,"' + "x" * (2**20 + 1) + '"\n')
    (tmp_path / "a.csv").write_text(data.getvalue(), "utf-8")
    assert "CSV" in refused(tmp_path / "a.csv")
