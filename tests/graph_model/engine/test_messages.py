"""What is said of an engine that cannot start or has ended: the disk first, then its memory, then that it ended."""

from __future__ import annotations

from pathlib import Path

from graph_model.engine import messages
from graph_model.engine.config import EngineFolder

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
