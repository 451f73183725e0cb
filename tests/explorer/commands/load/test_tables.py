"""What a load prints: questions, plan, rows, movements and totals, each in words and masked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from explorer.commands.load.plan import listed
from explorer.commands.load.tables import show
from graph_model.graph import Graph
from graph_model.keys import KeyMaker
from graph_model.plan import make_plan
from graph_model.store.store import State
from graph_model.text import Text
from loaders.prepared_load import LoadRequest, PreparedLoad
from loaders.reconcile.declared import Difference
from loaders.reconcile.movement import Movement
from loaders.resolve.aliases import MatchProposal
from loaders.survey import RoundSummary, read_round
from tests.support.books import save
from tests.support.command_line import Printed

NOTHING = Graph.of((), ())
COMPANIES = Text("物业公司", "Property companies")


def load(**more: object) -> PreparedLoad:
    """A load that says nothing."""
    reading = RoundSummary(round="2006-10", problems=(), declared=(), counts=(), files=())
    request = LoadRequest([], KeyMaker(b"test"))
    bare = PreparedLoad(request, reading, make_plan(NOTHING, NOTHING), State(), (), {})
    return replace(bare, **more)  # type: ignore[arg-type]


def printed(tmp_path: Path, what: PreparedLoad, **how: object) -> Printed:
    shown = Printed.on(tmp_path, **how)  # type: ignore[arg-type]
    show(shown.context, what, listed(shown.context, what.plan, what.graph, most=12))
    return shown


def read(path: Path) -> PreparedLoad:
    """A load of these workbooks into nothing."""
    reading = read_round([path], keys=KeyMaker(b"test"), round="2006-10")
    plan = make_plan(reading.graph, NOTHING)
    return load(reading=reading, plan=plan, graph=reading.graph)


def test_nothing_to_load_is_said_and_why(tmp_path: Path) -> None:
    said = printed(tmp_path, load()).out.getvalue()
    assert said.splitlines() == [
        "完整批次：没有提到的会删除。",
        "本批表格没有填写内容（只有表头，或没有能识别的表），未写入任何内容。请填写后重新导入。",
        "共读 0 行 = 读入 0 行 + 有误 0 行 + 合计 0 行。",
    ]


def test_a_sheet_with_problems_is_listed_row_by_row_and_masked(tmp_path: Path) -> None:
    path = save(
        tmp_path / "党员王小明.xlsx",
        党员=[["姓名", "入党时间"], ["诸葛明亮", "某年"], ["李小红", "2001"]],
        单位=[["单位名称", "单位类别"], ["甲物业", "物业公司"]],
    )
    masked = printed(tmp_path, read(path))
    assert ["是", "党员王**.xlsx · 党员 · B2", "某*"] in [row[:3] for row in masked.rows()]
    assert ["党员王**.xlsx", "党员", "—", "2", "1", "0", "1", "0", "0", "0"] in masked.rows()
    assert ["新增", "党员", "李**"] in [row[:3] for row in masked.rows()]
    assert "共读 3 行 = 读入 2 行 + 有误 1 行 + 合计 0 行。" in masked.out.getvalue()
    assert not any(name in masked.out.getvalue() for name in ("小明", "明亮", "小红"))
    clear = printed(tmp_path, read(path), names=True, language="en")
    assert "3 rows read = 2 in + 1 in problems + 0 sums." in clear.out.getvalue()
    assert ["Added", "Member", "李小红"] in [row[:3] for row in clear.rows()]


@pytest.mark.parametrize(
    ("declared", "row"),
    [
        (3, ["物业公司", "全部", "3", "2", "-1", "1", "0", "0", "另有一家"]),
        (None, None),  # what nobody declared is compared with nothing
    ],
)
def test_declared_totals_stand_beside_what_was_found(tmp_path: Path, declared: int | None, row) -> None:
    one = Difference(
        "companies", COMPANIES, declared, 2, -1 if declared else 0, explanation="另有一家", rejected=1
    )
    of_area = Difference("companies", COMPANIES, None, 2, 0, area="r_1")
    assert printed(tmp_path, load(differences=(one, of_area))).rows() == ([row] if row else [])


def test_areas_are_called_by_name_where_they_were_declared(tmp_path: Path) -> None:
    one = Difference("companies", COMPANIES, 2, 2, 0, area="r_1")
    shown = printed(tmp_path, load(differences=(one,), names={"r_1": "檀香居民区"}), language="en")
    assert shown.rows() == [["Property companies", "檀香居民区", "2", "2", "0", "0", "0", "0", ""]]


def test_movements_are_shown_in_all_and_of_an_area_where_they_are_unusual(tmp_path: Path) -> None:
    all_, usual, unusual = ("", 20, 1, 0), ("r_1", 2, 1, 0), ("r_2", 2, 9, 0)
    moves = tuple(Movement("members", *of) for of in (all_, usual, unusual))
    shown = printed(tmp_path, load(movements=moves, names={"r_2": "檀香居民区"}))
    assert [row[1:] for row in shown.rows()] == [
        ["全部", "20", "1", "0", "21", ""],
        ["檀香居民区", "2", "9", "0", "11", "变动异常，请核对"],
    ]


def test_questions_about_people_name_nobody(tmp_path: Path) -> None:
    asked = (
        MatchProposal("王小名", "Member", "王小明", 93),
        MatchProposal("甲物业", "Unit", "甲物业二", 90),
    )
    assert printed(tmp_path, load(proposals=asked)).rows() == [
        ["王**", "党员", "王**", "93"],
        ["甲物业", "单位", "甲物业二", "90"],
    ]
    assert printed(tmp_path, load(proposals=asked), names=True).rows()[0] == [
        "王小名",
        "党员",
        "王小明",
        "93",
    ]


def test_why_a_round_is_partial_is_said(tmp_path: Path) -> None:
    plan = make_plan(NOTHING, NOTHING, complete=False)
    said = printed(tmp_path, load(plan=plan, unmentioned=("檀香居民区",)), language="en").out.getvalue()
    assert said.startswith("A partial load: adds and changes, removes nothing.")
    assert "檀香居民区" in said
