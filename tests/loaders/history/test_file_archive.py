"""What is kept of the files of a load reads as they did, without what must not be stored."""

import datetime as dt
import gzip
import hashlib
import json
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_model.keys import KeyMaker
from graph_model.secret import site_secret
from loaders.history.file_archive import ArchivedFile, archive_file, archived_sheets
from loaders.history.load_log import read_history
from loaders.history.rebuild import rebuild
from loaders.history.sheet_codec import pack, unpack
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from loaders.read.workbooks import read_workbook
from tests.support.books import save
from tests.support.locked_books import lock
from tests.support.office import converted

CARD, PHONE = "11010519491231002X", "13800138000"
MEMBERS = ["姓名", "入党时间", "出生年月", "所在单位", "备注"]


def workbook(path: Path) -> Path:
    """Private cells beside merged cells, hidden rows and sheets, months shown by format, doubtful numbers."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("党员")
    for row in (
        MEMBERS,
        ["张三", 2001.1, "1970-01", "甲物业", CARD],
        ["李四", dt.date(2001, 12, 1), dt.date(1971, 1, 1), None, None],
        ["王五", "2001.1", 197203, None, None],
        ["赵六", "2001-12-5", "=1/0", "乙物业", PHONE],
    ):
        sheet.append(row)
    sheet["B3"].number_format, sheet["C3"].number_format = "yyyy-mm", "yyyy"
    sheet.merge_cells("D2:D4")
    sheet.row_dimensions[4].hidden = True
    units = book.create_sheet("单位")
    for row in (["单位名称", "单位类别"], ["甲物业", "物业公司"], ["乙物业", "物业公司"]):
        units.append(row)
    areas = book.create_sheet("居民区")
    for row in (["居民区名称", "户数"], ["甲居民区", "1,000"], ["00012", 5]):
        areas.append(row)
    areas.sheet_state = "hidden"
    book.save(path)
    return path


def xlsx(folder: Path) -> Path:
    return workbook(folder / "一.xlsx")


def xls(folder: Path) -> Path:
    return converted(workbook(folder / "二.xlsx").read_bytes(), "二.xlsx", "xls", folder)


def csv(folder: Path) -> Path:
    path = folder / "三.csv"
    lines = [";".join(MEMBERS), "张三;2001.1;1970-01;;", "", f"李四;200112;1971;;{PHONE}", ""]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    return path


def parquet(folder: Path) -> Path:
    path = folder / "四.parquet"
    columns = {"单位名称": ["甲物业", "乙物业"], "单位类别": ["物业公司"] * 2, "从业人数": [5, None]}
    pq.write_table(pa.table({**columns, "备注": [f"电话{PHONE}", "x" * 40_000]}), path)
    return path


def ods(folder: Path) -> Path:
    return converted(workbook(folder / "五.xlsx").read_bytes(), "五.xlsx", "ods", folder)


def html(folder: Path) -> Path:
    """A web page as systems export it, under the name of a workbook."""
    rows = [MEMBERS, ["张三", "2001-10", "1970-01", "", CARD], ["李四", "200112", "1971", "", PHONE]]
    table = "".join(f"<tr{'' if at else ' hidden'}><td>" + "<td>".join(row) for at, row in enumerate(rows))
    path = folder / "六.xls"
    path.write_bytes(f"<html><meta charset=gbk><table>{table}</table></html>".encode("gb18030"))
    return path


def tabs(folder: Path) -> Path:
    """Text with tabs under the name of a workbook."""
    path = folder / "七.xls"
    lines = ["\t".join(MEMBERS), "张三\t2001.1\t1970-01\t\t", f"李四\t200112\t1971\t\t{PHONE}", ""]
    path.write_bytes("\r\n".join(lines).encode("utf-16"))
    return path


def kept(data: Path, path: Path) -> ArchivedFile:
    content = path.read_bytes()
    return archive_file(data, path.name, content, hashlib.sha256(content).hexdigest())


def all_of(sheet):
    """All that a reading depends on; the texts of dates that are shown as months were cut when it was read."""
    numbers = [sheet.numeric(at) for at in range(len(sheet.columns))]
    details = sheet.details
    return (
        *(sheet.file, sheet.name, sheet.height, sheet.hidden, sheet.separated, numbers),
        *(details.merged, details.hidden, dict(details.faults)),
    )


@pytest.mark.parametrize("made", [xlsx, xls, csv, parquet, ods, html, tabs])
def test_a_kept_file_reads_as_it_did_but_for_its_private_cells(tmp_path, made):
    path = made(tmp_path)
    file = kept(tmp_path / "data", path)
    before, after = read_workbook(path), archived_sheets(tmp_path / "data", file)
    assert not file.whole
    assert [all_of(s) for s in after] == [all_of(s) for s in before]
    gone = [
        (was, is_)
        for one, other in zip(before, after, strict=True)
        for column, now in zip(one.columns, other.columns, strict=True)
        for was, is_ in zip(column, now, strict=True)
        if was != is_
    ]
    assert [is_ for _, is_ in gone] == [None] * len(gone)
    assert {was for was, _ in gone} <= {CARD, PHONE, f"电话{PHONE}"}
    assert gone


@pytest.mark.parametrize("made", [xlsx, xls, csv, parquet, ods, html, tabs])
def test_a_round_is_rebuilt_as_it_was_from_a_file_that_was_kept_without_its_private_cells(
    store, tmp_path, made
):
    data, secret = tmp_path / "data", site_secret(tmp_path / "data")
    (tmp_path / "2006-04").mkdir()
    path = made(tmp_path).rename(tmp_path / "2006-04" / f"文件{made(tmp_path).suffix}")
    prepared = prepare(store, LoadRequest([path], keys=KeyMaker(secret), complete=True, data=data))
    apply(store, prepared)
    path.unlink()
    [entry] = read_history(data, store)
    assert [(f.name, f.whole) for f in entry.files] == [(path.name, False)]
    held = store.held()
    assert {n.place.file for n in held.nodes.values() if n.place} == {path.name}
    assert rebuild(data, "2006-04") == held


def test_a_workbook_with_a_password_is_kept_and_rebuilt_without_it_and_the_password_is_nowhere(
    store, tmp_path
):
    data, password = tmp_path / "data", "松柏长青2006"
    plain = save(tmp_path / "单位.xlsx", 单位=[["单位名称", "单位类别"], ["甲物业", "物业公司"]])
    keys, path = KeyMaker(site_secret(data)), lock(plain, password)
    request = LoadRequest([path], keys=keys, round="2006-04", data=data, passwords=("别的", password))
    prepared = prepare(store, request)
    assert [(p.code, p.blocking) for p in prepared.reading.problems] == [("unlocked_file", False)]
    assert prepared.request.passwords == ()
    assert password not in repr(request) + repr(prepared)
    apply(store, prepared)
    path.unlink()
    assert rebuild(data, "2006-04").nodes.keys() == store.held().nodes.keys()
    written = [p.read_bytes() for p in data.rglob("*") if p.is_file()]
    said = [password.encode(encoding) for encoding in ("utf-8", "utf-16-le")]
    said.append(json.dumps(password).encode())
    assert not [one for one in written if any(word in one for word in said)]


@pytest.mark.parametrize("made", [xlsx, xls, csv, parquet, ods, html, tabs])
def test_nothing_private_stands_in_the_data_folder(tmp_path, made):
    kept(tmp_path / "data", made(tmp_path))
    [content] = [p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file()]
    plain = gzip.decompress(content.partition(b"\n")[2]).decode()
    assert "\\u59d3\\u540d" in plain or "\\u5355\\u4f4d" in plain
    assert CARD not in plain
    assert PHONE not in plain


def test_a_file_without_private_cells_is_kept_byte_for_byte(tmp_path):
    path = tmp_path / "单位.csv"
    path.write_text("单位名称,单位类别\n甲物业,物业公司\n", "utf-8")
    file = kept(tmp_path / "data", path)
    assert file.whole
    assert (tmp_path / "data" / "rounds" / "files" / file.kept).read_bytes() == path.read_bytes()
    assert archived_sheets(tmp_path / "data", file) == read_workbook(path)


def test_the_same_sheets_are_kept_once(tmp_path):
    sheets = read_workbook(csv(tmp_path))
    assert pack(sheets) == pack(sheets)


@pytest.mark.parametrize("cut", [0, 10, 40, -9])
def test_damaged_sheets_are_refused(tmp_path, cut):
    with pytest.raises(ValueError, match=r"\w"):
        unpack(pack(read_workbook(csv(tmp_path)))[:cut], "三.csv")
