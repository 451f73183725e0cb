"""Read a date as exact as it was written; what may mean several is asked, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from graph_model.text import Text
from loaders.clean.parse import DoubtfulMonth, ParseFault, UnlikelyValue, normalize_whitespace

EARLIEST_YEAR = 1900
_SEPARATED = re.compile(
    r"(\d{4})\s?[./年-]\s?(\d{1,2})(?:\s?(?:月份|[./月-])\s?(\d{1,2})?\s?[日号]?)?", re.ASCII
)
_RUN = re.compile(r"(\d{4})(?:年|(\d{2})(\d{2})?)?", re.ASCII)
_WITH_TIME = re.compile(
    r"(\d{4}\s?[./年-]\s?\d{1,2}\s?[./月-]\s?\d{1,2}\s?[日号]?)[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?",
    re.ASCII,
)
_SERIAL = re.compile(r"(\d{5})(?:\.0*)?", re.ASCII)
_DOUBTFUL = re.compile(r"(\d{4})\.1", re.ASCII)
_SERIAL_START = dt.date(1899, 12, 30)
_LATEST_YEAR = 2099
_PLAIN = re.compile(r"(?:19|20)\d\d([-./])(?:0[1-9]|1[0-2])(?:\1(?:0[1-9]|1\d|2[0-8]))?", re.ASCII)
"""Dates that surely exist, written in full."""
_AS_STORED = str.maketrans("./", "--")
_NO_DATE = ParseFault(
    Text(
        "填写存在的日期，如 2001、2001.12 或 2001.12.05",
        "a date that exists, such as 2001, 2001.12 or 2001.12.05",
    )
)
_TOO_EARLY = ParseFault(Text(f"填写 {EARLIEST_YEAR} 年以后的日期", f"a date from {EARLIEST_YEAR} on"))
_FOUR_DIGITS = ParseFault(
    Text(
        "年份写四位数，如 1998、1998.07 或 1998.07.01",
        "a year of four digits, such as 1998, 1998.07 or 1998.07.01",
    )
)


def date_value(text: str, latest: str = "9999") -> str | ParseFault | DoubtfulMonth | UnlikelyValue | None:
    """A date as exact as it was written: 2001, 2001-12 or 2001-12-05; no day is invented.

    `latest`: the latest plausible date, in the same form; only as far as both are exact. Digits that may mean more
    than one date (19987, 980701) are a fault that says how to write it.

    >>> date_value("2001年12月"), date_value("2001/12/5"), date_value("200112"), date_value("37230")
    ('2001-12', '2001-12-05', '2001-12', '2001-12-05')
    >>> date_value("2001.1")
    DoubtfulMonth(year='2001', month='2001-01')
    """
    clean = normalize_whitespace(text).strip("。.")
    # A form that was left blank still has its "  年  月  日".
    if not clean.strip("年月日/- "):
        return None
    timed = _WITH_TIME.fullmatch(clean)
    if timed:
        clean = timed.group(1)
    serial = _SERIAL.fullmatch(clean)
    if serial:
        return _of_serial(serial.group(1), latest)
    found = _SEPARATED.fullmatch(clean) or _RUN.fullmatch(clean)
    if found is None:
        return _NO_DATE
    value = _joined(found.group(1), found.group(2), found.group(3))
    if not EARLIEST_YEAR <= int(found.group(1)) <= _LATEST_YEAR and clean.isdigit():
        return _TOO_EARLY if len(clean) in (4, 8) and clean[0] == "1" else _FOUR_DIGITS
    if value is None:
        return _NO_DATE
    if int(value[:4]) < EARLIEST_YEAR:
        return _TOO_EARLY
    doubtful = _DOUBTFUL.fullmatch(clean)
    if doubtful:
        return DoubtfulMonth(doubtful.group(1), value)
    return UnlikelyValue(value, latest) if _is_later(value, latest) else value


def plain_dates(texts: Iterable[str], latest: str) -> Iterator[tuple[str, str]]:
    """Those texts that are dates written in full, with what `date_value` gives; as a rule nearly all of a column.

    >>> list(plain_dates(["2001.12", "2001-12-05", "2001.1", "2031-01"], "2026-11"))
    [('2001.12', '2001-12'), ('2001-12-05', '2001-12-05')]
    """
    for text in filter(_PLAIN.fullmatch, texts):
        value = text.translate(_AS_STORED)
        if not _is_later(value, latest):
            yield text, value


def _of_serial(digits: str, latest: str) -> str | ParseFault:
    """The day that Excel counts so, where nothing else can be meant: 19987 is also July 1998."""
    value = (_SERIAL_START + dt.timedelta(days=int(digits))).isoformat()
    likely = (
        value if EARLIEST_YEAR < int(value[:4]) <= _LATEST_YEAR and not _is_later(value, latest) else ""
    )
    month = _joined(digits[:4], digits[4], None) if digits.startswith(("19", "20")) else None
    if likely and not digits.startswith(("19", "20")):
        return likely
    ways = [one.replace("-", ".") for one in (month, likely) if one]
    if not ways:
        return _FOUR_DIGITS
    return ParseFault(
        Text(
            f"“{digits}”看不出是哪一天，写成 {' 或 '.join(ways)} 这样",
            f"“{digits}” does not say which day it is; write {' or '.join(ways)}",
        )
    )


def _is_later(value: str, latest: str) -> bool:
    shared = min(len(value), len(latest))
    return value[:shared] > latest[:shared]


def _joined(year: str, month: str | None, day: str | None) -> str | None:
    """The stored form, or None for a date that does not exist."""
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    parts = [year, *(p.zfill(2) for p in (month, day) if p)]
    return "-".join(parts)
