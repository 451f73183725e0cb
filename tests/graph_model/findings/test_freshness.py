"""How fresh findings are: behind the data, behind the rules, or without a rule that failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from explorer.answers import Answers
from graph_model.coverage.catalogue import Catalogue, RuleColumn, read_catalogue
from graph_model.coverage.rate_texts import declared_rates
from graph_model.findings.findings import read_findings
from graph_model.findings.freshness import (
    Freshness,
    needs_refresh,
    new_revision,
    read_freshness,
    rules_hash,
)
from graph_model.findings.refresh import refresh_findings
from graph_model.findings.snapshot import subjects_page
from graph_model.profile import Profile, Reckoning, read_profile
from graph_model.store.store import Store
from graph_model.text import Text
from tests.support.graphs import ROUND, fill, graph, node, staff

PROFILE = read_profile()
NOW = "2006-10"
DUE = read_catalogue().rule("own_branch_due")
ONE = Catalogue((DUE,))
MORE = replace(DUE, columns=(*DUE.columns, RuleColumn("reason", Text("原因", "Reason"))))


def stands(**said: object) -> Freshness:
    fresh = Freshness("3", rules_hash(ONE, PROFILE, NOW), "a1", 3, "2006-10")
    return replace(fresh, **said)  # type: ignore[arg-type]


def test_findings_of_the_present_load_and_rules_are_fresh() -> None:
    assert not needs_refresh(stands(), ONE, PROFILE, NOW)


def test_a_load_other_rules_and_a_failed_rule_ask_for_a_refresh() -> None:
    for now in (
        stands(version=4),
        stands(load=""),
        stands(rules="0000"),
        stands(failed=("own_branch_due",)),
    ):
        assert needs_refresh(now, ONE, PROFILE, NOW)
    assert needs_refresh(stands(), Catalogue(()), PROFILE, NOW)


def test_where_nothing_was_loaded_there_is_nothing_to_refresh() -> None:
    assert not needs_refresh(Freshness(), ONE, PROFILE, NOW)
    assert not needs_refresh(stands(round=None, load="1"), ONE, PROFILE, NOW)


def test_thresholds_that_no_rule_asks_for_and_texts_change_nothing() -> None:
    same = rules_hash(ONE, PROFILE, NOW)
    [(_, dotted)] = [*DUE.params.items()][:1]
    old = PROFILE.thresholds[dotted]
    other = Profile({**PROFILE.thresholds, dotted: replace(old, value=old.value + 1)})
    asked = {*DUE.params.values(), *declared_rates()["params"].values()}
    unused = Profile({name: t for name, t in PROFILE.thresholds.items() if name in asked})
    assert rules_hash(ONE, unused, NOW) == same
    assert rules_hash(Catalogue((replace(DUE, title=Text("别的", "Other")),)), PROFILE, NOW) == same
    for catalogue, profile in (
        (ONE, other),
        (Catalogue((replace(DUE, id="other"),)), PROFILE),
        (Catalogue((replace(DUE, cypher=DUE.cypher + " "),)), PROFILE),
        (Catalogue((MORE,)), PROFILE),
        (Catalogue(()), PROFILE),
    ):
        assert rules_hash(catalogue, profile, NOW) != same


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
    assert now.rules == rules_hash(ONE, PROFILE, NOW)
    assert now.revision


def test_a_column_that_a_rule_was_given_since_is_in_its_list(store: Store) -> None:
    fill(store, graph(node("u_1", status="operating"), staff("u_1", full=3)))
    refresh_findings(store, ONE, PROFILE)
    with_more = replace(DUE, columns=(*DUE.columns[:-1],))
    wider = Catalogue((DUE,))
    refresh_findings(store, Catalogue((with_more,)), PROFILE)
    [row] = subjects_page(store, wider, PROFILE, "2006-10", DUE)
    assert {c.name for c in DUE.columns} <= row.keys()


TERM = replace(
    DUE,
    id="term",
    columns=(),
    cypher="MATCH (u:Unit) WITH u.key AS key, u.name AS name, "
    "CASE WHEN $now > 2006 * 12 + 10 THEN 'due' ELSE '' END AS reason\n"
    "WITH key, name, reason, CASE WHEN reason = '' THEN 'ok' ELSE 'gap' END AS status",
)


def test_a_rule_that_asks_for_the_month_is_stale_in_the_next_one_and_others_are_not() -> None:
    with_term = Catalogue((TERM,))
    assert rules_hash(with_term, PROFILE, "2006-10") == rules_hash(with_term, PROFILE, "2006-10-31")
    assert rules_hash(with_term, PROFILE, "2006-10") != rules_hash(with_term, PROFILE, "2006-11")
    assert rules_hash(ONE, PROFILE, "2006-10") == rules_hash(ONE, PROFILE, "2006-11")


def test_a_server_that_runs_into_the_next_month_reckons_anew_and_an_example_does_not(store: Store) -> None:
    fill(store, graph(node("u_1", status="operating")))
    days = [date(2006, 10, 31)]
    answers = Answers(store, Catalogue((TERM,)), PROFILE, today=lambda: days[-1])
    for day, gaps in ((days[0], 0), (date(2006, 11, 1), 1)):
        days.append(day)
        answers.refresh()
        assert (answers.overview().figures[0].gaps, len(answers.findings())) == (gaps, gaps)
    assert [f.as_of for f in answers.history()] == ["2006-11-01"]
    fill(store, graph(node("u_1", status="operating")), round=replace(ROUND, own_date="2006-10"))
    answers.refresh()
    assert answers.reckoning() == Reckoning("2006-10", "survey")
    assert [f.cleared for f in answers.findings()] == [True]
    given = replace(PROFILE, given=Reckoning("2007-01", "option"))
    assert Answers(store, Catalogue((TERM,)), given).overview().figures[0].gaps == 1


def test_a_rule_that_is_switched_off_or_not_yet_in_force_gives_no_gaps_and_takes_its_own_back(
    store: Store,
) -> None:
    fill(store, graph(node("u_1", status="operating"), staff("u_1", full=3)))
    day = replace(PROFILE, given=Reckoning("2006-10", "setting"))
    then = replace(day, todays_norms=False)
    off = Catalogue((), off=(DUE,))
    for catalogue, profile, open_ in (
        (ONE, day, True),
        (off, day, False),
        (ONE, day, True),
        (ONE, then, False),
    ):
        assert refresh_findings(store, catalogue, profile)
        [found] = read_findings(store)
        assert (not found.cleared, found.said.get("by_rule")) == (open_, None if open_ else True)
    answers = Answers(store, ONE, then)
    assert (answers.overview().figures, answers.catalogue.waiting) == ((), (DUE,))
