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

import errno
from pathlib import Path
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


def file_error(error: OSError) -> BranchmapError:
    """An error of the file system: which file, what is wrong with it, what to do; never another program's words."""
    place = error.filename if isinstance(error.filename, str) else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return BranchmapError(
            "磁盘已满，没有写完。请腾出空间后再运行。",
            "The disk is full and the work was not finished. Free some space and run again.",
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return BranchmapError(
            f"没有权限读写 {place}（或磁盘是只读的）。请改正它的权限，或另选一个可写的位置（--data、--out）。",
            f"{place} may not be read or written (or its disk is read-only). Mend its permissions, or choose another "
            "place (--data, --out).",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        place = next((str(p) for p in (Path(place), *Path(place).parents) if p.is_file()), place)
        zh, en = ("文件", "a file") if error.errno == errno.EISDIR else ("文件夹", "a folder")
        return BranchmapError(
            f"{place} 应为{zh}，现在不是。请移开它，或另选一个位置（--data、--out）。",
            f"{place} should be {en}, and is none. Move it aside, or choose another place (--data, --out).",
        )
    return BranchmapError(
        f"不能读写 {place}（{error.strerror}）。请检查它和所在的磁盘。",
        f"{place} cannot be read or written ({error.strerror}). Check it and its disk.",
    )


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
    """Raised when a query is wrong, tries to write, or runs over its limits.

    `values`: the store's own words where they may hold a value of the data, for who may see names only.
    """

    exit_code = 2

    def __init__(self, zh: str, en: str, *, detail: str = "", values: str = "") -> None:
        super().__init__(zh, en, detail=detail)
        self.values = values


class DuplicateKey(QueryRefused):
    """Raised when what was to be made is there already: somebody else may have made it at the same moment."""

    exit_code = 1


class LoadUncertain(StoreError):
    """Raised when the line broke while the store was confirming a load."""


class EngineError(BranchmapError):
    """Raised when the bundled engine cannot be started or used."""


class InputError(BranchmapError):
    """Raised when what the user gave cannot be used: a file, a name, a round."""

    exit_code = 2
