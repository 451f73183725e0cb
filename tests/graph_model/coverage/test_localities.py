"""Two sub-districts in one store: what lies in each, its rates as the list counts them, its problems once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from explorer.gaps.rule_list import gap_list
from explorer.viewer import Viewer
from graph_model.coverage.areas import Locality, compare_localities, find_locality, read_localities
from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.coverage.evaluate import figure
from graph_model.coverage.measures import rates_by_part, units
from graph_model.coverage.totals import rate_texts, where
from graph_model.errors import InputError
from graph_model.findings.counts import count_by_areas, count_by_status, count_overdue
from graph_model.findings.findings import edit, read_findings
from graph_model.findings.refresh import refresh_findings
from graph_model.profile import Reckoning, read_profile
from graph_model.store.store import Store
from tests.support.graphs import ROUND, fill, graph, node, staff, tie

PROFILE = replace(read_profile(), given=Reckoning("2006-10", "setting"))
WORK = read_catalogue().rule("no_work_coverage")
DUE = read_catalogue().rule("own_branch_due")
NOW = "2006-10"
COMPANY = {"kind": "property_company", "status": "operating"}

FIELD = graph(
    node("x_1", name="东区"),
    node("s_1", name="东街道"),
    node("s_2", name="西街道"),
    node("s_3", name="南街道"),
    node("r_1", name="檀香"),
    node("r_2", name="兰桥"),
    node("r_3", name="柳岸"),
    node("c_1", name="广场"),
    *(tie(f"{s} PART_OF x_1") for s in ("s_1", "s_2")),
    *(tie(f"{area} PART_OF s_1") for area in ("r_1", "r_2")),
    tie("c_1 PART_OF s_2"),
    # one company in both areas of the one sub-district, one in both sub-districts, one of no known place
    *(node(f"u_{k}", **COMPANY) for k in ("both", "far", "stands", "nowhere")),
    *(tie(f"u_both MANAGES {area}") for area in ("r_1", "r_2")),
    *(tie(f"u_far MANAGES {area}") for area in ("r_2", "c_1")),
    tie("u_stands LOCATED_IN c_1"),
    staff("u_stands", full=3),
    node("b_1"),
    tie("b_1 ORGANISED_IN u_far"),
)


def test_two_sub_districts_each_with_its_own_figures(store: Store) -> None:
    fill(store, FIELD)
    refresh_findings(store, Catalogue((WORK, DUE)), PROFILE)
    places = read_localities(store)
    assert [(p.name, p.label, p.above, sorted(p.areas)) for p in places] == [
        ("东街道", "Subdistrict", "", ["r_1", "r_2"]),
        ("兰桥", "ResidentialArea", "s_1", ["r_2"]),
        ("檀香", "ResidentialArea", "s_1", ["r_1"]),
        ("南街道", "Subdistrict", "", []),
        ("西街道", "Subdistrict", "", ["c_1"]),
        ("广场", "CommercialArea", "s_2", ["c_1"]),
        ("柳岸", "ResidentialArea", "", ["r_3"]),
    ]
    rows = units(store, PROFILE, NOW)
    problems = count_by_areas(store, [WORK.id, DUE.id])
    # the joint company counts once in its sub-district, and u_stands twice: no work coverage, and a branch that is due
    assert problems == {frozenset({"r_1", "r_2"}): 1, frozenset({"c_1"}): 2, frozenset(): 1}
    compared = compare_localities(places, rates_by_part(store, PROFILE, NOW), problems)
    said = {
        of.locality.name: (*(f"{r.numerator}/{r.denominator}" for r in of.rates), of.problems)
        for of in compared
    }
    assert said == {
        "东街道": ("1/2", "1/2", "0/0", "1/2", "0/2", 1),
        "兰桥": ("1/2", "1/2", "0/0", "1/2", "0/2", 1),
        "檀香": ("0/1", "0/1", "0/0", "0/1", "0/1", 1),
        "南街道": ("0/0", "0/0", "0/0", "0/0", "0/0", 0),
        "西街道": ("1/2", "1/2", "0/1", "1/2", "1/2", 2),
        "广场": ("1/2", "1/2", "0/1", "1/2", "1/2", 2),
        "柳岸": ("0/0", "0/0", "0/0", "0/0", "0/0", 0),
    }
    for of in compared:  # figure and list say the same of each place
        inside = [row for row in rows if of.locality.holds(row["areas"])]
        for text, rate in zip(rate_texts(), of.rates, strict=True):
            lists = Counter(where(text, row) for row in inside)
            assert (rate.numerator, rate.denominator) == (
                lists["covered"],
                lists["covered"] + lists["uncovered"],
            )
    # the rule's list of a place is the rate's list of what is not covered there, and the noted problems as many
    for place, keys in (("东街道", ["u_both"]), ("西街道", ["u_stands"]), ("柳岸", [])):
        within = find_locality(places, place)
        found = gap_list(store, figure(store, WORK, PROFILE, NOW), PROFILE, NOW, Viewer(), within=within)
        assert [row.values["key"] for row in found.rows] == keys
        assert (found.figure.gaps, found.figure.population - found.figure.gaps) == (
            len(keys),
            sum(where(rate_texts()[3], r) == "covered" for r in rows if within.holds(r["areas"])),
        )
        lives = count_by_status(store, ROUND.name, within.areas)
        assert lives.get((WORK.id, "new"), 0) == len(keys)
    edit(store, [f.key for f in read_findings(store) if f.subject == "u_both"], {"due": "2006-10-01"})
    day = date(2006, 11, 1)
    assert [count_overdue(store, day, (), p.areas).total for p in places[:3]] == [1, 1, 1]
    assert count_overdue(store, day, (), places[4].areas).total == 0


def test_an_empty_store_has_no_places(store: Store) -> None:
    assert read_localities(store) == ()
    assert compare_localities((), {}, {}) == ()


def test_a_place_is_found_by_its_name_or_key() -> None:
    places = [
        Locality("ResidentialArea", f"r_{n}", name, frozenset())
        for n, name in enumerate(("檀香", "兰桥", "兰桥"))
    ]
    assert find_locality(places, "檀香") is find_locality(places, "r_0")
    assert find_locality(places, "r_2").key == "r_2"
    with pytest.raises(InputError, match="r_1、r_2"):
        find_locality(places, "兰桥")
    with pytest.raises(InputError, match="檀香"):
        find_locality(places, "檀香园")
    with pytest.raises(InputError, match="没有叫"):
        find_locality((), "檀香")
