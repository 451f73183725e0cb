"""The rules on units, areas, meetings and pairs in plain Python over networkx, beside bench/rules_networkx.py."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from bench.networkx_field import Field, Status


def joint_branch_candidate(f: Field, now: int, minimum: int, most: int) -> Iterator[Status]:
    small: dict[str, int] = {}
    few: list[tuple[str, int, int]] = []
    for unit in filter(f.runs, f.by_label["Unit"]):
        full, unclear = f.counted(f.of(unit, "EMPLOYED_BY"))
        if full >= minimum or not full + unclear:
            continue
        few.append((unit, full, unclear))
        if full and full + unclear < minimum and "status" in f.said[unit] and not f.branches(unit):
            small[unit] = full
    by_area: dict[str, list[str]] = defaultdict(list)
    for unit in small:
        for area in f.places(unit):
            by_area[area].append(unit)
    for unit, _, _ in few:
        if f.branches(unit):
            yield "ok"
        elif unit not in small:
            yield "unknown"
        else:
            here = f.places(unit)
            around = here.union(*(f.to(a, "ADJACENT_TO") + f.of(a, "ADJACENT_TO") for a in here))
            others = {v for a in around for v in by_area[a]} - {unit}
            near = [v for v in others if f.alike(unit, v)]
            yield "gap" if small[unit] + sum(small[v] for v in near) >= minimum else "unknown"


def area_without_branch(f: Field, now: int) -> Iterator[Status]:
    for area in f.by_label["ResidentialArea"]:
        led = any(map(f.residential, f.of(area, "LEADS")))
        yield "ok" if led else "gap" if f.told(area) else "unknown"


def _managed(f: Field, area: str) -> bool:
    return any(f.company(u) and f.runs(u) for u in f.of(area, "MANAGES"))


def area_without_company(f: Field, now: int) -> Iterator[Status]:
    for area in f.surveyed():
        yield "ok" if _managed(f, area) else "gap"


def _came(f: Field, meeting: str, area: str) -> dict[str, bool | None]:
    """Of the parties that an area has, who came to a meeting; None: not told."""
    came: dict[str, bool | None] = {}
    guests = f.to(meeting, "ATTENDED_BY")
    if any(map(f.residential, f.of(area, "LEADS"))):
        came["branch"] = any(area in f.to(g, "LEADS") for g in guests) if guests else None
    if f.said[area].get("residents_committee", True):
        came["committee"] = f.said[meeting].get("residents_committee")
    if _managed(f, area):
        sent = {*guests, *(u for g in guests for u in f.to(g, "ORGANISED_IN"))}
        came["company"] = any(area in f.to(u, "MANAGES") for u in sent) if guests else None
    if f.said[area].get("owners_committee"):
        came["owners"] = f.said[meeting].get("owners_committee")
    return came


def incomplete_trinity(f: Field, now: int, recent: int) -> Iterator[Status]:
    for area in f.surveyed():
        committee = f.said[area].get("residents_committee")
        met = [
            _came(f, j, area)
            for j in f.of(area, "HELD_IN", "JointMeeting")
            if (held := f.months(j, "held")) is not None and now - held <= recent
        ]
        absent = False
        for party in ("branch", "committee", "company", "owners"):
            said = [c[party] for c in met if party in c]
            if party in ("branch", "company"):
                said = [s for s in said if s is not None]
            absent |= bool(said) and all(s is False for s in said)
        led = any(map(f.residential, f.of(area, "LEADS")))
        if absent or committee is False or not led or not _managed(f, area):
            yield "gap"
        else:
            yield "ok" if committee else "unknown"


def meeting_without_party(f: Field, now: int, longest: int) -> Iterator[Status]:
    for meeting in f.by_label["JointMeeting"]:
        held = f.months(meeting, "held")
        areas = f.to(meeting, "HELD_IN", "ResidentialArea")
        if areas and (held is None or now - held <= longest):
            said = [answer for a in areas for answer in _came(f, meeting, a).values()]
            yield "gap" if False in said else "unknown" if None in said else "ok"


def no_joint_meeting(f: Field, now: int, longest: int) -> Iterator[Status]:
    for area in f.surveyed():
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
        resolved, due = f.said[matter].get("resolved"), f.months(matter, "due")
        if resolved:
            yield "ok"
        elif resolved is None or (due is None and not held):
            yield "unknown"
        else:
            yield "gap" if (now > due if due is not None else now - min(held) > longest) else "ok"


def matter_unassigned(f: Field, now: int) -> Iterator[Status]:
    for matter in f.by_label["Matter"]:
        said = f.said[matter]
        if f.of(matter, "TOOK_UP") and not said.get("resolved"):
            yield "ok" if "responsible" in said and "due" in said else "gap"


def uncovered_commercial(f: Field, now: int) -> Iterator[Status]:
    for area in f.by_label["CommercialArea"]:
        covered = f.of(area, "POSTED_TO") or any(map(f.stands, f.of(area, "LEADS")))
        yield "ok" if covered else "gap" if f.told(area) else "unknown"


def owners_committee_share(f: Field, now: int, least: int) -> Iterator[Status]:
    for area in f.by_label["ResidentialArea"]:
        said = f.said[area]
        size, party = said.get("owners_committee_members"), said.get("owners_committee_party")
        if said.get("owners_committee", bool(size)):
            yield "unknown" if not size or party is None else "gap" if party * 100 < size * least else "ok"


def not_dual_managed(f: Field, now: int) -> Iterator[Status]:
    for branch in filter(f.stands, f.by_label["Branch"]):
        units = f.to(branch, "ORGANISED_IN")
        if estates := [u for u in units if f.company(u) and f.to(u, "MANAGES", "ResidentialArea")]:
            dual = f.to(branch, "DUAL_MANAGED_WITH") or f.of(branch, "DUAL_MANAGED_WITH")
            yield "ok" if dual or all(f.said[u].get("dual_exempt") for u in estates) else "gap"


def no_representative(f: Field, now: int) -> Iterator[Status]:
    for unit in filter(f.runs, filter(f.company, f.by_label["Unit"])):
        staff, areas = set(f.of(unit, "EMPLOYED_BY")), f.to(unit, "MANAGES", "ResidentialArea")
        if staff and areas and not f.said[unit].get("dual_exempt"):
            yield "ok" if all(_spoken_for(f, staff, a) for a in areas) else "gap"


def _spoken_for(f: Field, staff: set[str], area: str) -> bool:
    """Whether one of the members represents the rest in an area, or all of them belong to its branch."""
    home = {m for b in f.of(area, "LEADS") if f.residential(b) for m in f.of(b, "AFFILIATED_WITH")}
    return staff <= home or not staff.isdisjoint(f.of(area, "REPRESENTS"))


def no_co_building_pair(f: Field, now: int) -> Iterator[Status]:
    for area in f.surveyed():
        paired = any(f.residential(b) and f.of(b, "PARTNER") for b in f.of(area, "LEADS"))
        yield "ok" if paired else "gap"


def stale_pair(f: Field, now: int, longest: int) -> Iterator[Status]:
    for pair in f.by_label["CoBuildingPair"]:
        dates = [f.months(pair, "last_contact")]
        dates += [f.months(a, "held") for a in f.of(pair, "HELD_BY", "Activity")]
        known = [d for d in dates if d is not None]
        yield "unknown" if not known else "gap" if now - max(known) > longest else "ok"


def one_sided_pair(f: Field, now: int) -> Iterator[Status]:
    for pair in f.by_label["CoBuildingPair"]:
        yield "ok" if len(f.to(pair, "PARTNER")) > 1 else "gap"


def instructor_overload(f: Field, now: int, most: int) -> Iterator[Status]:
    for person in f.by_label["Liaison"]:
        said = f.said[person]
        if said.get("role") != "liaison":
            over = max(len(f.to(person, "POSTED_TO", "Unit")), said.get("units_served", 0)) > most
            yield "ok" if not over else "gap" if "role" in said else "unknown"


def instructor_no_visit(f: Field, now: int, longest: int) -> Iterator[Status]:
    for person in f.by_label["Liaison"]:
        role, last = f.said[person].get("role"), f.months(person, "last_visit")
        if role != "liaison" and f.to(person, "POSTED_TO"):
            if last is not None and now - last <= longest:
                yield "ok"
            else:
                yield "gap" if role and last is not None else "unknown"


def _in_pairs(f: Field, label: str, most: int) -> Iterator[Status]:
    for key in f.by_label[label]:
        if pairs := f.of(key, "PARTNER"):
            yield "gap" if len(pairs) > most else "ok"


def unit_in_many_pairs(f: Field, now: int, most: int) -> Iterator[Status]:
    yield from _in_pairs(f, "Unit", most)


def branch_in_many_pairs(f: Field, now: int, most: int) -> Iterator[Status]:
    yield from _in_pairs(f, "Branch", most)


_PRIVATE = ("private", "foreign", "mixed", "shareholding", "hmt", "non_enterprise")


def larger_unit(f: Field, now: int, few: int, many: int) -> Iterator[Status]:
    for unit in filter(f.runs, f.by_label["Unit"]):
        said = f.said[unit]
        if said.get("ownership") not in _PRIVATE and said.get("kind") != "social_organisation":
            continue
        branches = f.branches(unit)
        own = any(len(f.to(b, "ORGANISED_IN")) == 1 for b in branches)
        shops = [a for a in f.places(unit) if f.label[a] == "CommercialArea"]
        reached = branches or any(f.of(place, "POSTED_TO") for place in (unit, *shops))
        people = said.get("employees")
        lacks = people is not None and ((people >= many and not own) or (people >= few and not reached))
        if people is None or (lacks and "status" not in said):
            yield "unknown"
        else:
            yield "gap" if lacks else "ok"


def look_alike_units(f: Field, now: int) -> Iterator[Status]:
    sounds = Counter(f.said[u].get("sound") for u in f.by_label["Unit"])
    for unit in f.by_label["Unit"]:
        sound = f.said[unit].get("sound")
        yield "gap" if sound is not None and sounds[sound] > 1 else "ok"


RULES: dict[str, Callable[..., Iterator[Status]]] = {
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
        uncovered_commercial,
        owners_committee_share,
        not_dual_managed,
        no_representative,
        no_co_building_pair,
        stale_pair,
        one_sided_pair,
        instructor_overload,
        instructor_no_visit,
        unit_in_many_pairs,
        branch_in_many_pairs,
        larger_unit,
        look_alike_units,
    )
}
