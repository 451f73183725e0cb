"""Which columns of a sheet may hold what not everybody may see, and whether a problem stands in one."""

from __future__ import annotations

from collections.abc import Mapping

from graph_model.schema import node_type
from loaders.form import Form
from loaders.problems import Problem, column_letters

Sensitive = Mapping[tuple[str, str], frozenset[str]]
"""By (file, sheet) the letters of its sensitive columns."""


def sensitive_columns(form: Form, columns: Mapping[str, int]) -> frozenset[str]:
    """The letters of the columns that hold sensitive properties, or name somebody whose name is one."""
    return frozenset(
        column_letters(columns[c.heading])
        for c in form.columns
        if c.heading in columns
        and (
            (c.property is not None and c.property.sensitive)
            or any(node_type(end).property("name").sensitive for end in c.ends)
        )
    )


def stands_in(found: Problem, sensitive: Sensitive) -> bool:
    """Does a problem stand in one of these columns."""
    column = found.cell.rstrip("0123456789")
    return column in sensitive.get((found.file, found.sheet), frozenset())
