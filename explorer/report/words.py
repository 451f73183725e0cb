"""The texts of the monthly pack in both languages: sentences, headings, column names, and how dates are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from graph_model.coverage.catalogue import Severity
from graph_model.coverage.totals import Rate
from graph_model.text import Language, Text

_ZH_NUMBERS = "〇一二三四五六七八九"
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DATE = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?![\d-])")

REPORT_TEXTS: Mapping[str, Text] = {
    "title": Text("{place}{month}党建覆盖情况通报", "{place}: party-building coverage, {month}"),
    "subtitle": Text(
        "（数据截至{as_of}　制表日期：{day}）",
        "Data as of {as_of}. Made on {day}.",
    ),
    # 1
    "situation": Text("总体情况", "The situation"),
    "base_told": Text(
        "截至{as_of}，{scope}共调摸物业公司{companies}家，其中正常经营{operating}家；经营状态不明{unknown}家、"
        "停业或空壳{closed}家单独列出，不计入覆盖率。有党员的公司{with_members}家，党员{members}名。",
        "As of {as_of} {scope} covers {companies} property companies, {operating} of them operating; {unknown} of "
        "unknown status and {closed} closed or shell companies are listed apart and are in no rate. "
        "{with_members} companies have members, {members} in all.",
    ),
    "rate": Text("{share}（{numerator}/{denominator}）", "{share} ({numerator}/{denominator})"),
    "rate_told": Text("{name}{value}", "{name} {value}"),
    "rates_told": Text(
        "{rates}。各项指标的变化及原因如下：", "{rates}. How each of them changed, and why:"
    ),
    "scope_all": Text("全街道", "the survey"),
    "scope_place": Text("{name}", "the survey of {name}"),
    "rates_place": Text(
        "{rates}。上期数按全部范围保存，单个街道、区域不作比较。",
        "{rates}. Earlier figures are kept for the whole survey; one place is not compared with them.",
    ),
    "rates_first": Text(
        "{rates}。此前没有可以比较的批次。", "{rates}. There is no earlier round to compare with."
    ),
    "beside_told": Text(
        "{name}：另有{n}家尚未实现工作覆盖的公司近期参加联席会议、结对共建，或者有党员，不计入工作覆盖率。",
        "{name}: {n} more companies without work coverage lately met, are in a live pair or have members; they are not "
        "in work coverage.",
    ),
    "rate_up": Text(
        "{number}．{name}由{before}的{was}上升到{is_}，上升{points}个百分点",
        "({number}) {name} rose from {was} in {before} to {is_}, by {points} points",
    ),
    "rate_down": Text(
        "{number}．{name}由{before}的{was}下降到{is_}，下降{points}个百分点",
        "({number}) {name} fell from {was} in {before} to {is_}, by {points} points",
    ),
    "rate_same": Text(
        "{number}．{name}为{is_}，与{before}持平", "({number}) {name} is {is_}, as in {before}"
    ),
    "rate_new": Text(
        "{number}．{name}为{is_}，{before}没有可比数据",
        "({number}) {name} is {is_}; of {before} it is not known",
    ),
    "reasons": Text(
        "。其中，工作进展{progress}，公司新增、停业等基数变化{base}",
        "; progress: {progress}; companies that came or left: {base}",
    ),
    "effect_up": Text("使其提高{points}个百分点", "{points} points up"),
    "effect_down": Text("使其降低{points}个百分点", "{points} points down"),
    "effect_none": Text("没有影响", "no effect"),
    "gained": Text("；新覆盖的公司有{names}", "; newly covered: {names}"),
    "lost": Text("；不再覆盖的公司有{names}", "; not covered any more: {names}"),
    "and_more": Text("{names}等{n}家", "{names} and others, {n} in all"),
    "stop": Text("。", "."),
    "table_rates": Text("覆盖率情况表", "The rates"),
    "indicator": Text("指标", "Rate"),
    "covered": Text("已覆盖", "Covered"),
    "base": Text("应计数", "Base"),
    "share": Text("比例", "Share"),
    "last": Text("上期", "Last"),
    "change": Text("增减", "Change"),
    "points": Text("{points}个百分点", "{points} points"),
    "trend_caption": Text(
        "图1　覆盖率与物业公司数的变化（没有实有数的批次按申报数，不画覆盖率）",
        "Figure 1. Rates and companies over the rounds (rounds that were not kept: as declared, no rates)",
    ),
    # 2
    "problems": Text("主要问题", "The main problems"),
    "problems_told": Text(
        "对照有关规定逐项检查，共发现问题{gaps}项，其中空白点{blank}项、不规范{irregular}项；按等级分，高{high}项、"
        "中{medium}项、低{low}项。另有{unknown}项因调摸表未填而无法判断，不计入问题。",
        "Checked against the norms there are {gaps} problems: {blank} blanks and {irregular} irregularities; "
        "{high} of high, {medium} of medium and {low} of low severity. {unknown} more cannot be judged "
        "because the survey left a value empty; they are not counted as problems.",
    ),
    "no_problems": Text(
        "对照有关规定逐项检查，未发现问题；另有{unknown}项因调摸表未填而无法判断。",
        "Checked against the norms there are no problems; {unknown} items cannot be judged because the survey left a "
        "value empty.",
    ),
    "life": Text(
        "本期新发现{new}项，持续未销号{continuing}项，再次出现{reopened}项；本期已销号{cleared}项，暂缓整改{accepted}项，"
        "逾期未完成{overdue}项。",
        "{new} are new, {continuing} continue and {reopened} are back again; {cleared} were cleared, {accepted} are "
        "put off, {overdue} are overdue.",
    ),
    "blank": Text("空白点", "Blanks"),
    "irregular": Text("不规范", "Irregularities"),
    "by_area": Text("分区域情况", "By area"),
    "problem": Text("{number}．{title}：{n}项。{areas}", "({number}) {title}: {n}. {areas}"),
    "spread": Text("分布在{areas}。", "In {areas}."),
    "spread_more": Text("主要分布在{areas}等{n}个区域。", "Mainly in {areas}; {n} areas in all."),
    "area_count": Text("{area}（{n}项）", "{area} ({n})"),
    "by_area_told": Text(
        "各区域问题数如下表，逐项情况见整改台账。",
        "The problems of each area are in the table; each single one is on the work list.",
    ),
    "areas_left": Text(
        "表列问题最多的{most}个区域，其余{left}个区域共{n}项。",
        "The {most} areas with most problems; the other {left} have {n}.",
    ),
    "area": Text("区域", "Area"),
    "high": Text("等级高", "High"),
    "overdue": Text("已逾期", "Overdue"),
    "sum": Text("合计", "All"),
    "shared": Text(
        "一项问题涉及几个区域的，在各区域分别列出（多列{shared}次），合计只计一次。",
        "A problem of several areas stands under each ({shared} times more); the last row counts it once.",
    ),
    # 3
    "tasks": Text("下步工作", "The next steps"),
    "tasks_told": Text(
        "针对上述问题，各有关党组织要逐项明确责任人，在规定时限内完成整改，完成一项、销号一项。任务分解如下。"
        "尚未交办的，责任单位和时限为拟定。",
        "Each organisation concerned names who is responsible, mends each problem in time and reports it. Where "
        "nothing has been arranged yet, responsible body and date are proposals.",
    ),
    "no_tasks": Text(
        "继续做好日常摸排，保持数据准确、覆盖到位。",
        "Keep the survey up to date and the coverage as it is.",
    ),
    "number": Text("序号", "No."),
    "task": Text("工作任务", "Task"),
    "concerns": Text("针对问题", "Problem"),
    "items": Text("项数", "Items"),
    "unit_responsible": Text("责任单位", "Responsible body"),
    "owner": Text("责任人", "Owner"),
    "due": Text("完成时限", "Due"),
    "proposed": Text("{due}前（拟）", "{due} (proposed)"),
    "due_from": Text("{due}起", "from {due}"),
    "not_named": Text("待明确", "to be named"),
    "owners_more": Text("{names}等{n}人", "{names} and others, {n} in all"),
    "closing": Text(
        "各有关党组织要对照本通报抓紧核实整改，整改情况及时报街道党建办，由街道党建办核实后销号。",
        "Each organisation concerned checks and mends what this report names and tells the office of the working "
        "committee, which verifies it before it is cleared.",
    ),
    # the list of annexes, the signature
    "annex_first": Text("附件：{number}．{title}", "Annexes: {number}. {title}"),
    "annex_next": Text("{number}．{title}", "{number}. {title}"),
    "annex_none": Text("（本期无）", " (none)"),
    "signature": Text("{place}党工委", "Working committee of {place}"),
    "annex_label": Text("附件{number}", "Annex {number}"),
    # annexes
    "own_branch": Text("应建未建清单", "Units that are due an own branch"),
    "joint_branch": Text("应联未联清单", "Units that are due a joint branch"),
    "instructors": Text("党建指导员、联络员派驻一览表", "Instructors and liaisons, one to one"),
    "terms": Text("党支部换届提醒清单", "Terms that have ended or end soon"),
    "floating": Text("流动党员台账", "Floating members"),
    "pairs": Text("党建结对共建台账", "Co-building pairs"),
    "matters": Text("联席会议议题台账", "Matters of joint meetings"),
    "cleared": Text("本期已销号清单", "Cleared in this round"),
    "first_seen": Text("首次发现", "First seen"),
    "cleared_on": Text("销号时间", "Cleared"),
    "areas": Text("分居民区覆盖率表", "Coverage by residential area"),
    "data": Text("数据说明", "About the data"),
    "none_here": Text("本期无此类情况。", "There are none."),
    "rows_left": Text(
        "共{n}项，此处列前{most}项，全部内容另附电子表格。",
        "{n} in all; the first {most} are here, all of them are in the separate workbook.",
    ),
    "subject": Text("名称", "Name"),
    "member": Text("姓名", "Name"),
    "branch": Text("党支部", "Branch"),
    "unit": Text("单位", "Unit"),
    "areas_of": Text("所属区域", "Area"),
    "reason": Text("情况", "What is the case"),
    "band_gap": Text("已确认（{n}项）", "Certain ({n})"),
    "band_unknown": Text("资料不全、待核实（{n}项）", "Not known for certain ({n})"),
    "role": Text("身份", "Role"),
    "home_unit": Text("派出单位", "Home unit"),
    "posted_to": Text("派驻单位", "Posted to"),
    "since": Text("派驻时间", "Since"),
    "last_visit": Text("最近走访", "Last visit"),
    "pair": Text("结对名称", "Pair"),
    "partners": Text("结对双方", "Partners"),
    "signed": Text("签约时间", "Signed"),
    "last_contact": Text("最近活动", "Last contact"),
    "projects": Text("认领项目", "Projects"),
    "held": Text("召开时间", "Held"),
    "matter": Text("议题", "Matter"),
    "responsible": Text("责任方", "Responsible"),
    "resolved": Text("是否解决", "Resolved"),
    "solution": Text("办理结果", "Outcome"),
    "companies": Text("正常经营公司", "Operating companies"),
    "unknown_status": Text("状态不明", "Unknown"),
    "closed": Text("停业空壳", "Closed"),
    "area_note": Text(
        "一家公司管理几个居民区的，在各居民区分别计算。比例后括号内为已覆盖数/应计数。",
        "A company that manages several areas counts in each. In brackets: covered / base.",
    ),
    # about the data
    "range": Text("数据范围", "What the data are"),
    "range_told": Text(
        "本通报依据{round}调摸批次编制，数据截至{as_of}，{loaded}汇总入库，制表日期{day}。{names}",
        "Made from the survey round {round}: data as of {as_of}, taken in on {loaded}. Made on {day}. {names}",
    ),
    "range_untold": Text(
        "本通报依据{round}调摸批次编制，数据截至{as_of}，制表日期{day}。{names}",
        "Made from the survey round {round}: data as of {as_of}. Made on {day}. {names}",
    ),
    "names_masked": Text("党员姓名已作隐名处理。", "People's names are masked."),
    "names_shown": Text("本件含党员姓名，请妥善保管，不得外传。", "It shows people's names: keep it safe."),
    "counted": Text("统计口径", "What is counted"),
    "rate_means": Text("{number}．{name}：{meaning}。", "({number}) {name}: {meaning}."),
    "unknown_means": Text(
        "调摸表未填、无法判断的，列为“不明”，既不算已覆盖，也不算问题。党员按组织关系统计。",
        "Where the survey left a value empty the answer is “unknown”: neither covered nor a problem. Members are "
        "counted by their affiliation.",
    ),
    "reconciliation": Text("申报数与实有数核对", "Declared and found"),
    "agrees": Text("申报的{n}项总数与实有数全部一致。", "All {n} declared totals were found."),
    "differs": Text(
        "有{n}项申报数与实有数不一致，须书面说明原因。",
        "{n} declared totals differ from what was found: explain each in writing.",
    ),
    "nothing_declared": Text(
        "本批次没有申报总数，无法核对。", "No totals were declared, so none can be reconciled."
    ),
    "item": Text("项目", "Item"),
    "declared": Text("申报数", "Declared"),
    "found": Text("实有数", "Found"),
    "difference": Text("相差", "Difference"),
    "last_found": Text("上期", "Last round"),
    "doubts": Text("数据疑点", "Doubtful data"),
    "doubts_told": Text(
        "以下属于资料本身需要核实的情况，不计入主要问题。",
        "What the data themselves leave in doubt; none of it is among the problems.",
    ),
    "no_doubts": Text("未发现数据疑点。", "There is nothing doubtful."),
    "norms": Text("检查依据", "By which norms"),
    "rule": Text("问题类型", "Kind of problem"),
    "nature": Text("分类", "Class"),
    "severity": Text("等级", "Severity"),
    "not_by_place": Text(
        "申报数按全部调摸范围填报，不按单个街道或区域核对。",
        "Totals are declared for the whole survey, not for one sub-district or area.",
    ),
    "area_problems": Text("问题", "Problems"),
    "population": Text("检查范围", "Population"),
    "subjects": Text("检查数", "Checked"),
    "gap": Text("问题数", "Problems"),
    "doubt": Text("疑点数", "Doubtful"),
    "unknown": Text("不明数", "Unknown"),
    "clause": Text("依据", "Norm"),
    "failed": Text("本期未能得出结果：{why}", "No answer this time: {why}"),
    # the page
    "page_annexes": Text("附件单独下载", "One annex by itself"),
    "page_which": Text("选择附件", "Which annex"),
    "page_xlsx": Text("Excel 表格", "Excel workbook"),
    "page_docx": Text("Word 文档", "Word document"),
}

RESPONSIBLE: Mapping[str, Text] = {
    "Unit": Text("所在居民区党组织", "Party organisation of the area"),
    "ResidentialArea": Text("居民区党组织", "Party organisation of the area"),
    "CommercialArea": Text("街道党建办", "Office of the working committee"),
    "Branch": Text("有关党支部", "The branches concerned"),
    "Member": Text("党员所在党支部", "The members' branches"),
    "CoBuildingPair": Text("结对双方党组织", "Both partners"),
    "JointMeeting": Text("居民区党组织", "Party organisation of the area"),
    "Matter": Text("居民区党组织", "Party organisation of the area"),
    "Liaison": Text("街道党建办", "Office of the working committee"),
}
OFFICE = Text("街道党建办", "Office of the working committee")
"""Who is responsible for what is about something that the table above does not name."""

PROPOSED_MONTHS: Mapping[Severity, int] = {"high": 1, "medium": 3, "low": 6}
"""In how many months a problem is to be mended where no date was arranged yet: a proposal, the month's last day."""


def numbered_heading(number: int, key: str, language: Language) -> str:
    """A part's heading with its number, as offices write it.

    >>> numbered_heading(2, "problems", "zh"), numbered_heading(2, "problems", "en")
    ('二、主要问题', '2. The main problems')
    """
    text = REPORT_TEXTS[key].in_(language)
    return f"{_ZH_NUMBERS[number]}、{text}" if language == "zh" else f"{number}. {text}"


def numbered_part(number: int, key: str, language: Language) -> str:
    """The heading of a piece of a part.

    >>> numbered_part(1, "blank", "zh"), numbered_part(1, "blank", "en")
    ('（一）空白点', 'Blanks')
    """
    text = REPORT_TEXTS[key].in_(language)
    return f"（{_ZH_NUMBERS[number]}）{text}" if language == "zh" else text


def format_rate(rate: Rate) -> str:
    """A rate as people read it; a dash where there is nothing to divide by.

    >>> format_rate(Rate("work", 1, 4, 0, 0)), format_rate(Rate("work", 0, 0, 0, 0))
    ('25.0%', '—')
    """
    return "—" if rate.share is None else f"{rate.share:.1%}"


def tell_dates(text: str, language: Language) -> str:
    """A text with its dates as people write them.

    >>> tell_dates("任期已于2006-08届满", "zh"), tell_dates("2006-10-05", "zh"), tell_dates("ended in 2006-08", "en")
    ('任期已于2006年8月届满', '2006年10月5日', 'ended in August 2006')
    """
    return _DATE.sub(lambda found: _told(found, language), text)


def _told(found: re.Match[str], language: Language) -> str:
    year, month, day = found[1], int(found[2]), int(found[3] or 0)
    if language == "zh":
        return f"{year}年{month}月" + (f"{day}日" if day else "")
    return f"{day} {_MONTHS[month - 1]} {year}" if day else f"{_MONTHS[month - 1]} {year}"


def tell_day(day: date, language: Language) -> str:
    """A day as people write it.

    >>> tell_day(date(2006, 11, 5), "zh"), tell_day(date(2006, 11, 5), "en")
    ('2006年11月5日', '5 November 2006')
    """
    return tell_dates(day.isoformat(), language)
