"""Every way in which a name may be written that is recognised by the same canonical name; pure."""

from __future__ import annotations

from itertools import product

from loaders.clean.chinese import traditional
from loaders.clean.parse import COMPANY_ENDINGS, is_part

MOST = 512
_FIRST, _LAST = "\u3400", "\u9fff"


def spellings(canonical: str) -> tuple[str, ...] | None:
    """The names of people that have this canonical name, as a store keeps them; None where they are too many.

    Of Chinese characters only, since letters have cases and spaces between them.

    >>> spellings("单晓")[0], "單曉" in spellings("单晓"), spellings("maria")
    ('单晓', True, None)
    """
    if not canonical or not all(_FIRST <= c <= _LAST for c in canonical) or is_part(canonical):
        return None
    found: list[str] = []
    for text in (canonical, *(canonical + ending for ending in COMPANY_ENDINGS)):
        choices = [(c, *traditional(c)) for c in text]
        count = 1
        for choice in choices:
            count *= len(choice)
        if count > MOST:
            return None
        found += map("".join, product(*choices))
    return tuple(found)
