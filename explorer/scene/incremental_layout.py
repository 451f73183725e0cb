"""Places for new nodes beside what stands already: near their neighbours, on free spots, nothing else moves."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from explorer.scene.spacing import BOX_HEIGHT, BOX_WIDTH, remove_overlaps

Point = tuple[float, float]
_Array = npt.NDArray[np.float64]
_Ties = Mapping[str, Mapping[str, float]]

_CROWD = 6  # more new nodes than these at one place are not fanned out, but fill the free spots around it
_OUTWARD = 0.45  # how much a spot towards the picture's middle counts as farther away


def extend_layout(ties: _Ties, kept: Mapping[str, Point], step: float) -> dict[str, Point]:
    """The kept places, and one for each node that ties lead to from there, wave by wave.

    `ties` are the neighbours of every node, `step` the length of a tie. What touches nothing kept, not even
    through others, has no place in the answer.

    >>> sorted(extend_layout({"a": {"b": 1.0}, "b": {"a": 1.0}, "c": {}}, {"a": (0.0, 0.0)}, 100.0))
    ['a', 'b']
    """
    placed = dict(kept)
    waiting = [key for key in ties if key not in placed]
    while True:
        wave = [key for key in waiting if any(other in placed for other in ties[key])]
        if not wave:
            break
        placed.update(_wave(wave, ties, placed, step))
        waiting = [key for key in waiting if key not in placed]
    names = sorted(placed)
    fixed = np.array([name in kept for name in names])
    spots = remove_overlaps(np.array([placed[name] for name in names], dtype=float), fixed=fixed)
    found = {
        name: (round(float(x), 2), round(float(y), 2)) for name, (x, y) in zip(names, spots, strict=True)
    }
    return {**found, **kept}


def _wave(wave: Sequence[str], ties: _Ties, placed: Mapping[str, Point], step: float) -> dict[str, Point]:
    """Spots for new nodes, those with the same neighbours together."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in wave:
        groups[tuple(sorted(other for other in ties[key] if other in placed))].append(key)
    middle = np.mean(list(placed.values()), axis=0)
    found: dict[str, Point] = {}
    turn = 0
    for near, keys in groups.items():
        centre = np.mean([placed[other] for other in near], axis=0)
        if len(keys) <= _CROWD:
            for key in keys:
                found[key] = _beside(centre, turn, middle, step)
                turn += 1
            continue
        taken = np.array([*placed.values(), *found.values()], dtype=float)
        spots = _free_spots(centre, len(keys), taken, middle)
        found.update((key, (float(x), float(y))) for key, (x, y) in zip(keys, spots, strict=True))
    return found


def _beside(near: _Array, turn: int, middle: _Array, step: float) -> Point:
    """A spot one step from the placed neighbours, away from the picture's middle, each at its own angle."""
    away = near - middle
    start = math.atan2(away[1], away[0]) if np.abs(away).max() > 1e-6 else 0.0
    # Alternate to both sides of the outward direction, so that new neighbours fan out.
    angle = start + (-1) ** turn * ((turn + 1) // 2) * 0.5
    return (float(near[0] + step * math.cos(angle)), float(near[1] + step * math.sin(angle)))


def _free_spots(centre: _Array, count: int, taken: _Array, middle: _Array) -> _Array:
    """So many spots around a centre, the nearest first, none on what is taken nor on one another."""
    away = centre - middle
    length = float(np.hypot(*away))
    away = away / length if length > 1e-6 else np.zeros(2)
    reach = math.ceil(math.sqrt(count)) + 2
    while True:
        spots = _lattice(reach) + centre
        spots = spots[_clear(spots, taken)]
        if len(spots) >= count:
            break
        reach = math.ceil(reach * 1.5)
    delta = spots - centre
    far = np.hypot(delta[:, 0], delta[:, 1])
    outward = np.divide(delta @ away, far, out=np.zeros_like(far), where=far > 0)
    order = np.argsort(far * (1.0 + _OUTWARD * (1.0 - outward)), kind="stable")
    nearest: _Array = spots[order[:count]]
    return nearest


def _lattice(reach: int) -> _Array:
    """Rows of spots around the origin, every other row shifted by half a box; the origin itself is left out."""
    across, down = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1))
    x = (across + 0.5 * (down % 2)) * BOX_WIDTH
    spots = np.column_stack((x.ravel(), (down * BOX_HEIGHT).ravel()))
    lattice: _Array = spots[np.abs(spots).max(axis=1) > 0]
    return lattice


def _clear(spots: _Array, taken: _Array) -> npt.NDArray[np.bool_]:
    """Which spots have room for a box."""
    room = np.array((BOX_WIDTH, BOX_HEIGHT))
    low, high = spots.min(axis=0) - room, spots.max(axis=0) + room
    there = taken[((taken > low) & (taken < high)).all(axis=1)]
    if not len(there):
        return np.ones(len(spots), dtype=bool)
    delta = np.abs(spots[:, None, :] - there[None, :, :])
    clear: npt.NDArray[np.bool_] = ~(delta < room - 0.5).all(axis=2).any(axis=1)
    return clear
