"""A data folder that version 0.1.0 made opens as before: what is held, its history, the same round again, undo.

The folder holds two rounds of a small survey, loaded by the commit before the rooms (a54e2a7), without its logs.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_model.engine.lifecycle import start_or_attach
from tests.support.command_line import Line

pytestmark = pytest.mark.slow

ARCHIVE = Path(__file__).parents[1] / "data" / "data-0.1.0.tar.xz"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="data")
    with start_or_attach(tmp_path / "data", heap_mib=256):
        yield Line(tmp_path / "data")


def test_a_data_folder_of_version_0_1_0_opens_as_before(line: Line, tmp_path: Path) -> None:
    status = line.json("status", "--json")
    assert status["counts"]["nodes"]["Unit"] == 2
    assert status["counts"]["nodes"]["Member"] == 2
    assert [(e["round"], e["standing"]) for e in line.json("history", "--json")] == [
        ("2006-10", "standing"),
        ("2006-04", "standing"),
    ]
    again = line.json("load", str(tmp_path / "rounds" / "2006-10"), "--complete", "--json")
    assert again["plan"] == {"added": {}, "changed": {}, "removed": {}}
    compared = line.json("compare", "2006-04", "2006-10", "--json")
    assert [(one["what"], one["type"], one["name"]) for one in compared["list"]] == [
        ("added", "Member", "王*"),
        ("added", "Unit", "丙物业"),
        ("changed", "Unit", "甲物业"),
        ("removed", "Member", "李*"),
        ("removed", "Unit", "乙物业"),
        ("added", "EMPLOYED_BY", "王* — 任职于 — 丙物业"),
        ("removed", "EMPLOYED_BY", "李* — 任职于 — 甲物业"),
    ]
    done = line("undo", "--yes")
    assert done.returncode == 0, done.stderr
    assert line.json("status", "--json")["round"] == "2006-04"
    assert [(e["round"], e["standing"]) for e in line.json("history", "--json")][1:] == [
        ("2006-10", "undone"),
        ("2006-04", "standing"),
    ]
