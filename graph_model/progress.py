"""Progress of long work: its steps, the callbacks that hear of it, and one that does nothing."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from graph_model.text import Text


class ProgressStep(StrEnum):
    """A step of a load, in their order; its value is part of the id of its text."""

    SAME = "same"
    READ = "read"
    ROWS = "rows"
    ASSEMBLE = "assemble"
    KEEP = "keep"
    WRITE = "write"
    CONFIRM = "confirm"
    RULES = "rules"


Progress = Callable[[str, int, int], None]
"""(step, done, total). `step`: a ProgressStep, or the label of the node type that is read."""


Notify = Callable[[Text], None]
"""Hears in words why something takes long: an engine that starts or stops."""


def no_progress(_step: str, _done: int, _total: int) -> None:
    """No-op progress callback."""
