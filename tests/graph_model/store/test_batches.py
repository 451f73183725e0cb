import pytest

from graph_model.graph import Edge, Graph, Node, Place
from graph_model.plan import make_plan
from graph_model.store import cypher
from graph_model.store.batches import BATCH, batches
from graph_model.store.provenance import ROWS, number_of

PLACE = Place("2006-10", "a.xlsx", "单位", 7)
SOURCE = number_of(PLACE[:3], 0) * ROWS + 7


class Asked:
    """A transaction that keeps the texts it is given, and has no row."""

    def __init__(self):
        self.texts = []

    def run(self, text, parameters):
        self.texts.append(text)
        return []


def unit(key="u_1", place=None, **properties):
    return Node("Unit", key, properties, place)


def employed(place=None, **properties):
    return Edge("EMPLOYED_BY", "m_1", "u_1", properties, place)


def of(held, desired):
    """How many things the plan speaks of, and its batches as (text, rows)."""
    count, found = batches(Asked(), make_plan(Graph.of(*desired), Graph.of(*held), complete=True))
    return count, [tuple(b) for b in found]


MEMBER = Node("Member", "m_1", {"name": "张三"})


def test_nothing_to_change_is_no_statement():
    assert of(([unit()], []), ([unit()], [])) == (0, [])


def test_new_things_are_rows_of_columns_with_the_number_of_their_place():
    count, found = of(([], []), ([unit(place=PLACE, name="甲")], []))
    columns = cypher.node_columns("Unit")
    row = ["u_1", *("甲" if c == "name" else None for c in columns), SOURCE]
    assert (count, found) == (1, [(cypher.create_listed_nodes("Unit"), [row])])


def test_a_property_that_the_schema_no_longer_has_is_written_by_name():
    _, found = of(([], []), ([unit(name="甲", old=1)], []))
    assert found == [
        (
            cypher.create_nodes("Unit"),
            [{"key": "u_1", "properties": {"name": "甲", "old": 1, "source": None}}],
        )
    ]


def test_a_property_that_a_thing_has_lost_is_written_as_null():
    _, found = of(([unit(name="甲", employees=5)], []), ([unit(name="乙")], []))
    assert found == [
        (
            cypher.change_nodes("Unit"),
            [
                {
                    "key": "u_1",
                    "properties": {"name": "乙", "employees": None, "round": None, "source": None},
                }
            ],
        )
    ]


def test_a_thing_that_stands_elsewhere_now_has_its_place_written_anew():
    _, found = of(([unit(name="甲")], []), ([unit(name="甲", place=PLACE)], []))
    assert found == [
        (
            cypher.change_nodes("Unit"),
            [{"key": "u_1", "properties": {"name": "甲", "round": None, "source": SOURCE}}],
        )
    ]


def test_no_edge_ever_lacks_an_end():
    held, new = ([MEMBER, unit()], [employed()]), ([Node("Unit", "u_2", {})], [])
    removed = [text for text, _ in of(held, new)[1]]
    ends = cypher.edge_ends(employed())
    assert removed.index(cypher.remove_edges(ends)) < removed.index(cypher.remove_nodes("Unit"))
    added = [text for text, _ in of(new, held)[1]]
    assert added.index(cypher.create_listed_nodes("Member")) < added.index(cypher.create_listed_edges(ends))


def test_an_edge_is_changed_between_its_ends():
    held = ([MEMBER, unit()], [employed(position="经理")])
    _, found = of(held, ([MEMBER, unit()], [employed()]))
    assert found == [
        (
            cypher.change_edges(cypher.edge_ends(employed())),
            [
                {
                    "source": "m_1",
                    "target": "u_1",
                    "properties": {"position": None, "round": None, "source": None},
                }
            ],
        )
    ]


@pytest.mark.parametrize(
    ("number", "sizes"), [(BATCH, [BATCH]), (BATCH + 1, [BATCH, 1]), (2 * BATCH, [BATCH] * 2)]
)
def test_many_things_are_sent_some_at_a_time(number, sizes):
    count, found = of(([], []), ([unit(f"u_{n}") for n in range(number)], []))
    assert (count, [len(rows) for _, rows in found]) == (number, sizes)
