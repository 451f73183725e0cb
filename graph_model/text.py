"""A text in the product's two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


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
