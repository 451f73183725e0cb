"""Every node type there is."""

from __future__ import annotations

from dataclasses import replace

from graph_model.errors import SchemaError
from graph_model.schema.declare import NAME, PERSON_NAME, count, date, term, text, yes_no
from graph_model.schema.extra_values import EXTRA_PROPERTY
from graph_model.schema.own_types import OWN_TYPES
from graph_model.schema.types import NodeType
from graph_model.text import Text

_NUMBER = text("number", "编号", "Number")

_REPORTED = (
    text("reporting_unit", "填报单位", "Reporting organisation"),
    text("reported_by", "填报人", "Reported by", sensitive=True),
    date("reported_on", "填报时间", "Reported on"),
)

_NODE_TYPES = (
    NodeType(
        "District",
        "x",
        Text("区", "District"),
        (NAME, _NUMBER),
    ),
    NodeType(
        "Subdistrict",
        "s",
        Text("街道", "Sub-district"),
        (NAME, _NUMBER),
    ),
    NodeType(
        "ResidentialArea",
        "r",
        Text("居民区", "Residential area"),
        (
            NAME,
            _NUMBER,
            yes_no("residents_committee", "有居民委员会", "Has a residents' committee"),
            yes_no("owners_committee", "有业主委员会", "Has an owners' committee"),
            count("households", "户数", "Households"),
            count("owners_committee_members", "业委会人数", "Members of the owners' committee"),
            count("owners_committee_party", "业委会党员数", "Party members of the owners' committee"),
            text("property_manager", "物业项目经理", "Property manager", sensitive=True),
            text("part_time_committee", "兼职委员", "Part-time committee members", sensitive=True),
            *_REPORTED,
        ),
    ),
    NodeType(
        "CommercialArea",
        "c",
        Text("商业区", "Commercial area"),
        (NAME, _NUMBER, count("tenants", "商户数", "Tenants"), *_REPORTED),
    ),
    NodeType(
        "Unit",
        "u",
        Text("单位", "Unit"),
        (
            NAME,
            _NUMBER,
            term(
                "kind",
                "类别",
                "Kind",
                ("property_company", "物业公司", "Property company"),
                ("community_service", "社区服务中心", "Community service centre"),
                ("economic_company", "经济公司", "Economic company"),
                ("social_organisation", "社会组织", "Social organisation"),
                ("public_institution", "事业单位", "Public institution"),
                ("school", "学校", "School"),
                ("government", "机关", "Government office"),
                ("other", "其他单位", "Other unit"),
            ),
            term(
                "ownership",
                "性质",
                "Ownership",
                ("collective", "集体", "Collective"),
                ("private", "民营", "Private"),
                ("state", "国有", "State"),
                ("foreign", "外资", "Foreign"),
                ("mixed", "混合", "Mixed"),
                ("shareholding", "股份制", "Shareholding"),
                ("hmt", "港澳台资", "Hong Kong, Macao or Taiwan"),
                ("non_enterprise", "民办非企业", "Private non-enterprise unit"),
            ),
            term(
                "status",
                "经营状态",
                "Operating status",
                ("operating", "正常经营", "Operating"),
                ("shell", "空壳", "Shell"),
                ("closed", "已停业", "Closed"),
            ),
            text("trade", "行业", "Trade"),
            count("employees", "从业人数", "Employees"),
            text("credit_code", "统一社会信用代码", "Unified social credit code"),
            text("legal_representative", "法定代表人", "Legal representative", sensitive=True),
            yes_no(
                "representative_member", "法定代表人是否党员", "Is the legal representative a party member"
            ),
            yes_no("investor_member", "出资人是否党员", "Is the investor a party member"),
            yes_no("above_scale", "是否规模以上", "Above designated size"),
            count("members_declared", "申报党员总数", "Party members declared"),
            count("full_declared", "申报正式党员数", "Full members declared"),
            count("floating_declared", "申报流动党员数", "Floating members declared"),
            count("applicants", "入党积极分子数", "Applicants"),
            yes_no("has_organisation", "是否建立党组织", "Has a party organisation"),
            text("no_organisation_because", "未组建原因", "Why there is no party organisation"),
            yes_no("trade_union", "是否建立工会", "Has a trade union"),
            yes_no("youth_league", "是否建立团组织", "Has a youth league organisation"),
            yes_no("womens_federation", "是否建立妇联", "Has a women's federation"),
            term(
                "office",
                "总部或项目",
                "Headquarters or project",
                ("headquarters", "总部", "Headquarters"),
                ("project", "项目管理处", "Project office"),
            ),
            yes_no("dual_exempt", "不实行双重管理", "Exempt from dual management"),
        ),
    ),
    NodeType(
        "Branch",
        "b",
        Text("党支部", "Branch"),
        (
            NAME,
            _NUMBER,
            term(
                "kind",
                "支部类型",
                "Kind",
                ("independent", "单独组建", "Independent"),
                ("joint", "联合", "Joint"),
                ("residential", "居民区", "Residential"),
                ("commercial", "商业广场", "Commercial"),
                ("temporary", "临时", "Temporary"),
                ("industry", "行业统建", "By trade"),
                ("district", "区域统建", "By district"),
                ("functional", "功能型", "Functional"),
                ("outside", "辖区外", "Outside"),
            ),
            term(
                "level",
                "组织类别",
                "Level",
                ("branch", "党支部", "Branch"),
                ("general_branch", "党总支", "General branch"),
                ("committee", "党委", "Party committee"),
                ("work_committee", "党工委", "Working committee"),
                ("group", "党小组", "Party group"),
            ),
            date("founded", "成立时间", "Founded"),
            date("elected", "本届产生时间", "Present term began"),
            date("term_ends", "任期届满时间", "Term ends"),
            date("extended_to", "批准延期至", "Extension approved to"),
            yes_no("secretary_appointed", "书记由上级任命", "Secretary appointed by the superior"),
            date("dissolved", "撤销时间", "Dissolved"),
            count("members_declared", "申报党员数", "Members declared"),
            count("groups", "党小组数", "Party groups"),
        ),
    ),
    NodeType(
        "Member",
        "m",
        Text("党员", "Member"),
        (
            PERSON_NAME,
            _NUMBER,
            term(
                "gender",
                "性别",
                "Gender",
                ("male", "男", "Male"),
                ("female", "女", "Female"),
            ),
            date("born", "出生年月", "Born", sensitive=True),
            date("joined", "入党时间", "Joined", sensitive=True),
            term(
                "standing",
                "党员类别",
                "Standing",
                ("full", "正式党员", "Full"),
                ("probationary", "预备党员", "Probationary"),
            ),
            date("converted", "转正时间", "Became a full member", sensitive=True),
            text("party_post", "党内职务", "Post in the party"),
            text("register_state", "党籍状态", "State in the register"),
            yes_no("floating", "是否流动党员", "Floating member"),
            text("moved_to", "流出地", "Moved to"),
            text("came_from", "流入地", "Came from"),
            yes_no("lost_contact", "是否失联", "Contact is lost"),
            date(
                "absent_since",
                "未参加原组织生活起始时间",
                "Unable to take part in the home branch since",
            ),
        ),
    ),
    NodeType(
        "Liaison",
        "l",
        Text("党建联络员、指导员", "Liaison or instructor"),
        (
            PERSON_NAME,
            _NUMBER,
            term(
                "role",
                "身份",
                "Role",
                ("liaison", "党建联络员", "Liaison"),
                ("instructor", "党建指导员", "Instructor"),
            ),
            text("home_unit", "派出单位", "Home unit"),
            count("units_served", "联系企业数", "Units served"),
            date("last_visit", "最近走访时间", "Last visit"),
        ),
    ),
    NodeType(
        "CoBuildingPair",
        "p",
        Text("结对共建", "Co-building pair"),
        (
            NAME,
            _NUMBER,
            date("signed", "签约时间", "Signed"),
            date("last_contact", "最近活动时间", "Last contact"),
            text("projects", "认领项目", "Claimed projects"),
        ),
    ),
    NodeType(
        "JointMeeting",
        "j",
        Text("联席会议", "Joint meeting"),
        (
            NAME,
            _NUMBER,
            date("held", "召开时间", "Held"),
            yes_no("residents_committee", "居委会参加", "Residents' committee present"),
            yes_no("owners_committee", "业委会参加", "Owners' committee present"),
        ),
    ),
    NodeType(
        "Matter",
        "t",
        Text("议题", "Matter"),
        (
            NAME,
            _NUMBER,
            yes_no("resolved", "是否解决", "Resolved"),
            date("resolved_on", "解决时间", "Resolved on"),
            text("solution", "解决办法", "Solution"),
            text("responsible", "责任单位", "Responsible organisation"),
            text("responsible_person", "责任人", "Person responsible", sensitive=True),
            date("due", "办结期限", "Due"),
            text("raised_by", "议题来源", "Raised by", sensitive=True),
        ),
    ),
    NodeType(
        "Award",
        "w",
        Text("表彰", "Award"),
        (
            NAME,
            _NUMBER,
            date("awarded", "授予时间", "Awarded"),
            text("awarded_by", "授予单位", "Awarded by"),
            term(
                "state",
                "评选进展",
                "Stage",
                ("awarded", "表彰", "Awarded"),
                ("nominated", "推荐", "Nominated"),
                ("selected", "评选", "Selected"),
                ("published", "公示", "Published for comment"),
            ),
            date("published", "公示时间", "Published"),
            text("deed", "先进事迹", "Deed", sensitive=True),
        ),
    ),
    NodeType(
        "Activity",
        "a",
        Text("活动", "Activity"),
        (NAME, _NUMBER, date("held", "举办时间", "Held")),
    ),
    NodeType(
        "BranchMeeting",
        "e",
        Text("三会一课", "Branch meeting"),
        (
            NAME,
            _NUMBER,
            term(
                "kind",
                "会议类型",
                "Kind of meeting",
                ("general_meeting", "支部党员大会", "General meeting"),
                ("committee_meeting", "支部委员会会议", "Committee meeting"),
                ("group_meeting", "党小组会", "Group meeting"),
                ("lecture", "党课", "Party lecture"),
            ),
            date("held", "召开时间", "Held"),
            count("attended", "参加人数", "Attended by so many"),
            text("topic", "主题", "Topic", sensitive=True),
        ),
    ),
    NodeType(
        "RepresentativeMeeting",
        "o",
        Text("党员代表会议", "Meeting of representatives"),
        (
            NAME,
            _NUMBER,
            date("term_began", "本届产生时间", "Present term began"),
            date("term_ends", "任期届满时间", "Term ends"),
            count("representatives", "代表人数", "Representatives"),
        ),
    ),
    *OWN_TYPES,
)

_EXTRA = text(EXTRA_PROPERTY, "备注信息", "Extra values", sensitive=True)


def _with_extra(kind: NodeType) -> NodeType:
    """What the survey states may come with columns that no form has."""
    return replace(kind, properties=(*kind.properties, _EXTRA)) if kind.survey else kind


NODE_TYPES: dict[str, NodeType] = {t.label: _with_extra(t) for t in _NODE_TYPES}
_BY_PREFIX: dict[str, str] = {t.prefix: t.label for t in _NODE_TYPES}


def node_type(label: str) -> NodeType:
    """The node type of a label; SchemaError names the ones there are."""
    if label not in NODE_TYPES:
        known = "、".join(NODE_TYPES)
        raise SchemaError(f"没有节点类型 {label}；可用的有：{known}", f"no node type {label}: {known}")
    return NODE_TYPES[label]


def label_of(key: str) -> str:
    """The label that a key belongs to; KeyError for a text that is no key."""
    return _BY_PREFIX[key.partition("_")[0]]
