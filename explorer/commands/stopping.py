"""Ctrl-C: before anything is written it says so; while something is, it is heard at the next step, and answered by
what the store then holds.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from graph_model.progress import Progress
from graph_model.text import Text

if TYPE_CHECKING:
    from explorer.commands.context import Context
    from graph_model.store.load_transaction import State
    from graph_model.store.store import Store


NOTHING_WRITTEN = Text("已取消，没有写入任何内容。", "Cancelled; nothing was written.")


class Stopped(KeyboardInterrupt):
    """Ctrl-C, with the message that is still to be printed; None where it was printed."""

    def __init__(self, text: Text | None) -> None:
        super().__init__()
        self.text = text


def interruption(error: BaseException | None) -> KeyboardInterrupt | None:
    """The Ctrl-C that an error came of: a library that is interrupted in its work may raise another one."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return error
        error = error.__cause__ or error.__context__
    return None


def was_interrupted(error: BaseException | None) -> bool:
    """Whether an error came of Ctrl-C.

    >>> was_interrupted(KeyboardInterrupt()), was_interrupted(ValueError()), was_interrupted(None)
    (True, False, False)
    """
    return interruption(error) is not None


@contextmanager
def before_writing() -> Iterator[None]:
    """Ctrl-C in this block is one before anything could be written: imports, an engine that starts."""
    try:
        yield
    except BaseException as error:
        if not was_interrupted(error):
            raise
        raise Stopped(NOTHING_WRITTEN) from error


@contextmanager
def heard_between(steps: Progress) -> Iterator[Progress]:
    """Progress that ends the work with KeyboardInterrupt after a Ctrl-C, between two steps of it or after the last.

    In the middle of a step the line to the store would break, and with it the message. A second Ctrl-C does
    not wait.
    """
    asked = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def hear(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    def on_progress(what: str, done: int, of: int) -> None:
        steps(what, done, of)
        if asked.is_set():
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, hear)
    try:
        yield on_progress
    finally:
        signal.signal(signal.SIGINT, before)
    if asked.is_set():  # in the last step, after which nobody asked
        raise KeyboardInterrupt


def loaded_whole(now: State) -> Text:
    """The message where Ctrl-C came after the load."""
    return Text(
        f"停止未生效：批次 {now.round} 已全部导入。如不需要，请运行 branchmap undo。",
        f"The stop had no effect: round {now.round} is loaded whole. If it is not wanted, run branchmap undo.",
    )


@contextmanager
def told_when_stopped(
    context: Context, store: Store, landed: Callable[[State], Text] = loaded_whole
) -> Iterator[None]:
    """Ctrl-C says whether anything was written: it landed whole (`landed` says what), or nothing of it did."""
    before = store.state()
    try:
        yield
    except BaseException as error:
        if not was_interrupted(error):
            raise
        now = store.state()
        if now.version == before.version:
            context.tell(NOTHING_WRITTEN)
        else:
            context.tell(landed(now))
        raise Stopped(None) from error
