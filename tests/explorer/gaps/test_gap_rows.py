"""The list of findings: what each row says, what a filter lets through, and whose name is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.answers import Answers
from explorer.gaps.gap_report_rows import GapItem, problems
from explorer.gaps.gap_rows import (
    CLEARED_NOW,
    OVERDUE,
    SHOWN_STATUSES,
    UNKNOWN,
    FindingRow,
    GapFilter,
    filter_rows,
    finding_rows,
    gap_items_of_rows,
    subject_name,
)
from explorer.viewer import LEFT_OUT, Viewer
from graph_model.coverage.areas import Area
from graph_model.coverage.catalogue import Catalogue, parse_rule, read_catalogue
from graph_model.findings.findings import Finding, edit, finding_key
from graph_model.findings.refresh import refresh_findings
from graph_model.profile import Reckoning, read_profile
from graph_model.store.store import Store
from tests.support.graphs import ROUND, fill, graph, node, staff

NOW, TODAY = "2006-10", date(2006, 11, 1)
PROFILE, CATALOGUE = replace(read_profile(), given=Reckoning("2006-10", "setting")), read_catalogue()
RULE = CATALOGUE.rule("no_work_coverage")  # high
DUE = CATALOGUE.rule("own_branch_due")  # high
NORTH = Area("ResidentialArea", "r_1", "北苑居民区")
OWN = """
title = { zh = "甲", en = "A" }
population = { zh = "单位", en = "Units" }
about = "Unit"
severity = "low"
clause = { zh = "丙", en = "C" }
advice = { zh = "丁", en = "D" }
params = {}
columns = {}
reasons = { none = { zh = "见", en = "See" } }
[cypher]
text = '''
MATCH (u:Unit)<-[:EMPLOYED_BY]-(m:Member)
WITH u.key AS key, m.name + '的单位' AS name, 'none' AS reason, 'gap' AS status'''
"""


def row(
    name: str = "甲物业", *areas: Area, rule=RULE, state="todo", overdue=False, **said: str
) -> FindingRow:
    finding = Finding(f"f_x:{name}", rule.id if rule else "gone", name, {"name": name, **said})
    item = None
    if rule is not None and not (finding.cleared or finding.unknown):
        item = GapItem(rule, {"key": name, "name": name}, "", areas)
    return FindingRow(
        finding, rule, item, name, finding.life(NOW), state, overdue, said.get("cleared_in") == NOW
    )


NEW = row("甲物业", NORTH, first_seen=NOW, owner="周科长")
LATE = row("乙物業", first_seen="2006-04", due="2006-01", overdue=True, state="doing")
UNCLEAR = row("丙", first_seen="2006-04", present="unknown")
CLEARED = row("丁", first_seen="2006-04", cleared_in=NOW, due="2006-01")
BEFORE = row("戊", first_seen="2006-01", cleared_in="2006-04")
GONE = row("己", rule=None, first_seen="2006-04")
ALL = (NEW, LATE, UNCLEAR, CLEARED, BEFORE, GONE)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (GapFilter(), (NEW, LATE, UNCLEAR, GONE)),  # what is cleared is shown where it is asked for only
        (GapFilter(severities=("high",)), (NEW, LATE, UNCLEAR)),
        (GapFilter(severities=("low",)), (GONE,)),  # a rule that is not there any more
        (GapFilter(rules=("gone", "no such")), (GONE,)),
        (GapFilter(areas=("r_1",)), (NEW,)),
        (GapFilter(areas=("",)), (LATE, UNCLEAR, GONE)),
        (GapFilter(areas=("r_1", "")), (NEW, LATE, UNCLEAR, GONE)),
        (GapFilter(owners=("周科长",)), (NEW,)),
        (GapFilter(owners=("",)), (LATE, UNCLEAR, GONE)),
        (GapFilter(states=("doing",)), (LATE,)),
        (GapFilter(states=(OVERDUE,)), (LATE,)),
        (GapFilter(lives=("new",)), (NEW,)),
        (GapFilter(lives=SHOWN_STATUSES), (NEW, LATE, GONE)),
        (GapFilter(lives=(UNKNOWN,)), (UNCLEAR,)),
        (GapFilter(lives=(CLEARED_NOW,)), (CLEARED,)),
        (GapFilter(lives=("cleared",)), (CLEARED, BEFORE)),
        (GapFilter(lives=("cleared",), states=("todo",)), ()),  # nothing is left to do
        (GapFilter(text="乙物业"), (LATE,)),
        (GapFilter(text="物 业\u200b"), (NEW, LATE)),
        (GapFilter(text="庚"), ()),
        (GapFilter(rules=(RULE.id,), owners=("周科长",), text="甲"), (NEW,)),
        (GapFilter(rules=("gone",), owners=("周科长",)), ()),
    ],
)
def test_a_filter_lets_through_what_it_names(wanted: GapFilter, shown: tuple[FindingRow, ...]) -> None:
    assert filter_rows(ALL, wanted) == shown


def test_questions_to_the_data_are_listed_where_they_are_asked_for_only() -> None:
    asked = row("辛", rule=replace(RULE, id="alike", nature="data"), first_seen=NOW)
    loose = row("壬", rule=replace(RULE, id="loose", nature="irregular"), first_seen=NOW)
    rows = (NEW, asked, loose)
    assert filter_rows(rows, GapFilter()) == (NEW, loose)
    assert filter_rows(rows, GapFilter(natures=("data",))) == (asked,)
    assert filter_rows(rows, GapFilter(natures=("irregular", "data"))) == (asked, loose)
    assert filter_rows(rows, GapFilter(rules=("alike",))) == (asked,)
    assert GONE.nature == "irregular"
    items = gap_items_of_rows(rows)
    assert [i.rule.id for i in problems(items)] == [RULE.id, "loose"]


def test_local_practice_is_marked_in_the_list() -> None:
    assert row("辛", rule=replace(RULE, local=True)).title("zh") == f"{RULE.title.zh}（地方做法）"


@given(
    st.lists(st.sampled_from(ALL)),
    st.sets(st.sampled_from(["new", "continuing", "reopened", "cleared", UNKNOWN])),
)
def test_each_row_has_one_life_of_the_list(rows, lives) -> None:
    parts = [filter_rows(rows, GapFilter(lives=(life,))) for life in sorted(lives)]
    assert sum(map(len, parts)) == len(filter_rows(rows, GapFilter(lives=tuple(lives)))) or not lives


def test_what_a_row_says() -> None:
    assert (NEW.open, NEW.unknown, NEW.severity, NEW.areas, NEW.title("en")) == (
        True,
        False,
        "high",
        (NORTH,),
        RULE.title.en,
    )
    assert (UNCLEAR.open, UNCLEAR.unknown, UNCLEAR.areas) == (True, True, ())
    assert (CLEARED.open, CLEARED.unknown) == (False, False)
    assert (GONE.severity, GONE.title("zh")) == ("low", "gone")


def test_report_and_work_list_take_the_gaps_with_what_was_arranged() -> None:
    [first, second] = gap_items_of_rows(ALL)
    assert [(first.key, first.owner), (second.key, second.recorded("due"))] == [
        ("甲物业", "周科长"),
        ("乙物業", "2006-01"),
    ]


@pytest.mark.parametrize(
    ("rule", "subject", "viewer", "called"),
    [
        (RULE, "u_1", Viewer(), "王小明物业"),
        (CATALOGUE.rule("look_alike_members"), "m_1", Viewer(), "王**"),
        (parse_rule("mine", OWN), "u_1", Viewer(), LEFT_OUT),
        (parse_rule("mine", OWN), "u_1", Viewer(names=True), "王小明物业"),
        (None, "u_1", Viewer(), LEFT_OUT),
        (None, "u_1", Viewer(names=True), "王小明物业"),
    ],
)
def test_what_a_subject_is_called(rule, subject: str, viewer: Viewer, called: str) -> None:
    assert subject_name(rule, subject, "王小明物业", viewer) == called


# ---- of a store


def field(full: int):
    return graph(
        node("u_1", name="甲物业", status="operating"),
        node("u_2", name="乙", status="operating"),
        node("m_a", name="王小明", born="1970-01"),
        node("m_b", name="王小明", born="1970-01"),
        staff("u_1", full=full),
        staff("u_2", full=3),
    )


def test_open_ones_come_first_and_people_are_masked(store: Store) -> None:
    catalogue = Catalogue((DUE, CATALOGUE.rule("look_alike_members")))
    answers = Answers(store, catalogue, PROFILE)
    for round_, full in (("2006-04", 3), (NOW, 1)):
        fill(store, field(full), round=replace(ROUND, name=round_, as_of=round_))
        refresh_findings(store, catalogue, PROFILE)
    edit(store, [finding_key(DUE.id, "u_2")], {"due": "2006-10"})
    rows = finding_rows(answers, Viewer(), NOW, NOW, TODAY)
    assert [(r.finding.subject, r.name, r.life, r.open, r.overdue, r.cleared_now) for r in rows] == [
        ("u_2", "乙", "continuing", True, True, False),
        ("m_a", "王**", "continuing", True, False, False),
        ("m_b", "王**", "continuing", True, False, False),
        ("u_1", "甲物业", "cleared", False, False, True),
    ]
    assert rows[-1].item is None
    named = finding_rows(answers, Viewer(names=True), NOW, NOW, TODAY)
    assert [r.name for r in named] == ["乙", "王小明", "王小明", "甲物业"]
    assert filter_rows(rows, GapFilter(text="小明")) == ()
    # what is arranged shows at once, in rows and in what the work list takes
    edit(store, [finding_key(DUE.id, "u_2")], {"due": "", "owner": "周科长"})
    [again, *_] = finding_rows(answers, Viewer(), NOW, NOW, TODAY)
    assert (again.overdue, gap_items_of_rows([again])[0].owner) == (False, "周科长")


def test_what_a_sites_own_rule_calls_its_subjects_may_be_a_name(store: Store) -> None:
    own = Catalogue((parse_rule("mine", OWN),))
    fill(store, graph(node("u_1", name="甲物业"), staff("u_1", full=1)))
    refresh_findings(store, own, PROFILE)
    for catalogue in (own, Catalogue(())):  # also once the rule is gone
        answers = Answers(store, catalogue, PROFILE)
        [masked] = finding_rows(answers, Viewer(), NOW, NOW, TODAY)
        assert masked.name == LEFT_OUT
        [named] = finding_rows(answers, Viewer(names=True), NOW, NOW, TODAY)
        assert named.name.endswith("的单位")
        assert masked.title("zh") == ("甲" if catalogue is own else "mine")


def test_what_is_unknown_now_is_found_among_the_unknown(store: Store) -> None:
    catalogue = Catalogue((DUE,))
    for round_, known in (("2006-04", {"status": "operating"}), (NOW, {})):
        units = (node("u_1", name="甲物业", **known), node("u_2", name="乙", status="operating"))
        staffed = graph(*units, staff("u_1", full=3), staff("u_2", full=3))
        fill(store, staffed, round=replace(ROUND, name=round_, as_of=round_))
        refresh_findings(store, catalogue, PROFILE)
    rows = finding_rows(Answers(store, catalogue, PROFILE), Viewer(), NOW, NOW, TODAY)
    for wanted, subjects in (
        (GapFilter(severities=("high",), lives=SHOWN_STATUSES), ["u_2"]),
        (GapFilter(lives=(UNKNOWN,), text="甲物業"), ["u_1"]),
        (GapFilter(lives=(UNKNOWN,), text="丙"), []),
    ):
        assert [r.finding.subject for r in filter_rows(rows, wanted)] == subjects
