"""Somebody who was corrected is asked about, and is then the same person, on every store; nobody is merged unasked."""

import pytest

from explorer.loading.load_facts import shown_proposals
from explorer.viewer import Viewer
from graph_model.graph import Graph
from graph_model.keys import site_keys
from graph_model.store.graph_source import InMemoryGraph
from graph_model.store.store import Store
from loaders.history.rebuild import rebuild
from loaders.pipeline import apply, prepare, save_alias_answer
from loaders.prepared_load import LoadRequest
from loaders.resolve.people import propose_corrections
from tests.support.books import save_round as save
from tests.support.graphs import graph, node, tie

HEADINGS = ["姓名", "入党时间", "出生年月", "所在单位", "职务"]


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def ready(store: Store, data, folder, *members, complete=False):
    units = [["单位名称", "单位类别"], ["甲物业", "物业公司"]]
    path = save(folder, 单位=units, 党员=[HEADINGS, *members])
    return prepare(store, LoadRequest([path], keys=site_keys(data), data=data, complete=complete))


def load(store: Store, data, folder, *members, complete=False):
    prepared = ready(store, data, folder, *members, complete=complete)
    assert not prepared.blocked
    apply(store, prepared)


FIRST = (["张三", "2001-01", None, "甲物业", "经理"], ["李四", "2007-05", None, "甲物业", None])
MENDED = (["张三", "2001-10", None, "甲物业", "经理"], ["李四", "2005-05", "1970-01", "甲物业", None])


@pytest.mark.parametrize("complete", [False, True])
def test_who_was_corrected_is_asked_about_and_changes(store, data, tmp_path, complete):
    load(store, data, tmp_path / "2006-10", *FIRST, complete=True)
    before = store.held()
    prepared = ready(store, data, tmp_path / "2006-11", *MENDED, complete=complete)
    assert [(p.text, p.candidate, p.differs) for p in prepared.proposals] == [
        ("李四", "李四", ("joined", "born")),
        ("张三", "张三", ("joined",)),
    ]
    for one in prepared.proposals:
        save_alias_answer(store, *one.same)
    again = ready(store, data, tmp_path / "2006-11", *MENDED, complete=complete)
    assert again.proposals == ()
    assert again.plan.counts() == {"added": {}, "changed": {"Member": 2}, "removed": {}}
    apply(store, again)
    after = store.held()
    assert after.nodes.keys() == before.nodes.keys()
    assert after.edges.keys() == before.edges.keys()
    assert rebuild(data, "2006-11") == after
    # and in every later round
    later = ready(store, data, tmp_path / "2006-12", *MENDED, complete=True)
    assert (later.plan.empty, later.proposals) == (True, ())


def test_who_is_said_to_be_somebody_else_is_not_asked_about_again(store, data, tmp_path):
    load(store, data, tmp_path / "2006-10", *FIRST, complete=True)
    for one in ready(store, data, tmp_path / "2006-11", *MENDED).proposals:
        save_alias_answer(store, one.label, one.same.alias, None)
    again = ready(store, data, tmp_path / "2006-11", *MENDED)
    assert again.proposals == ()
    assert again.plan.counts()["added"] == {"EMPLOYED_BY": 2, "Member": 2}


def test_a_viewer_without_the_right_is_asked_with_masked_names(store, data, tmp_path):
    load(store, data, tmp_path / "2006-10", *FIRST, complete=True)
    prepared = ready(store, data, tmp_path / "2006-11", *MENDED[:1])
    [shown] = shown_proposals(prepared, Viewer())
    assert (shown.text, shown.candidate, shown.differs) == ("张*", "张*", ("入党时间",))
    [clear] = shown_proposals(prepared, Viewer(names=True, language="en"))
    assert (clear.text, clear.differs) == ("张三", ("Joined",))


def test_two_rows_that_are_said_to_be_one_person_contradict_each_other(store, data, tmp_path):
    load(store, data, tmp_path / "2006-10", *FIRST, complete=True)
    for one in ready(store, data, tmp_path / "2006-11", *MENDED).proposals:
        save_alias_answer(store, *one.same)
    both = ready(store, data, tmp_path / "2006-11", FIRST[0], MENDED[0])
    assert {(p.code, p.cell) for p in both.reading.problems} >= {
        ("contradiction", "B2"),
        ("contradiction", "B3"),
    }


def person(key: str, name: str, **said: str):
    return node(f"m_{key}", name=name, **said)


def asked(new, old, *ties: str) -> list[tuple[str, int]]:
    """Who is asked about for the new person, at a unit that both may be tied to."""
    unit = node("u_1")
    held = graph(unit, old, *(tie(t) for t in ties if t.startswith("m_old")))
    desired = graph(unit, new, *(tie(t) for t in ties if t.startswith("m_new")))
    return [(p.candidate, p.score) for p in propose_corrections(desired, InMemoryGraph(held), {"u_1"})]


AT = ("m_old EMPLOYED_BY u_1", "m_new EMPLOYED_BY u_1")


def test_how_likely_two_people_are_one():
    old = person("old", "王小明", joined="2001-10")
    assert asked(person("new", "王小明", joined="1999"), old, *AT) == [("王小明", 65)]
    assert asked(person("new", "王小明", joined="2001"), old) == [("王小明", 70)]
    assert asked(person("new", "王小鸣", joined="2001-10"), old, *AT) == [("王小明", 70)]
    assert asked(person("new", "王小明", joined="1999"), old) == []
    assert asked(person("new", "王小鸣", joined="1999"), old, *AT) == []
    assert asked(person("new", "赵大力", joined="2001-10"), old, *AT) == []


def test_nobody_is_asked_about_who_stands_in_the_round():
    old, new = person("old", "王小明", joined="2001"), person("new", "王小明", joined="2002")
    held = graph(node("u_1"), old, tie(AT[0]))
    desired = graph(node("u_1"), old, new, *map(tie, AT))
    assert propose_corrections(desired, InMemoryGraph(held), held.nodes) == ()
    assert propose_corrections(Graph.of(), InMemoryGraph(held), held.nodes) == ()


def test_somebody_who_was_stored_with_a_remark_is_asked_about():
    unit = node("u_1", name="甲物业")
    old = node("m_1", name="赵小兰(女)", joined="2002-07")
    new = node("m_2", name="赵小兰", joined="2002-07")
    held = InMemoryGraph(graph(unit, old, tie("m_1 EMPLOYED_BY u_1")))
    desired = graph(unit, new, tie("m_2 EMPLOYED_BY u_1"))
    [found] = propose_corrections(desired, held, ["u_1"])
    assert (found.text, found.candidate, found.keys) == ("赵小兰", "赵小兰(女)", ("m_2", "m_1"))
