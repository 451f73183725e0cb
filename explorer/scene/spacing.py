"""Push nodes apart until each has room for itself and the label below it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

BOX_WIDTH = 100.0
BOX_HEIGHT = 78.0

_Array = npt.NDArray[np.float64]
_Indices = npt.NDArray[np.int64]


def remove_overlaps(
    spots: _Array, *, fixed: npt.NDArray[np.bool_] | None = None, rounds: int = 120
) -> _Array:
    """The spots with no two boxes overlapping; `fixed` ones do not move (nor part from each other).

    >>> first, second = remove_overlaps(np.zeros((2, 2)))
    >>> bool(np.any(np.abs(second - first) >= (BOX_WIDTH - 1, BOX_HEIGHT - 1)))
    True
    """
    n = len(spots)
    held = np.zeros(n, dtype=bool) if fixed is None else fixed
    # Equal spots have no direction to part in: an index-made shift, the same each time, gives one.
    turn = np.arange(n) * 2.399963
    result: _Array = spots + np.where(held, 0.0, 0.5)[:, None] * np.column_stack(
        (np.cos(turn), np.sin(turn))
    )
    for turn_number in range(rounds):
        a, b = _overlapping(result, held)
        if len(a) == 0:
            return result
        if turn_number % 15 == 14 and len(a) > n / 8 and not held.any():
            result = result * 1.25  # too crowded for pushing: make the whole picture larger
        result = result + _push(result, a, b, held)
    return _settle(result, held)


def _overlapping(spots: _Array, held: npt.NDArray[np.bool_]) -> tuple[_Indices, _Indices]:
    a, b = _near_pairs(spots)
    delta = np.abs(spots[a] - spots[b])
    hit = (delta[:, 0] < BOX_WIDTH - 0.5) & (delta[:, 1] < BOX_HEIGHT - 0.5) & ~(held[a] & held[b])
    return a[hit], b[hit]


def _push(spots: _Array, a: _Indices, b: _Indices, held: npt.NDArray[np.bool_]) -> _Array:
    """How far each node moves this round: half the lack, along the axis where less is lacking."""
    delta = spots[b] - spots[a]
    lack = np.array((BOX_WIDTH, BOX_HEIGHT)) - np.abs(delta)
    level = lack[:, 0] < lack[:, 1]
    move = np.where(np.column_stack((level, ~level)), lack, 0.0) * np.where(delta < 0, -1.0, 1.0)
    share_a = np.where(held[a], 0.0, np.where(held[b], 1.0, 0.5))[:, None]
    share_b = np.where(held[b], 0.0, np.where(held[a], 1.0, 0.5))[:, None]
    total = np.zeros_like(spots)
    np.add.at(total, a, -move * share_a)
    np.add.at(total, b, move * share_b)
    pushes = np.bincount(np.concatenate((a, b)), minlength=len(spots))
    moved: _Array = total / np.sqrt(np.maximum(pushes, 1))[:, None]
    return moved


def _near_pairs(spots: _Array) -> tuple[_Indices, _Indices]:
    """Pairs in the same or in neighbouring cells of a grid: all that could overlap, and few more."""
    cells = np.floor(spots / (BOX_WIDTH, BOX_HEIGHT)).astype(np.int64)
    cells -= cells.min(axis=0)
    span = int(cells[:, 1].max()) + 3
    code = cells[:, 0] * span + cells[:, 1]
    order = np.argsort(code, kind="stable")
    ordered = code[order]
    firsts, seconds = [], []
    for step in (0, 1, span - 1, span, span + 1):
        start = np.searchsorted(ordered, ordered + step, side="left")
        stop = np.searchsorted(ordered, ordered + step, side="right")
        if step == 0:
            start = np.arange(1, len(order) + 1)
        count = np.maximum(stop - start, 0)
        first = np.repeat(np.arange(len(order)), count)
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        firsts.append(order[first])
        seconds.append(order[np.repeat(start, count) + offset])
    return np.concatenate(firsts), np.concatenate(seconds)


def _settle(spots: _Array, held: npt.NDArray[np.bool_]) -> _Array:
    """What still overlaps goes, one by one, to the nearest free spot: pushing alone may swing for ever."""
    result = spots.copy()
    a, b = _overlapping(result, held)
    movers = sorted({int(j if not held[j] else i) for i, j in zip(a, b, strict=True)})
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for i in sorted(set(range(len(result))) - set(movers)):
        _take(taken, float(result[i, 0]), float(result[i, 1]))
    for mover in movers:
        result[mover] = _free_spot(float(result[mover, 0]), float(result[mover, 1]), taken)
        _take(taken, float(result[mover, 0]), float(result[mover, 1]))
    return result


def _take(taken: dict[tuple[int, int], list[tuple[float, float]]], x: float, y: float) -> None:
    taken.setdefault((math.floor(x / BOX_WIDTH), math.floor(y / BOX_HEIGHT)), []).append((x, y))


def _free_spot(
    x: float, y: float, taken: dict[tuple[int, int], list[tuple[float, float]]]
) -> tuple[float, float]:
    ring = 0
    while True:
        steps = max(1, 8 * ring)
        for k in range(steps):
            angle = 2 * math.pi * k / steps
            there = (
                x + math.cos(angle) * BOX_WIDTH * ring / 2,
                y + math.sin(angle) * BOX_HEIGHT * ring / 2,
            )
            if not _crowded(*there, taken):
                return there
        ring += 1


def _crowded(x: float, y: float, taken: dict[tuple[int, int], list[tuple[float, float]]]) -> bool:
    column, row = math.floor(x / BOX_WIDTH), math.floor(y / BOX_HEIGHT)
    return any(
        abs(x - a) < BOX_WIDTH - 0.5 and abs(y - b) < BOX_HEIGHT - 0.5
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        for a, b in taken.get((column + i, row + j), ())
    )
