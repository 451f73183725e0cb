"""The interface's texts: one Fluent file per language, the only owner of fluent.runtime."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from graph_model.text import Language, spoken_date

__all__ = ["Words"]

FILES: dict[Language, Path] = {
    "zh": Path(__file__).with_name("zh-CN.ftl"),
    "en": Path(__file__).with_name("en.ftl"),
}
_LOCALES: dict[Language, str] = {"zh": "zh-CN", "en": "en-GB"}


@cache
def _bundle(language: Language) -> FluentBundle:
    # isolating marks are for mixed right-to-left text; in tables and file names they would be in the way

    def when(stored: Any) -> Any:  # the library takes a text as well as its own types
        """WHEN($round): a stored date as a sentence says it; in tables, which are sorted, it stays as stored."""
        return spoken_date(str(stored), language)

    bundle = FluentBundle(
        [_LOCALES[language]],
        functions={"WHEN": when},
        use_isolating=False,
    )
    bundle.add_resource(FluentResource(FILES[language].read_text("utf-8")))
    return bundle


class Words:
    """The texts of one language, by id."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._bundle = _bundle(language)

    def __call__(self, id_: str, **values: Any) -> str:
        """The text of an id with its values filled in; KeyError for an id or a value that is missing."""
        message = self._bundle.get_message(id_)
        if message.value is None:
            raise KeyError(id_)
        text, errors = self._bundle.format_pattern(message.value, values)
        if errors:
            raise KeyError(f"{id_}: {errors}")
        return str(text)
