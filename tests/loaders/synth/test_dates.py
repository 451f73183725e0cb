"""Dates as codes: as exact as they are known, and in order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from loaders.synth.dates import EMPTY, date_codes, date_words, month_number, months_of, year_only

NOW = 2006 * 12 + 10


def test_dates_are_as_exact_as_they_are_known() -> None:
    codes = np.append(date_codes(np.array([NOW, NOW, 2007 * 12]), np.array([0, 5, 31])), -1)
    assert [date_words()[c] for c in codes[:3]] == ["2006-10", "2006-10-05", "2006-12-31"]
    assert months_of(codes).tolist() == [NOW, NOW, 2006 * 12 + 12, -1]
    assert date_words()[int(year_only(codes)[0])] == "2006"
    assert months_of(year_only(codes[:1])).tolist() == [-1]


def test_a_round_as_months() -> None:
    assert (month_number("2006-10"), month_number("2006-12"), month_number("2007-01")) == (
        NOW,
        NOW + 2,
        NOW + 3,
    )


@given(st.integers(1900 * 12 + 1, 2099 * 12 + 12), st.integers(0, 31))
def test_every_code_is_the_date_that_it_was_made_of(month: int, day: int) -> None:
    codes = date_codes(np.array([month]), day)
    year, number = divmod(month - 1, 12)
    text = f"{year}-{number + 1:02}" + (f"-{day:02}" if day else "")
    assert date_words()[codes[0]] == text
    assert months_of(codes).tolist() == [month]
    assert date_words()[year_only(codes)[0]] == str(year)
    assert codes[0] < date_codes(np.array([month + 1]))[0]


def test_none_is_none() -> None:
    assert months_of(np.array([EMPTY])).tolist() == [EMPTY]
