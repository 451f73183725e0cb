"""Columns of a sheet that may hold personal data, and whether a problem lies in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from graph_model.schema import node_type
from loaders.forms.form import Form
from loaders.forms.terms import TermQuestion
from loaders.map.heading_words import is_plain_heading
from loaders.map.row_words import names_nobody
from loaders.map.subtotals import is_subtotal
from loaders.problems import HIDDEN, Problem, column_letters

Sensitive = Mapping[tuple[str, str], frozenset[str]]
"""By (file, sheet) the letters of its sensitive columns."""


def sensitive_columns(form: Form, columns: Mapping[str, int], notes: Iterable[int] = ()) -> frozenset[str]:
    """The letters of the columns that hold sensitive properties, or name somebody whose name is one.

    `notes`: the columns that are kept as extra values: free text may name anybody.
    """
    return frozenset(map(column_letters, notes)) | frozenset(
        column_letters(columns[c.heading])
        for c in form.columns
        if c.heading in columns
        and (
            (c.property is not None and c.property.sensitive)
            or any(node_type(end).property("name").sensitive for end in c.ends)
        )
    )


SheetsOfPeople = frozenset[tuple[str, str]]
"""The sheets that list people, as (file, sheet): where a row slipped by a column, names stand in any of them."""

_PLAIN = re.compile(r"[\d\W年月日]*")
"""Property types that never identify a person."""


def lists_people(form: Form) -> bool:
    """Is each row of such a sheet somebody whose name is sensitive."""
    return form.label is not None and node_type(form.label).property("name").sensitive


def may_contain_name(found: Problem | TermQuestion, sensitive: Sensitive, people: SheetsOfPeople) -> bool:
    """May the value of a problem be the name of a person, or as private as one."""
    if found.value == HIDDEN or _names_nobody(found):
        return False
    slipped = (found.file, found.sheet) in people and _PLAIN.fullmatch(found.value) is None
    return slipped or is_in_sensitive_column(found, sensitive)


def _names_nobody(found: Problem | TermQuestion) -> bool:
    """Was the value recognised as none: a heading, a label of sums, the title of a group."""
    match found.code:
        case "unknown_heading" | "duplicate_heading":
            return is_plain_heading(found.value)
        case "total_row":
            return is_subtotal(found.value)
        case "kept_notes" | "too_many_notes":
            return True  # kept are only headings that everybody may see
        case "band_row" | "branch_row" | "branch_title" | "nothing_row":
            return True  # what of such a row may name somebody is no part of its problem
        case "no_name":
            return names_nobody(found.value)
    return False


def is_in_sensitive_column(found: Problem | TermQuestion, sensitive: Sensitive) -> bool:
    """Does a problem stand in one of these columns."""
    column = found.cell.rstrip("0123456789")
    return column in sensitive.get((found.file, found.sheet), frozenset())
