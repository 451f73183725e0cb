"""The records that the sample survey is made of, as things are in the field before anybody writes cells."""

from __future__ import annotations

from dataclasses import dataclass

from sample_people import Person

PROPERTY = "物业公司"
Matter = tuple[str, str, str, str, str, str, str]
"""What, resolved, resolved on, how, responsible, due, raised by."""


@dataclass(frozen=True)
class Area:
    """A residential or commercial area; an empty text is an empty cell."""

    name: str
    residential: bool = True
    committee: str = "有"
    owners: str = "有"
    size: str = ""
    near: tuple[str, ...] = ()
    reported: tuple[str, str, str] = ("", "", "")
    """By which organisation, by whom (an invented person), when; empty where nothing came yet."""


@dataclass(frozen=True)
class Unit:
    """A unit, listed in the workbook `book`."""

    name: str
    book: str
    kind: str = PROPERTY
    ownership: str = "民营"
    status: str = "正常经营"
    trade: str = "住宅物业管理"
    employees: str = ""
    manages: tuple[str, ...] = ()
    buildings: str = ""
    place: str = ""
    under: str = ""
    exempt: str = ""
    office: str = ""


@dataclass(frozen=True)
class Branch:
    """A branch; secretary and committee by people's codes."""

    name: str
    book: str
    kind: str
    founded: str = ""
    elected: str = ""
    ends: str = ""
    dissolved: str = ""
    units: tuple[str, ...] = ()
    leads: str = ""
    dual: str = ""
    secretary: str = ""
    committee: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """A joint meeting and its matters."""

    area: str
    held: str
    attended: tuple[str, ...]
    committee: str
    owners: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True)
class Post:
    """A liaison or instructor (an invented person, no member of the survey)."""

    name: str
    role: str
    where: tuple[str, ...]
    since: str


@dataclass(frozen=True)
class Pair:
    """A co-building pair of two organisations."""

    a: str
    b: str
    signed: str
    contact: str
    projects: str


@dataclass(frozen=True)
class Survey:
    """One round as it is in the field, before anybody writes it into cells."""

    round: str
    people: dict[str, Person]
    areas: tuple[Area, ...]
    units: tuple[Unit, ...]
    branches: tuple[Branch, ...]
    meetings: tuple[Meeting, ...]
    posts: tuple[Post, ...]
    pairs: tuple[Pair, ...]
    awards: tuple[tuple[str, str, str, str, str, str, str], ...]
    activities: tuple[tuple[str, str, str, str, str, str], ...]
    representatives: tuple[tuple[str, str, str, str], ...]
    """Meetings of representatives: (area, present term began, term ends, representatives)."""
