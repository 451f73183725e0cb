"""The rules on units, areas, meetings, pairs and instructors: each answer on one small graph, with literals."""

from __future__ import annotations

from typing import Any

from graph_model.coverage.catalogue import read_catalogue
from graph_model.coverage.evaluate import subjects
from graph_model.graph import Edge, Node
from graph_model.profile import read_profile
from graph_model.store.store import Store
from tests.support.graphs import fill, graph, node, staff, tie

NOW = "2006-10"
PROFILE = read_profile()
RULES = {rule.id: rule for rule in read_catalogue().every}


def rows(store: Store, rule: str) -> dict[str, dict[str, Any]]:
    """A rule's rows of every status, by key."""
    found = [
        r for s in ("gap", "ok", "unknown") for r in subjects(store, RULES[rule], PROFILE, NOW, status=s)
    ]
    return {r["key"]: r for r in found}


def told(store: Store, rule: str, *things: Node | Edge | tuple[Node | Edge, ...]) -> dict[str, str]:
    """{key: "status reason"} of a rule's rows on a small graph."""
    if things:
        fill(store, graph(*things))
    return {key: f"{r['status']} {r['reason']}".strip() for key, r in rows(store, rule).items()}


def small(key: str, trade: str = "商业服务", *, full: int = 1, unclear: int = 0) -> tuple[Node | Edge, ...]:
    """An operating unit with so many members."""
    unit = node(key, status="operating", trade=trade) if trade else node(key, status="operating")
    return (unit, *staff(key, full=full, unclear=unclear))


def company(key: str, **properties: Any) -> Node:
    return node(key, kind="property_company", **{"status": "operating", **properties})


# ---- joint branches


def test_units_that_manage_nothing_are_found_by_where_they_stand(store: Store) -> None:
    found = told(
        store,
        "joint_branch_candidate",
        *(node(k) for k in ("c_here", "r_beside", "r_far")),
        tie("r_beside ADJACENT_TO c_here"),
        tie("r_beside ADJACENT_TO r_far"),
        *(small(f"u_{k}") for k in ("a", "b", "c", "far")),
        small("u_two", "社区服务", full=2),
        small("u_trade", "餐饮业"),
        small("u_due", full=3),
        small("u_perhaps", full=2, unclear=1),
        small("u_has", full=2),
        node("u_blank"),
        staff("u_blank", full=2),
        small("u_nowhere"),
        small("u_doubt", full=0, unclear=1),
        node("u_new", status="operating"),
        staff("u_new", probationary=2),
        node("b_1"),
        tie("b_1 ORGANISED_IN u_has"),
        tie("u_a MANAGES c_here"),
        *(tie(f"u_{k} LOCATED_IN c_here") for k in ("b", "due", "perhaps", "has", "trade", "blank")),
        tie("u_two LOCATED_IN c_here"),
        tie("u_c LOCATED_IN r_beside"),
        tie("u_far LOCATED_IN r_far"),
    )
    assert found == {
        "u_a": "gap candidate",
        "u_b": "gap candidate",
        "u_c": "gap candidate",
        "u_two": "gap candidate",
        # one further away: only u_c is beside it, and the two of them have two full members
        "u_far": "unknown no_partner",
        "u_trade": "unknown no_partner",
        "u_perhaps": "unknown standing_unknown",
        "u_doubt": "unknown standing_unknown",
        "u_has": "ok",
        "u_blank": "unknown status_unknown",
        "u_nowhere": "unknown place_unknown",
    }
    # a unit that is due a branch of its own, or has one, or may be closed, is nobody's partner; the near ones first
    kept = {k: (r["neighbours"], r["together"]) for k, r in rows(store, "joint_branch_candidate").items()}
    assert kept["u_a"] == (["u_b(1)", "u_two(2)", "u_c(1)"], 5)
    assert kept["u_c"] == (["u_a(1)", "u_b(1)", "u_far(1)", "u_two(2)"], 6)
    assert kept["u_far"] == (["u_c(1)"], 2)
    assert kept["u_trade"] == ([], 1)


def test_a_joint_branch_is_proposed_for_five_units_at_most_and_an_empty_trade_goes_with_any(
    store: Store,
) -> None:
    names = [f"u_{n}" for n in range(8)]
    things = (*(small(name, "") for name in names), small("u_z", "餐饮业"))
    places = [tie(f"{name} LOCATED_IN r_1") for name in (*names, "u_z")]
    assert set(told(store, "joint_branch_candidate", node("r_1"), *things, *places).values()) == {
        "gap candidate"
    }
    found = rows(store, "joint_branch_candidate")
    assert found["u_0"]["neighbours"] == ["u_1(1)", "u_2(1)", "u_3(1)", "u_4(1)"]
    assert found["u_z"]["neighbours"] == ["u_0(1)", "u_1(1)", "u_2(1)", "u_3(1)"]
    assert {r["together"] for r in found.values()} == {5}


# ---- areas


def test_an_area_of_which_only_the_name_is_known_is_no_gap(store: Store) -> None:
    things = (
        node("r_named"),
        node("c_named"),
        node("u_1"),
        node("u_2"),
        tie("u_1 LOCATED_IN r_named"),
        tie("u_2 LOCATED_IN c_named"),
        node("r_bare", households=9),
        node("r_part"),
        node("c_bare", tenants=9),
        node("s_1"),
        tie("r_part PART_OF s_1"),
    )
    assert told(store, "area_without_branch", *things) == {
        "r_named": "unknown only_named",
        "r_bare": "gap none",
        "r_part": "gap none",
    }
    assert told(store, "uncovered_commercial") == {"c_named": "unknown only_named", "c_bare": "gap none"}
    assert told(store, "area_without_company") == {"r_bare": "gap none", "r_part": "gap none"}
    assert told(store, "no_joint_meeting") == {"r_bare": "gap never", "r_part": "gap never"}
    assert told(store, "no_co_building_pair") == {"r_bare": "gap no_branch", "r_part": "gap no_branch"}
    assert told(store, "incomplete_trinity") == {"r_bare": "gap incomplete", "r_part": "gap incomplete"}


def area(key: str, *, owners: bool = True) -> tuple[Node | Edge, ...]:
    """An area with residents' committee, branch and property company."""
    name = key.removeprefix("r_")
    return (
        node(key, residents_committee=True, owners_committee=owners),
        node(f"b_{name}", kind="residential"),
        company(f"u_{name}"),
        tie(f"b_{name} LEADS {key}"),
        tie(f"u_{name} MANAGES {key}"),
    )


def meeting(
    key: str, held: str, where: str, *guests: str, committee: bool | None = True, owners: bool | None = True
) -> tuple[Node | Edge, ...]:
    said = {"residents_committee": committee, "owners_committee": owners, "held": held}
    known = {name: value for name, value in said.items() if value is not None}
    return (
        node(key, **known),
        tie(f"{key} HELD_IN {where}"),
        *(tie(f"{key} ATTENDED_BY {guest}") for guest in guests),
    )


def test_who_exists_but_did_not_come_of_late_is_told_apart_from_who_does_not_exist(store: Store) -> None:
    things = (
        area("r_all"),
        meeting("j_1", "2006-09", "r_all", "b_all", "u_all"),
        area("r_away"),
        meeting("j_2", "2006-09", "r_away", "b_away", owners=False),
        area("r_once"),
        meeting("j_3", "2006-09", "r_once", "u_once", committee=False),
        meeting("j_4", "2006-05", "r_once", "b_once", committee=True),
        area("r_old"),
        meeting("j_5", "2006-03", "r_old", "u_old", committee=False),
        area("r_blank", owners=False),
        meeting("j_6", "2006-09", "r_blank", committee=None, owners=False),
        area("r_branch"),
        node("b_of_company"),
        tie("b_of_company ORGANISED_IN u_branch"),
        meeting("j_7", "2006-09", "r_branch", "b_branch", "b_of_company"),
        node("r_none", residents_committee=False),
    )
    assert told(store, "incomplete_trinity", *things) == {
        "r_all": "ok",
        "r_away": "gap not_attending",
        "r_once": "ok",
        "r_old": "ok",
        "r_blank": "ok",
        "r_branch": "ok",
        "r_none": "gap incomplete",
    }
    kept = rows(store, "incomplete_trinity")
    assert (kept["r_away"]["missing"], kept["r_away"]["absent"]) == ([], ["company", "owners"])
    assert (kept["r_none"]["missing"], kept["r_none"]["absent"]) == (["branch", "committee", "company"], [])
    # the same meetings one by one; where an area has no owners' committee, nobody misses it
    assert told(store, "meeting_without_party") == {
        "j_1": "ok",
        "j_2": "gap absent",
        "j_3": "gap absent",
        "j_4": "gap absent",
        "j_5": "gap absent",
        "j_6": "unknown unknown",
        "j_7": "ok",
    }
    absent = {k: r["absent"] for k, r in rows(store, "meeting_without_party").items()}
    assert (absent["j_2"], absent["j_3"]) == (["company", "owners"], ["branch", "committee"])


def test_a_meeting_of_more_than_a_year_ago_or_in_a_commercial_area_is_not_looked_at(store: Store) -> None:
    old = meeting("j_old", "2005-09", "r_1", "u_1")
    shop = (node("c_1"), *meeting("j_shop", "2006-09", "c_1", "u_1"))
    assert told(store, "meeting_without_party", area("r_1"), old, shop) == {}


def test_half_of_an_owners_committee_are_members(store: Store) -> None:
    def committee(key: str, **said: Any) -> Node:
        numbers = {f"owners_committee_{name}": value for name, value in said.items()}
        return node(key, owners_committee=True, **numbers)

    found = told(
        store,
        "owners_committee_share",
        committee("r_half", members=6, party=3),
        committee("r_low", members=7, party=3),
        committee("r_blank", members=7),
        committee("r_zero", members=0, party=0),
        node("r_no", owners_committee=False, owners_committee_members=7, owners_committee_party=0),
        node("r_told", owners_committee_members=4, owners_committee_party=1),
    )
    assert found == {
        "r_half": "ok",
        "r_low": "gap low",
        "r_blank": "unknown unknown",
        "r_zero": "unknown unknown",
        "r_told": "gap low",
    }


# ---- companies and residential areas


def test_a_company_that_is_exempt_owes_neither_dual_management_nor_representatives(store: Store) -> None:
    things = (
        node("r_1"),
        *(company(f"u_{k}") for k in ("bound", "closed")),
        company("u_free", dual_exempt=True),
        company("u_said", dual_exempt=False),
        company("u_gone", status="closed"),
        *(tie(f"u_{k} MANAGES r_1") for k in ("bound", "free", "said", "gone")),
        *(staff(f"u_{k}", full=1) for k in ("bound", "free", "said", "gone")),
        *(node(f"b_{k}") for k in ("bound", "free", "said", "both")),
        *(tie(f"b_{k} ORGANISED_IN u_{k}") for k in ("bound", "free", "said")),
        tie("b_both ORGANISED_IN u_bound"),
        tie("b_both ORGANISED_IN u_free"),
    )
    assert told(store, "not_dual_managed", *things) == {
        "b_bound": "gap none",
        "b_free": "ok",
        "b_said": "gap none",
        "b_both": "gap none",
    }
    assert told(store, "no_representative") == {"u_bound": "gap none", "u_said": "gap none"}


def test_members_of_the_residential_branch_need_nobody_to_represent_them(store: Store) -> None:
    things = (
        node("r_1"),
        node("r_2"),
        node("b_1", kind="residential"),
        tie("b_1 LEADS r_1"),
        *(company(f"u_{k}") for k in ("home", "some", "other", "both")),
        *(tie(f"u_{k} MANAGES r_1") for k in ("home", "some", "other", "both")),
        tie("u_both MANAGES r_2"),
        *(node(f"m_{k}") for k in ("home", "some", "more", "other", "both")),
        *(tie(f"m_{k} EMPLOYED_BY u_{k}") for k in ("home", "some", "other", "both")),
        tie("m_more EMPLOYED_BY u_some"),
        *(tie(f"m_{k} AFFILIATED_WITH b_1") for k in ("home", "some", "both")),
        tie("m_other REPRESENTS r_1"),
    )
    assert told(store, "no_representative", *things) == {
        "u_home": "ok",
        "u_some": "gap none",
        "u_other": "ok",
        "u_both": "gap none",
    }
    assert rows(store, "no_representative")["u_both"]["missing"] == ["r_2"]


# ---- matters


def test_a_matter_is_late_by_its_own_date_and_only_without_one_by_the_usual_time(store: Store) -> None:
    def matter(key: str, **said: Any) -> tuple[Node | Edge, ...]:
        return (node(key, **said), tie(f"j_1 TOOK_UP {key}"))

    things = (
        node("j_1", held="2006-03"),
        matter("t_late", resolved=False, due="2006-09-30", responsible="物业公司"),
        matter("t_today", resolved=False, due="2006-10", responsible="物业公司"),
        matter("t_year", resolved=False, due="2007", responsible="物业公司"),
        matter("t_long", resolved=False),
        matter("t_who", resolved=False, responsible="居委会"),
        matter("t_when", resolved=False, due="2007-03"),
        matter("t_done", resolved=True, due="2006-04"),
        matter("t_blank", due="2006-04"),
    )
    assert told(store, "matter_unresolved", *things) == {
        "t_late": "gap overdue",
        "t_today": "ok",
        "t_year": "gap unresolved",
        "t_long": "gap unresolved",
        "t_who": "gap unresolved",
        "t_when": "ok",
        "t_done": "ok",
        "t_blank": "unknown unknown",
    }
    assert rows(store, "matter_unresolved")["t_late"]["late"] == 1
    assert told(store, "matter_unassigned") == {
        "t_late": "ok",
        "t_today": "ok",
        "t_year": "ok",
        "t_long": "gap neither",
        "t_who": "gap no_due",
        "t_when": "gap no_responsible",
        "t_blank": "gap no_responsible",
    }


# ---- pairs


def test_a_pair_with_a_school_or_an_office_is_a_pair(store: Store) -> None:
    things = (
        node("p_school"),
        node("p_one"),
        node("p_none"),
        node("u_school", kind="school"),
        node("u_office", kind="government"),
        tie("p_school PARTNER u_school"),
        tie("p_school PARTNER u_office"),
        tie("p_one PARTNER u_school"),
    )
    assert told(store, "one_sided_pair", *things) == {
        "p_school": "ok",
        "p_one": "gap one",
        "p_none": "gap one",
    }


def test_an_activity_of_a_pair_is_contact(store: Store) -> None:
    things = (
        node("p_fresh", last_contact="2006-01"),
        node("p_only"),
        node("p_older", last_contact="2006-02"),
        node("p_year", last_contact="2006"),
        node("p_blank"),
        node("a_new", held="2006-08-12"),
        node("a_old", held="2005-08"),
        tie("a_new HELD_BY p_fresh"),
        tie("a_new HELD_BY p_only"),
        tie("a_old HELD_BY p_older"),
    )
    assert told(store, "stale_pair", *things) == {
        "p_fresh": "ok",
        "p_only": "ok",
        "p_older": "gap stale",
        "p_year": "unknown unknown",
        "p_blank": "unknown unknown",
    }
    last = {k: (r["last"], r["months"]) for k, r in rows(store, "stale_pair").items()}
    assert last["p_fresh"] == ("2006-08-12", 2)
    assert last["p_older"] == ("2006-02", 8)
    assert last["p_year"] == ("2006", None)


# ---- instructors, and larger units


def test_an_instructor_has_three_units_at_most_and_a_visit_a_quarter(store: Store) -> None:
    things = (
        *(node(f"u_{n}") for n in range(4)),
        node("c_1"),
        node("l_four", role="instructor", last_visit="2006-06-30"),
        node("l_three", role="instructor", last_visit="2006-07"),
        node("l_says", role="instructor", units_served=5),
        node("l_liaison", role="liaison", units_served=9, last_visit="2001-01"),
        node("l_blank", units_served=4, last_visit="2006-01"),
        *(tie(f"l_four POSTED_TO u_{n}") for n in range(4)),
        *(tie(f"l_three POSTED_TO u_{n}") for n in range(3)),
        tie("l_three POSTED_TO c_1"),
        *(tie(f"l_{k} POSTED_TO c_1") for k in ("liaison", "blank")),
    )
    assert told(store, "instructor_overload", *things) == {
        "l_four": "gap posted",
        "l_three": "ok",
        "l_says": "gap declared",
        "l_blank": "unknown role_unknown",
    }
    # who is posted nowhere has nobody to visit
    assert told(store, "instructor_no_visit") == {
        "l_four": "gap old",
        "l_three": "ok",
        "l_blank": "unknown role_unknown",
    }
    fill(
        store,
        graph(node("l_1", role="instructor", last_visit="2006"), node("u_1"), tie("l_1 POSTED_TO u_1")),
    )
    assert told(store, "instructor_no_visit") == {"l_1": "unknown unknown"}


def test_larger_private_units_have_somebody_posted_or_a_branch_and_the_rule_is_off(store: Store) -> None:
    def unit(key: str, employees: int | None, **said: Any) -> Node:
        numbers = {} if employees is None else {"employees": employees}
        return node(key, **{"ownership": "private", "status": "operating", **numbers, **said})

    found = told(
        store,
        "larger_unit",
        unit("u_9", 9),
        unit("u_10", 10),
        unit("u_posted", 99),
        unit("u_area", 10),
        unit("u_joint", 99),
        unit("u_100", 100),
        unit("u_own", 100),
        unit("u_blank", None),
        unit("u_state", 500, ownership="state"),
        unit("u_society", 10, ownership="state", kind="social_organisation"),
        unit("u_closed", 500, status="closed"),
        node("u_unsure", ownership="private", employees=10),
        node("l_1"),
        node("c_1"),
        tie("l_1 POSTED_TO u_posted"),
        tie("l_1 POSTED_TO u_100"),
        tie("l_1 POSTED_TO c_1"),
        tie("u_area LOCATED_IN c_1"),
        node("b_own"),
        tie("b_own ORGANISED_IN u_own"),
        node("b_joint"),
        tie("b_joint ORGANISED_IN u_joint"),
        tie("b_joint ORGANISED_IN u_state"),
    )
    assert found == {
        "u_9": "ok",
        "u_10": "gap not_reached",
        "u_posted": "ok",
        "u_area": "ok",
        "u_joint": "ok",
        "u_100": "gap no_own_branch",
        "u_own": "ok",
        "u_blank": "unknown unknown",
        "u_society": "gap not_reached",
        "u_unsure": "unknown status_unknown",
    }
    assert not RULES["larger_unit"].on


# ---- texts


def test_what_is_practice_of_some_places_says_so() -> None:
    local = {
        "branch_in_many_pairs",
        "incomplete_trinity",
        "instructor_no_visit",
        "instructor_overload",
        "larger_unit",
        "matter_unassigned",
        "matter_unresolved",
        "meeting_without_party",
        "no_co_building_pair",
        "no_joint_meeting",
        "no_representative",
        "not_dual_managed",
        "owners_committee_share",
        "stale_pair",
        "uncovered_commercial",
        "unit_in_many_pairs",
    }
    assert {id_ for id_ in local if RULES[id_].local} == local
    assert {RULES[id_].source.zh for id_ in local} == {"地方做法"}  # type: ignore[union-attr]
    assert {RULES[id_].effective for id_ in local} == {""}
    asked = ("area_without_company", "look_alike_units", "one_sided_pair")
    assert {RULES[id_].nature for id_ in asked} == {"data"}
