"""The problems of a load of the history, as the loader gave them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_model.text import Text
from loaders.forms.form import read_forms
from loaders.history.load_log import LoadEntry
from loaders.map.sensitive import (
    Sensitive,
    SheetsOfPeople,
    is_in_sensitive_column,
    lists_people,
    may_contain_name,
    sensitive_columns,
)
from loaders.problems import Problem


@dataclass(frozen=True, slots=True)
class LoggedProblems:
    """The problems of a load. `sensitive`: None where it was kept before columns were: then all of it may be."""

    problems: tuple[Problem, ...]
    sensitive: Sensitive | None
    people: SheetsOfPeople = frozenset()

    def is_sensitive(self, found: Problem) -> bool:
        """May the value of a problem be the name of a person, or as private as one."""
        return self.sensitive is None or may_contain_name(found, self.sensitive, self.people)

    def names_somebody(self, found: Problem) -> bool:
        """Does a problem stand in a column that is meant for what not everybody may see."""
        return self.sensitive is None or is_in_sensitive_column(found, self.sensitive)


def read_logged_problems(entry: LoadEntry) -> LoggedProblems:
    """Every problem that a load had."""
    forms = {f.id: f for f in read_forms()}
    sensitive = {
        at: sensitive_columns(forms[known.form], dict(known.columns), known.apart)
        for known in entry.columns
        if known.form in forms
        for at in known.sheets
    }
    people = frozenset(
        at
        for known in entry.columns
        if known.form in forms and lists_people(forms[known.form])
        for at in known.sheets
    )
    return LoggedProblems(tuple(_problem(p) for p in entry.problems), sensitive or None, people)


def _problem(kept: Mapping[str, Any]) -> Problem:
    return Problem(**{**kept, "what": Text(**kept["what"]), "right": Text(**kept["right"])})
