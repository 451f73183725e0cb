"""What stands in a text file, as a digest: saved anew by another program, in another encoding, it is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from loaders.file_kinds import TEXTS, ending_of
from loaders.read.worksheet import Worksheet

_PLAIN = (*TEXTS, ".parquet")


def content_of(file: str, sheets: Sequence[Worksheet]) -> str | None:
    """The digest of the cells; None for a workbook, of which more is read than cells.

    >>> from loaders.read.worksheet import worksheet_of
    >>> content_of("a.csv", [worksheet_of("a.csv", "a", [["1", "2"]])]) == content_of(
    ...     "a.csv", [worksheet_of("a.csv", "a", [["1"], ["2"]])])
    False
    """
    if ending_of(file) not in _PLAIN:
        return None
    found = hashlib.sha256()
    for sheet in sheets:
        found.update(f"{len(sheet.columns)} {sheet.height}\n".encode())
        for column in sheet.columns:
            # damaged files hold halves of surrogate pairs
            found.update(repr(list(column)).encode("utf-8", "surrogatepass"))
    return found.hexdigest()
