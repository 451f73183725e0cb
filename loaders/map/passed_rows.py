"""Recognise rows to pass over with a hint: titles of groups, examples, rows that say there is nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from loaders.clean.parse import normalize_whitespace
from loaders.map.headings import Header
from loaders.map.row_words import (
    Kind,
    bare,
    is_enumerated,
    is_example,
    is_group,
    is_placeholder,
    kind_of,
    may_be_examples,
    may_be_no_person,
    means_nothing,
    names_branch,
    names_nobody,
)

_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?")
_BESIDE = re.compile(
    r"[\d.,%/-]{1,12}\s?[人名家个户行条项对次]?|(?:共|计|合计)?\s?\d{1,7}\s?[人名家个户]|[^\d:]{1,8}:.{0,30}"
)
"""What may stand beside the title of a group: a figure, or who is answerable for it."""
_LABELLED = re.compile(r"[^\d:]{1,8}(?=:)")
_SENTENCE = re.compile(r"[。;!?]")
_BODIES = ("Unit", "Branch", "area")
_SPREAD_OVER = 3
_LONGEST_NAME = 3


class PassedRow(NamedTuple):
    """The code of the problem that tells of the row, and what of it may be shown to everybody."""

    code: str
    shown: str


@dataclass(frozen=True, slots=True)
class RowNames:
    """Where the names of a sheet's rows stand, and what they are names of. Columns from 0.

    `like_names`: other columns with names, of what rows are tied with, or their numbers. `free`: columns
    without a heading, or of running numbers: nothing of a row stands there. `wide`: rows fill more than
    their names. `of_branches`: each row may say its branch.
    """

    kind: Kind
    names: frozenset[int]
    like_names: frozenset[int]
    free: frozenset[int]
    wide: bool
    of_branches: bool = False

    @classmethod
    def of(cls, header: Header, running: AbstractSet[int], *, wide: bool) -> RowNames:
        """Those of a sheet with these headings; `running`: the columns of running numbers."""
        form, columns = header.form, header.columns
        here = [(c, columns[c.heading]) for c in form.columns if c.heading in columns]
        named = {
            at
            for c, at in here
            if c.heading in form.name_from
            or (c.on is None and c.property and c.property.name in ("name", "item"))
        }
        others = {
            at
            for c, at in here
            if c.tie or c.part == "name" or (c.property and c.property.name == "number")
        }
        free = {at for at, heading in enumerate(header.cells) if not (heading or "").strip()} | running
        of_branches = any(c.tie == "AFFILIATED_WITH" for c in form.columns)
        places = (frozenset(named), frozenset(others - named), frozenset(free))
        return cls(kind_of(form), *places, wide, of_branches)


def may_be_passed(texts: AbstractSet[str], at: int, of: RowNames) -> set[str]:
    """Those texts of a column that may make their row one to be passed over, or are no names in a column of names."""
    name = at in of.names or at in of.like_names or at in of.free
    found: set[str] = set()
    if may_be_examples(texts):
        found.update(t for t in texts if is_example(normalize_whitespace(t), name=name))
    if at in of.names:
        odd = texts if of.kind != "people" else set(filter(may_be_no_person, texts))
        found.update(t for t in odd if _is_odd_name(normalize_whitespace(t), of.kind))
    return found


def _is_odd_name(text: str, kind: Kind) -> bool:
    return (
        means_nothing(text)
        or is_enumerated(text)
        or is_group(text, kind, alone=True)
        or _COLUMN_NUMBER.fullmatch(text) is not None
        or (kind in _BODIES and is_placeholder(text))
        or (kind in _BODIES and (_LABELLED.match(text) or _SENTENCE.search(text)) is not None)
    )


def is_no_name(text: str, kind: Kind) -> bool:
    """Is a text in the column of names none, whatever else its row says.

    >>> is_no_name("无", "Unit"), is_no_name("在职党员", "people"), is_no_name("物业公司", "Unit")
    (True, True, False)
    """
    tidy = normalize_whitespace(text)
    return means_nothing(tidy) or (kind == "people" and is_group(tidy, kind, alone=False))


def passed_row(row: Mapping[int, str], of: RowNames, *, numbered: bool) -> PassedRow | None:
    """What a row (its filled cells by column, tidy, without running numbers) is, where it is no data.

    `numbered`: its running number is 一 or (二), where those of other rows are 1, 2, 3.
    """
    like_names = of.names | of.like_names | of.free
    example = next((t for at, t in row.items() if is_example(t, name=at in like_names)), None)
    if example is not None:
        return PassedRow("example_row", "")
    if of.kind in _BODIES and any(is_placeholder(row[at]) for at in of.names & row.keys()):
        return PassedRow("example_row", "")
    word = next(filter(means_nothing, row.values()), None)
    if word is not None and all(t == "0" or means_nothing(t) for t in row.values()):
        return PassedRow("nothing_row", word)
    if _numbers_columns(list(row.values())):
        return PassedRow("band_row", " ".join(row.values()))
    return _group(row, of, numbered)


def _numbers_columns(texts: Sequence[str]) -> bool:
    """Are these 1, 2, 3 …: the numbers of the columns, as forms have them below their headings."""
    found = [_COLUMN_NUMBER.fullmatch(t) for t in texts]
    numbers = [int(f[1]) for f in found if f]
    return len(numbers) == len(texts) > 1 and all(b == a + 1 for a, b in pairwise(numbers))


def _group(row: Mapping[int, str], of: RowNames, numbered: bool) -> PassedRow | None:
    (first, text), *rest = row.items()
    # a merged cell that an exporter took apart repeats its text
    one = not rest or (len(row) >= _SPREAD_OVER and all(t == text for _, t in rest))
    named = bool(of.names & row.keys())
    placed = first in of.names or first in of.free or (not named and (first == 0 or is_enumerated(text)))
    beside = one or (of.kind != "totals" and all(_BESIDE.fullmatch(t) for _, t in rest))
    if not placed or not beside:
        return None
    if is_group(text, of.kind, alone=of.wide):
        if of.of_branches and names_branch(text):
            return PassedRow("branch_row", text.rpartition(":")[2].strip())  # before it may stand a person
        return PassedRow("band_row", text if of.kind != "people" or names_nobody(text) else "")
    if not one:
        return None
    if of.kind in _BODIES and (label := _LABELLED.match(text)) is not None:
        return PassedRow("band_row", label[0])
    note = of.kind in _BODIES and _SENTENCE.search(text) is not None
    spread = len(row) >= _SPREAD_OVER or first in of.free
    long = of.kind != "people" or len(bare(text)) > _LONGEST_NAME
    titled = of.wide and long and (numbered or is_enumerated(text))
    return PassedRow("band_row", "") if note or spread or titled else None
