"""A load from files to the store: partial rounds, clean rows, declared totals, explanations; on every store."""

from pathlib import Path

import openpyxl
import pytest

from graph_model.coverage.catalogue import Catalogue, read_catalogue
from graph_model.errors import InputError
from graph_model.findings.findings import read_findings
from graph_model.graph import Graph
from graph_model.keys import site_keys
from graph_model.plan import Plan, make_plan
from graph_model.profile import read_profile
from graph_model.schema import NODE_TYPES
from loaders.forms.answers import MatchAnswers, TermAnswer
from loaders.history.load_log import read_history
from loaders.history.rebuild import compare, rebuild
from loaders.history.undo import undo_last
from loaders.pipeline import apply, explain, prepare, run, save_alias_answer
from loaders.prepared_load import LoadRequest
from loaders.reconcile.declared import Difference
from loaders.template.prefill import rows_of_area
from loaders.template.template import write_template
from tests.support.books import save_round as save

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "2006-10"
UNITS = ["单位名称", "单位编号", "单位类别", "从业人数", "管理区域"]
MEMBERS = ["姓名", "入党时间", "出生年月", "所在单位"]
AREAS = [["居民区名称", "户数"], ["甲居民区", 9], ["乙居民区", 9]]


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def whole(tmp_path):
    return save(
        tmp_path / "2006-04",
        居民区=AREAS,
        单位=[
            UNITS,
            ["甲物业", "7", "物业公司", 5, "甲居民区"],
            ["乙物业", None, "物业公司", 6, "乙居民区"],
        ],
        党员=[MEMBERS, ["张三", "2001", "1970-01", "甲物业"], ["李四", "2002", "1971-01", "乙物业"]],
        汇总=[["统计项目", "申报数", "区域"], ["党员", 2, None], ["党员", 1, "甲居民区"]],
    )


def ready(store, data, folder, *, on_progress=None, **more):
    return prepare(
        store,
        LoadRequest([folder], keys=site_keys(data), data=data, **more),
        on_progress=on_progress,
    )


def load(store, data, folder, **more):
    apply(store, ready(store, data, folder, **more))
    return store.held()


def named(graph, label):
    return {str(n.properties["name"]): n for n in graph.nodes.values() if n.label == label}


def ties(graph, type_):
    return {
        (graph.nodes[s].properties["name"], graph.nodes[t].properties["name"])
        for t_, s, t in graph.edges
        if t_ == type_
    }


def same(one, other):
    return (dict(one.nodes), dict(one.edges)) == (dict(other.nodes), dict(other.edges))


# ---- partial rounds


def test_a_partial_load_refers_to_what_is_held_and_removes_nothing(store, data, whole, tmp_path):
    before = load(store, data, whole, complete=True)
    part = save(
        tmp_path / "2006-05",
        党员=[MEMBERS, ["张三", "2001", "1970-01", "乙物业"], ["王五", "2003", "1972-01", "甲物业"]],
    )
    prepared = ready(store, data, part)
    assert not prepared.plan.complete
    assert prepared.plan.counts() == {
        "added": {"EMPLOYED_BY": 2, "Member": 1},
        "changed": {},
        "removed": {"EMPLOYED_BY": 1},
    }
    assert len(prepared.plan.moves()) == 1
    apply(store, prepared)
    after = store.held()
    assert set(before.nodes) < set(after.nodes)
    assert ties(after, "EMPLOYED_BY") == {("张三", "乙物业"), ("李四", "乙物业"), ("王五", "甲物业")}
    assert ready(store, data, part).plan.empty
    assert same(rebuild(data, "2006-05"), after)
    assert compare(rebuild(data, "2006-04"), after).counts()["added"] == {"EMPLOYED_BY": 2, "Member": 1}
    undo_last(store, data)
    assert same(store.held(), before)


def test_a_complete_round_may_not_refer_to_what_it_would_remove(store, data, whole, tmp_path):
    load(store, data, whole, complete=True)
    part = save(tmp_path / "2006-05", 党员=[MEMBERS, ["张三", "2001", "1970-01", "乙物业"]])
    prepared = ready(store, data, part, complete=True)
    assert [p.code for p in prepared.reading.problems] == ["broken_reference"]
    assert prepared.blocked


def test_totals_of_one_area_do_not_make_a_complete_round(store, data, whole, tmp_path):
    before = load(store, data, whole, complete=True)
    part = save(
        tmp_path / "2006-05",
        居民区=[["居民区名称"], ["甲居民区"]],
        单位=[UNITS, ["甲物业", "7", "物业公司", 9, "甲居民区"]],
        汇总=[["统计项目", "申报数", "区域"], ["物业公司", 1, "甲居民区"]],
    )
    for declare in ((), ("甲居民区:members=1",)):
        prepared = ready(store, data, part, declare=declare)
        assert (prepared.plan.complete, prepared.unmentioned) == (False, ())
        assert prepared.plan.counts() == {"added": {}, "changed": {"Unit": 1}, "removed": {}}
    apply(store, prepared)
    assert set(store.held().nodes) == set(before.nodes)


def test_a_round_that_leaves_out_a_held_area_is_complete_only_when_that_is_said(
    store, data, whole, tmp_path
):
    load(store, data, whole, complete=True)
    part = save(
        tmp_path / "2006-05",
        居民区=[["居民区名称"], ["甲居民区"]],
        单位=[UNITS, ["甲物业", "7", "物业公司", 5, "甲居民区"]],
        汇总=[["统计项目", "申报数"], ["物业公司", 1]],
    )
    prepared = ready(store, data, part)
    assert (prepared.plan.complete, prepared.unmentioned) == (False, ("乙居民区",))
    assert prepared.plan.empty
    said = ready(store, data, part, complete=True)
    assert (said.plan.complete, said.unmentioned) == (True, ())
    assert said.plan.counts()["removed"]["ResidentialArea"] == 1


def test_a_round_with_totals_that_lists_every_held_area_is_complete(store, data, whole):
    load(store, data, SAMPLE.parent / "2006-04")
    prepared = ready(store, data, SAMPLE)
    assert (prepared.plan.complete, prepared.unmentioned) == (True, ())


def test_the_round_itself_is_meant_before_what_is_held(store, data, whole, tmp_path):
    load(store, data, whole, complete=True)
    part = save(
        tmp_path / "2006-05",
        单位=[UNITS, ["乙物业", "9", "物业公司", 6, None]],
        党员=[MEMBERS, ["王五", "2003", "1972-01", "乙物业"]],
    )
    prepared = ready(store, data, part)
    [(_, _, target)] = [k for k in prepared.graph.edges if k[0] == "EMPLOYED_BY"]
    assert target in prepared.graph.nodes


def test_a_unit_without_its_number_is_still_the_held_one(store, data, whole, tmp_path):
    load(store, data, whole, complete=True)
    part = save(tmp_path / "2006-05", 单位=[UNITS, ["甲物业", None, "物业公司", 8, None]])
    counts = ready(store, data, part).plan.counts()
    assert (counts["added"], counts["changed"]) == ({}, {"Unit": 1})


def test_one_area_of_the_sample_filled_in_and_corrected_touches_only_that(store, data, tmp_path):
    before = load(store, data, SAMPLE)
    area = named(before, "ResidentialArea")["檀香居民区"]
    rows = {k: [dict(r) for r in v] for k, v in rows_of_area(before, area.key).items()}
    rows["residential_areas"][0]["户数"] = "4321"
    (tmp_path / "2006-11").mkdir()
    write_template(tmp_path / "2006-11" / "檀香居民区.xlsx", rows)
    prepared = ready(store, data, tmp_path / "2006-11")
    assert [p for p in prepared.reading.problems if p.blocking] == []
    assert prepared.plan.counts() == {"added": {}, "changed": {"ResidentialArea": 1}, "removed": {}}


# ---- nothing until clean, or the clean rows now


@pytest.fixture
def dirty(tmp_path):
    return save(
        tmp_path / "2006-05",
        单位=[UNITS, ["甲物业", "7", "某某", 9, None], ["丙物业", None, "物业公司", 3, None]],
        党员=[MEMBERS, ["王五", "2003", "1972-01", "没有的物业"], ["赵六", "2004", "1973-01", "丙物业"]],
    )


def test_nothing_is_loaded_until_all_is_clean(store, data, dirty):
    prepared = ready(store, data, dirty)
    assert prepared.blocked
    assert prepared.left_out == ()
    with pytest.raises(InputError):
        apply(store, prepared)
    assert same(store.held(), Graph.of())
    assert read_history(data, store) == ()


def test_the_clean_rows_are_loaded_when_that_is_said_and_what_is_left_out_is_listed(
    store, data, whole, dirty
):
    load(store, data, whole, complete=True)
    prepared = ready(store, data, dirty, clean_rows=True)
    assert not prepared.blocked
    assert not prepared.plan.complete
    assert [(p.code, p.sheet, p.cell) for p in prepared.left_out] == [
        ("broken_reference", "党员", "D2"),
        ("unknown_term", "单位", "C2"),
    ]
    apply(store, prepared)
    held = store.held()
    assert set(named(held, "Unit")) == {"甲物业", "乙物业", "丙物业"}
    assert (
        named(held, "Unit")["甲物业"].properties["employees"] == 5
    )  # its row was left out, it is not gone
    assert set(named(held, "Member")) == {"张三", "李四", "王五", "赵六"}
    assert ("赵六", "丙物业") in ties(held, "EMPLOYED_BY")
    entry = read_history(data, store)[0]
    assert entry.clean_rows
    assert [p["code"] for p in entry.problems if p["blocking"]] == ["broken_reference", "unknown_term"]
    assert same(rebuild(data, "2006-05"), held)


def test_an_answered_word_lets_its_rows_in_and_is_kept_with_the_load(store, data, tmp_path):
    kinds = ["某某", "物业公司", "某某", "某 某"]
    units = [
        ["单位名称", "单位类别"],
        *([f"{n}物业", kind] for n, kind in zip("甲乙丙丁", kinds, strict=True)),
    ]
    folder = save(tmp_path / "2006-05", 单位=units)
    asked = ready(store, data, folder, clean_rows=True)
    assert [(b.rows, b.landed, b.in_problems, b.unaccounted) for b in asked.reading.balances] == [
        (4, 1, 3, 0)
    ]
    assert set(named(asked.graph, "Unit")) == {"乙物业"}
    [word] = asked.words
    assert (word.property, word.word, word.count, word.code) == ("Unit.kind", "某某", 3, "unknown_term")
    answers = MatchAnswers(terms=(TermAnswer(word.property, word.word, "property_company"),))
    prepared = ready(store, data, folder, answers=answers)
    assert [(p.code, p.blocking) for p in prepared.reading.problems] == [("answered_term", False)]
    apply(store, prepared)
    held = store.held()
    assert [u.properties["kind"] for u in named(held, "Unit").values()] == ["property_company"] * 4
    assert read_history(data, store)[0].answers == answers
    assert same(rebuild(data, "2006-05"), held)


def test_clean_rows_are_never_a_complete_round(store, data, dirty):
    with pytest.raises(InputError, match="部分"):
        ready(store, data, dirty, clean_rows=True, complete=True)


def test_clean_rows_make_no_difference_where_all_is_clean(store, data, whole):
    prepared = ready(store, data, whole, clean_rows=True)
    assert (prepared.clean_rows, prepared.plan.complete) == (False, True)


# ---- rows that are struck through

STRUCK = Path(__file__).parents[1] / "data" / "intake" / "strike.xlsx"


def test_rows_that_are_struck_through_are_asked_for(store, data):
    prepared = ready(store, data, STRUCK, round="2006-10")
    assert prepared.blocked
    assert [(p.code, p.sheet, p.cell) for p in prepared.reading.problems] == [
        ("struck_row", "党员花名册", "A3")
    ]


@pytest.mark.parametrize(("choice", "people"), [("load", {"张小明", "李小红"}), ("leave", {"张小明"})])
def test_rows_that_are_struck_through_are_loaded_or_left_out_and_rebuilt_so(store, data, choice, people):
    load(store, data, STRUCK, round="2006-10", complete=True, struck="load")
    held = load(store, data, STRUCK, round="2006-10", complete=True, struck=choice)
    assert set(named(held, "Member")) == people
    [*_, entry] = sorted(read_history(data, store), key=lambda e: e.before.version)
    assert (entry.struck, entry.complete, [p["code"] for p in entry.problems]) == (
        choice,
        True,
        ["struck_loaded" if choice == "load" else "struck_left"],
    )
    assert same(rebuild(data, "2006-10"), held)


# ---- totals


def difference(prepared, id_, area=""):
    [found] = [d for d in prepared.differences if d.id == id_ and prepared.names.get(d.area, "") == area]
    return found


def test_totals_are_compared_in_all_and_by_area(store, data, whole):
    prepared = ready(store, data, whole)
    assert prepared.reconciled
    assert (difference(prepared, "members").declared, difference(prepared, "members").found) == (2, 2)
    one = difference(prepared, "members", "甲居民区")
    assert (one.declared, one.found, one.difference) == (1, 1, 0)
    assert difference(prepared, "members", "乙居民区").declared is None


def test_totals_are_declared_by_hand(store, data, whole):
    prepared = ready(store, data, whole, declare=["companies=3", "乙居民区:党员=2"])
    assert difference(prepared, "companies").difference == -1
    assert difference(prepared, "members", "乙居民区").difference == -1
    assert not prepared.reconciled
    for wrong in ("members=45", "某项=1", "没有的区:党员=1", "党员"):
        with pytest.raises(InputError, match="declare"):
            ready(store, data, whole, declare=[wrong])


def test_rejected_merged_and_unmatched_rows_stand_beside_the_difference(store, data, tmp_path):
    folder = save(
        tmp_path / "2006-10",
        单位=[UNITS, ["甲物业", None, "物业公司", 5, None], ["甲物业", None, "物业公司", 5, None]],
        党员=[
            MEMBERS,
            ["张三", "2001", "1970-01", "甲物业"],
            ["李四", "乱写", "1971-01", "甲物业"],
            ["王五", "2001", "1972-01", "没有的物业"],
        ],
        汇总=[["统计项目", "申报数"], ["党员", 3]],
    )
    one = difference(ready(store, data, folder), "members")
    assert (one.found, one.difference, one.rejected, one.merged, one.unmatched) == (1, -2, 1, 0, 1)
    assert difference(ready(store, data, folder), "companies").merged == 1


def test_an_explanation_stays_with_the_round(store, data, whole):
    prepared = explain(
        ready(store, data, whole, declare=["companies=3"]), {("companies", ""): "一家已停业"}
    )
    assert isinstance(difference(prepared, "companies"), Difference)
    apply(store, prepared)
    [entry] = read_history(data, store)
    [kept] = [t for t in entry.totals if t["id"] == "companies" and not t["area"]]
    assert (kept["declared"], kept["difference"], kept["explanation"]) == (3, -1, "一家已停业")


def test_an_area_that_is_none_is_a_problem_at_its_cell(store, data, tmp_path):
    folder = save(
        tmp_path / "2006-10",
        居民区=AREAS,
        汇总=[["统计项目", "申报数", "区域"], ["党员", 3, "丙居民区"]],
    )
    [found] = ready(store, data, folder).reading.problems
    assert (found.code, found.cell, found.blocking) == ("unknown_total_area", "C2", True)
    assert "甲居民区" in found.right.zh


def test_the_sample_reconciles_and_its_rows_add_up(store, data):
    prepared = ready(store, data, SAMPLE)
    assert prepared.reconciled
    assert prepared.reading.unaccounted == 0
    assert all(b.unaccounted == 0 for b in prepared.reading.balances)


def test_opening_came_left_closing_against_what_is_held(store, data, whole, tmp_path):
    assert ready(store, data, whole).movements == ()
    load(store, data, whole, complete=True)
    part = save(tmp_path / "2006-05", 党员=[MEMBERS, ["王五", "2003", "1972-01", "甲物业"]])
    prepared = ready(store, data, part)
    found = {(m.of, prepared.names.get(m.area, "")): m for m in prepared.movements}
    one = found["members", "甲居民区"]
    assert (one.opening, one.came, one.left, one.closing) == (1, 1, 0, 2)
    assert found["members", ""].closing == 3


def test_an_answer_is_asked_for_once(store, data, whole, tmp_path):
    load(store, data, whole, complete=True)
    part = save(tmp_path / "2006-05", 党员=[MEMBERS, ["王五", "2003", "1972-01", "甲物业公司"]])
    prepared = ready(store, data, part)
    assert not prepared.reading.blocking or prepared.proposals
    part = save(tmp_path / "2006-05", 党员=[MEMBERS, ["王五", "2003", "1972-01", "甲甲物业"]])
    [asked] = ready(store, data, part).proposals
    assert (asked.text, asked.candidate) == ("甲甲物业", "甲物业")
    save_alias_answer(store, asked.label, asked.text, asked.candidate)
    again = ready(store, data, part)
    assert (again.proposals, again.reading.blocking) == ((), False)


def test_a_load_stopped_at_any_step_of_its_writing_lands_whole_or_not_at_all(store, data, whole, tmp_path):
    load(store, data, whole)
    later = save(
        tmp_path / "2006-10", 居民区=AREAS, 单位=[UNITS, ["甲物业", "7", "物业公司", 9, "甲居民区"]]
    )
    for stop in range(1, 100):
        before, state, steps = store.held(), store.state(), []

        def told(what, done, of, steps=steps, stop=stop):
            steps.append((what, done, of))
            if len(steps) == stop:
                raise KeyboardInterrupt

        prepared = ready(store, data, later, complete=True)
        try:
            apply(store, prepared, on_progress=told)
        except KeyboardInterrupt:
            if store.state() == state:
                assert store.held() == before
                assert [e.round for e in read_history(data, store) if e.standing == "standing"] == [
                    "2006-04"
                ]
                continue
            assert steps[-1][0] == "confirm"  # nothing but the note of it was missing
        assert named(store.held(), "Unit").keys() == {"甲物业"}
        assert next(e.round for e in read_history(data, store) if e.standing == "standing") == "2006-10"
        break
    assert stop > 5


# ---- planning what is held already


def read_of(store, data, folder, **more):
    """The plan, and which types were read from the store to make it."""
    told = []
    prepared = ready(store, data, folder, on_progress=lambda what, _done, _of: told.append(what), **more)
    return prepared, {w for w in told if w in NODE_TYPES}


def test_what_the_store_holds_just_so_is_not_read_again(store, data, whole):
    load(store, data, whole, complete=True)
    prepared, types = read_of(store, data, whole, complete=True)
    assert prepared.plan.empty
    assert types == set()
    assert [(m.of, m.opening, m.closing) for m in prepared.movements if not m.area] == [
        ("companies", 2, 2),
        ("members", 2, 2),
    ]
    apply(store, prepared)
    assert read_of(store, data, whole, complete=True)[1] == set()


def test_nor_is_it_where_the_workbook_was_saved_anew(store, data, whole):
    load(store, data, whole, complete=True)
    book = openpyxl.load_workbook(whole / "a.xlsx")
    book.properties.creator = "某某"
    book.save(whole / "a.xlsx")
    prepared, types = read_of(store, data, whole, complete=True)
    assert prepared.graph.nodes
    assert prepared.plan.empty
    assert types == set()


def a_partial_load(store, data, tmp_path):
    part = save(tmp_path / "2006-05", 党员=[MEMBERS, ["张三", "2001", "1970-01", "乙物业"]])
    load(store, data, part)


def a_load_of_the_clean_rows(store, data, tmp_path):
    part = save(tmp_path / "2006-05", 单位=[UNITS, ["甲物业", "7", "某某", 9, None], ["丁物业"]])
    load(store, data, part, clean_rows=True)


def another_round_and_its_undoing(store, data, tmp_path):
    load(store, data, save(tmp_path / "2006-05", 居民区=AREAS), complete=True)
    undo_last(store, data)


def an_undoing(store, data, _tmp_path):
    undo_last(store, data)


def something_gone(store, _data, _tmp_path):
    """By another program: the count of what is held tells it."""
    gone = store.held()
    plan = make_plan(Graph.of(n for n in gone.nodes.values() if n.label != "Unit"), gone)
    state = store.state()
    store.apply(plan, round=store.rounds()[0], expected=state, site=state.site, digest=lambda: state.digest)


def a_digest_of_an_older_version(store, _data, _tmp_path):
    state = store.state()
    store.apply(Plan(), round=store.rounds()[0], expected=state, site=state.site, digest=lambda: "cff8" * 8)


@pytest.mark.parametrize(
    ("between", "counts"),
    [
        (a_digest_of_an_older_version, {"added": {}, "changed": {}, "removed": {}}),
        (a_partial_load, {"added": {"EMPLOYED_BY": 1}, "changed": {}, "removed": {"EMPLOYED_BY": 1}}),
        (a_load_of_the_clean_rows, {"added": {}, "changed": {}, "removed": {"Unit": 1}}),
        (another_round_and_its_undoing, {"added": {}, "changed": {}, "removed": {}}),
        (
            an_undoing,
            {
                "added": {"EMPLOYED_BY": 2, "MANAGES": 2, "Member": 2, "ResidentialArea": 2, "Unit": 2},
                "changed": {},
                "removed": {},
            },
        ),
        (
            something_gone,
            {"added": {"EMPLOYED_BY": 2, "MANAGES": 2, "Unit": 2}, "changed": {}, "removed": {}},
        ),
    ],
)
def test_after_anything_in_between_all_that_is_held_is_compared(
    store, data, whole, tmp_path, between, counts
):
    load(store, data, whole, complete=True)
    between(store, data, tmp_path)
    prepared, types = read_of(store, data, whole, complete=True)
    assert "Unit" in types
    assert prepared.plan.counts() == counts


def test_another_file_that_says_the_same_stands_elsewhere(store, data, whole, tmp_path):
    load(store, data, whole, complete=True)
    again = whole.rename(tmp_path / "2006-10")
    prepared, types = read_of(store, data, again, complete=True)
    assert prepared.plan.empty
    assert "Unit" in types
    assert prepared.plan.restated_nodes


# ---- a partial load reads what it names


def test_a_partial_load_reads_no_type_as_a_whole(store, data, whole, tmp_path):
    load(store, data, whole, complete=True)
    part = save(tmp_path / "2006-05", 党员=[MEMBERS, ["张三", "2001", "1970-01", "乙物业"]])
    prepared, types = read_of(store, data, part)
    assert types == set()
    assert prepared.plan.counts()["removed"] == {"EMPLOYED_BY": 1}
    found = {(m.of, prepared.names.get(m.area, "")): m for m in prepared.movements}
    one = found["members", "甲居民区"]
    assert (one.opening, one.came, one.left) == (1, 0, 1)
    assert (found["members", ""].opening, found["members", ""].closing) == (2, 2)
    assert found["members", "乙居民区"].closing == 2


def test_a_partial_load_refers_to_people_who_are_held(store, data, whole, tmp_path):
    load(store, data, whole, complete=True)
    part = save(
        tmp_path / "2006-05",
        党支部=[["支部名称", "书记姓名"], ["甲支部", "张　三"], ["乙支部", "没有此人"]],
    )
    prepared = ready(store, data, part)
    assert [(p.code, p.value) for p in prepared.reading.problems if p.blocking] == [
        ("broken_reference", "没有此人")
    ]
    [(_, secretary, _)] = [k for k in prepared.plan.added_edges[0:1] for k in [k.key]]
    assert store.nodes([secretary])[0].properties["name"] == "张三"


def test_of_two_people_of_one_name_the_one_nearby_is_meant(store, data, tmp_path):
    held = save(
        tmp_path / "2006-04",
        单位=[UNITS, ["甲物业", None, "物业公司", 5, None], ["乙物业", None, "物业公司", 6, None]],
        党支部=[["支部名称", "所在单位"], ["甲支部", "甲物业"], ["乙支部", "乙物业"]],
        党员=[MEMBERS, ["张三", "2001", "1970-01", "甲物业"], ["张三", "2002", "1971-01", "乙物业"]],
    )
    before = load(store, data, held, complete=True)
    part = save(tmp_path / "2006-05", 党支部=[["支部名称", "书记姓名"], ["乙支部", "张三"]])
    prepared = ready(store, data, part)
    assert not prepared.blocked
    [secretary] = prepared.plan.added_edges
    assert before.nodes[secretary.source].properties["joined"] == "2002"


ONE_RULE = Catalogue(tuple(r for r in read_catalogue().rules if r.id == "area_without_branch"))


def test_a_run_writes_and_computes_the_findings_of_what_is_then_held(store, data, whole):
    prepared = ready(store, data, whole, complete=True)
    landed = run(store, prepared, ONE_RULE, read_profile())
    assert landed.figures_late is None
    assert landed.state == store.state()
    assert (landed.state.round, landed.state.version) == ("2006-04", 1)
    assert {f.name for f in read_findings(store)} == {"甲居民区", "乙居民区"}


def test_a_run_first_computes_the_findings_of_a_load_that_ended_before_it(store, data, whole, tmp_path):
    apply(store, ready(store, data, whole, complete=True))  # and no more: its process died
    part = save(tmp_path / "2006-10", 居民区=[*AREAS, ["丁居民区", 9]])
    run(store, ready(store, data, part), ONE_RULE, read_profile())
    first = {f.name: f.text("first_seen") for f in read_findings(store)}
    assert (first["甲居民区"], first["丁居民区"]) == ("2006-04", "2006-10")


@pytest.mark.parametrize("complete", [True, False, None])
@pytest.mark.parametrize(
    "sheets",
    [{"党员": [MEMBERS], "单位": [UNITS]}, {"不认得": [["甲"], ["乙"]]}],
    ids=["headings", "unknown"],
)
def test_workbooks_without_a_row_are_refused_and_do_not_move_the_round(
    store, data, whole, tmp_path, sheets, complete
):
    before = load(store, data, whole, complete=True)
    prepared = ready(store, data, save(tmp_path / "2006-05", **sheets), complete=complete)
    assert (prepared.empty, prepared.blocked) == (True, True)
    with pytest.raises(InputError):
        run(store, prepared, ONE_RULE, read_profile())
    assert same(store.held(), before)
    assert store.state().round == "2006-04"


def test_a_round_of_which_some_sheets_have_no_row_is_loaded(store, data, whole, tmp_path):
    load(store, data, whole, complete=True)
    prepared = ready(
        store, data, save(tmp_path / "2006-05", 党员=[MEMBERS], 居民区=[["居民区名称"], ["丙居民区"]])
    )
    assert not prepared.blocked
    apply(store, prepared)
    assert store.state().round == "2006-05"


def test_a_run_of_a_blocked_load_is_refused_and_writes_nothing(store, data, dirty):
    with pytest.raises(InputError):
        run(store, ready(store, data, dirty), ONE_RULE, read_profile())
    assert same(store.held(), Graph.of())
    assert read_history(data, store) == ()
