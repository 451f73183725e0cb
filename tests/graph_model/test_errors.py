"""Errors: both languages, and exit code 2 for what the user can mend."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from graph_model import errors
from graph_model.errors import BranchmapError, file_error


def every(kind: type[BranchmapError]) -> list[type[BranchmapError]]:
    """The core's own errors: what else has been imported by now has its own."""
    below = (child for child in kind.__subclasses__() if child.__module__ == errors.__name__)
    return [kind, *(one for child in below for one in every(child))]


@pytest.mark.parametrize("kind", every(BranchmapError), ids=lambda k: k.__name__)
def test_an_error_speaks_both_languages_and_says_when_it_is_raised(kind: type[BranchmapError]) -> None:
    error = kind("没有应答", "No answer")
    assert (error.message(), error.message("en")) == ("没有应答", "No answer")
    assert str(error) == "没有应答 / No answer"
    assert kind.__doc__
    assert kind.__name__ in (errors.__doc__ or "")


def test_a_page_says_what_office_staff_can_do_and_folds_the_rest_away() -> None:
    down = errors.StoreUnavailable("数据库 bolt://x 没有应答", "bolt://x does not answer", detail="refused")
    assert down.for_page.zh == "数据服务没有应答。"
    assert down.folded == down.whole
    wrong = errors.InputError("请先选择文件。", "Choose the files first.")
    assert (wrong.for_page, wrong.folded) == (wrong.text, None)
    assert (
        file_error(OSError(errno.ENOSPC, "full", "/data/x")).for_page.zh == "磁盘空间不足，操作没有完成。"
    )


def test_exit_code_two_is_for_what_was_given() -> None:
    given = {k.__name__ for k in every(BranchmapError) if k.exit_code == 2}
    assert given == {"StoreDenied", "QueryRefused", "InputError"}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EFBIG, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "permissions"),
        (errno.EISDIR, "should be a file"),
        (errno.EEXIST, "should be a folder"),
        (errno.EIO, "cannot be read or written"),
        (errno.ENOENT, "cannot be read or written"),
    ],
)
def test_an_error_of_the_file_system_says_which_file_and_what_to_do(number: int, said: str) -> None:
    told = file_error(OSError(number, os.strerror(number), "/d/site.secret"))
    assert said in told.message("en")
    assert said == "disk is full" or "/d/site.secret" in told.message("zh")
    assert told.exit_code == 1


def test_the_file_that_stands_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file") as fault:
        (tmp_path / "file/engine/log").mkdir(parents=True)
    assert f"{tmp_path}/file should be a folder" in file_error(fault.value).message("en")
