"""What the monthly pack says, in both languages: its sentences, headings and column names."""

from __future__ import annotations

from collections.abc import Mapping

from graph_model.coverage.totals import Rate
from graph_model.text import Language, Text

_ZH_NUMBERS = "〇一二三四五六七八九"

REPORT_TEXTS: Mapping[str, Text] = {
    "title": Text("{place}党建覆盖情况月报", "{place} Party-building coverage: monthly report"),
    "subtitle": Text(
        "调摸批次：{round}　数据截至：{as_of}　制作日期：{day}",
        "Survey round {round}. Data as of {as_of}. Made on {day}.",
    ),
    # 1
    "rates": Text("覆盖率", "Coverage rates"),
    "rates_told": Text(
        "{round} 批次共调摸物业公司 {companies} 家，其中正常经营 {operating} 家；经营状态不明 {unknown} 家、"
        "停业或空壳 {closed} 家另列，不计入比例。有党员的公司 {with_members} 家，党员 {members} 名。"
        "组织覆盖率 {organisation}，单独组建率 {independent}，应建尽建率 {due}，工作覆盖率 {work}；"
        "尚未实现工作覆盖但有其他联系的 {contact}，不计入工作覆盖。",
        "Round {round} covers {companies} property companies, {operating} of them operating; {unknown} of "
        "unknown status and {closed} closed or shell companies are listed apart and are in no rate. "
        "{with_members} companies have members, {members} in all. Organisation coverage is {organisation}, "
        "the own-branch rate {independent}, the due-branch rate {due}, work coverage {work}; "
        "without work coverage but in other contact: {contact}, not counted in it.",
    ),
    "rate": Text("{share}（{numerator}/{denominator}）", "{share} ({numerator}/{denominator})"),
    "rates_note": Text(
        "应建尽建率的分母为应当单独组建的各类单位，其余比例的分母为正常经营的物业公司；“不明”指调摸表没有填写经营状态，既不算已覆盖，也不算缺口。",
        "The due-branch rate is of the units that are due a branch, the others are of operating companies. "
        "“Unknown” means that the survey left the status empty: "
        "neither covered nor a gap.",
    ),
    "trend_caption": Text(
        "图1　覆盖率与物业公司数的变化（没有保存实有数的批次按申报数，不画覆盖率）",
        "Figure 1. Rates and companies over the rounds (rounds that were not kept: as declared, no rates)",
    ),
    "indicator": Text("指标", "Rate"),
    "meaning": Text("含义", "Meaning"),
    "covered": Text("已覆盖", "Covered"),
    "operating": Text("正常经营", "Operating"),
    "share": Text("比例", "Share"),
    "unknown_status": Text("状态不明", "Unknown"),
    "closed": Text("停业空壳", "Closed"),
    # 2
    "changes": Text("与上一批次比较", "Changes since the last round"),
    "first_round": Text(
        "这是第一个批次，没有可以比较的数据。", "This is the first round: there is nothing to compare."
    ),
    "changes_told": Text(
        "上一批次为 {before}，以该批次{how}数与 {round} 批次实有数比较如下。",
        "The last round was {before}: its totals as {how} against those found in {round}.",
    ),
    "as_found": Text("实有", "found"),
    "as_declared": Text("申报", "declared"),
    "before": Text("{round}（{how}）", "{round} ({how})"),
    "now": Text("{round}（实有）", "{round} (found)"),
    "last": Text("上批", "Last"),
    "this": Text("本批", "This"),
    "progress": Text("实际进展", "Progress"),
    "base": Text("基数变化", "Base"),
    "progress_note": Text(
        "实际进展：两个批次都正常经营的公司中新覆盖与失去覆盖之差；基数变化：公司新增、停业等使分母改变所致。",
        "Progress: companies of both bases that became covered, less those that ceased to be. Base: the rest, "
        "from companies that came or left.",
    ),
    "change": Text("增减", "Change"),
    "points": Text("{points} 个百分点", "{points} points"),
    "item": Text("项目", "Item"),
    "life": Text(
        "缺口办理情况：本批次新发现 {new} 项，持续 {continuing} 项，再次出现 {reopened} 项，已消除 {cleared} 项；"
        "暂予接受 {accepted} 项，逾期 {overdue} 项。",
        "The gaps: {new} new, {continuing} continuing, {reopened} back again, {cleared} cleared; {accepted} "
        "accepted for now, {overdue} overdue.",
    ),
    # 3
    "gaps": Text("覆盖缺口", "Coverage gaps"),
    "gaps_told": Text(
        "按 {rules} 条规则检查，共有缺口 {gaps} 项：程度高 {high} 项，中 {medium} 项，低 {low} 项。另有 {unknown} 项"
        "因调摸表未填而不明，不计为缺口。逐项依据、建议、责任人和期限见附件1。",
        "{rules} rules find {gaps} gaps: {high} high, {medium} medium, {low} low. {unknown} more are unknown "
        "because the survey left a value empty; they are not gaps. Annex 1 gives clause, advice, owner and "
        "due date of each.",
    ),
    "no_gaps": Text(
        "按 {rules} 条规则检查，没有发现缺口；另有 {unknown} 项因调摸表未填而不明。",
        "{rules} rules find no gaps; {unknown} are unknown because the survey left a value empty.",
    ),
    "by_rule": Text("（一）按规则", "By rule"),
    "by_area": Text("（二）按区域", "By area"),
    "severity": Text("程度", "Severity"),
    "rule": Text("规则", "Rule"),
    "population": Text("检查范围", "Population"),
    "subjects": Text("对象数", "Subjects"),
    "gap": Text("缺口", "Gaps"),
    "unknown": Text("不明", "Unknown"),
    "failed": Text("没有结果：{why}", "No answer: {why}"),
    "area": Text("区域", "Area"),
    "high": Text("高", "High"),
    "medium": Text("中", "Medium"),
    "low": Text("低", "Low"),
    "sum": Text("合计", "All"),
    "overdue": Text("已逾期", "Overdue"),
    "without_owner": Text("未定责任人", "No owner"),
    "all": Text("合计", "All"),
    "shared": Text(
        "一项缺口属于几个区域的，在各区域分别列出（多列 {shared} 次），合计只计一次。",
        "A gap that belongs to several areas stands under each ({shared} times more); the last row counts it once.",
    ),
    # 4
    "reconciliation": Text("数据核对", "Reconciliation"),
    "agrees": Text("申报的 {n} 项总数与实有数全部一致。", "All {n} declared totals were found."),
    "differs": Text(
        "有 {n} 项申报数与实有数不一致，须书面说明原因。",
        "{n} declared totals differ from what was found: explain each in writing.",
    ),
    "nothing_declared": Text(
        "本批次没有申报总数，无法核对。", "No totals were declared, so none can be reconciled."
    ),
    "declared": Text("申报数", "Declared"),
    "found": Text("实有数", "Found"),
    "difference": Text("相差", "Difference"),
    # annexes
    "annex_gaps": Text("附件1　覆盖缺口清单（按区域）", "Annex 1. Gaps by area"),
    "band": Text("{area}（{n} 项）", "{area} ({n})"),
    "number": Text("序号", "No."),
    "subject": Text("对象", "Subject"),
    "reason": Text("原因", "Reason"),
    "clause": Text("依据", "Source"),
    "advice": Text("建议", "Advice"),
    "owner": Text("责任人", "Owner"),
    "due": Text("期限", "Due"),
    "state": Text("状态", "State"),
    "late": Text("已逾期", "overdue"),
    "annex_pictures": Text("附件2　关系图", "Annex 2. Pictures"),
    "picture_all": Text(
        "附图{n}　全街道：区域、单位与党支部", "Picture {n}. The whole sub-district: areas, units, branches"
    ),
    "picture_area": Text(
        "附图{n}　{area}（程度高的缺口 {high} 项）", "Picture {n}. {area} (gaps of high severity: {high})"
    ),
    "pictures_left": Text(
        "另有 {n} 个区域也有程度高的缺口，未附图：{areas}。",
        "{n} more areas have gaps of high severity and no picture here: {areas}.",
    ),
    "annex_sources": Text("附件3　数据来源", "Annex 3. The data"),
    "sources_told": Text(
        "本月报由 {round} 批次的数据制作：数据截至 {as_of}，{loaded} 导入（第 {version} 次导入），共 {n} 个文件。"
        "制作日期 {day}。{names}",
        "Made from round {round}: data as of {as_of}, loaded on {loaded} (load {version}), {n} files. "
        "Made on {day}. {names}",
    ),
    "names_masked": Text("人名已隐去。", "People's names are masked."),
    "names_shown": Text("含人名，请妥善保管。", "It shows people's names: keep it safe."),
    "file": Text("文件", "File"),
    "hash": Text("SHA-256（前 12 位）", "SHA-256 (first 12)"),
    "page": Text("第 {page} 页　共 {pages} 页", "Page {page} of {pages}"),
}


def numbered_heading(number: int, key: str, language: Language) -> str:
    """A part's heading with its number, as offices write it.

    >>> numbered_heading(2, "changes", "zh"), numbered_heading(2, "gaps", "en")
    ('二、与上一批次比较', '2. Coverage gaps')
    """
    text = REPORT_TEXTS[key].in_(language)
    return f"{_ZH_NUMBERS[number]}、{text}" if language == "zh" else f"{number}. {text}"


def format_rate(rate: Rate) -> str:
    """A rate as people read it; a dash where there is nothing to divide by.

    >>> format_rate(Rate("work", 1, 4, 0, 0)), format_rate(Rate("work", 0, 0, 0, 0))
    ('25.0%', '—')
    """
    return "—" if rate.share is None else f"{rate.share:.1%}"
