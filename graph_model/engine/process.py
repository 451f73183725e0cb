"""What the keeper notes about the running engine, and whether those processes are still the same ones."""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from graph_model.engine.config import ARGS, EngineFolder
from graph_model.private_file import write_private

STOP_SECONDS = 30.0
"""How long the engine may take to close its files before it is killed (which loses no commit)."""


@dataclass(frozen=True, slots=True)
class Running:
    """An engine's processes and port. `java_made` tells a reused process id from the real one."""

    keeper: int
    java: int
    java_made: float
    bolt_port: int
    heap_mib: int | None = None


def write(folder: EngineFolder, running: Running) -> None:
    """Note who runs."""
    write_private(folder.state, json.dumps(asdict(running)).encode())


def read(folder: EngineFolder) -> Running | None:
    """Who ran at the last note, or None where there is no note that can be read."""
    try:
        return Running(**json.loads(folder.state.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def forget(folder: EngineFolder) -> None:
    """Remove the note, so that no process attaches any more."""
    folder.state.unlink(missing_ok=True)


def engine_process(running: Running, folder: EngineFolder) -> psutil.Process | None:
    """The engine's process, if it lives and is ours: same start time, same command line, same folder."""
    try:
        process = psutil.Process(running.java)
        ours = (
            abs(process.create_time() - running.java_made) < 1
            and f"@{ARGS}" in process.cmdline()
            and Path(process.cwd()).resolve() == folder.root.resolve()
            and process.status() != psutil.STATUS_ZOMBIE
        )
    except psutil.Error:
        return None
    return process if ours else None


def stop_process(process: psutil.Process, seconds: float = STOP_SECONDS) -> None:
    """Ask a process to end, and kill it when it has not after `seconds`."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.terminate()
        until = time.monotonic() + seconds
        # Not process.wait(): an ended process that nobody collects would count as running for ever.
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > until:
                process.kill()
                return
            time.sleep(0.05)


def listens(process: psutil.Process, port: int) -> bool:
    """Whether the port is really that process's: never send a password to somebody else's.

    True where the system does not let us look.
    """
    try:
        taken = process.net_connections("tcp")
    except psutil.AccessDenied:
        return True
    except psutil.Error:
        return False
    return any(c.status == psutil.CONN_LISTEN and c.laddr.port == port for c in taken if c.laddr)
