"""The rates kept with each round, and their change from one to the next: real progress and change of the base."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph_model.coverage.catalogue import Catalogue
from graph_model.coverage.totals import Rate
from graph_model.findings.refresh import refresh_findings
from graph_model.findings.round_figures import (
    Change,
    change_between,
    companies_of,
    figures_history,
    pack_coverage,
    split,
    stored_figures,
    unit_coverage,
    unpack_coverage,
)
from graph_model.graph import Graph
from graph_model.profile import Profile, read_profile
from graph_model.store.store import Round, Store
from tests.support.graphs import fill, graph, node, tie

NONE = Catalogue(())
PROFILE = read_profile()
IDS = ("organisation", "independent", "work")


def company(number: int, **more: str) -> object:
    return node(f"u_{number}", kind="property_company", **{"status": "operating", **more})


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
    fill(store, graph(company(1)))
    assert figures_history(store) == ()
    assert companies_of(store, ["2006-10"]) == {}


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
    row = {
        **{"key": "u_1", "status": "operating", "as_company": "in", "as_due": ""},
        **{"organisation": True, "independent": False, "due": False, "work": True, "contact": False},
    }
    shell = {**row, "key": "u_2", "status": "shell", "as_company": "closed", "organisation": False}
    assert unit_coverage([row, shell]) == {"u_1": "pow", "u_2": "sw"}
    school = {**row, "key": "u_3", "as_company": "", "as_due": "in", "independent": True, "due": True}
    assert unit_coverage([school]) == {"u_3": "noiwd"}
    alone = {**row, "organisation": False, "work": False, "contact": True}
    assert unit_coverage([alone]) == {"u_1": "pt"}


def test_a_status_that_is_not_known_counts_as_unknown() -> None:
    row = {
        **{"key": "u_1", "status": "merged", "as_company": "closed", "as_due": ""},
        **{"organisation": True, "independent": True, "due": True, "work": True, "contact": False},
    }
    assert unit_coverage([row]) == {"u_1": "qoiw"}


def test_a_round_without_companies_is_packed_as_an_empty_text() -> None:
    assert (pack_coverage({}), unpack_coverage("")) == ("", {})


def rate(id_: str, numerator: int, denominator: int) -> Rate:
    return Rate(id_, numerator, denominator, 0, 0)


def test_only_operating_companies_are_a_base() -> None:
    before = {"u_1": "pw", "u_2": "cw", "u_3": "q"}
    after = {"u_1": "cw", "u_2": "pw", "u_3": "q"}
    [change] = split(before, after, [rate("work", 1, 1)], [rate("work", 1, 1)])
    assert (change.joined, change.left, dict(change.moves)) == (
        (1, 0),
        (1, 0),
        {"u_2": "joined", "u_1": "left"},
    )


def test_units_that_are_due_a_branch_are_a_base_of_their_own() -> None:
    before = {"u_1": "pd", "u_2": "nid", "u_3": "p"}
    after = {"u_1": "pid", "u_2": "ni", "u_3": "pd"}
    [change] = split(before, after, [rate("due", 1, 2)], [rate("due", 1, 2)])
    assert (change.gained, change.lost, change.joined, change.left) == (1, 0, (0, 1), (1, 0))


def test_a_round_that_was_read_in_another_way_is_told_and_not_compared(store: Store) -> None:
    former = {**PROFILE.thresholds}
    name = "coverage.work_counts_contact"
    former[name] = replace(former[name], value=1)
    held = graph(company(1), node("j_1", held="2006-01"), tie("j_1 ATTENDED_BY u_1"))
    fill(store, held, round=Round("2006-04", "2006-04", "2006-05-01T00:00:00+00:00", {}, {}))
    refresh_findings(store, NONE, Profile(former))
    [before] = figures_history(store)
    assert ({r.id: r.numerator for r in before.rates}["work"], before.apart) == (1, ())
    load(store, "2006-10", graph(company(1)))
    before, after = figures_history(store)
    assert [r.id for r in before.rates] == ["organisation", "independent", "due"]
    assert (before.apart, after.apart) == (("work", "contact"), ())
    assert [c.after.id for c in change_between(store, before, after)] == [
        "organisation",
        "independent",
        "due",
    ]


def test_a_rate_that_the_round_before_did_not_have_has_no_change() -> None:
    assert split({}, {}, [rate("work", 0, 0)], [rate("organisation", 0, 0), rate("work", 0, 0)]) == (
        Change(rate("work", 0, 0), rate("work", 0, 0), 0, 0, (0, 0), (0, 0), {}),
    )


def test_without_a_base_on_either_side_nothing_is_said_of_points() -> None:
    for before, after in (((0, 0), (1, 2)), ((1, 2), (0, 0))):
        change = Change(rate("work", *before), rate("work", *after), 0, 0, (0, 0), (0, 0), {})
        assert (change.points, change.progress_points, change.base_points) == (None, None, None)


def test_what_is_kept_with_rounds_is_read_for_whoever_takes_a_load_back(store: Store) -> None:
    assert (stored_figures(store, ["2006-10"]).mark, stored_figures(store, ["2006-10"]).rounds) == ("", {})
    load(store, "2006-10", graph(node("m_1")))
    kept = stored_figures(store, ["2006-10", "2007-04"])
    assert kept.mark.startswith("1 ")
    assert list(kept.rounds) == ["2006-10"]
    # no property company at all: the round was kept all the same, and is compared with the next one
    assert kept.rounds["2006-10"]["companies"] == ""
    load(store, "2007-04", graph(company(1)))
    assert companies_of(store, ["2006-10", "2007-04"]) == {"2006-10": {}, "2007-04": {"u_1": "p"}}
    first, second = figures_history(store)
    assert change_between(store, first, second)[0].joined == (0, 1)
