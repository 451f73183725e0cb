import hashlib
import os

import pytest

from graph_model.errors import InputError
from graph_model.keys import KeyMaker
from loaders.map.read_files import parse_files
from loaders.read.discovery import list_files
from loaders.survey import read_round
from tests.support.books import save

SECRET = b"test"


UNIT = [["单位名称", "单位类别"], ["甲物业", "物业公司"]]
MEMBER = [["姓名", "性别", "所在单位"], ["张三", "男", "甲物业"]]


def test_a_folder_is_read_with_its_subfolders(tmp_path):
    folder = tmp_path / "2006-10"
    path = save(folder / "b.xlsx", 单位=UNIT)
    save(folder / "区" / "a.xlsx", 党员=MEMBER)
    steps = []
    reading = read_round([folder], keys=KeyMaker(SECRET), on_progress=lambda *step: steps.append(step))
    assert reading.round == "2006-10"
    assert not reading.blocking
    assert (len(reading.graph.nodes), len(reading.graph.edges)) == (2, 1)
    assert [f.name for f in reading.files] == ["b.xlsx", "区/a.xlsx"]
    assert reading.files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [(c.form, c.file, c.rows, c.records, c.in_problems) for c in reading.counts] == [
        ("units", "b.xlsx", 1, 1, 0),
        ("members", "区/a.xlsx", 1, 1, 0),
    ]
    assert steps == [("read", 0, 2), ("read", 1, 2), ("read", 2, 2), ("assemble", 0, 1), ("assemble", 1, 1)]


def test_the_round_is_given_or_the_name_of_the_folder(tmp_path):
    path = save(tmp_path / "2006-04" / "a.xlsx", 单位=UNIT)
    assert read_round([path], keys=KeyMaker(SECRET)).round == "2006-04"
    assert read_round([path], keys=KeyMaker(SECRET), round="2006-10").round == "2006-10"
    with pytest.raises(InputError, match="2006-13"):
        read_round([path], keys=KeyMaker(SECRET), round="2006-13")
    elsewhere = save(tmp_path / "x" / "a.xlsx", 单位=UNIT)
    with pytest.raises(InputError, match="--round"):
        read_round([elsewhere], keys=KeyMaker(SECRET))


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match="找不到"):
        read_round([tmp_path / "no.xlsx"], keys=KeyMaker(SECRET), round="2006-10")
    with pytest.raises(InputError, match="没有可读取的工作簿"):
        read_round([tmp_path], keys=KeyMaker(SECRET), round="2006-10")


def test_two_files_of_one_name_are_refused(tmp_path):
    paths = [save(tmp_path / part / "a.xlsx", 单位=UNIT) for part in ("x", "y")]
    with pytest.raises(InputError, match=r"a\.xlsx"):
        read_round(paths, keys=KeyMaker(SECRET), round="2006-10")
    assert len(read_round([paths[0], paths[0]], keys=KeyMaker(SECRET), round="2006-10").files) == 1


def test_other_files_of_a_folder_are_named_and_lock_files_are_not(tmp_path):
    save(tmp_path / "a.xlsx", 单位=UNIT)
    (tmp_path / "~$a.xlsx").write_bytes(b"x")
    (tmp_path / ".hidden").write_bytes(b"x")
    (tmp_path / "说明.docx").write_bytes(b"x")
    reading = read_round([tmp_path], keys=KeyMaker(SECRET), round="2006-10")
    assert [(p.code, p.file, p.blocking) for p in reading.problems] == [
        ("not_a_workbook", "说明.docx", False)
    ]


def test_the_rows_of_a_large_file_are_counted_while_they_are_read(tmp_path):
    (tmp_path / "单位.csv").write_text("单位名称,单位类别\n" + "新桃源物业,物业公司\n" * 29_999, "utf-8")
    steps = []
    parse_files("2006-10", list_files([tmp_path]), on_progress=lambda *step: steps.append(step))
    assert steps == [
        ("read", 0, 1),
        ("rows", 0, 30_000),
        ("rows", 10_000, 30_000),
        ("rows", 20_000, 30_000),
        ("rows", 30_000, 30_000),
        ("read", 1, 1),
    ]


def test_workbooks_of_another_kind_block_and_pictures_do_not(tmp_path):
    save(tmp_path / "a.xlsx", 单位=UNIT)
    for name in ("二居.et", "三居.ODS", "四居.numbers", "五居.rar", "照片.png", "说明.pdf"):
        (tmp_path / name).write_bytes(b"x")
    reading = read_round([tmp_path], keys=KeyMaker(SECRET), round="2006-10")
    assert {p.file: (p.code, p.blocking) for p in reading.problems} == {
        "二居.et": ("unreadable_file", True),
        "三居.ODS": ("unreadable_file", True),
        "四居.numbers": ("other_workbook", True),
        "五居.rar": ("other_archive", True),
        "照片.png": ("not_a_workbook", False),
        "说明.pdf": ("not_a_workbook", False),
    }


def test_a_file_that_cannot_be_used_blocks_and_the_others_are_still_read(tmp_path):
    save(tmp_path / "a.xlsx", 单位=UNIT)
    (tmp_path / "b.xlsx").write_bytes(b"hello")
    reading = read_round([tmp_path], keys=KeyMaker(SECRET), round="2006-10")
    assert reading.blocking
    assert [(p.code, p.file) for p in reading.problems] == [("unreadable_file", "b.xlsx")]
    assert "不是 Excel 工作簿" in reading.problems[0].what.zh
    assert len(reading.graph.nodes) == 1


def test_a_file_whose_name_is_no_text_is_a_problem_and_the_others_are_still_read(tmp_path):
    save(tmp_path / "good.xlsx", 单位=[["单位名称"], ["甲"]])
    for name in (b"\xff.csv", b"\xfe.doc"):
        (tmp_path / os.fsdecode(name)).write_text("单位名称\n乙\n", "utf-8")
    reading = read_round([tmp_path], keys=KeyMaker(b"test"), round="2006-10")
    assert [(p.code, p.file, p.blocking) for p in reading.problems if "\ufffd" in p.file] == [
        ("unreadable_file", "�.csv", True),
        ("not_a_workbook", "�.doc", False),
    ]
    assert [n.properties["name"] for n in reading.graph.nodes.values()] == ["甲"]
    str(reading.problems).encode()


def test_sheets_that_are_no_forms_are_named(tmp_path):
    path = save(tmp_path / "a.xlsx", 单位=UNIT, 计划=[["工作", "安排"]], 空=[])
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    assert [(p.code, p.sheet, p.blocking) for p in reading.problems] == [
        ("empty_sheet", "空", False),
        ("unknown_sheet", "计划", False),
    ]


def test_a_workbook_without_any_form_blocks(tmp_path):
    path = save(tmp_path / "a.xlsx", 计划=[["工作", "安排"]])
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    assert [p.code for p in reading.problems if p.blocking] == ["no_form"]


def test_a_missing_heading_blocks_and_its_rows_are_counted(tmp_path):
    path = save(tmp_path / "a.xlsx", 党员=[["性别", "入党时间"], ["男", "2001"]])
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    assert [p.code for p in reading.problems] == ["missing_heading"]
    assert [(c.rows, c.records, c.in_problems) for c in reading.counts] == [(1, 0, 1)]


def test_problems_come_in_the_order_of_the_sheet(tmp_path):
    rows = [["姓名", "性别", "入党时间"], *([None, f"某{n}", "x"] for n in range(10))]
    path = save(tmp_path / "a.xlsx", 党员=rows)
    cells = [p.cell for p in read_round([path], keys=KeyMaker(SECRET), round="2006-10").problems]
    assert cells[:4] == ["B2", "C2", "B3", "C3"]
    assert cells[-1] == "C11"


def test_declared_totals_are_kept_with_their_place(tmp_path):
    path = save(
        tmp_path / "a.xlsx",
        汇总=[["统计项目", "申报数", "说明"], ["物业公司数", 29, "全部"], ["猫", 3, None]],
    )
    reading = read_round([path], keys=KeyMaker(SECRET), round="2006-10")
    [total] = reading.declared
    assert (total.id, total.value, total.explanation, total.place.row) == ("companies", 29, "全部", 2)
    assert [(p.code, p.cell, p.value) for p in reading.problems] == [("unknown_total", "A3", "猫")]
