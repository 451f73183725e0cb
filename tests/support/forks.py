"""Processes of their own for tests that kill them or limit them: forked from one that imported the loaders once."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["loaders.pipeline", "graph_model.store.store"])


@contextmanager
def forked(run: Callable[..., None], *arguments: Any) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process that runs `run(line, *arguments)`, and our end of its line; killed at the end of the block."""
    ours, theirs = _FORKS.Pipe()
    process = _FORKS.Process(target=run, args=(theirs, *arguments))
    main_module = sys.modules["__main__"]
    # a page under test leaves its script as the main module, which the child would run again
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = main_module
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()
