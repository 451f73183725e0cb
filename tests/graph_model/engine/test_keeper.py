"""The keeper without its engine: when it leaves, what it stops, and that it says why it gives up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_model import locks
from graph_model.engine import checksum, keeper, process
from graph_model.engine.config import DATABASE, EngineFolder
from graph_model.private_file import private_folder

ASLEEP = "import time; print('up', flush=True); time.sleep(60)"


@pytest.fixture
def folder(tmp_path: Path) -> EngineFolder:
    made = EngineFolder.of(tmp_path)
    for path in (made.root, made.log, made.clients, made.databases):
        private_folder(path)
    return made


@pytest.fixture
def program() -> Iterator[subprocess.Popen[bytes]]:
    """A process that stands for the engine: it sleeps until it is stopped."""
    with subprocess.Popen([sys.executable, "-c", ASLEEP], stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        started.stdout.readline()
        yield started
        started.kill()


def noted(folder: EngineFolder, pid: int) -> None:
    process.write(folder, process.Running(os.getpid(), pid, 1.0, 7687, 512))


def said(folder: EngineFolder) -> str:
    return (folder.log / "keeper.log").read_text("utf-8")


def test_two_ports_that_are_free_are_not_the_same() -> None:
    one, two = keeper._free_ports()
    assert one != two
    assert min(one, two) > 1023


def test_it_leaves_when_it_is_asked_to(folder: EngineFolder, program: subprocess.Popen[bytes]) -> None:
    noted(folder, program.pid)
    keeper._watch(folder, program, lambda: True)
    assert process.read(folder) is not None  # whoever asked forgets the note
    assert program.poll() is None


def test_it_leaves_when_the_engine_has_ended(
    folder: EngineFolder, program: subprocess.Popen[bytes]
) -> None:
    program.kill()
    program.wait()
    keeper._watch(folder, program, lambda: False)
    assert program.poll() is not None


@pytest.mark.slow
def test_it_leaves_when_nobody_uses_the_engine_and_nobody_attaches_any_more(
    folder: EngineFolder, program: subprocess.Popen[bytes]
) -> None:
    noted(folder, program.pid)
    (folder.clients / "1-dead.lease").touch()
    keeper._watch(folder, program, lambda: False)
    assert process.read(folder) is None
    assert list(folder.clients.iterdir()) == []


@pytest.mark.slow
def test_while_a_lease_lives_it_stays(folder: EngineFolder, program: subprocess.Popen[bytes]) -> None:
    lease = locks.take(folder.clients)
    noted(folder, program.pid)
    asked: list[bool] = []
    # longer than it waits for the next client
    looks = int(keeper.GRACE_SECONDS / keeper.POLL_SECONDS) + 2
    keeper._watch(folder, program, lambda: asked.append(True) or len(asked) > looks)  # type: ignore[func-returns-value]
    assert process.read(folder) is not None
    locks.give_back(lease)


def test_the_engine_is_asked_to_end_before_it_is_killed(program: subprocess.Popen[bytes]) -> None:
    keeper._stop(program)
    assert program.returncode == -signal.SIGTERM


def test_an_engine_of_an_earlier_keeper_that_is_none_is_left_alone(
    folder: EngineFolder, program: subprocess.Popen[bytes]
) -> None:
    noted(folder, program.pid)  # its process id was given to another program since
    keeper._stop_leftover(folder)
    assert process.read(folder) is None
    assert program.poll() is None
    keeper._stop_leftover(folder)  # with no note there is nothing to do


@pytest.mark.slow
def test_a_keeper_that_finds_damaged_files_starts_nothing_and_says_which(folder: EngineFolder) -> None:
    data = folder.databases / DATABASE
    private_folder(data)
    (data / "a.bucket").write_bytes(b"a")
    checksum.seal(folder)
    (data / "a.bucket").unlink()
    assert keeper.launch(folder, [str(folder.root), "512", "60"]) == 1
    assert "ERROR data files are missing or damaged: a.bucket" in said(folder)
    assert process.read(folder) is None


@pytest.mark.slow
def test_a_keeper_that_cannot_understand_what_it_is_told_gives_up_with_the_reason(
    folder: EngineFolder,
) -> None:
    assert keeper.launch(folder, [str(folder.root), "much", "60"]) == 1
    assert "the keeper gives up" in said(folder)
    assert "invalid literal for int()" in said(folder)
    assert not folder.state.exists()
