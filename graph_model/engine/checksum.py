"""A seal on the data files: made when the engine has closed them, checked before it opens them again.

The engine does not check its own files: with one missing or damaged it starts and answers too little. After
a crash there is no seal, and the engine's own recovery is trusted.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from graph_model.engine.config import DATABASE, EngineFolder
from graph_model.private_file import write_private


def seal(folder: EngineFolder) -> None:
    """Note every data file's digest, beside the data so that a backup copy takes the note along."""
    data = folder.databases / DATABASE
    files = (path for path in sorted(data.rglob("*")) if path.is_file())
    # by its place, not by its name alone: one in a folder of its own would count as missing at the next start
    digests = {path.relative_to(data).as_posix(): _digest(path) for path in files}
    write_private(_note(folder), json.dumps(digests, indent=1).encode())


def unseal(folder: EngineFolder) -> None:
    """Take the seal away: from now on the engine changes the files."""
    _note(folder).unlink(missing_ok=True)


def broken(folder: EngineFolder) -> tuple[str, ...]:
    """The data files that are missing or changed since the seal; none where there is no seal.

    ValueError or OSError where the seal or a file cannot be read.
    """
    if not _note(folder).exists():
        return ()
    noted: dict[str, str] = json.loads(_note(folder).read_text("utf-8"))
    data = folder.databases / DATABASE
    return tuple(
        name
        for name, digest in noted.items()
        if not (data / name).is_file() or _digest(data / name) != digest
    )


def _note(folder: EngineFolder) -> Path:
    return folder.databases / "seal.json"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
