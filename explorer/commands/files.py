"""Write a result into a file: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from graph_model.errors import InputError


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
