"""A data folder of the version before the rooms (commit a54e2a7), with two small rounds in it, opens as before.

tests/data/earlier_data_folder.zip is what that version left, its engine stopped; logs and locks were left out, the
engine's passwords replaced by invented words.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_model.engine.lifecycle import start_or_attach
from tests.support.books import save_round
from tests.support.command_line import Line

pytestmark = pytest.mark.slow

PACKED = Path(__file__).parents[2] / "data" / "earlier_data_folder.zip"
UNITS = ["单位名称", "单位类别", "性质", "管理区域", "从业人数"]
MEMBERS = ["姓名", "入党时间", "出生年月", "所在单位"]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    data = tmp_path_factory.mktemp("earlier")
    with zipfile.ZipFile(PACKED) as packed:
        packed.extractall(data)
    with start_or_attach(data, heap_mib=256):
        yield Line(data)


@pytest.fixture
def later_round(tmp_path: Path) -> Path:
    """The rows of the second round, written anew."""
    return save_round(
        tmp_path / "2006-10",
        居民区=[["居民区名称"], ["甲居民区"]],
        单位=[
            UNITS,
            ["甲物业", "物业公司", "民营", "甲居民区", 7],
            ["乙物业", "物业公司", "集体", "甲居民区", 3],
        ],
        党员=[
            MEMBERS,
            ["张小明", "2001-10", "1970-01", "甲物业"],
            ["李大方", "2003-05", "1980-02", "乙物业"],
        ],
    )


def test_the_status_is_what_that_version_said(line: Line) -> None:
    found = line.json("status", "--json")

    assert (found["round"], found["version"]) == ("2006-10", 2)
    assert {k: n for k, n in found["counts"]["nodes"].items() if n} == {
        "ResidentialArea": 1,
        "Unit": 2,
        "Member": 2,
    }
    assert {k: n for k, n in found["counts"]["edges"].items() if n} == {"EMPLOYED_BY": 2, "MANAGES": 2}
    assert found["totals"] == {
        "companies": 2,
        "collective": 1,
        "private": 1,
        "commercial": 0,
        "residential": 2,
        "with_branch": 0,
        "with_members": 2,
        "members": 2,
    }


def test_the_history_has_both_loads(line: Line) -> None:
    said = [
        (e["load"], e["round"], e["standing"], e["at"], e["plan"]) for e in line.json("history", "--json")
    ]

    assert said == [
        (
            "e4be1bbf35e242fcbf6ac012f88c4243",
            "2006-10",
            "standing",
            "2026-11-27T01:55:33+00:00",
            {
                "added": {"EMPLOYED_BY": 1, "MANAGES": 1, "Member": 1, "Unit": 1},
                "changed": {"Unit": 1},
                "removed": {},
            },
        ),
        (
            "99364ca61cc549ce8e0b5ae01b2619ec",
            "2006-04",
            "standing",
            "2026-11-27T01:55:17+00:00",
            {
                "added": {"EMPLOYED_BY": 1, "MANAGES": 1, "Member": 1, "ResidentialArea": 1, "Unit": 1},
                "changed": {},
                "removed": {},
            },
        ),
    ]


def test_the_same_round_changes_nothing(line: Line, later_round: Path) -> None:
    found = line.json("load", str(later_round), "--json", "--names")

    assert found["plan"] == {"added": {}, "changed": {}, "removed": {}}
    assert (found["held_round"], found["list"], found["problems"]) == ("2006-10", [], [])


def test_the_last_load_can_be_undone(line: Line, later_round: Path) -> None:
    planned = line("undo").stdout
    assert [row.split("│")[1:-1] for row in planned.splitlines() if "从业人数" in row] == [
        [" 修改 ", " 单位   ", " 甲物业                   ", " 从业人数 ", " 7      ", " 5      "]
    ]
    assert "李**" in planned

    assert line("undo", "--yes").returncode == 0

    found = line.json("status", "--json")
    assert (found["round"], found["totals"]["companies"], found["totals"]["members"]) == ("2006-04", 1, 1)
    assert [e["standing"] for e in line.json("history", "--json")] == ["undo", "undone", "standing"]
    assert line.json("load", str(later_round), "--json", "--names")["plan"] == {
        "added": {"EMPLOYED_BY": 1, "MANAGES": 1, "Member": 1, "Unit": 1},
        "changed": {"Unit": 1},
        "removed": {},
    }
