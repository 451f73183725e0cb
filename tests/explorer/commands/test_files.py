"""Where results are written: never into a data folder, by whatever way the path leads there."""

from __future__ import annotations

import os
from contextlib import chdir
from pathlib import Path

import pytest

from explorer.commands.files import check_outside, read_passwords, write_file
from graph_model.errors import InputError
from graph_model.secret import site_secret
from tests.support.books import save
from tests.support.command_line import Line

posix = pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")

WRITING = {
    "gaps": ("gaps", "--format", "json", "--out"),
    "gaps of one rule": ("gaps", "floating_member", "--format", "csv", "--out"),
    "export": ("export", "--focus", "甲", "--out"),
    "report": ("report", "--out"),
    "template": ("template",),
    "synth": ("synth", "--members", "300", "--out"),
}
INSIDE = ("a.xlsx", "engine/a.xlsx", "demo/a.xlsx", "new/folder/a.xlsx", "../home/a.xlsx")


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING)
def test_no_command_writes_into_the_data_folder(
    tmp_path: Path, words: tuple[str, ...], inside: str
) -> None:
    home = tmp_path / "home"
    secret = site_secret(home)
    (home / "engine").mkdir()

    done = Line(home)(*words, str(home / inside))

    assert (done.returncode, done.stdout) == (2, "")
    assert "之内" in done.stderr
    assert sorted(p.name for p in home.iterdir()) == ["engine", "site.secret"]
    assert site_secret(home) == secret


def test_the_secret_is_not_written_over_whatever_the_format_says(tmp_path: Path) -> None:
    secret = site_secret(tmp_path)
    for words in (("gaps", "--format", "json", "--out"), ("gaps", "--format", "xlsx", "--out")):
        assert Line(tmp_path)(*words, str(tmp_path / "site.secret")).returncode == 2
    assert site_secret(tmp_path) == secret


def test_a_marked_workbook_is_not_written_into_the_data_folder(tmp_path: Path) -> None:
    book = save(tmp_path / "2006-11" / "a.xlsx", 单位=[["单位名称"], ["甲物业"]])
    home = tmp_path / "home"
    site_secret(home)
    for place in (home, home / "site.secret", home / "rules" / "a.xlsx"):
        done = Line(home)("load", str(book), "--round", "2006-11", "--marked", str(place))
        assert (done.returncode, "之内" in done.stderr) == (2, True)
    assert [p.name for p in home.iterdir()] == ["site.secret"]


@posix
def test_links_and_relative_paths_lead_there_too(tmp_path: Path) -> None:
    home = tmp_path / "home"
    site_secret(home)
    (tmp_path / "by").symlink_to(home)
    (tmp_path / "a.xlsx").symlink_to(home / "site.secret")
    (tmp_path / "dangling.xlsx").symlink_to(home / "none.xlsx")
    for out in ("by/a.xlsx", "a.xlsx", "dangling.xlsx", "home/a.xlsx", "other/../home/a.xlsx"):
        with chdir(tmp_path), pytest.raises(InputError):
            check_outside(Path(out), home)
    with pytest.raises(InputError):
        check_outside(home / "a.xlsx", tmp_path / "by")
    with chdir(home), pytest.raises(InputError):
        check_outside(Path("a.xlsx"), home)


@posix
def test_a_hard_link_to_the_secret_is_parted_from_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    secret = site_secret(home)
    out = tmp_path / "a.xlsx"
    os.link(home / "site.secret", out)

    assert Line(home)("template", str(out)).returncode == 0

    assert site_secret(home) == secret
    assert out.read_bytes()[:2] == b"PK"


def test_the_data_folder_of_another_site_is_kept_too(tmp_path: Path) -> None:
    site_secret(tmp_path / "other")
    with pytest.raises(InputError, match="数据文件夹"):
        check_outside(tmp_path / "other" / "rules" / "a.xlsx", tmp_path / "home")


def test_a_file_of_the_user_is_replaced_as_before(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    for content in (b"1", b"2"):
        check_outside(out, tmp_path / "home")
        write_file(out, content)
    assert out.read_bytes() == b"2"


def test_each_line_of_a_file_is_a_password_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_bytes("\ufeff松柏 \r\n\r\n长青\n".encode())
    assert read_passwords(tmp_path / "p.txt") == ("松柏 ", "长青")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00secret"])
def test_a_password_file_that_cannot_be_read_is_named_and_not_repeated(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "p.txt").write_bytes(content)
    with pytest.raises(InputError, match=r"p\.txt") as error:
        read_passwords(tmp_path / "p.txt")
    assert "secret" not in str(error.value)
