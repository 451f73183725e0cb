"""Things some at a time, as itertools.batched gives them from Python 3.12 on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` things, the last one shorter; none of nothing.

    >>> list(batches("abc", 2))
    [['a', 'b'], ['c']]
    """
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
