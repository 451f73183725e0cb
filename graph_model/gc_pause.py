"""Pause Python's cyclic garbage collector while millions of small values are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Values of a graph have no cycle among them: searching them for cycles doubles the time.

    Reference counting goes on, so that nothing is kept longer. May be nested.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
