"""Write traditional characters as simplified ones, for comparing; the only module that knows OpenCC."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import opencc

_FIRST, _LAST = 0x3400, 0x9FFF


def simplified(text: str) -> str:
    """A text with its traditional characters simplified one by one.

    A character that simplified writing has too (乾, 於: in names) stays as it is, so that two names that
    really differ never become one.

    >>> simplified("新桃源物業"), simplified("乾坤")
    ('新桃源物业', '乾坤')
    """
    # Nearly every name is in simplified writing already, and asking that is six times cheaper.
    return text if _in_simplified_use(text) else text.translate(_table())


def traditional(character: str) -> tuple[str, ...]:
    """The traditional characters that `simplified` writes as this one.

    >>> traditional("发"), traditional("人")
    (('發', '髮'), ())
    """
    return _inverse().get(character, ())


@cache
def _inverse() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, plain in _table().items():
        found[plain].append(chr(code))
    return {plain: tuple(those) for plain, those in found.items()}


@cache
def _table() -> Mapping[int, str]:
    traditional = [chr(code) for code in range(_FIRST, _LAST + 1) if not _in_simplified_use(chr(code))]
    plain = opencc.OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    pairs = zip(traditional, plain, strict=True)
    return {ord(one): other for one, other in pairs if one != other and len(other) == 1}


def _in_simplified_use(text: str) -> bool:
    """Are all of these among the characters of the national standard of simplified writing."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
