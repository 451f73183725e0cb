"""The rest of the rules in plain Python, in the manner of tests/support/oracle.py."""

from __future__ import annotations

from collections.abc import Iterator

from graph_model.graph import Node
from tests.support.oracle import Field, Row, month, row, stands


def names(nodes: list[Node]) -> list[str]:
    return sorted({str(n.properties["name"]) for n in nodes})


def by_name(nodes: list[Node]) -> list[Node]:
    return sorted(nodes, key=lambda n: (str(n.properties["name"]), n.key))


def here(branch: Node) -> bool:
    return stands(branch) and branch.properties.get("kind") != "outside"


def say(subject: Node, reason: str, unknown: tuple[str, ...] = (), **columns: object) -> Row:
    status = "ok" if not reason else "unknown" if reason in unknown else "gap"
    return row(subject, status, reason, **columns)


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


def never_surveyed(field: Field, now: int) -> Iterator[Row]:
    for branch in field.all("Branch"):
        if members := len(field.of(branch, "AFFILIATED_WITH")):
            outside = branch.properties.get("kind") == "outside"
            yield say(branch, "outside" if outside else "", members=members)


RULES = {
    f.__name__: f
    for f in (
        branch_in_many_pairs,
        look_alike_members,
        look_alike_units,
        never_surveyed,
        unit_in_many_pairs,
    )
}
