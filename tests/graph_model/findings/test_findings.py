"""The life of a gap: new, continuing, cleared, reopened; what people arrange, and what outlives every load."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.errors import InputError
from graph_model.findings.findings import (
    CurrentHits,
    Finding,
    RuleHit,
    edit,
    finding_changes,
    finding_key,
    read_findings,
    rule_hits,
    write_findings,
)
from graph_model.findings.freshness import is_stale, read_freshness
from graph_model.findings.refresh import refresh_findings
from graph_model.findings.rule_run import current_hits, run_rules
from graph_model.graph import Node
from graph_model.profile import Profile, read_profile
from graph_model.store.store import Round, Store
from tests.support.graphs import fill, graph, node, staff

PROFILE = read_profile()
DUE = read_catalogue().rule("own_branch_due")
ONE = Catalogue((DUE,))
BROKEN = replace(DUE, cypher="MATCH (u:Unit WITH 1 AS status")
TODAY = date(2006, 11, 20)

Held = dict[str, Finding]


def gap(subject: str, rule: str = "r") -> RuleHit:
    return RuleHit(rule, subject, f"名{subject}", "gap", "due")


def unclear(subject: str, rule: str = "r") -> RuleHit:
    return RuleHit(rule, subject, f"名{subject}", "unknown", "standing_unknown")


def after(held: Held, marks: Iterable[RuleHit], round_: str, ran: Iterable[str] = ("r",)) -> Held:
    """The findings after a round, as the store would hold them."""
    new = dict(held)
    for changed in finding_changes(held, CurrentHits.of(marks, frozenset(ran)), round_, version=0):
        said: dict[str, Any] = {
            **(new[changed.key].said if changed.key in new else {}),
            **changed.properties,
        }
        said = {k: v for k, v in said.items() if v is not None}
        new[changed.key] = Finding(changed.key, str(said["rule"]), str(said["subject"]), said)
    return new


# ---- the pure part


def test_a_gap_is_new_then_continues_then_is_cleared_then_comes_back() -> None:
    key = finding_key("r", "u_1")
    held = after({}, [gap("u_1")], "2006-04")
    assert (held[key].life("2006-04"), held[key].rounds, held[key].text("first_seen")) == (
        "new",
        1,
        "2006-04",
    )
    held = after(held, [gap("u_1")], "2006-07")
    assert (held[key].life("2006-07"), held[key].rounds, held[key].text("last_seen")) == (
        "continuing",
        2,
        "2006-07",
    )
    held = after(held, [], "2006-10")
    assert (held[key].life("2006-10"), held[key].text("cleared_in"), held[key].rounds) == (
        "cleared",
        "2006-10",
        2,
    )
    held = after(held, [gap("u_1")], "2007-01")
    assert (held[key].life("2007-01"), held[key].rounds, held[key].cleared) == ("reopened", 3, False)
    assert held[key].text("first_seen") == "2006-04"
    held = after(held, [gap("u_1")], "2007-04")
    assert held[key].life("2007-04") == "continuing"


def test_a_gap_that_became_unknown_stays_open_and_says_so() -> None:
    held = after({}, [gap("u_1")], "2006-04")
    held = after(held, [unclear("u_1")], "2006-10")
    found = held[finding_key("r", "u_1")]
    assert (found.cleared, found.unknown, found.rounds, found.text("reason")) == (
        False,
        True,
        1,
        "standing_unknown",
    )
    held = after(held, [], "2007-04")
    assert held[finding_key("r", "u_1")].cleared


def test_what_is_only_unknown_is_no_finding() -> None:
    assert after({}, [unclear("u_1")], "2006-04") == {}


def test_what_was_cleared_and_is_unknown_now_stays_cleared() -> None:
    held = after(after({}, [gap("u_1")], "2006-04"), [], "2006-07")
    assert after(held, [unclear("u_1")], "2006-10") == held


def test_a_rule_that_did_not_run_leaves_its_findings_alone() -> None:
    held = after({}, [gap("u_1"), gap("u_1", "other")], "2006-04", ("r", "other"))
    new = after(held, [], "2006-10", ("other",))
    assert not new[finding_key("r", "u_1")].cleared
    assert new[finding_key("other", "u_1")].cleared


def test_a_correction_of_the_same_round_clears_a_gap_and_loading_again_counts_once() -> None:
    held = after(after({}, [gap("u_1")], "2006-10"), [gap("u_1")], "2006-10")
    assert held[finding_key("r", "u_1")].rounds == 1
    assert after(held, [], "2006-10")[finding_key("r", "u_1")].text("cleared_in") == "2006-10"


def test_an_earlier_round_loaded_later_counts_once_too() -> None:
    held: Held = {}
    for round_ in ("2006-10", "2006-04", "2006-10", "2006-04", "2006-10"):
        held = after(held, [gap("u_1")], round_)
    found = held[finding_key("r", "u_1")]
    assert (found.rounds, found.text("first_seen"), found.text("last_seen")) == (2, "2006-04", "2006-10")


def test_a_subject_given_twice_is_a_gap_if_one_row_says_so() -> None:
    for marks in ([gap("u_1"), unclear("u_1")], [unclear("u_1"), gap("u_1")]):
        assert after({}, marks, "2006-04")[finding_key("r", "u_1")].text("present") == "gap"


SUBJECTS = ("u_1", "u_2", "u_3")
ROUNDS = ("2006-01", "2006-04", "2006-07", "2006-10")
_marks = st.dictionaries(st.sampled_from(SUBJECTS), st.sampled_from(("gap", "unknown")))
_loads = st.lists(st.tuples(st.sampled_from(ROUNDS), _marks, st.booleans()), max_size=8)


def replay(loads: list[tuple[str, dict[str, str], bool]]) -> tuple[Held, list[Held]]:
    held: Held = {}
    every: list[Held] = []
    for round_, said, ran in loads:
        marks = [gap(s) if status == "gap" else unclear(s) for s, status in said.items()] if ran else []
        held = after(held, marks, round_, ("r",) if ran else ())
        every.append(held)
    return held, every


@given(_loads)
def test_doing_it_again_changes_nothing(loads: list[tuple[str, dict[str, str], bool]]) -> None:
    held, _ = replay(loads)
    if not loads:
        return
    round_, said, ran = loads[-1]
    marks = [gap(s) if status == "gap" else unclear(s) for s, status in said.items()] if ran else []
    assert finding_changes(held, CurrentHits.of(marks, {"r"} if ran else set()), round_, version=0) == ()


@given(_loads)
def test_open_is_exactly_what_is_a_gap_or_was_one_and_is_unknown(
    loads: list[tuple[str, dict[str, str], bool]],
) -> None:
    held: Held = {}
    for round_, said, ran in loads:
        before = {f.subject for f in held.values() if not f.cleared}
        held, _ = _step(held, round_, said, ran)
        expected = (
            {s for s in SUBJECTS if (said.get(s) == "gap" or (said.get(s) == "unknown" and s in before))}
            if ran
            else before
        )
        assert {f.subject for f in held.values() if not f.cleared} == expected


def _step(held: Held, round_: str, said: dict[str, str], ran: bool) -> tuple[Held, None]:
    marks = [gap(s) if status == "gap" else unclear(s) for s, status in said.items()] if ran else []
    return after(held, marks, round_, ("r",) if ran else ()), None


@given(_loads)
def test_no_finding_is_ever_lost_and_rounds_are_those_in_which_it_was_seen(
    loads: list[tuple[str, dict[str, str], bool]],
) -> None:
    held, every = replay(loads)
    for earlier, later in pairwise(every):
        assert earlier.keys() <= later.keys()
    for found in held.values():
        seen = {r for r, said, ran in loads if ran and said.get(found.subject) == "gap"}
        assert (found.rounds, found.text("first_seen"), found.text("last_seen")) == (
            len(seen),
            min(seen),
            max(seen),
        )
        assert found.text("seen_in").split() == sorted(seen)


@given(_loads)
def test_what_people_wrote_is_never_touched(loads: list[tuple[str, dict[str, str], bool]]) -> None:
    key = finding_key("r", "u_1")
    mine = {"owner": "李", "due": "2006-12", "note": "电话联系", "state": "doing"}
    held: Held = after({}, [gap("u_1")], "2005-10")
    held[key] = replace(held[key], said={**held[key].said, **mine})
    for round_, said, ran in loads:
        held, _ = _step(held, round_, said, ran)
        assert {n: held[key].said.get(n) for n in mine} == mine


@pytest.mark.parametrize(
    ("said", "state", "late"),
    [
        ({}, "todo", False),
        ({"due": "2006-11"}, "todo", False),
        ({"due": "2006-10"}, "todo", True),
        ({"due": "2006-11-19", "state": "doing"}, "doing", True),
        ({"due": "2006-11-20", "state": "doing"}, "doing", False),
        ({"due": "2006-10", "cleared_in": "2006-10"}, "todo", False),
        ({"due": "2006-10", "state": "accepted", "accepted_until": "2006-12"}, "accepted", False),
        ({"due": "2006-10", "state": "accepted", "accepted_until": "2006-10"}, "todo", True),
    ],
)
def test_overdue_and_an_acceptance_that_ran_out(said: dict[str, str], state: str, late: bool) -> None:
    found = Finding("f_r:u_1", "r", "u_1", said)
    assert (found.state(TODAY), found.overdue(TODAY)) == (state, late)


# ---- in a store


def units(*full: int, unclear: int = 0) -> list[Any]:
    things: list[Any] = []
    for i, number in enumerate(full):
        things += [
            node(f"u_{i}", name=f"单位{i}", status="operating"),
            staff(f"u_{i}", full=number, unclear=unclear),
        ]
    return things


def load(
    store: Store, round_: str, *full: int, unclear: int = 0, profile: Profile = PROFILE
) -> dict[str, Finding]:
    fill(
        store,
        graph(*units(*full, unclear=unclear)),
        round=Round(round_, round_, "2006-11-01T00:00:00+00:00", {}, {}),
    )
    refresh_findings(store, ONE, profile)
    return {f.subject: f for f in read_findings(store)}


def test_loads_make_continue_and_clear_findings(store: Store) -> None:
    found = load(store, "2006-04", 3, 4)
    assert {k: f.life("2006-04") for k, f in found.items()} == {"u_0": "new", "u_1": "new"}
    assert found["u_0"].name == "单位0"
    found = load(store, "2006-10", 3, 1)
    assert {k: f.life("2006-10") for k, f in found.items()} == {"u_0": "continuing", "u_1": "cleared"}
    found = load(store, "2007-04", 3, 5)
    assert {k: f.life("2007-04") for k, f in found.items()} == {"u_0": "continuing", "u_1": "reopened"}


def test_a_gap_that_became_unknown_in_the_store_stays_open(store: Store) -> None:
    load(store, "2006-04", 3)
    found = load(store, "2006-10", 2, unclear=1)
    assert (found["u_0"].unknown, found["u_0"].cleared) == (True, False)


def test_it_is_done_once_a_load_and_made_good_after_a_crash(store: Store) -> None:
    assert refresh_findings(store, ONE, PROFILE) is False  # an empty store has no round
    fill(store, graph(*units(3)))
    assert is_stale(store, ONE, PROFILE)
    assert read_findings(store) == ()  # as if the process had died here
    assert refresh_findings(store, ONE, PROFILE) is True
    assert [f.subject for f in read_findings(store)] == ["u_0"]
    assert refresh_findings(store, ONE, PROFILE) is False


def test_what_was_arranged_outlives_every_load(store: Store) -> None:
    load(store, "2006-04", 3, 3)
    key = finding_key(DUE.id, "u_0")
    mine = {"owner": "王书记", "due": "2006-12-01", "note": "已联系", "state": "doing"}
    assert edit(store, [key], mine) == 1
    load(store, "2006-04", 3, 3)
    load(store, "2006-10", 4, 3)
    found = load(store, "2007-04")  # the unit is gone
    assert found["u_0"].cleared
    found = load(store, "2007-10", 3)  # and comes back
    assert {n: found["u_0"].text(n) for n in mine} == mine
    assert found["u_0"].life("2007-10") == "reopened"


def test_a_rule_that_fails_leaves_its_findings_alone_and_is_tried_again(store: Store) -> None:
    load(store, "2006-04", 3)
    fill(store, graph(*units(1)))
    assert refresh_findings(store, Catalogue((BROKEN,)), PROFILE)
    assert [f.cleared for f in read_findings(store)] == [False]
    assert is_stale(store, ONE, PROFILE)
    refresh_findings(store, ONE, PROFILE)
    assert [f.cleared for f in read_findings(store)] == [True]


def test_a_changed_threshold_clears_by_the_rule_and_not_by_progress(store: Store) -> None:
    load(store, "2006-04", 3)
    old = PROFILE.thresholds["branch.min_full_members"]
    stricter = Profile({**PROFILE.thresholds, old.name: replace(old, value=4)})
    assert refresh_findings(store, ONE, stricter)
    [found] = read_findings(store)
    assert (found.cleared, found.said["by_rule"]) == (True, True)
    assert refresh_findings(store, ONE, PROFILE)
    [found] = read_findings(store)
    assert (found.life("2006-04"), found.said.get("by_rule")) == ("reopened", None)


def test_many_are_edited_at_once_or_none(store: Store) -> None:
    load(store, "2006-04", 3, 3, 3)
    keys = [f.key for f in read_findings(store)]
    assert edit(store, keys, {"owner": "李", "due": "2006-11"}) == 3
    assert edit(store, keys, {"owner": "李"}) == 0  # says the same
    with pytest.raises(InputError):
        edit(store, [*keys, "f_x:u_9"], {"owner": "张"})
    assert {f.text("owner") for f in read_findings(store)} == {"李"}
    assert edit(store, keys[:1], {"owner": "", "due": ""}) == 1
    assert [f.text("owner") for f in read_findings(store)] == ["", "李", "李"]


def test_accepting_takes_a_date_and_a_reason_and_taking_it_back_removes_them(store: Store) -> None:
    load(store, "2006-04", 3)
    [key] = [f.key for f in read_findings(store)]
    for wrong in ({"state": "accepted"}, {"state": "accepted", "accepted_until": "2007-01"}):
        with pytest.raises(InputError, match="reason"):
            edit(store, [key], wrong)
    edit(store, [key], {"state": "accepted", "accepted_until": "2007-01", "accepted_reason": "合并中"})
    [found] = read_findings(store)
    assert found.state(TODAY) == "accepted"
    assert found.state(date(2007, 2, 1)) == "todo"
    edit(store, [key], {"state": "todo"})
    [found] = read_findings(store)
    assert (found.text("accepted_until"), found.text("accepted_reason")) == ("", "")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": "cleared"}, "Only a later round"),
        ({"cleared_in": "2006-04"}, "later round"),
        ({"rounds": "9"}, "cannot be changed"),
        ({"due": "2006-13"}, "2006-11"),
        ({"due": "2006-02-30"}, "2006-11"),
        ({"due": "tomorrow"}, "2006-11"),
        ({"note": "长" * 501}, "500"),
    ],
)
def test_what_cannot_be_written_is_refused(store: Store, values: dict[str, str], said: str) -> None:
    load(store, "2006-04", 3)
    before = read_findings(store)
    with pytest.raises(InputError) as refused:
        edit(store, [before[0].key], values)
    assert said in refused.value.message("en")
    assert read_findings(store) == before


def test_a_cleared_gap_is_not_arranged_any_more(store: Store) -> None:
    load(store, "2006-04", 3)
    [found] = load(store, "2006-10", 1).values()
    with pytest.raises(InputError, match="settled"):
        edit(store, [found.key], {"owner": "李"})


def test_marks_come_in_full_over_several_pages(store: Store) -> None:
    fill(store, graph(*units(3, 1, 4, 5)))
    assert [m.subject for m in rule_hits(store, DUE, PROFILE, "2006-10", page=1)] == ["u_0", "u_2", "u_3"]
    assert rule_hits(store, DUE, PROFILE, "2006-10", page=2) == rule_hits(store, DUE, PROFILE, "2006-10")


def test_a_load_counts_findings_of_nobody_else(store: Store) -> None:
    """A finding of a rule that is not there any more stays as it was."""
    load(store, "2006-04", 3)
    store.put([Node("Finding", "f_old:u_7", {"name": "旧", "rule": "old", "subject": "u_7", "rounds": 2})])
    found = load(store, "2006-10", 3)
    assert (found["u_7"].cleared, found["u_7"].rounds) == (False, 2)
    now = current_hits(store, run_rules(store, ONE.rules, PROFILE, "2006-10"))
    assert write_findings(store, store.rounds()[0], now=now, before=read_freshness(store), rules="") == 0
