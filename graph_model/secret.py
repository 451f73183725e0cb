"""The site's secret, with which keys are hashed: made once, kept in the data folder, readable by its owner."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from graph_model.errors import InputError
from graph_model.private_file import private_folder
from graph_model.text import Text

SECRET = "site.secret"  # noqa: S105 - the file's name
_BYTES = 32
_HISTORY = "rounds"
"""The folder of what was loaded; where something lies in it, a secret was in use."""
_PAGE = Text(
    "站点密钥文件丢失或损坏，数据无法使用。",
    "The site's key file is lost or damaged; the data cannot be used.",
)


def site_secret(data: Path, *, needed: bool = False) -> bytes:
    """The secret of a data folder; made on first use.

    `needed`: a store was filled with the secret of this folder. InputError when the file is damaged, or is gone
    though something was loaded with it: a new one would make a second person of everybody.
    """
    file = data / SECRET
    if not file.exists():
        if needed or _was_used(data):
            raise _gone(file)
        private_folder(data)
        _make(file)
    secret = file.read_bytes().strip()
    if len(secret) != 2 * _BYTES:
        raise InputError(
            f"{file} 已损坏。请从备份恢复；没有备份时删除它，然后清空数据库重新导入。",
            f"{file} is damaged. Restore it from a backup; without one, delete it, empty the store and load again.",
            page=_PAGE,
        )
    return secret


def _was_used(data: Path) -> bool:
    history = data / _HISTORY
    return history.is_dir() and any(history.iterdir())


def _gone(file: Path) -> InputError:
    return InputError(
        f"找不到 {file}，而已有数据是用它导入的。请从备份恢复这个文件；没有备份时，请用 --data 换一个空文件夹"
        "（用 --store 时还要换一个空数据库）重新导入。",
        f"{file} is not there, but data were loaded with it. Restore the file from a backup; without one, load again "
        "into an empty folder (--data) and, where --store names a server, an empty store.",
        page=_PAGE,
    )


def _make(file: Path) -> None:
    """Put a new secret at `file`, unless somebody else was first; no process ever sees half of one."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(secrets.token_hex(_BYTES).encode())
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)  # of two processes that come first, one succeeds
        except OSError:
            if not file.exists():  # a disk without hard links
                draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
