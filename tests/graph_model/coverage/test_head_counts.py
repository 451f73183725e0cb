from graph_model.coverage.head_counts import members_of
from tests.support.graphs import fill, graph, node, tie


def test_members_are_counted_once_whatever_leads_to_them(store):
    fill(
        store,
        graph(
            *(node(k) for k in ("r_1", "r_none", "c_1", "u_1", "u_2", "u_none", "b_1", "b_none")),
            *(node(k) for k in ("m_1", "m_2", "m_3")),
            tie("u_1 MANAGES r_1"),
            tie("u_2 MANAGES r_1"),
            tie("u_2 MANAGES c_1"),
            tie("m_1 EMPLOYED_BY u_1"),
            tie("m_1 EMPLOYED_BY u_2"),
            tie("m_2 EMPLOYED_BY u_2"),
            tie("m_2 AFFILIATED_WITH b_1"),
            tie("m_3 AFFILIATED_WITH b_1"),
            tie("m_1 WAS_AFFILIATED_WITH b_none"),
        ),
    )
    keys = ("r_1", "r_none", "c_1", "u_1", "u_2", "u_none", "b_1", "b_none", "m_1", "u_unknown")
    assert members_of(store, keys) == {"r_1": 2, "c_1": 2, "u_1": 1, "u_2": 2, "b_1": 2}


def test_nothing_asked_for_has_no_members(store):
    assert members_of(store, ()) == {}
