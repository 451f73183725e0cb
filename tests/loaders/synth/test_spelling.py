"""How rows refer to things: by name, written otherwise at the stated rate, or by number where a name will not do."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.clean.parse import canonical_name
from loaders.synth.dates import EMPTY
from loaders.synth.rates import Rates
from loaders.synth.spelling import Spelling
from loaders.synth.words import people
from loaders.synth.world import World, make_world


def world(spelling: float) -> World:
    return make_world(300, 1, "2006-10", Rates(spelling=spelling))


@pytest.mark.parametrize("rate", [0, 1])
def test_however_a_name_is_written_the_same_thing_is_meant(rate: float) -> None:
    made = world(rate)
    spell = Spelling(made)
    at = np.arange(len(made.units.names))
    written = [spell.units[code] for code in spell.unit(at).tolist()]
    assert [canonical_name(w) for w in written] == [canonical_name(n) for n in made.units.names]
    assert all(
        (w != n) == bool(rate) or not n.endswith("有限公司")
        for w, n in zip(written, made.units.names, strict=True)
    )
    at = np.arange(len(made.branches.names))
    written = [spell.branches[code] for code in spell.branch(at).tolist()]
    assert [canonical_name(w) for w in written] == [canonical_name(n) for n in made.branches.names]
    assert (written == made.branches.names) is (rate == 0)


def test_nothing_is_referred_to_as_nothing() -> None:
    spell = Spelling(world(1))
    none = np.array([EMPTY])
    assert [spell.unit(none)[0], spell.branch(none)[0], spell.person(none)[0]] == [EMPTY] * 3


def test_who_carries_a_number_is_meant_by_it() -> None:
    made = make_world(2000, 3, "2006-10", Rates(look_alike_member=0.2))
    spell = Spelling(made)
    numbers = spell.numbers()
    everybody = np.arange(len(numbers))
    codes = spell.person(everybody)
    has = numbers != EMPTY
    assert has.any()
    assert (codes[has] == numbers[has]).all()
    assert (codes[~has] == made.members.name[~has]).all()
    assert [spell.people[c] for c in codes[has].tolist()] == [
        f"D{m + 1:07}" for m in everybody[has].tolist()
    ]
    assert spell.people[: len(people())] == list(people())


def test_branches_elsewhere_are_all_different() -> None:
    made = world(0)
    outside = Spelling(made).outside
    assert len(set(outside)) == len(outside) == made.members.outside_count
    assert not set(outside) & set(made.branches.names)
