"""One wide table of companies gives units, branches, secretaries and instructors; every row is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_model.keys import KeyMaker, site_keys
from graph_model.store.store import Store
from loaders.history.load_log import read_history
from loaders.history.logged_problems import read_logged_problems
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from loaders.survey import ParsedRound, read_round
from tests.support.books import save, save_round

OFFICES = Path(__file__).parents[1] / "data" / "offices"
WIDE = [
    *("序号", "企业名称", "所属行业", "从业人数", "组建形式", "党组织名称", "党组织书记"),
    *("党建指导员姓名", "派驻时间", "拟组建情况", "联系电话"),
]
ROWS = [
    ["1", "甲物业公司", "物业管理", "45", "独立", "甲物业公司党支部", "王甲", None, None, None, "x"],
    ["2", "乙物业公司", "物业管理", "20", None, None, None, "赵丙", "2024-01", "无党员", None],
    ["3", "丙物业公司", "物业管理", "9", "联合", "丙丁联合党支部", "孙丁", "赵丙", "2024-02", None, None],
    ["4", "丁物业公司", "物业管理", "8", "联合", "丙丁联合党支部", "孙丁", "无", None, None, None],
]
ROSTER = [["姓名", "性别", "入党时间", "所在党支部"], ["王甲", "男", "1995", "甲物业公司党支部"]]


def reading_of(folder: Path, **sheets) -> ParsedRound:
    return read_round([save(folder / "a.xlsx", **sheets)], keys=KeyMaker(b"test"), round="2024-06")


def ties(reading: ParsedRound, type_: str) -> dict[tuple[str, str], dict[str, object]]:
    name = {k: str(n.properties["name"]) for k, n in reading.graph.nodes.items()}
    return {
        (name[s], name[t]): dict(e.properties)
        for (of, s, t), e in reading.graph.edges.items()
        if of == type_
    }


def named(reading: ParsedRound) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for n in reading.graph.nodes.values():
        found.setdefault(n.label, []).append(str(n.properties["name"]))
    return {label: sorted(names) for label, names in found.items()}


def test_a_row_gives_its_unit_branch_secretary_and_instructor(tmp_path):
    reading = reading_of(tmp_path, 企业=[WIDE, *ROWS], 党员=ROSTER)
    assert named(reading) == {
        "Unit": ["丁物业公司", "丙物业公司", "乙物业公司", "甲物业公司"],
        "Branch": ["丙丁联合党支部", "甲物业公司党支部"],
        "Liaison": ["赵丙"],
        "Member": ["王甲"],
    }
    assert ties(reading, "ORGANISED_IN") == {
        ("甲物业公司党支部", "甲物业公司"): {},
        ("丙丁联合党支部", "丙物业公司"): {},
        ("丙丁联合党支部", "丁物业公司"): {},
    }
    assert ties(reading, "SECRETARY_OF") == {("王甲", "甲物业公司党支部"): {}}
    assert ties(reading, "POSTED_TO") == {
        ("赵丙", "乙物业公司"): {"since": "2024-01"},
        ("赵丙", "丙物业公司"): {"since": "2024-02"},
    }
    kinds = {
        n.properties["name"]: n.properties["kind"]
        for n in reading.graph.nodes.values()
        if n.label == "Branch"
    }
    assert kinds == {"甲物业公司党支部": "independent", "丙丁联合党支部": "joint"}


def test_every_row_is_counted_once_and_its_further_things_on_their_own(tmp_path):
    reading = reading_of(tmp_path, 企业=[WIDE, *ROWS], 党员=ROSTER)
    assert [(b.form, b.rows, b.landed, b.merged, b.unaccounted) for b in reading.balances] == [
        ("units", 4, 4, 0, 0),
        ("members", 1, 1, 0, 0),
    ]
    assert reading.counts[0].parts == {"branches": 3, "post_holders": 2}
    assert (reading.blocking, reading.unaccounted) == (False, 0)


def test_a_secretary_of_no_roster_is_told_and_blocks_nothing(tmp_path):
    reading = reading_of(tmp_path, 企业=[WIDE, *ROWS], 党员=ROSTER)
    told = [(p.code, p.cell, p.value, p.blocking) for p in reading.problems]
    assert told == [
        ("kept_notes", "J1", "拟组建情况", False),
        ("private_heading", "K1", "（已隐去）", False),
        ("unlisted_person", "G4", "孙丁", False),
        ("unlisted_person", "G5", "孙丁", False),
    ]
    hidden = [p for p in reading.problems if reading.is_sensitive(p)]
    assert [p.cell for p in hidden] == ["G4", "G5"]


def test_an_instructor_who_is_listed_too_is_the_same_person(tmp_path):
    listed = [["人员编号", "联络员姓名", "身份", "派驻单位"], ["9", "赵丙", "党建指导员", "甲物业公司"]]
    reading = reading_of(tmp_path, 企业=[WIDE, *ROWS], 党员=ROSTER, 指导员=listed)
    assert named(reading)["Liaison"] == ["赵丙"]
    assert set(ties(reading, "POSTED_TO")) == {
        ("赵丙", "甲物业公司"),
        ("赵丙", "乙物业公司"),
        ("赵丙", "丙物业公司"),
    }
    assert not reading.blocking


def test_rows_that_contradict_each_other_about_a_branch_lose_the_branch_and_are_counted(tmp_path):
    odd = [*ROWS[:3], [*ROWS[3][:4], "独立", *ROWS[3][5:]]]
    reading = reading_of(tmp_path, 企业=[WIDE, *odd], 党员=ROSTER)
    assert [(p.code, p.cell) for p in reading.problems if p.blocking] == [
        ("contradiction", "E4"),
        ("contradiction", "E5"),
    ]
    assert [(b.rows, b.landed, b.unaccounted) for b in reading.balances] == [(4, 4, 0), (1, 1, 0)]


def test_a_list_of_people_is_no_table_of_companies(tmp_path):
    people = [["姓名", "公司名称", "党支部名称", "书记"], ["王甲", "甲物业公司", "甲党支部", "否"]]
    reading = reading_of(tmp_path, 表一=people)
    assert "units" not in {c.form for c in reading.counts}


@pytest.mark.parametrize("again", [False, True])
def test_a_wide_table_is_loaded_and_changes_nothing_when_it_is_loaded_again(store: Store, tmp_path, again):
    data = tmp_path / "data"
    for round_ in ("2024-06", "2024-07")[: 1 + again]:
        folder = save_round(tmp_path / round_, 企业=[WIDE, *ROWS], 党员=ROSTER)
        prepared = prepare(
            store, LoadRequest([folder], keys=site_keys(data), data=data, complete=not again)
        )
        assert not prepared.reading.blocking
        apply(store, prepared)
    assert store.counts()["nodes"]["Branch"] == 2
    assert prepared.plan.counts()["changed"] == {}


def test_what_the_history_says_of_a_further_thing_stays_masked(store: Store, tmp_path):
    data = tmp_path / "data"
    folder = save_round(tmp_path / "2024-06", 企业=[WIDE, *ROWS], 党员=ROSTER)
    apply(store, prepare(store, LoadRequest([folder], keys=site_keys(data), data=data, complete=True)))
    [entry] = read_history(data, store)
    logged = read_logged_problems(entry)
    assert [p.value for p in logged.problems if logged.is_sensitive(p)] == ["孙丁", "孙丁"]


def test_no_address_is_kept_whosoever_it_is(tmp_path):
    rows = [
        ["企业名称", "所属行业", "注册地址", "经营地址", "备注"],
        ["甲物业公司", "物业管理", "x", "y", "z"],
    ]
    reading = reading_of(tmp_path, 企业=rows)
    [unit] = reading.graph.nodes.values()
    assert unit.properties["extra"] == '{"备注": "z"}'
    assert [(p.code, p.cell) for p in reading.problems] == [
        ("unknown_heading", "C1"),
        ("unknown_heading", "D1"),
        ("kept_notes", "E1"),
    ]


def test_the_collection_form_of_an_office_gives_units_branch_secretary_and_instructor():
    reading = read_round([OFFICES / "lianxin_collection.xlsx"], keys=KeyMaker(b"test"), round="2024-06")
    [count] = [c for c in reading.counts if c.sheet == "非公企业党建信息采集表"]
    assert (count.form, count.rows, count.records, count.parts) == (
        "units",
        2,
        2,
        {"branches": 1, "post_holders": 1},
    )
    assert named(reading)["Unit"] == ["乙物业公司", "甲物业公司"]
    assert ties(reading, "ORGANISED_IN") == {("甲物业公司党支部", "甲物业公司"): {}}
    assert ties(reading, "SECRETARY_OF") == {("王甲", "甲物业公司党支部"): {}}
    assert ties(reading, "POSTED_TO") == {("赵丙", "乙物业公司"): {"since": "2024-01"}}
    assert reading.unaccounted == 0


def test_the_workbook_of_an_office_is_read_whole():
    reading = read_round([OFFICES / "lianxin_collection.xlsx"], keys=KeyMaker(b"test"), round="2024-06")
    assert [p for p in reading.problems if p.blocking] == []
    assert named(reading) == {
        "ResidentialArea": ["檀香居民区"],
        "Unit": ["乙物业公司", "甲物业公司"],
        "Branch": ["某街道党工委", "檀香居民区党总支", "甲物业公司党支部"],
        "Member": ["孙丁", "王甲"],
        "Liaison": ["赵丙"],
    }
    assert ties(reading, "SUPERIOR") == {
        ("甲物业公司党支部", "檀香居民区党总支"): {},
        ("檀香居民区党总支", "某街道党工委"): {},
    }
    assert ties(reading, "LOCATED_IN") == {
        ("甲物业公司", "檀香居民区"): {},
        ("乙物业公司", "檀香居民区"): {},
    }
    assert ties(reading, "COMMITTEE_MEMBER_OF") == {("孙丁", "甲物业公司党支部"): {"post": "组织委员"}}
    assert [(p.code, p.value) for p in reading.problems if p.code in ("introduced", "count_differs")] == [
        ("count_differs", "4"),
        ("introduced", "某街道党工委"),
        ("count_differs", "4"),
        ("introduced", "檀香居民区"),
    ]
