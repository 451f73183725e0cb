"""What a row names and no row lists."""

from __future__ import annotations

from graph_model.graph import Graph, Node
from graph_model.keys import KeyMaker
from loaders.survey import read_round
from tests.support.books import save

UNITS = ["企业名称", "所属社区", "隶属党组织"]


def read(tmp_path, *rows, **more):
    book = save(tmp_path / "a.xlsx", 单位=[UNITS, *rows], **more)
    found = read_round([book], keys=KeyMaker(b"test"), round="2024-06")
    return (
        sorted(
            (n.label, str(n.properties["name"])) for n in found.graph.nodes.values() if n.label != "Unit"
        ),
        [(p.code, p.cell, p.value, p.blocking) for p in found.problems],
    )


def test_where_a_unit_stands_and_what_is_above_it_become_things_of_their_own(tmp_path):
    things, problems = read(tmp_path, ["甲", "檀香居民区", "某镇党委"], ["乙", "檀香居民区", None])
    assert things == [("Branch", "某镇党委"), ("ResidentialArea", "檀香居民区")]
    assert problems == [("introduced", "B2", "檀香居民区", False), ("introduced", "C2", "某镇党委", False)]


def test_a_plaza_is_a_commercial_area(tmp_path):
    assert read(tmp_path, ["甲", "开元商业广场", None])[0] == [("CommercialArea", "开元商业广场")]


def test_what_is_listed_is_not_made_again(tmp_path):
    things, problems = read(
        tmp_path, ["甲", "檀香居民区", None], 居民区=[["居民区名称", "户数"], ["檀香居民区", "9"]]
    )
    assert (things, problems) == ([("ResidentialArea", "檀香居民区")], [])


def test_a_slip_of_the_pen_is_asked_about(tmp_path):
    _, problems = read(
        tmp_path, ["甲", "檀乡居民区", None], 居民区=[["居民区名称", "户数"], ["檀香居民区", "9"]]
    )
    assert problems == [("broken_reference", "B2", "檀乡居民区", True)]


def test_another_number_is_another_area(tmp_path):
    _, problems = read(
        tmp_path, ["甲", "第二居民区", None], 居民区=[["居民区名称", "户数"], ["第一居民区", "9"]]
    )
    assert problems == [("introduced", "B2", "第二居民区", False)]


def test_very_many_names_are_no_new_things(tmp_path):
    things, problems = read(tmp_path, *([f"单位{n}号", f"第{n}居民区", None] for n in range(1002)))
    assert (len(things), sum(blocking for *_, blocking in problems)) == (1000, 2)


ROSTER = [
    ["姓名", "入党时间", "组织关系所在党支部"],
    ["王甲", "2001-05", "青松党支部"],
    ["李乙", "2002-05", "青松党支部"],
]
REGISTER = [["党支部名称", "书记"], ["翠竹党支部", "王甲"]]


def read_into(tmp_path, held, **sheets):
    """What a partial load gives in a store that holds `held`: names of things but members, ties, problems."""
    book = save(tmp_path / "b.xlsx", **sheets)
    found = read_round([book], keys=KeyMaker(b"test"), round="2024-06", known=held)
    nodes = found.graph.nodes.values()
    return (
        sorted((n.label, str(n.properties["name"])) for n in nodes if n.label != "Member"),
        [t for t, _, _ in found.graph.edges],
        [(p.code, p.cell, p.blocking) for p in found.problems],
    )


def test_a_roster_alone_brings_its_branches_where_none_is_known_and_asks_where_some_are(tmp_path):
    branch = Node("Branch", "b1", {"name": "翠竹党支部"}, None)
    held = Graph({"b1": branch}, {})

    first = read_into(tmp_path, Graph({}, {}), 党员=ROSTER)
    later = read_into(tmp_path, held, 党员=ROSTER)

    assert first == ([("Branch", "青松党支部")], ["AFFILIATED_WITH"] * 2, [("introduced", "C2", False)])
    assert later == ([], [], [("broken_reference", "C2", True), ("broken_reference", "C3", True)])


def test_a_register_alone_is_loaded_without_its_secretary_and_a_complete_round_still_asks(tmp_path):
    alone = read_into(tmp_path, Graph({}, {}), 党支部=REGISTER)
    complete = read_into(tmp_path, None, 党支部=REGISTER)

    assert alone == ([("Branch", "翠竹党支部")], [], [("unlisted_person", "B2", False)])
    assert complete[2] == [("broken_reference", "B2", True)]


def test_which_kind_a_new_thing_is_follows_from_its_name(tmp_path):
    rows = [["联络员姓名", "身份", "派驻单位或区域"], ["许乙", "党建指导员", "青松公司、开元商业广场"]]

    found = read_into(tmp_path, Graph({}, {}), 联络员=rows)

    assert found[0] == [("CommercialArea", "开元商业广场"), ("Liaison", "许乙"), ("Unit", "青松公司")]


def test_what_may_be_a_person_is_never_made_a_thing(tmp_path):
    roster = [["姓名", "入党时间", "所在单位"], ["王甲", "2001-05", "李小红"]]

    found = read_into(tmp_path, Graph({}, {}), 党员=roster)

    assert found == ([], [], [("broken_reference", "C2", True)])
