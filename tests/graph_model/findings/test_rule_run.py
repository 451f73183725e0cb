"""Rules run after a load: their figures, marks and first rows; one that fails says so and stops no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.coverage.catalogue import read_catalogue
from graph_model.errors import StoreUnavailable
from graph_model.findings.findings import RuleHit
from graph_model.findings.rule_run import current_hits, run_rule, run_rules
from graph_model.profile import read_profile
from graph_model.store.driver import Address
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, staff, tie

NOW = "2006-10"
PROFILE = read_profile()
DUE = read_catalogue().rule("own_branch_due")
# each unit by what its trade says, so that every status and a name that is missing come up
PLAIN = replace(
    DUE,
    id="plain",
    params={},
    columns=(),
    cypher="""MATCH (u:Unit)
WITH u.key AS key, CASE WHEN u.trade = 'nameless' THEN null ELSE u.name END AS name, '' AS reason,
     CASE u.trade WHEN 'good' THEN 'ok' WHEN 'unclear' THEN 'unknown' ELSE 'gap' END AS status""",
)
BROKEN = replace(PLAIN, id="broken", cypher="MATCH (u:Unit WITH 1 AS status")


def test_rows_come_by_name_and_those_without_one_last(store: Store) -> None:
    fill(
        store,
        graph(
            node("u_1", name="乙", trade="bad"),
            node("u_2", name="甲", trade="bad"),
            node("u_3", name="一", trade="nameless"),
            node("u_4", name="乙", trade="bad"),
            node("u_5", trade="good"),
            node("u_6", trade="unclear"),
        ),
    )
    found = run_rule(store, PLAIN, PROFILE, NOW)
    assert (found.figure.population, found.figure.gaps, found.figure.unknown) == (6, 4, 1)
    assert found.first is not None
    assert [r["key"] for r in found.first["gap"]] == ["u_1", "u_4", "u_2", "u_3"]
    assert [r["key"] for r in found.first["unknown"]] == ["u_6"]
    assert [(m.subject, m.name, m.status) for m in found.marks] == [
        ("u_1", "乙", "gap"),
        ("u_2", "甲", "gap"),
        ("u_3", "", "gap"),
        ("u_4", "乙", "gap"),
        ("u_6", "u_6", "unknown"),
    ]


def test_only_a_page_of_each_list_is_kept_and_every_mark(store: Store) -> None:
    fill(store, graph(*(node(f"u_{n:03d}", name=f"甲{999 - n}", trade="bad") for n in range(203))))
    found = run_rule(store, PLAIN, PROFILE, NOW)
    assert found.first is not None
    assert [r["key"] for r in found.first["gap"]][:2] == ["u_202", "u_201"]
    assert (len(found.first["gap"]), len(found.marks), found.figure.gaps) == (200, 203, 203)


def test_where_all_is_in_order_nothing_is_listed(store: Store) -> None:
    fill(store, graph(node("u_1", trade="good")))
    found = run_rule(store, PLAIN, PROFILE, NOW)
    assert (found.figure.population, found.marks, found.first) == (1, (), {"gap": (), "unknown": ()})


def test_a_rule_that_fails_did_not_run_and_the_others_did(store: Store) -> None:
    fill(
        store,
        graph(
            node("r_1", name="檀香"),
            node("u_1", status="operating"),
            tie("u_1 MANAGES r_1"),
            staff("u_1", full=3),
        ),
    )
    told: list[tuple[str, int, int]] = []
    answered = run_rules(store, (BROKEN, DUE), PROFILE, NOW, on_progress=lambda *said: told.append(said))
    assert told == [("rules", 0, 2), ("rules", 1, 2)]
    assert answered[0].figure.failed is not None
    assert answered[0].first == {"gap": (), "unknown": ()}
    now = current_hits(store, answered)
    assert (now.ran, now.failed) == ({"own_branch_due"}, {"broken"})
    assert now.marks == {
        "f_own_branch_due:u_1": RuleHit("own_branch_due", "u_1", "u_1", "gap", "due", areas="r_1")
    }


def test_a_gap_without_an_area_and_an_unknown_subject_have_none(store: Store) -> None:
    fill(
        store,
        graph(node("r_1"), node("u_1", trade="bad"), node("u_2", trade="unclear"), tie("u_2 MANAGES r_1")),
    )
    now = current_hits(store, [run_rule(store, PLAIN, PROFILE, NOW)])
    assert [(m.subject, m.areas) for m in now.marks.values()] == [("u_1", ""), ("u_2", "")]


def test_a_store_that_is_gone_is_raised(nobody: Address) -> None:
    with pytest.raises(StoreUnavailable), Store.open(nobody) as store:
        run_rule(store, PLAIN, PROFILE, NOW)
