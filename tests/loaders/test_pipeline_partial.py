"""What a partial load leaves as it is, what it replaces, and what it must not lose; on every store."""

import itertools

import pytest

from graph_model.keys import site_keys
from graph_model.store.store import Store
from loaders.history.load_log import read_history
from loaders.history.rebuild import rebuild
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.books import save_round as save

UNITS = ["单位编号", "单位名称", "单位类别", "性质", "从业人数", "管理区域", "管理楼栋"]
MEMBERS = ["姓名", "性别", "入党时间", "所在单位", "职务"]
FIRST = {
    "居民区": [["居民区名称", "业主委员会"], ["甲居民区", "是"]],
    "单位": [UNITS, ["7", "合生物业", "物业公司", "民营", 20, "甲居民区", "1号楼"]],
    "党员": [MEMBERS, ["张三", "男", "2001", "合生物业", "经理"], ["李四", "女", "2002", "合生物业", None]],
    "党支部": [["党支部名称", "书记", "委员"], ["合生党支部", "张三", "李四"]],
}


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def load(store: Store, data, folder, **sheets):
    prepared = prepare(
        store,
        LoadRequest(
            [save(folder, **sheets)],
            keys=site_keys(data),
            data=data,
            complete=folder.name == "2006-10",
        ),
    )
    assert prepared.reading.problems == ()
    apply(store, prepared)
    return prepared


def named(store: Store) -> dict[str, dict]:
    return {str(n.properties["name"]): dict(n.properties) for n in store.held().nodes.values()}


def ties(store: Store, type_: str) -> dict[tuple[str, str], dict]:
    held = store.held()
    name = {k: str(n.properties["name"]) for k, n in held.nodes.items()}
    return {(name[s], name[t]): dict(e.properties) for (of, s, t), e in held.edges.items() if of == type_}


def test_what_a_workbook_has_no_column_for_stays(store, data, tmp_path):
    load(store, data, tmp_path / "2006-10", **FIRST)
    before = named(store)
    prepared = load(
        store,
        data,
        tmp_path / "2006-11",
        单位=[["单位名称", "从业人数", "管理区域"], ["合生物业", 999, "甲居民区"]],
        居民区=[["居民区名称"], ["甲居民区"]],
        党员=[["姓名", "入党时间", "所在单位"], ["张三", "2001", "合生物业"]],
    )
    assert prepared.plan.counts() == {"added": {}, "changed": {"Unit": 1}, "removed": {}}
    assert named(store) == {**before, "合生物业": before["合生物业"] | {"employees": 999}}
    assert ties(store, "MANAGES") == {("合生物业", "甲居民区"): {"buildings": "1号楼"}}
    assert ties(store, "EMPLOYED_BY")["张三", "合生物业"] == {"position": "经理"}
    assert rebuild(data, "2006-11") == store.held()


def test_an_empty_cell_of_a_column_that_is_there_is_taken_at_its_word(store, data, tmp_path):
    load(store, data, tmp_path / "2006-10", **FIRST)
    load(
        store,
        data,
        tmp_path / "2006-11",
        单位=[["单位名称", "从业人数", "性质"], ["合生物业", None, "民营"]],
    )
    assert "employees" not in named(store)["合生物业"]


def test_another_secretary_takes_the_place_of_the_one_before(store, data, tmp_path):
    load(store, data, tmp_path / "2006-10", **FIRST)
    prepared = load(
        store, data, tmp_path / "2006-11", 党支部=[["党支部名称", "书记"], ["合生党支部", "李四"]]
    )
    assert prepared.plan.counts()["removed"] == {"SECRETARY_OF": 1}
    assert list(ties(store, "SECRETARY_OF")) == [("李四", "合生党支部")]
    assert list(ties(store, "COMMITTEE_MEMBER_OF")) == [("李四", "合生党支部")]
    assert rebuild(data, "2006-11") == store.held()
    assert [e.complete for e in read_history(data, store)] == [False, True]


def rows_of(*rows):
    return {"单位": [["单位编号", "单位名称", "从业人数"], *rows]}


def test_two_rows_that_mean_one_held_thing_and_contradict_each_other_are_told(store, data, tmp_path):
    load(store, data, tmp_path / "2006-10", **rows_of([5, "甲物业", 10]))
    path = save(tmp_path / "2006-11", **rows_of([None, "甲物业", 20], [5, "乙物业", 30]))
    prepared = prepare(store, LoadRequest([path], keys=site_keys(data)))
    found = {(p.code, p.cell) for p in prepared.reading.problems}
    assert {("contradiction", "C2"), ("contradiction", "C3")} <= found
    assert prepared.blocked
    assert prepared.reading.unaccounted == 0


def test_of_two_that_could_be_the_held_one_neither_is_whatever_their_order(store, data, tmp_path):
    load(store, data, tmp_path / "2006-10", **rows_of([None, "甲物业", 10]))
    graphs = []
    for number, rows in enumerate(itertools.permutations([[2, "甲物业有限公司", 20], [3, "甲物业", 30]])):
        path = save(tmp_path / str(number) / "2006-11", **rows_of(*rows))
        reading = prepare(store, LoadRequest([path], keys=site_keys(data)))
        graphs.append({k: dict(n.properties) for k, n in reading.graph.nodes.items()})
    assert graphs[0] == graphs[1]
    assert len(graphs[0]) == 2
    assert not graphs[0].keys() & store.held().nodes.keys()
