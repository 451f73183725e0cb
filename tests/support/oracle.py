"""The rules, the rates and the totals in plain Python: what the Cypher of each must answer.

Written from what the domain says, with loops over the whole graph, so that it shares no idea with the
Cypher that it checks. Rows hold every column of a rule, and come in no particular order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from graph_model.graph import Graph, Node
from graph_model.schema import label_of

Row = dict[str, Any]


class Field:
    """A graph, and how to walk it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def all(self, label: str) -> list[Node]:
        return [n for n in self.graph.nodes.values() if n.label == label]

    def to(self, node: Node, type_: str, label: str | None = None) -> list[Node]:
        """What a node's edges of a type lead to."""
        ends = [t for kind, s, t in self.graph.edges if kind == type_ and s == node.key]
        return [self.graph.nodes[k] for k in ends if label in (None, label_of(k))]

    def of(self, node: Node, type_: str, label: str | None = None) -> list[Node]:
        """What edges of a type come from, to a node."""
        ends = [s for kind, s, t in self.graph.edges if kind == type_ and t == node.key]
        return [self.graph.nodes[k] for k in ends if label in (None, label_of(k))]

    # ---- words of the domain

    def staff(self, unit: Node) -> list[Node]:
        return self.of(unit, "EMPLOYED_BY")

    def branches(self, unit: Node) -> list[Node]:
        return [b for b in self.of(unit, "ORGANISED_IN") if stands(b)]

    def own_branches(self, unit: Node) -> list[Node]:
        return [b for b in self.branches(unit) if len(self.to(b, "ORGANISED_IN")) == 1]

    def posts(self, unit: Node) -> list[Node]:
        """Liaisons and instructors at the unit, or at a commercial area where it stands or that it manages."""
        places = [
            unit,
            *self.to(unit, "MANAGES", "CommercialArea"),
            *self.to(unit, "LOCATED_IN", "CommercialArea"),
        ]
        return [*{p.key: p for place in places for p in self.of(place, "POSTED_TO")}.values()]

    def reached(self, unit: Node, contact_counts: int = 0) -> bool:
        """Work coverage as the guidance names it; `contact_counts`: meetings and pairs of whatever date too."""
        contact = self.of(unit, "ATTENDED_BY") + self.of(unit, "PARTNER") if contact_counts else []
        return bool(self.branches(unit) or self.posts(unit) or True in self.mass(unit) or contact)

    def mass(self, unit: Node) -> list[object]:
        """Whether there is a trade union and a youth league organisation; None where nothing is known."""
        return [unit.properties.get("trade_union"), unit.properties.get("youth_league")]

    def recent(self, unit: Node, type_: str, date: str, now: int, longest: int) -> list[Node]:
        """The meetings or pairs of a unit whose date is known to the month and not too long ago."""
        known = [(n, month(n, date)) for n in self.of(unit, type_)]
        return [n for n, when in known if when is not None and now - when <= longest]

    def live_pairs(self, unit: Node, now: int, longest: int) -> list[Node]:
        """The pairs of a unit with contact, or an activity of their own, known to the month and not too long ago."""
        pairs = self.of(unit, "PARTNER")
        told = {
            p.key: [
                month(p, "last_contact"),
                *(month(a, "held") for a in self.of(p, "HELD_BY", "Activity")),
            ]
            for p in pairs
        }
        return [p for p in pairs if any(m is not None and now - m <= longest for m in told[p.key])]

    def companies(self) -> list[Node]:
        return [u for u in self.all("Unit") if u.properties.get("kind") == "property_company"]

    def next_to(self, area: Node) -> list[Node]:
        return self.to(area, "ADJACENT_TO") + self.of(area, "ADJACENT_TO")


def is_residential(branch: Node) -> bool:
    """A temporary or company branch that leads an area is not its residential branch; an empty kind may be."""
    return stands(branch) and branch.properties.get("kind", "residential") == "residential"


def stands(branch: Node) -> bool:
    """A branch that was not dissolved."""
    return "dissolved" not in branch.properties


def runs(unit: Node) -> bool:
    """A unit that operates, as far as is known."""
    return unit.properties.get("status", "operating") == "operating"


def standing(people: list[Node], which: str | None) -> int:
    return len([p for p in people if p.properties.get("standing") == which])


def month(node: Node, name: str) -> int | None:
    """A date as a number of months, where it is known to the month."""
    text = str(node.properties.get(name, ""))
    return int(text[:4]) * 12 + int(text[5:7]) if len(text) >= 7 else None


def row(subject: Node, status: str, reason: str, **columns: Any) -> Row:
    return {
        "key": subject.key,
        "name": subject.properties["name"],
        "status": status,
        "reason": reason,
        **columns,
    }


# ---- rules


def own_branch_due(field: Field, now: int, minimum: int) -> Iterator[Row]:
    for unit in filter(runs, filter(field.staff, field.all("Unit"))):
        full, unclear = standing(field.staff(unit), "full"), standing(field.staff(unit), None)
        own = field.own_branches(unit)
        if own or full + unclear < minimum:
            status, reason = "ok", ""
        elif full < minimum:
            status, reason = "unknown", "standing_unknown"
        elif "status" not in unit.properties:
            status, reason = "unknown", "status_unknown"
        else:
            status, reason = "gap", "due"
        joint = len(field.branches(unit)) > len(own)
        yield row(unit, status, reason, full=full, unclear=unclear, joint=joint)


def no_work_coverage(
    field: Field, now: int, minimum: int, meeting_months: int, pair_months: int, contact_counts: int
) -> Iterator[Row]:
    for unit in filter(runs, field.companies()):
        meetings = field.recent(unit, "ATTENDED_BY", "held", now, meeting_months)
        pairs = field.live_pairs(unit, now, pair_months)
        mass = field.mass(unit)
        if field.reached(unit, contact_counts):
            status, reason = "ok", ""
        elif "status" not in unit.properties:
            status, reason = "unknown", "status_unknown"
        elif field.staff(unit) or meetings or pairs:
            status, reason = "gap", "contact_only"
        else:
            status, reason = "gap", "not_asked" if None in mass else "nothing"
        yield row(
            unit,
            status,
            reason,
            members=len(field.staff(unit)),
            branches=len(field.branches(unit)),
            posts=len(field.posts(unit)),
            mass=True if True in mass else None if None in mass else False,
            meetings=len(meetings),
            pairs=len(pairs),
        )


RULES: dict[str, Callable[..., Iterator[Row]]] = {
    f.__name__: f
    for f in (
        own_branch_due,
        no_work_coverage,
    )
}


# ---- figures


def totals(graph: Graph) -> dict[str, int]:
    """Every control total."""
    field = Field(graph)
    companies = field.companies()
    owned = [u.properties.get("ownership") for u in companies]
    return {
        "companies": len(companies),
        "collective": owned.count("collective"),
        "private": owned.count("private"),
        "commercial": len([u for u in companies if field.to(u, "MANAGES", "CommercialArea")]),
        "residential": len([u for u in companies if field.to(u, "MANAGES", "ResidentialArea")]),
        "with_branch": len([u for u in companies if field.branches(u)]),
        "with_members": len([u for u in companies if field.staff(u)]),
        "members": len({m.key for u in companies for m in field.staff(u)}),
    }


def rates(
    graph: Graph, now: int, minimum: int, meeting_months: int, pair_months: int, contact_counts: int
) -> dict[str, tuple[int, int, int, int]]:
    """{rate: (numerator, denominator, unknown, closed or shell)}."""
    field = Field(graph)
    by_status: dict[object, list[Node]] = {}
    for unit in field.companies():
        by_status.setdefault(unit.properties.get("status"), []).append(unit)
    base = by_status.get("operating", [])
    apart = (
        len(base),
        len(by_status.get(None, [])),
        len(by_status.get("closed", [])) + len(by_status.get("shell", [])),
    )
    worked = [u for u in base if field.reached(u, contact_counts)]
    contact = [
        u
        for u in base
        if u not in worked
        and (
            field.staff(u)
            or field.recent(u, "ATTENDED_BY", "held", now, meeting_months)
            or field.live_pairs(u, now, pair_months)
        )
    ]
    return {
        "organisation": (len([u for u in base if field.branches(u)]), *apart),
        "independent": (len([u for u in base if field.own_branches(u)]), *apart),
        "due": _due_rate(field, minimum),
        "work": (len(worked), *apart),
        "contact": (len(contact), *apart),
    }


def _due_rate(field: Field, minimum: int) -> tuple[int, int, int, int]:
    """Units of every kind: who must have an own branch and has, must, may have to, would have to if not closed."""
    covered = due = unclear = closed = 0
    for unit in field.all("Unit"):
        full, vague = standing(field.staff(unit), "full"), standing(field.staff(unit), None)
        status = unit.properties.get("status")
        if status in ("closed", "shell"):
            closed += full >= minimum
        elif full >= minimum and status == "operating":
            due += 1
            covered += bool(field.own_branches(unit))
        else:
            unclear += full + vague >= minimum
    return covered, due, unclear, closed
