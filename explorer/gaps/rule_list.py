"""A rule's gaps as one value for lists and exports: figures, rows, names masked, reasons explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import get_args

from explorer.viewer import Viewer
from graph_model.coverage.areas import Locality, areas_of
from graph_model.coverage.catalogue import COLUMN_TEXTS, STATUS_TEXTS, Rule, Status, format_term
from graph_model.coverage.evaluate import PAGE, Figure, subjects
from graph_model.profile import Profile
from graph_model.store.driver import Row
from graph_model.store.store import Store
from graph_model.text import Text

SHOWN: tuple[Status, ...] = ("gap", "unknown")


@dataclass(frozen=True, slots=True)
class GapRow:
    """One subject that is a gap or unknown: its values as `viewer` may see them, and why."""

    values: Row
    explained: str


@dataclass(frozen=True, slots=True)
class GapList:
    """One rule's answer: the figure, and every subject that is a gap or unknown."""

    figure: Figure
    rows: tuple[GapRow, ...]

    @property
    def rule(self) -> Rule:
        """The rule that was asked."""
        return self.figure.rule


def gap_list(
    store: Store,
    found: Figure,
    profile: Profile,
    as_of: str,
    viewer: Viewer,
    *,
    within: Locality | None = None,
) -> GapList:
    """A rule's figure with all of its gaps and unknown subjects; a rule that failed has none.

    `within`: only the subjects that belong to an area of that place; the figure counts those.
    """
    rule = found.rule
    if found.failed is not None:
        return GapList(found, ())
    if within is not None:
        inside = rows_within(store, rule, profile, as_of, within)
        found = figure_within(rule, inside)
        listed = [row for status in SHOWN for row in inside if row["status"] == status]
    else:
        listed = [row for status in SHOWN for row in _every(store, rule, profile, as_of, status)]
    rows = [viewer.row(rule, row) for row in listed]
    return GapList(found, tuple(GapRow(r, rule.explain(r, profile, viewer.language)) for r in rows))


def rows_within(
    store: Store, rule: Rule, profile: Profile, as_of: str, within: Locality
) -> tuple[Row, ...]:
    """The subjects of a rule that belong to an area of a place, of every status; by status and name."""
    found = [row for status in get_args(Status) for row in _every(store, rule, profile, as_of, status)]
    areas = areas_of(store, (str(row["key"]) for row in found))
    return tuple(row for row in found if within.holds(a.key for a in areas.get(str(row["key"]), ())))


def figure_within(rule: Rule, rows: Sequence[Row]) -> Figure:
    """The figure of a place, of the rows of `rows_within`."""
    counts = Counter(str(row["status"]) for row in rows)
    return Figure(rule, len(rows), counts["gap"], counts["unknown"])


def _every(store: Store, rule: Rule, profile: Profile, as_of: str, status: Status) -> list[Row]:
    rows: list[Row] = []
    for page in count():
        new = subjects(store, rule, profile, as_of, status=status, skip=page * PAGE)
        rows += new
        if len(new) < PAGE:
            return rows
    return rows


def headings(rule: Rule) -> tuple[Text, ...]:
    """The headings of `cells`."""
    fixed = (COLUMN_TEXTS["name"], COLUMN_TEXTS["status"], COLUMN_TEXTS["reason"])
    return (*fixed, *(c.text for c in rule.columns), COLUMN_TEXTS["key"])


def cells(rule: Rule, row: GapRow, viewer: Viewer) -> tuple[str, ...]:
    """One row as people read it, under `headings`."""
    values, language = row.values, viewer.language
    fixed = (
        format_term(values["name"], None, language),
        STATUS_TEXTS[str(values["status"])].in_(language),
        row.explained,
    )
    own = (format_term(values.get(c.name), c.terms, language) for c in rule.columns)
    return (*fixed, *own, str(values["key"]))
