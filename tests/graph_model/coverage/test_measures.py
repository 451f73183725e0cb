"""The three rates apart: by area, ownership and kind; and their change from round to round."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.coverage.catalogue import Catalogue
from graph_model.coverage.measures import companies, count_totals, rates, rates_by_part
from graph_model.coverage.totals import Part, Rate, breakdowns
from graph_model.findings.refresh import refresh_findings
from graph_model.findings.round_figures import (
    change_between,
    company_coverage,
    figures_history,
    pack_coverage,
    split,
    unpack_coverage,
)
from graph_model.graph import Graph
from graph_model.profile import read_profile
from graph_model.store.store import Round, Store
from tests.support.graphs import fill, graph, node, random_graph, tie

NONE = Catalogue(())
PROFILE = read_profile()
IDS = ("organisation", "independent", "work")


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


# ---- from round to round


def load(store: Store, round_: str, desired: Graph) -> None:
    fill(store, desired, round=Round(round_, round_, "2006-11-01T00:00:00+00:00", {}, {}))
    refresh_findings(store, NONE, PROFILE)


def test_rates_and_totals_of_each_round_are_kept_and_the_change_is_split(store: Store) -> None:
    load(
        store,
        "2006-04",
        graph(company(1), company(2), company(3), node("b_1"), tie("b_1 ORGANISED_IN u_3")),
    )
    load(
        store,
        "2006-10",
        graph(
            company(1),
            company(2),
            company(4),
            node("b_1"),
            tie("b_1 ORGANISED_IN u_1"),
            company(5, status="closed"),
        ),
    )
    first, second = figures_history(store)
    assert (first.round, first.totals["companies"], first.rates[0].share) == ("2006-04", 3, 1 / 3)
    assert (second.round, second.totals["companies"], second.rates[0].share) == ("2006-10", 4, 1 / 3)
    change = change_between(store, first, second)[0]
    assert (change.gained, change.lost, change.joined, change.left) == (1, 0, (0, 1), (1, 0))
    assert change.moves == {"u_1": "gained", "u_4": "joined", "u_3": "left"}
    assert change.points == 0
    assert change.progress_points is not None
    assert change.base_points is not None
    assert round(change.progress_points, 6) == round(-change.base_points, 6) == round(100 / 3, 6)


def test_a_round_loaded_again_is_kept_once_with_what_is_true_now(store: Store) -> None:
    load(store, "2006-10", graph(company(1)))
    load(store, "2006-10", graph(company(1), company(2)))
    [kept] = figures_history(store)
    assert kept.totals["companies"] == 2


def test_a_store_without_figures_has_no_history(store: Store) -> None:
    fill(store, FIELD)
    assert figures_history(store) == ()


_keys = st.sampled_from([f"u_{i}" for i in range(8)])
_marks = st.sampled_from(("p", "po", "poi", "pw", "pow", "poiw", "q", "c", "so"))
_field = st.dictionaries(_keys, _marks)


def rates_of(companies: dict[str, str]) -> tuple[Rate, ...]:
    base = [m for m in companies.values() if m.startswith("p")]
    letters = dict(zip(IDS, "oiw", strict=True))
    return tuple(
        Rate(id_, sum(letter in m for m in base), len(base), 0, 0) for id_, letter in letters.items()
    )


@given(_field, _field)
def test_the_split_accounts_for_every_company(before: dict[str, str], after: dict[str, str]) -> None:
    for change in split(before, after, rates_of(before), rates_of(after)):
        come, go = change.joined, change.left
        moves = list(change.moves.values())
        assert [moves.count(m) for m in ("gained", "lost", "joined", "left")] == [
            change.gained,
            change.lost,
            sum(come),
            sum(go),
        ]
        assert (
            change.before.numerator + change.gained - change.lost + come[0] - go[0]
            == change.after.numerator
        )
        assert change.before.denominator + sum(come) - sum(go) == change.after.denominator
        if change.points is not None:
            assert change.progress_points is not None
            assert change.base_points is not None
            assert abs(change.progress_points + change.base_points - change.points) < 1e-9
        if (
            before.keys() == after.keys()
            and all(before[k][0] == after[k][0] for k in before)
            and change.points
        ):
            assert abs(change.base_points or 0) < 1e-9


@given(_field)
def test_packing_loses_nothing(companies: dict[str, str]) -> None:
    assert unpack_coverage(pack_coverage(companies)) == companies


def test_coverage_of_a_company() -> None:
    row = {"key": "u_1", "status": "operating", "organised": True, "alone": False, "reached": True}
    assert company_coverage([row, {**row, "key": "u_2", "status": "shell", "organised": False}]) == {
        "u_1": "pow",
        "u_2": "sw",
    }
