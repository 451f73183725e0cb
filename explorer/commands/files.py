"""Write a result into a file: whole or not at all, and never into a data folder."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from graph_model.errors import InputError
from graph_model.secret import SECRET


def check_outside(out: Path, data: Path) -> None:
    """InputError where `out`, whatever leads to it, lies in this run's data folder or in another site's.

    A result there could replace the site's secret, its rules or the store; and it is asked before a store is opened.
    """
    target = out.resolve()
    for folder in (target, *target.parents):
        same = folder.exists() and data.exists() and folder.samefile(data)
        if same or folder == data.resolve() or (folder / SECRET).is_file():
            raise InputError(
                f"{out} 在数据文件夹 {folder} 之内，那里只放程序自己的数据。请写到别的文件夹。",
                f"{out} lies in the data folder {folder}, which is for the program's own data. Write it elsewhere.",
            )


def read_passwords(file: Path) -> tuple[str, ...]:
    """The lines of a file, each a password; InputError, which repeats none of them, where it cannot be read."""
    try:
        lines = file.read_bytes().decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"密码文件 {file} 读不出来；请检查路径，并存成 UTF-8 文本，每行一个密码。",
            f"The password file {file} cannot be read; check the path, and save it as UTF-8 text, one password a line.",
        ) from error
    return tuple(line for line in lines if line)


def write_file(out: Path, data: bytes) -> None:
    """Put the bytes into `out`, by way of a file beside it; InputError says why it cannot be written."""
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".", suffix=out.suffix)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(out)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            f"无法写入 {out}（{why}）。请换一个可写的文件夹，或先关闭打开的文件。",
            f"{out} cannot be written ({why}). Choose a writable folder, or close the file first.",
        ) from error


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
