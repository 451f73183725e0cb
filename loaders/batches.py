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


_CHARACTERS = 2**21


def text_batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts in lists of not much more than two million characters, to be looked at joined without a copy of them all.

    >>> [len(some) for some in text_batches(["a" * 2**21, "b", "c"])]
    [1, 2]
    """
    some: list[str] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text)
        if size >= _CHARACTERS:
            yield some
            some, size = [], 0
    if some:
        yield some
