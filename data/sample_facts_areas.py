"""What the rules on units, areas, meetings and pairs must answer on the sample, in plain Python."""

from __future__ import annotations

from sample_field import OPERATING, Answer, Field, full_members, sort, staffed
from sample_records import Meeting, Unit


def joint_branch_candidate(field: Field) -> Answer:
    """Units with members, fewer than 3 of them full. Gap: 1 or 2, no branch, and with neighbours there are 3."""

    def alone(unit: Unit) -> bool:
        full, unsure = full_members(field.employed(unit.name))
        return full > 0 and full + unsure < 3 and not field.branches_of(unit.name)

    def places(unit: Unit) -> set[str]:
        return {*unit.manages, unit.place} - {""}

    def around(unit: Unit) -> set[str]:
        here = places(unit)
        beside = {n for a in field.survey.areas if a.name in here for n in a.near}
        return here | beside | {a.name for a in field.survey.areas if here & set(a.near)}

    def partners(unit: Unit) -> list[Unit]:
        return [
            v
            for v in field.survey.units
            if v is not unit
            and v.status == OPERATING
            and alone(v)
            and places(v) & around(unit)
            and (v.trade[-2:] == unit.trade[-2:] or "" in (v.trade, unit.trade))
        ]

    def status(unit: Unit) -> str:
        if field.branches_of(unit.name):
            return "ok"
        together = sum(full_members(field.employed(v.name))[0] for v in [unit, *partners(unit)])
        return "gap" if alone(unit) and unit.status == OPERATING and together >= 3 else "unknown"

    few = [u for u in staffed(field) if full_members(field.employed(u.name))[0] < 3]
    return sort((u.name, status(u)) for u in few)


def area_without_branch(field: Field) -> Answer:
    """Residential areas. Gap: no residential branch."""
    return sort((a.name, "ok" if field.residential_branch(a.name) else "gap") for a in field.residential)


def area_without_company(field: Field) -> Answer:
    """Residential areas. Gap: no known property company."""
    return sort((a.name, "ok" if field.managers(a.name) else "gap") for a in field.residential)


def _absent(field: Field, meeting: Meeting) -> list[str]:
    """Which of the parties that the area has did not come."""
    area = next(a for a in field.residential if a.name == meeting.area)
    asked = {
        "branch": not field.residential_branch(area.name)
        or field.residential_branch(area.name) in meeting.attended,
        "committee": area.committee == "无" or meeting.committee != "×",
        "company": not field.managers(area.name)
        or bool(set(field.managers(area.name)) & {*meeting.attended}),
        "owners": area.owners != "有" or meeting.owners != "×",
    }
    return [name for name, came in asked.items() if not came]


def incomplete_trinity(field: Field) -> Answer:
    """Residential areas. Gap: a party is missing, or came to no meeting within 6 months; unknown: cell empty."""

    def status(name: str, committee: str) -> str:
        if committee == "无" or not field.residential_branch(name) or not field.managers(name):
            return "gap"
        late = [m for m in field.survey.meetings if m.area == name and field.months(m.held) <= 6]
        absent = [set(_absent(field, m)) for m in late]
        if absent and set.intersection(*absent):
            return "gap"
        return "ok" if committee else "unknown"

    return sort((a.name, status(a.name, a.committee)) for a in field.residential)


def meeting_without_party(field: Field) -> Answer:
    """Joint meetings of the last year. Gap: a party did not come; unknown: whether one came is not told."""

    def status(meeting: Meeting) -> str:
        owners = next(a.owners for a in field.residential if a.name == meeting.area)
        blank = not meeting.committee or (owners == "有" and not meeting.owners)
        return "gap" if _absent(field, meeting) else "unknown" if blank else "ok"

    met = [m for m in field.survey.meetings if field.months(m.held) <= 12]
    return sort((f"{m.area}{m.held}联席会议", status(m)) for m in met)


def no_joint_meeting(field: Field) -> Answer:
    """Residential areas. Gap: no joint meeting within 3 months, or none ever."""

    def status(name: str) -> str:
        held = (m.held for m in field.survey.meetings if m.area == name)
        return "ok" if any(field.months(h) <= 3 for h in held) else "gap"

    return sort((a.name, status(a.name)) for a in field.residential)


def matter_unresolved(field: Field) -> Answer:
    """Matters. Gap: not resolved, and past the date or, where there is none, 3 months after the meeting."""

    def status(held: str, resolved: str, due: str) -> str:
        late = field.months(due) > 0 if due else field.months(held) > 3
        return "unknown" if not resolved else "gap" if resolved == "否" and late else "ok"

    return sort((t[0], status(m.held, t[1], t[5])) for m in field.survey.meetings for t in m.matters)


def matter_unassigned(field: Field) -> Answer:
    """Matters that are not resolved. Gap: nobody is responsible, or no date was set."""
    matters = [t for m in field.survey.meetings for t in m.matters if t[1] != "是"]
    return sort((t[0], "ok" if t[4] and t[5] else "gap") for t in matters)


def not_dual_managed(field: Field) -> Answer:
    """Own branches of companies that manage residential areas. Gap: no dual management, nor exempt from it."""
    estates = [u for u in field.companies if any(a.endswith("居民区") for a in u.manages)]
    bound = {u.name for u in estates if not u.exempt}
    names = {u.name for u in estates}
    return sort(
        (b.name, "ok" if b.dual or not bound & set(b.units) else "gap")
        for b in field.branches
        if names & set(b.units)
    )


def no_representative(field: Field) -> Answer:
    """Companies "company area" with members. Gap: nobody represents those who are not in the area's own branch."""

    def status(unit: str, area: str) -> str:
        people = field.employed(unit)
        if all(p.branch == field.residential_branch(area) and not p.outside for p in people):
            return "ok"
        return "ok" if any(p.represents == area for p in people) else "gap"

    return sort(
        (f"{u.name} {a}", status(u.name, a))
        for u in field.companies
        if field.employed(u.name) and not u.exempt and u.status in (OPERATING, "")
        for a in u.manages
        if a.endswith("居民区")
    )


def no_co_building_pair(field: Field) -> Answer:
    """Residential areas. Gap: no pair has its residential branch as a partner."""

    def status(name: str) -> str:
        branch = field.residential_branch(name)
        return "ok" if any(branch in (p.a, p.b) for p in field.survey.pairs) else "gap"

    return sort((a.name, status(a.name)) for a in field.residential)


def stale_pair(field: Field) -> Answer:
    """Pairs. Gap: last contact or activity more than 3 months ago."""

    def status(a: str, b: str, contact: str) -> str:
        held = [t[1] for t in field.survey.activities if t[5] == f"{a}与{b}结对共建"]
        dates = [d for d in (contact, *held) if d]
        return "unknown" if not dates else "gap" if min(map(field.months, dates)) > 3 else "ok"

    return sort((f"{p.a} {p.b}", status(p.a, p.b, p.contact)) for p in field.survey.pairs)


def uncovered_commercial(field: Field) -> Answer:
    """Commercial areas. Gap: no branch leads it and nobody is posted to it."""

    def status(name: str) -> str:
        led = any(b.leads == name for b in field.branches)
        return "ok" if led or any(name in p.where for p in field.survey.posts) else "gap"

    return sort((a.name, status(a.name)) for a in field.survey.areas if not a.residential)


def instructor_overload(field: Field) -> Answer:
    """Instructors. Gap: more than 3 units."""
    units = {u.name for u in field.survey.units}
    instructors = [p for p in field.survey.posts if p.role == "党建指导员"]
    return sort((p.name, "gap" if len(units & {*p.where}) > 3 else "ok") for p in instructors)


def look_alike_units(field: Field) -> Answer:
    """Units. Gap: another of the same kind whose name sounds the same."""
    pairs = ({"秋澄物业", "秋橙物业"},)
    names = {u.name for u in field.survey.units}
    return sort((n, "gap" if any(n in p and p <= names for p in pairs) else "ok") for n in sorted(names))


RULES = {
    rule.__name__: rule
    for rule in (
        joint_branch_candidate,
        area_without_branch,
        area_without_company,
        incomplete_trinity,
        meeting_without_party,
        no_joint_meeting,
        matter_unresolved,
        matter_unassigned,
        not_dual_managed,
        no_representative,
        no_co_building_pair,
        stale_pair,
        uncovered_commercial,
        instructor_overload,
        look_alike_units,
    )
}
