"""The page's contents: facts, ties from both sides, gaps with their clause, timeline; masked for who may not see."""

import pytest

from explorer.answers import Answers
from explorer.i18n import Words
from explorer.lookup.entity import Event, Fact, TieTo, entity
from explorer.viewer import Viewer
from graph_model.coverage.catalogue import Catalogue, parse_rule
from graph_model.graph import Node
from graph_model.profile import read_profile
from tests.support.graphs import PLACE, fill, graph, node, tie

MASKED, NAMES = Viewer(), Viewer(names=True)
NASTY = "<script>alert(1)</script>\"'`😀\u202e" + "长" * 300 + "=cmd|'x'!A0"
FIELD = graph(
    node("u_1", name="合生", kind="property_company", employees=12),
    node("u_2", name=NASTY),
    node("m_1", name="王小明", born="1970-01", joined="2001-07", standing="full"),
    node("b_1", name="合生支部", founded="2001-12", elected="2004-03-05"),
    node("b_2", name="旧支部"),
    node("j_1", name="会一", held="2006-09-14"),
    tie("m_1 EMPLOYED_BY u_1", position="总经理"),
    tie("m_1 SECRETARY_OF b_1"),
    tie("m_1 AFFILIATED_WITH b_1", since="2002-01"),
    tie("m_1 WAS_AFFILIATED_WITH b_2", until="2001-12", how="转入"),
    tie("b_1 ORGANISED_IN u_1"),
    tie("b_1 DUAL_MANAGED_WITH b_2"),
    tie("j_1 ATTENDED_BY u_1"),
)
RULE = parse_rule(
    "small",
    """
title = { zh = "人少", en = "Small" }
population = { zh = "单位", en = "Units" }
about = "Unit"
severity = "high"
clause = { zh = "条例", en = "Clause" }
advice = { zh = "联合", en = "Join" }
[params]
[columns]
members = { zh = "党员", en = "Members" }
[reasons]
few = { zh = "只有 {members} 人", en = "Only {members}" }
[cypher]
text = '''MATCH (u:Unit) OPTIONAL MATCH (u)<-[:EMPLOYED_BY]-(m:Member) WITH u, count(m) AS members
WITH u.key AS key, u.name AS name, members, CASE WHEN members < 3 THEN 'few' ELSE '' END AS reason
WITH key, name, members, reason, CASE WHEN reason = '' THEN 'ok' ELSE 'gap' END AS status'''
""",
)


@pytest.fixture
def answers(store) -> Answers:
    fill(store, FIELD)
    answers = Answers(store, Catalogue((RULE,)), read_profile())
    answers.refresh()
    return answers


def of(answers, key, viewer=MASKED):
    found = entity(answers, key, viewer, Words(viewer.language))
    assert found is not None
    return found


def test_a_unit(answers) -> None:
    found = of(answers, "u_1")
    assert (found.caption, found.kind, found.place, found.cut) == ("合生", "单位", PLACE, False)
    assert found.facts == (Fact("类别", "物业公司"), Fact("从业人数", "12"))
    assert "经营状态" in found.unknown
    assert [(t.text, [(x.key, x.caption, x.says) for x in t.to]) for t in found.ties] == [
        ("职工党员", [("m_1", "王**", "职务：总经理")]),
        ("组建党支部", [("b_1", "合生支部", "")]),
        ("参加了", [("j_1", "会一", "")]),
    ]
    (gap,) = found.gaps
    assert (gap.title, gap.status, gap.reason) == ("人少", "gap", "只有 1 人")
    assert (gap.clause, gap.advice) == ("条例", "联合")
    assert found.timeline == (
        Event("2006-10", "首次发现问题：人少"),
        Event("2006-10", "最近一次见于2006年10月批次"),
        Event("2006-09-14", "召开时间 · 参加了：会一", "j_1"),
    )


def test_a_branch_and_its_ties_from_both_sides(answers) -> None:
    found = of(answers, "b_1")
    assert [(t.text, [x.key for x in t.to]) for t in found.ties] == [
        ("所属党员", ["m_1"]),
        ("书记", ["m_1"]),
        ("组建于", ["u_1"]),
        ("双重管理", ["b_2"]),
    ]
    assert [e.date for e in found.timeline] == ["2006-10", "2004-03-05", "2002-01", "2001-12"]
    assert of(answers, "b_2").ties[0].dashed


def test_who_may_not_see_names_sees_none_and_no_day_that_tells(answers) -> None:
    masked, clear = of(answers, "m_1"), of(answers, "m_1", NAMES)
    assert masked.caption == "王**"
    for secret in ("王小明", "1970", "2001-07"):
        assert secret not in repr(masked)
        assert secret in repr(clear)
    for key in ("u_1", "b_1", "b_2"):
        assert "王小明" not in repr(of(answers, key))


def test_english(answers) -> None:
    found = of(answers, "m_1", Viewer(language="en"))
    source = "Round October 2006, file “甲.xlsx”, sheet “党员”, row 2"
    assert found.ties[0].to == (TieTo("u_1", "Unit", "合生", "Position: 总经理", source),)
    assert found.kind == "Member"


def test_gaps_that_were_kept_stand_in_the_timeline(answers, store) -> None:
    kept = {
        "name": "x",
        "rule": "small",
        "subject": "u_1",
        "first_seen": "2006-04",
        "cleared_in": "2006-11",
    }
    store.put([Node("Finding", "f_1", kept)])
    events = of(answers, "u_1").timeline
    assert Event("2006-04", "首次发现问题：人少") in events
    assert Event("2006-11", "问题已销号：人少") in events


@pytest.mark.parametrize("key", ["u_9", "no key", "", "z_state", "d_2006-10", "<script>", "u_1' OR 1=1"])
def test_what_is_not_there_has_no_page(answers, key) -> None:
    assert entity(answers, key, NAMES, Words("zh")) is None


def test_a_hostile_name_stays_what_it_is(answers) -> None:
    assert of(answers, "u_2").caption == NASTY
