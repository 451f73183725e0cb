"""The check character of a unified social credit code (GB 32100-2015)."""

from __future__ import annotations

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18


def is_credit_code(text: str) -> bool:
    """Has a text the form of a code, and the check character that its first 17 characters give.

    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y44"), is_credit_code("91310000MA1")
    (True, False, False)
    """
    if len(text) != _LENGTH or any(c not in _CHARACTERS for c in text):
        return False
    total = sum(_CHARACTERS.index(c) * pow(3, at, 31) for at, c in enumerate(text[:-1]))
    return _CHARACTERS.index(text[-1]) == (31 - total % 31) % 31
