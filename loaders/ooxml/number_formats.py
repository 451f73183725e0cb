"""What the number formats of workbooks show of a date: the day, the month or the year alone."""

from __future__ import annotations

import re

BUILT_IN_MONTHS = frozenset([17, 27, 36, 50, 52, 57])
"""Formats that no file spells out: mmm-yy, and the Chinese ones for a year and month."""
BUILT_IN_DAYS = frozenset([28, 29, 30, 31, 51, 53, 54, 58])
"""The Chinese ones for a whole date; the library that reads values knows none of them."""
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def precision(code: str) -> str | None:
    """What a number format shows of a date: "month", "year", or None for a whole date or no date.

    >>> precision('yyyy"年"m"月";@'), precision("yyyy"), precision("yyyy-mm-dd"), precision("0.00")
    ('month', 'year', None, None)
    >>> precision('e"年"m"月"'), precision("General")  # e is the year too, in Chinese formats
    ('month', None)
    """
    shown = set(_NOT_CODE.sub("", code.partition(";")[0]).lower()) & set("yemdhs")
    if shown in ({"y", "m"}, {"e", "m"}):
        return "month"
    return "year" if shown == {"y"} else None
