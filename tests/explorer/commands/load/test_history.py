"""The history as programs read it: every figure of a load, and nobody named in it who may not be."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from explorer.commands.load.history import as_value
from graph_model.keys import KeyMaker
from loaders.history.file_archive import ArchivedFile
from loaders.history.load_log import LoadEntry, StateBefore
from loaders.map.column_map import sheet_columns
from loaders.survey import read_round
from tests.support.books import save
from tests.support.command_line import Printed

BEFORE = StateBefore(0, None, None, None)


def entry(path: Path) -> LoadEntry:
    """A load of a file whose name, sheet and cells name somebody."""
    reading = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    return LoadEntry(
        "ab12" * 8,
        "2006-10",
        False,
        "周科长",
        "2006-11-01T08:00:00+00:00",
        BEFORE,
        files=(ArchivedFile(path.name, "f" * 64, "f" * 64),),
        plan={"added": {"Unit": 1}, "changed": {}, "removed": {}},
        blocking=1,
        problems=tuple(asdict(p) for p in reading.problems),
        columns=sheet_columns(reading.counts),
        standing="standing",
    )


def test_a_load_as_json_masked_and_clear(tmp_path: Path) -> None:
    path = save(
        tmp_path / "党员王小明.xlsx",
        党员=[["姓名", "入党时间", "所在单位"], ["诸葛明亮", "某年", "甲物业"]],
        单位=[["单位名称", "单位类别"], ["甲物业", "物业公司"]],
        党支部=[["党支部名称", "书记"], ["甲支部", "诸葛明量"]],
    )
    load = entry(path)
    masked = as_value(load, Printed.on(tmp_path).context)
    assert (masked["load"], masked["by"], masked["standing"], masked["blocking"]) == (
        "ab12" * 8,
        "周科长",
        "standing",
        1,
    )
    assert masked["files"] == [{"name": "党员王**.xlsx", "sha256": "f" * 64, "whole": True}]
    assert masked["problems"]
    assert not any(name in repr(masked) for name in ("小明", "明亮", "明量"))
    clear = as_value(load, Printed.on(tmp_path, names=True, language="en").context)
    assert clear["files"][0]["name"] == "党员王小明.xlsx"
    assert "诸葛明" in repr(clear)
    assert len(clear["problems"]) == len(masked["problems"])


def test_a_load_without_anything_to_say(tmp_path: Path) -> None:
    bare = LoadEntry("cd", "2006-04", True, "", "2006-05-01", BEFORE)
    assert as_value(bare, Printed.on(tmp_path).context) == {
        "load": "cd",
        "round": "2006-04",
        "complete": True,
        "clean_rows": False,
        "by": "",
        "at": "2006-05-01",
        "standing": "not applied",
        "undoes": None,
        "plan": None,
        "blocking": 0,
        "warnings": 0,
        "problems": [],
        "totals": [],
        "files": [],
    }
