"""Areas and units: neighbours on a grid, and who manages what."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.synth.dates import EMPTY
from loaders.synth.field import (
    CLOSED,
    OPERATING,
    SHELL,
    SampleRelationships,
    blank,
    make_areas,
    make_units,
    ranks,
    share_out,
)
from loaders.synth.rates import Rates

SEEDS = range(3)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_neighbours_touch_on_the_grid() -> None:
    areas = make_areas(rng(), 20_000, Rates())
    width = int(areas.residential**0.5)
    away = (areas.adjacent.target - areas.adjacent.source)[areas.adjacent.source < areas.residential]
    assert set(away.tolist()) == {1, width}


def test_ties_are_each_there_once_and_sorted() -> None:
    ties = SampleRelationships.of(np.array([2, 1, 2, 1]), np.array([0, 5, 0, 3]))
    assert (ties.source.tolist(), ties.target.tolist()) == ([1, 1, 2], [3, 5, 0])


@given(st.lists(st.integers(0, 5), max_size=8))
def test_ranks_count_within_each_group(counts: list[int]) -> None:
    assert ranks(np.array(counts, np.int64)).tolist() == [n for count in counts for n in range(count)]


@given(st.integers(0, 50), st.lists(st.floats(0.1, 9), min_size=1, max_size=8))
def test_all_of_it_is_shared_out(total: int, weights: list[float]) -> None:
    found = share_out(rng(), total, np.array(weights))
    assert (found.sum(), len(found), found.min() >= 0) == (total, len(weights), True)


def test_nobody_gets_nothing() -> None:
    assert share_out(rng(), 5, np.array([])).tolist() == []
    assert share_out(rng(), 5, np.array([1.0, 0.0])).tolist() == [5, 0]


def test_a_share_is_left_empty() -> None:
    values = np.arange(1000)
    assert blank(rng(), values, 0).tolist() == values.tolist()
    assert set(blank(rng(), values, 1).tolist()) == {EMPTY}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_area_lies_somewhere_and_touches_only_areas(seed: int) -> None:
    areas = make_areas(rng(seed), 2000, Rates())
    count = len(areas.names)
    assert set(areas.part_of.tolist()) == set(range(len(areas.subdistricts)))
    assert (areas.near < areas.residential).all()
    assert areas.near[: areas.residential].tolist() == list(range(areas.residential))
    assert (areas.adjacent.source != areas.adjacent.target).all()
    assert areas.adjacent.target.max() < count
    assert areas.led[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_companies_manage_areas_and_other_units_do_not(seed: int) -> None:
    areas = make_areas(rng(seed), 2000, Rates())
    units = make_units(rng(seed), 2000, areas, Rates())
    assert units.companies == 20
    assert (units.manages.source < units.companies).all()
    assert (units.manages.target < len(areas.names)).all()
    assert (units.manages.target >= areas.residential).any()
    assert set(units.status.tolist()) <= {OPERATING, SHELL, CLOSED, EMPTY}
    assert units.runs.tolist() == [s in (OPERATING, EMPTY) for s in units.status.tolist()]
    assert all(
        short == name.removesuffix("有限公司") for name, short in zip(units.names, units.short, strict=True)
    )
    assert len(set(units.names)) == len(units.names)


def test_without_companies_in_the_areas_there_are_still_companies() -> None:
    areas = make_areas(rng(), 100, Rates())
    units = make_units(rng(), 100, areas, Rates(area_without_company=1))
    assert units.companies == 8
