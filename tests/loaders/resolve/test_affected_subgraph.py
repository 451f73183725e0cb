"""A partial round reads only what it touches, and comes to the same as with the whole graph at hand."""

from hypothesis import given
from hypothesis import strategies as st

from graph_model.graph import Edge, Graph, Node
from graph_model.inverse_plan import apply_plan
from graph_model.plan import make_plan
from graph_model.schema import label_of
from graph_model.store.graph_source import InMemoryGraph
from loaders.reconcile.control_totals import computed_totals, computed_totals_by_area
from loaders.reconcile.movement import movements, with_openings
from loaders.resolve.affected_subgraph import rename_candidates, touched
from loaders.resolve.aliases import propose_renames
from tests.support.graphs import graph, node, tie

KEYS = [f"{prefix}_{n}" for prefix in "mubrc" for n in (1, 2)]
ENDS = {
    "EMPLOYED_BY": ("m", "u"),
    "AFFILIATED_WITH": ("m", "b"),
    "ORGANISED_IN": ("b", "u"),
    "LEADS": ("b", "r"),
    "MANAGES": ("u", "rc"),
}
TIES = [
    (type_, f"{source}_{s}", f"{target}_{t}")
    for type_, (source, targets) in ENDS.items()
    for target in targets
    for s in (1, 2)
    for t in (1, 2)
]


def single(ties):
    """A member has one company and one branch."""
    kept = {(t, s) if s[0] == "m" else (t, s, target): (t, s, target) for t, s, target in ties}
    return list(kept.values())


@st.composite
def graphs(draw, *, whole):
    """Some things and ties; a whole graph has both ends of each tie."""
    ties = single(draw(st.lists(st.sampled_from(TIES), max_size=10)))
    keys = set(draw(st.lists(st.sampled_from(KEYS), max_size=6)))
    keys |= {end for _, *ends in ties for end in (ends if whole else ends[:1])}
    kinds = st.sampled_from([None, "property_company", "other"])
    nodes = []
    for key in sorted(keys):
        properties = {"name": f"名{key}", "employees": draw(st.integers(0, 1))}
        kind = draw(kinds) if key[0] == "u" else None
        nodes.append(Node(label_of(key), key, properties | ({"kind": kind} if kind else {})))
    return Graph.of(nodes, (Edge(*t, {"position": draw(st.sampled_from("ab"))}) for t in ties))


@st.composite
def rounds(draw):
    """What is held, and a partial round that refers to nothing that is not there."""
    held, desired = draw(graphs(whole=True)), draw(graphs(whole=False))
    there = held.nodes.keys() | desired.nodes.keys()
    edges = (e for e in desired.edges.values() if e.source in desired.nodes and e.target in there)
    return held, Graph.of(desired.nodes.values(), edges)


def parts_of(plan):
    return {name: set(map(str, getattr(plan, name))) for name in plan.__slots__ if name != "complete"}


@given(rounds())
def test_plan_and_totals_are_those_of_the_whole(both):
    held, desired = both
    part = touched(desired, InMemoryGraph(held))
    assert parts_of(make_plan(desired, part, complete=False)) == parts_of(
        make_plan(desired, held, complete=False)
    )
    assert computed_totals(desired, part) == computed_totals(desired, held)
    some, all_ = computed_totals_by_area(desired, part), computed_totals_by_area(desired, held)
    assert {a: c for a, c in all_.items() if any(c.values())} == {
        a: c for a, c in some.items() if any(c.values())
    }


@given(rounds())
def test_what_came_and_left_is_that_of_the_whole(both):
    held, desired = both
    part = touched(desired, InMemoryGraph(held))
    whole = movements(held, apply_plan(make_plan(desired, held, complete=False), held), part=True)
    some = movements(part, apply_plan(make_plan(desired, part, complete=False), part), part=True)
    openings = {(m.of, m.area): m.opening for m in whole}
    assert {m for m in whole if m.came or m.left} == {
        m for m in with_openings(some, openings) if m.came or m.left
    }


@given(rounds())
def test_likely_new_names_are_those_of_the_whole(both):
    held, desired = both
    part = touched(desired, InMemoryGraph(held))
    assert propose_renames(
        desired, rename_candidates(desired, InMemoryGraph(held), part)
    ) == propose_renames(desired, held)


def test_what_is_not_named_is_not_read():
    held = graph(
        node("u_1", kind="property_company"), node("u_2", kind="property_company"), node("r_1"), node("r_2"),
        node("m_1"), node("m_2"), node("m_3"),
        tie("u_1 MANAGES r_1"), tie("u_2 MANAGES r_2"),
        tie("m_1 EMPLOYED_BY u_1"), tie("m_2 EMPLOYED_BY u_1"), tie("m_3 EMPLOYED_BY u_2"),
    )  # fmt: skip
    part = touched(graph(node("m_1", standing="full")), InMemoryGraph(held))
    assert set(part.nodes) == {"m_1", "u_1", "r_1"}
    assert set(part.edges) == {("EMPLOYED_BY", "m_1", "u_1"), ("MANAGES", "u_1", "r_1")}
