"""The text of a cell without what is not of it: unseen characters, codes of old fonts, marks of the exporter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from loaders.batches import text_batches
from loaders.characters import is_standard, standard

_APOSTROPHES = "'＇‘’`"
_AS_TEXT = re.compile(r'\s*=\s*"((?:[^"]|"")*)"\s*')
_MARKED = re.compile(r"(?:^|\n)\s*(?:['＇‘’`]|=\s*\")")


def clean_cell(text: str) -> str | None:
    """What a cell says; None where that is nothing.

    A leading apostrophe and ="…" tell Excel that a number is text: they come from the exporter.

    >>> clean_cell("'0012"), clean_cell('="0012"'), clean_cell("张小明\\u200b"), clean_cell(" ")
    ('0012', '0012', '张小明', None)
    """
    clean = standard(text)
    as_text = _AS_TEXT.fullmatch(clean)
    if as_text:
        clean = as_text[1].replace('""', '"')
    bare = clean.strip()
    if bare[:1] and bare[0] in _APOSTROPHES and not any(c in _APOSTROPHES for c in bare[1:]):
        clean = bare[1:]
    return clean if clean and not clean.isspace() else None


def clean_column(column: Sequence[str | None]) -> Sequence[str | None]:
    """The cells of a column as `clean_cell` gives them; the column itself where that changes nothing.

    All of its texts are looked at together, which is many times cheaper: nearly every column stays as it is.
    """
    different = {text for text in set(column) if text is not None}
    if not _may_change(different):
        return column
    clean = {text: clean_cell(text) for text in different}
    if all(text == said for text, said in clean.items()):
        return column
    return [None if text is None else clean[text] for text in column]


def _may_change(texts: AbstractSet[str]) -> bool:
    return (
        "" in texts
        or any(map(str.isspace, texts))
        or any(
            not is_standard(whole) or _MARKED.search(whole) is not None
            for whole in map("\n".join, text_batches(texts))
        )
    )
