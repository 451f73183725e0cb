"""Overlaps are removed, whatever the start; what is held stays where it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.scene.spacing import BOX_HEIGHT, BOX_WIDTH, remove_overlaps

PLACES = st.lists(st.tuples(st.floats(-300, 300), st.floats(-300, 300)), min_size=1, max_size=25)


def overlapping(spots: np.ndarray, held: np.ndarray) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i in range(len(spots))
        for j in range(i)
        if not (held[i] and held[j])
        and abs(spots[i, 0] - spots[j, 0]) < BOX_WIDTH - 0.5
        and abs(spots[i, 1] - spots[j, 1]) < BOX_HEIGHT - 0.5
    ]


@given(PLACES, st.integers(0, 25), st.sampled_from([0, 3, 120]))
def test_no_two_boxes_overlap_and_held_ones_do_not_move(places, held_until: int, rounds: int) -> None:
    spots = np.array(places)
    held = np.arange(len(spots)) < min(held_until, len(spots) - 1)
    found = remove_overlaps(spots, fixed=held, rounds=rounds)
    assert overlapping(found, held) == []
    assert np.array_equal(found[held], spots[held])


def test_many_on_one_spot_part_and_the_same_each_time() -> None:
    spots = np.zeros((60, 2))
    found = remove_overlaps(spots)
    assert overlapping(found, np.zeros(60, dtype=bool)) == []
    assert np.array_equal(found, remove_overlaps(spots))
    assert not spots.any()  # what was given is as it was


@pytest.mark.parametrize("far", [(200.0, 0.0), (0.0, 200.0)])
def test_what_has_room_stays_within_a_unit_of_its_place(far) -> None:
    spots = np.array([(0.0, 0.0), far])
    assert np.abs(remove_overlaps(spots) - spots).max() <= 0.5
