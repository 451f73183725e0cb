"""The control totals, rates and the companies behind them, counted in a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph_model.coverage.totals import (
    Breakdown,
    Part,
    Rate,
    breakdowns,
    companies_cypher,
    parts,
    rates_cypher,
    totals,
)
from graph_model.coverage.totals import rates as read_rates
from graph_model.schema import label_of
from graph_model.store import cypher
from graph_model.store.driver import Row
from graph_model.store.store import Store

_PAGE = 10_000
_MOST_PARTS = 100_000


def count_totals(store: Store) -> dict[str, int]:
    """{total id: number} of the control totals."""
    return {t.id: _count(store, t.cypher) for t in totals()}


def count_openings(store: Store, areas: Iterable[str]) -> dict[tuple[str, str], int]:
    """{("companies" | "members", area key): how many companies manage the area, or work for those}.

    With those of no area in particular, under "".
    """
    found = {(t.id, ""): _count(store, t.cypher) for t in totals() if t.id in ("companies", "members")}
    by_label: dict[str, list[str]] = defaultdict(list)
    for key in areas:
        by_label[label_of(key)].append(key)
    for label, keys in by_label.items():
        for row in store.rows(cypher.companies_of(label), {"keys": keys}):
            found["companies", row["area"]] = row["companies"]
            found["members", row["area"]] = row["members"]
    return found


def rates(store: Store) -> tuple[Rate, ...]:
    """The three coverage rates."""
    return read_rates(store.ask(rates_cypher()).rows)


def rates_by(store: Store, breakdown: Breakdown) -> tuple[Part, ...]:
    """The three rates of each part of a breakdown."""
    return parts(breakdown, store.ask(breakdown.cypher, limit=_MOST_PARTS).rows)


def rates_by_part(store: Store) -> dict[str, tuple[Part, ...]]:
    """{"area" | "ownership" | "kind": the rates of each part}."""
    return {b.id: rates_by(store, b) for b in breakdowns()}


def companies(store: Store) -> tuple[Row, ...]:
    """Every property company with its coverage, by key: the list behind the rates and totals."""
    found: list[Row] = []
    while True:
        values = {"after": found[-1]["key"] if found else "", "limit": _PAGE}
        rows = store.ask(companies_cypher(), values, limit=_PAGE).rows
        found += rows
        if len(rows) < _PAGE:
            return tuple(found)


def _count(store: Store, text: str) -> int:
    return int(store.ask(text).rows[0]["total"])
