"""The node types that the program itself makes: rounds, findings, notes, saved views; a load never touches them."""

from __future__ import annotations

from graph_model.schema.declare import NAME, PERSON_NAME, count, date, term, text, yes_no
from graph_model.schema.types import NodeType
from graph_model.text import Text

_AUTHORED = (text("author", "作者", "Author"), text("written", "时间", "Written"))
_CHANGED = count("changed", "最近改变时的版本", "Version at the last change")

OWN_TYPES = (
    NodeType(
        "SurveyRound",
        "d",
        Text("调摸批次", "Survey round"),
        (
            NAME,
            date("as_of", "截止时间", "As of"),
            date("own_date", "示例数据日期", "Date of the example"),
            date("loaded", "导入时间", "Loaded"),
            text("declared", "申报数", "Declared totals"),
            text("figures", "当时的覆盖率和总数", "Rates and totals at the time"),
            text("companies", "当时各公司的覆盖情况", "Coverage of each company at the time"),
            text("parts", "当时分项覆盖率", "Rates apart at the time"),
            text("lists", "当时各类问题清单的第一页", "First page of each rule's list at the time"),
        ),
        survey=False,
    ),
    NodeType(
        "SurveySheet",
        "h",
        Text("调摸工作表", "Survey sheet"),
        (
            NAME,
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
            NAME,
            count("version", "版本", "Version"),
            text("round", "当前批次", "Current round"),
            text("site", "站点标识", "Site fingerprint"),
            text("refreshed", "问题已更新至", "Findings brought up to"),
            text("findings", "问题修订号", "Revision of the findings"),
            text("failed", "未能运行的规则", "Rules that failed"),
            text("earlier", "各次导入前的状况", "As it was before each load"),
            _CHANGED,
        ),
        survey=False,
    ),
    NodeType(
        "Finding",
        "f",
        Text("问题", "Problem"),
        (
            # what the subject was called when it was last seen: it may be a person
            PERSON_NAME,
            text("rule", "问题类型", "Rule"),
            text("subject", "对象", "Subject"),
            text("reason", "原因", "Reason"),
            text("areas", "所属区域", "Areas"),
            term(
                "present",
                "现状",
                "At present",
                ("gap", "存在", "Present"),
                ("unknown", "情况不明", "Unknown"),
                ("gone", "已销号", "Settled"),
                ("undone", "发现它的导入已撤销", "Seen by an undone load only"),
            ),
            text("seen_in", "发现批次", "Seen in the rounds"),
            text("first_seen", "首次发现批次", "First seen in"),
            text("last_seen", "最近发现批次", "Last seen in"),
            text("cleared_in", "销号批次", "Settled in"),
            yes_no("by_rule", "因判定标准调整而销号", "Settled by a changed rule"),
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
                ("accepted", "暂缓整改", "Put off"),
            ),
            date("accepted_until", "暂缓至", "Put off until"),
            text("accepted_reason", "暂缓理由", "Reason for putting off"),
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
            NAME,
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
            NAME,
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
            NAME,
            text("body", "内容", "Content"),
            *_AUTHORED,
        ),
        survey=False,
    ),
    NodeType(
        "Proposal",
        "q",
        Text("测算方案", "Proposal"),
        (
            NAME,
            text("body", "内容", "Content"),
            *_AUTHORED,
        ),
        survey=False,
    ),
)
