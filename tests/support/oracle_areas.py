"""The rules on units, areas, meetings and pairs in plain Python, in the manner of tests/support/oracle.py."""

from __future__ import annotations

from collections.abc import Iterator

from graph_model.graph import Node
from tests.support.oracle import Field, Row, is_residential, month, runs, standing
from tests.support.oracle_rest import by_name, names, say

PRIVATE = ("private", "foreign", "mixed", "shareholding", "hmt", "non_enterprise")


# ---- units


def joint_branch_candidate(field: Field, now: int, minimum: int, most: int) -> Iterator[Row]:
    for unit in filter(runs, field.all("Unit")):
        full, unclear = standing(field.staff(unit), "full"), standing(field.staff(unit), None)
        if full >= minimum or full + unclear == 0:
            continue
        partners = _partners(field, unit, minimum)[: most - 1]
        theirs = [standing(field.staff(v), "full") for v in partners]
        together = full + sum(theirs)
        if field.branches(unit):
            reason = ""
        elif full == 0 or full + unclear >= minimum:
            reason = "standing_unknown"
        elif "status" not in unit.properties:
            reason = "status_unknown"
        elif not _places(field, unit):
            reason = "place_unknown"
        else:
            reason = "candidate" if together >= minimum else "no_partner"
        yield say(
            unit,
            reason,
            ("no_partner", "place_unknown", "standing_unknown", "status_unknown"),
            full=full,
            unclear=unclear,
            neighbours=[f"{v.properties['name']}({n})" for v, n in zip(partners, theirs, strict=True)],
            together=together,
        )


def _places(field: Field, unit: Node) -> list[Node]:
    """The areas that a unit manages and the one where it stands."""
    return field.to(unit, "MANAGES") + field.to(unit, "LOCATED_IN")


def _partners(field: Field, unit: Node, minimum: int) -> list[Node]:
    """Units that could join: without a branch, not due one of their own, near, of a similar trade; nearest first."""
    here = {a.key for a in _places(field, unit)}
    around = here | {n.key for a in _places(field, unit) for n in field.next_to(a)}
    trade = str(unit.properties.get("trade", ""))[-2:]
    found = []
    for other in field.all("Unit"):
        full, unclear = standing(field.staff(other), "full"), standing(field.staff(other), None)
        theirs = {a.key for a in _places(field, other)}
        alike = str(other.properties.get("trade", ""))[-2:]
        if (
            other is not unit
            and other.properties.get("status") == "operating"
            and full > 0
            and full + unclear < minimum
            and not field.branches(other)
            and theirs & around
            and (alike == trade or not alike or not trade)
        ):
            found.append((not theirs & here, str(other.properties["name"]), other.key, other))
    return [other for *_, other in sorted(found, key=lambda f: f[:3])]


def larger_unit(field: Field, now: int, few: int, many: int) -> Iterator[Row]:
    for unit in filter(runs, field.all("Unit")):
        said = unit.properties
        if said.get("ownership") not in PRIVATE and said.get("kind") != "social_organisation":
            continue
        people = said.get("employees")
        shops = [a for a in _places(field, unit) if a.label == "CommercialArea"]
        posts = {p.key for place in (unit, *shops) for p in field.of(place, "POSTED_TO")}
        own, branches = len(field.own_branches(unit)), len(field.branches(unit))
        if people is None:
            reason = "unknown"
        elif people >= many and not own:
            reason = "no_own_branch"
        else:
            reason = "not_reached" if people >= few and not branches and not posts else ""
        if reason not in ("", "unknown") and "status" not in said:
            reason = "status_unknown"
        unknown = ("unknown", "status_unknown")
        yield say(unit, reason, unknown, employees=people, own=own, branches=branches, posts=len(posts))


def no_representative(field: Field, now: int) -> Iterator[Row]:
    for company in filter(runs, field.companies()):
        staff, areas = field.staff(company), field.to(company, "MANAGES", "ResidentialArea")
        if not staff or not areas or company.properties.get("dual_exempt"):
            continue
        missing = []
        for area in by_name(areas):
            home = {
                m.key
                for b in field.of(area, "LEADS")
                if is_residential(b)
                for m in field.of(b, "AFFILIATED_WITH")
            }
            spoken_for = any(m in staff for m in field.of(area, "REPRESENTS"))
            if not spoken_for and not all(m.key in home for m in staff):
                missing.append(area.properties["name"])
        yield say(company, "none" if missing else "", members=len(staff), missing=missing)


def not_dual_managed(field: Field, now: int) -> Iterator[Row]:
    companies = field.companies()
    for branch in field.all("Branch"):
        units = [
            u
            for u in field.to(branch, "ORGANISED_IN")
            if u in companies and field.to(u, "MANAGES", "ResidentialArea")
        ]
        if units and "dissolved" not in branch.properties:
            dual = len(field.to(branch, "DUAL_MANAGED_WITH")) + len(field.of(branch, "DUAL_MANAGED_WITH"))
            exempt = all(u.properties.get("dual_exempt") for u in units)
            yield say(branch, "" if dual or exempt else "none", units=names(units), dual=dual)


# ---- areas


def _told(field: Field, area: Node) -> bool:
    """Whether anything but the name of an area is known: it stands in its own table, or is led, or met."""
    of_its_own = ("residents_committee", "owners_committee", "households", "tenants", "reported_on")
    met = field.of(area, "HELD_IN", "JointMeeting")
    led = field.of(area, "LEADS")
    return bool(any(n in area.properties for n in of_its_own) or field.to(area, "PART_OF") or led or met)


def _surveyed(field: Field) -> list[Node]:
    return [a for a in field.all("ResidentialArea") if _told(field, a)]


def _home(field: Field, area: Node) -> list[Node]:
    """The residential branches of an area."""
    return [b for b in field.of(area, "LEADS") if is_residential(b)]


def _managers(field: Field, area: Node) -> list[Node]:
    companies = field.companies()
    return [u for u in field.of(area, "MANAGES") if u in companies and runs(u)]


def area_without_branch(field: Field, now: int) -> Iterator[Row]:
    for area in field.all("ResidentialArea"):
        branches = len(_home(field, area))
        reason = "" if branches else "none" if _told(field, area) else "only_named"
        yield say(area, reason, ("only_named",), branches=branches)


def area_without_company(field: Field, now: int) -> Iterator[Row]:
    for area in _surveyed(field):
        companies = len(_managers(field, area))
        yield say(area, "" if companies else "none", companies=companies)


def uncovered_commercial(field: Field, now: int) -> Iterator[Row]:
    for area in field.all("CommercialArea"):
        branches = len([b for b in field.of(area, "LEADS") if "dissolved" not in b.properties])
        posts = len(field.of(area, "POSTED_TO"))
        reason = "" if branches + posts else "none" if _told(field, area) else "only_named"
        yield say(area, reason, ("only_named",), branches=branches, posts=posts)


def owners_committee_share(field: Field, now: int, least: int) -> Iterator[Row]:
    for area in field.all("ResidentialArea"):
        said = area.properties
        size, party = said.get("owners_committee_members"), said.get("owners_committee_party")
        if said.get("owners_committee", bool(size)):
            known = size and party is not None
            reason = "unknown" if not known else "low" if party / size < least / 100 else ""
            yield say(area, reason, ("unknown",), size=size, party=party)


def no_co_building_pair(field: Field, now: int) -> Iterator[Row]:
    for area in _surveyed(field):
        branches = _home(field, area)
        pairs = {p.key for b in branches for p in field.of(b, "PARTNER")}
        reason = "" if pairs else "none" if branches else "no_branch"
        yield say(area, reason, branches=len(branches), pairs=len(pairs))


# ---- meetings


def no_joint_meeting(field: Field, now: int, longest: int) -> Iterator[Row]:
    for area in _surveyed(field):
        meetings = field.of(area, "HELD_IN", "JointMeeting")
        last = max((str(j.properties["held"]) for j in meetings if "held" in j.properties), default=None)
        latest = max((m for j in meetings if (m := month(j, "held")) is not None), default=None)
        months = None if latest is None else now - latest
        if not meetings:
            reason = "never"
        elif months is None:
            reason = "unknown"
        else:
            reason = "old" if months > longest else ""
        yield say(area, reason, ("unknown",), meetings=len(meetings), last=last, months=months)


def _came(field: Field, meeting: Node, area: Node) -> dict[str, bool | None]:
    """Whether each party that exists in an area came to a meeting; None where nobody wrote it down."""
    came: dict[str, bool | None] = {}
    guests = field.to(meeting, "ATTENDED_BY")
    if _home(field, area):
        led = any(area in field.to(x, "LEADS") for x in guests if x.label == "Branch")
        came["branch"] = led if guests else None
    if area.properties.get("residents_committee", True):
        came["committee"] = meeting.properties.get("residents_committee")
    if _managers(field, area):
        sent = [x for x in guests if x.label == "Unit"]
        sent += [u for x in guests if x.label == "Branch" for u in field.to(x, "ORGANISED_IN")]
        came["company"] = any(area in field.to(u, "MANAGES") for u in sent) if guests else None
    if area.properties.get("owners_committee"):
        came["owners"] = meeting.properties.get("owners_committee")
    return came


def incomplete_trinity(field: Field, now: int, recent: int) -> Iterator[Row]:
    for area in _surveyed(field):
        committee = area.properties.get("residents_committee")
        branch, company = bool(_home(field, area)), bool(_managers(field, area))
        parties = (("branch", branch), ("committee", committee is not False), ("company", company))
        missing = [name for name, there in parties if not there]
        meetings = [
            _came(field, j, area)
            for j in field.of(area, "HELD_IN", "JointMeeting")
            if (held := month(j, "held")) is not None and now - held <= recent
        ]
        absent = []
        for name in ("branch", "committee", "company", "owners"):
            said = [came[name] for came in meetings if name in came]
            # who attended is one list a meeting: where it is empty nothing was written down, and others tell
            told = [s for s in said if s is not None]
            whole = told if name in ("branch", "company") else said
            if whole and None not in whole and not any(whole):
                absent.append(name)
        if missing:
            reason = "incomplete"
        elif absent:
            reason = "not_attending"
        else:
            reason = "committee_unknown" if committee is None else ""
        yield say(
            area,
            reason,
            ("committee_unknown",),
            branch=branch,
            committee=committee,
            company=company,
            missing=missing,
            absent=absent,
        )


def meeting_without_party(field: Field, now: int, longest: int) -> Iterator[Row]:
    for meeting in field.all("JointMeeting"):
        areas = field.to(meeting, "HELD_IN", "ResidentialArea")
        held = month(meeting, "held")
        if not areas or (held is not None and now - held > longest):
            continue
        came = [_came(field, meeting, a) for a in areas]
        parties = ("branch", "committee", "company", "owners")
        absent = [name for name in parties if any(c.get(name) is False for c in came)]
        blank = any(answer is None for c in came for answer in c.values())
        reason = "absent" if absent else "unknown" if blank else ""
        held_text = meeting.properties.get("held")
        yield say(meeting, reason, ("unknown",), area=names(areas), held=held_text, absent=absent)


def _area_of(field: Field, matter: Node) -> list[str]:
    return names([a for j in field.of(matter, "TOOK_UP") for a in field.to(j, "HELD_IN")])


def matter_unresolved(field: Field, now: int, longest: int) -> Iterator[Row]:
    for matter in field.all("Matter"):
        meetings = field.of(matter, "TOOK_UP")
        if not meetings:
            continue
        held = min((str(j.properties["held"]) for j in meetings if "held" in j.properties), default=None)
        first = min((m for j in meetings if (m := month(j, "held")) is not None), default=None)
        months = None if first is None else now - first
        due = month(matter, "due")
        late = None if due is None else now - due
        resolved = matter.properties.get("resolved")
        if resolved is None:
            reason = "unknown"
        elif resolved:
            reason = ""
        elif late is not None:
            reason = "overdue" if late > 0 else ""
        elif months is None:
            reason = "date_unknown"
        else:
            reason = "unresolved" if months > longest else ""
        yield say(
            matter,
            reason,
            ("unknown", "date_unknown"),
            area=_area_of(field, matter),
            held=held,
            due=matter.properties.get("due"),
            months=months,
            late=late,
        )


def matter_unassigned(field: Field, now: int) -> Iterator[Row]:
    for matter in field.all("Matter"):
        if field.of(matter, "TOOK_UP") and not matter.properties.get("resolved"):
            who, due = matter.properties.get("responsible"), matter.properties.get("due")
            reason = {(0, 0): "neither", (0, 1): "no_responsible", (1, 0): "no_due", (1, 1): ""}[
                who is not None, due is not None
            ]
            yield say(matter, reason, area=_area_of(field, matter), responsible=who, due=due)


# ---- pairs


def one_sided_pair(field: Field, now: int) -> Iterator[Row]:
    for pair in field.all("CoBuildingPair"):
        partners = len(field.to(pair, "PARTNER"))
        yield say(pair, "one" if partners < 2 else "", partners=partners)


def stale_pair(field: Field, now: int, longest: int) -> Iterator[Row]:
    for pair in field.all("CoBuildingPair"):
        told = [(pair, "last_contact"), *((a, "held") for a in field.of(pair, "HELD_BY", "Activity"))]
        dated = [(m, str(n.properties[name])) for n, name in told if (m := month(n, name)) is not None]
        others = [str(n.properties[name]) for n, name in told if name in n.properties]
        last = max((text for _, text in dated), default=max(others, default=None))
        months = now - max(m for m, _ in dated) if dated else None
        reason = "unknown" if months is None else "stale" if months > longest else ""
        yield say(pair, reason, ("unknown",), last=last, months=months)


# ---- instructors


def instructor_overload(field: Field, now: int, most: int) -> Iterator[Row]:
    for person in field.all("Liaison"):
        role = person.properties.get("role")
        if role == "liaison":
            continue
        posted, declared = len(field.to(person, "POSTED_TO", "Unit")), person.properties.get("units_served")
        over = posted > most or (declared is not None and declared > most)
        if not over:
            reason = ""
        elif role is None:
            reason = "role_unknown"
        else:
            reason = "posted" if posted > most else "declared"
        yield say(person, reason, ("role_unknown",), posted=posted, declared=declared)


def instructor_no_visit(field: Field, now: int, longest: int) -> Iterator[Row]:
    for person in field.all("Liaison"):
        role, places = person.properties.get("role"), len(field.to(person, "POSTED_TO"))
        if role == "liaison" or not places:
            continue
        last = month(person, "last_visit")
        months = None if last is None else now - last
        if months is None:
            reason = "unknown"
        elif months <= longest:
            reason = ""
        else:
            reason = "old" if role else "role_unknown"
        unknown = ("unknown", "role_unknown")
        told = person.properties.get("last_visit")
        yield say(person, reason, unknown, places=places, last=told, months=months)


RULES = {
    f.__name__: f
    for f in (
        area_without_branch,
        area_without_company,
        incomplete_trinity,
        instructor_no_visit,
        instructor_overload,
        joint_branch_candidate,
        larger_unit,
        matter_unassigned,
        matter_unresolved,
        meeting_without_party,
        no_co_building_pair,
        no_joint_meeting,
        no_representative,
        not_dual_managed,
        one_sided_pair,
        owners_committee_share,
        stale_pair,
        uncovered_commercial,
    )
}
