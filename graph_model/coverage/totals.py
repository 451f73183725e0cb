"""The control totals and the three rates, as totals.toml and rates.toml declare them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph_model.schema import node_type
from graph_model.text import Text

_HERE = Path(__file__).parent
_OWNERSHIP = node_type("Unit").property("ownership")


@dataclass(frozen=True, slots=True)
class Total:
    """One control total: its names on a summary sheet, and the Cypher that returns `total`."""

    id: str
    text: Text
    aliases: tuple[str, ...]
    cypher: str


@dataclass(frozen=True, slots=True)
class RateText:
    """What one of the three rates is called, and what it means."""

    id: str
    text: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate: operating companies that are covered, of all operating ones.

    `unknown` companies have no known operating status; `closed` ones are closed or shells. Neither is in
    the denominator.
    """

    id: str
    numerator: int
    denominator: int
    unknown: int
    closed: int

    @property
    def share(self) -> float | None:
        """Numerator over denominator; None where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None


@cache
def totals() -> tuple[Total, ...]:
    """Every declared control total, in the order of the file."""
    raw = tomllib.loads((_HERE / "totals.toml").read_text("utf-8"))
    return tuple(
        Total(id_, Text(t["zh"], t["en"]), tuple(t["aliases"]), t["cypher"]) for id_, t in raw.items()
    )


@cache
def _declared() -> Mapping[str, Any]:
    return tomllib.loads((_HERE / "rates.toml").read_text("utf-8"))


@cache
def rate_texts() -> tuple[RateText, ...]:
    """The three rates' names, in the order of the file."""
    return tuple(
        RateText(id_, Text(t["zh"], t["en"]), Text(t["meaning"]["zh"], t["meaning"]["en"]))
        for id_, t in _declared()["rates"].items()
    )


@cache
def rates_cypher() -> str:
    """The one Cypher text behind the three rates: a row per operating status."""
    return f"{_declared()['companies']}\n{_declared()['cypher']}"


@cache
def companies_cypher() -> str:
    """The Cypher text that lists every company with its coverage, a page of $limit after the key $after."""
    return f"{_declared()['companies']}\n{_declared()['list']}"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way to take the rates apart. `terms` names the parts that are not named in the graph."""

    id: str
    text: Text
    terms: Mapping[str, Text]
    cypher: str


@dataclass(frozen=True, slots=True)
class Part:
    """The three rates of one part: an area by its key, an ownership, what is managed; "" is none of them."""

    id: str
    text: Text
    rates: tuple[Rate, ...]


@cache
def breakdowns() -> tuple[Breakdown, ...]:
    """The ways to take the rates apart: by area, by ownership, by kind."""
    return tuple(
        Breakdown(
            id_,
            Text(t["zh"], t["en"]),
            {
                "": Text(t["none"]["zh"], t["none"]["en"]),
                **{term: Text(x["zh"], x["en"]) for term, x in t.get("terms", {}).items()},
                **({x.value: x.text for x in _OWNERSHIP.terms} if id_ == _OWNERSHIP.name else {}),
            },
            f"{_declared()['companies']}\n{t['cypher']}\n{_declared()['parts']}",
        )
        for id_, t in _declared()["breakdowns"].items()
    )


def parts(breakdown: Breakdown, rows: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    """The parts of a breakdown from the rows of its text; what belongs to none comes last."""
    found = [
        Part(
            str(row["part"]),
            breakdown.terms.get(str(row["part"]))
            or Text(row["name"] or row["part"], row["name"] or row["part"]),
            tuple(
                Rate(r.id, row[r.id], row["companies"], row["unknown"], row["closed"]) for r in rate_texts()
            ),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda p: not p.id))


def rates(rows: Iterable[Mapping[str, object]]) -> tuple[Rate, ...]:
    """The three rates from the rows of `rates_cypher`.

    >>> rows = [{"status": "operating", "companies": 4, "organisation": 1, "independent": 1, "work": 2}]
    >>> rates(rows)[0].share
    0.25
    """
    by_status = {str(row["status"]): row for row in rows}

    def number(status: str, column: str) -> int:
        value = by_status.get(status, {}).get(column, 0)
        return value if isinstance(value, int) else 0

    return tuple(
        Rate(
            r.id,
            numerator=number("operating", r.id),
            denominator=number("operating", "companies"),
            unknown=number("unknown", "companies"),
            closed=number("closed", "companies") + number("shell", "companies"),
        )
        for r in rate_texts()
    )
