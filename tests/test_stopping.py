"""Ctrl-C while something is written: what is said of the store then."""

from __future__ import annotations

import io
import signal
from pathlib import Path

import pytest
from rich.console import Console

from explorer.commands.context import Context
from explorer.commands.stopping import heard_between, told_when_stopped
from explorer.settings import Settings
from graph_model.store import Store
from graph_model.words import Text
from tests.graphs import fill, graph, node


def context(home: Path) -> tuple[Context, io.StringIO]:
    said = io.StringIO()
    return Context(Settings(home), Console(file=io.StringIO()), Console(file=said)), said


def test_a_stop_before_anything_landed_says_so(store: Store, tmp_path: Path) -> None:
    told, said = context(tmp_path)
    with pytest.raises(KeyboardInterrupt), told_when_stopped(told, store):
        raise KeyboardInterrupt
    assert said.getvalue() == "已取消，没有写入任何内容。\n"


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
