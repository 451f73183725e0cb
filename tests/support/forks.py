"""Processes of their own for tests that kill them or limit them: forked from one that imported the loaders once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["loaders.pipeline", "graph_model.store.store"])


@contextmanager
def forked(main: Callable[..., None], *arguments: Any) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process that runs `main(line, *arguments)`, and our end of its line; killed at the end of the block."""
    ours, theirs = _FORKS.Pipe()
    process = _FORKS.Process(target=main, args=(theirs, *arguments))
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()
