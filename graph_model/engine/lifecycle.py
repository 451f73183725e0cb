"""The bundled engine: start it or attach to it, ask how it is, stop it.

    with start_or_attach(data) as engine:
        ...  # engine.bolt_url, engine.database, engine.writer, engine.reader

One engine serves all processes that use one data folder. The first one starts it by way of a small keeper
process (keeper); each holds a lease (graph_model.locks); about two seconds after the last lease ends, by
`release()` or by its process dying in whatever way, the keeper stops the engine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
from filelock import FileLock

from graph_model import locks
from graph_model.engine import config, memory, messages
from graph_model.engine import process as engine_state
from graph_model.engine.config import DATABASE, HEAP, HOST, READER, WRITER, EngineFolder
from graph_model.engine.keeper import DETACHED, LAUNCH_SECONDS
from graph_model.errors import InputError, StoreError, StoreUnavailable
from graph_model.private_file import write_private
from graph_model.progress import Notify
from graph_model.store.driver import Account, Address, BoltDriver
from graph_model.text import Text

START_SECONDS = 90.0
"""How long the engine may take to open its data: after a power cut it first repairs them."""
ATTEMPTS = 3
"""Starts in a row, for when another program takes the chosen port in between."""
SMALLEST_HEAP_MIB = 128


@dataclass(frozen=True, slots=True)
class Engine:
    """A lease on the running engine, and what a driver needs. `release()` ends only the lease."""

    bolt_url: str
    database: str
    writer: Account
    reader: Account
    heap_mib: int | None
    explain: Callable[[StoreError], StoreError] = field(repr=False, compare=False)
    _lease: FileLock = field(repr=False, compare=False)

    @property
    def address(self) -> Address:
        """Where the engine answers, as the store wants it."""
        return Address(self.bolt_url, self.writer, self.reader, self.database, self.heap_mib, self.explain)

    def release(self) -> None:
        """Say that this process needs the engine no more; a second time does nothing."""
        locks.give_back(self._lease)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """How the engine of a data folder is; everything but `running` is empty while it does not run."""

    running: bool
    bolt_port: int | None = None
    pid: int | None = None
    clients: int = 0
    memory_mib: int | None = None


def start_or_attach(
    data: Path,
    *,
    heap_mib: int | None = None,
    query_seconds: int = config.QUERY_SECONDS,
    on_progress: Notify | None = None,
) -> Engine:
    """The engine of a data folder, started when it does not run yet, with a lease for this process.

    `heap_mib` (else BRANCHMAP_ENGINE_HEAP, else what `memory` gives) and `query_seconds` (how long any query may
    run) count for whoever starts the engine, not for who attaches. EngineError says why it cannot be had;
    InputError for a heap that is no number or too small.
    """
    heap = heap_mib if heap_mib is not None else _heap_setting(os.environ.get(HEAP))
    if heap < SMALLEST_HEAP_MIB:
        raise _wrong_heap(str(heap))
    if config.installed() is None:
        raise messages.not_on_this_machine()
    folder = EngineFolder.of(data)
    notify = on_progress or (lambda _text: None)
    try:
        folder.make()
        _check_version(folder)
        with locks.held(folder.start_lock, START_SECONDS) as got:
            if not got:
                raise messages.busy(folder, START_SECONDS)
            return _start_or_attach(folder, heap, query_seconds, notify)
    except (OSError, ValueError, KeyError) as fault:
        raise messages.folder_unusable(folder, fault) from fault


def status(data: Path) -> EngineStatus:
    """How the engine of a data folder is, without starting it."""
    folder = EngineFolder.of(data)
    running = engine_state.read(folder)
    process = engine_state.engine_process(running, folder) if running else None
    if running is None or process is None:
        return EngineStatus(running=False)
    try:
        memory = process.memory_info().rss // 2**20
    except psutil.Error:
        return EngineStatus(running=False)
    return EngineStatus(True, running.bolt_port, process.pid, len(locks.alive(folder.clients)), memory)


def running_url(data: Path) -> str | None:
    """Where the engine of a data folder answers; None while it does not run."""
    folder = EngineFolder.of(data)
    running = engine_state.read(folder)
    return _url(running) if running and engine_state.engine_process(running, folder) else None


def stop(data: Path) -> bool:
    """Stop the engine of a data folder, used or not; its clients then lose their connection.

    Returns whether one ran. EngineError when it does not stop.
    """
    folder = EngineFolder.of(data)
    if not folder.root.is_dir():
        return False
    if locks.is_free(folder.keeper_lock):
        noted = engine_state.read(folder)
        left = engine_state.engine_process(noted, folder) if noted else None
        if left is None:
            return False
        engine_state.stop_process(left)
        engine_state.forget(folder)
        return True
    seconds = engine_state.STOP_SECONDS + 15
    try:
        folder.stop_request.touch(mode=0o600)
    except OSError as fault:
        raise messages.folder_unusable(folder, fault) from fault
    if not _until(lambda: locks.is_free(folder.keeper_lock), seconds):
        raise messages.did_not_stop(folder, seconds)
    return True


def _start_or_attach(folder: EngineFolder, heap: int, query_seconds: int, notify: Notify) -> Engine:
    """Under the start lock: attach to what runs, else start."""
    try:
        passwords = config.passwords(folder)
    except ValueError as fault:
        raise messages.accounts_unusable(folder) from fault
    writer, reader = Account(WRITER, passwords[WRITER]), Account(READER, passwords[READER])
    lease = locks.take(folder.clients)
    try:
        running = _attachable(folder, notify)
        for attempt in range(ATTEMPTS):
            launched = running is None
            if running is None:
                notify(Text("正在启动内置引擎……", "Starting the bundled engine ..."))
                running = _launch(folder, heap, query_seconds)
            if _ready(folder, running, reader):
                write_private(folder.version, config.installed_version().encode())
                url = _url(running)
                explain = partial(_explained, folder, running)
                return Engine(url, DATABASE, writer, reader, running.heap_mib, explain, lease)
            # an engine that we attached to may die at any time, and that is no reason not to start another
            if attempt + 1 == ATTEMPTS or (launched and not _lost_its_port(folder)):
                raise messages.did_not_start(folder)
            running = _attachable(folder, notify)
        raise messages.did_not_start(folder)
    except BaseException:
        locks.give_back(lease)
        raise


def _attachable(folder: EngineFolder, notify: Notify) -> engine_state.Running | None:
    """The running engine, or None once it is certain that no keeper lives."""
    if locks.is_free(folder.keeper_lock):
        return None
    if _living(folder) is None:
        notify(Text("引擎正在停止，请稍候……", "The engine is just stopping; please wait ..."))
    seconds = engine_state.STOP_SECONDS + 15
    gone = _until(lambda: locks.is_free(folder.keeper_lock) or _living(folder) is not None, seconds)
    if not gone:
        raise messages.busy(folder, seconds)
    return None if locks.is_free(folder.keeper_lock) else _living(folder)


def _living(folder: EngineFolder) -> engine_state.Running | None:
    """What the keeper noted of its engine, while that engine lives: a killed one's note stays for a moment."""
    running = engine_state.read(folder)
    return running if running and engine_state.engine_process(running, folder) else None


def _launch(folder: EngineFolder, heap: int, query_seconds: int) -> engine_state.Running:
    """Start a keeper; returns once the engine's process runs."""
    ours = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(p for p in (ours, os.environ.get("PYTHONPATH")) if p)
    task = (str(folder.root), str(heap), str(query_seconds))
    launched = subprocess.run(
        [sys.executable, "-P", "-m", "graph_model.engine.keeper", "launch", *task],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=LAUNCH_SECONDS + 30,
        check=False,
        start_new_session=True,
        creationflags=DETACHED,
    )
    running = engine_state.read(folder)
    if launched.returncode != 0 or running is None:
        raise messages.did_not_start(folder)
    return running


def _ready(folder: EngineFolder, running: engine_state.Running, reader: Account) -> bool:
    """Wait until the database answers; False when the engine ended, EngineError when it takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        process = engine_state.engine_process(running, folder)
        if process is None:
            return False
        if engine_state.listens(process, running.bolt_port) and _answers(running.bolt_port, reader):
            return True
        time.sleep(0.1)
    raise messages.did_not_start(folder, START_SECONDS)


def _url(running: engine_state.Running) -> str:
    return f"bolt://{HOST}:{running.bolt_port}"


def _answers(port: int, reader: Account) -> bool:
    """Whether the database answers: Bolt does so some time before the database is there."""
    address = Address(f"bolt://{HOST}:{port}", reader, database=DATABASE)
    try:
        with BoltDriver(address, read_seconds=5, wait_seconds=5) as line:
            line.read("RETURN 1 AS one")
    except StoreError:
        return False
    return True


def _explained(folder: EngineFolder, running: engine_state.Running, found: StoreError) -> StoreError:
    """An engine's error with its cause, where that is the machine's: a full disk, no memory, an engine that ended."""
    if type(found) not in (StoreError, StoreUnavailable):
        return found
    noted = engine_state.read(folder)
    # once another one was started, the log is that one's
    log = "" if noted is not None and noted.java != running.java else messages.end_of_logs(folder)
    if messages.disk_is_full(folder, log):
        return messages.disk_full(folder)
    if not isinstance(found, StoreUnavailable):
        return found
    if engine_state.engine_process(running, folder) is not None:
        return messages.does_not_answer()
    return messages.ended(running.heap_mib, log)


def _lost_its_port(folder: EngineFolder) -> bool:
    """Whether the engine ended because another program took its port meanwhile."""
    return any("ddress already in use" in line for line in messages.last_lines(folder.log, 30))


def _check_version(folder: EngineFolder) -> None:
    """EngineError when a newer engine wrote the data: an older one could damage them."""
    if not folder.version.exists():
        return
    kept, ours = folder.version.read_text("utf-8").strip(), config.installed_version()
    if messages.version_of(kept) > messages.version_of(ours):
        raise messages.newer_data(folder, kept, ours)


def _heap_setting(setting: str | None) -> int:
    """The heap that the environment asks for, in MiB."""
    if not setting:
        return memory.heap_of_machine()
    if not setting.isdecimal():
        raise _wrong_heap(setting)
    return int(setting)


def _wrong_heap(given: str) -> InputError:
    """What to say about a heap that makes no sense."""
    return InputError(
        f"引擎内存 BRANCHMAP_ENGINE_HEAP 不能是 {given!r}："
        f"请填不小于 {SMALLEST_HEAP_MIB} 的整数（MiB），例如 512",
        f"The engine's memory BRANCHMAP_ENGINE_HEAP cannot be {given!r}: "
        f"give a whole number of MiB, {SMALLEST_HEAP_MIB} or more, such as 512",
    )


def _until(true: Callable[[], bool], seconds: float) -> bool:
    """Wait until a condition holds; False when it did not within `seconds`."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
