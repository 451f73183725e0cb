"""The site's secret, with which keys are hashed: made once, kept in the data folder, readable by its owner."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from graph_model.errors import InputError

_BYTES = 32


def site_secret(data: Path) -> bytes:
    """The secret of a data folder; made on first use. InputError when the file is damaged."""
    file = data / "site.secret"
    data.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        _make(file)
    secret = file.read_bytes().strip()
    if len(secret) != 2 * _BYTES:
        raise InputError(
            f"{file} 已损坏。请从备份恢复；没有备份时删除它，然后清空数据库重新导入。",
            f"{file} is damaged. Restore it from a backup; without one, delete it, empty the store and load again.",
        )
    return secret


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
