"""Plans: what is added, changed, removed, moved; and that carrying one out gives what was desired."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph_model.graph import Edge, EdgeKey, Graph, Node, Place
from graph_model.plan import EdgeChange, Move, NodeChange, Plan, make_plan
from tests.support.graphs import graph, node, tie

ELSEWHERE = Place("2006-10", "乙.xlsx", "党员", 9)


def carried_out(plan: Plan, held: Graph) -> Graph:
    """What a store holds after a plan, in plain Python: a removed node takes its edges along."""
    nodes = dict(held.nodes)
    edges = dict(held.edges)
    for edge in plan.removed_edges:
        del edges[edge.key]
    for gone in plan.removed_nodes:
        del nodes[gone.key]
        edges = {k: e for k, e in edges.items() if gone.key not in (e.source, e.target)}
    for new in plan.added_nodes:
        assert new.key not in nodes
        nodes[new.key] = new
    for tied in plan.added_edges:
        assert tied.key not in edges
        edges[tied.key] = tied
    for after in (*(c.after for c in plan.changed_nodes), *plan.restated_nodes):
        assert after.key in nodes
        nodes[after.key] = after
    for tied in (*(c.after for c in plan.changed_edges), *plan.restated_edges):
        assert tied.key in edges
        edges[tied.key] = tied
    return Graph(nodes, edges)


def whole(found: Graph) -> bool:
    return all(e.source in found.nodes and e.target in found.nodes for e in found.edges.values())


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Members, units and branches of few keys and values, so that two graphs often share some."""
    places = st.sampled_from([None, Place("2006-04", "甲.xlsx", "党员", 2), ELSEWHERE])
    says: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
        st.sampled_from(["name", "number", "search"]), st.sampled_from(["甲", "乙"])
    )
    keys = draw(st.sets(st.sampled_from([f"{p}_{i}" for p in "mub" for i in range(3)])))
    nodes = [Node(node(k).label, k, draw(says), draw(places)) for k in sorted(keys)]
    ends = [
        (t, a, b)
        for t, to in (("EMPLOYED_BY", "u"), ("AFFILIATED_WITH", "b"), ("TAKES_PART_IN", "b"))
        for a in sorted(keys)
        for b in sorted(keys)
        if a[0] == "m" and b[0] == to
    ]
    chosen = draw(st.sets(st.sampled_from(ends))) if ends else set()
    single: dict[tuple[str, str], EdgeKey] = {}
    for type_, a, b in sorted(chosen):
        if type_ != "TAKES_PART_IN":
            single.setdefault((type_, a), (type_, a, b))
    kept = [e for e in sorted(chosen) if e[0] == "TAKES_PART_IN" or single[e[:2]] == e]
    words: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
        st.just("position"), st.sampled_from(["经理", "会计"])
    )
    return Graph.of(nodes, [Edge(*e, draw(words), draw(places)) for e in kept])


@given(graphs(), graphs())
def test_a_complete_plan_carried_out_gives_what_was_desired(desired: Graph, held: Graph) -> None:
    result = carried_out(make_plan(desired, held), held)
    assert result == desired
    assert make_plan(desired, result) == Plan()


@given(graphs(), graphs())
def test_a_partial_plan_removes_no_node_and_leaves_one_end_of_a_single_tie(
    desired: Graph, held: Graph
) -> None:
    plan = make_plan(desired, held, complete=False)
    result = carried_out(plan, held)
    assert plan.removed_nodes == ()
    assert whole(result)
    assert {k: result.nodes[k] for k in desired.nodes} == desired.nodes
    assert {k: result.edges[k] for k in desired.edges} == desired.edges
    singles = [(e.type, e.source) for e in result.edges.values() if e.type != "TAKES_PART_IN"]
    assert len(singles) == len(set(singles))
    assert make_plan(desired, result, complete=False) == Plan(complete=False)


@given(graphs(), graphs())
def test_every_move_is_found_and_nothing_else_is(desired: Graph, held: Graph) -> None:
    def leads(found: Graph) -> dict[tuple[str, str], str]:
        return {(e.type, e.source): e.target for e in found.edges.values() if e.type != "TAKES_PART_IN"}

    before, after = leads(held), leads(desired)
    expected = {k for k in before.keys() & after.keys() if before[k] != after[k]}
    assert {(m.after.type, m.after.source) for m in make_plan(desired, held).moves()} == expected


@given(graphs())
def test_the_same_again_plans_nothing(desired: Graph) -> None:
    plan = make_plan(desired, desired)
    assert plan.empty
    assert plan == Plan()


# ---- by hand


def test_a_changed_property_shows_before_and_after() -> None:
    before, after = node("u_1", status="operating"), node("u_1", status="closed")
    plan = make_plan(graph(after), graph(before))
    assert plan == Plan(changed_nodes=(NodeChange(before, after),))
    assert plan.counts() == {"added": {}, "changed": {"Unit": 1}, "removed": {}}


def test_a_changed_tie_shows_before_and_after() -> None:
    ends = (node("m_1"), node("u_1"))
    before, after = tie("m_1 EMPLOYED_BY u_1", position="会计"), tie("m_1 EMPLOYED_BY u_1", position="经理")
    plan = make_plan(graph(ends, after), graph(ends, before))
    assert plan == Plan(changed_edges=(EdgeChange(before, after),))


def test_what_only_stands_elsewhere_is_restated_and_the_plan_is_empty() -> None:
    ends = (node("m_1"), node("u_1"), tie("m_1 EMPLOYED_BY u_1"))
    moved = tuple(t._replace(place=ELSEWHERE) for t in ends)
    plan = make_plan(graph(moved), graph(ends))
    assert plan.empty
    assert [n.key for n in plan.restated_nodes] == ["m_1", "u_1"]
    assert [e.key for e in plan.restated_edges] == [("EMPLOYED_BY", "m_1", "u_1")]


def test_a_new_search_text_alone_is_no_change() -> None:
    plan = make_plan(graph(node("u_1", search="new")), graph(node("u_1", search="old")))
    assert plan.empty
    assert [n.properties["search"] for n in plan.restated_nodes] == ["new"]


def test_a_removed_node_lists_its_ties() -> None:
    held = graph(node("m_1"), node("u_1"), tie("m_1 EMPLOYED_BY u_1"))
    plan = make_plan(graph(node("u_1")), held)
    assert plan.counts() == {"added": {}, "changed": {}, "removed": {"EMPLOYED_BY": 1, "Member": 1}}


def test_a_change_of_employer_is_one_move() -> None:
    ends = (node("m_1"), node("u_1"), node("u_2"))
    before, after = tie("m_1 EMPLOYED_BY u_1"), tie("m_1 EMPLOYED_BY u_2")
    plan = make_plan(graph(ends, after), graph(ends, before), complete=False)
    assert plan.moves() == (Move(before, after),)
    assert plan.counts() == {"added": {"EMPLOYED_BY": 1}, "changed": {}, "removed": {"EMPLOYED_BY": 1}}


def test_a_further_branch_to_take_part_in_is_no_move() -> None:
    ends = (node("m_1"), node("b_1"), node("b_2"))
    held = graph(ends, tie("m_1 TAKES_PART_IN b_1"))
    plan = make_plan(graph(ends, tie("m_1 TAKES_PART_IN b_2")), held, complete=False)
    assert plan.moves() == ()
    assert plan.removed_edges == ()
