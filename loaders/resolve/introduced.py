"""Things that a row names and no row lists: where a unit stands, an organisation above; with a hint for each.

Where neither the round nor the store knows anything of a kind (a roster in a store without branches), all that is
named of it is new: there is nothing that a name could be a slip of the pen for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from graph_model.graph import Node
from graph_model.keys import KeyMaker
from graph_model.schema import node_type
from graph_model.schema.stored_properties import SEARCH_PROPERTY
from loaders.clean.parse import canonical_name
from loaders.clean.pinyin import search_text
from loaders.forms.form import FormColumn
from loaders.problems import Problem
from loaders.resolve.references import NameIndex, Reference, near_names

_ALIKE = 0.8
MOST_INTRODUCED = 1000
"""More new names than these are no new things, but a column of something else: they stay faults."""
_NUMERALS = re.compile(r"[0-9一二三四五六七八九十东南西北]")
_BRANCH = re.compile("支部|总支|党委|党组|工委|Branch", re.IGNORECASE)
_THING = re.compile(
    "支部|总支|党委|党组|工委|公司|厂|店|中心|集团|物业|居民区|居委|社区|小区|街道|村$|广场|商圈|.{5}"
)
"""What is surely no name of a person, which would be shown to everybody: a word of things, or longer than names."""
_COMMERCIAL = re.compile(r"商业|商圈|商务|广场|园区|楼宇|市场|大厦")


class IntroducedThings(NamedTuple):
    """The references to branches that are to be made as ones outside the survey, and a hint for each name."""

    branches: list[Reference]
    told: list[Problem]


def introduce(
    references: Sequence[Reference], nodes: dict[str, Node], known: NameIndex, keys: KeyMaker
) -> tuple[list[Reference], IntroducedThings]:
    """The references that are left to be resolved, after new areas were added to `nodes` and `known`.

    A name that is nearly one that is known is left: it is a slip of the pen more often than a new thing.
    """
    new: dict[tuple[tuple[str, ...], str], list[Reference]] = defaultdict(list)
    left: list[Reference] = []
    shown = _Shown(known)
    for reference in references:
        column = reference.column
        alone = _THING.search(reference.name) is not None and shown.nothing_of(reference.ends)
        introduces = isinstance(column, FormColumn) and (column.introduces or alone)
        fresh = introduces and shown.is_new(reference)
        if fresh:
            new[column.ends, reference.name].append(reference)
        else:
            left.append(reference)
    branches: list[Reference] = []
    told: list[Problem] = []
    for (ends, name), those in new.items():
        label = _label_of(ends, name)
        text = node_type(label).text
        first = those[0]
        told.append(
            first.report(
                "introduced", count=len(those), label=text.zh, label_en=text.en.lower(), named=name
            )
        )
        if label == "Branch" and all(
            isinstance(r.column, FormColumn) and r.column.introduces for r in those
        ):
            branches += those
            continue
        key = keys.key(label, ("name", known.canonical(label, name)))
        nodes[key] = Node(label, key, {"name": name, SEARCH_PROPERTY: search_text([name])}, first.place)
        known.add(label, [(name, key)])
        left += those
    return left, IntroducedThings(branches, told)


def _label_of(ends: Sequence[str], name: str) -> str:
    """Which of the kinds a name is of: that which its words say, else the first that needs no such words."""
    said = {"Branch": _BRANCH, "CommercialArea": _COMMERCIAL}
    spoken = (e for e in ends if e in said and said[e].search(name))
    silent = (e for e in ends if e not in said)
    return next(spoken, None) or next(silent, ends[0])


class _Shown:
    """Whether names are new, each pair of labels and name asked once."""

    def __init__(self, known: NameIndex) -> None:
        self._known = known
        self._new: dict[tuple[tuple[str, ...], str], bool] = {}
        self._left = MOST_INTRODUCED
        self.nothing_of = cache(self._nothing_of)

    def _nothing_of(self, ends: tuple[str, ...]) -> bool:
        """Is nothing known of these kinds; who is not known is never made."""
        return self._known.nothing_of(ends) and not any(node_type(e).of_people() for e in ends)

    def is_new(self, reference: Reference) -> bool:
        """Has nothing this name, and nothing one that is nearly it."""
        meant = (reference.ends, reference.name)
        if meant not in self._new:
            new = not (self._known.find(*meant) or self._known.rejected_at(*meant))
            self._new[meant] = new and self._left > 0 and not self._near(*meant)
            self._left -= self._new[meant]
        return self._new[meant]

    def _near(self, ends: Iterable[str], name: str) -> bool:
        like = near_names(self._known, ends, canonical_name(name), _ALIKE)
        return any(_NUMERALS.findall(one) == _NUMERALS.findall(name) for one in like)
