from graph_model.coverage.areas import Area, areas_of, areas_under
from tests.support.graphs import fill, graph, node, tie

NORTH = Area("ResidentialArea", "r_north", "北苑")
SOUTH = Area("ResidentialArea", "r_south", "南苑")
PLAZA = Area("CommercialArea", "c_plaza", "广场")


def test_each_kind_of_thing_belongs_to_its_areas(store):
    fill(
        store,
        graph(
            node("r_north", name="北苑"),
            node("r_south", name="南苑"),
            node("c_plaza", name="广场"),
            *(
                node(k)
                for k in ("u_1", "u_2", "u_none", "b_leads", "b_joint", "b_none", "m_staff", "m_enrolled")
            ),
            *(node(k) for k in ("m_none", "j_1", "t_1", "p_1", "l_1", "l_2", "s_1")),
            tie("u_1 MANAGES r_south"),
            tie("u_1 MANAGES r_north"),
            tie("u_2 MANAGES c_plaza"),
            tie("b_leads LEADS r_south"),
            tie("b_joint ORGANISED_IN u_1"),
            tie("b_joint ORGANISED_IN u_2"),
            tie("m_staff EMPLOYED_BY u_2"),
            tie("m_staff AFFILIATED_WITH b_leads"),
            tie("m_enrolled AFFILIATED_WITH b_joint"),
            tie("m_none AFFILIATED_WITH b_none"),
            tie("j_1 HELD_IN r_north"),
            tie("j_1 TOOK_UP t_1"),
            tie("p_1 PARTNER u_2"),
            tie("p_1 PARTNER b_leads"),
            tie("l_1 POSTED_TO c_plaza"),
            tie("l_2 POSTED_TO u_2"),
            *(node(k) for k in ("u_stands", "e_1", "e_2", "b_stands", "o_1")),
            tie("u_stands LOCATED_IN r_north"),
            tie("b_stands ORGANISED_IN u_stands"),
            tie("e_1 HELD_BY b_stands"),
            tie("e_2 HELD_BY b_leads"),
            tie("o_1 HELD_IN r_south"),
        ),
    )
    keys = ("r_north", "u_1", "u_2", "u_none", "b_leads", "b_joint", "b_none", "m_staff", "m_enrolled")
    others = (
        "m_none",
        "j_1",
        "t_1",
        "p_1",
        "l_1",
        "l_2",
        "s_1",
        "r_unknown",
        "u_stands",
        "e_1",
        "e_2",
        "o_1",
    )
    found = areas_of(store, (*keys, *others))
    assert found == {
        "r_north": (NORTH,),
        "u_1": (NORTH, SOUTH),
        "u_2": (PLAZA,),
        "b_leads": (SOUTH,),
        "b_joint": (NORTH, SOUTH, PLAZA),
        "m_staff": (SOUTH, PLAZA),
        "m_enrolled": (NORTH, SOUTH, PLAZA),
        "j_1": (NORTH,),
        "t_1": (NORTH,),
        "p_1": (SOUTH, PLAZA),
        "l_1": (PLAZA,),
        "l_2": (PLAZA,),
        "u_stands": (NORTH,),
        "e_1": (NORTH,),
        "e_2": (SOUTH,),
        "o_1": (SOUTH,),
    }


def test_nothing_belongs_nowhere(store):
    assert areas_of(store, ()) == {}


def test_more_keys_than_fit_into_one_query(store):
    units = [f"u_{n}" for n in range(1001)]
    fill(store, graph(node("r_1"), *(node(u) for u in units), *(tie(f"{u} MANAGES r_1") for u in units)))
    assert len(areas_of(store, units)) == 1001


def test_a_district_holds_the_areas_of_its_sub_districts(store):
    fill(
        store,
        graph(
            *(node(k) for k in ("x_1", "s_1", "s_2", "s_3", "r_1", "r_2", "r_3", "c_1")),
            *(tie(f"{s} PART_OF x_1") for s in ("s_1", "s_2")),
            tie("r_1 PART_OF s_1"),
            tie("c_1 PART_OF s_1"),
            tie("r_2 PART_OF s_2"),
            tie("r_3 PART_OF s_3"),
        ),
    )
    found = {key: areas_under(store, key) for key in ("x_1", "s_1", "s_3", "r_1")}
    assert found == {"x_1": ("c_1", "r_1", "r_2"), "s_1": ("c_1", "r_1"), "s_3": ("r_3",), "r_1": ()}
