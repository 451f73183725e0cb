from graph_model.coverage.measures import count_totals
from graph_model.coverage.registers import (
    OrganisationFigures,
    company_members,
    organisation_rows,
    organisations_below,
    read_below,
)
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


def test_an_organisation_counts_all_levels_below_it(store):
    fill(
        store,
        graph(
            node("b_work", name="党工委", level="work_committee"),
            node("b_com", name="甲党委", level="committee"),
            node("b_gen", name="乙总支", level="general_branch"),
            node(
                "b_1", name="一支部", groups=4
            ),  # its groups are named: what it says of their number is not added
            node("b_2", name="二支部", groups=2),
            node("b_gone", name="旧支部", dissolved="2005", groups=9),
            node("b_alone", name="丙支部"),
            node("b_g", name="党小组", level="group"),
            *(tie(f"{b} SUPERIOR b_work") for b in ("b_com", "b_alone")),
            *(tie(f"{b} SUPERIOR b_com") for b in ("b_gen", "b_gone")),
            *(tie(f"{b} SUPERIOR b_gen") for b in ("b_1", "b_2")),
            tie("b_g SUPERIOR b_1"),
            *(tie(f"b_{n} SUPERIOR b_{other}") for n, other in (("c1", "c2"), ("c2", "c1"))),
            node("b_c1", name="环一"),
            node("b_c2", name="环二"),
            *(node(f"m_{n}") for n in range(6)),
            *(
                tie(f"m_{n} AFFILIATED_WITH b_{b}")
                for n, b in enumerate(("1", "1", "2", "g", "gone", "work"))
            ),
        ),
    )

    def figures(key, problems=None):
        below = read_below(store, key)
        keys = [key, *(k for under in below.values() for k in under)]
        return organisations_below(key, below, organisation_rows(store, keys), problems or {})

    assert figures("b_work", {"b_2": 2, "b_gen": 1, "b_work": 7}) == (
        OrganisationFigures("b_alone", "丙支部", "branch", 0, 1, 0, 0, 0),
        OrganisationFigures("b_com", "甲党委", "committee", 2, 2, 3, 4, 3),
        OrganisationFigures("b_work", "党工委", "work_committee", 2, 3, 3, 4, 3),
    )
    assert figures("b_gen")[-1] == OrganisationFigures("b_gen", "乙总支", "general_branch", 0, 2, 3, 4, 0)
    assert [f.key for f in figures("b_c1")] == [
        "b_c2",
        "b_c1",
    ]  # two above one another are no endless circle
    assert figures("b_alone") == figures("b_g") == figures("b_nobody") == ()
