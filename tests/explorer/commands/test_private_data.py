"""The data folder: closed to other users whatever the mask is, and useless without its own secret."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.server.samples import sample_rounds
from graph_model.engine.lifecycle import start_or_attach
from graph_model.secret import site_secret
from tests.support.command_line import Line

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes"),
]
FIRST, LAST = (str(folder) for folder in sample_rounds())


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """A round loaded into a folder that an earlier version left open, under a mask that closes nothing."""
    home = tmp_path_factory.mktemp("home")
    (home / "rules").mkdir()
    (home / "rules" / "mine.toml").touch()
    (home / "engine").mkdir()
    for path in (home, *home.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    before = os.umask(0)
    with start_or_attach(home, heap_mib=256):
        line = Line(home)
        done = line.process("load", FIRST, "--yes")
        assert done.returncode == 0, done.stderr
        yield line
    os.umask(before)


def test_the_folder_and_all_in_it_are_the_owners_only(loaded: Line) -> None:
    modes = {
        str(path.relative_to(loaded.data)): stat.S_IMODE(path.stat().st_mode)
        for path in (loaded.data, *loaded.data.rglob("*"))
    }
    assert len(modes) > 50
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}


def test_without_its_secret_nothing_is_loaded_compared_or_undone_and_no_new_one_is_made(
    loaded: Line,
) -> None:
    secret = loaded.data / "site.secret"
    kept = secret.read_bytes()
    secret.unlink()
    for words in (
        ("load", LAST),
        ("load", LAST, "--yes"),
        ("undo", "--yes"),
        ("compare", "2006-04", "2006-04"),
    ):
        done = loaded(*words)
        assert done.returncode == 2, words
        [line] = done.stderr.splitlines()
        assert "site.secret" in line
        assert "备份" in line
        assert not secret.exists()
    assert loaded.json("status", "--json")["round"] == "2006-04"
    secret.write_bytes(kept)
    assert loaded("load", FIRST).returncode == 0


def test_a_folder_of_its_own_beside_a_store_that_was_filled_is_told_so(loaded: Line) -> None:
    secret, history = loaded.data / "site.secret", loaded.data / "rounds"
    kept = secret.read_bytes()
    secret.unlink()
    history.rename(loaded.data / "elsewhere")
    done = loaded("load", LAST)
    (loaded.data / "elsewhere").rename(history)
    secret_made = secret.exists()
    secret.write_bytes(kept)
    assert (done.returncode, "site.secret" in done.stderr, secret_made) == (2, True, False)


def test_of_a_home_folder_only_what_is_the_sites_is_closed(tmp_path: Path) -> None:
    me = tmp_path / "me"
    site_secret(me)
    own, secret = me / "own", me / "site.secret"
    own.touch()
    for path in (own, secret):
        path.chmod(0o644)
    assert Line(me)("rules", "check", "none.toml", HOME=str(me)).returncode == 2
    assert [stat.S_IMODE(p.stat().st_mode) for p in (own, secret)] == [0o644, 0o600]
