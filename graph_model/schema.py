"""Every node type and edge type there is: the only list of what exists."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from graph_model.errors import SchemaError
from graph_model.text import Text

PropertyType = Literal["text", "integer", "boolean", "date", "term"]
Shape = Literal["dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star", "box"]


@dataclass(frozen=True, slots=True)
class Term:
    """One legal value of a term property: stored as `value`, shown as `text`."""

    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or an edge.

    A date is text, as exact as the survey was: "2001", "2001-12" or "2001-12-05"; no day is invented.
    `sensitive` properties are masked for whoever has no right to names.
    """

    name: str
    type: PropertyType
    text: Text
    sensitive: bool = False
    terms: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        if (self.type == "term") != bool(self.terms):
            raise SchemaError(
                f"属性 {self.name}：术语列表只用于 term 类型",
                f"property {self.name}: terms belong to the type 'term', and only to it",
            )


@dataclass(frozen=True, slots=True)
class NodeType:
    """A kind of node. Its caption is always the property `name`; its key starts with `prefix`.

    `survey` is False for what the explorer or a rule makes: a load never touches those.
    """

    label: str
    prefix: str
    text: Text
    properties: tuple[Property, ...]
    colour: str
    shape: Shape
    survey: bool = True

    def property(self, name: str) -> Property:
        """The declared property of that name; SchemaError names the ones there are."""
        return _named(self.properties, name, self.label)


@dataclass(frozen=True, slots=True)
class EdgeType:
    """A kind of edge, (sources)-[:type]->(targets).

    `single`: a source has at most one (a change of it is shown as a move).
    `dashed`: drawn dashed, for what is former, joint or loose.
    `reverse`: how the edge reads from its target's side.
    """

    type: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    text: Text
    reverse: Text
    properties: tuple[Property, ...] = ()
    single: bool = False
    dashed: bool = False
    survey: bool = True

    def property(self, name: str) -> Property:
        """The declared property of that name; SchemaError names the ones there are."""
        return _named(self.properties, name, self.type)


def _named(properties: Iterable[Property], name: str, owner: str) -> Property:
    for candidate in properties:
        if candidate.name == name:
            return candidate
    known = ", ".join(p.name for p in properties)
    raise SchemaError(
        f"{owner} 没有属性 {name}；可用的有：{known}",
        f"{owner} has no property {name}; there are: {known}",
    )


def _text(name: str, zh: str, en: str, *, sensitive: bool = False) -> Property:
    return Property(name, "text", Text(zh, en), sensitive)


def _date(name: str, zh: str, en: str, *, sensitive: bool = False) -> Property:
    return Property(name, "date", Text(zh, en), sensitive)


def _yes(name: str, zh: str, en: str) -> Property:
    return Property(name, "boolean", Text(zh, en))


def _count(name: str, zh: str, en: str) -> Property:
    return Property(name, "integer", Text(zh, en))


def _term(name: str, zh: str, en: str, *terms: tuple[str, str, str]) -> Property:
    values = tuple(Term(value, Text(t_zh, t_en)) for value, t_zh, t_en in terms)
    return Property(name, "term", Text(zh, en), terms=values)


_NAME = _text("name", "名称", "Name")
_PERSON = _text("name", "姓名", "Name", sensitive=True)
_NUMBER = _text("number", "编号", "Number")

_NODE_TYPES = (
    NodeType("Subdistrict", "s", Text("街道", "Sub-district"), (_NAME, _NUMBER), "#6b4c9a", "star"),
    NodeType(
        "ResidentialArea",
        "r",
        Text("居民区", "Residential area"),
        (
            _NAME,
            _NUMBER,
            _yes("residents_committee", "有居民委员会", "Has a residents' committee"),
            _yes("owners_committee", "有业主委员会", "Has an owners' committee"),
            _count("households", "户数", "Households"),
        ),
        "#2f7d5b",
        "hexagon",
    ),
    NodeType(
        "CommercialArea",
        "c",
        Text("商业区", "Commercial area"),
        (_NAME, _NUMBER, _count("tenants", "商户数", "Tenants")),
        "#0f7c8f",
        "hexagon",
    ),
    NodeType(
        "Unit",
        "u",
        Text("单位", "Unit"),
        (
            _NAME,
            _NUMBER,
            _term(
                "kind",
                "类别",
                "Kind",
                ("property_company", "物业公司", "Property company"),
                ("community_service", "社区服务中心", "Community service centre"),
                ("economic_company", "经济公司", "Economic company"),
                ("other", "其他单位", "Other unit"),
            ),
            _term(
                "ownership",
                "性质",
                "Ownership",
                ("collective", "集体", "Collective"),
                ("private", "民营", "Private"),
                ("state", "国有", "State"),
                ("foreign", "外资", "Foreign"),
                ("mixed", "混合", "Mixed"),
            ),
            _term(
                "status",
                "经营状态",
                "Operating status",
                ("operating", "正常经营", "Operating"),
                ("shell", "空壳", "Shell"),
                ("closed", "已停业", "Closed"),
            ),
            _text("trade", "行业", "Trade"),
            _count("employees", "从业人数", "Employees"),
        ),
        "#1f5fa8",
        "square",
    ),
    NodeType(
        "Branch",
        "b",
        Text("党支部", "Branch"),
        (
            _NAME,
            _NUMBER,
            _term(
                "kind",
                "支部类型",
                "Kind",
                ("independent", "独立", "Independent"),
                ("joint", "联合", "Joint"),
                ("residential", "居民区", "Residential"),
                ("commercial", "商业广场", "Commercial"),
                ("temporary", "临时", "Temporary"),
                ("outside", "外地", "Outside"),
            ),
            _date("founded", "成立时间", "Founded"),
            _date("elected", "本届产生时间", "Present term began"),
            _date("term_ends", "任期届满时间", "Term ends"),
            _date("dissolved", "撤销时间", "Dissolved"),
        ),
        "#c0392b",
        "diamond",
    ),
    NodeType(
        "Member",
        "m",
        Text("党员", "Member"),
        (
            _PERSON,
            _NUMBER,
            _term(
                "gender",
                "性别",
                "Gender",
                ("male", "男", "Male"),
                ("female", "女", "Female"),
            ),
            _date("born", "出生年月", "Born", sensitive=True),
            _date("joined", "入党时间", "Joined", sensitive=True),
            _term(
                "standing",
                "党员类别",
                "Standing",
                ("full", "正式党员", "Full"),
                ("probationary", "预备党员", "Probationary"),
            ),
            _date(
                "absent_since",
                "未参加原组织生活起始时间",
                "Unable to take part in the home branch since",
            ),
        ),
        "#b8661a",
        "dot",
    ),
    NodeType(
        "Liaison",
        "l",
        Text("党建联络员、指导员", "Liaison or instructor"),
        (
            _PERSON,
            _NUMBER,
            _term(
                "role",
                "身份",
                "Role",
                ("liaison", "党建联络员", "Liaison"),
                ("instructor", "党建指导员", "Instructor"),
            ),
        ),
        "#a0522d",
        "triangle",
    ),
    NodeType(
        "CoBuildingPair",
        "p",
        Text("结对共建", "Co-building pair"),
        (
            _NAME,
            _NUMBER,
            _date("signed", "签约时间", "Signed"),
            _date("last_contact", "最近活动时间", "Last contact"),
            _text("projects", "认领项目", "Claimed projects"),
        ),
        "#8e6c00",
        "box",
    ),
    NodeType(
        "JointMeeting",
        "j",
        Text("联席会议", "Joint meeting"),
        (
            _NAME,
            _NUMBER,
            _date("held", "召开时间", "Held"),
            _yes("residents_committee", "居委会参加", "Residents' committee present"),
            _yes("owners_committee", "业委会参加", "Owners' committee present"),
        ),
        "#7a4e7e",
        "triangleDown",
    ),
    NodeType(
        "Matter",
        "t",
        Text("议题", "Matter"),
        (
            _NAME,
            _NUMBER,
            _yes("resolved", "是否解决", "Resolved"),
            _date("resolved_on", "解决时间", "Resolved on"),
            _text("solution", "解决办法", "Solution"),
        ),
        "#6d7278",
        "dot",
    ),
    NodeType(
        "Award",
        "w",
        Text("表彰", "Award"),
        (
            _NAME,
            _NUMBER,
            _date("awarded", "授予时间", "Awarded"),
            _text("awarded_by", "授予单位", "Awarded by"),
        ),
        "#b8860b",
        "star",
    ),
    NodeType(
        "Activity",
        "a",
        Text("活动", "Activity"),
        (_NAME, _NUMBER, _date("held", "举办时间", "Held")),
        "#3b7d23",
        "triangle",
    ),
    NodeType(
        "SurveyRound",
        "d",
        Text("调摸批次", "Survey round"),
        (
            _NAME,
            _date("as_of", "截止时间", "As of"),
            _date("loaded", "导入时间", "Loaded"),
            _text("declared", "申报数", "Declared totals"),
            _text("figures", "当时的覆盖率和总数", "Rates and totals at the time"),
            _text("companies", "当时各公司的覆盖情况", "Coverage of each company at the time"),
            _text("parts", "当时分项覆盖率", "Rates apart at the time"),
            _text("lists", "当时各规则清单的第一页", "First page of each rule's list at the time"),
        ),
        "#444444",
        "box",
        survey=False,
    ),
    NodeType(
        "SurveySheet",
        "h",
        Text("调摸工作表", "Survey sheet"),
        (
            _NAME,
            _text("round", "批次", "Round"),
            _text("file", "文件", "File"),
            _text("sheet", "工作表", "Sheet"),
        ),
        "#444444",
        "box",
        survey=False,
    ),
    NodeType(
        "StoreState",
        "z",
        Text("存储状态", "Store state"),
        (
            _NAME,
            _count("version", "版本", "Version"),
            _text("round", "当前批次", "Current round"),
            _text("site", "站点标识", "Site fingerprint"),
            _text("refreshed", "缺口已更新至", "Findings brought up to"),
            _text("findings", "缺口修订号", "Revision of the findings"),
            _text("failed", "未能运行的规则", "Rules that failed"),
            _text("earlier", "各次导入前的状况", "As it was before each load"),
            _count("changed", "最近改变时的版本", "Version at the last change"),
        ),
        "#444444",
        "box",
        survey=False,
    ),
    NodeType(
        "Finding",
        "f",
        Text("覆盖缺口", "Coverage gap"),
        (
            # what the subject was called when it was last seen: it may be a person
            _PERSON,
            _text("rule", "规则", "Rule"),
            _text("subject", "对象", "Subject"),
            _text("reason", "原因", "Reason"),
            _text("areas", "所属区域", "Areas"),
            _term(
                "present",
                "现状",
                "At present",
                ("gap", "是缺口", "A gap"),
                ("unknown", "不明", "Unknown"),
                ("gone", "已消除", "Gone"),
                ("undone", "发现它的导入已撤销", "Seen by an undone load only"),
            ),
            _text("seen_in", "发现批次", "Seen in the rounds"),
            _text("first_seen", "首次发现批次", "First seen in"),
            _text("last_seen", "最近发现批次", "Last seen in"),
            _text("cleared_in", "消除批次", "Cleared in"),
            _yes("by_rule", "因规则调整而消除", "Cleared by a changed rule"),
            _text("reopened_in", "再次发现批次", "Seen again in"),
            _count("rounds", "已持续批次数", "Rounds open"),
            _text("owner", "责任人", "Owner"),
            _date("due", "整改期限", "Due"),
            _text("note", "备注", "Note"),
            _term(
                "state",
                "办理状态",
                "State",
                ("todo", "待办", "To do"),
                ("doing", "办理中", "In progress"),
                ("accepted", "暂予接受", "Accepted"),
            ),
            _date("accepted_until", "接受至", "Accepted until"),
            _text("accepted_reason", "接受理由", "Reason for accepting"),
            _text("earlier", "各次导入前的状况", "As it was before each load", sensitive=True),
            _count("changed", "最近改变时的版本", "Version at the last change"),
        ),
        "#c0392b",
        "box",
        survey=False,
    ),
    NodeType(
        "Note",
        "n",
        Text("备注", "Note"),
        (
            _NAME,
            _text("subject", "对象", "Subject"),
            _text("body", "内容", "Text", sensitive=True),
            _text("author", "作者", "Author"),
            _text("written", "时间", "Written"),
        ),
        "#888888",
        "box",
        survey=False,
    ),
    NodeType(
        "Alias",
        "k",
        Text("同名对照", "Alias"),
        (
            _NAME,
            _text("of", "类型", "Type"),
            _text("canonical", "即", "The same as"),
            _text("author", "作者", "Author"),
            _text("written", "时间", "Written"),
        ),
        "#888888",
        "box",
        survey=False,
    ),
    NodeType(
        "SavedView",
        "v",
        Text("已存视图", "Saved view"),
        (
            _NAME,
            _text("body", "内容", "Content"),
            _text("author", "作者", "Author"),
            _text("written", "时间", "Written"),
        ),
        "#888888",
        "box",
        survey=False,
    ),
    NodeType(
        "Proposal",
        "q",
        Text("假设方案", "Proposal"),
        (
            _NAME,
            _text("body", "内容", "Content"),
            _text("author", "作者", "Author"),
            _text("written", "时间", "Written"),
        ),
        "#888888",
        "box",
        survey=False,
    ),
)

_SINCE = _date("since", "起始时间", "Since")

_EDGE_TYPES = (
    # (Member)-[:EMPLOYED_BY {position}]->(Unit)
    EdgeType(
        "EMPLOYED_BY",
        ("Member",),
        ("Unit",),
        Text("任职于", "employed by"),
        Text("职工党员", "employs"),
        (_text("position", "职务", "Position"),),
        single=True,
    ),
    # (Member)-[:AFFILIATED_WITH {since}]->(Branch): the one that statistics count by
    EdgeType(
        "AFFILIATED_WITH",
        ("Member",),
        ("Branch",),
        Text("组织关系在", "affiliated with"),
        Text("所属党员", "has the member"),
        (_date("since", "转入时间", "Since"),),
        single=True,
    ),
    # (Member)-[:WAS_AFFILIATED_WITH {until, how}]->(Branch)
    EdgeType(
        "WAS_AFFILIATED_WITH",
        ("Member",),
        ("Branch",),
        Text("组织关系曾在", "was affiliated with"),
        Text("曾有党员", "had the member"),
        (_date("until", "转出时间", "Until"), _text("how", "转接方式", "How")),
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
    ),
    # (Member)-[:REPRESENTS]->(ResidentialArea): 社区党员代表
    EdgeType(
        "REPRESENTS",
        ("Member",),
        ("ResidentialArea",),
        Text("任社区党员代表于", "party-member representative in"),
        Text("社区党员代表", "is represented by"),
    ),
    # (Branch)-[:ORGANISED_IN]->(Unit): one unit: own branch; several: joint branch
    EdgeType(
        "ORGANISED_IN",
        ("Branch",),
        ("Unit",),
        Text("组建于", "organised in"),
        Text("组建党支部", "has the branch"),
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
        (_text("buildings", "楼栋", "Buildings"),),
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
    # (ResidentialArea|CommercialArea)-[:PART_OF]->(Subdistrict)
    EdgeType(
        "PART_OF",
        ("ResidentialArea", "CommercialArea"),
        ("Subdistrict",),
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
    # (JointMeeting|Activity)-[:HELD_IN]->(ResidentialArea|CommercialArea)
    EdgeType(
        "HELD_IN",
        ("JointMeeting", "Activity"),
        ("ResidentialArea", "CommercialArea"),
        Text("举办于", "held in"),
        Text("举办过", "hosted"),
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
    # (Award)-[:GIVEN_TO]->(Unit|Branch|CoBuildingPair)
    EdgeType(
        "GIVEN_TO",
        ("Award",),
        ("Unit", "Branch", "CoBuildingPair"),
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
        (_text("what", "提供内容", "What"),),
    ),
    # (Finding)-[:ABOUT]->(anything) and (Note)-[:ABOUT]->(anything): never touched by a load
    EdgeType(
        "ABOUT",
        ("Finding", "Note"),
        tuple(t.label for t in _NODE_TYPES if t.survey),
        Text("关于", "about"),
        Text("相关记录", "is noted in"),
        survey=False,
    ),
)

NODE_TYPES: dict[str, NodeType] = {t.label: t for t in _NODE_TYPES}
EDGE_TYPES: dict[str, EdgeType] = {t.type: t for t in _EDGE_TYPES}
_BY_PREFIX: dict[str, str] = {t.prefix: t.label for t in _NODE_TYPES}

PLACE_PROPERTIES = ("source",)
"""On every survey node and edge: sheet and row as one number (graph_model.store.provenance). Never compared."""

SEARCH_PROPERTY = "search"
"""On every survey node: the text that is searched (name, aliases, pinyin, initials). Derived."""

SOUND_PROPERTY = "sound"
"""On every unit: its canonical name in pinyin, by which look-alikes are found. Derived."""

DERIVED_PROPERTIES = (SEARCH_PROPERTY, SOUND_PROPERTY)
"""What the loader derives from the rest: never a change by itself, and never shown."""


def node_type(label: str) -> NodeType:
    """The node type of a label; SchemaError names the ones there are."""
    if label not in NODE_TYPES:
        known = "、".join(NODE_TYPES)
        raise SchemaError(f"没有节点类型 {label}；可用的有：{known}", f"no node type {label}: {known}")
    return NODE_TYPES[label]


def edge_type(type_: str) -> EdgeType:
    """The edge type of a name; SchemaError names the ones there are."""
    if type_ not in EDGE_TYPES:
        known = "、".join(EDGE_TYPES)
        raise SchemaError(f"没有关系类型 {type_}；可用的有：{known}", f"no edge type {type_}: {known}")
    return EDGE_TYPES[type_]


def make_key(label: str, identity: Iterable[str], secret: bytes) -> str:
    """The key of a node: its type's prefix and a keyed hash of what identifies it in the field.

    A keyed hash, so that nobody without the site's secret can test a guessed name against a key.

    >>> make_key("Unit", ("新桃源物业",), b"x")[:2]
    'u_'
    """
    return next(make_keys(label, (identity,), secret))


def make_keys(label: str, identities: Iterable[Iterable[str]], secret: bytes) -> Iterator[str]:
    """The key of each of these nodes of a label, as `make_key` gives it."""
    start = hmac.new(secret, f"{label}\x1e".encode(), "sha256")
    prefix = node_type(label).prefix
    for identity in identities:
        found = start.copy()  # what is the same for all of them is done once
        found.update("\x1f".join(identity).encode())
        yield f"{prefix}_{found.hexdigest()[:20]}"


def label_of(key: str) -> str:
    """The label that a key belongs to; KeyError for a text that is no key."""
    return _BY_PREFIX[key.partition("_")[0]]
