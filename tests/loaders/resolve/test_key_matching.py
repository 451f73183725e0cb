"""Things that the store holds under another key: the same where a name alone tells, never where numbers differ."""

from graph_model.graph import Node
from graph_model.store.graph_source import NodeName
from loaders.resolve.key_matching import EntityGroup, merge_same_keys, with_stored_keys
from loaders.resolve.references import NameIndex
from tests.support.sheets import read

UNITS = ["单位名称", "编号"]


def units(*rows):
    reading, _ = read(UNITS, *rows, name="单位")
    keys = [f"u_{number}" for number, _ in enumerate(reading.records, 1)]
    identities = [("name", str(r.properties["name"])) for r in reading.records]
    return EntityGroup("Unit", identities, keys, [[r] for r in reading.records], {})


def known(*names):
    index = NameIndex()
    index.remember({"Unit": [NodeName(*name, "property_company") for name in names]})
    return index


def test_a_thing_is_the_stored_one_of_its_name():
    found = with_stored_keys(units(["甲物业", None]), {}, known(("u_9", "甲物业", None)))
    assert found.keys == ["u_9"]


def test_a_key_that_is_stored_stays():
    stored = {"u_1": Node("Unit", "u_1", {"name": "甲物业"})}
    assert with_stored_keys(units(["甲物业", None]), stored, known(("u_9", "甲物业", None))).keys == ["u_1"]


def test_another_number_is_another_thing():
    assert with_stored_keys(units(["甲物业", "7"]), {}, known(("u_9", "甲物业", "8"))).keys == ["u_1"]
    assert with_stored_keys(units(["甲物业", "8"]), {}, known(("u_9", "甲物业", "8"))).keys == ["u_9"]


def test_two_of_one_name_in_the_store_are_neither():
    both = known(("u_8", "甲物业", None), ("u_9", "甲物业", None))
    assert with_stored_keys(units(["甲物业", None]), {}, both).keys == ["u_1"]


def test_what_two_rows_could_be_is_neither():
    two = units(["甲物业", "1"], ["甲物业", "2"])
    assert with_stored_keys(two, {}, known(("u_9", "甲物业", None))).keys == ["u_1", "u_2"]


def test_things_of_one_key_are_one_thing():
    two = units(["甲物业", None], ["乙物业", None])
    one = merge_same_keys(two, ["u_5", "u_5"])
    assert (one.keys, [len(rows) for rows in one.rows], one.identities) == (
        ["u_5"],
        [2],
        [("name", "甲物业")],
    )
