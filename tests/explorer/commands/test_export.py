"""`branchmap export`: what is asked wrongly is refused in words, before a store is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Line

OUT = ["--out", "a.svg"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "a.doc", "--focus", "甲"], "不能按“.doc”写文件"),
        (["--out", "a", "--focus", "甲"], "不能按“”写文件"),
        (["--out", "a.xlsx", "--focus", "甲", "--dark"], "--dark 和 --no-names 只用于"),
        (["--out", "a.json", "--focus", "甲", "--no-names"], "--dark 和 --no-names 只用于"),
        (OUT, "二者选一"),
        ([*OUT, "--focus", "甲", "--view", "乙"], "二者选一"),
        (
            [*OUT, "--view", "乙", "--depth", "2", "--layout", "circle"],
            "--depth、--layout 不能和 --view 一起用",
        ),
        ([*OUT, "--focus", "甲", "--depth", "7"], "--depth 的值不对"),
        (["--focus", "甲"], "缺少 --out"),
    ],
)
def test_a_wrong_wish_is_refused(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = Line(tmp_path / "home")("export", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "home" / "engine").exists()


def test_the_refusal_comes_in_english_too(tmp_path: Path) -> None:
    done = Line(tmp_path / "home")("export", *OUT, "--view", "x", "--types", "Unit", "--lang", "en")
    assert (
        done.stderr.strip() == "--types cannot go with --view: a saved view has its own extent and layout."
    )


def test_a_picture_never_lands_in_a_data_folder(tmp_path: Path) -> None:
    done = Line(tmp_path / "home")("export", "--out", str(tmp_path / "home" / "a.svg"), "--focus", "甲")
    assert (done.returncode, "数据文件夹" in done.stderr) == (2, True)
