"""Names in cells are found in the round and the store; several of one name are told apart by their ties."""

from __future__ import annotations

from typing import Any

from graph_model.graph import Node, Place
from graph_model.store.graph_source import NodeName
from loaders.resolve.references import (
    NameIndex,
    Reference,
    ResolveContext,
    near_names,
    references_of,
    resolve,
)
from tests.support.sheets import codes, read

MEMBERS = ["姓名", "所在单位", "组织关系所在党支部", "组织关系是否在外"]


def references(*rows: list[Any]) -> tuple[list[Reference], list[Reference]]:
    records = read(MEMBERS, *rows)[0].records
    return references_of((f"m_{r.row}", Place("2006-10", "a.xlsx", "党员", r.row), r) for r in records)


def index(**named: list[tuple[str, str]]) -> NameIndex:
    known = NameIndex()
    for label, of in named.items():
        known.add(label, of)
    return known


def unit(key: str, row: int) -> Node:
    return Node("Unit", key, {"name": key}, Place("2006-10", "b.xlsx", "单位", row))


def test_a_name_however_it_is_written_means_one_key() -> None:
    known = index(Unit=[("甲 物业", "u_1"), ("D1", "u_1"), ("甲物业", "u_1")])
    assert [known.find(["Unit"], n) for n in ("甲物业", "ｄ1", "乙")] == [["u_1"], ["u_1"], []]
    known.add("Unit", [("甲物业", "u_0")])
    assert known.find(["Unit"], "甲物业") == ["u_0", "u_1"]
    assert known.find(["Branch", "Unit"], "甲物业") == ["u_0", "u_1"]


def test_the_round_goes_before_the_store_and_a_rejected_row_too() -> None:
    known = index(Unit=[("甲", "u_1")])
    known.reject("Unit", ["乙"], "a.xlsx · 单位 · 3")
    held = [
        NodeName("u_8", "甲", None, None),
        NodeName("u_9", "乙", None, None),
        NodeName("u_7", "丙", "7", None),
    ]
    known.remember({"Unit": held})
    assert [known.find(["Unit"], n) for n in ("甲", "乙", "丙", "7")] == [["u_1"], [], ["u_7"], ["u_7"]]
    assert known.rejected_at(["Unit"], "乙") == ["a.xlsx · 单位 · 3"]
    known.remember({"Unit": []})  # known already
    assert known.find(["Unit"], "丙") == ["u_7"]


def test_a_branch_outside_is_never_meant_and_nobody_is_shown_who_is_only_held() -> None:
    known = NameIndex()
    known.remember(
        {
            "Branch": [NodeName("b_1", "甲支部", None, "outside")],
            "Member": [NodeName("m_1", "王五", None, None)],
        }
    )
    assert known.find(["Branch"], "甲支部") == []
    assert known.find(["Member"], "王五") == ["m_1"]
    assert near_names(known, ["Member"], "王五") == ()


def test_a_name_stands_for_what_the_user_said() -> None:
    known = NameIndex(roots={("Unit", "甲厂"): "甲公司"})
    known.add("Unit", [("甲公司", "u_1")])
    assert known.find(["Unit"], "甲厂") == ["u_1"]


def test_references_out_of_the_field_are_apart() -> None:
    inside, outside = references(["王五", "甲", "外支部", "是"], ["赵六", "乙", "一支部", "否"])
    assert [(r.key, r.name) for r in inside] == [("m_2", "甲"), ("m_3", "乙"), ("m_3", "一支部")]
    assert [(r.key, r.name) for r in outside] == [("m_2", "外支部")]


def test_neighbours_are_stored_one_way_round() -> None:
    [record] = read(["居民区名称", "相邻区域"], ["甲", "乙"], name="居民区")[0].records
    [reference], _ = references_of([("r_2", Place("2006-10", "a", "b", 2), record)])
    assert reference.edge("r_1") == ("ADJACENT_TO", "r_1", "r_2")
    assert reference.edge("r_3") == ("ADJACENT_TO", "r_2", "r_3")


def test_what_is_not_known_is_told_with_the_nearest_or_with_the_rejected_row() -> None:
    known = index(Unit=[("青松物业公司", "u_1")])
    known.reject("Unit", ["兰桥"], "b.xlsx · 单位 · 4")
    inside, _ = references(["王五", "青松物业公詞", None, None], ["赵六", "兰桥", None, None])
    found, problems = resolve(inside, known, {}, ())
    assert found == []
    assert codes(problems) == [("broken_reference", "B2"), ("rejected_reference", "B3")]
    assert "青松物业公司" in problems[0].right.zh
    assert "b.xlsx · 单位 · 4" in problems[1].what.en + problems[1].right.en
    assert list(known.broken(inside)) == [(("Unit",), "青松物业公詞")]


def test_of_two_of_one_name_the_one_tied_to_the_row_is_meant() -> None:
    known = index(Unit=[("甲", "u_1"), ("甲", "u_2")], Branch=[("一支部", "b_1")])
    inside, _ = references(["王五", "甲", "一支部", None])
    # the branch of the row is organised in one of them
    found, problems = resolve(inside, known, {}, [("ORGANISED_IN", "b_1", "u_2")])
    assert list(problems) == []
    assert {key for key, _ in found} == {("EMPLOYED_BY", "m_2", "u_2"), ("AFFILIATED_WITH", "m_2", "b_1")}
    held = ResolveContext(relationships={("EMPLOYED_BY", "m_2", "u_1"): None})  # type: ignore[dict-item]
    assert ("EMPLOYED_BY", "m_2", "u_1") in {key for key, _ in resolve(inside, known, {}, (), held)[0]}


def test_two_of_one_name_that_nothing_tells_apart_are_told_with_their_places() -> None:
    known = index(Unit=[("甲", "u_1"), ("甲", "u_2")])
    inside, _ = references(["王五", "甲", None, None])
    nodes = {"u_1": unit("u_1", 2), "u_2": unit("u_2", 3)}
    found, problems = resolve(inside, known, nodes, ())
    assert (found, codes(problems)) == ([], [("ambiguous_reference", "B2")])
    assert "b.xlsx · 单位 · 2；b.xlsx · 单位 · 3" in problems[0].what.zh + problems[0].right.zh


def test_the_nearest_names_come_best_first_and_three_at_most() -> None:
    known = index(
        Unit=[(n, f"u_{n}") for n in ("青松物业", "青松物业一部", "青松物业二部", "青松物业三部", "兰桥")]
    )
    names = near_names(known, ["Unit"], "青松物")
    assert names[0] == "青松物业"
    assert len(names) == 3
    assert near_names(known, ["Unit"], "毫不相干") == ()
