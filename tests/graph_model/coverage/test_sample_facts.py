"""The sample on every store: totals, rates and each rule's subjects, as data/sample/facts.toml says.

The facts are written by data/make_sample.py from how the sample is made; they know nothing of our Cypher.
"""

import tomllib
from pathlib import Path

import pytest

from graph_model.coverage.catalogue import read_catalogue
from graph_model.coverage.evaluate import subjects
from graph_model.coverage.measures import count_totals, rates
from graph_model.keys import KeyMaker
from graph_model.profile import read_profile
from graph_model.store.store import Store
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from loaders.reconcile.control_totals import computed_totals

SAMPLE = Path("data/sample")
FACTS = tomllib.loads((SAMPLE / "facts.toml").read_text("utf-8"))["rounds"]
SECRET = b"a secret for tests"
# these facts name their subjects by more than a name, because names alone would be ambiguous
BY_NAME = {
    "no_representative": lambda text: text.split()[0],
    "look_alike_members": lambda text: text.split()[0],
    "stale_pair": lambda text: "与".join(text.split()) + "结对共建",
}


def load(store: Store, round_: str):
    prepared = prepare(store, LoadRequest([SAMPLE / round_], keys=KeyMaker(SECRET)))
    apply(store, prepared)
    return prepared


def answers(store: Store, round_: str):
    profile = read_profile()
    return {
        rule.id: {
            status: sorted(r["name"] for r in subjects(store, rule, profile, round_, status=status))
            for status in ("gap", "ok", "unknown")
        }
        for rule in read_catalogue().rules
    }


def expected(round_: str):
    return {
        id_: {
            status: sorted(BY_NAME.get(id_, str)(name) for name in names)
            for status, names in by_status.items()
        }
        for id_, by_status in FACTS[round_]["rules"].items()
    }


@pytest.mark.parametrize("rounds", [["2006-04"], ["2006-10"], ["2006-04", "2006-10"]], ids="+".join)
def test_the_sample_says_what_its_maker_says(store: Store, rounds: list[str]) -> None:
    for round_ in rounds:
        prepared = load(store, round_)
    assert prepared.reconciled
    assert prepared.reading.problems == ()
    assert count_totals(store) == FACTS[round_]["totals"] == computed_totals(prepared.graph)
    assert {
        r.id: {"numerator": r.numerator, "denominator": r.denominator, "unknown": r.unknown}
        for r in rates(store, read_profile(), round_)
    } == FACTS[round_]["coverage"]
    found = answers(store, round_)
    facts = expected(round_)
    assert facts.keys() <= found.keys()
    for id_ in facts:
        assert (id_, found[id_]) == (id_, facts[id_])


def test_the_same_round_again_plans_nothing(store: Store) -> None:
    load(store, "2006-10")
    again = prepare(store, LoadRequest([SAMPLE / "2006-10"], keys=KeyMaker(SECRET)))
    assert again.plan.empty
    assert again.plan.restated_nodes == ()
    assert again.plan.restated_edges == ()


def test_who_moved_between_the_rounds_is_the_same_person(store: Store) -> None:
    load(store, "2006-04")
    moves = prepare(store, LoadRequest([SAMPLE / "2006-10"], keys=KeyMaker(SECRET))).plan.moves()
    assert {m.after.type for m in moves} == {"AFFILIATED_WITH", "EMPLOYED_BY"}


def test_the_joint_branch_of_the_account_is_found_in_the_round_before_it_exists() -> None:
    found = FACTS["2006-04"]["rules"]["joint_branch_candidate"]["gap"]
    assert found == ["商业管理公司", "松新经济公司", "新城经济公司", "社区服务中心"]
    assert "商业管理公司" in FACTS["2006-10"]["rules"]["joint_branch_candidate"]["ok"]
