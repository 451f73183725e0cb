"""An invented survey as a whole: its shape, and the seed that it is drawn from."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from loaders.synth.world import make_world

ROUND = "2006-10"


def flat(value: Any) -> list[Any]:
    """All that a world holds, as plain lists."""
    if is_dataclass(value):
        return [flat(getattr(value, f.name)) for f in fields(value)]
    return value.tolist() if isinstance(value, np.ndarray) else value  # type: ignore[no-any-return]


def test_the_same_seed_is_the_same_world() -> None:
    assert flat(make_world(300, 1, ROUND)) == flat(make_world(300, 1, ROUND))
    assert flat(make_world(300, 1, ROUND)) != flat(make_world(300, 2, ROUND))


@pytest.mark.parametrize("members", [100, 101, 2000])
def test_there_are_as_many_members_as_are_asked_for(members: int) -> None:
    world = make_world(members, 1, ROUND)
    assert len(world.members.name) == members
    assert (world.now, world.round, world.seed) == (24082, ROUND, 1)


@pytest.mark.slow
def test_companies_are_few_large_and_many_small() -> None:
    world = make_world(100_000, 1, ROUND)
    staff = np.sort(np.bincount(world.members.unit[world.members.unit >= 0]))[::-1]
    assert staff[: len(staff) // 10].sum() > staff.sum() / 2
    assert (len(world.branches.names), world.units.companies, len(world.areas.names)) == (5000, 1000, 300)


@pytest.mark.slow
def test_names_are_told_apart() -> None:
    world = make_world(200_000, 2, ROUND)
    for names in (world.areas.names, world.units.short, world.branches.names, world.areas.subdistricts):
        assert len(set(names)) == len(names)
