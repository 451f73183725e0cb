import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.graph import Edge, Graph, Node, Place
from graph_model.inverse_plan import apply_plan, invert_plan, plan_lines, read_plan
from graph_model.plan import make_plan

KEYS = ("u_1", "u_2", "m_1", "m_2")


@st.composite
def graphs(draw):
    place = st.none() | st.builds(
        Place, st.just("2006-10"), st.just("a.xlsx"), st.just("单位"), st.integers(1, 3)
    )
    label = {"u": "Unit", "m": "Member"}
    keys = draw(st.sets(st.sampled_from(KEYS)))
    says = st.dictionaries(st.sampled_from(("name", "search")), st.sampled_from("甲乙"))
    nodes = [Node(label[k[0]], k, draw(says), draw(place)) for k in sorted(keys)]
    ends = [(m, u) for m in sorted(keys) for u in sorted(keys) if (m[0], u[0]) == ("m", "u")]
    tied = draw(st.sets(st.sampled_from(ends))) if ends else set()
    return Graph.of(nodes, [Edge("EMPLOYED_BY", m, u, draw(says), draw(place)) for m, u in sorted(tied)])


@given(graphs(), graphs(), st.booleans())
def test_a_plan_and_its_inverse_lead_back_to_what_was_held(desired, held, complete):
    plan = make_plan(desired, held, complete=complete)
    after = apply_plan(plan, held)
    assert apply_plan(invert_plan(plan, held), after) == held
    if complete:
        assert after == desired


@given(graphs(), graphs(), st.booleans())
def test_a_plan_is_read_back_from_its_lines(desired, held, complete):
    plan = make_plan(desired, held, complete=complete)
    assert read_plan(plan_lines(plan)) == plan


@pytest.mark.parametrize(
    "line",
    ["", "1", "[]", '["complete"]', '["other", 1]', '["added_nodes", 1]', '["added_nodes", []]',
     '["added_edges", ["a"]]', '["changed_nodes", [["a"]]]', '["added_nodes", ["Unit", "u_1", {}, [1]]]'],
)  # fmt: skip
def test_a_line_that_is_no_part_of_a_plan_is_refused(line):
    with pytest.raises(ValueError, match=r"."):
        read_plan([line, '["complete", true]'])


def test_a_plan_that_is_cut_off_is_refused():
    with pytest.raises(ValueError, match="incomplete"):
        read_plan([])
