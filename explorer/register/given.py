"""Values of columns that are no property and no path: coverage of units, numbers of open problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from explorer.answers import Answers
from graph_model.register.ask import problem_counts
from graph_model.register.kinds import COVERAGE, PROBLEM_COUNT, RATE_BASE, RATES, Kind
from graph_model.register.query import Given, RegisterQuery
from graph_model.store.driver import Row


def given_values(answers: Answers, query: RegisterQuery, *also: str) -> Given:
    """{column: {key: value}} of the given columns that the query filters or sorts by, and of those in `also`."""
    asked = {f.column.id for f in query.filters if f.column.place == "given"}
    asked |= {s.column.id for s in query.sort if s.column.place == "given"}
    asked |= set(also)
    return {id_: make(answers, query.kind) for id_, make in _MAKE.items() if id_ in asked}


def coverage_of(row: Row) -> str:
    """How a unit that the rates ask about is covered, by its row in the list behind the rates."""
    status = str(row["status"])
    if status == "unknown":
        return "unknown"
    if status != "operating":
        return "closed"
    return "organised" if row["organisation"] else "reached" if row["work"] else "uncovered"


def _coverage(answers: Answers, kind: Kind) -> Mapping[str, Any]:
    return {str(row["key"]): coverage_of(row) for row in answers.units()} if kind.label == "Unit" else {}


def _problem_counts(answers: Answers, kind: Kind) -> Mapping[str, Any]:
    rules = [r.id for r in answers.catalogue.rules if r.about == kind.label and r.nature != "data"]
    return answers.remember(
        ("problem counts", kind.label, answers.revision()), lambda: problem_counts(answers.store, rules)
    )


def _rate(id_: str, answers: Answers, kind: Kind) -> Mapping[str, Any]:
    """The rate of each area in percent, of those that have companies that count."""
    del kind  # only residential areas have the column
    found: dict[str, float] = {}
    for part in answers.parts().get("area", ()):
        rate = next((r for r in part.rates if r.id == id_), None)
        if part.id and rate is not None and rate.share is not None:
            found[part.id] = round(100 * rate.share, 1)
    return found


def _rate_base(answers: Answers, kind: Kind) -> Mapping[str, Any]:
    del kind
    return {part.id: part.rates[0].denominator for part in answers.parts().get("area", ()) if part.id}


_MAKE: Mapping[str, Callable[[Answers, Kind], Mapping[str, Any]]] = {
    COVERAGE: _coverage,
    PROBLEM_COUNT: _problem_counts,
    RATE_BASE: _rate_base,
    **{f"rate_{id_}": partial(_rate, id_) for id_ in RATES},
}
