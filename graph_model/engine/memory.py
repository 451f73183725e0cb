"""How much memory the bundled engine may take: a quarter of the machine's, or of what its container may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil

LEAST_MIB = 512
MOST_MIB = 8192
"""A larger heap only makes the pauses of the engine's small collector longer; whoever wants one sets it."""


def heap_of_machine() -> int:
    """The heap in MiB where no setting names one."""
    return heap_for(min(psutil.virtual_memory().total, *container_limits(Path("/"))))


def heap_for(memory: int) -> int:
    """The heap in MiB for so many bytes of memory.

    >>> heap_for(2**30), heap_for(12 * 2**30), heap_for(2**40)
    (512, 3072, 8192)
    """
    return max(LEAST_MIB, min(memory // 4 // 2**20, MOST_MIB))


def container_limits(root: Path) -> list[int]:
    """The limits in bytes that control groups set us, on Linux; one that limits nothing where there is none.

    `root`: of the file system, "/" but for tests.
    """
    return [int(said) for said in _limits(root) if said.isdecimal()] or [2**63]


def _limits(root: Path) -> Iterator[str]:
    """What our control group's files say, and those of the groups that it lies in: of both versions of them."""
    groups = root / "sys/fs/cgroup"
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers not in ("", "memory"):
            continue
        base, name = (
            (groups / controllers, "memory.limit_in_bytes") if controllers else (groups, "memory.max")
        )
        inner = Path(path.lstrip("/"))
        # inside a container the path is often the machine's, and only the outermost folder is there
        for folder in (inner, *inner.parents):
            yield _text(base / folder / name).strip()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
