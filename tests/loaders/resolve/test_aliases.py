import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.graph import Edge, Graph, Node
from graph_model.keys import KeyMaker
from loaders.clean.parse import canonical_name
from loaders.forms.form import read_forms
from loaders.map.headings import match_form
from loaders.map.map_sheet import read_sheet
from loaders.read.worksheet import worksheet_of
from loaders.resolve.aliases import (
    MIN_SIMILARITY,
    AliasAnswer,
    AliasBook,
    alias_nodes,
    propose_matches,
    propose_renames,
    read_alias_book,
    similarity,
)
from loaders.resolve.assemble import build_graph

UNITS = ["单位名称", "单位类别"]
MEMBERS = ["姓名", "所在单位"]


def graph_of(book, *sheets):
    readings = []
    for name, *rows in sheets:
        found = worksheet_of("a.xlsx", name, rows)
        readings.append(read_sheet(found, match_form(found, read_forms())))
    return build_graph(
        [r for reading in readings for r in reading.records],
        [r for reading in readings for r in reading.rejected],
        round_="2006-10",
        keys=KeyMaker(b"test"),
        aliases=book,
    )


def names(graph, label):
    return sorted(str(n.properties["name"]) for n in graph.nodes.values() if n.label == label)


def unit(key, name):
    return Node("Unit", f"u_{key}", {"name": name})


@pytest.mark.parametrize(
    "spelled",
    ["新桃源物业有限公司", "新桃源物業", "新桃源物業有限公司", " 新桃源　物业 ", "新桃源物业股份有限公司"],
)
def test_what_is_spelled_otherwise_only_is_the_same_by_itself(spelled):
    found = graph_of(
        AliasBook(), ("单位", UNITS, ["新桃源物业", None]), ("党员", MEMBERS, ["张三", spelled])
    )
    assert found.problems == ()
    assert len(found.graph.edges) == 1
    assert found.proposals == ()


@pytest.mark.parametrize("part", ["新桃源物业松江分公司", "新桃源物业有限公司松江分公司"])
def test_a_branch_office_is_another_unit(part):
    found = graph_of(AliasBook(), ("单位", UNITS, ["新桃源物业有限公司", None], [part, None]))
    assert len(names(found.graph, "Unit")) == 2
    broken = graph_of(AliasBook(), ("单位", UNITS, ["新桃源物业", None]), ("党员", MEMBERS, ["张三", part]))
    assert [p.code for p in broken.problems] == ["broken_reference"]
    assert broken.proposals == ()


def test_a_likely_name_is_proposed_with_its_score_and_never_merged():
    found = graph_of(
        AliasBook(),
        ("单位", UNITS, ["新桃源物业", None], ["绿庭物业", None]),
        ("党员", MEMBERS, ["张三", "新桃园物业"], ["李四", "新桃园物业"]),
    )
    assert [p.code for p in found.problems] == ["broken_reference", "broken_reference"]
    assert found.graph.edges == {}
    [proposal] = found.proposals
    assert (proposal.text, proposal.label, proposal.candidate) == ("新桃园物业", "Unit", "新桃源物业")
    assert (proposal.score, proposal.places) == (91, ("a.xlsx · 党员 · 2", "a.xlsx · 党员 · 3"))


def test_the_answer_is_used_and_not_asked_again():
    sheets = (("单位", UNITS, ["新桃源物业", None]), ("党员", MEMBERS, ["张三", "新桃园物业"]))
    same = graph_of(AliasBook().with_answer("Unit", "新桃园物业", "新桃源物业有限公司"), *sheets)
    assert (same.problems, same.proposals, len(same.graph.edges)) == ((), (), 1)
    [node] = [n for n in same.graph.nodes.values() if n.label == "Unit"]
    assert "新桃园物业" in str(node.properties["search"])
    different = graph_of(AliasBook().with_answer("Unit", "新桃园物业", None), *sheets)
    assert [p.code for p in different.problems] == ["broken_reference"]
    assert different.proposals == ()


def test_rows_of_both_names_become_one_thing_once_the_user_said_so():
    rows = ("单位", UNITS, ["新桃源物业", "物业公司"], ["桃源公司", None])
    assert len(graph_of(AliasBook(), rows).graph.nodes) == 2
    found = graph_of(AliasBook().with_answer("Unit", "桃源公司", "新桃源物业"), rows)
    assert found.problems == ()
    assert names(found.graph, "Unit") == ["新桃源物业"]


def test_people_are_never_proposed():
    shown = {"Member": {"张三丰": "张三丰"}}
    assert propose_matches({(("Member",), "张三峰"): ["a"]}, shown) == ()


def test_the_book_is_kept_as_nodes_and_read_back():
    book = AliasBook().with_answer("Unit", "甲", "乙").with_answer("Unit", "丙", None)
    assert read_alias_book(alias_nodes(book.answers, author="王", written="2006")) == book
    assert book.with_answer("Unit", "甲 有限公司", None).answers == (
        AliasAnswer("Unit", "丙", None),
        AliasAnswer("Unit", "甲 有限公司", None),
    )
    keys = [
        n.key
        for n in alias_nodes([AliasAnswer("Unit", "甲", None), AliasAnswer("Unit", "甲有限公司", "乙")])
    ]
    assert keys[0] == keys[1]


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from("甲乙丙丁")), max_size=8))
def test_aliases_of_aliases_end_somewhere_whatever_was_answered(pairs):
    book = AliasBook()
    for alias, name in pairs:
        book = book.with_answer("Unit", alias, name)
    roots = book.roots()
    for (label, _), root in roots.items():
        assert roots.get((label, root), root) == root


def test_a_company_under_a_new_name_is_found_by_its_ties():
    ties = [("MANAGES", "r_1"), ("MANAGES", "r_2"), ("MANAGES", "r_3")]
    areas = [Node("ResidentialArea", f"r_{n}", {"name": f"{n}"}) for n in (1, 2, 3)]
    held = Graph.of([unit("a", "绿庭物业"), *areas], [Edge(t, "u_a", r) for t, r in ties])
    desired = Graph.of([unit("b", "华润服务"), *areas], [Edge(t, "u_b", r) for t, r in ties])
    [proposal] = propose_renames(desired, held)
    assert (proposal.text, proposal.candidate) == ("华润服务", "绿庭物业")
    assert proposal.score >= MIN_SIMILARITY
    book = AliasBook().with_answer("Unit", "华润服务", None)
    assert propose_renames(desired, held, book) == ()


@given(
    st.text("新桃源物业松江公司分有限", min_size=1, max_size=8),
    st.text("新桃源物业一二分公司", min_size=1, max_size=8),
)
def test_likeness_is_between_0_and_100_and_the_same_both_ways(one, other):
    one, other = canonical_name(one), canonical_name(other)
    assert 0 <= similarity(one, other) <= 100
    assert similarity(one, other) == similarity(other, one)
    assert similarity(one, one) == 100
