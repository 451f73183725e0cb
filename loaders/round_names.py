"""The month that names and titles mean: a round is proposed where all of them mean one, and never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph_model.text import Text

_DIGITS = {c: str(n) for n, signs in enumerate(("〇零○", *"一二三四五六七八九")) for c in signs}
_YEAR, _MONTH = r"(?<!\d)((?:19|20)\d\d)", "(1[0-2]|0?[1-9])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_END = r"(?!\d|\s*-\s*\d|\s*[季半个学期届周])"
"""Not a part of a longer number, and no quarter or term."""
_WRITTEN = re.compile(
    rf"{_YEAR}\s*年\s*{_MONTH}(?:\s*月(?:\s*{_DAY}\s*[日号])?+)?+{_END}"
    rf"|{_YEAR}([-./_]){_MONTH}(?:\4{_DAY})?+月?+{_END}"
    rf"|{_YEAR}(0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])?+{_END}"
)
_IN_WORDS = re.compile("([一二][〇零○一二三四五六七八九]{3})年(十[一二]?|[一二三四五六七八九])月")
_SPAN = re.compile(r"[\d年月日号]\s*(?:[至到~—–]|-(?=\s*(?:19|20)\d\d))\s*[\d一二三四五六七八九十]")
"""From one month to another: neither of them is meant alone."""


@dataclass(frozen=True, slots=True)
class ProposedRound:
    """A round (YYYY-MM), and what it was taken from; `agreed` where a folder is called just so, as it should be."""

    round: str
    source: Text
    agreed: bool = False


def months_in(text: str) -> dict[str, str]:
    """The months (YYYY-MM) that a text names, each with the words that name it; none where it is a span of time.

    >>> months_in("2024年6月兰桥街道党员花名册"), months_in("花名册202406"), months_in("二〇二四年六月")
    ({'2024-06': '2024年6月'}, {'2024-06': '202406'}, {'2024-06': '二〇二四年六月'})
    """
    flat = unicodedata.normalize("NFKC", text)
    found: dict[str, str] = {}
    if _SPAN.search(flat):
        return found
    for at in _WRITTEN.finditer(flat):
        year, month = at[1] or at[3] or at[6], at[2] or at[5] or at[7]
        found.setdefault(f"{year}-{int(month):02}", at[0])
    for at in _IN_WORDS.finditer(flat):
        year = "".join(_DIGITS[c] for c in at[1])
        found.setdefault(f"{year}-{_month(at[2]):02}", at[0])
    return found


def _month(words: str) -> int:
    """
    >>> _month("六"), _month("十"), _month("十二")
    (6, 10, 12)
    """
    return 10 + int(_DIGITS.get(words[1:], "0")) if words[0] == "十" else int(_DIGITS[words])


def propose(levels: Sequence[Iterable[tuple[Text, str]]]) -> ProposedRound | None:
    """The month that the first of these levels to name any means; None where it names several, or none does.

    Each level: what a text is, and the text.
    """
    for texts in levels:
        found: dict[str, Text] = {}
        for what, text in texts:
            for round_, words in months_in(text).items():
                source = Text(f"{what.zh}中的“{words}”", f"“{words}” in {what.en}")
                found.setdefault(round_, source)
        if found:
            return ProposedRound(*found.popitem()) if len(found) == 1 else None
    return None
