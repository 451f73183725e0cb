"""Binary workbooks: values, and what stands beside them, as of an .xlsx."""

import struct

import pytest

from graph_model.errors import InputError
from graph_model.text import Text
from loaders.read.workbooks import read_workbook
from loaders.read.worksheet import Details
from tests.support import xlsb


def test_values_and_what_stands_beside_them(tmp_path):
    part = xlsb.sheet(
        xlsb.row(1),
        *(xlsb.string(at, said) for at, said in enumerate(["姓名", "入党时间", "月份", "积分"])),
        xlsb.row(3, hidden=True),
        xlsb.string(0, "张三", 3),
        xlsb.number(1, 37230.0, 1),
        xlsb.number(2, 37165.0, 2),
        xlsb.number(3, 2001.1),
        xlsb.row(4),
        xlsb.string(0, "李四"),
        xlsb.error(3, 0x2A),
        xlsb.merged(2, 3, 4, 4),
    )
    style = xlsb.styles(0, "yyyy-mm-dd", 'yyyy"年"m"月"', 0, crossed=(3, 1, 2))
    path = xlsb.save(tmp_path / "a.xlsb", {"党员": (part, False), "藏": (xlsb.sheet(), True)}, style)
    people, hidden = read_workbook(path)
    assert [row.cells for row in people.rows()] == [
        ("姓名", "入党时间", "月份", "积分"),
        (None, None, None, None),
        ("张三", "2001-12-05 00:00:00", "2001-10", "2001.1"),
        ("李四", None, None, None),
    ]
    assert people.details == Details(((4, 3, 4, 4),), frozenset({3}), {(4, 3): "#N/A"}, {}, frozenset({3}))
    assert [sorted(people.numeric(column)) for column in range(4)] == [[], [3], [3], [3]]
    assert (hidden.name, hidden.hidden, hidden.height) == ("藏", True, 0)


def refusal(path):
    with pytest.raises(InputError) as error:
        read_workbook(path)
    return error.value.text


def test_a_cell_at_the_far_corner_is_refused_before_room_is_made(tmp_path):
    part = xlsb.sheet(xlsb.row(1), xlsb.string(0, "x"), xlsb.row(1_048_576), xlsb.string(16_383, "x"))
    assert "8,000,000 cells" in refusal(xlsb.save(tmp_path / "a.xlsb", {"a": (part, False)})).en


def test_a_row_beyond_any_sheet_is_refused(tmp_path):
    part = xlsb.sheet(xlsb.row(2**32), xlsb.string(0, "x"))
    assert "too large" in refusal(xlsb.save(tmp_path / "a.xlsb", {"a": (part, False)})).en


def test_a_cut_sheet_is_refused(tmp_path):
    part = xlsb.sheet(xlsb.row(1), xlsb.string(0, "x" * 100))[:60]
    assert refusal(xlsb.save(tmp_path / "a.xlsb", {"a": (part, False)})) == Text(
        "a.xlsb：是二进制工作簿（.xlsb），已损坏或不完整；请在 Excel 或 WPS 中打开后另存为 .xlsx",
        "a.xlsb: a binary workbook (.xlsb), damaged or incomplete; open it in Excel or WPS and save it as .xlsx",
    )


def test_a_record_of_gigabytes_is_refused(tmp_path):
    part = xlsb.row(1) + b"\x06\xff\xff\xff\x7f" + struct.pack("<II", 0, 0)
    assert "too large" in refusal(xlsb.save(tmp_path / "a.xlsb", {"a": (part, False)})).en
