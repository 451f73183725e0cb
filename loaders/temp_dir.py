"""Folders for files that are needed for a while; those of programs that were killed go with the next load."""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

from graph_model.locks import give_back, is_free, lock

_PREFIX = "branchmap-files-"
_IN_USE = "in-use"
_YOUNG = 60.0
"""Seconds: between the making of a folder and its lock it looks like one that nobody holds."""


class TempDir:
    """A folder, `path`, that only its owner may enter.

    It goes when this is closed or no object holds it any more, and at the latest with the program. Uploads lie in
    it as they came, with cells that must not be stored, so that it must not stay behind a program that was
    killed either: its lock is freed by the system, and `remove_stale` then takes it away.
    """

    def __init__(self) -> None:
        remove_stale()
        whole = Path(tempfile.mkdtemp(prefix=_PREFIX))
        guard = lock(whole / _IN_USE)
        guard.acquire(timeout=10)
        self.path = whole / "files"
        self.path.mkdir(mode=0o700)
        self._finalizer = weakref.finalize(self, _remove, whole, partial(give_back, guard))

    def close(self) -> None:
        """Take the folder away; a second time does nothing."""
        self._finalizer()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def remove_stale() -> None:
    """Take away the folders of programs that are no more."""
    for whole in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            left = time.time() - whole.stat().st_mtime > _YOUNG and is_free(whole / _IN_USE)
        except OSError:  # somebody else's, or taken away meanwhile
            continue
        if left:
            shutil.rmtree(whole, ignore_errors=True)


def _remove(whole: Path, release: Callable[[], None]) -> None:
    release()
    shutil.rmtree(whole, ignore_errors=True)
