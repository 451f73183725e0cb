"""Who uses the bundled engine: one locked file for each client, which the system frees when it dies."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


def lock(path: Path) -> FileLock:
    """A lock on a file that any thread of this process may let go again."""
    return FileLock(path, mode=0o600, thread_local=False, is_singleton=False)


@contextmanager
def held(path: Path, seconds: float) -> Iterator[bool]:
    """Hold a lock inside the block; gives False where somebody else kept it for `seconds`."""
    guard = lock(path)
    try:
        guard.acquire(timeout=seconds)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        guard.release()


def is_free(path: Path) -> bool:
    """Whether the lock is free at this moment."""
    if not path.exists():
        return True
    with held(path, 0) as got:
        return got


def take(clients: Path) -> FileLock:
    """A new lease of this process. Call it under the start lock, or the keeper may leave meanwhile."""
    lease = lock(clients / f"{os.getpid()}-{secrets.token_hex(4)}.lease")
    lease.acquire(timeout=10)
    return lease


def give_back(lease: FileLock) -> None:
    """End a lease; a second time does nothing."""
    if lease.is_locked:
        lease.release(force=True)


def alive(clients: Path) -> tuple[Path, ...]:
    """The leases whose processes live."""
    return tuple(path for path in sorted(clients.glob("*.lease")) if not is_free(path))


def sweep(clients: Path) -> int:
    """Remove dead leases, count the living. Call it under the start lock: a lease being made looks dead."""
    living = 0
    for path in clients.glob("*.lease"):
        if is_free(path):
            path.unlink(missing_ok=True)
        else:
            living += 1
    return living
