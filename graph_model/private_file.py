"""Write files that only their owner may read."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

_OURS = ("site.secret", "engine", "rounds", "demo")
"""What makes a folder a data folder: one of these lies in it."""


def write_private(path: Path, content: bytes) -> None:
    """Replace a file in one step: all of it or nothing, and on the disk when this returns. OSError where that fails."""
    private_folder(path.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def private_folder(folder: Path) -> Path:
    """A folder that only its owner may enter, made with those above it where they are not there."""
    if not folder.exists():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def is_data_folder(folder: Path) -> bool:
    """Whether a site's data lie in this folder, as far as this account may see."""
    return any(os.path.lexists(folder / name) for name in _OURS)


def close_to_others(folder: Path) -> None:
    """Take the rights of other users from a data folder and all in it: earlier versions or a lax umask gave them.

    A folder that holds no data of a site is left as it is. Of a home folder or what holds one, only what is the
    site's own is closed. What this account may not change stays as it is.
    """
    folder = folder.resolve()
    if os.name != "posix" or not is_data_folder(folder):
        return
    homely = Path.home().resolve().is_relative_to(folder)
    for start in (folder / name for name in _OURS) if homely else (folder,):
        for place, _folders, files in os.walk(start):
            for name in (".", *files):
                _close(Path(place) / name)
        if not start.is_dir():
            _close(start)


def _close(path: Path) -> None:
    with suppress(OSError):
        mode = path.lstat().st_mode
        if mode & 0o077 and not path.is_symlink():
            path.chmod(mode & 0o700)
