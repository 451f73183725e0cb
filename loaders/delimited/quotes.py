"""Find quotation marks without their other half in the lines of one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_SPACES = re.compile(" *")


def odd_quote(row: str, delimiter: str) -> int | None:
    """Where the first field with an odd quotation mark begins; None where all have their other half.

    Odd is one that never closes, one that closes before the field ends, and one within a field without quotes.

    >>> odd_quote('a,"b', ","), odd_quote('a,"b"c,d', ","), odd_quote('a,b"', ","), odd_quote('a,"b ""c"" d"', ",")
    (2, 2, 2, None)
    >>> odd_quote('21" 显示器,b', ","), odd_quote('甲"乙"丙,b', ",")
    (0, None)
    """
    return next((start for start, _, odd in _fields(row, delimiter) if odd), None)


def first_over_lines(row: str, delimiter: str) -> int:
    """Where the first field begins that goes on in the next line; 0 where none does."""
    lines = re.compile("[\r\n]")
    return next((start for start, end, _ in _fields(row, delimiter) if lines.search(row, start, end)), 0)


def swallows_rows(lines: Sequence[str], delimiter: str, widest: int) -> bool:
    """Do the lines of one row look like rows of their own: as many separators as the widest row so far has.

    `widest`: its cells; 0 for none yet, 1 for a table of one column. Cells of several lines are no such rows: their
    lines have different numbers of separators.

    A line between them is inside of one field only where no quotation mark closes or opens a field in it.

    >>> swallows_rows(['甲,"一', '乙,二"'], ",", 2), swallows_rows(['甲,"一,二', '三",四'], ",", 3)
    (True, False)
    >>> swallows_rows(['"一', '甲,乙,丙', '二",,'], ",", 3), swallows_rows(['"一', '二",,"三', '四"'], ",", 3)
    (True, False)
    """
    counts = [line.count(delimiter) for line in lines if line.strip()]
    if len(counts) < 2:
        return False
    if len(set(counts)) == 1 and counts[0] == widest - 1:
        return True
    if widest == 0:
        return len(set(counts)) == 1 and counts[0] > 0
    inside = [line for line in lines if line.strip()][1:-1]
    return widest > 2 and any(
        line.count(delimiter) == widest - 1 and '"' not in line.replace('""', "") for line in inside
    )


def _fields(row: str, delimiter: str) -> Iterator[tuple[int, int, bool]]:
    """Each field: where it begins and ends, and whether it has an odd quotation mark."""
    ends = re.compile(f"[\r\n{re.escape(delimiter)}]")
    at = 0
    while at <= len(row):
        start = at
        match = _SPACES.match(row, at)
        first = match.end() if match else at
        if row.startswith('"', first):
            closed = _closing(row, first + 1)
            end = closed + 1 if closed >= 0 else len(row)
            odd = closed < 0 or (end < len(row) and not ends.match(row, end))
        else:
            found = ends.search(row, first)
            end = found.start() if found else len(row)
            odd = row.count('"', first, end) % 2 == 1
        yield start, end, odd
        at = end + 1


def _closing(row: str, at: int) -> int:
    """Where a quoted field closes, of which the text begins at `at`; -1 for nowhere."""
    while True:
        end = row.find('"', at)
        if end < 0 or not row.startswith('"', end + 1):
            return end
        at = end + 2
