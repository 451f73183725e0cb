"""What is wrong with a text file, in both languages, at its line."""

from __future__ import annotations

from graph_model.text import Text

_THEN = Text(
    "请改正后重新导入，或在 Excel、WPS 中打开核对，另存为 .xlsx",
    "mend it and load again, or open it in Excel or WPS, look it over and save it as .xlsx",
)


class TextFault(ValueError):
    """Raised for a text file that cannot be read without losing something; `text` says what is wrong, and where."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


def at_line(line: int, zh: str, en: str) -> TextFault:
    """The fault of one line, counted from 1 as an editor counts, and what to do.

    >>> at_line(3, "有空字符", "has NUL characters").text.en
    'line 3 has NUL characters; mend it and load again, or open it in Excel or WPS, look it over and save it as .xlsx'
    """
    return TextFault(f"第 {line} 行{zh}；{_THEN.zh}", f"line {line} {en}; {_THEN.en}")
