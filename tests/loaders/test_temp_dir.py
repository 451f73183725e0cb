import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

from loaders.temp_dir import TempDir, remove_stale

CHILD = """
from loaders.temp_dir import TempDir
kept = TempDir()
(kept.path / "a.csv").write_text("13800138000")
print(kept.path, flush=True)
input()
"""


def old(path: Path) -> Path:
    os.utime(path.parent, (0, 0))
    return path


def test_what_a_killed_program_left_goes_and_what_is_in_use_stays():
    with subprocess.Popen(
        [sys.executable, "-c", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as child:
        left = old(Path(child.stdout.readline().strip()))
        remove_stale()
        assert (left / "a.csv").read_text() == "13800138000"
        child.send_signal(signal.SIGKILL)
        child.wait()
    mine = TempDir()
    assert not left.parent.exists()
    old(mine.path)
    remove_stale()
    assert mine.path.is_dir()


def test_it_goes_with_who_holds_it_and_only_its_owner_may_enter():
    with TempDir() as path:
        assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        (path / "a.csv").write_text("x")
    assert not path.parent.exists()
    held = TempDir()
    path = held.path
    del held
    assert not path.parent.exists()


def test_one_that_is_just_being_made_is_left_alone(tmp_path):
    made = TempDir()
    young = made.path.parent.with_name(f"{made.path.parent.name}-young")
    young.mkdir()
    remove_stale()
    assert young.is_dir()
    old(young / "files")
    remove_stale()
    assert not young.exists()
