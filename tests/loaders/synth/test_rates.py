"""What is empty, misspelled or a gap keeps to its rate."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from loaders.synth.rates import Rates
from loaders.synth.spelling import Spelling
from loaders.synth.world import make_world

ROUND = "2006-10"


def test_every_rate_is_a_share() -> None:
    assert all(0 < getattr(Rates(), f.name) < 1 for f in fields(Rates))


@pytest.mark.slow
def test_what_is_empty_or_misspelled_keeps_to_its_rate() -> None:
    rates = Rates()
    world = make_world(200_000, 1, ROUND, rates)
    empty = {
        "no_status": world.units.status,
        "no_trade": world.units.trade,
        "no_standing": world.members.standing,
        "no_born": world.members.born,
        "no_joined": world.members.joined,
        "no_founded": world.branches.founded,
        "no_contact": world.pairs.contact,
    }
    for name, values in empty.items():
        rate = getattr(rates, name)
        spread = 5 * (rate * (1 - rate) / len(values)) ** 0.5
        assert abs(np.count_nonzero(values == -1) / len(values) - rate) < spread, name
    written = Spelling(world).unit(np.zeros(20_000, np.int32))
    assert abs(np.count_nonzero(written) / 20_000 - rates.spelling) < 0.01


def test_a_rate_of_nothing_leaves_nothing_empty() -> None:
    world = make_world(2000, 1, ROUND, Rates(no_standing=0, no_status=0, no_affiliation=0))
    assert world.members.standing.min() == 0
    assert world.units.status.min() == 0
    assert ((world.members.branch >= 0) | (world.members.outside >= 0)).all()


@pytest.mark.parametrize("name", [f.name for f in fields(Rates)])
def test_a_rate_of_all_or_of_nothing_can_be_made(name: str) -> None:
    for share in (0.0, 1.0):
        assert len(make_world(100, 1, ROUND, Rates(**{name: share})).members.name) == 100
