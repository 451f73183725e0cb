"""Control totals, rates and breakdowns as their files declare them, and what is made of the rows that come back."""

from __future__ import annotations

import pytest

from graph_model.coverage.rate_texts import rates_cypher, units_cypher
from graph_model.coverage.totals import (
    Rate,
    breakdowns,
    in_part,
    main_rates,
    parts,
    rate_sentences,
    rate_texts,
    rates,
    totals,
    where,
)
from graph_model.profile import read_profile
from graph_model.schema import node_type
from graph_model.text import Text

AREA, _, OWNERSHIP, KIND = breakdowns()
IDS = ["organisation", "independent", "due", "work", "contact"]
COUNTS = {
    **{"as_company_in": 4, "as_company_unknown": 2, "as_company_closed": 1},
    **{"as_due_in": 2, "as_due_unknown": 1, "as_due_closed": 0},
    **{"organisation": 1, "independent": 0, "due": 1, "work": 3, "contact": 1},
}


def test_no_two_totals_go_by_one_name() -> None:
    names = [name for total in totals() for name in (total.text.zh, *total.aliases)]
    assert len(names) == len(set(names))


def test_each_text_asks_for_what_it_is_read_for() -> None:
    assert all("AS total" in total.cypher for total in totals())
    assert [r.id for r in rate_texts()] == IDS
    assert [r.id for r in main_rates()] == IDS[:-1]
    for r in rate_texts():
        assert f"AS {r.id}" in rates_cypher()
        assert f"AS {r.id}" in units_cypher()
        assert all(f"AS {r.id}" in b.cypher for b in breakdowns())
    assert "$after" in units_cypher()
    assert "$limit" in units_cypher()


def test_every_ownership_that_there_is_has_a_text() -> None:
    assert OWNERSHIP.terms.keys() == {"", *(t.value for t in node_type("Unit").property("ownership").terms)}
    assert (AREA.terms.keys(), KIND.terms.keys()) == ({""}, {"", "commercial", "residential", "both"})


def test_rates_of_no_company_have_no_share() -> None:
    none = rates(dict.fromkeys(COUNTS, 0))
    assert none == tuple(Rate(id_, 0, 0, 0, 0) for id_ in IDS)
    assert none[0].share is None


def test_a_unit_stands_in_one_list_of_a_rate_or_in_none() -> None:
    work = next(r for r in rate_texts() if r.id == "work")
    rows = [
        {"as_company": place, "work": covered}
        for place, covered in (
            ("in", True),
            ("in", False),
            ("unknown", True),
            ("closed", False),
            ("", True),
        )
    ]
    assert [where(work, row) for row in rows] == ["covered", "uncovered", "unknown", "closed", ""]


def test_a_unit_is_of_the_part_that_counts_it() -> None:
    row = {
        "areas": ["r_1", "r_2"],
        "subdistricts": ["s_1"],
        "ownership": None,
        "commercial": 0,
        "residential": 2,
    }
    assert [in_part("area", part, row) for part in ("r_1", "r_2", "r_3", "")] == [True, True, False, False]
    assert [in_part("ownership", part, row) for part in ("", "private")] == [True, False]
    assert [in_part("kind", part, row) for part in ("residential", "both", "")] == [True, False, False]
    none = {"areas": [], "subdistricts": [], "ownership": "state", "commercial": 1, "residential": 0}
    assert in_part("area", "", none)
    assert in_part("kind", "commercial", none)
    assert in_part("kind", "both", {**none, "residential": 1})


@pytest.mark.parametrize(
    ("breakdown", "part", "name", "text"),
    [
        (AREA, "r_1", "檀香", Text("檀香", "檀香")),
        (AREA, "r_2", "", Text("r_2", "r_2")),
        (AREA, "", "", Text("所属区域不明", "Area unknown")),
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
        Rate("due", 1, 2, 1, 0),
        Rate("work", 3, 4, 2, 1),
        Rate("contact", 1, 4, 2, 1),
    )


def test_what_belongs_to_no_part_comes_last_and_the_rest_stays_in_order() -> None:
    rows = [{"part": part, "name": part, **COUNTS} for part in ("r_9", "", "r_1")]
    assert [p.id for p in parts(AREA, rows)] == ["r_9", "r_1", ""]


def test_the_sentences_on_a_rate_name_the_round_and_the_date_that_counts() -> None:
    [text] = [t for t in rate_texts() if t.id == "contact"]
    lines = rate_sentences(text, read_profile(), "2006-10", "2026-11-28", "zh")
    assert lines[-1] == "数据：2006年10月调摸批次，期限算至2026年11月28日。"
    assert "3 个月内参加过联席会议" in lines[0]
    english = rate_sentences(text, read_profile(), "2006-10", "2026-11", "en")[-1]
    assert english == "Data: survey round October 2006; periods reckoned to November 2026."
