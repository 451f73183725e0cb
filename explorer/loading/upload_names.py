"""What the files of one upload are called where they are laid out side by side: each by a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from explorer.export.file_names import safe_file_name

_MOST_BYTES = 200


def upload_names(given: Sequence[str]) -> list[str]:
    """A name for each, in order: its own where no file before it has that, else with a number behind it.

    Names that a file system may take for one (differing in case or Unicode form only) count as one, and the
    folders before a name, which browsers may send, are left out.

    >>> upload_names(["一居/调摸表.xlsx", "二居/调摸表.xlsx", "A.csv", "a.csv"])
    ['调摸表.xlsx', '调摸表 (2).xlsx', 'A.csv', 'a (2).csv']
    """
    own = [_own(name) for name in given]
    kept = {_alike(name) for name in own}  # a number must not make another upload's name
    taken: set[str] = set()
    named: list[str] = []
    for name in own:
        called, number = name, 1
        while _alike(called) in taken or (number > 1 and _alike(called) in kept):
            number += 1
            path = PurePosixPath(name)
            called = f"{path.stem} ({number}){path.suffix}"
        taken.add(_alike(called))
        named.append(called)
    return named


def _own(given: str) -> str:
    path = PurePosixPath(given.replace("\\", "/").rstrip("/"))
    ending = safe_file_name(path.suffix.lstrip("."), 20)
    stem = safe_file_name(path.stem, _MOST_BYTES) or "_"
    return f"{stem}.{ending}" if ending else stem


def _alike(name: str) -> str:
    return name.casefold()
