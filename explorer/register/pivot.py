"""A register grouped: how many things have each value, with shares; by a second column across where one is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.answers import Answers
from explorer.register.given import given_values
from explorer.register.rows import columns_of, query_of, value_text
from explorer.register.state import RegisterState
from explorer.viewer import Viewer
from graph_model.register.ask import grouped, total
from graph_model.register.columns import Column
from graph_model.text import Text

MOST = 1000
"""How many pairs of values are counted; the most frequent ones."""
_EMPTY = Text("（未填）", "(empty)")
_COUNT = Text("数量", "Count")
_SHARE = Text("占比", "Share")
_SUM = Text("合计", "All")


@dataclass(frozen=True, slots=True)
class Pivot:
    """A table of texts; `cut` where there were more values than are counted. `total`: how many things there are.

    `several`: a thing may have several values and count in each, so that the rows add up to more than the total.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    several: bool
    cut: bool


def groupable(columns: Sequence[Column], viewer: Viewer) -> tuple[Column, ...]:
    """The columns to group by."""
    return tuple(c for c in columns if c.asked_by(viewer.names) and c.id != "name")


def register_pivot(answers: Answers, viewer: Viewer, state: RegisterState) -> Pivot | None:
    """The register grouped by `state.by`, and across by `state.across`; None where it is not grouped."""
    offered = columns_of(answers, viewer, state.kind)
    known = {c.id: c for c in groupable(offered, viewer)}
    by, across = known.get(state.by), known.get(state.across)
    if by is None:
        return None
    across = across if across is not by else None
    query = query_of(state, offered, viewer)
    given = given_values(answers, query, by.id, across.id if across else "")
    rows = grouped(answers.store, query, given, by, across, limit=MOST)
    counts = {
        (_text(by, r["by"], viewer), _text(across, r["across"], viewer) if across else ""): int(r["total"])
        for r in rows[:MOST]
    }
    whole = total(answers.store, query, given)
    several = any(c is not None and c.place == "near" and c.fold == "all" for c in (by, across))
    heading = by.text.in_(viewer.language)
    made = pivot_rows(counts, heading, whole, viewer)
    return Pivot(made[0], made[1:], whole, several, len(rows) > MOST)


def pivot_rows(
    counts: Mapping[tuple[str, str], int], heading: str, whole: int, viewer: Viewer
) -> tuple[tuple[str, ...], ...]:
    """Headings, then a row for each value, the most frequent first, with its sum and share of the whole.

    >>> pivot_rows({("甲", ""): 3, ("乙", ""): 1}, "行业", 4, Viewer())
    (('行业', '数量', '占比'), ('甲', '3', '75.0%'), ('乙', '1', '25.0%'))
    """
    language = viewer.language
    firsts = _by_size(counts, 0)
    seconds = _by_size(counts, 1)
    plain = list(seconds) == [""]
    names = () if plain else tuple(seconds)
    last = (_COUNT if plain else _SUM).in_(language)
    made = [(heading, *names, last, _SHARE.in_(language))]
    for first, size in firsts.items():
        cells = (str(counts.get((first, second), 0)) for second in names)
        made.append((first, *cells, str(size), f"{size / whole:.1%}" if whole else "—"))
    return tuple(made)


def _by_size(counts: Mapping[tuple[str, str], int], at: int) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for pair, n in counts.items():
        sizes[pair[at]] = sizes.get(pair[at], 0) + n
    return dict(sorted(sizes.items(), key=lambda item: (-item[1], item[0])))


def _text(column: Column, value: object, viewer: Viewer) -> str:
    return value_text(column, value, viewer.language) or _EMPTY.in_(viewer.language)
