"""Every built-in rule in plain Python over a networkx graph in memory: the peer of bench/rules.py.

Nodes carry their label and properties, ties are keyed by their type. A rule yields a status for each subject of
its population. Written for speed as somebody would who has the whole graph at hand, with no idea from the Cypher.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from bench import rules_networkx_areas
from bench.networkx_field import Field, Status

__all__ = ["RULES", "Field"]


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
    **rules_networkx_areas.RULES,
    **{
        rule.__name__: rule
        for rule in (
            own_branch_due,
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
            look_alike_members,
            never_surveyed,
        )
    },
}
