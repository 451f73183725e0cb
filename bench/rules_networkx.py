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
            term_ending,
            temporary_review,
            floating_member,
            affiliated_elsewhere,
            member_ties,
            look_alike_members,
            never_surveyed,
        )
    },
}
