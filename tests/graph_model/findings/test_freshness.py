"""How fresh findings are: behind the data, behind the rules, or without a rule that failed."""

from __future__ import annotations

from dataclasses import replace

from graph_model.coverage.catalogue import Catalogue, RuleColumn, read_catalogue
from graph_model.coverage.rate_texts import declared_rates
from graph_model.findings.freshness import (
    Freshness,
    needs_refresh,
    new_revision,
    read_freshness,
    rules_hash,
)
from graph_model.findings.refresh import refresh_findings
from graph_model.findings.snapshot import subjects_page
from graph_model.profile import Profile, read_profile
from graph_model.store.store import Store
from graph_model.text import Text
from tests.support.graphs import fill, graph, node, staff

PROFILE = read_profile()
DUE = read_catalogue().rule("own_branch_due")
ONE = Catalogue((DUE,))
MORE = replace(DUE, columns=(*DUE.columns, RuleColumn("reason", Text("原因", "Reason"))))


def stands(**said: object) -> Freshness:
    fresh = Freshness("3", rules_hash(ONE, PROFILE), "a1", 3, "2006-10")
    return replace(fresh, **said)  # type: ignore[arg-type]


def test_findings_of_the_present_load_and_rules_are_fresh() -> None:
    assert not needs_refresh(stands(), ONE, PROFILE)


def test_a_load_other_rules_and_a_failed_rule_ask_for_a_refresh() -> None:
    for now in (
        stands(version=4),
        stands(load=""),
        stands(rules="0000"),
        stands(failed=("own_branch_due",)),
    ):
        assert needs_refresh(now, ONE, PROFILE)
    assert needs_refresh(stands(), Catalogue(()), PROFILE)


def test_where_nothing_was_loaded_there_is_nothing_to_refresh() -> None:
    assert not needs_refresh(Freshness(), ONE, PROFILE)
    assert not needs_refresh(stands(round=None, load="1"), ONE, PROFILE)


def test_thresholds_that_no_rule_asks_for_and_texts_change_nothing() -> None:
    same = rules_hash(ONE, PROFILE)
    [(_, dotted)] = [*DUE.params.items()][:1]
    old = PROFILE.thresholds[dotted]
    other = Profile({**PROFILE.thresholds, dotted: replace(old, value=old.value + 1)})
    asked = {*DUE.params.values(), *declared_rates()["params"].values()}
    unused = Profile({name: t for name, t in PROFILE.thresholds.items() if name in asked})
    assert rules_hash(ONE, unused) == same
    assert rules_hash(Catalogue((replace(DUE, title=Text("别的", "Other")),)), PROFILE) == same
    for catalogue, profile in (
        (ONE, other),
        (Catalogue((replace(DUE, id="other"),)), PROFILE),
        (Catalogue((replace(DUE, cypher=DUE.cypher + " "),)), PROFILE),
        (Catalogue((MORE,)), PROFILE),
        (Catalogue(()), PROFILE),
    ):
        assert rules_hash(catalogue, profile) != same


def test_a_new_revision_is_another_each_time() -> None:
    one, two = new_revision(failed=None), new_revision()
    assert (one.label, one.key, one.properties["failed"]) == ("StoreState", "z_state", None)
    assert one.properties["findings"] != two.properties["findings"]


def test_how_fresh_is_read_in_one_question(store: Store) -> None:
    assert read_freshness(store).round is None
    fill(store, graph(node("u_1", status="operating"), staff("u_1", full=3)))
    assert read_freshness(store).load == ""
    refresh_findings(store, ONE, PROFILE)
    now = read_freshness(store)
    assert (now.load, now.version, now.round, now.failed) == ("1", 1, "2006-10", ())
    assert now.rules == rules_hash(ONE, PROFILE)
    assert now.revision


def test_a_column_that_a_rule_was_given_since_is_in_its_list(store: Store) -> None:
    fill(store, graph(node("u_1", status="operating"), staff("u_1", full=3)))
    refresh_findings(store, ONE, PROFILE)
    with_more = replace(DUE, columns=(*DUE.columns[:-1],))
    wider = Catalogue((DUE,))
    refresh_findings(store, Catalogue((with_more,)), PROFILE)
    [row] = subjects_page(store, wider, PROFILE, "2006-10", DUE)
    assert {c.name for c in DUE.columns} <= row.keys()
