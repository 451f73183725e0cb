from graph_model.graph import Edge, Node, Place
from graph_model.store.codec import edges_of, nodes_of, restated_of, stored_of, values_of
from graph_model.store.provenance import SheetNumbers, SheetReader

PLAIN = Node("Unit", "u_1", {"name": "甲", "employees": 5})


class NoRows:
    """A transaction or driver that has no row for any question."""

    def run(self, text, parameters):
        return []

    read_all = run


NUMBERS, SHEETS = SheetNumbers(NoRows()), SheetReader(NoRows())


def test_what_is_stored_of_a_node_comes_back_as_it_was():
    assert stored_of(PLAIN, NUMBERS) == {"name": "甲", "employees": 5, "source": None}
    assert nodes_of([{"key": "u_1", **stored_of(PLAIN, NUMBERS)}], SHEETS) == [PLAIN]


def test_what_is_stored_of_an_edge_comes_back_as_it_was():
    edge = Edge("EMPLOYED_BY", "m_1", "u_1", {"position": "经理"})
    assert edges_of([(edge.type, edge.source, edge.target, stored_of(edge, NUMBERS))], SHEETS) == [edge]


def test_the_round_that_earlier_versions_stored_and_empty_values_are_no_properties():
    stored = {"key": "u_1", "name": "甲", "round": "2006-10", "employees": None, "source": None}
    assert nodes_of([stored], SHEETS)[0].properties == {"name": "甲"}


def test_a_property_that_is_gone_is_written_as_null_when_a_thing_is_written_again():
    assert restated_of(PLAIN, NUMBERS, {"name": "乙", "status": "x"}) == {
        "name": "甲",
        "employees": 5,
        "status": None,
        "round": None,
        "source": None,
    }


def test_the_values_of_a_thing_stand_under_the_names_asked_for_and_its_place_last():
    numbers = SheetNumbers(NoRows())
    place = Place("2006-10", "a.xlsx", "单位", 7)
    numbers.learn([place])
    assert values_of(PLAIN, ("employees", "status", "name"), NUMBERS) == [5, None, "甲", None]
    assert values_of(PLAIN._replace(place=place), (), numbers) == [numbers.source(place)]
