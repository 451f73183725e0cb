"""The errors that the core raises, and what each tells its reader.

    BranchmapError            everything below; has .text (zh and en) and .exit_code
    ├── SchemaError           our fault: a type, rule, form or profile is declared wrongly
    ├── StoreError            the store cannot be used
    │   ├── StoreUnavailable  nothing answers at the address, or the connection broke
    │   ├── StoreDenied       wrong user or password, or a right that is missing
    │   ├── StoreBusy         another load holds the store
    │   ├── QueryRefused      the query is wrong, writes, or ran over its limit
    │   │   └── DuplicateKey  what was to be made is there already
    │   └── LoadUncertain     the line broke while a load was being confirmed
    ├── EngineError           the bundled engine cannot be started or used
    └── InputError            what the user gave cannot be used (a file, a name, a round)

Bad cells are not errors: they are returned as Problems (loaders/problems.py).
Exit codes of the command line: 1 our fault or the machine's, 2 refused because of what was given.
"""

from __future__ import annotations

from typing import ClassVar

from graph_model.text import Language, Text


class BranchmapError(Exception):
    """What happened, where, and what to do next, in both languages.

    `detail` is the message of another program, in its own language: for the person who runs this.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, zh: str, en: str, *, detail: str = "") -> None:
        super().__init__(f"{zh} / {en}" + (f" ({detail})" if detail else ""))
        self.text = Text(zh, en)
        self.detail = detail

    @property
    def whole(self) -> Text:
        """The text with the detail behind it, for a terminal."""
        if not self.detail:
            return self.text
        return Text(f"{self.text.zh}（{self.detail}）", f"{self.text.en} ({self.detail})")

    def message(self, language: Language = "zh") -> str:
        """The message in one language."""
        return self.text.in_(language)


class SchemaError(BranchmapError):
    """Raised at start when a type, rule, form or profile is declared wrongly."""


class StoreError(BranchmapError):
    """Raised when the store cannot do what was asked."""


class StoreUnavailable(StoreError):
    """Raised when nothing answers at the store's address, or the connection broke."""


class StoreDenied(StoreError):
    """Raised for a wrong user or password, or a right that is missing."""

    exit_code = 2


class StoreBusy(StoreError):
    """Raised when another load holds the store."""


class QueryRefused(StoreError):
    """Raised when a query is wrong, tries to write, or runs over its time limit."""

    exit_code = 2


class DuplicateKey(QueryRefused):
    """Raised when what was to be made is there already: somebody else may have made it at the same moment."""


class LoadUncertain(StoreError):
    """Raised when the line broke while the store was confirming a load."""


class EngineError(BranchmapError):
    """Raised when the bundled engine cannot be started or used."""


class InputError(BranchmapError):
    """Raised when what the user gave cannot be used: a file, a name, a round."""

    exit_code = 2
