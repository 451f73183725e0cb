from pathlib import Path

from graph_model.keys import KeyMaker
from loaders.reconcile.control_totals import computed_totals, computed_totals_by_area
from loaders.survey import read_round
from tests.support.graphs import graph, node, tie

SAMPLE = Path(__file__).parents[3] / "data" / "sample" / "2006-10"


def test_totals_of_an_area_are_those_of_the_companies_that_manage_it():
    found = computed_totals_by_area(
        graph(
            node("u_1", kind="property_company", ownership="private"),
            node("u_2", kind="bank"),
            node("r_1"),
            node("c_1"),
            node("b_1"),
            node("m_1"),
            node("m_2"),
            tie("u_1 MANAGES r_1"),
            tie("u_1 MANAGES c_1"),
            tie("u_2 MANAGES r_1"),
            tie("b_1 ORGANISED_IN u_1"),
            tie("m_1 EMPLOYED_BY u_1"),
            tie("m_2 EMPLOYED_BY u_2"),
        )
    )
    same = {
        "companies": 1,
        "collective": 0,
        "private": 1,
        "with_branch": 1,
        "with_members": 1,
        "members": 1,
    }
    assert found["r_1"] == {**same, "commercial": 0, "residential": 1}
    assert found["c_1"] == {**same, "commercial": 1, "residential": 0}


def test_a_partial_round_counts_only_its_own_but_knows_what_is_held():
    held = graph(node("u_1", kind="property_company"), node("r_1"), tie("u_1 MANAGES r_1"))
    partial = graph(node("m_1"), tie("m_1 EMPLOYED_BY u_1"))
    assert computed_totals(partial, held)["members"] == 1
    assert computed_totals(partial, held)["companies"] == 0
    assert computed_totals_by_area(partial, held)["r_1"]["members"] == 1
    assert computed_totals_by_area(partial, held)["r_1"]["companies"] == 0


def test_the_areas_of_the_sample_add_up():
    """Every company of the sample manages one area, so the areas add up to the whole."""
    reading = read_round([SAMPLE], keys=KeyMaker(b"test"))
    by_area = computed_totals_by_area(reading.graph)
    managing = {s for t, s, _ in reading.graph.edges if t == "MANAGES"}
    several = len([1 for t, s, _ in reading.graph.edges if t == "MANAGES"]) - len(managing)
    members = sum(a["members"] for a in by_area.values())
    assert members >= computed_totals(reading.graph)["members"] - several
