"""The rules on branches and members: each lawful case once accused, and each gap, in one small graph a rule."""

from __future__ import annotations

from graph_model.graph import Edge, Node
from graph_model.store.store import Store
from tests.support.graphs import enrolled, node, tie
from tests.support.rule_rows import columns, reasons


def led(*branches: str) -> tuple[Node | Edge, ...]:
    """These branches with one secretary, who belongs to none of them."""
    return (node("m_head"), *(tie(f"m_head SECRETARY_OF {b}") for b in branches))


def units(branch: str, count: int) -> tuple[Node | Edge, ...]:
    """A branch's units, new ones."""
    keys = [f"{branch.replace('b_', 'u_')}{i}" for i in range(count)]
    return (*(node(k) for k in keys), *(tie(f"{branch} ORGANISED_IN {k}") for k in keys))


def members(target: str, **of: dict[str, str | bool]) -> tuple[Node | Edge, ...]:
    """Members with these properties, affiliated with a branch."""
    return (
        *(node(f"m_{k}", **said) for k, said in of.items()),
        *(tie(f"m_{k} AFFILIATED_WITH {target}") for k in of),
    )


# ---- branches


def test_who_lacks_a_secretary_or_a_committee(store: Store) -> None:
    found = reasons(
        store,
        "branch_leadership",
        *(node(f"b_{k}") for k in ("none", "6", "7", "has", "neither", "perhaps", "never", "deputy")),
        node("b_brief", kind="temporary"),
        node("b_brief_led", kind="temporary"),
        node("b_sent", secretary_appointed=True),
        node("b_total", level="general_branch"),
        node("b_group", level="group"),
        node("b_street", level="work_committee"),
        node("b_far", kind="outside"),
        node("b_gone", dissolved="2006-01"),
        led(*(f"b_{k}" for k in ("6", "7", "has", "perhaps", "never", "brief_led", "total"))),
        enrolled("b_6", full=6, probationary=4),
        enrolled("b_7", full=7),
        enrolled("b_has", full=7),
        tie("m_head COMMITTEE_MEMBER_OF b_has"),
        enrolled("b_neither", full=7),
        enrolled("b_perhaps", full=6, unclear=1),
        enrolled("b_never", full=5, unclear=1),
        # a temporary branch and a general branch of many members owe no committee of a branch
        enrolled("b_brief_led", full=9),
        enrolled("b_total", full=60),
        tie("m_head DEPUTY_SECRETARY_OF b_deputy"),
    )
    assert found == {
        "b_none": "gap no_secretary",
        "b_6": "ok",
        "b_7": "gap no_committee",
        "b_has": "ok",
        "b_neither": "gap neither",
        "b_perhaps": "unknown standing_unknown",
        "b_never": "ok",
        "b_deputy": "gap deputy_only",
        "b_brief": "gap not_appointed",
        "b_brief_led": "ok",
        "b_sent": "unknown name_unknown",
        "b_total": "ok",
    }


def test_a_branch_of_a_size_that_calls_for_a_change(store: Store) -> None:
    found = reasons(
        store,
        "branch_size",
        *(node(f"b_{k}") for k in ("3", "2", "unclear", "50", "51", "101", "far5", "far6")),
        node("b_park", kind="district"),
        *(node(f"b_{k}", kind=k) for k in ("temporary", "functional", "outside")),
        *(node(f"b_{k}", level=k) for k in ("committee", "group")),
        node("b_gone", dissolved="2005"),
        enrolled("b_3", full=3),
        enrolled("b_2", full=2, probationary=9),
        enrolled("b_unclear", full=2, unclear=1),
        enrolled("b_50", full=3, probationary=47),
        enrolled("b_51", full=51),
        enrolled("b_101", full=3, probationary=98),
        enrolled("b_committee", full=60),
        *(enrolled(f"b_{k}", full=3) for k in ("far5", "far6", "park")),
        units("b_far5", 5),
        units("b_far6", 6),
        # a branch of a park covers whom the park holds: the limit is one of joint branches
        units("b_park", 6),
    )
    assert found == {
        "b_3": "ok",
        "b_2": "gap too_small",
        "b_unclear": "unknown standing_unknown",
        "b_50": "ok",
        "b_51": "gap too_large",
        "b_101": "gap far_too_large",
        "b_far5": "ok",
        "b_far6": "gap too_many_units",
        "b_park": "ok",
    }


def test_a_deputy_secretary_sits_on_the_committee(store: Store) -> None:
    heads = [f"m_{i}" for i in range(8)]
    found = reasons(
        store,
        "committee_size",
        *(node(f"b_{k}") for k in ("two", "three", "eight")),
        node("b_brief", kind="temporary"),
        *(node(k) for k in heads),
        *(tie(f"m_0 SECRETARY_OF b_{k}") for k in ("two", "three", "eight", "brief")),
        *(tie(f"m_1 COMMITTEE_MEMBER_OF b_{k}") for k in ("two", "three", "eight", "brief")),
        tie("m_2 DEPUTY_SECRETARY_OF b_three"),
        *(tie(f"{k} COMMITTEE_MEMBER_OF b_eight") for k in heads[2:]),
    )
    assert found == {"b_two": "gap small", "b_three": "ok", "b_eight": "gap large"}


def test_an_appointed_secretary_may_belong_elsewhere(store: Store) -> None:
    found = reasons(
        store,
        "secretary_elsewhere",
        node("b_home"),
        node("b_sent", secretary_appointed=True),
        node("b_chosen", secretary_appointed=False),
        node("b_blank"),
        node("b_brief", kind="temporary"),
        node("m_1"),
        tie("m_1 AFFILIATED_WITH b_home"),
        *(tie(f"m_1 SECRETARY_OF b_{k}") for k in ("home", "sent", "chosen", "blank", "brief")),
    )
    assert found == {
        "b_home": "ok",
        "b_sent": "ok",
        "b_chosen": "gap elsewhere",
        "b_blank": "unknown appointment_unknown",
    }


def test_a_residential_branch_may_be_led_by_somebody_who_works_elsewhere(store: Store) -> None:
    found = reasons(
        store,
        "secretary_alone",
        node("b_alone", kind="joint"),
        node("b_with", kind="joint"),
        node("b_sent", kind="joint", secretary_appointed=True),
        node("b_area", kind="residential"),
        node("b_brief", kind="temporary"),
        node("b_blank"),
        node("u_1"),
        node("m_1"),
        node("m_2"),
        tie("m_1 EMPLOYED_BY u_1"),
        tie("m_2 EMPLOYED_BY u_1"),
        tie("m_2 AFFILIATED_WITH b_with"),
        *(tie(f"m_1 SECRETARY_OF b_{k}") for k in ("alone", "with", "sent", "area", "brief", "blank")),
    )
    assert found == {
        "b_alone": "gap alone",
        "b_with": "ok",
        "b_sent": "ok",
        "b_blank": "unknown kind_unknown",
    }


def test_who_holds_a_post_is_a_full_member_and_a_secretary_for_a_year(store: Store) -> None:
    young, full = {"standing": "probationary"}, {"standing": "full"}
    found = reasons(
        store,
        "post_holder_standing",
        *(node(f"b_{k}") for k in ("young", "seat", "11", "12", "23", "24", "undated", "rank")),
        node("b_brief", kind="temporary"),
        node("m_young", **young),
        node("m_11", **full, converted="2005-11"),
        node("m_12", **full, converted="2005-10", joined="1999-01"),
        # without the date of conversion: a year on probation is taken off
        node("m_23", **full, joined="2004-11"),
        node("m_24", **full, joined="2004-10"),
        node("m_undated", **full, joined="2004"),
        node("m_rank", joined="1990-01"),
        *(tie(f"m_{k} SECRETARY_OF b_{k}") for k in ("young", "11", "12", "23", "24", "undated", "rank")),
        tie("m_12 SECRETARY_OF b_seat"),
        tie("m_young COMMITTEE_MEMBER_OF b_seat"),
        tie("m_11 COMMITTEE_MEMBER_OF b_12"),
        tie("m_young SECRETARY_OF b_brief"),
    )
    assert found == {
        "b_young": "gap probationary",
        "b_seat": "gap probationary",
        "b_11": "gap recent",
        "b_12": "ok",
        "b_23": "gap recent",
        "b_24": "ok",
        "b_undated": "unknown unknown",
        "b_rank": "unknown unknown",
    }
    said = columns(store, "post_holder_standing", "probationary", "recent", "undated")
    assert said["b_seat"] == (["m_young"], [], [])
    assert said["b_23"] == ([], ["m_23"], [])
    assert said["b_rank"] == ([], [], ["m_rank"])


def test_a_temporary_branch_is_looked_at_again(store: Store) -> None:
    brief = {"2006-04": "6", "2006-03": "7", "2006": "year", "2006-10": "new"}
    found = reasons(
        store,
        "temporary_review",
        *(node(f"b_{k}", kind="temporary", founded=when) for when, k in brief.items()),
        node("b_moved", kind="temporary", founded="2006-10"),
        enrolled("b_moved", full=1),
        node("b_joint", kind="joint", founded="1999-01"),
    )
    assert found == {
        "b_6": "ok",
        "b_7": "gap old",
        "b_year": "unknown unknown",
        "b_new": "ok",
        # its members keep their affiliation where it was
        "b_moved": "gap affiliated",
    }


def test_a_term_stated_or_reckoned_with_its_extension(store: Store) -> None:
    stated = {
        "2005-09": ("gap late", -13),
        "2005-10": ("gap ended", -12),
        "2006-10": ("gap ended", 0),
        "2006-10-31": ("gap ended", 0),
        "2006-11": ("gap ending", 1),
        "2007-04": ("gap ending", 6),
        "2007-05": ("ok", 7),
    }
    reckoned = {
        "b_three": ("gap ended", "2006-10", {"kind": "independent", "elected": "2003-10"}),
        "b_joint": ("gap ending", "2007-04", {"kind": "joint", "elected": "2004-04"}),
        "b_shops": ("ok", "2007-05", {"kind": "commercial", "elected": "2004-05"}),
        "b_five": ("gap ending", "2006-12", {"kind": "residential", "elected": "2001-12"}),
        "b_area": ("ok", "2008-12", {"kind": "residential", "elected": "2003-12-05"}),
        "b_party": ("ok", "2008-12", {"level": "committee", "elected": "2003-12"}),
        "b_both": ("ok", "2008-01", {"kind": "joint", "elected": "2001-01", "term_ends": "2008-01"}),
        "b_year": ("ok", "2007-05", {"kind": "joint", "elected": "2004-05", "term_ends": "2007"}),
        # an approved extension of at most a year counts; of a longer one, a year
        "b_more": ("ok", "2007-06", {"term_ends": "2006-06", "extended_to": "2007-06"}),
        "b_over": ("gap ended", "2006-09", {"term_ends": "2006-01", "extended_to": "2006-09"}),
        "b_long": ("gap extended_long", "2007-09", {"term_ends": "2006-09", "extended_to": "2008-01"}),
        "b_late": ("gap late", "2005-06", {"term_ends": "2004-06", "extended_to": "2009-01"}),
        "b_back": ("ok", "2007-09", {"term_ends": "2007-09", "extended_to": "2006-01"}),
        "b_only": ("gap ending", "2007-01", {"extended_to": "2007-01"}),
        "b_none": ("unknown unknown", None, {"kind": "joint", "founded": "1999-01"}),
        "b_vague": ("unknown unknown", None, {"kind": "joint", "elected": "2001", "term_ends": "2004"}),
        "b_kind": ("unknown kind_unknown", None, {"elected": "2001-01"}),
    }
    found = reasons(
        store,
        "term_ending",
        *(node(f"b_{ends}", term_ends=ends) for ends in stated),
        *(node(key, **said) for key, (_, _, said) in reckoned.items()),
        *(node(f"b_{k}", kind=k, term_ends="2001-01") for k in ("temporary", "functional", "outside")),
        node("b_group", level="group", term_ends="2001-01"),
        node("b_street", level="work_committee", term_ends="2001-01"),
        node("b_gone", kind="joint", term_ends="2001-01", dissolved="2002"),
    )
    assert found == {
        **{f"b_{ends}": told for ends, (told, _) in stated.items()},
        **{key: told for key, (told, _, _) in reckoned.items()},
    }
    said = columns(store, "term_ending", "ends", "months")
    assert {k: said[f"b_{k}"] for k in stated} == {k: (k[:7], left) for k, (_, left) in stated.items()}
    assert {k: said[k][0] for k in reckoned} == {k: ends for k, (_, ends, _) in reckoned.items()}


def test_branches_of_which_meetings_are_known_hold_them_in_time(store: Store) -> None:
    def meeting(key: str, branch: str, kind: str, held: str) -> tuple[Node | Edge, ...]:
        return (node(key, kind=f"{kind}_meeting", held=held), tie(f"{key} HELD_BY {branch}"))

    found = reasons(
        store,
        "branch_meetings",
        *(node(f"b_{k}") for k in ("quarter", "late", "seats", "none", "vague")),
        node("b_groups", groups=2),
        node("b_group", level="group"),
        node("b_brief", kind="temporary"),
        tie("b_group SUPERIOR b_groups"),
        meeting("e_1", "b_quarter", "general", "2006-07-01"),
        meeting("e_2", "b_late", "general", "2006-06-30"),
        meeting("e_3", "b_seats", "general", "2006-10"),
        meeting("e_4", "b_seats", "committee", "2006-08"),
        node("m_1"),
        tie("m_1 COMMITTEE_MEMBER_OF b_seats"),
        meeting("e_5", "b_groups", "general", "2006-10"),
        meeting("e_6", "b_group", "group", "2006-09"),
        meeting("e_7", "b_brief", "general", "2001-01"),
        meeting("e_8", "b_vague", "general", "2006"),
    )
    assert found == {
        "b_quarter": "ok",
        "b_late": "gap overdue",
        "b_seats": "gap overdue",
        "b_groups": "ok",
        "b_vague": "unknown unknown",
    }
    assert columns(store, "branch_meetings", "general", "committee", "in_groups", "missing") == {
        "b_quarter": (3, None, None, []),
        "b_late": (4, None, None, ["general"]),
        "b_seats": (0, 2, None, ["committee"]),
        "b_groups": (0, None, 1, []),
        "b_vague": (None, None, None, ["general"]),
    }


# ---- members


def test_who_came_from_elsewhere_and_was_taken_in_is_no_gap(store: Store) -> None:
    found = reasons(
        store,
        "floating_member",
        node("b_far", kind="outside"),
        node("b_other", kind="outside"),
        node("b_here", kind="residential"),
        node("u_1"),
        members(
            "b_far",
            six={"absent_since": "2006-04"},
            day={"absent_since": "2006-04-30"},
            five={"absent_since": "2006-05"},
            to_come={"absent_since": "2007-01"},
            year={"absent_since": "2001"},
            blank={},
            said={"floating": True},
            denied={"floating": False},
            taken={"absent_since": "2001-01"},
            there={"absent_since": "2001-01"},
        ),
        tie("m_taken TAKES_PART_IN b_here"),
        tie("m_there TAKES_PART_IN b_other"),
        tie("m_six EMPLOYED_BY u_1"),
        # who belongs here, or nowhere, is another rule's
        members("b_here", local={"absent_since": "2001-01"}),
        node("m_none", absent_since="2001-01"),
    )
    assert found == {
        "m_six": "gap floating",
        "m_day": "gap floating",
        "m_five": "ok",
        "m_to_come": "ok",
        "m_year": "unknown unknown",
        "m_blank": "unknown unknown",
        "m_said": "gap declared",
        "m_denied": "ok",
        "m_taken": "ok",
        "m_there": "gap floating",
    }
    said = columns(store, "floating_member", "months", "home", "unit", "taken")
    assert said["m_six"] == (6, ["b_far"], ["u_1"], [])
    assert said["m_to_come"] == (-3, ["b_far"], [], [])
    assert said["m_taken"] == (69, ["b_far"], [], ["b_here"])


def test_who_moved_away_is_kept_in_touch_with(store: Store) -> None:
    found = reasons(
        store,
        "floating_away",
        node("b_1"),
        node("b_far", kind="outside"),
        members(
            "b_1",
            lost={"moved_to": "外省", "lost_contact": True},
            kept={"moved_to": "外省", "lost_contact": False},
            blank={"moved_to": "外省"},
            said={"floating": True},
            there={"moved_to": "外省"},
            stays={},
        ),
        tie("m_there TAKES_PART_IN b_far"),
        members("b_far", came={"moved_to": "外省"}),
    )
    assert found == {
        "m_lost": "gap no_contact",
        "m_kept": "ok",
        "m_blank": "unknown contact_unknown",
        "m_said": "unknown contact_unknown",
        "m_there": "ok",
    }


def test_contact_lost_for_half_a_year(store: Store) -> None:
    found = reasons(
        store,
        "lost_contact",
        node("b_1"),
        members(
            "b_1",
            six={"lost_contact": True, "absent_since": "2006-04"},
            five={"lost_contact": True, "absent_since": "2006-05"},
            undated={"lost_contact": True},
            decided={"lost_contact": True, "absent_since": "2001-01", "register_state": "停止党籍"},
            found={"lost_contact": False, "absent_since": "2001-01"},
            blank={"absent_since": "2001-01"},
        ),
    )
    assert found == {
        "m_six": "gap lost",
        "m_five": "ok",
        "m_undated": "unknown unknown",
        "m_decided": "ok",
    }


def test_a_year_on_probation(store: Store) -> None:
    dates = {"12": "2005-10", "13": "2005-09-30", "24": "2004-10", "25": "2004-09", "year": "2004"}
    found = reasons(
        store,
        "probation_over",
        *(node(f"m_{k}", standing="probationary", joined=when) for k, when in dates.items()),
        node("m_blank", standing="probationary"),
        node("m_full", standing="full", joined="1999-01"),
        node("m_none", joined="1999-01"),
    )
    assert found == {
        "m_12": "ok",
        "m_13": "gap over",
        "m_24": "gap over",
        "m_25": "gap extension_over",
        "m_year": "unknown unknown",
        "m_blank": "unknown unknown",
    }


def test_where_the_unit_has_a_branch_a_member_belongs_or_takes_part_there(store: Store) -> None:
    found = reasons(
        store,
        "affiliated_elsewhere",
        node("u_1"),
        node("u_brief"),
        node("b_own"),
        node("b_part"),
        node("b_home", kind="residential"),
        node("b_brief", kind="temporary"),
        tie("b_own ORGANISED_IN u_1"),
        tie("b_part SUPERIOR b_own"),
        # nobody's affiliation is moved into a temporary branch
        tie("b_brief ORGANISED_IN u_brief"),
        members("b_home", gap={}, joins={}, site={}, idle={}),
        members("b_own", here={}),
        members("b_part", below={}),
        *(tie(f"m_{k} EMPLOYED_BY u_1") for k in ("gap", "joins", "here", "below", "none")),
        tie("m_joins TAKES_PART_IN b_own"),
        tie("m_site EMPLOYED_BY u_brief"),
        node("m_none"),
    )
    assert found == {"m_gap": "gap elsewhere", "m_joins": "ok", "m_here": "ok", "m_below": "ok"}
    assert columns(store, "affiliated_elsewhere", "unit", "home", "could", "takes_part") == {
        "m_gap": (["u_1"], ["b_home"], ["b_own"], False),
        "m_joins": (["u_1"], ["b_home"], ["b_own"], True),
        "m_here": (["u_1"], ["b_own"], ["b_own"], False),
        "m_below": (["u_1"], ["b_part"], ["b_own"], False),
    }


def test_without_a_branch_at_work_a_member_belongs_where_the_member_lives(store: Store) -> None:
    found = reasons(
        store,
        "residence_affiliation",
        node("r_1"),
        node("r_bare"),
        node("u_bare"),
        node("u_1"),
        *(node(f"b_{k}", kind="residential") for k in ("home", "other")),
        *(node(f"b_{k}", kind="independent") for k in ("own", "former")),
        node("b_shops", kind="commercial"),
        tie("b_home LEADS r_1"),
        tie("b_own ORGANISED_IN u_1"),
        members("b_home", here={}),
        members("b_other", moved={}, works={}, joins={}, bound={}, bare={}),
        members("b_shops", shops={}),
        members("b_former", retired={}),
        tie("m_works EMPLOYED_BY u_bare"),
        tie("m_bound EMPLOYED_BY u_1"),
        tie("m_joins TAKES_PART_IN b_home"),
        *(
            tie(f"m_{k} LIVES_IN r_1")
            for k in ("here", "moved", "works", "joins", "bound", "shops", "retired")
        ),
        tie("m_bare LIVES_IN r_bare"),
    )
    assert found == {
        "m_here": "ok",
        "m_moved": "gap elsewhere",
        "m_works": "gap elsewhere",
        "m_joins": "ok",
        "m_shops": "ok",
        "m_retired": "ok",
    }
    assert columns(store, "residence_affiliation", "area", "home", "could")["m_moved"] == (
        ["r_1"],
        ["b_other"],
        ["b_home"],
    )


def test_every_member_has_one_affiliation(store: Store) -> None:
    found = reasons(
        store,
        "member_ties",
        node("b_1"),
        node("b_2"),
        node("b_gone", dissolved="2005-01"),
        node("u_closed", status="closed"),
        node("m_none"),
        node("m_came", came_from="外市"),
        members("b_1", one={}, two={}, shut={}),
        tie("m_two AFFILIATED_WITH b_2"),
        tie("m_shut EMPLOYED_BY u_closed"),
        members("b_gone", old={}),
    )
    assert found == {
        "m_none": "gap none",
        "m_came": "unknown home_unknown",
        "m_one": "ok",
        "m_two": "gap several",
        "m_shut": "gap closed",
        "m_old": "gap dissolved",
    }
