"""The process that reads files: what it reads, what it refuses, and how it answers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph_model.errors import InputError
from loaders.read.reader_worker import READERS, read_file, read_parquet
from loaders.read.stored_sheet import StoredSheet, from_json
from tests.support.books import save

OFFICE = Path(__file__).parents[2] / "data/office.xls"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "read"
    made.mkdir()
    return made


def refused(sheets: Iterator[StoredSheet]) -> str:
    with pytest.raises(InputError) as told:
        list(sheets)
    return told.value.message("en")


def test_what_a_workbook_is_says_its_content_and_not_its_ending(tmp_path: Path, folder: Path) -> None:
    old = tmp_path / "old.xlsx"
    old.write_bytes(OFFICE.read_bytes())
    assert [s.name for s in read_file(old, "old.xlsx", folder)] == [
        s.name for s in read_file(OFFICE, "office.xls", folder)
    ]
    new = save(tmp_path / "new.xlsx", 甲=[["a"]]).rename(tmp_path / "new.xls")
    assert [(s.name, s.height, s.numbers) for s in read_file(new, "new.xls", folder)] == [("甲", 1, None)]


def test_an_old_workbook_knows_its_numbers_from_the_start(folder: Path) -> None:
    for sheet in read_file(OFFICE, "office.xls", folder):
        assert sheet.numbers is not None
        assert all(0 <= column < sheet.width for column in sheet.numbers)
        assert all(list(rows) == sorted(rows) for rows in sheet.numbers.values())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a.xlsx: no Excel workbook"),
        (b"\x00\x01\x02 nothing known", "a.xlsx: no Excel workbook"),
        (b"PK\x03\x04 cut off", "damaged or incomplete"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_line(
    tmp_path: Path, folder: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError) as told:
        list(read_file(path, "a.xlsx", folder))
    assert said in told.value.message("en")
    assert "\n" not in told.value.message("zh")


def test_a_parquet_file_is_a_sheet_with_its_headings_on_top(tmp_path: Path, folder: Path) -> None:
    pq.write_table(pa.table({"姓名": ["王五", None], "编号": [1, 2]}), tmp_path / "党员.parquet")
    [sheet] = read_parquet(tmp_path / "党员.parquet", "党员.parquet", folder)
    assert (sheet.name, sheet.height, sheet.width, sheet.numbers) == ("党员", 3, 2, {})


def test_a_parquet_file_that_is_none_or_holds_no_text_is_refused(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"nothing")
    assert "no valid Parquet file" in refused(read_parquet(tmp_path / "a.parquet", "a.parquet", folder))
    pq.write_table(pa.table({"a": [[1], [2]]}), tmp_path / "b.parquet")
    assert "no valid Parquet file" in refused(read_parquet(tmp_path / "b.parquet", "b.parquet", folder))


def test_a_parquet_file_of_too_many_columns_is_refused(tmp_path: Path, folder: Path) -> None:
    pq.write_table(pa.table({str(at): ["x"] for at in range(16_385)}), tmp_path / "a.parquet")
    assert "the limit is" in refused(read_parquet(tmp_path / "a.parquet", "a.parquet", folder))


@pytest.mark.slow
def test_each_line_is_answered_with_one_line(tmp_path: Path, folder: Path) -> None:
    good = save(tmp_path / "a.xlsx", 甲=[["x", 1], ["1", 2]])
    bad = tmp_path / "b.xlsx"
    bad.write_bytes(b"no workbook")
    common = {"folder": str(folder), "seconds": 30}
    requests = [
        {"kind": "file", "path": str(good), "name": "a.xlsx", **common},
        {"kind": "file", "path": str(bad), "name": "b.xlsx", **common},
        {"numbers": 0, "width": 2, "path": str(good), "name": "a.xlsx", **common},
    ]
    done = subprocess.run(
        [sys.executable, "-m", "loaders.read.reader_worker"],
        input="".join(json.dumps(r) + "\n" for r in requests),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    answer: dict[str, Any] = first
    [sheet] = map(from_json, answer["sheets"])
    assert (sheet.name, sheet.height, sheet.width) == ("甲", 2, 2)
    assert all(part.path.parent == folder for part in sheet.parts)
    assert "no Excel workbook" in second["refused"][1]
    assert Path(third["flags"]).exists()
    assert [a["last"] for a in (first, second, third)] == [False] * 3
    assert "file" in READERS
