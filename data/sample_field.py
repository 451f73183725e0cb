"""Questions about a round of the sample that several rules share, in plain Python."""

from __future__ import annotations

from collections.abc import Iterable

from sample_people import Person
from sample_records import PROPERTY, Branch, Survey, Unit

OPERATING = "正常经营"
Answer = dict[str, list[str]]
"""The names of a rule's subjects by their status."""


class Field:
    """A round with the questions that the rules share."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.people = list(survey.people.values())
        self.branches = [b for b in survey.branches if not b.dissolved]
        self.residential = [a for a in survey.areas if a.residential]
        self.companies = [u for u in survey.units if u.kind == PROPERTY]

    def employed(self, unit: str) -> list[Person]:
        """The members that a unit employs."""
        return [p for p in self.people if p.unit == unit]

    def affiliated(self, branch: str) -> list[Person]:
        """The members affiliated with a branch of the survey."""
        return [p for p in self.people if p.branch == branch and not p.outside]

    def branches_of(self, unit: str) -> list[Branch]:
        """The branches that stand and are organised in a unit."""
        return [b for b in self.branches if unit in b.units]

    def residential_branch(self, area: str) -> str:
        """The name of the area's residential branch, or ''."""
        return next((b.name for b in self.branches if b.kind == "居民区" and b.leads == area), "")

    def managers(self, area: str) -> list[str]:
        """The property companies that manage an area."""
        return [u.name for u in self.companies if area in u.manages]

    def months(self, date: str) -> int:
        """Whole months from a date to the round's month; negative for what is to come."""
        (y, m), (ry, rm) = date.split("-")[:2], self.survey.round.split("-")
        return (int(ry) - int(y)) * 12 + int(rm) - int(m)


def full_members(people: Iterable[Person]) -> tuple[int, int]:
    """How many are full members, and of how many the standing is unknown."""
    listed = list(people)
    return sum(p.standing == "正式党员" for p in listed), sum(not p.standing for p in listed)


def reached(field: Field, unit: Unit) -> bool:
    """Work coverage: by a branch or a post. The sample says nothing of trade unions and youth leagues."""
    survey = field.survey
    places = {unit.name, *(a.name for a in survey.areas if not a.residential and a.name in unit.manages)}
    return bool(field.branches_of(unit.name) or any(places & set(p.where) for p in survey.posts))


def in_contact(field: Field, unit: Unit) -> bool:
    """Other contact: members, a joint meeting within 3 months, or a pair with contact within 3 months."""
    survey = field.survey
    return bool(
        field.employed(unit.name)
        or any(unit.name in m.attended and field.months(m.held) <= 3 for m in survey.meetings)
        or any(unit.name in (p.a, p.b) and p.contact and field.months(p.contact) <= 3 for p in survey.pairs)
    )


def term_end(branch: Branch) -> str:
    """When the term ends: as recorded, else 5 (residential) or 3 years after it began, else ''."""
    if branch.ends or not branch.elected:
        return branch.ends
    years = 5 if branch.kind == "居民区" else 3
    return f"{int(branch.elected[:4]) + years}{branch.elected[4:]}"


def sort(subjects: Iterable[tuple[str, str]]) -> Answer:
    """Subjects by status, in the order in which they come."""
    answer: Answer = {"gap": [], "ok": [], "unknown": []}
    for name, status in subjects:
        answer[status].append(name)
    return answer


def staffed(field: Field) -> list[Unit]:
    """Units, of any kind, that are in business as far as known and employ a member."""
    return [u for u in field.survey.units if u.status in (OPERATING, "") and field.employed(u.name)]
