"""The last load is taken back: what the store holds, its rounds and the history are those of before."""

import pytest

from graph_model.errors import InputError, StoreBusy
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.secret import site_secret
from loaders.history.load_log import read_history
from loaders.history.undo import prepare_undo, undo_last
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.books import save_round as save

UNITS = ["单位名称", "单位类别", "从业人数"]
MEMBERS = ["姓名", "入党时间", "出生年月", "所在单位"]


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def first(tmp_path):
    return save(
        tmp_path / "2006-04",
        单位=[UNITS, ["甲物业", "物业公司", 5], ["乙物业", "物业公司", 6]],
        党员=[MEMBERS, ["张三", "2001", "1970-01", "甲物业"]],
    )


@pytest.fixture
def second(tmp_path):
    return save(
        tmp_path / "2006-10",
        单位=[UNITS, ["甲物业", "物业公司", None], ["丙物业", "物业公司", 7]],
        党员=[MEMBERS, ["张三", "2001", "1970-01", "丙物业"], ["李四", "2002", "1971-01", "甲物业"]],
    )


def load(store, data, folder, complete=True, by=None):
    secret = site_secret(data)
    prepared = prepare(store, LoadRequest([folder], keys=KeyMaker(secret), complete=complete, data=data))
    apply(store, prepared, by=by)
    return store.held()


def same(one, other):
    return (dict(one.nodes), dict(one.edges)) == (dict(other.nodes), dict(other.edges))


def stands(data, store):
    return [(e.round, e.standing) for e in read_history(data, store)]


def test_the_last_load_is_undone_and_the_one_before_it_too(store, data, first, second):
    held = load(store, data, first)
    rounds = store.rounds()
    load(store, data, second)
    assert undo_last(store, data).round == "2006-10"
    assert same(store.held(), held)
    assert store.rounds() == rounds
    assert (store.state().round, store.state().version) == ("2006-04", 3)
    assert stands(data, store) == [("2006-10", "undo"), ("2006-10", "undone"), ("2006-04", "standing")]
    undo_last(store, data)
    assert same(store.held(), Graph.of())
    assert (store.rounds(), store.state().round) == ((), None)
    with pytest.raises(InputError, match="没有可以撤销"):
        undo_last(store, data)


def test_a_round_loaded_again_is_undone_to_what_it_was(store, data, first, second):
    load(store, data, first)
    known = store.rounds()
    held = store.held()
    save(first, 单位=[UNITS, ["甲物业", "物业公司", 9]])
    load(store, data, first)
    undo_last(store, data)
    assert store.rounds() == known
    assert same(store.held(), held)


def test_undoing_needs_what_was_looked_at(store, data, first, second):
    load(store, data, first)
    looked = prepare_undo(store, data)
    load(store, data, second)
    held = store.held()
    with pytest.raises(StoreBusy):
        undo_last(store, data, undo=looked)
    assert same(store.held(), held)
    assert [e.standing for e in read_history(data, store)] == ["standing", "standing"]


def test_a_load_from_another_data_folder_is_not_undone_here(store, data, first, second, tmp_path):
    load(store, data, first)
    other = tmp_path / "other"
    other.mkdir()
    (other / "site.secret").write_bytes((data / "site.secret").read_bytes())
    load(store, other, second)
    with pytest.raises(InputError, match="不是在本机进行的"):
        undo_last(store, data)


def test_where_nothing_was_loaded_nothing_is_undone(store, data):
    with pytest.raises(InputError, match="没有可以撤销"):
        prepare_undo(store, data)


def test_looking_at_an_undo_writes_nothing_and_says_what_it_would_do(store, data, first):
    load(store, data, first)
    state, held = store.state(), store.held()
    looked = prepare_undo(store, data)
    assert (looked.entry.round, looked.state) == ("2006-04", state)
    assert looked.plan.counts() == {
        "added": {},
        "changed": {},
        "removed": {"EMPLOYED_BY": 1, "Member": 1, "Unit": 2},
    }
    assert (store.state(), same(store.held(), held)) == (state, True)
    assert [e.standing for e in read_history(data, store)] == ["standing"]


def test_an_undo_is_in_the_history_with_who_did_it_and_is_not_undone_itself(store, data, first, second):
    load(store, data, first)
    load(store, data, second)
    told = []
    gone = undo_last(store, data, by="王秘书", on_progress=lambda *said: told.append(said))
    assert (gone.round, gone.standing) == ("2006-10", "undone")
    undo = read_history(data, store)[0]
    assert (undo.by, undo.undoes, undo.round) == ("王秘书", gone.load, "2006-10")
    assert told
    assert prepare_undo(store, data).entry.round == "2006-04"
