"""Control totals, rates and breakdowns as their files declare them, and what is made of the rows that come back."""

from __future__ import annotations

import pytest

from graph_model.coverage.totals import (
    Rate,
    breakdowns,
    companies_cypher,
    parts,
    rate_texts,
    rates,
    rates_cypher,
    totals,
)
from graph_model.schema import node_type
from graph_model.text import Text

AREA, OWNERSHIP, KIND = breakdowns()
COUNTS = {"companies": 4, "unknown": 2, "closed": 1, "organisation": 1, "independent": 0, "work": 3}


def test_no_two_totals_go_by_one_name() -> None:
    names = [name for total in totals() for name in (total.text.zh, *total.aliases)]
    assert len(names) == len(set(names))


def test_each_text_asks_for_what_it_is_read_for() -> None:
    assert all("AS total" in total.cypher for total in totals())
    assert [r.id for r in rate_texts()] == ["organisation", "independent", "work"]
    for r in rate_texts():
        assert f"AS {r.id}" in rates_cypher()
        assert all(f"AS {r.id}" in b.cypher for b in breakdowns())
    assert "$after" in companies_cypher()
    assert "$limit" in companies_cypher()


def test_every_ownership_that_there_is_has_a_text() -> None:
    assert OWNERSHIP.terms.keys() == {"", *(t.value for t in node_type("Unit").property("ownership").terms)}
    assert (AREA.terms.keys(), KIND.terms.keys()) == ({""}, {"", "commercial", "residential", "both"})


def test_rates_of_no_company_have_no_share() -> None:
    assert rates([]) == tuple(Rate(id_, 0, 0, 0, 0) for id_ in ("organisation", "independent", "work"))
    assert rates([])[0].share is None


def test_closed_companies_and_shells_are_counted_together_and_unknown_ones_apart() -> None:
    rows = [
        {"status": status, "companies": number, "organisation": 1, "independent": 1, "work": 1}
        for status, number in (("operating", 8), ("unknown", 3), ("closed", 2), ("shell", 4))
    ]
    first = rates(rows)[0]
    assert first == Rate("organisation", numerator=1, denominator=8, unknown=3, closed=6)
    assert first.share == 0.125


def test_every_status_of_a_company_is_in_one_of_the_counts() -> None:
    known = [t.value for t in node_type("Unit").property("status").terms]
    rows = [
        {"status": s, "companies": 1, "organisation": 0, "independent": 0, "work": 0}
        for s in (*known, "unknown")
    ]
    counted = rates(rows)[0]
    assert counted.denominator + counted.unknown + counted.closed == len(rows)


@pytest.mark.parametrize(
    ("breakdown", "part", "name", "text"),
    [
        (AREA, "r_1", "檀香", Text("檀香", "檀香")),
        (AREA, "r_2", "", Text("r_2", "r_2")),
        (AREA, "", "", Text("不管理居民区", "Manages no residential area")),
        (OWNERSHIP, "state", "", Text("国有", "State")),
        (OWNERSHIP, "cooperative", "", Text("cooperative", "cooperative")),
    ],
)
def test_a_part_is_called_by_its_term_its_name_or_its_key(breakdown, part, name, text) -> None:
    [found] = parts(breakdown, [{"part": part, "name": name, **COUNTS}])
    assert (found.id, found.text) == (part, text)
    assert found.rates == (
        Rate("organisation", 1, 4, 2, 1),
        Rate("independent", 0, 4, 2, 1),
        Rate("work", 3, 4, 2, 1),
    )


def test_what_belongs_to_no_part_comes_last_and_the_rest_stays_in_order() -> None:
    rows = [{"part": part, "name": part, **COUNTS} for part in ("r_9", "", "r_1")]
    assert [p.id for p in parts(AREA, rows)] == ["r_9", "r_1", ""]
