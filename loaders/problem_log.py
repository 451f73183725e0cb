"""Collects the problems of a round in bounded memory: the first of them in full, of the rest how many of each kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import overload

from loaders.problems import CODES, Problem, problem

MOST = 1000
"""Problems that are kept in full: those that block first, then hints."""
_ROW = re.compile(r"[A-Z]+(\d+)")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_FURTHER = {True: "further_problems", False: "further_hints"}


class RowSet:
    """Numbers of rows, a bit each: of three million rows they take 400 KiB where a set takes 300 MiB."""

    def __init__(self, rows: Iterable[int] = ()) -> None:
        self._bits = bytearray()
        self._count = 0
        self.update(rows)

    def __contains__(self, row: int) -> bool:
        at = row >> 3
        return at < len(self._bits) and bool(self._bits[at] & (1 << (row & 7)))

    def __iter__(self) -> Iterator[int]:
        for at, byte in enumerate(self._bits):
            if byte:
                yield from (at * 8 + bit for bit in range(8) if byte & (1 << bit))

    def __len__(self) -> int:
        return self._count

    def add(self, row: int) -> None:
        """Take one."""
        at = row >> 3
        if at >= len(self._bits):
            self._bits += bytes(at + 1 - len(self._bits) + len(self._bits) // 8)
        if not self._bits[at] & (1 << (row & 7)):
            self._bits[at] |= 1 << (row & 7)
            self._count += 1

    def common(self, other: RowSet) -> int:
        """How many are in the other too."""
        return (int.from_bytes(self._bits, "little") & int.from_bytes(other._bits, "little")).bit_count()

    def update(self, rows: Iterable[int]) -> None:
        """Take several."""
        if isinstance(rows, RowSet):
            size = max(len(self._bits), len(rows._bits))
            both = int.from_bytes(self._bits, "little") | int.from_bytes(rows._bits, "little")
            self._bits = bytearray(both.to_bytes(size, "little"))
            self._count = both.bit_count()
            return
        for row in rows:
            self.add(row)


class ProblemLog(Sequence[Problem]):
    """Problems as they are found: a sequence of those kept, then one for each kind of which there were more.

    `rows`: the rows of all that block and of rows of sums, by (file, sheet, code); row 0 for a problem without a cell.
    Other hints take no row out of the count, and a sheet may have one in each of millions of rows.
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._kept: dict[bool, list[tuple[int, Problem]]] = {True: [], False: []}
        self._count = 0
        self._further: Counter[str] = Counter()
        self.rows: dict[tuple[str, str, str], RowSet] = defaultdict(RowSet)
        self.extend(problems)

    def append(self, found: Problem) -> None:
        """Take one."""
        if found.blocking or found.code == "total_row":
            at = _ROW.fullmatch(found.cell)
            self.rows[found.file, found.sheet, found.code].add(int(at[1]) if at else 0)
        self._keep(found)

    def add_rows(self, file: str, sheet: str, code: str, rows: Iterable[int]) -> None:
        """Count further rows to a problem that blocks several: it stands at the first of them only."""
        self.rows[file, sheet, code].update(rows)

    def only_count(self, file: str, sheet: str, code: str, row: int) -> bool:
        """Count one more of a kind of which no more are kept; False, and nothing is done, while they are kept."""
        if len(self._kept[CODES[code].blocking]) < MOST:
            return False
        if CODES[code].blocking:
            self.rows[file, sheet, code].add(row)
        self._further[code] += 1
        return True

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take several, or all of another log."""
        if not isinstance(problems, ProblemLog):
            for found in problems:
                self.append(found)
            return
        for _, found in sorted(chain(*problems._kept.values()), key=itemgetter(0)):
            self._keep(found)
        self._further.update(problems._further)
        for key, rows in problems.rows.items():
            self.rows[key].update(rows)

    def _keep(self, found: Problem) -> None:
        kept = self._kept[found.blocking]
        if len(kept) < MOST:
            kept.append((self._count, found))
            self._count += 1
        else:
            self._further[found.code] += 1

    def __iter__(self) -> Iterator[Problem]:
        blocking, hints = self._kept[True], self._kept[False]
        hints, left_out = hints[: MOST - len(blocking)], hints[MOST - len(blocking) :]
        yield from (found for _, found in sorted(chain(blocking, hints), key=itemgetter(0)))
        further = self._further + Counter(found.code for _, found in left_out)
        for code in (c for c in CODES if further[c]):
            yield _further(code, further[code])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @overload
    def __getitem__(self, at: int) -> Problem: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Problem]: ...
    def __getitem__(self, at: int | slice) -> Problem | Sequence[Problem]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def _further(code: str, count: int) -> Problem:
    kind = CODES[code]
    zh, en = (_PLACEHOLDER.sub("…", text).strip("… ") or code for text in (kind.what.zh, kind.what.en))
    return problem(_FURTHER[kind.blocking], "", value=str(count), count=count, kind=zh, kind_en=en)


def count_problems(problems: Iterable[Problem]) -> int:
    """How many there are, those included that are only counted."""
    return sum(int(p.value) if p.code in _FURTHER.values() else 1 for p in problems)
