"""The kinds of things that have a register, with the columns that are derived for each and those shown at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph_model.coverage.totals import rate_texts
from graph_model.errors import InputError
from graph_model.register.columns import Column, day, near, number, own_columns, people
from graph_model.schema import NODE_TYPES, node_type
from graph_model.schema.types import Term
from graph_model.text import Text

_AREA = "(x:ResidentialArea|CommercialArea)"
PROBLEM_COUNT = "problem_count"
PROBLEMS = "problems"
COVERAGE = "coverage"

COVERAGE_TERMS = (
    Term("organised", Text("组织覆盖", "Organisation")),
    Term("reached", Text("仅工作覆盖", "Work only")),
    Term("uncovered", Text("未覆盖", "Not covered")),
    Term("unknown", Text("经营状态不明", "Status unknown")),
    Term("closed", Text("停业或空壳", "Closed or shell")),
)
"""How a unit that the rates ask about is covered; any other unit has none of these."""

_COVERAGE = Column(COVERAGE, Text("覆盖情况", "Coverage"), "term", place="given", terms=COVERAGE_TERMS)
_PROBLEM_COUNT = Column(PROBLEM_COUNT, Text("问题数", "Problems"), "integer", place="given")
_PROBLEMS = Column(PROBLEMS, Text("存在问题", "Which problems"), place="given", listed_only=True)

RATES = ("organisation", "independent", "due", "work")
"""The rates of which an area has a column, in percent."""
RATE_BASE = "rate_base"


def _rates() -> tuple[Column, ...]:
    texts = {told.id: told.text for told in rate_texts()}
    base = Column(RATE_BASE, Text("纳入统计公司数", "Companies counted"), "integer", place="given")
    shares = (
        Column(
            f"rate_{id_}", Text(f"{texts[id_].zh}（%）", f"{texts[id_].en} (%)"), "integer", place="given"
        )
        for id_ in RATES
    )
    return (base, *shares)


_NEAR: Mapping[str, tuple[Column, ...]] = {
    "Unit": (
        near("areas", "所属区域", "Areas", f"-[:MANAGES|LOCATED_IN]->{_AREA}"),
        near("organisations", "党组织", "Party organisations", "<-[:ORGANISED_IN]-(x:Branch)"),
        people(
            "secretary",
            "党组织书记",
            "Secretary",
            "<-[:ORGANISED_IN]-(:Branch)<-[:SECRETARY_OF]-(x:Member)",
        ),
        people("instructors", "联络员、指导员", "Liaison, instructor", "<-[:POSTED_TO]-(x:Liaison)"),
        near("superior", "隶属党组织", "Superior organisation", "-[:SUPERIOR]->(x:Branch)"),
        number("member_count", "党员数", "Members", "<-[:EMPLOYED_BY]-(x:Member)"),
        day("last_visit", "最近走访时间", "Last visit", "<-[:POSTED_TO]-(x:Liaison)", "x.last_visit"),
        day(
            "last_contact",
            "最近结对活动",
            "Last pair contact",
            "<-[:PARTNER]-(x:CoBuildingPair)",
            "x.last_contact",
        ),
        day(
            "last_meeting",
            "最近参加联席会议",
            "Last joint meeting",
            "<-[:ATTENDED_BY]-(x:JointMeeting)",
            "x.held",
        ),
        day(
            "next_election",
            "应换届时间",
            "Next election",
            "<-[:ORGANISED_IN]-(x:Branch)",
            "x.term_ends",
            "least",
        ),
        _COVERAGE,
    ),
    "Branch": (
        near("units", "组建单位", "Organised in", "-[:ORGANISED_IN]->(x:Unit)"),
        near("leads", "领导的区域", "Areas led", f"-[:LEADS]->{_AREA}"),
        near("superior", "上级党组织", "Superior organisation", "-[:SUPERIOR]->(x:Branch)"),
        people("secretary", "书记", "Secretary", "<-[:SECRETARY_OF]-(x:Member)"),
        people("deputies", "副书记", "Deputy secretaries", "<-[:DEPUTY_SECRETARY_OF]-(x:Member)"),
        people("committee", "委员", "Committee", "<-[:COMMITTEE_MEMBER_OF]-(x:Member)"),
        number("member_count", "党员数", "Members", "<-[:AFFILIATED_WITH]-(x:Member)"),
        day(
            "last_meeting",
            "最近三会一课",
            "Last branch meeting",
            "<-[:HELD_BY]-(x:BranchMeeting)",
            "x.held",
        ),
    ),
    "Member": (
        near("branch", "所在党支部", "Branch", "-[:AFFILIATED_WITH]->(x:Branch)"),
        near("unit", "任职单位", "Employer", "-[:EMPLOYED_BY]->(x:Unit)"),
        near("takes_part", "参加组织生活", "Takes part in", "-[:TAKES_PART_IN]->(x:Branch)"),
        near("lives_in", "居住区域", "Lives in", "-[:LIVES_IN]->(x:ResidentialArea)"),
        near("was_in", "原所在党支部", "Earlier branch", "-[:WAS_AFFILIATED_WITH]->(x:Branch)"),
    ),
    "ResidentialArea": (
        near("branches", "党组织", "Party organisations", "<-[:LEADS]-(x:Branch)"),
        people("secretary", "书记", "Secretary", "<-[:LEADS]-(:Branch)<-[:SECRETARY_OF]-(x:Member)"),
        near("companies", "物业公司", "Property companies", "<-[:MANAGES]-(x:Unit)"),
        near("subdistrict", "所属街道", "Sub-district", "-[:PART_OF]->(x:Subdistrict)"),
        number("unit_count", "单位数", "Units", "<-[:LOCATED_IN]-(x:Unit)"),
        day(
            "last_meeting", "最近联席会议", "Last joint meeting", "<-[:HELD_IN]-(x:JointMeeting)", "x.held"
        ),
        *_rates(),
    ),
    "CommercialArea": (
        near("branches", "党组织", "Party organisations", "<-[:LEADS]-(x:Branch)"),
        near("companies", "物业公司", "Property companies", "<-[:MANAGES]-(x:Unit)"),
        people("instructors", "联络员、指导员", "Liaison, instructor", "<-[:POSTED_TO]-(x:Liaison)"),
        near("subdistrict", "所属街道", "Sub-district", "-[:PART_OF]->(x:Subdistrict)"),
        number("unit_count", "单位数", "Units", "<-[:LOCATED_IN]-(x:Unit)"),
    ),
    "Liaison": (
        near("posted_to", "派驻单位", "Posted to", "-[:POSTED_TO]->(x:Unit|CommercialArea)"),
        number("posts", "派驻数", "Postings", "-[:POSTED_TO]->(x:Unit|CommercialArea)"),
        near("areas", "所属区域", "Areas", f"-[:POSTED_TO|MANAGES|LOCATED_IN*1..2]->{_AREA}"),
    ),
    "JointMeeting": (
        near("areas", "居民区、商业区", "Areas", f"-[:HELD_IN]->{_AREA}"),
        near("attended", "参加方", "Attended by", "-[:ATTENDED_BY]->(x:Unit|Branch)"),
        near("matters", "议题", "Matters", "-[:TOOK_UP]->(x:Matter)"),
        number("matter_count", "议题数", "Matters taken up", "-[:TOOK_UP]->(x:Matter)"),
    ),
    "Matter": (
        near("areas", "居民区、商业区", "Areas", f"<-[:TOOK_UP]-(:JointMeeting)-[:HELD_IN]->{_AREA}"),
        day("held", "提出时间", "Taken up", "<-[:TOOK_UP]-(x:JointMeeting)", "x.held", "least"),
    ),
    "CoBuildingPair": (
        near("partners", "结对单位", "Partners", "-[:PARTNER]->(x:Unit|Branch)"),
        near(
            "areas",
            "所属区域",
            "Areas",
            f"-[:PARTNER]->(:Unit|Branch)-[:MANAGES|LOCATED_IN|LEADS]->{_AREA}",
        ),
    ),
    "Activity": (
        near("areas", "举办区域", "Held in", f"-[:HELD_IN]->{_AREA}"),
        near("held_by", "主办方", "Held by", "-[:HELD_BY]->(x:Branch|CoBuildingPair|Unit)"),
        near("provided_by", "支持单位", "Provided for by", "<-[:PROVIDED_FOR]-(x:Unit)"),
    ),
    "Award": (near("given_to", "授予对象", "Given to", "-[:GIVEN_TO]->(x:Unit|Branch|CoBuildingPair)"),),
    "BranchMeeting": (near("held_by", "召开的党支部", "Held by", "-[:HELD_BY]->(x:Branch)"),),
    "RepresentativeMeeting": (near("areas", "区域", "Areas", f"-[:HELD_IN]->{_AREA}"),),
}

_FIRST: Mapping[str, tuple[str, ...]] = {
    "Unit": ("name", "kind", "ownership", "status", "areas", "organisations", "secretary", "instructors",
             COVERAGE, PROBLEM_COUNT),
    "Branch": ("name", "kind", "level", "units", "superior", "secretary", "member_count", "elected", "term_ends",
               PROBLEM_COUNT),
    "Member": ("name", "gender", "standing", "branch", "unit", "party_post", "floating", PROBLEM_COUNT),
    "ResidentialArea": ("name", "branches", "secretary", "companies", "unit_count", "households", "last_meeting",
                        PROBLEM_COUNT),
    "CommercialArea": ("name", "branches", "companies", "instructors", "unit_count", "tenants", PROBLEM_COUNT),
    "Liaison": ("name", "role", "home_unit", "posted_to", "posts", "areas", "last_visit", PROBLEM_COUNT),
    "JointMeeting": ("name", "held", "areas", "attended", "matters", PROBLEM_COUNT),
    "Matter": ("name", "areas", "held", "responsible", "due", "resolved", "resolved_on", "solution"),
    "CoBuildingPair": ("name", "partners", "areas", "signed", "last_contact", "projects", PROBLEM_COUNT),
    "Activity": ("name", "held", "areas", "held_by", "provided_by"),
    "Award": ("name", "given_to", "awarded", "awarded_by", "state"),
    "BranchMeeting": ("name", "kind", "held", "held_by", "attended"),
    "RepresentativeMeeting": ("name", "areas", "term_began", "term_ends"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: its label, what its register is called, its columns, and those that are shown at first."""

    label: str
    text: Text
    columns: tuple[Column, ...]
    first: tuple[str, ...]

    def column(self, id_: str) -> Column | None:
        """The column of that id; None where the kind has none."""
        return next((c for c in self.columns if c.id == id_), None)

    def of_people(self) -> bool:
        """Whether the things are people."""
        return node_type(self.label).of_people()


def kind(label: str) -> Kind:
    """The register of a label; InputError for what has none."""
    if label not in _NEAR:
        raise InputError("没有这种台账。", "There is no such register.")
    near_ = (*_NEAR[label], _PROBLEM_COUNT, _PROBLEMS)
    return Kind(label, NODE_TYPES[label].text, (*own_columns(label), *near_), _FIRST[label])


KINDS: tuple[str, ...] = tuple(_NEAR)
"""The labels that have a register, in the order in which they are offered."""
