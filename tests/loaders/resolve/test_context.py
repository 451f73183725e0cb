"""What names are resolved against is fetched once, and no more of it than a round names."""

from hypothesis import given
from hypothesis import strategies as st

from graph_model.graph import Graph, Node, Place
from graph_model.keys import KeyMaker
from graph_model.store.graph_source import InMemoryGraph
from loaders.clean.parse import canonical_name
from loaders.clean.person_names import person_value
from loaders.resolve.carry_over import StatedProperties
from loaders.resolve.context import fetch_entities, fetch_people, fetch_references
from loaders.resolve.key_matching import EntityGroup
from loaders.resolve.references import EMPTY_CONTEXT, NameIndex, references_of
from tests.support.graphs import graph, node, tie
from tests.support.sheets import read

NAMES = st.sampled_from(
    ["张三", "張三", "单晓", "單曉", "张　三", "Maria Li", "maria  li", "发发", "髮發", "王五有限公司"]
)
NUMBERS = st.sampled_from([None, None, "D1", "d1", "D２"])
SECRET = b"a secret"


def key_of(label, number):
    return KeyMaker(SECRET).key(label, ("number", number))


@st.composite
def people(draw):
    found = {}
    for at, name in enumerate(draw(st.lists(NAMES, max_size=5))):
        number = draw(NUMBERS)
        properties = {"name": person_value(name)} | ({"number": number} if number else {})
        key = key_of("Member", canonical_name(number)) if number else f"m_{at}"
        found[key] = Node("Member", key, properties)
    return Graph.of(found.values())


@given(people(), st.lists(NAMES | st.sampled_from(["D1", "ｄ1", "D2", "李四"]), max_size=4))
def test_the_same_people_are_meant_as_when_all_are_known(held, names):
    some, everybody = NameIndex(), NameIndex()
    everybody.remember({"Member": InMemoryGraph(held).named("Member")})
    some.remember({"Member": fetch_people(InMemoryGraph(held), some, "Member", names, key_of)})
    assert [some.find(["Member"], n) for n in names] == [everybody.find(["Member"], n) for n in names]


class Asked(InMemoryGraph):
    """A graph in memory that notes what it is asked for."""

    def __init__(self, held):
        super().__init__(held)
        self.names = []

    def named(self, label, names=None):
        self.names.append((label, None if names is None else sorted(names)))
        return super().named(label, names)


HELD = graph(
    node("u_1", name="甲"),
    node("u_2", name="乙", number="7"),
    node("b_1", name="一支部"),
    node("b_2", name="一支部"),
    node("m_1", name="王五"),
    tie("m_1 EMPLOYED_BY u_1", position="经理"),
    tie("b_1 ORGANISED_IN u_1"),
)


def records(*rows, name="单位"):
    return read(*rows, name=name)[0].records


def group(keys, rows):
    return EntityGroup("Unit", [(k,) for k in keys], keys, rows, {})


def test_without_a_store_there_is_no_context():
    assert fetch_entities([], None, NameIndex()) is EMPTY_CONTEXT


def test_things_are_fetched_by_key_and_where_it_is_new_by_name():
    rows = [[r] for r in records(["单位名称"], ["甲"], ["丁"])]
    known = NameIndex()
    found = fetch_entities([group(["u_1", "u_9"], rows)], Asked(HELD), known)
    assert set(found.nodes) == {"u_1"}
    assert known.before["Unit"] == {"甲": ["u_1"], "乙": ["u_2"], "7": ["u_2"]}
    # a key that is new, of a thing that is held under another
    found = fetch_entities([group(["u_9"], rows[:1])], Asked(HELD), NameIndex())
    assert set(found.nodes) == {"u_1"}


def test_where_every_key_is_held_no_name_is_asked_for():
    source = Asked(HELD)
    rows = [[r] for r in records(["单位名称"], ["甲"])]
    fetch_entities([group(["u_1"], rows)], source, NameIndex())
    assert source.names == []


def fetched(*rows, labels=()):
    inside, outside = references_of(
        (f"m_{r.row}", Place("2006-10", "a.xlsx", "党员", r.row), r) for r in records(*rows, name="党员")
    )
    known, source = NameIndex(), Asked(HELD)
    found = fetch_references(
        EMPTY_CONTEXT, inside, outside, source, known, StatedProperties(), key_of=key_of, labels=labels
    )
    return found, known, source.names


def test_names_that_the_round_lacks_are_fetched_and_others_not():
    found, known, asked = fetched(["姓名", "所在单位", "职务"], ["赵六", "甲", "会计"])
    assert asked == [("Unit", None)]
    assert known.find(["Unit"], "甲") == ["u_1"]
    assert (found.nodes, found.relationships) == ({}, {})


def test_the_nodes_around_a_name_of_several_come_with_their_ties():
    found, _, _ = fetched(["姓名", "组织关系所在党支部"], ["赵六", "一支部"])
    assert set(found.nodes) == {"b_1", "b_2"}
    assert ("ORGANISED_IN", "b_1", "u_1") in found.relationships


def test_ties_of_a_sheet_that_does_not_speak_of_all_come_too():
    found, _, _ = fetched(["姓名", "所在单位"], ["王五", "甲"])
    assert found.relationships == {}  # m_2 is tied to nothing yet
    found, known, _ = fetched(["姓名", "所在单位"], [None, None], labels=("Branch",))
    assert known.find(["Branch"], "一支部") == ["b_1", "b_2"]
