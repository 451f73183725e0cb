from graph_model.coverage.measures import count_totals
from graph_model.coverage.registers import company_members
from tests.support.graphs import fill, graph, node, tie

FIELD = graph(
    node("u_1", name="甲物业", kind="property_company"),
    node("u_2", name="乙物业", kind="property_company"),
    node("u_3", name="学校", kind="other"),
    node("b_1", name="联合党支部"),
    *(node(f"m_{i}", name=f"虚构{i}") for i in range(4)),
    tie("m_0 EMPLOYED_BY u_1"),
    tie("m_0 EMPLOYED_BY u_2"),
    tie("m_1 EMPLOYED_BY u_2"),
    tie("m_1 AFFILIATED_WITH b_1"),
    tie("m_2 EMPLOYED_BY u_3"),
    tie("m_3 AFFILIATED_WITH b_1"),
)


def test_each_member_in_a_company_is_listed_once_as_the_total_counts_them(store):
    fill(store, FIELD)
    rows = company_members(store)
    assert {(r["key"], r["name"], r["unit"], r["branch"]) for r in rows} == {
        ("m_0", "虚构0", "乙物业", None),
        ("m_1", "虚构1", "乙物业", "联合党支部"),
    }
    assert len(rows) == count_totals(store)["members"]


def test_a_long_list_is_cut_and_an_empty_store_has_none(store):
    assert company_members(store) == ()
    fill(store, FIELD)
    assert [r["key"] for r in company_members(store, limit=1)] == ["m_0"]
