"""What if: proposed actions change rates and gaps for the asking, and nothing in the store."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.coverage.measures import rates
from graph_model.errors import InputError, QueryRefused
from graph_model.graph import Edge, Graph, Node
from graph_model.plan import Plan
from graph_model.profile import read_profile
from graph_model.store.driver import Address
from graph_model.store.store import Store
from graph_model.what_if import Action, outcome, proposals, proposed_plan, remove, save
from tests.support.graphs import fill, graph, node, tie

NOW = "2006-10"
PROFILE = read_profile()
CATALOGUE = read_catalogue()
FEW = Catalogue(
    tuple(CATALOGUE.rule(i) for i in ("own_branch_due", "no_work_coverage", "branch_leadership"))
)


@pytest.fixture
def field(store: Store) -> Store:
    units = [node(f"u_{i}", kind="property_company", status="operating") for i in range(4)]
    members = [node(f"m_{i}", standing="full") for i in range(4)]
    fill(
        store,
        graph(
            *units,
            *members,
            node("b_home", kind="residential"),
            node("c_1"),
            *(tie(f"m_{i} EMPLOYED_BY u_0") for i in range(3)),
            *(tie(f"m_{i} AFFILIATED_WITH b_home") for i in range(4)),
            tie("m_3 EMPLOYED_BY u_1"),
        ),
    )
    return store


def held(store: Store) -> tuple[object, ...]:
    return store.held(), store.state(), store.counts(), rates(store, PROFILE, NOW), store.records("Finding")


def numerators(rates: tuple) -> list[int]:
    return [r.numerator for r in rates]


def test_a_branch_of_its_own_closes_the_gap_and_raises_all_rates(field: Store) -> None:
    before = held(field)
    found = outcome(field, FEW, PROFILE, NOW, [Action("found", ("u_0",))])
    assert numerators(found.before.rates) == [0, 0, 0, 0, 2]
    assert numerators(found.after.rates) == [1, 1, 1, 1, 1]
    assert [(m.rule, m.subject) for m in found.closed] == [
        ("own_branch_due", "u_0"),
        ("no_work_coverage", "u_0"),
    ]
    # what the new branch needs shows itself: it has no secretary
    assert [(m.rule, m.subject) for m in found.opened] == [("branch_leadership", "b_proposed_1")]
    assert held(field) == before


def test_a_joint_branch_counts_for_each_unit_but_is_nobodys_own(field: Store) -> None:
    found = outcome(field, FEW, PROFILE, NOW, [Action("join", ("u_1", "u_2", "u_3"))])
    assert numerators(found.after.rates) == [3, 0, 0, 3, 1]


def test_a_liaison_reaches_a_company(field: Store) -> None:
    found = outcome(field, FEW, PROFILE, NOW, [Action("post", ("u_2",)), Action("post", ("c_1",))])
    assert numerators(found.after.rates) == [0, 0, 0, 1, 2]
    assert [(m.rule, m.subject) for m in found.closed] == [("no_work_coverage", "u_2")]


def test_a_transfer_replaces_the_affiliation(field: Store) -> None:
    with_branch = outcome(field, FEW, PROFILE, NOW, [Action("found", ("u_1",), members=False)])
    assert numerators(with_branch.after.rates) == [1, 1, 0, 1, 1]
    plan = proposed_plan(field, [Action("transfer", ("m_0", "b_home"))])
    assert plan.empty  # where the member is already, nothing moves


def test_the_members_of_a_new_branch_leave_their_former_one(field: Store) -> None:
    plan = proposed_plan(field, [Action("found", ("u_0",))])
    assert [(e.type, e.source, e.target) for e in plan.removed_edges] == [
        ("AFFILIATED_WITH", f"m_{i}", "b_home") for i in range(3)
    ]
    assert all(n.properties["proposed"] is True for n in plan.added_nodes)
    assert all(e.properties["proposed"] is True for e in plan.added_edges)


def test_the_trial_sees_its_own_writes_and_nothing_is_kept(field: Store) -> None:
    before = held(field)
    plan = Plan(
        added_nodes=(Node("Unit", "u_new", {"name": "新"}),),
        added_edges=(Edge("ORGANISED_IN", "b_home", "u_new"),),
        removed_nodes=(node("m_3"),),
    )
    seen = field.what_if(plan, lambda s: (s.held(), s.nodes(["u_new", "m_3"]), s.find("新")))
    assert "u_new" in seen[0].nodes
    assert [n.key for n in seen[1]] == ["u_new"]
    assert "m_3" not in seen[0].nodes
    assert held(field) == before


def test_nothing_is_kept_when_the_question_raises_or_the_plan_does_not_fit(field: Store) -> None:
    before = held(field)
    new = Plan(added_nodes=(Node("Unit", "u_new", {"name": "新"}),))

    def wrong(_: Store) -> None:
        raise InputError("停", "stop")

    with pytest.raises(InputError, match="stop"):
        field.what_if(new, wrong)
    with pytest.raises(QueryRefused):
        field.what_if(new, lambda s: s.ask("MATCH (u:Unit WITH u"))
    with pytest.raises(QueryRefused):
        field.what_if(new, lambda s: s.put([Node("Note", "n_1", {"name": "x"})]))
    assert held(field) == before
    # and the store goes on
    fill(field, Graph.of([node("u_9")]))
    assert field.counts()["nodes"]["Unit"] == 1


KILLED = """
import sys, time
from graph_model.store.driver import Account, Address
from graph_model.graph import Node
from graph_model.plan import Plan
from graph_model.store.store import Store

url, user, password, database = sys.stdin.read().splitlines()
with Store.open(Address(url, Account(user, password), database=database or None)) as store:
    def wait(tried):
        print(len(tried.nodes(["u_new"])), flush=True)
        time.sleep(600)
    store.what_if(Plan(added_nodes=(Node("Unit", "u_new", {"name": "新"}),)), wait)
"""


def test_nothing_is_kept_when_the_process_is_killed_in_the_middle(field: Store, address: Address) -> None:
    before = held(field)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as trial:
        assert trial.stdin is not None
        assert trial.stdout is not None
        writer = address.writer
        trial.stdin.write(
            "\n".join((address.url, writer.user, writer.password, address.database or "")) + "\n"
        )
        trial.stdin.close()
        assert trial.stdout.readline() == "1\n"  # it stands in the middle, with its unit written
        assert held(field) == before  # others see nothing of it
        trial.kill()
    assert held(field) == before
    fill(field, Graph.of([node("u_9")]))
    assert list(field.held().nodes) == ["u_9"]


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        ([], "between 1 and"),
        ([Action("found", ("u_gone",))], "u_gone"),
        ([Action("found", ("m_0",))], "Unit"),
        ([Action("join", ("u_0",))], "two or more"),
        ([Action("join", ("u_0", "u_0"))], "two or more"),
        ([Action("transfer", ("b_home", "m_0"))], "Member"),
        ([Action("transfer", ("m_0",))], "takes 2"),
        ([Action("found", ("u_0",)), Action("transfer", ("m_0", "b_home"))], "same member"),
    ],
)
def test_actions_that_make_no_sense_are_refused(field: Store, actions: list[Action], said: str) -> None:
    with pytest.raises(InputError) as refused:
        proposed_plan(field, actions)
    assert said in refused.value.message("en")


def test_a_failing_rule_does_not_end_the_trial(field: Store) -> None:
    broken = replace(FEW.rules[0], id="broken", cypher="MATCH (u:Unit WITH 1 AS status")
    found = outcome(field, Catalogue((broken, *FEW.rules)), PROFILE, NOW, [Action("post", ("u_2",))])
    assert [f.rule.id for f in found.after.figures if f.failed is not None] == ["broken"]
    assert len(found.closed) == 1


def test_a_proposal_is_kept_read_and_removed(field: Store) -> None:
    before = field.held()
    actions = (Action("join", ("u_1", "u_2"), members=False), Action("transfer", ("m_0", "b_home")))
    key = save(field, " 年内目标 ", actions, "李")
    [kept] = proposals(field)
    assert (kept.key, kept.name, kept.author, kept.actions) == (key, "年内目标", "李", actions)
    fill(field, Graph.of([node("u_9")]))  # a load does not touch it
    assert [p.key for p in proposals(field)] == [key]
    remove(field, key)
    assert proposals(field) == ()
    assert before != field.held()
    for wrong in ("", "长" * 81):
        with pytest.raises(InputError):
            save(field, wrong, actions)
    with pytest.raises(InputError):
        save(field, "x", ())
    with pytest.raises(InputError):
        remove(field, "u_1")
