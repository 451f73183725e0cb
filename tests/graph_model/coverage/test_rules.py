"""Every rule: the smallest graph of each of its answers, and random graphs against plain Python."""

from __future__ import annotations

import re

import pytest

from graph_model.coverage.catalogue import Rule, months
from graph_model.coverage.evaluate import figure
from graph_model.coverage.measures import count_totals, rates
from graph_model.coverage.rate_texts import rate_values, shared_text
from graph_model.coverage.rule_validation import ALWAYS
from graph_model.graph import Graph, Node, Scalar
from graph_model.schema import EDGE_TYPES, NODE_TYPES
from graph_model.schema.stored_properties import SEARCH_PROPERTY, SOUND_PROPERTY
from graph_model.store.store import Store
from loaders.reconcile.control_totals import computed_totals
from tests.support import oracle, oracle_areas, oracle_members, oracle_rest
from tests.support.graphs import enrolled, fill, graph, node, random_graph, staff, tie
from tests.support.rule_rows import CATALOGUE, NOW, PROFILE, RULES, reasons, rows

PLAIN = {**oracle.RULES, **oracle_rest.RULES, **oracle_members.RULES, **oracle_areas.RULES}


COMPANY: dict[str, Scalar] = {"kind": "property_company", "status": "operating"}


def company(key: str, **properties: str) -> Node:
    return node(key, kind="property_company", **{"status": "operating", **properties})


def unit(key: str, **properties: str) -> Node:
    return node(key, **{"status": "operating", **properties})


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
    made = set(re.findall(r"[{,]\s*(\w+):", without_texts))
    assert properties <= known | made | {"key", SEARCH_PROPERTY, SOUND_PROPERTY}


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
    own = rule.cypher
    for shared in (shared_text("reach"), shared_text("units")):
        own = own.removeprefix(shared)
    given = set(re.findall(r"(?:THEN|ELSE) '(\w+)'", own)) - {"gap", "ok", "unknown"}
    declared = set(rule.reasons) - {"unknown"}
    assert given == declared


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.id)
def test_the_parameters_of_a_rule_are_those_that_its_text_uses(rule: Rule) -> None:
    used = set(re.findall(r"\$(\w+)", rule.cypher))
    assert used | {"now"} == set(rule.parameters(PROFILE, NOW)) | {"now"}


# ---- every rule alike


def test_an_empty_store_has_no_subjects(store: Store) -> None:
    for rule in RULES.values():
        answer = figure(store, rule, PROFILE, NOW)
        assert (answer.population, answer.gaps, answer.unknown, answer.failed) == (0, 0, 0, None), rule.id
        assert rows(store, rule) == []
        assert store.ask(rule.keys_text(), {**rule.parameters(PROFILE, NOW), "limit": 9}).rows == ()


# the last ones together reach every reason of every rule, as a test below makes sure
SEEDS = [(seed, most) for most in (1, 3, 8) for seed in range(3)] + [
    (seed, 20) for seed in (3, 12, 16, 18, 26, 30, 43, 78, 100, 101, 156, 247)
]


@pytest.mark.parametrize(("seed", "most"), SEEDS)
def test_rules_totals_and_rates_are_as_plain_python_counts_them(store: Store, seed: int, most: int) -> None:
    drawn = random_graph(seed, most)
    fill(store, drawn)
    assert count_totals(store) == oracle.totals(drawn) == computed_totals(drawn)
    assert {
        r.id: (r.numerator, r.denominator, r.unknown, r.closed) for r in rates(store, PROFILE, NOW)
    } == oracle.rates(drawn, months(NOW), **rate_values(PROFILE))
    for rule in RULES.values():
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
    for rule in RULES.values():
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
    asked = {"trade_union": False, "youth_league": False}
    assert reasons(store, "no_work_coverage", node("u_1", **COMPANY, **asked)) == {"u_1": "gap nothing"}
    assert rows(store, RULES["no_work_coverage"]) == [
        {
            "key": "u_1",
            "name": "u_1",
            "status": "gap",
            "reason": "nothing",
            "members": 0,
            "branches": 0,
            "posts": 0,
            "mass": False,
            "meetings": 0,
            "pairs": 0,
        }
    ]


def test_any_one_thing_of_the_guidance_reaches_a_company(store: Store) -> None:
    keys = ("own", "joint", "post", "managed", "stands", "union", "league")
    found = reasons(
        store,
        "no_work_coverage",
        *(company(f"u_{k}") for k in keys[:5]),
        node("u_union", **COMPANY, trade_union=True, youth_league=False),
        node("u_league", **COMPANY, youth_league=True),
        node("b_1"),
        tie("b_1 ORGANISED_IN u_own"),
        node("b_2"),
        tie("b_2 ORGANISED_IN u_joint"),
        tie("b_2 ORGANISED_IN u_own"),
        node("l_1"),
        tie("l_1 POSTED_TO u_post"),
        node("l_2"),
        node("c_1"),
        tie("l_2 POSTED_TO c_1"),
        tie("u_managed MANAGES c_1"),
        tie("u_stands LOCATED_IN c_1"),
    )
    assert found == {f"u_{k}": "ok" for k in keys}


def test_meetings_pairs_and_members_are_other_contact_and_only_while_fresh(store: Store) -> None:
    keys = (
        "member",
        "met",
        "met_old",
        "met_undated",
        "pair",
        "pair_old",
        "active",
        "idle",
        "dim",
        "league_unasked",
    )
    found = reasons(
        store,
        "no_work_coverage",
        *(node(f"u_{k}", **COMPANY, trade_union=False, youth_league=False) for k in keys[:-1]),
        node("u_league_unasked", **COMPANY, trade_union=False),
        staff("u_member", probationary=1),
        node("j_1", held="2006-07"),
        tie("j_1 ATTENDED_BY u_met"),
        node("j_2", held="2006-06-30"),
        tie("j_2 ATTENDED_BY u_met_old"),
        node("j_3", held="2006"),
        tie("j_3 ATTENDED_BY u_met_undated"),
        node("p_1", last_contact="2006-07"),
        tie("p_1 PARTNER u_pair"),
        node("p_2", last_contact="2006-06"),
        tie("p_2 PARTNER u_pair_old"),
        # activities of the pair are contact: the later of both counts, as in the rule stale_pair
        node("p_active", last_contact="2006-01"),
        node("p_idle"),
        node("p_dim"),
        *(tie(f"p_{k} PARTNER u_{k}") for k in ("active", "idle", "dim")),
        node("a_old", held="2006-06-30"),
        node("a_new", held="2006-07-01"),
        node("a_dim", held="2006"),
        *(
            tie(f"a_{a} HELD_BY p_{p}")
            for a, p in (("old", "active"), ("new", "active"), ("old", "idle"), ("dim", "dim"))
        ),
        # one of the company's own, and one that it only took part in, are no contact of a pair
        node("a_own", held="2006-10"),
        tie("a_own HELD_BY u_idle"),
    )
    assert found == {
        "u_member": "gap contact_only",
        "u_met": "gap contact_only",
        "u_met_old": "gap nothing",
        "u_met_undated": "gap nothing",
        "u_pair": "gap contact_only",
        "u_pair_old": "gap nothing",
        "u_active": "gap contact_only",
        "u_idle": "gap nothing",
        "u_dim": "gap nothing",
        "u_league_unasked": "gap not_asked",
    }
    figures = {r.id: r.numerator for r in rates(store, PROFILE, NOW)}
    assert (figures["work"], figures["contact"]) == (0, 4)
    stale = {r["key"]: r["status"] for r in rows(store, RULES["stale_pair"])}
    live = {k: "ok" if k in ("p_1", "p_active") else "unknown" if k == "p_dim" else "gap" for k in stale}
    assert stale == live


def test_a_dissolved_branch_reaches_nobody(store: Store) -> None:
    things = (company("u_1"), node("b_1", dissolved="2005-03"), tie("b_1 ORGANISED_IN u_1"))
    assert reasons(store, "no_work_coverage", *things) == {"u_1": "gap not_asked"}


def test_a_liaison_posted_to_a_company_and_to_its_area_is_one_liaison(store: Store) -> None:
    things = (company("u_1"), node("l_1"), node("c_1"), tie("u_1 MANAGES c_1"), tie("u_1 LOCATED_IN c_1"))
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


def test_the_rates_of_a_small_field(store: Store) -> None:
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
    found = {r.id: (r.numerator, r.denominator, r.unknown, r.closed) for r in rates(store, PROFILE, NOW)}
    assert found == {
        "organisation": (2, 4, 1, 2),
        "independent": (1, 4, 1, 2),
        "due": (0, 0, 0, 0),
        "work": (3, 4, 1, 2),
        "contact": (0, 4, 1, 2),
    }


def test_an_empty_field_has_rates_of_nothing(store: Store) -> None:
    fill(store, Graph.of())
    assert [(r.numerator, r.denominator, r.share) for r in rates(store, PROFILE, NOW)] == [(0, 0, None)] * 5


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
