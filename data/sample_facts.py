"""What coverage must answer on the sample, counted in plain Python from how the sample is made."""

from __future__ import annotations

from collections.abc import Iterable

import sample_facts_areas
from sample_field import (
    OPERATING,
    Answer,
    Field,
    full_members,
    in_contact,
    reached,
    sort,
    staffed,
    term_end,
)
from sample_people import Person
from sample_records import Branch, Survey, Unit

_APART = ("临时", "外地")
"""Branches into which no affiliation is moved, that elect nobody and have no term."""


def own_branch_due(field: Field) -> Answer:
    """Rule 1: units with members. Gap: >= 3 full and no branch that is its own."""

    def status(unit: Unit) -> str:
        full, unsure = full_members(field.employed(unit.name))
        if any(len(b.units) == 1 for b in field.branches_of(unit.name)):
            return "ok"
        return "gap" if full >= 3 else "unknown" if full + unsure >= 3 else "ok"

    return sort((u.name, status(u)) for u in staffed(field))


def no_work_coverage(field: Field) -> Answer:
    """Rule 3: companies not shell or closed. Gap: operating, no work coverage; no status: unknown."""

    def status(unit: Unit) -> str:
        if reached(field, unit):
            return "ok"
        return "gap" if unit.status == OPERATING else "unknown"

    return sort((u.name, status(u)) for u in field.companies if u.status in (OPERATING, ""))


def branch_size(field: Field) -> Answer:
    """Rule 4: branches that stand, not temporary. Gap: < 3 full, > 50 members, or more than 5 units."""

    def status(branch: Branch) -> str:
        members = field.affiliated(branch.name)
        full, unsure = full_members(members)
        if len(members) > 50 or len(branch.units) > 5 or full + unsure < 3:
            return "gap"
        return "unknown" if full < 3 else "ok"

    return sort((b.name, status(b)) for b in _lasting(field))


def _lasting(field: Field) -> list[Branch]:
    return [b for b in field.branches if b.kind not in _APART]


def branch_leadership(field: Field) -> Answer:
    """Rule 5, first half: branches that stand. Gap: no secretary, or >= 7 full and no committee (not temporary)."""

    def status(branch: Branch) -> str:
        full, unsure = full_members(field.affiliated(branch.name))
        bare = not branch.committee and branch.kind not in _APART
        if not branch.secretary or (full >= 7 and bare):
            return "gap"
        return "unknown" if full < 7 <= full + unsure and bare else "ok"

    return sort((b.name, status(b)) for b in field.branches)


def secretary_elsewhere(field: Field) -> Answer:
    """Rule 5: branches with a secretary. Unknown: not affiliated with it, and whether appointed was left empty."""
    people = field.survey.people
    return sort(
        (b.name, "ok" if people[b.secretary].branch == b.name else "unknown")
        for b in _lasting(field)
        if b.secretary
    )


def committee_size(field: Field) -> Answer:
    """Rule 5: branches with a committee. Gap: secretary and committee together outside 3 to 7."""
    return sort(
        (b.name, "ok" if 3 <= len({b.secretary, *b.committee} - {""}) <= 7 else "gap")
        for b in _lasting(field)
        if b.committee
    )


def post_holder_standing(field: Field) -> Answer:
    """Rule 3: branches with a secretary or committee. Gap: on probation, or a secretary full for < 12 months."""
    people = field.survey.people

    def status(branch: Branch) -> str:
        if any(people[c].standing == "预备党员" for c in {branch.secretary, *branch.committee} - {""}):
            return "gap"
        head = people.get(branch.secretary)
        if head is None:
            return "ok"
        # a year after joining at the earliest
        if head.joined and "-" in head.joined and head.standing:
            return "gap" if field.months(head.joined) < 24 else "ok"
        return "unknown"

    return sort((b.name, status(b)) for b in _lasting(field) if b.secretary or b.committee)


def probation_over(field: Field) -> Answer:
    """Rule 9: probationary members. Gap: admitted more than 12 months ago."""

    def status(person: Person) -> str:
        return (
            "unknown" if "-" not in person.joined else "gap" if field.months(person.joined) > 12 else "ok"
        )

    return sort((p.name, status(p)) for p in field.people if p.standing == "预备党员")


def term_ending(field: Field) -> Answer:
    """Rule 6: branches that stand, not temporary. Gap: ended, or ends within 6 months."""

    def status(branch: Branch) -> str:
        end = term_end(branch)
        return "unknown" if not end else "gap" if field.months(end) >= -6 else "ok"

    return sort((b.name, status(b)) for b in field.branches if b.kind not in _APART)


def temporary_review(field: Field) -> Answer:
    """Rule 2: temporary branches. Gap: somebody is entered as affiliated, or founded more than 6 months ago."""

    def status(branch: Branch) -> str:
        if field.affiliated(branch.name):
            return "gap"
        return "unknown" if not branch.founded else "gap" if field.months(branch.founded) > 6 else "ok"

    return sort((b.name, status(b)) for b in field.branches if b.kind == "临时")


def floating_member(field: Field) -> Answer:
    """Rule 6: members with an outside affiliation. Gap: absent for 6 months or longer, and taking part nowhere."""

    def status(person: Person) -> str:
        if person.takes_part:
            return "ok"
        return "unknown" if not person.absent else "gap" if field.months(person.absent) >= 6 else "ok"

    return sort((p.name, status(p)) for p in field.people if p.outside)


def affiliated_elsewhere(field: Field) -> Answer:
    """Rule 7: members employed where there is a branch. Gap: affiliated with another one, not taking part in it."""

    def status(person: Person) -> str:
        own = {b.name for b in field.branches_of(person.unit)}
        return "ok" if own & {person.branch, person.takes_part} else "gap"

    return sort(
        (p.name, status(p)) for p in field.people if p.unit and p.branch and field.branches_of(p.unit)
    )


def residence_affiliation(field: Field) -> Answer:
    """Rule 7: members who live in an area with a branch and have none at work. Gap: in that of another area."""
    kinds = {b.name: b.kind for b in field.branches}

    def status(person: Person) -> str:
        near = field.residential_branch(person.lives)
        moved = not person.outside and kinds.get(person.branch) == "居民区"
        return "gap" if moved and near not in (person.branch, person.takes_part) else "ok"

    housed = [p for p in field.people if p.branch and p.lives and field.residential_branch(p.lives)]
    return sort((p.name, status(p)) for p in housed if not (p.unit and field.branches_of(p.unit)))


def member_ties(field: Field) -> Answer:
    """Rule 10: all members. Gap: no affiliation, a branch that was dissolved, a unit that closed."""
    dissolved = {b.name for b in field.survey.branches if b.dissolved}
    closed = {u.name for u in field.survey.units if u.status == "已停业"}

    def status(person: Person) -> str:
        return "gap" if not person.branch or person.branch in dissolved or person.unit in closed else "ok"

    return sort((p.name, status(p)) for p in field.people)


def look_alike_members(field: Field) -> Answer:
    """Rule 17: members who share a name. Gap: birth month is the same too."""
    people = field.people

    def status(person: Person) -> str:
        return "gap" if any(p.born == person.born for p in people if _namesakes(p, person)) else "ok"

    return sort(
        (f"{p.name} {p.joined}", status(p)) for p in people if any(_namesakes(p, other) for other in people)
    )


def _namesakes(a: Person, b: Person) -> bool:
    return a.code != b.code and a.name == b.name


def secretary_alone(field: Field) -> Answer:
    """Rule 17: branches, not residential, whose secretary is employed. Gap: nobody of that unit is affiliated."""
    people = field.survey.people

    def status(branch: Branch) -> str:
        unit = people[branch.secretary].unit
        if any(p.unit == unit for p in field.affiliated(branch.name)):
            return "ok"
        return "gap" if branch.kind else "unknown"

    return sort(
        (b.name, status(b))
        for b in _lasting(field)
        if b.kind != "居民区" and b.secretary and people[b.secretary].unit
    )


RULES = {
    **sample_facts_areas.RULES,
    **{
        rule.__name__: rule
        for rule in (
            own_branch_due,
            no_work_coverage,
            branch_size,
            branch_leadership,
            secretary_elsewhere,
            committee_size,
            post_holder_standing,
            probation_over,
            term_ending,
            temporary_review,
            floating_member,
            affiliated_elsewhere,
            residence_affiliation,
            member_ties,
            look_alike_members,
            secretary_alone,
        )
    },
}


def totals(survey: Survey) -> dict[str, int]:
    """The control totals of a round, by their names in graph_model/coverage/totals.toml."""
    field = Field(survey)
    names = {u.name for u in field.companies}
    commercial = {a.name for a in survey.areas if not a.residential}
    return {
        "companies": len(names),
        "collective": sum(u.ownership == "集体" for u in field.companies),
        "private": sum(u.ownership == "民营" for u in field.companies),
        "commercial": sum(bool(set(u.manages) & commercial) for u in field.companies),
        "residential": sum(bool(set(u.manages) - commercial) for u in field.companies),
        "with_branch": sum(bool(field.branches_of(n)) for n in names),
        "with_members": sum(bool(field.employed(n)) for n in names),
        "members": sum(p.unit in names for p in field.people),
    }


def coverage(survey: Survey) -> dict[str, dict[str, int]]:
    """The rates: of the operating companies, those of unknown status apart; the third of the units due a branch."""
    field = Field(survey)
    base = [u for u in field.companies if u.status == OPERATING]
    unknown = sum(not u.status for u in field.companies)
    counts = {
        "organisation": sum(bool(field.branches_of(u.name)) for u in base),
        "independent": sum(_own_branch(field, u) for u in base),
        "work": sum(reached(field, u) for u in base),
        "contact": sum(in_contact(field, u) and not reached(field, u) for u in base),
    }
    found = {
        name: {"numerator": n, "denominator": len(base), "unknown": unknown} for name, n in counts.items()
    }
    return {**found, "due": _due(field)}


def _own_branch(field: Field, unit: Unit) -> bool:
    return any(len(b.units) == 1 for b in field.branches_of(unit.name))


def _due(field: Field) -> dict[str, int]:
    """Units of every kind with 3 full members; unknown: the status is, or the standing of those who decide it."""
    counts = {u.name: full_members(field.employed(u.name)) for u in staffed(field)}
    perhaps = [u for u in staffed(field) if sum(counts[u.name]) >= 3]
    due = [u for u in perhaps if counts[u.name][0] >= 3 and u.status == OPERATING]
    return {
        "numerator": sum(_own_branch(field, u) for u in due),
        "denominator": len(due),
        "unknown": len(perhaps) - len(due),
    }


def facts_text(surveys: Iterable[Survey]) -> str:
    """The facts of the rounds as TOML."""
    lines = ["# Written by data/make_sample.py from how the sample is made; invented people."]
    for survey in surveys:
        root = f'rounds."{survey.round}"'
        field = Field(survey)
        lines += ["", f"[{root}.totals]"] + [f"{k} = {v}" for k, v in totals(survey).items()]
        for name, rate in coverage(survey).items():
            lines += ["", f"[{root}.coverage.{name}]"] + [f"{k} = {v}" for k, v in rate.items()]
        for name, rule in RULES.items():
            lines += ["", f"# {(rule.__doc__ or '').strip()}", f"[{root}.rules.{name}]"]
            for status, subjects in rule(field).items():
                listed = "".join(f'\n    "{s}",' for s in subjects)
                lines.append(f"{status} = [{listed}\n]" if subjects else f"{status} = []")
    return "\n".join(lines) + "\n"
