"""A text in the product's two languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:[ T](\d{2}:\d{2}).*)?")
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Text:
    """One text, Chinese first, English complete; both are required and not blank.

    >>> Text("党支部", "Branch").in_("en")
    'Branch'
    """

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"a text needs both languages: zh={self.zh!r}, en={self.en!r}")

    def in_(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """The text with its {placeholders} filled in, in both languages.

        >>> Text("有 {n} 名党员", "{n} members").fill(n=2)
        Text(zh='有 2 名党员', en='2 members')
        """
        return Text(self.zh.format(**values), self.en.format(**values))


def counted(count: int, one: str) -> str:
    """A number of things in English, whose plural is regular.

    >>> counted(1, "problem"), counted(2, "problem")
    ('1 problem', '2 problems')
    """
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def spoken_date(stored: str, language: Language) -> str:
    """A stored date, month, year or time as a sentence says it; a text that is none of them as it is.

    >>> spoken_date("2006-10", "zh"), spoken_date("2006-10-31T09:05:00", "zh")
    ('2006年10月', '2006年10月31日 09:05')
    >>> spoken_date("2006-10", "en"), spoken_date("2006-10-31", "en"), spoken_date("—", "en")
    ('October 2006', '31 October 2006', '—')
    """
    found = _ISO.fullmatch(stored)
    if found is None or (found[2] and not 1 <= int(found[2]) <= 12):
        return stored
    year, month, day, clock = found.groups()
    if language == "zh":
        told = f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    else:
        told = " ".join(
            ([str(int(day))] if day else []) + ([_MONTHS[int(month) - 1]] if month else []) + [year]
        )
    return f"{told} {clock}" if clock else told
