"""Rows in = rows that landed in the graph + rows in problems: counted by the loader itself, sheet by sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from loaders.forms.form import Form
from loaders.map.records import SheetLayout
from loaders.problem_log import ProblemLog, RowSet
from loaders.problems import CODES

SheetKey = tuple[str, str]
"""(file, sheet)."""
SheetRows = tuple[Form, str, str, int, int | None]
"""(form, file, sheet, rows, how many rows the sheet's own row of sums states)."""

_WHOLE_SHEET = ("missing_heading", "duplicate_heading", "second_heading", "unanswered_references")
"""Without these headings, or what its rows refer to, no row of the sheet is read, and that is the one problem."""


@dataclass(frozen=True, slots=True)
class RowBalance:
    """The rows of one sheet, and what became of each.

    `landed`: came to stand in a node, or are a declared total; of them `merged` say the same thing as an
    earlier row. `in_problems`: rows that were left out, each with its problem. `sums`: rows of sums, which
    are hints. `unmatched`: rows that landed while something they refer to was not found.
    `unaccounted`: rows that are none of these: there must not be any. `declared`: how many rows the sheet's
    own row of sums (合计) states, where one does; `rows` less `sums` is what it speaks of.
    """

    form: str
    label: str | None
    file: str
    sheet: str
    rows: int
    landed: int
    merged: int
    in_problems: int
    sums: int
    unmatched: int
    declared: int | None = None

    @property
    def unaccounted(self) -> int:
        """Rows of which nothing is known: 0, or the loader is wrong."""
        return self.rows - self.landed - self.in_problems - self.sums


class RowLedger:
    """Collects what became of each row while a round is read."""

    def __init__(self) -> None:
        self.landed: dict[SheetKey, int] = defaultdict(int)
        self.merged: dict[SheetKey, int] = defaultdict(int)
        self.lost: dict[SheetKey, RowSet] = defaultdict(RowSet)

    def land(self, rows: Iterable[SheetLayout]) -> None:
        """Rows that came to stand in a node, each by the layout that it has in common with its sheet."""
        for layout, same in groupby(rows):
            if layout.part:
                continue  # counted with their own thing
            self.landed[layout.file, layout.sheet] += sum(1 for _ in same)

    def lose(self, layout: SheetLayout, row: int) -> None:
        """A row that has no place in the graph; a problem must say why."""
        if not layout.part:
            self.lost[layout.file, layout.sheet].add(row)

    def merge(self, layout: SheetLayout) -> None:
        """A row that says the same thing as an earlier one."""
        if not layout.part:
            self.merged[layout.file, layout.sheet] += 1


_NO_ROWS = RowSet()
_UNMATCHED = (
    "broken_reference",
    "rejected_reference",
    "ambiguous_reference",
    "self_reference",
    "two_targets",
)


def row_balances(
    sheets: Iterable[SheetRows], ledger: RowLedger, problems: ProblemLog
) -> tuple[RowBalance, ...]:
    """The balance of each sheet, in that order.

    A lost row counts as one in problems only where a problem stands at it; otherwise it is unaccounted.
    """
    said: dict[SheetKey, RowSet] = defaultdict(RowSet)
    sums: dict[SheetKey, RowSet] = defaultdict(RowSet)
    loose: dict[SheetKey, RowSet] = defaultdict(RowSet)
    whole: set[SheetKey] = set()
    for (file, sheet, code), rows in problems.rows.items():
        key = (file, sheet)
        if code == "total_row":
            sums[key].update(rows)
        if CODES[code].blocking:
            said[key].update(rows)
        if code in _UNMATCHED:
            loose[key].update(rows)
        if code in _WHOLE_SHEET:
            whole.add(key)
    return tuple(_balance(s, ledger, said, sums, loose, whole) for s in sheets)


def _balance(
    sheet: SheetRows,
    ledger: RowLedger,
    said: Mapping[SheetKey, RowSet],
    sums: Mapping[SheetKey, RowSet],
    loose: Mapping[SheetKey, RowSet],
    whole: set[SheetKey],
) -> RowBalance:
    form, file, name, rows, declared = sheet
    key = (file, name)
    lost = ledger.lost.get(key, _NO_ROWS)
    explained = len(lost) if key in whole else lost.common(said.get(key, _NO_ROWS))
    return RowBalance(
        form.id,
        form.label,
        file,
        name,
        rows,
        ledger.landed.get(key, 0),
        ledger.merged.get(key, 0),
        explained,
        len(sums.get(key, ())),
        len(loose.get(key, _NO_ROWS)) - lost.common(loose.get(key, _NO_ROWS)),
        declared,
    )
