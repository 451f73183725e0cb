from graph_model.graph import Graph
from loaders.reconcile.movement import Movement, movements
from tests.support.graphs import graph, node, tie


def company(key):
    return node(key, kind="property_company")


def staffed(**units):
    """Companies with the members of each, one area for each company: r_<number>."""
    things = []
    for unit, members in units.items():
        area = f"r_{unit[2:]}"
        things += [company(unit), node(area), tie(f"{unit} MANAGES {area}")]
        things += [t for m in members for t in (node(m), tie(f"{m} EMPLOYED_BY {unit}"))]
    return graph(*things)


def test_nothing_is_said_of_a_first_round():
    assert movements(Graph.of(), staffed(u_1=["m_1"])) == ()


def test_opening_came_left_closing_in_all_and_by_area():
    before = staffed(u_1=["m_1", "m_2"], u_2=["m_3"])
    after = staffed(u_1=["m_1"], u_2=["m_2", "m_4"])
    found = {(m.of, m.area): m for m in movements(before, after)}
    assert found["members", ""] == Movement("members", "", 3, 1, 1)
    assert found["members", ""].closing == 3
    assert found["members", "r_1"] == Movement("members", "r_1", 2, 0, 1)
    assert found["members", "r_2"] == Movement("members", "r_2", 1, 2, 1)
    assert found["companies", ""] == Movement("companies", "", 2, 0, 0)


def test_an_unusual_jump_is_more_than_a_fifth_and_more_than_five():
    assert Movement("members", "", 10, 6, 0).unusual
    assert not Movement("members", "", 10, 5, 0).unusual
    assert not Movement("members", "", 30, 6, 0).unusual
    assert Movement("members", "", 10, 0, 6).unusual
