"""Every node type there is."""

from __future__ import annotations

from dataclasses import replace

from graph_model.errors import SchemaError
from graph_model.schema.declare import count, date, term, text, yes_no
from graph_model.schema.extra_values import EXTRA_PROPERTY
from graph_model.schema.types import NodeType
from graph_model.text import Text

_NAME = text("name", "名称", "Name")
_PERSON = text("name", "姓名", "Name", sensitive=True)
_NUMBER = text("number", "编号", "Number")
_AUTHORED = (text("author", "作者", "Author"), text("written", "时间", "Written"))
_CHANGED = count("changed", "最近改变时的版本", "Version at the last change")

_NODE_TYPES = (
    NodeType(
        "Subdistrict",
        "s",
        Text("街道", "Sub-district"),
        (_NAME, _NUMBER),
    ),
    NodeType(
        "ResidentialArea",
        "r",
        Text("居民区", "Residential area"),
        (
            _NAME,
            _NUMBER,
            yes_no("residents_committee", "有居民委员会", "Has a residents' committee"),
            yes_no("owners_committee", "有业主委员会", "Has an owners' committee"),
            count("households", "户数", "Households"),
        ),
    ),
    NodeType(
        "CommercialArea",
        "c",
        Text("商业区", "Commercial area"),
        (_NAME, _NUMBER, count("tenants", "商户数", "Tenants")),
    ),
    NodeType(
        "Unit",
        "u",
        Text("单位", "Unit"),
        (
            _NAME,
            _NUMBER,
            term(
                "kind",
                "类别",
                "Kind",
                ("property_company", "物业公司", "Property company"),
                ("community_service", "社区服务中心", "Community service centre"),
                ("economic_company", "经济公司", "Economic company"),
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
        ),
    ),
    NodeType(
        "Branch",
        "b",
        Text("党支部", "Branch"),
        (
            _NAME,
            _NUMBER,
            term(
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
            date("founded", "成立时间", "Founded"),
            date("elected", "本届产生时间", "Present term began"),
            date("term_ends", "任期届满时间", "Term ends"),
            date("dissolved", "撤销时间", "Dissolved"),
        ),
    ),
    NodeType(
        "Member",
        "m",
        Text("党员", "Member"),
        (
            _PERSON,
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
            _PERSON,
            _NUMBER,
            term(
                "role",
                "身份",
                "Role",
                ("liaison", "党建联络员", "Liaison"),
                ("instructor", "党建指导员", "Instructor"),
            ),
        ),
    ),
    NodeType(
        "CoBuildingPair",
        "p",
        Text("结对共建", "Co-building pair"),
        (
            _NAME,
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
            _NAME,
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
            _NAME,
            _NUMBER,
            yes_no("resolved", "是否解决", "Resolved"),
            date("resolved_on", "解决时间", "Resolved on"),
            text("solution", "解决办法", "Solution"),
        ),
    ),
    NodeType(
        "Award",
        "w",
        Text("表彰", "Award"),
        (
            _NAME,
            _NUMBER,
            date("awarded", "授予时间", "Awarded"),
            text("awarded_by", "授予单位", "Awarded by"),
        ),
    ),
    NodeType(
        "Activity",
        "a",
        Text("活动", "Activity"),
        (_NAME, _NUMBER, date("held", "举办时间", "Held")),
    ),
    NodeType(
        "SurveyRound",
        "d",
        Text("调摸批次", "Survey round"),
        (
            _NAME,
            date("as_of", "截止时间", "As of"),
            date("loaded", "导入时间", "Loaded"),
            text("declared", "申报数", "Declared totals"),
            text("figures", "当时的覆盖率和总数", "Rates and totals at the time"),
            text("companies", "当时各公司的覆盖情况", "Coverage of each company at the time"),
            text("parts", "当时分项覆盖率", "Rates apart at the time"),
            text("lists", "当时各规则清单的第一页", "First page of each rule's list at the time"),
        ),
        survey=False,
    ),
    NodeType(
        "SurveySheet",
        "h",
        Text("调摸工作表", "Survey sheet"),
        (
            _NAME,
            text("round", "批次", "Round"),
            text("file", "文件", "File"),
            text("sheet", "工作表", "Sheet"),
        ),
        survey=False,
    ),
    NodeType(
        "StoreState",
        "z",
        Text("存储状态", "Store state"),
        (
            _NAME,
            count("version", "版本", "Version"),
            text("round", "当前批次", "Current round"),
            text("site", "站点标识", "Site fingerprint"),
            text("refreshed", "缺口已更新至", "Findings brought up to"),
            text("findings", "缺口修订号", "Revision of the findings"),
            text("failed", "未能运行的规则", "Rules that failed"),
            text("earlier", "各次导入前的状况", "As it was before each load"),
            _CHANGED,
        ),
        survey=False,
    ),
    NodeType(
        "Finding",
        "f",
        Text("覆盖缺口", "Coverage gap"),
        (
            # what the subject was called when it was last seen: it may be a person
            _PERSON,
            text("rule", "规则", "Rule"),
            text("subject", "对象", "Subject"),
            text("reason", "原因", "Reason"),
            text("areas", "所属区域", "Areas"),
            term(
                "present",
                "现状",
                "At present",
                ("gap", "是缺口", "A gap"),
                ("unknown", "不明", "Unknown"),
                ("gone", "已消除", "Gone"),
                ("undone", "发现它的导入已撤销", "Seen by an undone load only"),
            ),
            text("seen_in", "发现批次", "Seen in the rounds"),
            text("first_seen", "首次发现批次", "First seen in"),
            text("last_seen", "最近发现批次", "Last seen in"),
            text("cleared_in", "消除批次", "Cleared in"),
            yes_no("by_rule", "因规则调整而消除", "Cleared by a changed rule"),
            text("reopened_in", "再次发现批次", "Seen again in"),
            count("rounds", "已持续批次数", "Rounds open"),
            text("owner", "责任人", "Owner"),
            date("due", "整改期限", "Due"),
            text("note", "备注", "Note"),
            term(
                "state",
                "办理状态",
                "State",
                ("todo", "待办", "To do"),
                ("doing", "办理中", "In progress"),
                ("accepted", "暂予接受", "Accepted"),
            ),
            date("accepted_until", "接受至", "Accepted until"),
            text("accepted_reason", "接受理由", "Reason for accepting"),
            text("earlier", "各次导入前的状况", "As it was before each load", sensitive=True),
            _CHANGED,
        ),
        survey=False,
    ),
    NodeType(
        "Note",
        "n",
        Text("备注", "Note"),
        (
            _NAME,
            text("subject", "对象", "Subject"),
            text("body", "内容", "Text", sensitive=True),
            *_AUTHORED,
        ),
        survey=False,
    ),
    NodeType(
        "Alias",
        "k",
        Text("同名对照", "Alias"),
        (
            _NAME,
            text("of", "类型", "Type"),
            text("canonical", "即", "The same as"),
            *_AUTHORED,
        ),
        survey=False,
    ),
    NodeType(
        "SavedView",
        "v",
        Text("已存视图", "Saved view"),
        (
            _NAME,
            text("body", "内容", "Content"),
            *_AUTHORED,
        ),
        survey=False,
    ),
    NodeType(
        "Proposal",
        "q",
        Text("假设方案", "Proposal"),
        (
            _NAME,
            text("body", "内容", "Content"),
            *_AUTHORED,
        ),
        survey=False,
    ),
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
