"""Every rule: the smallest graph of each of its answers, and random graphs against plain Python."""

from __future__ import annotations

import re
from typing import Any

import pytest

from graph_model.coverage.catalogue import Rule, read_catalogue
from graph_model.coverage.evaluate import figure, subjects
from graph_model.coverage.measures import count_totals, rates
from graph_model.coverage.rule_validation import ALWAYS
from graph_model.graph import Edge, Graph, Node
from graph_model.profile import read_profile
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from graph_model.schema.stored_properties import SEARCH_PROPERTY, SOUND_PROPERTY
from graph_model.store.store import Store
from loaders.reconcile.control_totals import computed_totals
from tests.support import oracle, oracle_areas, oracle_rest
from tests.support.graphs import enrolled, fill, graph, node, random_graph, staff, tie

NOW = "2006-10"
CATALOGUE = read_catalogue()
PROFILE = read_profile()
RULES = {rule.id: rule for rule in CATALOGUE.rules}
PLAIN = {**oracle.RULES, **oracle_rest.RULES, **oracle_areas.RULES}
Row = dict[str, Any]


def rows(store: Store, rule: Rule) -> list[Row]:
    """A rule's rows of every status, by key."""
    found: list[Row] = []
    for status in ("gap", "ok", "unknown"):
        found += subjects(store, rule, PROFILE, NOW, status=status)
    return sorted(found, key=lambda r: str(r["key"]))


def company(key: str, **properties: str) -> Node:
    return node(key, kind="property_company", **{"status": "operating", **properties})


def unit(key: str, **properties: str) -> Node:
    return node(key, **{"status": "operating", **properties})


def reasons(store: Store, rule: str, *things: Node | Edge | tuple[Node | Edge, ...]) -> dict[str, str]:
    """{key: "status reason"} of a rule's rows on a small graph."""
    fill(store, graph(*things))
    return {r["key"]: f"{r['status']} {r['reason']}".strip() for r in rows(store, RULES[rule])}


# ---- the texts


def test_no_rule_file_is_faulty() -> None:
    assert CATALOGUE.faults == ()


def test_each_rule_has_its_plain_python_twin() -> None:
    assert set(RULES) == set(PLAIN)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.id)
def test_a_rule_names_only_what_the_schema_has(rule: Rule) -> None:
    without_texts = re.sub(r"'[^']*'", "''", rule.cypher)
    names = {
        n for group in re.findall(r"(?<![{\w]):([A-Za-z_|]+)", without_texts) for n in group.split("|")
    }
    properties = set(re.findall(r"\b[a-z]\.(\w+)", without_texts))
    known = {p.name for t in (*NODE_TYPES.values(), *EDGE_TYPES.values()) for p in t.properties}
    assert names <= set(NODE_TYPES) | set(EDGE_TYPES)
    assert properties <= known | {"key", SEARCH_PROPERTY, SOUND_PROPERTY}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.id)
def test_a_rule_compares_terms_only_with_those_of_the_schema(rule: Rule) -> None:
    terms = {t.value for n in NODE_TYPES.values() for p in n.properties for t in p.terms}
    compared = re.findall(
        r"(?:kind|status|standing|ownership|role|gender)(?: =| <>|:) '(\w+)'", rule.cypher
    )
    compared += re.findall(r"'(\w+)'", " ".join(re.findall(r"kind IN \[(.*?)\]", rule.cypher)))
    # 'status' is also what a rule calls its result
    assert set(compared) <= terms | {"gap", "ok", "unknown"}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.id)
def test_a_rule_gives_every_reason_that_its_text_can_return(rule: Rule) -> None:
    given = set(re.findall(r"(?:THEN|ELSE) '(\w+)'", rule.cypher)) - {"gap", "ok", "unknown"}
    declared = set(rule.reasons) - {"unknown"}
    assert given == declared


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.id)
def test_the_parameters_of_a_rule_are_those_that_its_text_uses(rule: Rule) -> None:
    used = set(re.findall(r"\$(\w+)", rule.cypher))
    assert used | {"now"} == set(rule.parameters(PROFILE, NOW)) | {"now"}


# ---- every rule alike


def test_an_empty_store_has_no_subjects(store: Store) -> None:
    for rule in CATALOGUE.rules:
        answer = figure(store, rule, PROFILE, NOW)
        assert (answer.population, answer.gaps, answer.unknown, answer.failed) == (0, 0, 0, None), rule.id
        assert rows(store, rule) == []
        assert store.ask(rule.keys_text(), {**rule.parameters(PROFILE, NOW), "limit": 9}).rows == ()


# the last ones together reach every reason of every rule, as a test below makes sure
SEEDS = [(seed, most) for most in (1, 3, 8) for seed in range(3)] + [
    (seed, 20) for seed in (5, 10, 21, 36, 39, 0)
]


@pytest.mark.parametrize(("seed", "most"), SEEDS)
def test_rules_totals_and_rates_are_as_plain_python_counts_them(store: Store, seed: int, most: int) -> None:
    drawn = random_graph(seed, most)
    fill(store, drawn)
    assert count_totals(store) == oracle.totals(drawn) == computed_totals(drawn)
    assert {r.id: (r.numerator, r.denominator, r.unknown, r.closed) for r in rates(store)} == oracle.rates(
        drawn
    )
    for rule in CATALOGUE.rules:
        expected = sorted(
            PLAIN[rule.id](oracle.Field(drawn), **rule.parameters(PROFILE, NOW)),
            key=lambda r: str(r["key"]),
        )
        found = rows(store, rule)
        assert found == expected, rule.id
        for row in found:
            assert tuple(row) == (*ALWAYS, *(c.name for c in rule.columns))
            assert bool(rule.explain(row, PROFILE, "zh")) == (row["status"] != "ok")
        statuses = [row["status"] for row in expected]
        answer = figure(store, rule, PROFILE, NOW)
        assert (answer.population, answer.gaps, answer.unknown, answer.failed) == (
            len(statuses),
            statuses.count("gap"),
            statuses.count("unknown"),
            None,
        )
        keys = store.ask(rule.keys_text(), {**rule.parameters(PROFILE, NOW), "limit": 10_000}).rows
        assert [r["key"] for r in keys] == sorted(r["key"] for r in expected if r["status"] == "gap")


def test_the_random_graphs_reach_every_answer() -> None:
    """Keeps the comparison honest: what is drawn has subjects of every status and reason of every rule."""
    drawn = [oracle.Field(random_graph(seed, most)) for seed, most in SEEDS]
    for rule in CATALOGUE.rules:
        parameters = rule.parameters(PROFILE, NOW)
        found = {r["reason"] for field in drawn for r in PLAIN[rule.id](field, **parameters)}
        assert found == {"", *rule.reasons}, rule.id


# ---- own branch due


def test_three_full_members_are_due_an_own_branch(store: Store) -> None:
    things = (unit("u_1"), staff("u_1", full=3))
    assert reasons(store, "own_branch_due", *things) == {"u_1": "gap due"}
    assert rows(store, RULES["own_branch_due"]) == [
        {
            "key": "u_1",
            "name": "u_1",
            "status": "gap",
            "reason": "due",
            "full": 3,
            "unclear": 0,
            "joint": False,
        }
    ]


def test_probationary_members_do_not_count(store: Store) -> None:
    things = (unit("u_1"), staff("u_1", full=2, probationary=5))
    assert reasons(store, "own_branch_due", *things) == {"u_1": "ok"}


def test_two_full_members_and_one_of_unknown_standing_is_unknown(store: Store) -> None:
    things = (unit("u_1"), staff("u_1", full=2, unclear=1))
    assert reasons(store, "own_branch_due", *things) == {"u_1": "unknown standing_unknown"}


def test_an_own_branch_settles_it_and_a_joint_or_a_dissolved_one_does_not(store: Store) -> None:
    found = reasons(
        store,
        "own_branch_due",
        *(unit(k) for k in ("u_own", "u_joint", "u_other", "u_gone")),
        *(staff(k, full=3) for k in ("u_own", "u_joint", "u_gone")),
        node("b_own"),
        tie("b_own ORGANISED_IN u_own"),
        node("b_joint"),
        tie("b_joint ORGANISED_IN u_joint"),
        tie("b_joint ORGANISED_IN u_other"),
        node("b_gone", dissolved="2004"),
        tie("b_gone ORGANISED_IN u_gone"),
    )
    assert found == {"u_own": "ok", "u_joint": "gap due", "u_gone": "gap due"}
    joint = {r["key"]: r["joint"] for r in rows(store, RULES["own_branch_due"])}
    assert joint == {"u_own": False, "u_joint": True, "u_gone": False}


def test_closed_and_shell_units_are_no_subjects_and_an_unknown_status_is_unknown(store: Store) -> None:
    found = reasons(
        store,
        "own_branch_due",
        unit("u_closed", status="closed"),
        unit("u_shell", status="shell"),
        node("u_blank"),
        *(staff(k, full=3) for k in ("u_closed", "u_shell", "u_blank")),
    )
    assert found == {"u_blank": "unknown status_unknown"}


def test_affiliation_alone_does_not_count_toward_the_three(store: Store) -> None:
    things = (unit("u_1"), staff("u_1", full=2), node("b_1"), enrolled("b_1", full=9))
    assert reasons(store, "own_branch_due", *things) == {"u_1": "ok"}


# ---- no work coverage


def test_a_company_that_nothing_reaches_is_a_gap(store: Store) -> None:
    assert reasons(store, "no_work_coverage", company("u_1")) == {"u_1": "gap nothing"}
    assert rows(store, RULES["no_work_coverage"]) == [
        {
            "key": "u_1",
            "name": "u_1",
            "status": "gap",
            "reason": "nothing",
            "members": 0,
            "branches": 0,
            "posts": 0,
            "meetings": 0,
            "pairs": 0,
        }
    ]


def test_any_one_thing_reaches_a_company(store: Store) -> None:
    keys = ("member", "branch", "post", "area", "meeting", "pair")
    found = reasons(
        store,
        "no_work_coverage",
        *(company(f"u_{k}") for k in keys),
        staff("u_member", probationary=1),
        node("b_1"),
        tie("b_1 ORGANISED_IN u_branch"),
        node("l_1"),
        tie("l_1 POSTED_TO u_post"),
        node("l_2"),
        node("c_1"),
        tie("l_2 POSTED_TO c_1"),
        tie("u_area MANAGES c_1"),
        node("j_1"),
        tie("j_1 ATTENDED_BY u_meeting"),
        node("p_1"),
        tie("p_1 PARTNER u_pair"),
    )
    assert found == {f"u_{k}": "ok" for k in keys}


def test_a_dissolved_branch_reaches_nobody(store: Store) -> None:
    things = (company("u_1"), node("b_1", dissolved="2005-03"), tie("b_1 ORGANISED_IN u_1"))
    assert reasons(store, "no_work_coverage", *things) == {"u_1": "gap nothing"}


def test_a_liaison_posted_to_a_company_and_to_its_area_is_one_liaison(store: Store) -> None:
    things = (company("u_1"), node("l_1"), node("c_1"), tie("u_1 MANAGES c_1"))
    reasons(store, "no_work_coverage", *things, tie("l_1 POSTED_TO u_1"), tie("l_1 POSTED_TO c_1"))
    assert [r["posts"] for r in rows(store, RULES["no_work_coverage"])] == [1]


def test_only_companies_that_may_operate_are_asked_about_work_coverage(store: Store) -> None:
    found = reasons(
        store,
        "no_work_coverage",
        node("u_blank", kind="property_company"),
        company("u_shell", status="shell"),
        company("u_closed", status="closed"),
        node("u_other", kind="economic_company", status="operating"),
    )
    assert found == {"u_blank": "unknown status_unknown"}


# ---- leadership


def test_a_branch_needs_a_secretary(store: Store) -> None:
    things = (node("b_1"), node("b_2"), node("m_1"), tie("m_1 SECRETARY_OF b_2"))
    assert reasons(store, "branch_leadership", *things) == {"b_1": "gap no_secretary", "b_2": "ok"}


def test_seven_full_members_need_a_committee_and_six_do_not(store: Store) -> None:
    found = reasons(
        store,
        "branch_leadership",
        node("m_1"),
        *(node(f"b_{k}") for k in ("6", "7", "has", "neither", "perhaps", "never")),
        *(tie(f"m_1 SECRETARY_OF b_{k}") for k in ("6", "7", "has", "perhaps", "never")),
        enrolled("b_6", full=6, probationary=4),
        enrolled("b_7", full=7),
        enrolled("b_has", full=7),
        tie("m_1 COMMITTEE_MEMBER_OF b_has"),
        enrolled("b_neither", full=7),
        enrolled("b_perhaps", full=6, unclear=1),
        enrolled("b_never", full=5, unclear=1),
    )
    assert found == {
        "b_6": "ok",
        "b_7": "gap no_committee",
        "b_has": "ok",
        "b_neither": "gap neither",
        "b_perhaps": "unknown standing_unknown",
        "b_never": "ok",
    }


def test_outside_and_dissolved_branches_are_not_asked_for_leaders(store: Store) -> None:
    things = (node("b_1", kind="outside"), node("b_2", dissolved="2006-01"))
    assert reasons(store, "branch_leadership", *things) == {}


# ---- terms (now: October 2006)


@pytest.mark.parametrize(
    ("ends", "expected", "months"),
    [
        ("2005-12", "gap ended", -10),
        ("2006-10", "gap ended", 0),
        ("2006-10-31", "gap ended", 0),
        ("2006-11", "gap ending", 1),
        ("2007-04", "gap ending", 6),
        ("2007-05", "ok", 7),
    ],
)
def test_a_stated_end_of_term(store: Store, ends: str, expected: str, months: int) -> None:
    assert reasons(store, "term_ending", node("b_1", term_ends=ends)) == {"b_1": expected}
    (row,) = rows(store, RULES["term_ending"])
    assert (row["ends"], row["months"]) == (ends[:7], months)


@pytest.mark.parametrize(
    ("kind", "elected", "expected", "ends"),
    [
        ("independent", "2003-10", "gap ended", "2006-10"),
        ("joint", "2004-04", "gap ending", "2007-04"),
        ("commercial", "2004-05", "ok", "2007-05"),
        ("residential", "2001-12", "gap ending", "2006-12"),
        ("residential", "2003-12-05", "ok", "2008-12"),
    ],
)
def test_a_term_is_of_three_years_and_of_five_for_a_residential_branch(
    store: Store, kind: str, elected: str, expected: str, ends: str
) -> None:
    assert reasons(store, "term_ending", node("b_1", kind=kind, elected=elected)) == {"b_1": expected}
    assert [r["ends"] for r in rows(store, RULES["term_ending"])] == [ends]


def test_a_stated_end_goes_before_a_computed_one(store: Store) -> None:
    branch = node("b_1", kind="independent", elected="2001-01", term_ends="2008-01")
    assert reasons(store, "term_ending", branch) == {"b_1": "ok"}


def test_a_term_that_cannot_be_told_is_unknown(store: Store) -> None:
    found = reasons(
        store,
        "term_ending",
        node("b_blank", kind="joint", founded="1999-01"),
        node("b_year", kind="joint", elected="2001", term_ends="2004"),
        node("b_kind", elected="2001-01"),
    )
    assert found == {
        "b_blank": "unknown unknown",
        "b_year": "unknown unknown",
        "b_kind": "unknown kind_unknown",
    }


def test_a_year_of_the_end_gives_way_to_a_month_of_the_beginning(store: Store) -> None:
    branch = node("b_1", kind="joint", elected="2004-05", term_ends="2007")
    assert reasons(store, "term_ending", branch) == {"b_1": "ok"}


def test_temporary_outside_and_dissolved_branches_have_no_term(store: Store) -> None:
    things = (
        node("b_1", kind="temporary", term_ends="2001-01"),
        node("b_2", kind="outside", term_ends="2001-01"),
        node("b_3", kind="joint", term_ends="2001-01", dissolved="2002"),
    )
    assert reasons(store, "term_ending", *things) == {}


# ---- floating members


@pytest.mark.parametrize(
    ("since", "expected", "months"),
    [
        ("2006-04", "gap floating", 6),
        ("2006-04-30", "gap floating", 6),
        ("2006-05", "ok", 5),
        ("2007-01", "ok", -3),
        ("2001", "unknown unknown", None),
        (None, "unknown unknown", None),
    ],
)
def test_a_member_away_for_six_months_floats(
    store: Store, since: str | None, expected: str, months: int | None
) -> None:
    member = node("m_1", absent_since=since) if since else node("m_1")
    ends = (node("b_1", kind="outside"), node("u_1"))
    ties = (tie("m_1 AFFILIATED_WITH b_1"), tie("m_1 EMPLOYED_BY u_1"))
    assert reasons(store, "floating_member", member, *ends, *ties) == {"m_1": expected}
    (row,) = rows(store, RULES["floating_member"])
    assert (row["months"], row["home"], row["unit"]) == (months, ["b_1"], ["u_1"])


def test_who_belongs_here_does_not_float_and_who_only_lives_here_may(store: Store) -> None:
    found = reasons(
        store,
        "floating_member",
        node("b_here", kind="joint"),
        node("b_away", kind="outside"),
        node("u_1"),
        *(node(k, absent_since="2001-01") for k in ("m_here", "m_away", "m_none")),
        tie("m_here AFFILIATED_WITH b_here"),
        tie("m_here EMPLOYED_BY u_1"),
        tie("m_away AFFILIATED_WITH b_away"),
        tie("m_none EMPLOYED_BY u_1"),
    )
    assert found == {"m_away": "gap floating"}


# ---- trinity


def test_a_whole_trinity_is_in_order(store: Store) -> None:
    things = (
        node("r_1", residents_committee=True),
        node("b_1"),
        tie("b_1 LEADS r_1"),
        company("u_1"),
        tie("u_1 MANAGES r_1"),
    )
    assert reasons(store, "incomplete_trinity", *things) == {"r_1": "ok"}


def test_what_is_missing_of_a_trinity_is_named(store: Store) -> None:
    found = reasons(
        store,
        "incomplete_trinity",
        node("r_none", residents_committee=False),
        node("r_blank", households=9),
        node("r_gone", residents_committee=True),
        node("r_unsure"),
        node("b_gone", dissolved="2006"),
        tie("b_gone LEADS r_gone"),
        company("u_gone", status="closed"),
        tie("u_gone MANAGES r_gone"),
        node("u_other", kind="economic_company"),
        tie("u_other MANAGES r_none"),
        node("b_1"),
        tie("b_1 LEADS r_unsure"),
        node("u_1", kind="property_company"),
        tie("u_1 MANAGES r_unsure"),
    )
    assert found == {
        "r_none": "gap incomplete",
        "r_blank": "gap incomplete",
        "r_gone": "gap incomplete",
        "r_unsure": "unknown committee_unknown",
    }
    assert {r["key"]: r["missing"] for r in rows(store, RULES["incomplete_trinity"])} == {
        "r_none": ["branch", "committee", "company"],
        "r_blank": ["branch", "company"],
        "r_gone": ["branch", "company"],
        "r_unsure": [],
    }


# ---- co-building


def test_an_area_whose_branch_is_partner_in_no_pair(store: Store) -> None:
    found = reasons(
        store,
        "no_co_building_pair",
        *(node(f"r_{k}", households=9) for k in ("pair", "none", "bare", "gone")),
        node("b_pair"),
        tie("b_pair LEADS r_pair"),
        node("b_none"),
        tie("b_none LEADS r_none"),
        node("b_gone", dissolved="2001"),
        tie("b_gone LEADS r_gone"),
        node("p_1"),
        tie("p_1 PARTNER b_pair"),
        tie("p_1 PARTNER b_gone"),
    )
    assert found == {
        "r_pair": "ok",
        "r_none": "gap none",
        "r_bare": "gap no_branch",
        "r_gone": "gap no_branch",
    }


# ---- figures


def test_the_three_rates_of_a_small_field(store: Store) -> None:
    fill(
        store,
        graph(
            *(company(k) for k in ("u_own", "u_joint", "u_post", "u_none")),
            unit("u_other", kind="economic_company"),
            company("u_shell", status="shell"),
            company("u_closed", status="closed"),
            node("u_blank", kind="property_company"),
            node("b_1"),
            tie("b_1 ORGANISED_IN u_own"),
            node("b_2"),
            tie("b_2 ORGANISED_IN u_joint"),
            tie("b_2 ORGANISED_IN u_other"),
            node("b_3"),
            tie("b_3 ORGANISED_IN u_shell"),
            node("l_1"),
            tie("l_1 POSTED_TO u_post"),
        ),
    )
    found = {r.id: (r.numerator, r.denominator, r.unknown, r.closed) for r in rates(store)}
    assert found == {"organisation": (2, 4, 1, 2), "independent": (1, 4, 1, 2), "work": (3, 4, 1, 2)}


def test_an_empty_field_has_rates_of_nothing(store: Store) -> None:
    fill(store, Graph.of())
    assert [(r.numerator, r.denominator, r.share) for r in rates(store)] == [(0, 0, None)] * 3


# ---- literals of the other rules where plain Python and Cypher could share a wrong idea


def test_a_birth_month_is_the_same_whatever_the_day(store: Store) -> None:
    found = reasons(
        store,
        "look_alike_members",
        node("m_1", name="王明", born="1960-05"),
        node("m_2", name="王明", born="1960-05-12"),
        node("m_3", name="李明", born="1960-05"),
        node("m_4", name="李明", born="1960"),
        node("m_5", name="张明", born="1960-05"),
        node("m_6", name="张明", born="1960-06"),
        node("m_7", name="赵明"),
    )
    assert found == {
        "m_1": "gap alike",
        "m_2": "gap alike",
        "m_3": "unknown unknown",
        "m_4": "unknown unknown",
        "m_5": "ok",
        "m_6": "ok",
    }


@pytest.mark.parametrize(("units", "expected"), [(5, "ok"), (6, "gap too_many_units")])
def test_a_joint_branch_covers_five_units_at_most(store: Store, units: int, expected: str) -> None:
    things = [unit(f"u_{i}") for i in range(units)]
    ties = [tie(f"b_1 ORGANISED_IN u_{i}") for i in range(units)]
    found = reasons(store, "branch_size", node("b_1"), enrolled("b_1", full=3), *things, *ties)
    assert found == {"b_1": expected}


@pytest.mark.parametrize(
    ("full", "probationary", "unclear", "expected"),
    [
        (3, 0, 0, "ok"),
        (2, 9, 0, "gap too_small"),
        (2, 0, 1, "unknown standing_unknown"),
        (3, 47, 0, "ok"),
        (3, 48, 0, "gap too_large"),
    ],
)
def test_a_branch_has_three_full_members_and_at_most_fifty(
    store: Store, full: int, probationary: int, unclear: int, expected: str
) -> None:
    people = enrolled("b_1", full=full, probationary=probationary, unclear=unclear)
    assert reasons(store, "branch_size", node("b_1"), people) == {"b_1": expected}


@pytest.mark.parametrize(
    ("founded", "expected"),
    [("2006-04", "ok"), ("2006-03", "gap old"), ("2006", "unknown unknown"), ("2006-10", "ok")],
)
def test_a_temporary_branch_older_than_six_months_is_reviewed(
    store: Store, founded: str, expected: str
) -> None:
    branch = node("b_1", kind="temporary", founded=founded)
    assert reasons(store, "temporary_review", branch) == {"b_1": expected}


def test_two_affiliations_are_one_too_many(store: Store) -> None:
    found = reasons(
        store,
        "member_ties",
        *(node(k) for k in ("m_none", "m_one", "m_two", "b_1", "b_2")),
        tie("m_one AFFILIATED_WITH b_1"),
        tie("m_two AFFILIATED_WITH b_1"),
        tie("m_two AFFILIATED_WITH b_2"),
    )
    assert found == {"m_none": "gap none", "m_one": "ok", "m_two": "gap several"}
