"""The rest of the rules in plain Python, in the manner of tests/support/oracle.py."""

from __future__ import annotations

from collections.abc import Iterator

from graph_model.graph import Node
from tests.support.oracle import Field, Row, month, row, standing, stands


def names(nodes: list[Node]) -> list[str]:
    return sorted({str(n.properties["name"]) for n in nodes})


def by_name(nodes: list[Node]) -> list[Node]:
    return sorted(nodes, key=lambda n: (str(n.properties["name"]), n.key))


def here(branch: Node) -> bool:
    return stands(branch) and branch.properties.get("kind") != "outside"


def say(subject: Node, reason: str, unknown: tuple[str, ...] = (), **columns: object) -> Row:
    status = "ok" if not reason else "unknown" if reason in unknown else "gap"
    return row(subject, status, reason, **columns)


def affiliated_elsewhere(field: Field, now: int) -> Iterator[Row]:
    for member in field.all("Member"):
        units = [u for u in field.to(member, "EMPLOYED_BY") if field.branches(u)]
        home = field.to(member, "AFFILIATED_WITH")
        if units and home:
            could = [b for u in units for b in field.branches(u)]
            reason = "" if any(b in could for b in home) else "elsewhere"
            yield say(member, reason, unit=names(units), home=names(home), could=names(could))


def _many_pairs(field: Field, label: str, most: int) -> Iterator[Row]:
    for subject in field.all(label):
        if pairs := len(field.of(subject, "PARTNER")):
            yield say(subject, "many" if pairs > most else "", pairs=pairs)


def branch_in_many_pairs(field: Field, now: int, most: int) -> Iterator[Row]:
    yield from _many_pairs(field, "Branch", most)


def unit_in_many_pairs(field: Field, now: int, most: int) -> Iterator[Row]:
    yield from _many_pairs(field, "Unit", most)


def branch_size(field: Field, now: int, minimum: int, maximum: int, most_units: int) -> Iterator[Row]:
    for branch in filter(here, field.all("Branch")):
        people = field.of(branch, "AFFILIATED_WITH")
        full, unclear = standing(people, "full"), standing(people, None)
        units = len(field.to(branch, "ORGANISED_IN"))
        faults = {
            "too_large": len(people) > maximum,
            "too_many_units": units > most_units,
            "too_small": full + unclear < minimum,
            "standing_unknown": full < minimum,
        }
        reason = next((name for name, true in faults.items() if true), "")
        yield say(branch, reason, ("standing_unknown",), full=full, members=len(people), units=units)


def committee_size(field: Field, now: int, fewest: int, most: int) -> Iterator[Row]:
    for branch in filter(here, field.all("Branch")):
        committee = field.of(branch, "COMMITTEE_MEMBER_OF")
        if committee:
            size = len({m.key for m in committee + field.of(branch, "SECRETARY_OF")})
            yield say(branch, "small" if size < fewest else "large" if size > most else "", size=size)


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


def member_ties(field: Field, now: int) -> Iterator[Row]:
    for member in field.all("Member"):
        home = by_name(field.to(member, "AFFILIATED_WITH"))
        gone = [b.properties["name"] for b in home if not stands(b)]
        units = by_name(field.to(member, "EMPLOYED_BY"))
        closed = [u.properties["name"] for u in units if u.properties.get("status") == "closed"]
        faults = {"none": not home, "several": len(home) > 1, "dissolved": gone, "closed": closed}
        reason = next((name for name, true in faults.items() if true), "")
        yield say(member, reason, affiliations=len(home), dissolved=gone, closed=closed)


def never_surveyed(field: Field, now: int) -> Iterator[Row]:
    for branch in field.all("Branch"):
        if members := len(field.of(branch, "AFFILIATED_WITH")):
            outside = branch.properties.get("kind") == "outside"
            yield say(branch, "outside" if outside else "", members=members)


def secretary_alone(field: Field, now: int) -> Iterator[Row]:
    for branch in filter(here, field.all("Branch")):
        enrolled = field.of(branch, "AFFILIATED_WITH")
        posts = [
            (s, u)
            for s in by_name(field.of(branch, "SECRETARY_OF"))
            for u in by_name(field.to(s, "EMPLOYED_BY"))
        ]
        if posts:
            alone = [(s, u) for s, u in posts if not any(m in enrolled for m in field.staff(u))]
            yield say(
                branch,
                "alone" if alone else "",
                secretary=[s.properties["name"] for s, _ in alone],
                unit=[u.properties["name"] for _, u in alone],
            )


def secretary_elsewhere(field: Field, now: int) -> Iterator[Row]:
    for branch in filter(here, field.all("Branch")):
        secretaries = by_name(field.of(branch, "SECRETARY_OF"))
        if secretaries:
            away = [s for s in secretaries if branch not in field.to(s, "AFFILIATED_WITH")]
            home = [b.properties["name"] for s in away for b in by_name(field.to(s, "AFFILIATED_WITH"))]
            secretary = [s.properties["name"] for s in away]
            yield say(branch, "elsewhere" if away else "", secretary=secretary, home=home)


def temporary_review(field: Field, now: int, longest: int) -> Iterator[Row]:
    for branch in filter(stands, field.all("Branch")):
        if branch.properties.get("kind") == "temporary":
            began = month(branch, "founded")
            months = None if began is None else now - began
            reason = "unknown" if months is None else "old" if months > longest else ""
            yield say(branch, reason, ("unknown",), founded=branch.properties.get("founded"), months=months)


RULES = {
    f.__name__: f
    for f in (
        affiliated_elsewhere,
        branch_in_many_pairs,
        branch_size,
        committee_size,
        look_alike_members,
        look_alike_units,
        member_ties,
        never_surveyed,
        secretary_alone,
        secretary_elsewhere,
        temporary_review,
        unit_in_many_pairs,
    )
}
