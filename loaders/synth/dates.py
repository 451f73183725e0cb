"""Dates of an invented survey as numbers: one code per date, as exact as it is known; EMPTY for none."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]
"""Whole numbers: codes, positions or counts; EMPTY where a cell is left empty."""

EMPTY = -1
_FIRST_YEAR, _YEARS = 1900, 200
_PER_YEAR = 13 * 32


def date_codes(months: Ints, days: Ints | int = 0) -> Ints:
    """The codes of dates: `months` is year * 12 + month; day 0 is a date known to the month only."""
    year, month = (months - 1) // 12, (months - 1) % 12 + 1
    return np.asarray((year - _FIRST_YEAR) * _PER_YEAR + month * 32 + days, np.int32)


def year_only(codes: Ints) -> Ints:
    """The same dates, known to the year only."""
    return codes // _PER_YEAR * _PER_YEAR


def months_of(codes: Ints) -> Ints:
    """year * 12 + month of each date; EMPTY where it is missing or known to the year only."""
    month = codes % _PER_YEAR // 32
    months = (codes // _PER_YEAR + _FIRST_YEAR) * 12 + month
    return np.where((codes == EMPTY) | (month == 0), EMPTY, months)


@cache
def date_words() -> tuple[str, ...]:
    """The text of each code: 2001, 2001-12 or 2001-12-05."""
    words: list[str] = []
    for year in range(_FIRST_YEAR, _FIRST_YEAR + _YEARS):
        for month in range(13):
            head = f"{year}-{month:02}" if month else str(year)
            words.append(head)
            words += [f"{head}-{day:02}" for day in range(1, 32)]
    return tuple(words)


def month_number(round_: str) -> int:
    """year * 12 + month of a round.

    >>> month_number("2006-10")
    24082
    """
    return int(round_[:4]) * 12 + int(round_[5:7])
