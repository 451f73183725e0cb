"""A deadline of our own: what came in time, what did not, and how much may be left running."""

from __future__ import annotations

import threading

import pytest

from graph_model.errors import QueryRefused
from graph_model.store.deadline import MOST_ABANDONED, within
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node

SLOW = (
    "MATCH (a:Unit), (b:Unit), (c:Unit), (d:Unit), (e:Unit) "
    "WHERE a.key < b.key AND b.key < c.key AND c.key < d.key AND d.key < e.key RETURN count(*) AS n"
)


def test_what_comes_in_time_is_given_and_what_is_raised_is_raised() -> None:
    assert within(30, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        within(30, lambda: 1 // 0)
    with pytest.raises(TimeoutError):
        within(30, _late)


def _late() -> None:
    raise TimeoutError


def test_what_is_late_is_refused_and_too_many_at_once_too() -> None:
    go_on = threading.Event()
    abandoned: set[threading.Thread] = set()
    for _ in range(MOST_ABANDONED):
        with pytest.raises(QueryRefused, match="time limit"):
            within(0.01, go_on.wait, abandoned)
    with pytest.raises(QueryRefused, match="still being stopped"):
        within(30, lambda: 7, abandoned)
    go_on.set()
    for thread in abandoned:
        thread.join()
    assert within(30, lambda: 7, abandoned) == 7


def test_a_slow_query_is_given_up_and_the_store_goes_on_answering(store: Store) -> None:
    fill(store, graph(*(node(f"u_{number:04}") for number in range(150))))
    with pytest.raises(QueryRefused, match="time limit"):
        store.ask(SLOW, seconds=0.5)
    assert store.ask("MATCH (u:Unit) RETURN count(u) AS n").rows == ({"n": 150},)


def test_an_answer_that_is_too_large_is_refused(store: Store) -> None:
    long = "甲" * 5_000
    fill(store, graph(*(node(f"u_{number:04}", address=long) for number in range(100))))
    with pytest.raises(QueryRefused, match="too large"):
        store.ask("MATCH (a:Unit), (b:Unit) RETURN a.address AS one, b.address AS other")
    assert len(store.ask("MATCH (a:Unit) RETURN a.address AS one", limit=10).rows) == 10
