"""People whom the store holds are found by name and number without reading all of them."""

from hypothesis import given
from hypothesis import strategies as st

from graph_model.graph import Graph, Node
from graph_model.keys import KeyMaker
from graph_model.store.graph_source import InMemoryGraph
from loaders.clean.parse import canonical_name
from loaders.clean.person_names import person_value
from loaders.resolve.context import fetch_people
from loaders.resolve.references import NameIndex

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
