"""Names put together by counting: all different, none sounding alike by chance."""

from __future__ import annotations

import numpy as np
import pytest

from loaders.synth.words import GIVEN, SOUNDS_LIKE, SURNAMES, SYLLABLES, numeral, people, stems, twin


def test_stems_differ_and_sound_different() -> None:
    found = stems(10_000, np.random.default_rng(1))
    assert len(set(found)) == 10_000
    assert len(set(SYLLABLES)) == len(SYLLABLES)
    assert (twin("松溪"), twin("溪松")) == ("松曦", None)


def test_numerals() -> None:
    assert [numeral(n) for n in (1, 10, 11, 20, 99, 100)] == ["一", "十", "十一", "二十", "九十九", "100"]


def test_people_have_different_names() -> None:
    assert len(set(people())) == len(people())


def test_a_code_is_a_surname_and_a_given_name() -> None:
    assert len(people()) == SURNAMES * GIVEN
    assert (people()[0][0], people()[GIVEN][0]) == ("陆", "顾")


@pytest.mark.parametrize("count", [1, 2, 5000, 6000])
def test_so_many_stems_as_are_asked_for(count: int) -> None:
    found = stems(count, np.random.default_rng(3))
    assert len(set(found)) == count
    assert len({len(s) for s in found}) == 1


def test_a_twin_is_written_otherwise() -> None:
    assert all(one != other for one, other in SOUNDS_LIKE.items())
    assert set(SOUNDS_LIKE) <= set(SYLLABLES)
    assert not set(SOUNDS_LIKE.values()) & set(SYLLABLES)  # or a twin would be somebody's stem
