"""The control totals, rates and the units behind them, counted in a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph_model.coverage.catalogue import months
from graph_model.coverage.rate_texts import rate_values, rates_cypher, units_cypher
from graph_model.coverage.totals import Breakdown, Part, Rate, breakdowns, parts, totals
from graph_model.coverage.totals import rates as read_rates
from graph_model.profile import Profile
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


def rates(store: Store, profile: Profile, as_of: str) -> tuple[Rate, ...]:
    """The coverage rates, and what is shown beside them; periods reckoned to `as_of`."""
    return read_rates(store.ask(rates_cypher(), _values(profile, as_of)).rows[0])


def part_rows(store: Store, breakdown: Breakdown, profile: Profile, as_of: str) -> tuple[Row, ...]:
    """The rows that `totals.parts` makes the parts of a breakdown of."""
    return store.ask(breakdown.cypher, _values(profile, as_of), limit=_MOST_PARTS).rows


def rates_by_part(store: Store, profile: Profile, as_of: str) -> dict[str, tuple[Part, ...]]:
    """{"area" | "subdistrict" | "ownership" | "kind": the rates of each part}."""
    return {b.id: parts(b, part_rows(store, b, profile, as_of)) for b in breakdowns()}


def units(store: Store, profile: Profile, as_of: str) -> tuple[Row, ...]:
    """Every unit that a rate asks about, with what covers it, by key: the list behind the rates and totals."""
    found: list[Row] = []
    while True:
        values = {"after": found[-1]["key"] if found else "", "limit": _PAGE}
        rows = store.ask(units_cypher(), {**_values(profile, as_of), **values}, limit=_PAGE).rows
        found += rows
        if len(rows) < _PAGE:
            return tuple(found)


def _values(profile: Profile, as_of: str) -> dict[str, int]:
    return {**rate_values(profile), "now": months(as_of)}


def _count(store: Store, text: str) -> int:
    return int(store.ask(text).rows[0]["total"])
