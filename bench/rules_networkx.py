"""Every built-in rule in plain Python over a networkx graph in memory: the peer of bench/rules.py.

Nodes carry their label and properties, ties are keyed by their type. A rule yields a status for each subject of
its population. Written for speed as somebody would who has the whole graph at hand, with no idea from the Cypher.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx

Status = str
Said = dict[str, Any]


class Field:
    """A graph with its nodes by label, and what lies at the ends of a node's ties of a type."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        self.graph = graph
        self.said: dict[str, Said] = dict(graph.nodes(data="properties"))
        self.label: dict[str, str] = dict(graph.nodes(data="label"))
        self.by_label: dict[str, list[str]] = defaultdict(list)
        for key, label in self.label.items():
            self.by_label[label].append(key)

    def to(self, key: str, type_: str, label: str | None = None) -> list[str]:
        """Where a node's ties of a type lead."""
        ends = [k for k, ties in self.graph.succ[key].items() if type_ in ties]
        return ends if label is None else [k for k in ends if self.label[k] == label]

    def of(self, key: str, type_: str, label: str | None = None) -> list[str]:
        """Where a node's ties of a type come from."""
        ends = [k for k, ties in self.graph.pred[key].items() if type_ in ties]
        return ends if label is None else [k for k in ends if self.label[k] == label]

    def counted(self, members: list[str]) -> tuple[int, int]:
        """How many are full members, and of how many the standing is not known."""
        standing = [self.said[m].get("standing") for m in members]
        return standing.count("full"), standing.count(None)

    def stands(self, branch: str) -> bool:
        return "dissolved" not in self.said[branch]

    def here(self, branch: str) -> bool:
        return self.stands(branch) and self.said[branch].get("kind") != "outside"

    def residential(self, branch: str) -> bool:
        return self.stands(branch) and self.said[branch].get("kind", "residential") == "residential"

    def company(self, unit: str) -> bool:
        return self.said[unit].get("kind") == "property_company"

    def runs(self, unit: str) -> bool:
        return self.said[unit].get("status", "operating") == "operating"

    def branches(self, unit: str) -> list[str]:
        return [b for b in self.of(unit, "ORGANISED_IN") if self.stands(b)]

    def months(self, key: str, name: str) -> int | None:
        """A date as a count of months, where it is known to the month."""
        text = self.said[key].get(name) or ""
        return int(text[:4]) * 12 + int(text[5:7]) if len(text) >= 7 else None


def _age(field: Field, keys: list[str], name: str, now: int, most: int) -> Iterator[Status]:
    """Unknown without a date; a gap where it is more than so many months ago."""
    for key in keys:
        since = field.months(key, name)
        yield "unknown" if since is None else "gap" if now - since > most else "ok"


def own_branch_due(f: Field, now: int, minimum: int) -> Iterator[Status]:
    for unit in f.by_label["Unit"]:
        staff = f.of(unit, "EMPLOYED_BY")
        if not staff or not f.runs(unit):
            continue
        full, unclear = f.counted(staff)
        if full + unclear < minimum or any(len(f.to(b, "ORGANISED_IN")) == 1 for b in f.branches(unit)):
            yield "ok"
        else:
            yield "gap" if full >= minimum and "status" in f.said[unit] else "unknown"


def joint_branch_candidate(f: Field, now: int, minimum: int) -> Iterator[Status]:
    for unit in f.by_label["Unit"]:
        if not f.runs(unit):
            continue
        full, unclear = f.counted(f.of(unit, "EMPLOYED_BY"))
        if full >= minimum or not full + unclear:
            continue
        if f.branches(unit):
            yield "ok"
        elif full == 0 or full + unclear >= minimum or "status" not in f.said[unit]:
            yield "unknown"
        else:
            yield "gap"


def no_work_coverage(
    f: Field, now: int, minimum: int, meeting_months: int, pair_months: int, contact_counts: int
) -> Iterator[Status]:
    for unit in f.by_label["Unit"]:
        if not f.company(unit) or not f.runs(unit):
            continue
        said = f.said[unit]
        places = f.to(unit, "MANAGES", "CommercialArea") + f.to(unit, "LOCATED_IN", "CommercialArea")
        reached = (
            f.branches(unit)
            or f.of(unit, "POSTED_TO")
            or any(f.of(a, "POSTED_TO") for a in places)
            or said.get("trade_union")
            or said.get("youth_league")
            or (contact_counts and (f.of(unit, "ATTENDED_BY") or f.of(unit, "PARTNER")))
        )
        yield "ok" if reached else "gap" if "status" in said else "unknown"


def branch_leadership(f: Field, now: int, minimum: int) -> Iterator[Status]:
    for branch in filter(f.here, f.by_label["Branch"]):
        if not f.of(branch, "SECRETARY_OF"):
            yield "gap"
            continue
        full, unclear = f.counted(f.of(branch, "AFFILIATED_WITH"))
        if full + unclear < minimum or f.of(branch, "COMMITTEE_MEMBER_OF"):
            yield "ok"
        else:
            yield "gap" if full >= minimum else "unknown"


def branch_size(f: Field, now: int, minimum: int, maximum: int, most_units: int) -> Iterator[Status]:
    for branch in filter(f.here, f.by_label["Branch"]):
        members = f.of(branch, "AFFILIATED_WITH")
        full, unclear = f.counted(members)
        if (
            len(members) > maximum
            or len(f.to(branch, "ORGANISED_IN")) > most_units
            or full + unclear < minimum
        ):
            yield "gap"
        else:
            yield "ok" if full >= minimum else "unknown"


def committee_size(f: Field, now: int, fewest: int, most: int) -> Iterator[Status]:
    for branch in filter(f.here, f.by_label["Branch"]):
        if committee := f.of(branch, "COMMITTEE_MEMBER_OF"):
            size = len({*committee, *f.of(branch, "SECRETARY_OF")})
            yield "ok" if fewest <= size <= most else "gap"


def secretary_elsewhere(f: Field, now: int) -> Iterator[Status]:
    for branch in filter(f.here, f.by_label["Branch"]):
        if secretaries := f.of(branch, "SECRETARY_OF"):
            home = all(branch in f.to(s, "AFFILIATED_WITH") for s in secretaries)
            yield "ok" if home else "gap"


def secretary_alone(f: Field, now: int) -> Iterator[Status]:
    for branch in filter(f.here, f.by_label["Branch"]):
        units = {u for s in f.of(branch, "SECRETARY_OF") for u in f.to(s, "EMPLOYED_BY")}
        if units:
            enrolled = {u for m in f.of(branch, "AFFILIATED_WITH") for u in f.to(m, "EMPLOYED_BY")}
            yield "ok" if units <= enrolled else "gap"


def term_ending(f: Field, now: int, community: int, others: int, remind: int) -> Iterator[Status]:
    for branch in filter(f.here, f.by_label["Branch"]):
        kind = f.said[branch].get("kind")
        if kind == "temporary":
            continue
        end, began = f.months(branch, "term_ends"), f.months(branch, "elected")
        if end is None and began is not None and kind is not None:
            end = began + (community if kind == "residential" else others)
        yield "unknown" if end is None else "gap" if end - now <= remind else "ok"


def temporary_review(f: Field, now: int, longest: int) -> Iterator[Status]:
    temporary = [b for b in f.by_label["Branch"] if f.said[b].get("kind") == "temporary" and f.stands(b)]
    yield from _age(f, temporary, "founded", now, longest)


def floating_member(f: Field, now: int, months_due: int) -> Iterator[Status]:
    outside = [b for b in f.by_label["Branch"] if f.said[b].get("kind") == "outside"]
    away = {m: None for b in outside for m in f.of(b, "AFFILIATED_WITH")}
    yield from _age(f, list(away), "absent_since", now, months_due - 1)


def affiliated_elsewhere(f: Field, now: int) -> Iterator[Status]:
    could = {u: set(f.branches(u)) for u in f.by_label["Unit"]}
    for member in f.by_label["Member"]:
        if (open_ := [could[u] for u in f.to(member, "EMPLOYED_BY") if could[u]]) and (
            home := f.to(member, "AFFILIATED_WITH")
        ):
            yield "ok" if any(b in branches for b in home for branches in open_) else "gap"


def member_ties(f: Field, now: int) -> Iterator[Status]:
    for member in f.by_label["Member"]:
        home = f.to(member, "AFFILIATED_WITH")
        closed = any(f.said[u].get("status") == "closed" for u in f.to(member, "EMPLOYED_BY"))
        yield "ok" if len(home) == 1 and f.stands(home[0]) and not closed else "gap"


def area_without_branch(f: Field, now: int) -> Iterator[Status]:
    for area in f.by_label["ResidentialArea"]:
        yield "ok" if any(map(f.residential, f.of(area, "LEADS"))) else "gap"


def _managed(f: Field, area: str) -> bool:
    return any(f.company(u) and f.runs(u) for u in f.of(area, "MANAGES"))


def area_without_company(f: Field, now: int) -> Iterator[Status]:
    for area in f.by_label["ResidentialArea"]:
        yield "ok" if _managed(f, area) else "gap"


def incomplete_trinity(f: Field, now: int) -> Iterator[Status]:
    for area in f.by_label["ResidentialArea"]:
        committee = f.said[area].get("residents_committee")
        if committee is False or not _managed(f, area) or not any(map(f.residential, f.of(area, "LEADS"))):
            yield "gap"
        else:
            yield "ok" if committee else "unknown"


def no_joint_meeting(f: Field, now: int, longest: int) -> Iterator[Status]:
    for area in f.by_label["ResidentialArea"]:
        meetings = f.of(area, "HELD_IN", "JointMeeting")
        held = [m for j in meetings if (m := f.months(j, "held")) is not None]
        if not held:
            yield "unknown" if meetings else "gap"
        else:
            yield "gap" if now - max(held) > longest else "ok"


def matter_unresolved(f: Field, now: int, longest: int) -> Iterator[Status]:
    for matter in f.by_label["Matter"]:
        if not (meetings := f.of(matter, "TOOK_UP")):
            continue
        held = [m for j in meetings if (m := f.months(j, "held")) is not None]
        resolved = f.said[matter].get("resolved")
        if resolved:
            yield "ok"
        elif resolved is None or not held:
            yield "unknown"
        else:
            yield "gap" if now - min(held) > longest else "ok"


def uncovered_commercial(f: Field, now: int) -> Iterator[Status]:
    for area in f.by_label["CommercialArea"]:
        covered = f.of(area, "POSTED_TO") or any(map(f.stands, f.of(area, "LEADS")))
        yield "ok" if covered else "gap"


def not_dual_managed(f: Field, now: int) -> Iterator[Status]:
    for branch in filter(f.stands, f.by_label["Branch"]):
        units = f.to(branch, "ORGANISED_IN")
        if any(f.company(u) and f.to(u, "MANAGES", "ResidentialArea") for u in units):
            dual = f.to(branch, "DUAL_MANAGED_WITH") or f.of(branch, "DUAL_MANAGED_WITH")
            yield "ok" if dual else "gap"


def no_representative(f: Field, now: int) -> Iterator[Status]:
    for unit in filter(f.company, f.by_label["Unit"]):
        if (staff := set(f.of(unit, "EMPLOYED_BY"))) and (
            areas := f.to(unit, "MANAGES", "ResidentialArea")
        ):
            yield "ok" if all(not staff.isdisjoint(f.of(a, "REPRESENTS")) for a in areas) else "gap"


def no_co_building_pair(f: Field, now: int) -> Iterator[Status]:
    for area in f.by_label["ResidentialArea"]:
        paired = any(f.residential(b) and f.of(b, "PARTNER") for b in f.of(area, "LEADS"))
        yield "ok" if paired else "gap"


def stale_pair(f: Field, now: int, longest: int) -> Iterator[Status]:
    yield from _age(f, f.by_label["CoBuildingPair"], "last_contact", now, longest)


def one_sided_pair(f: Field, now: int) -> Iterator[Status]:
    for pair in f.by_label["CoBuildingPair"]:
        partners = f.to(pair, "PARTNER")
        two = len(partners) > 1 and any(f.said[p].get("kind") == "residential" for p in partners)
        yield "ok" if two else "gap"


def _in_pairs(f: Field, label: str, most: int) -> Iterator[Status]:
    for key in f.by_label[label]:
        if pairs := f.of(key, "PARTNER"):
            yield "gap" if len(pairs) > most else "ok"


def unit_in_many_pairs(f: Field, now: int, most: int) -> Iterator[Status]:
    yield from _in_pairs(f, "Unit", most)


def branch_in_many_pairs(f: Field, now: int, most: int) -> Iterator[Status]:
    yield from _in_pairs(f, "Branch", most)


def look_alike_units(f: Field, now: int) -> Iterator[Status]:
    sounds = Counter(f.said[u].get("sound") for u in f.by_label["Unit"])
    for unit in f.by_label["Unit"]:
        sound = f.said[unit].get("sound")
        yield "gap" if sound is not None and sounds[sound] > 1 else "ok"


def look_alike_members(f: Field, now: int) -> Iterator[Status]:
    groups: dict[str, list[int | None]] = defaultdict(list)
    for member in f.by_label["Member"]:
        groups[f.said[member]["name"]].append(f.months(member, "born"))
    for months in groups.values():
        if len(months) == 1:
            continue
        counts = Counter(months)
        for month in months:
            if month is not None and counts[month] > 1:
                yield "gap"
            else:
                yield "unknown" if counts[None] else "ok"


def never_surveyed(f: Field, now: int) -> Iterator[Status]:
    for branch in f.by_label["Branch"]:
        if f.of(branch, "AFFILIATED_WITH"):
            yield "gap" if f.said[branch].get("kind") == "outside" else "ok"


RULES: dict[str, Callable[..., Iterator[Status]]] = {
    rule.__name__: rule
    for rule in (
        own_branch_due,
        joint_branch_candidate,
        no_work_coverage,
        branch_leadership,
        branch_size,
        committee_size,
        secretary_elsewhere,
        secretary_alone,
        term_ending,
        temporary_review,
        floating_member,
        affiliated_elsewhere,
        member_ties,
        area_without_branch,
        area_without_company,
        incomplete_trinity,
        no_joint_meeting,
        matter_unresolved,
        uncovered_commercial,
        not_dual_managed,
        no_representative,
        no_co_building_pair,
        stale_pair,
        one_sided_pair,
        unit_in_many_pairs,
        branch_in_many_pairs,
        look_alike_units,
        look_alike_members,
        never_surveyed,
    )
}
