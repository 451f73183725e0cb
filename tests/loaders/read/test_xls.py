import random
import struct
from pathlib import Path

import pytest

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from loaders.ole import workbook_stream
from loaders.read.workbooks import read_workbook
from loaders.survey import read_round

pytestmark = pytest.mark.slow

OFFICE = Path(__file__).parents[2] / "data" / "office.xls"
"""Saved by LibreOffice: a merged title, a merged cell in the body, month-only dates, a hidden row, a sum."""


def test_an_old_workbook_reads_as_a_new_one_does():
    people, units = read_workbook(OFFICE)
    assert [r.cells for r in people.rows()] == [
        ("党员名册", None, None, None, None),
        ("姓名", "性别", "入党时间", "所在单位", "职务"),
        ("张　三", "男", "2001-12", "甲物业", "经理"),
        ("李四", "女", "2001-12-05 00:00:00", None, None),
        ("王五", "男", "2001.10", "甲物业", None),
        ("合计", "3", None, None, None),
    ]
    assert (people.details.merged, people.details.hidden) == (((3, 3, 3, 4),), {5})
    assert (people.numeric(1), people.numeric(0)) == ({6}, frozenset())
    assert (units.name, units.height) == ("单位", 2)


def test_an_old_workbook_as_a_round():
    reading = read_round([OFFICE], keys=KeyMaker(b"test"), round="2006-10")
    assert [(p.code, p.cell) for p in reading.problems] == [("hidden_rows", "A5"), ("total_row", "A6")]
    assert (len(reading.graph.nodes), len(reading.graph.edges)) == (4, 3)
    assert {c.sheet: c.declared for c in reading.counts} == {"党员": 3, "单位": None}


@pytest.mark.parametrize("seed", [0, 1, 3, 6])
def test_damage_ends_in_a_message_in_bounded_time(tmp_path, seed):
    """Seed 6 has a chain of sectors that goes round in circles."""
    chance = random.Random(seed)
    data = bytearray(OFFICE.read_bytes())
    for _ in range(6):
        data[chance.randrange(512, len(data))] = chance.randrange(256)
    path = tmp_path / "a.xls"
    path.write_bytes(data[: chance.randrange(600, len(data))] if seed % 2 else data)
    try:
        found = read_workbook(path)
    except InputError as error:
        found, said = (), error.text.zh
        assert path.name in said
    assert all(s.file == "a.xls" for s in found)


PHPEXCEL = OFFICE.parent / "intake" / "phpexcel.xls"


def loaded(path):
    found = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    return sorted(str(n.properties["name"]) for n in found.graph.nodes.values()), [
        p.code for p in found.problems
    ]


def test_a_workbook_by_phpexcel_is_read():
    [sheet] = read_workbook(PHPEXCEL)
    assert (sheet.name, sheet.height) == ("党员", 121)
    assert [r.cells for r in sheet.rows(2)] == [("姓名", "性别", "入党时间"), ("张一", "男", "1980.07")]
    names, problems = loaded(PHPEXCEL)
    assert (len(names), problems) == (120, [])


BOUNDSHEET, DATEMODE, XF = 0x85, 0x22, 0xE0


def changed(path, code, change):
    """The records of the old workbook, those of one code changed; in no container."""
    stream, out, at = workbook_stream(OFFICE.read_bytes()), b"", 0
    while at < len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        out += stream[at : at + 4] + (change(body) if kind == code else body)
        at += 4 + length
    path.write_bytes(out)
    return path


def test_dates_of_the_1904_system(tmp_path):
    people, _ = read_workbook(changed(tmp_path / "a.xls", DATEMODE, lambda _: b"\x01\x00"))
    assert people.columns[2][2:5] == ["2005-12", "2005-12-06 00:00:00", "2001.10"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (14, "2001-12-05 00:00:00"),
        (17, "2001-12"),
        (27, "2001-12"),
        (31, "2001-12-05 00:00:00"),
        (36, "2001-12"),
        (50, "2001-12"),
        (52, "2001-12"),
        (57, "2001-12"),
        (58, "2001-12-05 00:00:00"),
    ],
)
def test_chinese_date_formats_that_no_file_spells_out(tmp_path, number, shown):
    path = changed(tmp_path / "a.xls", XF, lambda body: body[:2] + struct.pack("<H", number) + body[4:])
    assert read_workbook(path)[0].columns[2][3] == shown


def test_a_chart_sheet_is_no_sheet(tmp_path):
    titles = iter([b"\x00", b"\x02"])
    path = changed(tmp_path / "a.xls", BOUNDSHEET, lambda body: body[:5] + next(titles) + body[6:])
    assert [s.name for s in read_workbook(path)] == ["党员"]
    assert "empty_sheet" not in loaded(path)[1]


def record(code, body):
    return struct.pack("<HH", code, len(body)) + body


def test_a_workbook_of_excel_2_in_no_container_as_exports_write_it(tmp_path):
    cells = [(0, 0, "姓名"), (0, 1, "性别"), (1, 0, "张三"), (1, 1, "男")]
    texts = [(r, c, text.encode("gb18030")) for r, c, text in cells]
    labels = [record(4, struct.pack("<HH3xB", r, c, len(text)) + text) for r, c, text in texts]
    path = tmp_path / "党员.xls"
    path.write_bytes(record(9, b"\x02\x00\x10\x00") + b"".join(labels) + record(10, b""))
    assert loaded(path) == (["张三"], [])


TABLE = "<table><tr><th>姓名<th>性别<tr><td>张三<td>男</table>"
XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
    '<Row><Cell><Data ss:Type="String">姓名</Data></Cell><Cell><Data ss:Type="String">性别</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="String">张三</Data></Cell><Cell><Data ss:Type="String">男</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)
TABS = "姓名\t性别\n张三\t男\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        f'<html><meta charset="gb2312">{TABLE}</html>'.encode("gb18030"),
        f"<html>{TABLE}</html>".encode("utf-16"),
        XML.encode(),
        TABS.encode(),
        TABS.encode("gb18030"),
        TABS.encode("utf-16"),
        TABS.replace("\t", ",").encode(),
    ],
)
@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.et", "a.csv", "a.html"])
def test_what_only_bears_the_name_of_a_workbook_is_read_as_what_it_is(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    [sheet] = read_workbook(tmp_path / name)
    assert sheet.name == "a"
    assert [row.cells for row in sheet.rows()] == [("姓名", "性别"), ("张三", "男")]


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        (b"%PDF-1.7", "PDF 文件", "a PDF file"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; x",
            "单个文件网页",
            "a single-file web page",
        ),
        (b"ID;PWXL;N;E\n", "SYLK 表格", "a SYLK table"),
        (b'<?xml version="1.0"?><rows/>', "XML 文件", "an XML file"),
    ],
)
@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.html"])
def test_what_is_no_kind_that_is_read_is_refused_as_what_it_is(tmp_path, name, content, zh, en):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as error:
        read_workbook(tmp_path / name)
    assert error.value.text.en.startswith(f"{name}: no Excel workbook, but {en}")
    assert error.value.text.zh.startswith(f"{name}：不是 Excel 工作簿，而是{zh}")
    assert error.value.text.zh.endswith("请在 Excel 或 WPS 中打开，另存为 .xlsx")
