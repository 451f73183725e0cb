"""A private file: replaced whole, read by its owner only."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_model.private_file import close_to_others, private_folder, write_private
from graph_model.secret import site_secret

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")


@pytest.fixture
def lax() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        p.relative_to(folder).as_posix(): stat.S_IMODE(p.lstat().st_mode)
        for p in (folder, *folder.rglob("*"))
        if not p.is_symlink()
    }


def test_a_private_file_is_replaced_whole_and_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for content in ("一".encode(), "二".encode()):
        write_private(path, content)
    assert path.read_text("utf-8") == "二"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@posix
@pytest.mark.usefixtures("lax")
def test_a_lax_mask_opens_nothing(tmp_path: Path) -> None:
    site_secret(tmp_path / "a" / "b")
    write_private(tmp_path / "c" / "d", b"")
    private_folder(tmp_path / "e" / "f")
    assert {m for name, m in modes(tmp_path).items() if name != "."} == {0o600, 0o700}


@posix
@pytest.mark.usefixtures("lax")
def test_the_folder_of_an_earlier_version_is_closed(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    (home / "engine" / "log").mkdir(parents=True)
    (home / "engine" / "log" / "java.out").write_bytes(b"")
    (home / "own.sh").touch(mode=0o755)
    outside.mkdir()
    (outside / "a").touch()
    (home / "link").symlink_to(outside)
    close_to_others(home)
    assert modes(home) == {
        ".": 0o700,
        "engine": 0o700,
        "engine/log": 0o700,
        "engine/log/java.out": 0o600,
        "own.sh": 0o700,
    }
    assert modes(outside) == {".": 0o777, "a": 0o666}


@posix
@pytest.mark.usefixtures("lax")
def test_a_folder_without_data_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    close_to_others(tmp_path)
    close_to_others(tmp_path / "none")
    assert modes(tmp_path)["a"] == 0o666
