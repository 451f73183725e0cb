"""A file of a load that may be gone before the load is written: its content, or where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Source = Path | bytes
"""A file of a load: where it is, or its content where it may be gone before the load is written."""

IN_MEMORY = 64 * 2**20


def sources(files: Sequence[tuple[str, Path]]) -> dict[str, Source]:
    """Name -> content, or the path where the files together are too large to be held, or one cannot be read."""
    if sum(path.stat().st_size for _, path in files) > IN_MEMORY:
        return dict(files)
    return {name: _content(path) for name, path in files}


def _content(path: Path) -> Source:
    try:
        return path.read_bytes()
    except OSError:  # reading the round says so; nothing of it is kept then
        return path
