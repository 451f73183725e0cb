"""`branchmap engine`: what it says where no engine runs, or where a server is the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Line


def test_where_none_runs(tmp_path: Path) -> None:
    line = Line(tmp_path / "home")
    assert line.json("engine", "status", "--json")["running"] is False
    assert line("engine", "status").stdout == "没有在运行。\n"
    assert line("engine", "status", "--lang", "en").stdout == "Not running.\n"
    assert line("engine", "stop").stdout == "引擎没有在运行。\n"
    assert line("engine", "stop", "--lang", "en").stdout == "The engine was not running.\n"


@pytest.mark.parametrize("command", ["start", "stop", "status"])
def test_a_server_is_run_by_its_own_programs(tmp_path: Path, command: str) -> None:
    done = Line(tmp_path / "home")("engine", command, "--store", "bolt://127.0.0.1:1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "engine 命令只管内置引擎" in done.stderr
