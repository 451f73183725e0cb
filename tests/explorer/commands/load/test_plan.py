"""A plan on the terminal and as JSON: figures by type, then a list in which nobody is named who may not be."""

from __future__ import annotations

from pathlib import Path

from explorer.commands.load.plan import as_value, listed, show_plan
from graph_model.graph import Graph
from graph_model.plan import Plan, make_plan
from graph_model.text import Text
from tests.support.command_line import Printed
from tests.support.graphs import graph, node, tie

TITLE, NOTHING = Text("变化", "Changes"), Text("没有变化。", "Nothing would change.")


def changes() -> tuple[Plan, Graph]:
    before = graph(
        node("u_1", name="甲", employees=5, legal_representative="王小明"),
        node("u_2", name="乙"),
        node("m_1", name="王小明"),
        tie("m_1 EMPLOYED_BY u_1"),
    )
    after = graph(
        node("u_1", name="甲", employees=7, legal_representative="李小红"),
        node("u_3", name="丙"),
        node("m_1", name="王小明"),
        tie("m_1 EMPLOYED_BY u_3"),
    )
    return make_plan(after, before), after


def test_what_may_not_have_been_meant_comes_first_and_names_are_masked(tmp_path: Path) -> None:
    plan, after = changes()
    printed = Printed.on(tmp_path)
    show_plan(printed.context, TITLE, plan, listed(printed.context, plan, after, most=12), nothing=NOTHING)
    assert printed.rows() == [
        ["单位", "1", "1", "1"],
        ["任职于", "1", "0", "1"],
        ["删除", "单位", "乙", "", "", ""],
        ["修改", "单位", "甲", "从业人数", "5", "7"],
        ["修改", "单位", "甲", "法定代表人", "王**", "李**"],
        ["变动", "任职于", "王**", "", "甲", "丙"],
        ["新增", "单位", "丙", "", "", ""],
    ]
    assert "其中 1 项是变动" in printed.out.getvalue()
    assert "小明" not in printed.out.getvalue()


def test_who_may_see_names_sees_them_in_english_too(tmp_path: Path) -> None:
    plan, after = changes()
    printed = Printed.on(tmp_path, names=True, language="en")
    show_plan(printed.context, TITLE, plan, listed(printed.context, plan, after, most=12), nothing=NOTHING)
    assert ["Changed", "Unit", "甲", "Legal representative", "王小明", "李小红"] in printed.rows()
    assert ["Moved", "employed by", "王小明", "", "甲", "丙"] in printed.rows()
    assert "1 of these is a move." in printed.out.getvalue()


def test_no_difference_is_one_line(tmp_path: Path) -> None:
    _, after = changes()
    plan = make_plan(after, after)
    printed = Printed.on(tmp_path)
    show_plan(printed.context, TITLE, plan, listed(printed.context, plan, after, most=12), nothing=NOTHING)
    assert printed.out.getvalue() == "没有变化。\n"


def test_a_long_list_is_cut_and_says_how_to_see_the_rest_where_one_can(tmp_path: Path) -> None:
    after = graph(*(node(f"u_{n}") for n in range(5)))
    plan = make_plan(after, graph())
    for as_json, said in ((True, "… and 3 more; see them all with --json."), (False, "… and 3 more.")):
        printed = Printed.on(tmp_path, language="en")
        few = listed(printed.context, plan, after, most=2)
        assert (len(few.steps), few.left_out) == (2, 3)
        show_plan(printed.context, TITLE, plan, few, nothing=NOTHING, as_json=as_json)
        assert printed.out.getvalue().splitlines()[-1] == said


def test_the_same_as_json(tmp_path: Path) -> None:
    plan, after = changes()
    value = as_value(plan, listed(Printed.on(tmp_path).context, plan, after, most=100))
    assert (value["moves"], value["list_left_out"]) == (1, 0)
    assert value["plan"]["added"] == {"Unit": 1, "EMPLOYED_BY": 1}
    assert value["list"] == [
        {"what": "added", "type": "Unit", "name": "丙", "changes": []},
        {
            "what": "changed",
            "type": "Unit",
            "name": "甲",
            "changes": [
                {"property": "employees", "before": "5", "after": "7"},
                {"property": "legal_representative", "before": "王**", "after": "李**"},
            ],
        },
        {"what": "removed", "type": "Unit", "name": "乙", "changes": []},
        {
            "what": "moved",
            "type": "EMPLOYED_BY",
            "name": "王**",
            "changes": [{"property": None, "before": "甲", "after": "丙"}],
        },
    ]
