"""Give up waiting for a store at a deadline of our own: some go on with a query whatever time it was given."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from graph_model.errors import QueryRefused

T = TypeVar("T")
MOST_ABANDONED = 4
"""How many queries that were given up may still run; the store ends each by its own, longer limit."""

_abandoned: set[threading.Thread] = set()
_counting = threading.Lock()


def too_slow() -> QueryRefused:
    """The one refusal of what takes too long, whoever noticed it."""
    return QueryRefused(
        "查询超过时间限制，已停止。请缩小范围后再试。",
        "The query ran over its time limit and was stopped. Narrow it down and try again.",
    )


def within(seconds: float, work: Callable[[], T], abandoned: set[threading.Thread] = _abandoned) -> T:
    """What `work` returns or raises; QueryRefused after `seconds`, or while too many others still run.

    The work has a thread of its own, which ends when the store answers or breaks the line. `abandoned`: those of
    the works that were given up, by default of this process.
    """
    with _counting:
        abandoned.intersection_update([t for t in abandoned if t.is_alive()])
        if len(abandoned) >= MOST_ABANDONED:
            raise QueryRefused(
                "前面超时的查询还在停止中，请过一分钟再试。",
                "Earlier queries that ran over their time are still being stopped. Try again in a minute.",
            )
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised where the answer is waited for
            answer.set_exception(error)

    thread = threading.Thread(target=run, name="query", daemon=True)
    thread.start()
    try:
        return answer.result(seconds)
    except TimeoutError:
        if answer.done():  # it is the work's own
            raise
        with _counting:
            abandoned.add(thread)
        raise too_slow() from None
