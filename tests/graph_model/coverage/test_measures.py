"""The three rates apart: by area, ownership and kind."""

from __future__ import annotations

import random

import pytest

from graph_model.coverage.measures import companies, count_totals, rates, rates_by_part
from graph_model.coverage.totals import Part, breakdowns
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, random_graph, tie


def company(number: int, **more: str) -> object:
    return node(f"u_{number}", kind="property_company", **{"status": "operating", **more})


FIELD = graph(
    company(1, ownership="private"),
    company(2, ownership="collective"),
    company(3, ownership="private", status="closed"),
    node("u_4", kind="property_company"),
    node("u_5", kind="other", status="operating"),
    node("b_own"),
    node("b_joint"),
    node("r_1", name="檀香"),
    node("r_2", name="兰桥"),
    node("c_1"),
    node("l_1"),
    tie("b_own ORGANISED_IN u_1"),
    tie("b_joint ORGANISED_IN u_2"),
    tie("b_joint ORGANISED_IN u_5"),
    tie("u_1 MANAGES r_1"),
    tie("u_1 MANAGES r_2"),
    tie("u_2 MANAGES c_1"),
    tie("u_3 MANAGES r_1"),
    tie("u_4 MANAGES r_1"),
    tie("u_4 MANAGES c_1"),
    tie("l_1 POSTED_TO c_1"),
)


def numbers(part: Part) -> tuple[int, ...]:
    """Organised, alone, reached, operating, unknown, closed."""
    first = part.rates[0]
    return (*(r.numerator for r in part.rates), first.denominator, first.unknown, first.closed)


def by(store: Store) -> dict[str, dict[str, tuple[int, ...]]]:
    return {id_: {p.id: numbers(p) for p in parts} for id_, parts in rates_by_part(store).items()}


def test_each_part_has_its_rates_with_unknown_and_closed_apart(store: Store) -> None:
    fill(store, FIELD)
    assert by(store) == {
        "area": {"r_1": (1, 1, 1, 1, 1, 1), "r_2": (1, 1, 1, 1, 0, 0), "": (1, 0, 1, 1, 0, 0)},
        "ownership": {
            "private": (1, 1, 1, 1, 0, 1),
            "collective": (1, 0, 1, 1, 0, 0),
            "": (0, 0, 0, 0, 1, 0),
        },
        "kind": {
            "residential": (1, 1, 1, 1, 0, 1),
            "commercial": (1, 0, 1, 1, 0, 0),
            "both": (0, 0, 0, 0, 1, 0),
        },
    }


def test_parts_have_names_in_both_languages_and_the_rest_comes_last(store: Store) -> None:
    fill(store, FIELD)
    parts = rates_by_part(store)
    assert [p.text.zh for p in parts["area"]] == ["兰桥", "檀香", "不管理居民区"]
    assert {p.text.en for p in parts["ownership"]} == {"Private", "Collective", "Ownership unknown"}
    assert {p.text.zh for p in parts["kind"]} == {"居住小区", "商业区域", "商业区域和居住小区"}


def test_an_empty_store_has_no_parts(store: Store) -> None:
    assert by(store) == {"area": {}, "ownership": {}, "kind": {}}
    assert companies(store) == ()


@pytest.mark.parametrize("seed", range(6))
def test_the_parts_add_up_to_the_whole_and_to_the_list(store: Store, seed: int) -> None:
    fill(store, random_graph(seed, random.Random(seed).choice((3, 8, 20))))
    whole = tuple(r.numerator for r in rates(store))
    first = rates(store)[0]
    sum_ = (*whole, first.denominator, first.unknown, first.closed)
    rows = companies(store)
    for id_ in ("ownership", "kind"):
        parts = rates_by_part(store)[id_]
        assert tuple(map(sum, zip(*map(numbers, parts), strict=True))) == (sum_ if parts else ())
    area = rates_by_part(store)["area"]
    # a company counts in each of its areas, and once where it has none
    assert sum(sum(numbers(p)[3:]) for p in area) == sum(max(r["residential"], 1) for r in rows)
    operating = [r for r in rows if r["status"] == "operating"]
    assert whole == tuple(sum(r[c] for r in operating) for c in ("organised", "alone", "reached"))
    assert sum(r["members"] > 0 for r in rows) == count_totals(store)["with_members"]


def test_there_is_one_text_for_each_breakdown() -> None:
    assert [b.id for b in breakdowns()] == ["area", "ownership", "kind"]
    assert all(b.cypher.count("RETURN") == 1 for b in breakdowns())
