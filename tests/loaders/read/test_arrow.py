"""Parquet files in and out: what is written is read back, and what is no table of text is refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_model.errors import InputError
from loaders.read.arrow import SheetWriter, StoredColumns, size, write_csv, write_parquet
from loaders.read.limits import LONG_CHARACTERS, MAX_LONG_BYTES
from loaders.read.workbooks import read_workbook


@dataclass(frozen=True)
class Words:
    codes: Any
    words: tuple[str, ...]


COLUMNS = {
    "姓名": Words(np.array([1, 0, 1], np.int32), ("张三", "李四")),
    "性别": Words(np.array([-1, 0, -1], np.int32), ("男",)),
}


def save(path: Path, **columns: list[Any]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_parquet_there_and_back(tmp_path: Path) -> None:
    write_parquet(tmp_path / "党员.parquet", COLUMNS, range(3))
    (sheet,) = read_workbook(tmp_path / "党员.parquet")
    assert (sheet.name, sheet.height) == ("党员", 4)
    assert [list(c) for c in sheet.columns] == [
        ["姓名", "李四", "张三", "李四"],
        ["性别", None, "男", None],
    ]


def test_only_the_rows_asked_for(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", COLUMNS, range(1, 2))
    assert list(read_workbook(tmp_path / "a.parquet")[0].columns) == [
        ["姓名", "张三"],
        ["性别", "男"],
    ]
    write_csv(tmp_path / "a.csv", COLUMNS, range(1, 3))
    assert (tmp_path / "a.csv").read_text("utf-8") == "姓名,性别\n张三,男\n李四,\n"


def test_no_rows_are_a_heading_alone(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", COLUMNS, range(0))
    assert (tmp_path / "a.csv").read_text("utf-8") == "姓名,性别\n"
    write_parquet(tmp_path / "a.parquet", COLUMNS, range(0))
    assert size(tmp_path / "a.parquet") == (0, 2)


def test_a_word_that_needs_quotes_is_refused_in_csv(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="quot"):
        write_csv(tmp_path / "a.csv", {"姓名": Words(np.array([0], np.int32), ("张,三",))}, range(1))


def test_numbers_and_dates_are_read_as_text(tmp_path: Path) -> None:
    path = save(tmp_path / "a.parquet", 户数=[12, None], 有=[True, False], 空=["", "是"])
    assert [list(c) for c in read_workbook(path)[0].columns] == [
        ["户数", "12", None],
        ["有", "true", "false"],
        ["空", None, "是"],
    ]


@pytest.mark.parametrize("data", [b"PAR1 and then nothing", b"no parquet at all"])
def test_a_damaged_file_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "坏.parquet").write_bytes(data)
    with pytest.raises(InputError, match=r"坏\.parquet：不是有效的 Parquet"):
        read_workbook(tmp_path / "坏.parquet")


def test_lists_are_no_text(tmp_path: Path) -> None:
    path = save(tmp_path / "a.parquet", 管理区域=[["甲", "乙"]])
    with pytest.raises(InputError, match=r"a\.parquet"):
        read_workbook(path)


def test_a_huge_table_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    column = pa.nulls(4_000_000, pa.string())
    pq.write_table(pa.table({f"列{i}": column for i in range(10)}), path)
    assert size(path) == (4_000_000, 10)
    with pytest.raises(InputError, match="内容过大"):
        read_workbook(path)


def test_the_long_texts_of_a_sheet_together_are_bounded(tmp_path):
    long, short = "x" * 2**20, "y" * LONG_CHARACTERS
    writer = SheetWriter(tmp_path, "a.csv")
    for _ in range(MAX_LONG_BYTES // 2**20):
        writer.add([[long], [None]])
    writer.add([[short], [short]])
    with pytest.raises(InputError, match=r"^a\.csv：有大量超过 1000 字的单元格"):
        writer.add([[None], [long]])


def test_cells_are_counted_where_they_are_stored(tmp_path):
    writer = SheetWriter(tmp_path, "a.csv")
    writer.add([["a", None, None], ["b", "c", "d"]])
    writer.add([["e"], [None]])
    first, second = StoredColumns(writer.close(), 2, None).columns()
    assert (first.filled(), second.filled()) == (2, 3)
    assert (list(first), list(second)) == (["a", None, None, "e"], ["b", "c", "d", None])


@pytest.mark.parametrize("width", [3, 40], ids=["read at once", "read in groups"])
def test_the_first_rows_are_those_of_the_whole_column(tmp_path, width):
    path = tmp_path / "a.csv"
    rows = [",".join(f"甲{row}乙{column}" for column in range(width)) for row in range(250)]
    path.write_text("\n".join(rows), "utf-8")
    (sheet,) = read_workbook(path)
    column = sheet.columns[2]
    first = [column[at] for at in range(200)]
    assert first == [f"甲{row}乙2" for row in range(200)]
    assert list(column)[:200] == first
    assert (len(column), column[249]) == (250, "甲249乙2")
