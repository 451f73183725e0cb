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

    def lasting(self, branch: str) -> bool:
        """A branch here into which affiliations are moved and which elects its secretary."""
        return self.here(branch) and self.said[branch].get("kind") not in ("temporary", "functional")

    def plain(self, branch: str) -> bool:
        """A lasting one that is a branch: no committee, general branch or group."""
        return self.lasting(branch) and self.said[branch].get("level", "branch") == "branch"

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


def no_work_coverage(f: Field, now: int) -> Iterator[Status]:
    for unit in f.by_label["Unit"]:
        if not f.company(unit) or not f.runs(unit):
            continue
        reached = (
            f.of(unit, "EMPLOYED_BY")
            or f.branches(unit)
            or f.of(unit, "POSTED_TO")
            or f.of(unit, "ATTENDED_BY")
            or f.of(unit, "PARTNER")
            or any(f.of(a, "POSTED_TO") for a in f.to(unit, "MANAGES", "CommercialArea"))
        )
        yield "ok" if reached else "gap" if "status" in f.said[unit] else "unknown"


def branch_leadership(f: Field, now: int, minimum: int) -> Iterator[Status]:
    for branch in filter(f.here, f.by_label["Branch"]):
        if f.said[branch].get("level") in ("group", "work_committee"):
            continue
        secretaries = f.of(branch, "SECRETARY_OF")
        if not secretaries and not f.said[branch].get("secretary_appointed"):
            yield "gap"
            continue
        full, unclear = f.counted(f.of(branch, "AFFILIATED_WITH"))
        bare = f.plain(branch) and not f.of(branch, "COMMITTEE_MEMBER_OF")
        if bare and full >= minimum:
            yield "gap"
        else:
            yield "unknown" if not secretaries or (bare and full + unclear >= minimum) else "ok"


def branch_size(
    f: Field, now: int, minimum: int, maximum: int, most_units: int, largest: int
) -> Iterator[Status]:
    for branch in filter(f.plain, f.by_label["Branch"]):
        members = f.of(branch, "AFFILIATED_WITH")
        full, unclear = f.counted(members)
        joint = f.said[branch].get("kind", "joint") in ("joint", "independent")
        wide = joint and len(f.to(branch, "ORGANISED_IN")) > most_units
        if len(members) > min(maximum, largest) or wide or full + unclear < minimum:
            yield "gap"
        else:
            yield "ok" if full >= minimum else "unknown"


def committee_size(f: Field, now: int, fewest: int, most: int) -> Iterator[Status]:
    for branch in filter(f.plain, f.by_label["Branch"]):
        if committee := f.of(branch, "COMMITTEE_MEMBER_OF"):
            size = len({*committee, *f.of(branch, "SECRETARY_OF"), *f.of(branch, "DEPUTY_SECRETARY_OF")})
            yield "ok" if fewest <= size <= most else "gap"


def secretary_elsewhere(f: Field, now: int) -> Iterator[Status]:
    for branch in filter(f.plain, f.by_label["Branch"]):
        if secretaries := f.of(branch, "SECRETARY_OF"):
            appointed = f.said[branch].get("secretary_appointed")
            if appointed or all(branch in f.to(s, "AFFILIATED_WITH") for s in secretaries):
                yield "ok"
            else:
                yield "unknown" if appointed is None else "gap"


def secretary_alone(f: Field, now: int) -> Iterator[Status]:
    for branch in filter(f.lasting, f.by_label["Branch"]):
        kind = f.said[branch].get("kind")
        units = {u for s in f.of(branch, "SECRETARY_OF") for u in f.to(s, "EMPLOYED_BY")}
        if units and kind != "residential":
            enrolled = {u for m in f.of(branch, "AFFILIATED_WITH") for u in f.to(m, "EMPLOYED_BY")}
            if units <= enrolled or f.said[branch].get("secretary_appointed"):
                yield "ok"
            else:
                yield "gap" if kind else "unknown"


def post_holder_standing(f: Field, now: int, least: int, period: int) -> Iterator[Status]:
    for branch in filter(f.lasting, f.by_label["Branch"]):
        secretaries = f.of(branch, "SECRETARY_OF")
        holders = [
            *secretaries,
            *f.of(branch, "DEPUTY_SECRETARY_OF"),
            *f.of(branch, "COMMITTEE_MEMBER_OF"),
        ]
        if not holders:
            continue
        ages = [_full_since(f, s, now, period) for s in secretaries]
        if any(f.said[m].get("standing") == "probationary" for m in holders) or any(
            age is not None and age < least for age in ages
        ):
            yield "gap"
        else:
            yield "unknown" if None in ages else "ok"


def _full_since(f: Field, member: str, now: int, period: int) -> int | None:
    """For how many months somebody has been a full member, at most."""
    if "standing" not in f.said[member]:
        return None
    converted, joined = f.months(member, "converted"), f.months(member, "joined")
    if converted is None and joined is None:
        return None
    return now - (converted if converted is not None else (joined or 0) + period)


def term_ending(
    f: Field,
    now: int,
    community: int,
    others: int,
    committees: int,
    remind: int,
    longest: int,
    late: int,
) -> Iterator[Status]:
    terms = {None: None, "residential": community}
    for branch in filter(f.lasting, f.by_label["Branch"]):
        level, kind = f.said[branch].get("level"), f.said[branch].get("kind")
        if level in ("group", "work_committee"):
            continue
        end, began = f.months(branch, "term_ends"), f.months(branch, "elected")
        term = committees if level == "committee" else terms.get(kind, others)
        if end is None and began is not None and term is not None:
            end = began + term
        granted = f.months(branch, "extended_to")
        if end is not None and granted is not None:
            # an extension of more than a year is a gap by itself
            end = now if granted > end + longest else max(end, granted)
        end = granted if end is None else end
        yield "unknown" if end is None else "gap" if end - now <= remind else "ok"


def temporary_review(f: Field, now: int, longest: int) -> Iterator[Status]:
    for branch in f.by_label["Branch"]:
        if f.said[branch].get("kind") == "temporary" and f.stands(branch):
            founded = f.months(branch, "founded")
            if f.of(branch, "AFFILIATED_WITH"):
                yield "gap"
            else:
                yield "unknown" if founded is None else "gap" if now - founded > longest else "ok"


def branch_meetings(
    f: Field, now: int, general_months: int, committee_months: int, group_months: int
) -> Iterator[Status]:
    for branch in filter(f.plain, f.by_label["Branch"]):
        meetings = f.of(branch, "HELD_BY", "BranchMeeting")
        if not meetings:
            continue
        groups = [g for g in f.of(branch, "SUPERIOR", "Branch") if f.said[g].get("level") == "group"]
        meetings = meetings + [e for g in groups for e in f.of(g, "HELD_BY", "BranchMeeting")]
        last: dict[str | None, int] = defaultdict(int)
        vague = False
        for meeting in meetings:
            kind, held = f.said[meeting].get("kind"), f.months(meeting, "held")
            vague |= kind is None or held is None
            last[kind] = max(last[kind], held or 0)
        late = (
            now - last["general_meeting"] > general_months
            or (f.of(branch, "COMMITTEE_MEMBER_OF") and now - last["committee_meeting"] > committee_months)
            or (f.said[branch].get("groups") and now - last["group_meeting"] > group_months)
        )
        yield "ok" if not late else "unknown" if vague else "gap"


def residence_affiliation(f: Field, now: int) -> Iterator[Status]:
    for member in f.by_label["Member"]:
        home = f.to(member, "AFFILIATED_WITH")
        could = {b for a in f.to(member, "LIVES_IN") for b in f.of(a, "LEADS") if f.residential(b)}
        if not home or not could:
            continue
        if any(f.lasting(b) for u in f.to(member, "EMPLOYED_BY") for b in f.branches(u)):
            continue
        tied = {*home, *f.to(member, "TAKES_PART_IN"), *(a for b in home for a in f.to(b, "SUPERIOR"))}
        moved = all(f.said[b].get("kind") == "residential" for b in home)
        yield "gap" if moved and could.isdisjoint(tied) else "ok"


def floating_member(f: Field, now: int, months_due: int) -> Iterator[Status]:
    outside = [b for b in f.by_label["Branch"] if f.said[b].get("kind") == "outside"]
    for member in {m: None for b in outside for m in f.of(b, "AFFILIATED_WITH")}:
        since, declared = f.months(member, "absent_since"), f.said[member].get("floating")
        if any(map(f.here, f.to(member, "TAKES_PART_IN"))):
            yield "ok"
        elif since is None:
            yield "unknown" if declared is None else "gap" if declared else "ok"
        else:
            yield "gap" if now - since >= months_due else "ok"


def floating_away(f: Field, now: int) -> Iterator[Status]:
    for member in f.by_label["Member"]:
        said = f.said[member]
        moved = "moved_to" in said or said.get("floating")
        if moved and any(map(f.here, f.to(member, "AFFILIATED_WITH"))):
            lost = said.get("lost_contact")
            met = any(f.said[b].get("kind") == "outside" for b in f.to(member, "TAKES_PART_IN"))
            yield "gap" if lost else "unknown" if lost is None and not met else "ok"


def lost_contact(f: Field, now: int, months_due: int) -> Iterator[Status]:
    for member in f.by_label["Member"]:
        if f.said[member].get("lost_contact"):
            since = f.months(member, "absent_since")
            if str(f.said[member].get("register_state", "")).removeprefix("已") in ("停止党籍", "除名"):
                yield "ok"
            else:
                yield "unknown" if since is None else "gap" if now - since >= months_due else "ok"


def probation_over(f: Field, now: int, period: int, extension: int) -> Iterator[Status]:
    young = [m for m in f.by_label["Member"] if f.said[m].get("standing") == "probationary"]
    yield from _age(f, young, "joined", now, period)


def affiliated_elsewhere(f: Field, now: int) -> Iterator[Status]:
    could = {u: set(filter(f.lasting, f.branches(u))) for u in f.by_label["Unit"]}
    for member in f.by_label["Member"]:
        if (open_ := [could[u] for u in f.to(member, "EMPLOYED_BY") if could[u]]) and (
            home := f.to(member, "AFFILIATED_WITH")
        ):
            above = [a for b in home for a in f.to(b, "SUPERIOR")]
            tied = {*home, *above, *f.to(member, "TAKES_PART_IN")}
            yield "gap" if all(tied.isdisjoint(branches) for branches in open_) else "ok"


def member_ties(f: Field, now: int) -> Iterator[Status]:
    for member in f.by_label["Member"]:
        home = f.to(member, "AFFILIATED_WITH")
        closed = any(f.said[u].get("status") == "closed" for u in f.to(member, "EMPLOYED_BY"))
        if not home:
            yield "unknown" if "came_from" in f.said[member] else "gap"
        else:
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
        post_holder_standing,
        branch_meetings,
        term_ending,
        temporary_review,
        floating_member,
        floating_away,
        residence_affiliation,
        lost_contact,
        probation_over,
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
