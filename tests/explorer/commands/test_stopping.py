"""Ctrl-C while something is written: what is said of the store then."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from explorer.commands.context import Context
from explorer.commands.stopping import heard_between, told_when_stopped
from explorer.settings import Settings
from graph_model.store.store import Store
from graph_model.text import Text
from tests.support.books import save
from tests.support.graphs import fill, graph, node
from tests.support.servers import ROOT

pytestmark = pytest.mark.slow


def context(home: Path) -> tuple[Context, io.StringIO]:
    said = io.StringIO()
    return Context(Settings(home), Console(file=io.StringIO()), Console(file=said)), said


def test_a_stop_before_anything_landed_says_so(store: Store, tmp_path: Path) -> None:
    told, said = context(tmp_path)
    with pytest.raises(KeyboardInterrupt), told_when_stopped(told, store):
        raise KeyboardInterrupt
    assert said.getvalue() == "已取消，没有写入任何内容。\n"


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("explorer.cli", "已取消，没有写入任何内容。 Cancelled; nothing was written."),
        ("typer", "已取消，没有写入任何内容。 Cancelled; nothing was written."),
        ("explorer.commands.load.load", "Cancelled; nothing was written."),
        ("loaders.pipeline", "Cancelled; nothing was written."),
        ("graph_model.connect", "Cancelled; nothing was written."),
    ],
)
def test_ctrl_c_before_anything_could_be_written_says_so(module: str, said: str, tmp_path: Path) -> None:
    book = save(tmp_path / "2006-10" / "a.xlsx", 单位=[["单位名称"], ["甲物业"]])
    home = tmp_path / "home"
    line = ["load", str(book.parent), "--yes", "--lang", "en", "--data", str(home)]
    done = subprocess.run(
        [sys.executable, "-c", PRESSED_AT_IMPORT, module, *line],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        cwd=ROOT,
    )
    assert done.returncode == 130
    assert done.stderr.strip().splitlines() == [said]
    assert not home.exists()


PRESSED_AT_IMPORT = """
import importlib.abc, signal, sys
module = sys.argv.pop(1)
class Press(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == module:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Press())
from explorer.start import main
main()
"""


def test_a_stop_that_came_too_late_says_what_landed(store: Store, tmp_path: Path) -> None:
    told, said = context(tmp_path)

    def work() -> None:
        with told_when_stopped(told, store, lambda now: Text(f"有 {now.round}", f"there is {now.round}")):
            fill(store, graph(node("u_1", name="甲")))
            raise ValueError from KeyboardInterrupt()

    with pytest.raises(KeyboardInterrupt):
        work()
    assert said.getvalue() == "有 2006-10\n"


def test_another_fault_is_left_alone(store: Store, tmp_path: Path) -> None:
    told, said = context(tmp_path)
    with pytest.raises(ValueError, match="x"), told_when_stopped(told, store):
        raise ValueError("x")
    assert said.getvalue() == ""


def test_the_signal_is_heard_at_the_next_step_and_only_there() -> None:
    steps: list[str] = []

    def work() -> None:
        with heard_between(lambda what, _done, _of: steps.append(what)) as told:
            told("read", 1, 2)
            signal.raise_signal(signal.SIGINT)
            steps.append("the step goes on")
            told("write", 1, 1)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["read", "the step goes on", "write"]


def test_the_signal_is_heard_after_the_last_step_too() -> None:
    steps: list[str] = []

    def work() -> None:
        with heard_between(lambda what, _done, _of: steps.append(what)) as told:
            told("write", 1, 1)
            signal.raise_signal(signal.SIGINT)
            steps.append("the work is done")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["write", "the work is done"]
