"""Sheets most of whose references mean nothing."""

from __future__ import annotations

from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from loaders.map.read_files import parse_files
from loaders.read.discovery import list_files
from loaders.resolve.aliases import AliasAnswer, AliasBook
from loaders.resolve.unanswered import UnansweredBounds
from loaders.survey import resolve_round
from tests.support.books import save

KEYS = KeyMaker(b"test")
MEMBERS = ["姓名", "所在单位", "组织关系所在党支部"]
UNITS = ["单位名称", "单位编号"]
BRANCHES = ["党支部名称", "书记"]


def read(tmp_path, *, count=2, known=None, aliases=AliasBook(), **sheets):  # noqa: B008 -- frozen
    return resolved([save(tmp_path / "a.xlsx", **sheets)], count, known=known, aliases=aliases)


def resolved(paths, count, **how):
    rows = parse_files("2024-06", list_files(paths))
    return resolve_round(rows, keys=KEYS, unanswered=UnansweredBounds(count=count), **how)


def names(found):
    return sorted(str(n.properties["name"]) for n in found.graph.nodes.values())


def problems(found):
    return [(p.code, p.sheet, p.cell, p.value, p.blocking) for p in found.problems]


def balances(found):
    return [(b.sheet, b.rows, b.landed, b.in_problems, b.unmatched, b.unaccounted) for b in found.balances]


def test_a_roster_without_what_it_names_is_one_problem_and_makes_no_nodes(tmp_path):
    found = read(
        tmp_path,
        党员=[
            MEMBERS,
            ["张三", "甲", None],
            ["李四", "乙", None],
            ["王五", "丙", None],
            ["赵六", "丁", None],
        ],
    )
    assert names(found) == []
    assert problems(found) == [("unanswered_references", "党员", "B2", "甲、乙、丙", True)]
    assert found.problems[0].what.en == (
        "“所在单位” names 4 times what no unit is called or numbered; that is most of this table, and nothing of it is "
        "loaded"
    )
    assert balances(found) == [("党员", 4, 0, 4, 0, 0)]
    assert found.proposals == ()


def test_few_of_them_are_told_one_by_one(tmp_path):
    rows = [["张三", "甲", None], ["李四", "乙", None], ["王五", "丙", None]]
    found = read(tmp_path, count=3, 党员=[MEMBERS, *rows])
    assert names(found) == ["张三", "李四", "王五"]
    assert [p.code for p in found.problems] == ["broken_reference"] * 3


def test_the_half_of_them_is_not_most(tmp_path):
    found = read(
        tmp_path,
        count=1,
        党员=[
            MEMBERS,
            ["张三", "甲", None],
            ["李四", "甲", None],
            ["王五", "丙", None],
            ["赵六", "丁", None],
        ],
        单位=[UNITS, ["甲", None]],
    )
    assert [p.code for p in found.problems] == ["broken_reference"] * 2
    assert names(found) == ["张三", "李四", "王五", "甲", "赵六"]


def test_what_the_store_holds_answers(tmp_path):
    held = read(tmp_path, 单位=[UNITS, ["甲物业有限公司", "U1"], ["乙物业", "U2"]]).graph
    roster = [MEMBERS, ["张三", "甲物业", None], ["李四", "乙 物业", None], ["王五", "u1", None]]
    found = read(tmp_path, known=held, 党员=roster)
    assert problems(found) == []
    assert names(found) == ["张三", "李四", "王五"]
    assert len(found.graph.edges) == 3
    alone = read(tmp_path, known=Graph({}, {}), 党员=roster)
    assert [p.code for p in alone.problems] == ["unanswered_references"]


def test_held_people_answer(tmp_path):
    roster = [["姓名", "党员编号"], ["张三", "M1"], ["李四", None], ["王五", None]]
    held = read(tmp_path, 党员=roster).graph
    branches = [BRANCHES, ["一支部", "张 三"], ["二支部", "李四"], ["三支部", "王五"]]
    found = read(tmp_path, known=held, 党支部=branches)
    assert (problems(found), len(found.graph.edges)) == ([], 3)
    alone = read(tmp_path, 党支部=branches)
    assert problems(alone) == [("unanswered_references", "党支部", "B2", "张三、李四、王五", True)]
    assert alone.is_sensitive(alone.problems[0])


def test_numbers_other_spellings_and_answers_of_the_user_mean_what_they_mean(tmp_path):
    found = read(
        tmp_path,
        count=1,
        aliases=AliasBook((AliasAnswer("Unit", "老甲", "甲物业"),)),
        单位=[UNITS, ["甲物业有限公司", "U1"]],
        党员=[MEMBERS, ["张三", "u1", None], ["李四", "甲 物业", None], ["王五", "老甲", None]],
    )
    assert (problems(found), len(found.graph.edges)) == ([], 3)


def test_a_row_with_a_fault_of_its_own_answers(tmp_path):
    found = read(
        tmp_path,
        count=1,
        单位=[[*UNITS, "单位类别"], ["甲", None, "坏"]],
        党员=[MEMBERS, ["张三", "甲", None], ["李四", "甲", None]],
    )
    assert [p.code for p in found.problems if p.sheet == "党员"] == ["rejected_reference"] * 2


def test_branches_outside_the_field_are_asked_of_nobody(tmp_path):
    heading = ["姓名", "组织关系所在党支部", "组织关系是否在外"]
    found = read(tmp_path, count=1, 党员=[heading, ["张三", "外一", "是"], ["李四", "外二", "是"]])
    assert (problems(found), names(found)) == ([], ["外一", "外二", "张三", "李四"])


def test_names_that_become_new_things_are_answered(tmp_path):
    found = read(
        tmp_path, count=1, 单位=[["企业名称", "所属社区"], ["甲", "檀香居民区"], ["乙", "紫藤居民区"]]
    )
    assert [p.code for p in found.problems] == ["introduced"] * 2


def test_the_other_sheets_are_loaded_and_what_they_look_for_in_the_one_left_out_is_told_as_that(tmp_path):
    found = read(
        tmp_path,
        count=3,
        党员=[
            MEMBERS,
            ["张三", "甲", "一支部"],
            ["李四", "乙", "二支部"],
            ["王五", "丙", "三支部"],
            ["赵六", "丁", None],
        ],
        党支部=[BRANCHES, ["一支部", "张 三"]],
    )
    assert names(found) == ["一支部"]
    assert problems(found) == [
        ("unanswered_references", "党员", "B2", "甲、乙、丙", True),
        ("rejected_reference", "党支部", "B2", "张三", True),
    ]
    assert balances(found) == [("党员", 4, 0, 4, 0, 0), ("党支部", 1, 1, 0, 1, 0)]


def test_many_small_files_are_counted_together(tmp_path):
    for n in range(3):
        save(tmp_path / f"{n}.xlsx", 党员=[MEMBERS, [f"张{'一二三'[n]}", f"甲{n}", None]])
    found = resolved([tmp_path], 2)
    assert [(p.code, p.file) for p in found.problems] == [
        ("unanswered_references", f"{n}.xlsx") for n in range(3)
    ]


def test_a_tie_whose_name_is_composed_counts(tmp_path):
    matters = [["居民区", "召开时间", "议题"], *(["甲", f"2024-0{n}-01", f"修路{n}"] for n in (1, 2, 3))]
    found = read(tmp_path, 议题=matters)
    assert [p.code for p in found.problems] == ["unanswered_references"]


def test_whom_a_wide_table_names_without_a_roster_is_no_fault(tmp_path):
    heading = ["企业名称", "所属行业", "组建形式", "党组织名称", "党组织书记"]
    rows = ([f"{n}物业公司", "物业管理", "独立", f"{n}党支部", f"王{n}"] for n in "甲乙丙")
    found = read(tmp_path, count=3, 企业=[heading, *rows])
    assert [(p.code, p.cell) for p in found.problems] == [("unlisted_person", f"E{n}") for n in (2, 3, 4)]
    assert len(found.graph.nodes) == 6
