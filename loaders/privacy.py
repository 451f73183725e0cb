"""Find what must not be stored: identity-card numbers, phone numbers, home addresses."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence

from graph_model.words import Text

_HEADINGS = (
    "身份证",
    "证件号",
    "电话",
    "手机",
    "联系方式",
    "住址",
    "家庭地址",
    "通讯地址",
    "通信地址",
    "微信",
)

IDENTITY = Text("身份证号码", "an identity-card number")
PHONE = Text("手机号码", "a mobile phone number")
ADDRESS = Text("家庭住址", "a home address")

_CANDIDATE = re.compile(
    r"(?<!\d)(?:(?P<id18>\d{17}[\dXx])|(?P<id15>\d{15})|(?P<phone>(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}))(?!\d)"
    r"|(?P<address>(?:路|街|弄|村|巷)\s?\d+(?:弄\d*|号|栋|幢|单元|-|\s)+\d+\s?室)",
    re.ASCII,
)
_DIGITS = re.compile(r"[0-9]{4}[- ]?[0-9]{4}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def is_private_heading(heading: str) -> bool:
    """Does a heading ask for what must not be stored.

    >>> is_private_heading("身份证号码"), is_private_heading("姓名")
    (True, False)
    """
    flat = "".join(unicodedata.normalize("NFKC", heading).split())
    return any(word in flat for word in _HEADINGS)


def private_kind(text: str) -> Text | None:
    """What kind of private value a text holds, or None.

    >>> private_kind("编号 20060012") is None
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    for found in _CANDIDATE.finditer(plain):
        if found.group("phone"):
            return PHONE
        if found.group("address"):
            return ADDRESS
        if _is_identity(found.group()):
            return IDENTITY
    return None


def private_rows(column: Sequence[str | None], different: Iterable[str] | None = None) -> dict[int, Text]:
    """The positions of a column that hold something private, with its kind.

    One search over the whole column first: nearly every column has none, and is then done. `different`: its
    texts, each once, where they are known already.
    """
    whole = "\n".join(set(filter(None, column)) if different is None else different)
    if not unicodedata.is_normalized("NFKC", whole):
        whole = unicodedata.normalize("NFKC", whole)
    # every kind needs a room or this many digits; most columns have neither, and that is seen at once
    if "室" not in whole and _DIGITS.search(whole) is None:
        return {}
    if _CANDIDATE.search(whole) is None:
        return {}
    found: dict[int, Text] = {}
    for at, text in enumerate(column):
        kind = private_kind(text) if text else None
        if kind is not None:
            found[at] = kind
    return found


def _is_identity(digits: str) -> bool:
    """A right check digit, or a birth date where one stands (a number cell loses its last digits)."""
    if len(digits) == 15:
        return _is_day("19" + digits[6:12])
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17].upper() or _is_day(digits[6:14])


def _is_day(digits: str) -> bool:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2100
