"""What is told of an engine's logs, of one that cannot start or has ended: the disk first, then its memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_model.engine import messages
from graph_model.engine.config import EngineFolder


@pytest.fixture
def folder(tmp_path):
    found = EngineFolder.of(tmp_path)
    found.log.mkdir(parents=True)
    return found


def logged(folder, text, name="keeper.log"):
    (folder.log / name).write_text(text, "utf-8")
    return messages.last_lines(folder.log)


def test_where_there_are_no_logs_there_are_no_lines(folder):
    assert messages.last_lines(folder.log / "none") == ()


def test_problems_come_before_the_rest(folder):
    assert logged(folder, "start\nSEVERE no memory\nend\n") == ("SEVERE no memory",)


def test_without_a_problem_the_last_lines_are_told(folder):
    assert logged(folder, "\n".join(f"line {n}" for n in range(9))) == tuple(
        f"line {n}" for n in range(3, 9)
    )


def test_stack_frames_and_noise_are_left_out(folder):
    text = "Exception in thread\n  at x.Y(Z.java:1)\n... 7 more\nWARNING GraalVM\n"
    assert logged(folder, text) == ("Exception in thread",)


def test_only_the_last_run_is_told(folder):
    assert logged(folder, f"ERROR old\n{messages.BEGINS}\nERROR new\n") == ("ERROR new",)


def test_a_long_line_is_cut_and_the_end_of_a_long_log_is_read(folder):
    [line] = logged(folder, "x" * 30_000 + "\nERROR " + "y" * 400)
    assert line == "ERROR " + "y" * 294


def test_lines_of_all_logs_are_told_in_their_order(folder):
    logged(folder, "ERROR java", "java.out")
    assert logged(folder, "ERROR keeper") == ("ERROR keeper", "ERROR java")


def test_an_engine_that_did_not_start_says_so_with_its_log(folder):
    logged(folder, "ERROR something else")
    text = messages.did_not_start(folder).text
    assert text.zh.startswith(f"{folder.root} 中的内置引擎启动时退出了。")
    assert "\n  ERROR something else\n" in text.zh
    assert "did not open its data within 30 s" in messages.did_not_start(folder, 30).text.en


@pytest.mark.parametrize(
    ("newer", "older"), [("26.10.1", "26.9.1"), ("26.10.2.post1", "26.10.2"), ("27.1", "26.12.9")]
)
def test_versions_are_compared_by_their_numbers(newer, older):
    assert messages.version_of(newer) > messages.version_of(older)


FULL = "java.io.IOException: No space left on device\n"


def folder_of(tmp_path: Path, log: str) -> EngineFolder:
    folder = EngineFolder.of(tmp_path)
    folder.make()
    (folder.log / "engine.0.log").write_text(log, "utf-8")
    return folder


def test_an_engine_that_does_not_start_on_a_full_disk_says_that(tmp_path: Path) -> None:
    told = messages.did_not_start(folder_of(tmp_path, FULL)).message("en")
    assert told.startswith("The disk is full")
    assert str(tmp_path) in told


def test_else_the_last_lines_of_its_logs_are_shown(tmp_path: Path) -> None:
    told = messages.did_not_start(folder_of(tmp_path, "SEVERE something else\n")).message("en")
    assert "SEVERE something else" in told
    assert "disk is full" not in told


def test_a_disk_with_room_is_not_full(tmp_path: Path) -> None:
    assert not messages.disk_is_full(folder_of(tmp_path, ""), "")
    assert messages.disk_is_full(folder_of(tmp_path, ""), FULL)


def test_an_engine_that_ended_without_a_word_starts_by_itself() -> None:
    assert "it starts by itself" in messages.ended(512, "").message("en")
    assert "BRANCHMAP_ENGINE_HEAP to 1024" in messages.ended(512, "java.lang.OutOfMemoryError").message(
        "en"
    )
