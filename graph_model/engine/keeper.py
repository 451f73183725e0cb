"""The small process that runs the bundled engine while anybody uses it, and ends it afterwards.

    python -m graph_model.engine.keeper launch FOLDER HEAP_MIB QUERY_SECONDS

The launcher starts the keeper away from the caller's terminal and returns 0 once the engine's process is
noted, 1 when the keeper gave up (its log says why). Clients never talk to it: it watches their leases.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

import psutil

from graph_model import locks
from graph_model.engine import checksum, config, messages, process
from graph_model.engine.config import EngineFolder

GRACE_SECONDS = 2.0
POLL_SECONDS = 0.5
LAUNCH_SECONDS = 60.0
DETACHED = 0
"""On Windows, what keeps a Ctrl-C in the client's terminal from us; elsewhere a session of our own does."""
if sys.platform == "win32":
    DETACHED = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
CLOSED_CLEANLY = 128 + 15
"""Java's exit code once it has run its shutdown hooks after SIGTERM."""
LOG = logging.getLogger("graph_model.engine.keeper")


def main(arguments: list[str]) -> int:
    """Run as launcher or as keeper; returns the exit code."""
    role, root, heap_mib, query_seconds = arguments
    os.umask(0o077)  # what the engine writes is its owner's only, however lax the user's own mask is
    folder = EngineFolder(Path(root))
    if role == "launch":
        return launch(folder, arguments[1:])
    _log_to(folder.log / "keeper.log")
    LOG.info(messages.BEGINS)
    try:
        with locks.held(folder.keeper_lock, 5) as got:
            return keep(folder, int(heap_mib), int(query_seconds)) if got else 1
    except (OSError, ValueError, psutil.Error):
        LOG.exception("the keeper gives up")
        return 1


def launch(folder: EngineFolder, arguments: list[str]) -> int:
    """Start the keeper on its own and wait until it has started the engine or has given up."""
    keeper = subprocess.Popen(
        [sys.executable, "-P", "-m", "graph_model.engine.keeper", "keep", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=DETACHED,
    )
    until = time.monotonic() + LAUNCH_SECONDS
    while time.monotonic() < until:
        noted = process.read(folder)
        if noted is not None and noted.keeper == keeper.pid:
            return 0
        if keeper.poll() is not None:
            return 1
        time.sleep(0.02)
    return 1


def keep(folder: EngineFolder, heap_mib: int, query_seconds: int) -> int:
    """Start the engine, watch leases, stop the engine. Returns 0, or 1 when the engine ended by itself."""
    _stop_leftover(folder)
    if damaged := checksum.broken(folder):
        LOG.error("ERROR data files are missing or damaged: %s", ", ".join(damaged[:10]))
        return 1
    checksum.unseal(folder)
    folder.stop_request.unlink(missing_ok=True)
    java = _start(folder, heap_mib, query_seconds)
    asked: list[int] = []
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _frame: asked.append(number))
    try:
        _watch(folder, java, lambda: bool(asked) or folder.stop_request.exists())
    finally:
        process.forget(folder)
        ended = java.poll()
        if ended is None:
            LOG.info("stopping the engine")
            _stop(java)
            if java.returncode == CLOSED_CLEANLY:
                checksum.seal(folder)
        folder.stop_request.unlink(missing_ok=True)
    LOG.info("left; the engine's exit code was %s", java.returncode)
    return 0 if ended is None else 1


def _watch(folder: EngineFolder, java: subprocess.Popen[bytes], asked: Callable[[], bool]) -> None:
    """Return when the engine has ended, a stop is asked for, or no lease is left."""
    used = time.monotonic()
    while java.poll() is None and not asked():
        # Whoever holds the start lock is about to attach: then it is not for us to leave.
        with locks.held(folder.start_lock, 0) as got:
            if not got or locks.sweep(folder.clients):
                used = time.monotonic()
            elif time.monotonic() - used > GRACE_SECONDS:
                LOG.info("nobody uses the engine any more")
                process.forget(folder)  # under the lock: nobody attaches to a leaving engine
                return
        time.sleep(POLL_SECONDS)


def _start(folder: EngineFolder, heap_mib: int, query_seconds: int) -> subprocess.Popen[bytes]:
    """Start the engine's process and note it. OSError where that fails."""
    package = config.installed()
    if package is None:
        raise OSError("the engine's package is gone")
    bolt, http = _free_ports()
    config.write_config(folder, package, bolt, http, heap_mib, query_seconds)
    with (folder.log / "java.out").open("wb") as output:
        java = subprocess.Popen(
            [str(config.java(package)), f"@{config.ARGS}"],
            cwd=folder.root,
            env=config.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            creationflags=DETACHED,
            preexec_fn=_die_with_keeper() if sys.platform == "linux" else None,
        )
    made = psutil.Process(java.pid).create_time()
    process.write(folder, process.Running(os.getpid(), java.pid, made, bolt, heap_mib))
    LOG.info("engine %s started, bolt port %s", java.pid, bolt)
    return java


def _stop(java: subprocess.Popen[bytes]) -> None:
    """Ask the engine to close its files, and kill it when it takes too long."""
    java.terminate()  # on Windows this kills; the engine then recovers at its next start
    try:
        java.wait(process.STOP_SECONDS)
    except subprocess.TimeoutExpired:
        LOG.warning("the engine does not stop: killed")
        java.kill()
        java.wait()


def _stop_leftover(folder: EngineFolder) -> None:
    """Stop an engine whose keeper was killed."""
    noted = process.read(folder)
    left = process.engine_process(noted, folder) if noted else None
    if left is not None:
        LOG.warning("stopping engine %s, whose keeper is gone", left.pid)
        process.stop_process(left)
    process.forget(folder)


def _free_ports() -> tuple[int, int]:
    """Two different free ports."""
    with socket.socket() as one, socket.socket() as two:
        one.bind((config.HOST, 0))
        two.bind((config.HOST, 0))
        return one.getsockname()[1], two.getsockname()[1]


def _die_with_keeper() -> Callable[[], None]:
    """What the child runs before it becomes the engine: Linux then ends it when the keeper dies."""
    libc, parent = ctypes.CDLL(None, use_errno=True), os.getpid()
    set_death_signal = 1

    def arm() -> None:
        libc.prctl(set_death_signal, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # the keeper died before we were armed
            os._exit(1)

    return arm


def _log_to(path: Path) -> None:
    """Log to a file of limited size; no password ever goes there."""
    handler = RotatingFileHandler(path, maxBytes=256_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
