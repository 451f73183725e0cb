"""The rates apart: by area, sub-district, ownership and kind; and that figure, list, parts and rules say the same."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from graph_model.coverage.catalogue import read_catalogue
from graph_model.coverage.evaluate import figure, subjects
from graph_model.coverage.measures import count_totals, rates, rates_by_part, units
from graph_model.coverage.totals import Part, breakdowns, in_part, rate_texts, where
from graph_model.profile import Profile, read_profile
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, random_graph, staff, tie

PROFILE = read_profile()
CATALOGUE = read_catalogue()
NOW = "2006-10"


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
    node("s_1", name="东街道"),
    node("s_2", name="西街道"),
    *(tie(f"{area} PART_OF s_1") for area in ("r_1", "r_2")),
    tie("c_1 PART_OF s_2"),
)


def numbers(part: Part) -> tuple[int, ...]:
    """Organised, alone, reached, operating, unknown, closed."""
    found = {r.id: r for r in part.rates}
    first = found["organisation"]
    covered = (found[id_].numerator for id_ in ("organisation", "independent", "work"))
    return (*covered, first.denominator, first.unknown, first.closed)


def by(store: Store) -> dict[str, dict[str, tuple[int, ...]]]:
    return {
        id_: {p.id: numbers(p) for p in parts} for id_, parts in rates_by_part(store, PROFILE, NOW).items()
    }


def test_each_part_has_its_rates_with_unknown_and_closed_apart(store: Store) -> None:
    fill(store, FIELD)
    assert by(store) == {
        "area": {"r_1": (1, 1, 1, 1, 1, 1), "r_2": (1, 1, 1, 1, 0, 0), "c_1": (1, 0, 1, 1, 1, 0)},
        "subdistrict": {"s_1": (1, 1, 1, 1, 1, 1), "s_2": (1, 0, 1, 1, 1, 0)},
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
    parts = rates_by_part(store, PROFILE, NOW)
    assert [p.text.zh for p in parts["area"]] == ["c_1", "兰桥", "檀香"]
    assert {p.text.en for p in parts["ownership"]} == {"Private", "Collective", "Ownership unknown"}
    assert {p.text.zh for p in parts["kind"]} == {"居住小区", "商业区域", "商业区域和居住小区"}


def test_an_empty_store_has_no_parts(store: Store) -> None:
    assert by(store) == {"area": {}, "subdistrict": {}, "ownership": {}, "kind": {}}
    assert units(store, PROFILE, NOW) == ()


FORMER = Profile(
    {
        name: replace(t, value=1) if name == "coverage.work_counts_contact" else t
        for name, t in PROFILE.thresholds.items()
    }
)


@pytest.mark.parametrize(
    ("seed", "profile"), [*((seed, PROFILE) for seed in range(6)), (3, FORMER), (5, FORMER)]
)
def test_figure_list_parts_and_rules_say_the_same(store: Store, seed: int, profile: Profile) -> None:
    fill(store, random_graph(seed, random.Random(seed).choice((3, 8, 20))))
    rows = units(store, profile, NOW)
    assert [r["key"] for r in rows] == sorted(r["key"] for r in rows)
    by_part = rates_by_part(store, profile, NOW)
    found = {r.id: r for r in rates(store, profile, NOW)}
    for text in rate_texts():
        rate = found[text.id]
        lists = Counter(where(text, row) for row in rows)
        assert (rate.numerator, rate.denominator - rate.numerator, rate.unknown, rate.closed) == tuple(
            lists[name] for name in ("covered", "uncovered", "unknown", "closed")
        )
        for id_, parts in by_part.items():
            listed = [Counter(where(text, r) for r in rows if in_part(id_, p.id, r)) for p in parts]
            told = [next(r for r in p.rates if r.id == text.id) for p in parts]
            assert [r.numerator for r in told] == [n["covered"] for n in listed]
            assert [r.denominator for r in told] == [n["covered"] + n["uncovered"] for n in listed]
            assert [(r.unknown, r.closed) for r in told] == [(n["unknown"], n["closed"]) for n in listed]
            # a company counts in each of its areas and sub-districts; the other ways to take the rates apart part it
            if id_ not in ("area", "subdistrict"):
                assert sum(r.numerator for r in told) == rate.numerator
                assert sum(r.denominator for r in told) == rate.denominator
    for rule, id_ in (("no_work_coverage", "work"), ("own_branch_due", "due")):
        text = next(r for r in rate_texts() if r.id == id_)
        gaps = {r["key"] for r in subjects(store, CATALOGUE.rule(rule), profile, NOW)}
        assert gaps == {r["key"] for r in rows if where(text, r) == "uncovered"}
        assert len(gaps) == found[id_].denominator - found[id_].numerator
    assert (
        sum(r["members"] > 0 and r["as_company"] != "" for r in rows) == count_totals(store)["with_members"]
    )


def test_the_former_reading_counts_meetings_and_pairs_of_whatever_date(store: Store) -> None:
    fill(
        store,
        graph(
            *(company(n) for n in (1, 2, 3, 4)),
            node("j_1", held="1999"),
            tie("j_1 ATTENDED_BY u_1"),
            node("p_1", last_contact="1999-01"),
            tie("p_1 PARTNER u_2"),
            staff("u_3", full=2),
        ),
    )
    for profile, work, contact, gaps in ((PROFILE, 0, 1, 4), (FORMER, 2, 1, 2)):
        found = {r.id: r.numerator for r in rates(store, profile, NOW)}
        ownership = rates_by_part(store, profile, NOW)["ownership"][0]
        assert (found["work"], found["contact"]) == (work, contact)
        assert [r.numerator for r in ownership.rates if r.id == "work"] == [work]
        assert figure(store, CATALOGUE.rule("no_work_coverage"), profile, NOW).gaps == gaps
        assert sum(bool(r["work"]) for r in units(store, profile, NOW)) == work


def test_the_due_rate_asks_units_of_every_kind_and_tells_the_unknown_ones_apart(store: Store) -> None:
    keys = ("has", "joint", "lacks", "blank", "vague", "few", "closed")
    fill(
        store,
        graph(
            *(node(f"u_{k}", status="operating") for k in keys[:3]),
            node("u_blank"),
            *(node(f"u_{k}", status="operating") for k in ("vague", "few")),
            node("u_closed", status="closed"),
            *(staff(f"u_{k}", full=3) for k in ("has", "joint", "lacks", "blank", "closed")),
            staff("u_vague", full=2, unclear=1),
            staff("u_few", full=2, probationary=5),
            node("b_1"),
            tie("b_1 ORGANISED_IN u_has"),
            node("b_2"),
            tie("b_2 ORGANISED_IN u_joint"),
            tie("b_2 ORGANISED_IN u_few"),
        ),
    )
    [due] = [r for r in rates(store, PROFILE, NOW) if r.id == "due"]
    assert (due.numerator, due.denominator, due.unknown, due.closed) == (1, 3, 2, 1)
    gaps = subjects(store, CATALOGUE.rule("own_branch_due"), PROFILE, NOW)
    assert [r["key"] for r in gaps] == ["u_joint", "u_lacks"]


def test_there_is_one_text_for_each_breakdown() -> None:
    assert [b.id for b in breakdowns()] == ["area", "subdistrict", "ownership", "kind"]
    assert all(b.cypher.count("RETURN") == 1 for b in breakdowns())
