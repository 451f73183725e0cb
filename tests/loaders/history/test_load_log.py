import json

import pytest

from graph_model.errors import InputError, StoreBusy
from graph_model.keys import KeyMaker, site_keys
from graph_model.plan import make_plan
from graph_model.secret import site_secret
from loaders.history.file_archive import archived_sheets
from loaders.history.load_log import read_history
from loaders.history.rebuild import compare, rebuild
from loaders.history.undo import undo_last
from loaders.pipeline import apply, prepare, save_alias_answer
from loaders.prepared_load import LoadRequest
from tests.support import history_child
from tests.support.books import save as save_book
from tests.support.books import save_round as save
from tests.support.forks import forked

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


def test_a_load_is_in_the_history_with_its_files(store, data, first):
    load(store, data, first, by="王主任")
    [entry] = read_history(data, store)
    assert (entry.round, entry.complete, entry.by, entry.standing) == (
        "2006-04",
        True,
        "王主任",
        "standing",
    )
    assert entry.load == store.state().load
    assert entry.plan == {"added": {"EMPLOYED_BY": 1, "Member": 1, "Unit": 2}, "changed": {}, "removed": {}}
    assert [(f.name, f.whole) for f in entry.files] == [("a.xlsx", True)]
    kept = data / "rounds" / "files" / entry.files[0].kept
    assert kept.read_bytes() == (first / "a.xlsx").read_bytes()
    for path in (kept, *(data / "rounds" / "2006-04" / entry.load).iterdir()):
        assert path.stat().st_mode & 0o777 == 0o600
    assert {t["id"]: t["found"] for t in entry.totals}["companies"] == 2


def test_the_same_file_is_kept_once(store, data, first):
    load(store, data, first)
    load(store, data, first)
    assert len(read_history(data, store)) == 2
    assert len(list((data / "rounds" / "files").iterdir())) == 1


def test_a_partial_load_keeps_what_its_round_declared_and_adds_its_files(store, data, first, tmp_path):
    totals = ["统计项目", "申报数"]
    save_book(first / "汇总.xlsx", 汇总=[totals, ["党员", 2], ["物业公司总数", 2]])
    load(store, data, first)
    before = store.rounds()
    save_book(
        tmp_path / "fix" / "b.xlsx", 单位=[UNITS, ["甲物业", "物业公司", 9]], 汇总=[totals, ["党员", 1]]
    )
    secret = site_secret(data)
    fix = prepare(
        store,
        LoadRequest([tmp_path / "fix"], keys=KeyMaker(secret), round="2006-04", complete=False, data=data),
    )
    apply(store, fix)

    [known] = store.rounds()
    assert known.declared == {"members": 1, "companies": 2}
    assert set(known.files) == {"a.xlsx", "汇总.xlsx", "b.xlsx"}
    undo_last(store, data)
    assert store.rounds() == before


def test_the_second_of_two_loads_says_who_came_first(store, data, first, second):
    secret = site_secret(data)
    mine = prepare(store, LoadRequest([first], keys=KeyMaker(secret), data=data))
    load(store, data, second, by="王秘书")
    [other] = read_history(data, store)
    with pytest.raises(StoreBusy) as refused:
        apply(store, mine, by="我")
    at = other.at[:19].replace("T", " ")
    assert f"王秘书 已于 {at}（国际标准时间）导入了 2006-10" in refused.value.text.zh
    assert f"王秘书 loaded 2006-10 at {at} (UTC)" in refused.value.text.en
    assert read_history(data, store) == (other,)


def test_a_round_is_rebuilt_from_its_files_and_compared(store, data, first, second):
    one = load(store, data, first)
    two = load(store, data, second)
    (first / "a.xlsx").unlink()
    assert same(rebuild(data, "2006-04"), one)
    assert same(rebuild(data, "2006-10"), two)
    plan = compare(rebuild(data, "2006-04"), rebuild(data, "2006-10"))
    assert plan.counts() == make_plan(two, one).counts()
    assert [m.after.source for m in plan.moves()] == [
        k for k, n in one.nodes.items() if n.label == "Member"
    ]
    with pytest.raises(InputError, match=r"2005-04.*2006-04、2006-10"):
        rebuild(data, "2005-04")


def test_partial_loads_are_rebuilt_in_their_order(store, data, first, second, tmp_path):
    load(store, data, first)
    load(
        store,
        data,
        save(tmp_path / "x" / "2006-10", 单位=[UNITS, ["丁物业", "物业公司", 1]]),
        complete=False,
    )
    held = load(store, data, second, complete=False)
    assert len([n for n in held.nodes.values() if n.label == "Unit"]) == 4
    assert same(rebuild(data, "2006-10"), held)


def test_an_undone_load_is_not_rebuilt(store, data, first, second):
    load(store, data, first)
    load(store, data, second)
    undo_last(store, data)
    with pytest.raises(InputError, match="2006-10"):
        rebuild(data, "2006-10")


def test_what_was_read_is_kept_and_a_kept_file_that_changed_is_refused(store, data, first):
    secret = site_secret(data)
    prepared = prepare(store, LoadRequest([first], keys=KeyMaker(secret), data=data))
    (first / "a.xlsx").unlink()  # what was read is what is kept, also when the upload is gone by then
    apply(store, prepared)
    [entry] = read_history(data, store)
    kept = data / "rounds" / "files" / entry.files[0].kept
    kept.write_bytes(b"something else")
    with pytest.raises(InputError, match="缺失或损坏"):
        rebuild(data, "2006-04")


def test_private_cells_are_not_kept_and_the_graph_is_the_same(store, data, tmp_path):
    folder = save(
        tmp_path / "2006-04",
        单位=[
            ["单位名称", "单位类别", "联系电话"],
            ["甲物业", "物业公司", "未知"],
            ["乙物业", "物业公司", "13800138000"],
        ],
        党员=[["姓名", "所在单位", "备注"], ["张三", "甲物业", "身份证 11010519491231002X"]],
    )
    (folder / "党员.csv").write_text(
        "姓名,所在单位,备注\n李四,甲物业,电话13912345678\n", encoding="gb18030"
    )
    held = load(store, data, folder)
    [entry] = read_history(data, store)
    assert [(f.name, f.whole) for f in entry.files] == [("a.xlsx", False), ("党员.csv", False)]
    texts = {
        c for f in entry.files for s in archived_sheets(data, f) for row in s.rows() for c in row.cells
    }
    assert {"张三", "李四", "联系电话", None} <= texts
    assert not texts & {"未知", "13800138000", "身份证 11010519491231002X", "电话13912345678"}
    assert same(rebuild(data, "2006-04"), held)


def test_an_answer_is_kept_with_the_graph_and_asked_once(store, data, tmp_path):
    folder = save(
        tmp_path / "2006-10",
        单位=[UNITS, ["新桃源物业", "物业公司", 5]],
        党员=[MEMBERS, ["张三", "2001", "1970-01", "新桃园物业"]],
    )
    prepared = prepare(store, LoadRequest([folder], keys=site_keys(data), data=data))
    [proposal] = prepared.proposals
    assert (proposal.text, proposal.label, proposal.candidate) == ("新桃园物业", "Unit", "新桃源物业")
    assert proposal.score >= 80
    assert prepared.blocked
    save_alias_answer(store, proposal.label, proposal.text, proposal.candidate, by="王主任")
    again = prepare(store, LoadRequest([folder], keys=site_keys(data), data=data))
    assert (again.proposals, again.blocked) == ((), False)
    apply(store, again)
    assert same(rebuild(data, "2006-10"), store.held())
    undo_last(store, data)
    assert len(store.records("Alias")) == 1


def test_a_renamed_unit_is_proposed_and_stays_the_same_node(store, data, first, tmp_path):
    before = load(store, data, first)
    folder = save(
        tmp_path / "2006-10",
        单位=[UNITS, ["甲物业服务", "物业公司", 5], ["乙物业", "物业公司", 6]],
        党员=[MEMBERS, ["张三", "2001", "1970-01", "甲物业服务"]],
    )
    prepared = prepare(store, LoadRequest([folder], keys=site_keys(data), complete=True, data=data))
    assert [(p.text, p.candidate) for p in prepared.proposals] == [("甲物业服务", "甲物业")]
    save_alias_answer(store, "Unit", "甲物业服务", "甲物业")
    again = prepare(store, LoadRequest([folder], keys=site_keys(data), complete=True, data=data))
    assert again.proposals == ()
    assert (again.plan.added_nodes, again.plan.removed_nodes) == ((), ())
    [change] = again.plan.changed_nodes
    assert (change.before.properties["name"], change.after.properties["name"]) == ("甲物业", "甲物业服务")
    assert change.after.key in before.nodes


STEPS = [("keep", 0), ("keep", 1), ("write", 0), ("write", 2), ("confirm", 0), ("confirm", 1)]


@pytest.mark.parametrize(("step", "times"), STEPS)
def test_a_load_killed_at_any_step_leaves_a_true_history(store, address, data, first, second, step, times):
    held = load(store, data, first)
    with forked(history_child.main, address, data, second, step, times) as (child, _):
        child.join()
    assert child.exitcode == -9
    landed = step == "confirm"
    assert store.state().version == (2 if landed else 1)
    assert [e.round for e in read_history(data, store) if e.standing == "standing"] == (
        ["2006-10", "2006-04"] if landed else ["2006-04"]
    )
    if landed:
        assert same(rebuild(data, "2006-10", store.state().load), store.held())
    else:
        assert same(store.held(), held)
        load(store, data, second)
    undo_last(store, data)
    assert same(store.held(), held)
    json.dumps([e.load for e in read_history(data, store)])
