import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.graph import Edge, Graph, Node
from graph_model.inverse_plan import invert_plan
from graph_model.plan import make_plan
from loaders.history.entity_index import FILE, IndexedEntity, IndexedRelationship, find, find_in, lines


def unit(key="u_1", **properties):
    return Node("Unit", key, properties)


def kept(tmp_path, desired, held, complete=True):
    """The index of a load that made one graph of another."""
    path = tmp_path / FILE
    path.write_bytes(lines(invert_plan(make_plan(desired, held, complete=complete), held)))
    return path


def test_what_came_went_and_changed_is_found_by_its_key(tmp_path):
    held = Graph.of([unit("u_1", name="甲"), unit("u_2", name="乙")])
    path = kept(tmp_path, Graph.of([unit("u_1", name="丙"), unit("u_3")]), held)
    assert find(path, "u_1") == IndexedEntity(changed=({"name": "甲"}, {"name": "丙"}))
    assert find(path, "u_2") == IndexedEntity(gone=("Unit", {"name": "乙"}))
    assert find(path, "u_3") == IndexedEntity(added=True)
    assert find(path, "u_") == find(path, "u_30") == IndexedEntity()


def test_a_tie_is_found_from_the_ends_that_stayed(tmp_path):
    member, one, two = Node("Member", "m_1", {}), unit("u_1"), unit("u_2")
    held = Graph.of([member, one], [Edge("EMPLOYED_BY", "m_1", "u_1", {})])
    path = kept(tmp_path, Graph.of([member, one, two], [Edge("EMPLOYED_BY", "m_1", "u_2", {})]), held)
    assert find(path, "m_1").ties == (
        IndexedRelationship("added", "EMPLOYED_BY", "u_2", True, {}, {}),
        IndexedRelationship("removed", "EMPLOYED_BY", "u_1", True, {}, {}),
    )
    assert find(path, "u_1").ties == (IndexedRelationship("removed", "EMPLOYED_BY", "m_1", False, {}, {}),)
    assert find(path, "u_2") == IndexedEntity(added=True)


def test_what_is_derived_is_left_out(tmp_path):
    path = kept(
        tmp_path, Graph.of([unit(name="乙", search="yi")]), Graph.of([unit(name="甲", search="jia")])
    )
    assert find(path, "u_1") == IndexedEntity(changed=({"name": "甲"}, {"name": "乙"}))


def test_an_empty_index_knows_nothing(tmp_path):
    path = kept(tmp_path, Graph.of([]), Graph.of([]))
    assert find(path, "u_1") == IndexedEntity()


@given(st.sets(st.from_regex(r"u_[a-z0-9]{1,4}", fullmatch=True)))
def test_every_key_is_found_among_any_others(tmp_path_factory, keys):
    path = kept(tmp_path_factory.mktemp("x"), Graph.of([unit(k) for k in sorted(keys)]), Graph.of([]))
    assert all(find(path, key).added for key in keys)
    assert not find(path, "u_absent").added


def test_a_plan_says_of_a_key_what_its_index_says(tmp_path):
    member, one, two = Node("Member", "m_1", {}), unit("u_1", name="甲"), unit("u_2")
    held = Graph.of([member, one], [Edge("EMPLOYED_BY", "m_1", "u_1", {})])
    desired = Graph.of([member, one, two], [Edge("EMPLOYED_BY", "m_1", "u_2", {})])
    undo = invert_plan(make_plan(desired, held), held)
    path = kept(tmp_path, desired, held)
    keys = ("m_1", "u_1", "u_2", "u_3")
    assert [find_in(undo, key) for key in keys] == [find(path, key) for key in keys]


@pytest.mark.parametrize("text", ["u_1\t", "u_1\tx\n", "u_1\t1\n", "u_1\t[]\n", 'u_1\t["changed", 1]\n'])
def test_a_damaged_line_is_refused(tmp_path, text):
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"."):
        find(tmp_path / FILE, "u_1")
