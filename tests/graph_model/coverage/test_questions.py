"""The ready questions: each file can be read, and each answers the same on every store; faults are named."""

import re

import pytest

from explorer.lookup.questions.site_questions import here
from explorer.viewer import Viewer
from graph_model.coverage.questions import (
    answer_question,
    as_keys,
    node_keys,
    parse_question,
    read_questions,
)
from graph_model.errors import InputError
from tests.support.graphs import fill, graph, node, tie

KNOWN = read_questions()
NAMES = Viewer(names=True)
FIELD = graph(
    node("s_1", name="街道"),
    node("r_1", name="檀香", reporting_unit="檀香支部", reported_on="2006-10-12"),
    node("r_2", name="祥和"),
    node("c_1", name="兰桥"),
    node("u_1", name="合生", kind="property_company", ownership="private", status="operating"),
    node("u_2", name="茸盛", kind="property_company", ownership="private"),
    node("u_3", name="松新", kind="economic_company", ownership="collective"),
    node("b_1", name="合生支部", kind="joint"),
    node("b_2", name="檀香支部", kind="residential"),
    node("b_3", name="旧支部", dissolved="2005"),
    node("b_top", name="党委", level="committee"),
    node("b_mid", name="总支", level="general_branch"),
    node("b_low", name="基层支部"),
    *(tie(f"{low} SUPERIOR {high}") for low, high in (("b_low", "b_mid"), ("b_mid", "b_top"))),
    node("m_low"),
    tie("m_low AFFILIATED_WITH b_low"),
    node("m_1", name="王小明", standing="full"),
    node("m_2", name="李小红"),
    node("l_1", name="赵联络", role="liaison"),
    node("p_1", name="结对一", signed="2005-11", last_contact="2006-09"),
    node("j_1", name="会一", held="2006-09-14"),
    node("t_1", name="积水", resolved=True),
    node("t_2", name="停车", resolved=False),
    node("t_3", name="照明"),
    node("a_1", name="晚会", held="2006-08-12"),
    tie("u_2 PROVIDED_FOR a_1", what="场地"),
    tie("a_1 HELD_IN r_2"),
    tie("a_1 HELD_BY p_1"),
    node("w_1", name="先进", awarded="2006-06", awarded_by="党工委"),
    node("w_2", name="示范", awarded="2006-07"),
    tie("u_1 MANAGES r_1"),
    tie("u_2 MANAGES r_1"),
    tie("u_1 MANAGES c_1"),
    tie("b_2 LEADS r_1"),
    tie("l_1 POSTED_TO c_1", since="2006-01"),
    tie("m_1 REPRESENTS r_1"),
    tie("m_2 SECRETARY_OF b_2"),
    tie("m_2 AFFILIATED_WITH b_2"),
    tie("b_1 ORGANISED_IN u_1"),
    tie("b_1 ORGANISED_IN u_3"),
    tie("b_3 ORGANISED_IN u_2"),
    tie("b_1 DUAL_MANAGED_WITH b_2"),
    tie("m_1 AFFILIATED_WITH b_1"),
    tie("m_1 SECRETARY_OF b_1"),
    tie("m_1 COMMITTEE_MEMBER_OF b_1"),
    tie("m_1 EMPLOYED_BY u_1", position="总经理"),
    tie("m_1 WAS_AFFILIATED_WITH b_2", until="2006-07"),
    tie("m_2 EMPLOYED_BY u_2"),
    tie("r_1 ADJACENT_TO r_2"),
    tie("u_1 MANAGES r_2"),
    tie("p_1 PARTNER u_2"),
    tie("p_1 PARTNER b_2"),
    tie("j_1 HELD_IN r_1"),
    tie("j_1 ATTENDED_BY u_1"),
    tie("j_1 ATTENDED_BY b_2"),
    tie("j_1 TOOK_UP t_1"),
    tie("j_1 TOOK_UP t_2"),
    tie("w_1 GIVEN_TO u_2"),
    tie("w_2 GIVEN_TO p_1"),
)
# question: what is chosen, the columns' values of each row, and the keys that the picture shows
EXPECTED = {
    "01_who_is_responsible": (
        {"area": "r_1"},
        [
            ("b_2", "LEADS", ["m_2"]),
            ("u_1", "MANAGES", []),
            ("u_2", "MANAGES", []),
            ("m_1", "REPRESENTS", []),
        ],
        {"r_1", "b_2", "m_2", "u_1", "u_2", "m_1"},
    ),
    "02_companies_without_branch": ({"area": "r_1"}, [("u_2", None, 1)], {"r_1", "u_2"}),
    "03_paired_with": (
        {"organisation": "u_2"},
        [("b_2", "p_1", "2005-11", "2006-09")],
        {"u_2", "b_2", "p_1"},
    ),
    "04_members_of_branch": (
        {"branch": "b_1"},
        [("m_1", "full", ["COMMITTEE_MEMBER_OF", "SECRETARY_OF"], "u_1")],
        {"b_1", "m_1", "u_1"},
    ),
    "05_affiliations_of_company": (
        {"company": "u_1"},
        [("b_1", "joint", ["m_1"], 1)],
        {"u_1", "b_1", "m_1"},
    ),
    "06_left_the_branch": (
        {"branch": "b_2"},
        [("m_1", "2006-07", "b_1", "u_1")],
        {"b_2", "m_1", "b_1", "u_1"},
    ),
    "07_neighbours_of_area": ({"area": "r_1"}, [("r_2", "u_1", ["b_1"])], {"r_1", "r_2", "u_1", "b_1"}),
    "08_meetings_in_area": (
        {"area": "r_1"},
        [
            ("j_1", "2006-09-14", "t_1", True, ["b_2", "u_1"]),
            ("j_1", "2006-09-14", "t_2", False, ["b_2", "u_1"]),
        ],
        {"r_1", "j_1", "t_1", "t_2", "b_2", "u_1"},
    ),
    "09_open_matters": ({}, [("t_2", "j_1", "2006-09-14", "r_1")], {"t_2", "j_1", "r_1"}),
    "10_units_of_joint_branch": (
        {"branch": "b_1"},
        [("u_1", "property_company", 1), ("u_3", "economic_company", 0)],
        {"b_1", "u_3", "u_1"},
    ),
    "11_dual_management": ({"branch": "b_1"}, [("b_2", "r_1", None)], {"b_1", "b_2", "r_1"}),
    "12_awards_of": (
        {"organisation": "u_2"},
        [("w_1", "2006-06", "党工委", "u_2"), ("w_2", "2006-07", None, "p_1")],
        {"u_2", "w_1", "w_2", "p_1"},
    ),
    "13_companies_by_ownership": (
        {"ownership": "private"},
        [("u_1", "operating", 1, ["b_1"]), ("u_2", None, 1, [])],
        {"u_1", "b_1", "u_2"},
    ),
    "14_areas_without_meeting": ({}, [("r_2", [], ["u_1"])], {"r_2", "u_1"}),
    "15_posts_around": (
        {"company": "u_1"},
        [("l_1", "liaison", "c_1", "2006-01")],
        {"u_1", "c_1", "l_1"},
    ),
    "16_secretary_leads_the_company": ({}, [("u_1", "b_1", "m_1", "总经理")], {"u_1", "b_1", "m_1"}),
    "17_who_supports_activities": (
        {},
        [("u_2", "场地", "a_1", "2006-08-12", ["r_2"], ["p_1"])],
        {"u_2", "a_1", "r_2", "p_1"},
    ),
    "18_what_the_parties_of_an_area_did": (
        {"area": "r_1"},
        [
            ("u_2", "PROVIDED_FOR", "a_1", "2006-08-12"),
            ("b_2", "PARTNER", "p_1", "2006-09"),
            ("u_2", "PARTNER", "p_1", "2006-09"),
            ("b_2", "ATTENDED_BY", "j_1", "2006-09-14"),
            ("u_1", "ATTENDED_BY", "j_1", "2006-09-14"),
        ],
        {"r_1", "b_2", "u_1", "u_2", "a_1", "p_1", "j_1"},
    ),
    "20_organisations_below": (
        {"organisation": "b_top"},
        [("b_low", None, "b_mid", 1), ("b_mid", "general_branch", "b_top", 0)],
        {"b_top", "b_mid", "b_low"},
    ),
    "19_who_has_reported": (
        {},
        [("c_1", None, None), ("r_2", None, None), ("r_1", "2006-10-12", "檀香支部")],
        {"c_1", "r_1", "r_2"},
    ),
}


def test_each_has_a_theme_and_the_words_by_which_it_is_asked() -> None:
    assert all(q.theme != "own" and q.words for q in KNOWN.questions)


def test_every_file_can_be_read_and_is_expected_below() -> None:
    assert KNOWN.faults == ()
    assert [q.id for q in KNOWN.questions] == sorted(EXPECTED)
    assert len(EXPECTED) >= 10


@pytest.mark.parametrize("id_", sorted(EXPECTED))
def test_the_answer(store, id_) -> None:
    fill(store, FIELD)
    question = KNOWN.question(id_)
    chosen, rows, keys = EXPECTED[id_]
    answered = answer_question(store, question, chosen)
    assert [tuple(row[c.name] for c in question.columns) for row in answered.rows] == rows
    assert set(answered.keys) == keys
    assert set(node_keys(question, answered.rows)) <= keys
    assert not answered.truncated


@pytest.mark.parametrize("id_", sorted(EXPECTED))
def test_no_answer_holds_a_name(store, id_) -> None:
    fill(store, FIELD)
    answered = answer_question(store, KNOWN.question(id_), EXPECTED[id_][0])
    assert not re.search("王小明|李小红|赵联络", repr(answered))


@pytest.mark.parametrize("id_", sorted(EXPECTED))
def test_an_empty_store_answers_nothing(store, id_) -> None:
    assert answer_question(store, KNOWN.question(id_), EXPECTED[id_][0]).rows == ()


def test_an_answer_is_cut_and_says_so(store) -> None:
    fill(store, FIELD)
    answered = answer_question(store, KNOWN.question("01_who_is_responsible"), {"area": "r_1"}, limit=2)
    assert (len(answered.rows), answered.truncated) == (2, True)


@pytest.mark.parametrize("value", [None, "", "u_1", "<script>", "private"])
def test_a_blank_takes_only_a_choice(store, value) -> None:
    with pytest.raises(InputError):
        answer_question(
            store, KNOWN.question("01_who_is_responsible"), {} if value is None else {"area": value}
        )
    with pytest.raises(InputError):
        answer_question(store, KNOWN.question("13_companies_by_ownership"), {"ownership": "u_1"})


def test_a_key_is_a_value_and_never_a_part_of_the_query(store) -> None:
    fill(store, FIELD)
    assert (
        answer_question(store, KNOWN.question("01_who_is_responsible"), {"area": "r_1' OR 1=1 //"}).rows
        == ()
    )


def test_the_sentence_has_its_blanks_filled() -> None:
    question = KNOWN.question("01_who_is_responsible")
    assert question.sentence({"area": "{x} 檀香"}, "zh") == "{x} 檀香 的负责单位和人员"
    assert question.sentence({}, "en") == "Who is responsible for 〔area〕"


def test_keys_of_a_column() -> None:
    assert [as_keys(v) for v in (None, "u_1", ["u_1", None])] == [(), ("u_1",), ("u_1",)]


GOOD = """
title = { zh = "谁负责 {area}", en = "Who for {area}" }
[params.area]
zh = "地方"
en = "place"
labels = ["ResidentialArea"]
[columns]
who = { zh = "谁", en = "Who", show = "node" }
[cypher]
text = "MATCH (a:ResidentialArea {key: $area})<--(u:Unit) RETURN u.key AS who, [u.key] AS keys ORDER BY who"
"""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("title =", "titel =", "title"),
        ('en = "Who for {area}"', 'en = "Who for"', "title"),
        ('en = "place"', 'en = " "', "params.area"),
        ('["ResidentialArea"]', '["Member"]', "params.area.labels"),
        ('["ResidentialArea"]', "[]", "params.area.labels"),
        ('labels = ["ResidentialArea"]', 'term = "Unit.name"', "params.area.term"),
        ('show = "node"', 'show = "graph"', "columns.who.show"),
        ("AS keys", "AS kees", "cypher.text"),
        ("u.key AS who", "u.name AS who", "cypher.text"),
        ("u.key AS who", "u.key AS whom", "cypher.text"),
        ("$area", "'r_1'", "cypher.text"),
        ("[params.area]", "[params.area", "TOML"),
        ("[params.area]", 'theme = "weather"\n[params.area]', "theme"),
        ("[params.area]", 'words = "who"\n[params.area]', "words"),
    ],
)
def test_a_fault_in_a_file_is_named(old, new, named) -> None:
    assert parse_question("x", GOOD).id == "x"
    with pytest.raises(InputError, match=re.escape(named)) as fault:
        parse_question("x", GOOD.replace(old, new, 1), own=False)
    assert "x.toml" in fault.value.text.zh


def test_a_site_has_questions_of_its_own(tmp_path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "99_own.toml").write_text(GOOD, "utf-8")
    (tmp_path / "questions" / "98_bad.toml").write_bytes(b"\xff")
    known = here(tmp_path)
    assert known.questions[-1].id == "99_own"
    assert ["98_bad" in f.text.en for f in known.faults] == [True]
    with pytest.raises(InputError):
        known.question("no such")
