"""The rest of the rules in plain Python, in the manner of tests/support/oracle.py."""

from __future__ import annotations

from collections.abc import Iterator

from graph_model.graph import Node
from tests.support.oracle import Field, Row, is_residential, month, row, runs, stands


def names(nodes: list[Node]) -> list[str]:
    return sorted({str(n.properties["name"]) for n in nodes})


def by_name(nodes: list[Node]) -> list[Node]:
    return sorted(nodes, key=lambda n: (str(n.properties["name"]), n.key))


def here(branch: Node) -> bool:
    return stands(branch) and branch.properties.get("kind") != "outside"


def say(subject: Node, reason: str, unknown: tuple[str, ...] = (), **columns: object) -> Row:
    status = "ok" if not reason else "unknown" if reason in unknown else "gap"
    return row(subject, status, reason, **columns)


def area_without_branch(field: Field, now: int) -> Iterator[Row]:
    for area in field.all("ResidentialArea"):
        branches = len([b for b in field.of(area, "LEADS") if is_residential(b)])
        yield say(area, "" if branches else "none", branches=branches)


def area_without_company(field: Field, now: int) -> Iterator[Row]:
    for area in field.all("ResidentialArea"):
        companies = len([u for u in field.of(area, "MANAGES") if u in field.companies() and runs(u)])
        yield say(area, "" if companies else "none", companies=companies)


def _many_pairs(field: Field, label: str, most: int) -> Iterator[Row]:
    for subject in field.all(label):
        if pairs := len(field.of(subject, "PARTNER")):
            yield say(subject, "many" if pairs > most else "", pairs=pairs)


def branch_in_many_pairs(field: Field, now: int, most: int) -> Iterator[Row]:
    yield from _many_pairs(field, "Branch", most)


def unit_in_many_pairs(field: Field, now: int, most: int) -> Iterator[Row]:
    yield from _many_pairs(field, "Unit", most)


def look_alike_members(field: Field, now: int) -> Iterator[Row]:
    people = field.all("Member")
    for member in people:
        others = [
            m for m in people if m is not member and m.properties["name"] == member.properties["name"]
        ]
        if not others:
            continue
        born = month(member, "born")
        same = len([m for m in others if born is not None and month(m, "born") == born])
        unclear = len([m for m in others if born is None or month(m, "born") is None])
        reason = "alike" if same else "unknown" if unclear else ""
        yield say(member, reason, ("unknown",), same_name=len(others) + 1, same_month=same, unclear=unclear)


def look_alike_units(field: Field, now: int) -> Iterator[Row]:
    units = field.all("Unit")
    for unit in units:
        sound = unit.properties.get("sound")
        alike = [u for u in units if u is not unit and sound and u.properties.get("sound") == sound]
        others = [u.properties["name"] for u in by_name(alike)]
        yield say(unit, "alike" if others else "", others=others)


def matter_unresolved(field: Field, now: int, longest: int) -> Iterator[Row]:
    for matter in field.all("Matter"):
        meetings = field.of(matter, "TOOK_UP")
        if not meetings:
            continue
        held = min((str(j.properties["held"]) for j in meetings if "held" in j.properties), default=None)
        first = min((m for j in meetings if (m := month(j, "held")) is not None), default=None)
        months = None if first is None else now - first
        resolved = matter.properties.get("resolved")
        if resolved is None:
            reason = "unknown"
        elif resolved:
            reason = ""
        elif months is None:
            reason = "date_unknown"
        else:
            reason = "unresolved" if months > longest else ""
        area = names([a for j in meetings for a in field.to(j, "HELD_IN")])
        yield say(matter, reason, ("unknown", "date_unknown"), area=area, held=held, months=months)


def never_surveyed(field: Field, now: int) -> Iterator[Row]:
    for branch in field.all("Branch"):
        if members := len(field.of(branch, "AFFILIATED_WITH")):
            outside = branch.properties.get("kind") == "outside"
            yield say(branch, "outside" if outside else "", members=members)


def no_joint_meeting(field: Field, now: int, longest: int) -> Iterator[Row]:
    for area in field.all("ResidentialArea"):
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


def no_representative(field: Field, now: int) -> Iterator[Row]:
    for company in field.companies():
        staff, areas = field.staff(company), field.to(company, "MANAGES", "ResidentialArea")
        if staff and areas:
            bare = [a for a in areas if not any(m in staff for m in field.of(a, "REPRESENTS"))]
            missing = [a.properties["name"] for a in by_name(bare)]
            yield say(company, "none" if missing else "", members=len(staff), missing=missing)


def not_dual_managed(field: Field, now: int) -> Iterator[Row]:
    companies = field.companies()
    for branch in filter(stands, field.all("Branch")):
        units = [
            u
            for u in field.to(branch, "ORGANISED_IN")
            if u in companies and field.to(u, "MANAGES", "ResidentialArea")
        ]
        if units:
            dual = len(field.to(branch, "DUAL_MANAGED_WITH")) + len(field.of(branch, "DUAL_MANAGED_WITH"))
            yield say(branch, "" if dual else "none", units=names(units), dual=dual)


def one_sided_pair(field: Field, now: int) -> Iterator[Row]:
    for pair in field.all("CoBuildingPair"):
        partners = field.to(pair, "PARTNER")
        residential = len([p for p in partners if p.properties.get("kind") == "residential"])
        reason = "one" if len(partners) < 2 else "" if residential else "no_residential"
        yield say(pair, reason, partners=len(partners), residential=residential)


def stale_pair(field: Field, now: int, longest: int) -> Iterator[Row]:
    for pair in field.all("CoBuildingPair"):
        last = month(pair, "last_contact")
        months = None if last is None else now - last
        reason = "unknown" if months is None else "stale" if months > longest else ""
        yield say(pair, reason, ("unknown",), last=pair.properties.get("last_contact"), months=months)


def uncovered_commercial(field: Field, now: int) -> Iterator[Row]:
    for area in field.all("CommercialArea"):
        branches = len([b for b in field.of(area, "LEADS") if stands(b)])
        posts = len(field.of(area, "POSTED_TO"))
        yield say(area, "" if branches + posts else "none", branches=branches, posts=posts)


RULES = {
    f.__name__: f
    for f in (
        area_without_branch,
        area_without_company,
        branch_in_many_pairs,
        look_alike_members,
        look_alike_units,
        matter_unresolved,
        never_surveyed,
        no_joint_meeting,
        no_representative,
        not_dual_managed,
        one_sided_pair,
        stale_pair,
        uncovered_commercial,
        unit_in_many_pairs,
    )
}
