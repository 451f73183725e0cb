"""The rules on branches and members in plain Python, in the manner of tests/support/oracle.py."""

from __future__ import annotations

from collections.abc import Iterator

from graph_model.graph import Node
from tests.support.oracle import Field, Row, is_residential, month, standing, stands
from tests.support.oracle_rest import by_name, here, names, say

_APART = ("temporary", "functional")
"""Branches into which no affiliation is moved and which elect nobody."""


def kind(branch: Node) -> object:
    return branch.properties.get("kind")


def level(branch: Node) -> object:
    return branch.properties.get("level", "branch")


def lasting(branch: Node) -> bool:
    """A branch here that is to have members of its own and to elect its secretary."""
    return here(branch) and kind(branch) not in _APART


def plain(branch: Node) -> bool:
    """A lasting one that is a branch: no committee, general branch or group."""
    return lasting(branch) and level(branch) == "branch"


def since(node: Node, name: str, now: int) -> int | None:
    """How many months ago, where it is known to the month."""
    then = month(node, name)
    return None if then is None else now - then


def named(people: list[Node]) -> list[object]:
    return [p.properties["name"] for p in people]


# ---- branches


def branch_leadership(field: Field, now: int, minimum: int) -> Iterator[Row]:
    for branch in filter(here, field.all("Branch")):
        if level(branch) in ("group", "work_committee"):
            continue
        people = field.of(branch, "AFFILIATED_WITH")
        full, unclear = standing(people, "full"), standing(people, None)
        secretaries = len(field.of(branch, "SECRETARY_OF"))
        deputies = len(field.of(branch, "DEPUTY_SECRETARY_OF"))
        committee = len(field.of(branch, "COMMITTEE_MEMBER_OF"))
        lacks = plain(branch) and committee == 0
        if not secretaries and branch.properties.get("secretary_appointed") is not True:
            if kind(branch) == "temporary":
                reason = "not_appointed"
            elif lacks and full >= minimum:
                reason = "neither"
            else:
                reason = "deputy_only" if deputies else "no_secretary"
        elif lacks and full >= minimum:
            reason = "no_committee"
        elif not secretaries:
            reason = "name_unknown"
        else:
            reason = "standing_unknown" if lacks and full + unclear >= minimum else ""
        yield say(
            branch,
            reason,
            ("name_unknown", "standing_unknown"),
            full=full,
            unclear=unclear,
            secretaries=secretaries,
            deputies=deputies,
            committee=committee,
        )


def branch_size(
    field: Field, now: int, minimum: int, maximum: int, most_units: int, largest: int
) -> Iterator[Row]:
    for branch in filter(plain, field.all("Branch")):
        people = field.of(branch, "AFFILIATED_WITH")
        full, unclear = standing(people, "full"), standing(people, None)
        units = len(field.to(branch, "ORGANISED_IN"))
        may_be_joint = kind(branch) in (None, "joint", "independent")
        faults = {
            "far_too_large": len(people) > largest,
            "too_large": len(people) > maximum,
            "too_many_units": may_be_joint and units > most_units,
            "too_small": full + unclear < minimum,
            "standing_unknown": full < minimum,
        }
        reason = next((name for name, true in faults.items() if true), "")
        yield say(branch, reason, ("standing_unknown",), full=full, members=len(people), units=units)


def committee_size(field: Field, now: int, fewest: int, most: int) -> Iterator[Row]:
    for branch in filter(plain, field.all("Branch")):
        committee = field.of(branch, "COMMITTEE_MEMBER_OF")
        if committee:
            others = field.of(branch, "SECRETARY_OF") + field.of(branch, "DEPUTY_SECRETARY_OF")
            size = len({m.key for m in committee + others})
            yield say(branch, "small" if size < fewest else "large" if size > most else "", size=size)


def post_holder_standing(field: Field, now: int, least: int, period: int) -> Iterator[Row]:
    for branch in filter(lasting, field.all("Branch")):
        secretaries = field.of(branch, "SECRETARY_OF")
        holders = {
            m.key: m
            for m in (
                *secretaries,
                *field.of(branch, "DEPUTY_SECRETARY_OF"),
                *field.of(branch, "COMMITTEE_MEMBER_OF"),
            )
        }
        if not holders:
            continue
        young = [m for m in by_name([*holders.values()]) if m.properties.get("standing") == "probationary"]
        recent: list[Node] = []
        undated: list[Node] = []
        for secretary in by_name(secretaries):
            rank = secretary.properties.get("standing")
            age = since(secretary, "converted", now)
            if age is None and (joined := since(secretary, "joined", now)) is not None:
                # who was admitted then became a full member a year later at the earliest
                age = joined - period
            if rank is None or (rank == "full" and age is None):
                undated.append(secretary)
            elif rank == "full" and age is not None and age < least:
                recent.append(secretary)
        reason = "probationary" if young else "recent" if recent else "unknown" if undated else ""
        yield say(
            branch,
            reason,
            ("unknown",),
            probationary=named(young),
            recent=named(recent),
            undated=named(undated),
        )


def secretary_alone(field: Field, now: int) -> Iterator[Row]:
    for branch in filter(lasting, field.all("Branch")):
        enrolled = field.of(branch, "AFFILIATED_WITH")
        posts = [
            (s, u)
            for s in by_name(field.of(branch, "SECRETARY_OF"))
            for u in by_name(field.to(s, "EMPLOYED_BY"))
        ]
        if not posts or kind(branch) == "residential":
            continue
        alone = [(s, u) for s, u in posts if not any(m in enrolled for m in field.staff(u))]
        reason = ""
        if alone and branch.properties.get("secretary_appointed") is not True:
            reason = "alone" if kind(branch) else "kind_unknown"
        yield say(
            branch,
            reason,
            ("kind_unknown",),
            secretary=named([s for s, _ in alone]),
            unit=named([u for _, u in alone]),
        )


def secretary_elsewhere(field: Field, now: int) -> Iterator[Row]:
    for branch in filter(plain, field.all("Branch")):
        secretaries = by_name(field.of(branch, "SECRETARY_OF"))
        if not secretaries:
            continue
        away = [s for s in secretaries if branch not in field.to(s, "AFFILIATED_WITH")]
        home = [b for s in away for b in by_name(field.to(s, "AFFILIATED_WITH"))]
        by_appointment = {None: "appointment_unknown", False: "elsewhere", True: ""}
        reason = by_appointment[branch.properties.get("secretary_appointed")] if away else ""  # type: ignore[index]
        yield say(branch, reason, ("appointment_unknown",), secretary=named(away), home=named(home))


def temporary_review(field: Field, now: int, longest: int) -> Iterator[Row]:
    for branch in filter(stands, field.all("Branch")):
        if kind(branch) != "temporary":
            continue
        affiliated = len(field.of(branch, "AFFILIATED_WITH"))
        months = since(branch, "founded", now)
        if affiliated:
            reason = "affiliated"
        elif months is None:
            reason = "unknown"
        else:
            reason = "old" if months > longest else ""
        founded = branch.properties.get("founded")
        yield say(branch, reason, ("unknown",), founded=founded, months=months, affiliated=affiliated)


def term_ending(
    field: Field,
    now: int,
    community: int,
    others: int,
    committees: int,
    remind: int,
    longest: int,
    late: int,
) -> Iterator[Row]:
    for branch in filter(lasting, field.all("Branch")):
        if level(branch) in ("group", "work_committee"):
            continue
        began, end = month(branch, "elected"), month(branch, "term_ends")
        if end is None and began is not None:
            if level(branch) == "committee":
                end = began + committees
            elif kind(branch) is not None:
                end = began + (community if kind(branch) == "residential" else others)
        granted = month(branch, "extended_to")
        too_long = end is not None and granted is not None and granted > end + longest
        if granted is not None:
            end = granted if end is None else max(end, min(granted, end + longest))
        left = None if end is None else end - now
        if left is None:
            # without its kind nobody knows whether the term is of five years or of three
            reason = "unknown" if began is None else "kind_unknown"
        elif left < -late:
            reason = "late"
        elif left <= 0:
            reason = "ended"
        elif too_long:
            reason = "extended_long"
        else:
            reason = "ending" if left <= remind else ""
        yield say(
            branch,
            reason,
            ("unknown", "kind_unknown"),
            founded=branch.properties.get("founded"),
            elected=branch.properties.get("elected"),
            extended=branch.properties.get("extended_to"),
            ends=None if end is None else f"{(end - 1) // 12}-{(end - 1) % 12 + 1:02d}",
            months=left,
        )


def branch_meetings(
    field: Field, now: int, general_months: int, committee_months: int, group_months: int
) -> Iterator[Row]:
    for branch in filter(plain, field.all("Branch")):
        held = field.of(branch, "HELD_BY", "BranchMeeting")
        if not held:
            continue
        groups = [g for g in field.of(branch, "SUPERIOR", "Branch") if level(g) == "group"]
        below = [e for g in groups for e in field.of(g, "HELD_BY", "BranchMeeting")]
        meetings = [*{e.key: e for e in held + below}.values()]
        due = {
            "general": (general_months, True),
            "committee": (committee_months, bool(field.of(branch, "COMMITTEE_MEMBER_OF"))),
            "group": (group_months, branch.properties.get("groups", 0) != 0),
        }
        ago: dict[str, int | None] = {}
        for name in due:
            dates = [since(e, "held", now) for e in meetings if kind(e) == f"{name}_meeting"]
            ago[name] = min((d for d in dates if d is not None), default=None)
        missing = []
        for name, (most, wanted) in due.items():
            last = ago[name]
            if wanted and (last is None or last > most):
                missing.append(name)
        vague = any(kind(e) is None or since(e, "held", now) is None for e in meetings)
        reason = "" if not missing else "unknown" if vague else "overdue"
        yield say(
            branch,
            reason,
            ("unknown",),
            general=ago["general"],
            committee=ago["committee"],
            in_groups=ago["group"],
            missing=missing,
        )


# ---- members


def affiliated_elsewhere(field: Field, now: int) -> Iterator[Row]:
    for member in field.all("Member"):
        open_ = {
            u.key: [b for b in field.branches(u) if lasting(b)] for u in field.to(member, "EMPLOYED_BY")
        }
        units = [field.graph.nodes[u] for u, branches in open_.items() if branches]
        home = field.to(member, "AFFILIATED_WITH")
        if not units or not home:
            continue
        could = [b for branches in open_.values() for b in branches]
        belongs = any(b in could or any(a in could for a in field.to(b, "SUPERIOR")) for b in home)
        takes_part = any(b in could for b in field.to(member, "TAKES_PART_IN"))
        yield say(
            member,
            "" if belongs or takes_part else "elsewhere",
            unit=names(units),
            home=names(home),
            could=names(could),
            takes_part=takes_part,
        )


def residence_affiliation(field: Field, now: int) -> Iterator[Row]:
    for member in field.all("Member"):
        led = {
            a.key: [b for b in field.of(a, "LEADS") if is_residential(b)]
            for a in field.to(member, "LIVES_IN")
        }
        areas = [field.graph.nodes[a] for a, branches in led.items() if branches]
        home = field.to(member, "AFFILIATED_WITH")
        at_work = [b for u in field.to(member, "EMPLOYED_BY") for b in field.branches(u) if lasting(b)]
        if not areas or not home or at_work:
            continue
        could = [b for branches in led.values() for b in branches]
        near = any(b in could or any(a in could for a in field.to(b, "SUPERIOR")) for b in home)
        takes_part = any(b in could for b in field.to(member, "TAKES_PART_IN"))
        elsewhere = all(kind(b) == "residential" for b in home) and not near and not takes_part
        yield say(
            member,
            "elsewhere" if elsewhere else "",
            area=names(areas),
            home=names(home),
            could=names(could),
            takes_part=takes_part,
        )


def floating_member(field: Field, now: int, months_due: int) -> Iterator[Row]:
    for member in field.all("Member"):
        home = [b for b in field.to(member, "AFFILIATED_WITH") if kind(b) == "outside"]
        if not home:
            continue
        taken = [b for b in field.to(member, "TAKES_PART_IN") if here(b)]
        away = since(member, "absent_since", now)
        if taken:
            reason = ""
        elif away is not None:
            reason = "floating" if away >= months_due else ""
        else:
            declared = member.properties.get("floating")
            reason = "unknown" if declared is None else "declared" if declared else ""
        yield say(
            member,
            reason,
            ("unknown",),
            unit=names(field.to(member, "EMPLOYED_BY")),
            home=names(home),
            months=away,
            taken=names(taken),
        )


def floating_away(field: Field, now: int) -> Iterator[Row]:
    for member in field.all("Member"):
        home = [b for b in field.to(member, "AFFILIATED_WITH") if here(b)]
        moved = "moved_to" in member.properties or member.properties.get("floating") is True
        if not home or not moved:
            continue
        lost = member.properties.get("lost_contact")
        met = any(kind(b) == "outside" for b in field.to(member, "TAKES_PART_IN"))
        reason = "no_contact" if lost else "contact_unknown" if lost is None and not met else ""
        yield say(
            member,
            reason,
            ("contact_unknown",),
            home=names(home),
            moved_to=member.properties.get("moved_to"),
            months=since(member, "absent_since", now),
        )


def lost_contact(field: Field, now: int, months_due: int) -> Iterator[Row]:
    for member in field.all("Member"):
        if member.properties.get("lost_contact") is not True:
            continue
        months, state = since(member, "absent_since", now), member.properties.get("register_state")
        if state in ("停止党籍", "已停止党籍", "除名", "已除名"):
            reason = ""
        elif months is None:
            reason = "unknown"
        else:
            reason = "lost" if months >= months_due else ""
        home = names(field.to(member, "AFFILIATED_WITH"))
        yield say(member, reason, ("unknown",), home=home, months=months, state=state)


def member_ties(field: Field, now: int) -> Iterator[Row]:
    for member in field.all("Member"):
        home = by_name(field.to(member, "AFFILIATED_WITH"))
        gone = named([b for b in home if not stands(b)])
        units = by_name(field.to(member, "EMPLOYED_BY"))
        closed = named([u for u in units if u.properties.get("status") == "closed"])
        faults = {
            "home_unknown": not home and "came_from" in member.properties,
            "none": not home,
            "several": len(home) > 1,
            "dissolved": gone,
            "closed": closed,
        }
        reason = next((name for name, true in faults.items() if true), "")
        yield say(member, reason, ("home_unknown",), affiliations=len(home), dissolved=gone, closed=closed)


def probation_over(field: Field, now: int, period: int, extension: int) -> Iterator[Row]:
    for member in field.all("Member"):
        if member.properties.get("standing") != "probationary":
            continue
        months = since(member, "joined", now)
        if months is None:
            reason = "unknown"
        elif months > period + extension:
            reason = "extension_over"
        else:
            reason = "over" if months > period else ""
        home = names(field.to(member, "AFFILIATED_WITH"))
        yield say(member, reason, ("unknown",), months=months, home=home)


RULES = {
    f.__name__: f
    for f in (
        affiliated_elsewhere,
        branch_leadership,
        branch_meetings,
        branch_size,
        committee_size,
        floating_away,
        floating_member,
        lost_contact,
        member_ties,
        post_holder_standing,
        probation_over,
        residence_affiliation,
        secretary_alone,
        secretary_elsewhere,
        temporary_review,
        term_ending,
    )
}
