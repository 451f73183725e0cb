"""Every edge type there is."""

from __future__ import annotations

from graph_model.errors import SchemaError
from graph_model.schema.declare import date, text
from graph_model.schema.node_types import NODE_TYPES
from graph_model.schema.types import EdgeType
from graph_model.text import Text

_SINCE = date("since", "起始时间", "Since")

_EDGE_TYPES = (
    # (Member)-[:EMPLOYED_BY {position}]->(Unit)
    EdgeType(
        "EMPLOYED_BY",
        ("Member",),
        ("Unit",),
        Text("任职于", "employed by"),
        Text("职工党员", "employs"),
        (text("position", "职务", "Position"),),
        single=True,
    ),
    # (Member)-[:AFFILIATED_WITH {since}]->(Branch): the one that statistics count by
    EdgeType(
        "AFFILIATED_WITH",
        ("Member",),
        ("Branch",),
        Text("组织关系在", "affiliated with"),
        Text("所属党员", "has the member"),
        (date("since", "转入时间", "Since"),),
        single=True,
    ),
    # (Member)-[:WAS_AFFILIATED_WITH {until, how}]->(Branch)
    EdgeType(
        "WAS_AFFILIATED_WITH",
        ("Member",),
        ("Branch",),
        Text("组织关系曾在", "was affiliated with"),
        Text("曾有党员", "had the member"),
        (date("until", "转出时间", "Until"), text("how", "转接方式", "How")),
        dashed=True,
    ),
    # (Member)-[:TAKES_PART_IN]->(Branch): one affiliation, several branches' meetings
    EdgeType(
        "TAKES_PART_IN",
        ("Member",),
        ("Branch",),
        Text("参加组织生活于", "takes part in"),
        Text("参加组织生活的党员", "is attended by"),
        dashed=True,
    ),
    # (Member)-[:SECRETARY_OF]->(Branch)
    EdgeType(
        "SECRETARY_OF",
        ("Member",),
        ("Branch",),
        Text("任书记", "secretary of"),
        Text("书记", "has the secretary"),
    ),
    # (Member)-[:COMMITTEE_MEMBER_OF]->(Branch)
    EdgeType(
        "COMMITTEE_MEMBER_OF",
        ("Member",),
        ("Branch",),
        Text("任委员", "committee member of"),
        Text("委员", "has the committee member"),
        (text("post", "分工", "Post"),),
    ),
    # (Member)-[:DEPUTY_SECRETARY_OF]->(Branch)
    EdgeType(
        "DEPUTY_SECRETARY_OF",
        ("Member",),
        ("Branch",),
        Text("任副书记", "deputy secretary of"),
        Text("副书记", "has the deputy secretary"),
    ),
    # (Member)-[:REPRESENTS]->(ResidentialArea): 社区党员代表
    EdgeType(
        "REPRESENTS",
        ("Member",),
        ("ResidentialArea",),
        Text("任社区党员代表于", "party-member representative in"),
        Text("社区党员代表", "is represented by"),
        (text("duties", "代表职责", "Duties"),),
    ),
    # (Member)-[:LIVES_IN]->(ResidentialArea): the area only, never an address
    EdgeType(
        "LIVES_IN",
        ("Member",),
        ("ResidentialArea",),
        Text("居住于", "lives in"),
        Text("居住在此的党员", "is home to"),
        single=True,
        dashed=True,
    ),
    # (Branch)-[:ORGANISED_IN]->(Unit): one unit: own branch; several: joint branch
    EdgeType(
        "ORGANISED_IN",
        ("Branch",),
        ("Unit",),
        Text("组建于", "organised in"),
        Text("组建党支部", "has the branch"),
    ),
    # (Branch|Unit)-[:SUPERIOR]->(Branch): the party organisation above, which may stand outside of the survey
    EdgeType(
        "SUPERIOR",
        ("Branch", "Unit"),
        ("Branch",),
        Text("上级党组织为", "is under"),
        Text("下级", "is above"),
        single=True,
    ),
    # (Branch)-[:LEADS]->(ResidentialArea|CommercialArea)
    EdgeType(
        "LEADS",
        ("Branch",),
        ("ResidentialArea", "CommercialArea"),
        Text("领导", "leads"),
        Text("区域党支部", "is led by"),
    ),
    # (Branch)-[:DUAL_MANAGED_WITH]->(Branch): company branch -> residential branch
    EdgeType(
        "DUAL_MANAGED_WITH",
        ("Branch",),
        ("Branch",),
        Text("双重管理", "under dual management with"),
        Text("双重管理", "under dual management with"),
    ),
    # (Unit)-[:MANAGES {buildings}]->(ResidentialArea|CommercialArea)
    EdgeType(
        "MANAGES",
        ("Unit",),
        ("ResidentialArea", "CommercialArea"),
        Text("管理", "manages"),
        Text("物业公司", "is managed by"),
        (text("buildings", "楼栋", "Buildings"),),
    ),
    # (Unit)-[:LOCATED_IN]->(ResidentialArea|CommercialArea): where it stands, whatever it manages
    EdgeType(
        "LOCATED_IN",
        ("Unit",),
        ("ResidentialArea", "CommercialArea"),
        Text("位于", "stands in"),
        Text("所在单位", "has the unit"),
        single=True,
    ),
    # (Unit)-[:ADMINISTERED_BY]->(Subdistrict|District): 主管
    EdgeType(
        "ADMINISTERED_BY",
        ("Unit",),
        ("Subdistrict", "District"),
        Text("主管为", "is administered by"),
        Text("主管单位", "administers"),
        single=True,
    ),
    # (ResidentialArea)-[:ADJACENT_TO]-(ResidentialArea): stored once, read both ways
    EdgeType(
        "ADJACENT_TO",
        ("ResidentialArea", "CommercialArea"),
        ("ResidentialArea", "CommercialArea"),
        Text("相邻", "adjacent to"),
        Text("相邻", "adjacent to"),
        dashed=True,
    ),
    # (ResidentialArea|CommercialArea)-[:PART_OF]->(Subdistrict), (Subdistrict)-[:PART_OF]->(District)
    EdgeType(
        "PART_OF",
        ("ResidentialArea", "CommercialArea", "Subdistrict"),
        ("Subdistrict", "District"),
        Text("属于", "part of"),
        Text("下辖", "contains"),
        single=True,
    ),
    # (CoBuildingPair)-[:PARTNER]->(Unit|Branch)
    EdgeType(
        "PARTNER",
        ("CoBuildingPair",),
        ("Unit", "Branch"),
        Text("结对单位", "partner"),
        Text("参加结对", "is partner in"),
    ),
    # (Liaison)-[:POSTED_TO]->(Unit|CommercialArea)
    EdgeType(
        "POSTED_TO",
        ("Liaison",),
        ("Unit", "CommercialArea"),
        Text("派驻", "posted to"),
        Text("派驻人员", "is served by"),
        (_SINCE,),
    ),
    # (JointMeeting|Activity|RepresentativeMeeting)-[:HELD_IN]->(ResidentialArea|CommercialArea)
    EdgeType(
        "HELD_IN",
        ("JointMeeting", "Activity", "RepresentativeMeeting"),
        ("ResidentialArea", "CommercialArea"),
        Text("举办于", "held in"),
        Text("举办过", "hosted"),
    ),
    # (BranchMeeting)-[:HELD_BY]->(Branch), (Activity)-[:HELD_BY]->(Branch|CoBuildingPair|Unit)
    EdgeType(
        "HELD_BY",
        ("BranchMeeting", "Activity"),
        ("Branch", "CoBuildingPair", "Unit"),
        Text("主办方为", "held by"),
        Text("主办", "held"),
    ),
    # (JointMeeting)-[:ATTENDED_BY]->(Unit|Branch)
    EdgeType(
        "ATTENDED_BY",
        ("JointMeeting",),
        ("Unit", "Branch"),
        Text("参加方", "attended by"),
        Text("参加了", "attended"),
    ),
    # (JointMeeting)-[:TOOK_UP]->(Matter)
    EdgeType(
        "TOOK_UP",
        ("JointMeeting",),
        ("Matter",),
        Text("讨论", "took up"),
        Text("提出于", "was taken up by"),
    ),
    # (Award)-[:GIVEN_TO]->(Unit|Branch|CoBuildingPair|Member)
    EdgeType(
        "GIVEN_TO",
        ("Award",),
        ("Unit", "Branch", "CoBuildingPair", "Member"),
        Text("授予", "given to"),
        Text("获得", "received"),
    ),
    # (Unit)-[:PROVIDED_FOR {what}]->(Activity)
    EdgeType(
        "PROVIDED_FOR",
        ("Unit",),
        ("Activity",),
        Text("支持", "provided for"),
        Text("支持单位", "was provided for by"),
        (text("what", "提供内容", "What"),),
    ),
    # (Finding)-[:ABOUT]->(anything) and (Note)-[:ABOUT]->(anything): never touched by a load
    EdgeType(
        "ABOUT",
        ("Finding", "Note"),
        tuple(t.label for t in NODE_TYPES.values() if t.survey),
        Text("关于", "about"),
        Text("相关记录", "is noted in"),
        survey=False,
    ),
)

EDGE_TYPES: dict[str, EdgeType] = {t.type: t for t in _EDGE_TYPES}


def edge_type(type_: str) -> EdgeType:
    """The edge type of a name; SchemaError names the ones there are."""
    if type_ not in EDGE_TYPES:
        known = "、".join(EDGE_TYPES)
        raise SchemaError(f"没有关系类型 {type_}；可用的有：{known}", f"no edge type {type_}: {known}")
    return EDGE_TYPES[type_]
