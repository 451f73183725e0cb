"""Recognise by its words what is no person, unit, branch or area: titles of groups, examples, words for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from graph_model.schema import node_type
from loaders.clean.fillers import is_unknown
from loaders.forms.form import Form

Kind = Literal["people", "Unit", "Branch", "area", "other", "totals"]
"""What the rows of a sheet are; titles of groups in it are something else, declared totals are called like groups."""


def kind_of(form: Form) -> Kind:
    """What the rows of a form are."""
    if form.label is not None and node_type(form.label).property("name").sensitive:
        return "people"
    match form.label:
        case "Unit" | "Branch":
            return form.label
        case "ResidentialArea" | "CommercialArea" | "Subdistrict" | "District":
            return "area"
        case None:
            return "totals"
    return "other"


_SPREAD = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")


def close(text: str) -> str:
    """A tidy text without the spaces between Chinese characters, which are there for looks.

    >>> close("在 职 党 员")
    '在职党员'
    """
    return _SPREAD.sub("", text) if " " in text else text


# --- words for nothing ---------------------------------------------------------------------------

_NO_WORD = re.compile(
    r"[\W_]+|某{2,}|空岗|空编|缺岗|缺编|虚位以待|未配备?|未设"
    r"|(?:本.{1,6})?[暂尚]?无(?:此类|此项|相关|其他)?"
    r"(?:企业|公司|单位|物业公司|物业|组织|党组织|党支部|支部|党员|人员|情况|内容|此项)"
)
"""Where a name stands, what says that there is none of its kind."""


def means_nothing(text: str) -> bool:
    """Does a tidy text only say that there is nothing.

    >>> [means_nothing(t) for t in ("(无)", "略", "——", "XXX", "N/A", "无锡物业", "略阳")]
    [True, True, True, True, True, False, False]
    """
    return is_unknown(text) or _NO_WORD.fullmatch(close(text)) is not None


# --- examples ------------------------------------------------------------------------------------

_EXAMPLE = r"(?:示例|样例|范例|例子|举例|填表例)"
_HOW_TO = r"(?:填[写表报]|录入|输入)(?:说明|要求|须知|示例|样例|范例|举例|样本|示范|提示|规范)"
_FILLED_IN = r"(?:请(?:填|输入|选择|勾选|写)|填写|必填|选填|格式[:如为]|下拉选择|自动生成|此处填)"
_BRACKETS = r"[(\[【<《]"
_EXAMPLE_CELL = re.compile(
    rf"\W*(?:{_EXAMPLE}|{_HOW_TO}|例|样本|样表|示范|example|sample)"
    rf"(?:行|数据|内容|资料|人员|信息|row|data)?\s?[\d一二三四五]{{0,2}}\W*"
    rf"|\W*{_HOW_TO}.*"
    rf"|{_BRACKETS}\s?(?:{_EXAMPLE}|例|样本)[\d一二三四五]{{0,2}}\s?\W.*"
    rf"|{_EXAMPLE}[\d一二三四五]{{0,2}}\s?[:、.)].*",
    re.IGNORECASE,
)
"""In any cell of a row."""
_EXAMPLE_NAME = re.compile(
    rf"\W*{_EXAMPLE}.*|\W*(?:例如?|比如|如|e\.g\.|example)[\d一二三四五]{{0,2}}\s?[:、.)\]】 ].+"
    rf"|.+(?:{_EXAMPLE}|{_BRACKETS}\s?(?:例|样本|example|sample)\s?[)\]】>》])\W*|\W*{_FILLED_IN}.*"
    r"|\W*(?:模板|演示|测试|样张|格式|demo|test)(?:行|数据|人员|用户|单位)?\s?\d{0,2}\W*",
    re.IGNORECASE,
)
"""Where a name stands."""
_PLACEHOLDER = re.compile(r"\W*(?:某某|某\W|[xX×]{2,}|[*＊○〇●□]{2,})(?=[\u4e00-\u9fff]).*")


def is_placeholder(text: str) -> bool:
    """Does the name of a unit or a branch stand for any: 某某物业, XX公司.

    >>> is_placeholder("某某物业"), is_placeholder("XX公司"), is_placeholder("XL服装")
    (True, True, False)
    """
    return _PLACEHOLDER.fullmatch(text[:_LONGEST]) is not None


_EXAMPLE_HINT = re.compile(r"[例样示填格拉动模演测]|example|demo|test|sample|e\.g\.", re.IGNORECASE)


def is_example(text: str, *, name: bool) -> bool:
    """Does a tidy text make its row an example of how to fill in the form. `name`: it stands where a name does.

    >>> is_example("示例", name=False), is_example("示例:某某物业", name=True), is_example("张三(例)", name=True)
    (True, True, True)
    >>> is_example("例会", name=True), is_example("示范岗", name=True), is_example("提供示例", name=False)
    (False, False, False)
    """
    start = close(text[:_LONGEST])
    return _EXAMPLE_CELL.fullmatch(start) is not None or (
        name and _EXAMPLE_NAME.fullmatch(start) is not None
    )


def may_be_examples(texts: Iterable[str]) -> bool:
    """May one of these texts be of an example; asked of a whole column at once."""
    return _EXAMPLE_HINT.search("\n".join(texts)) is not None


# --- titles of groups ----------------------------------------------------------------------------

_NUMERAL = "一二三四五六七八九十百"
_ENUMERATED = re.compile(
    rf"\W{{0,3}}(?:\([{_NUMERAL}]{{1,4}}\)|[{_NUMERAL}]{{1,4}}[、.:)]|[IVX]{{1,4}}[、.:)]"
    rf"|第[{_NUMERAL}\d]{{1,3}}(?:类|批|组|部分|章|节|项)[:、. ]?)\s?"
)
_BEFORE = re.compile(
    rf"(?:{_ENUMERATED.pattern}|\W{{1,3}}|\(?\d{{1,2}}[)、.]\s?|[{_NUMERAL}]{{1,3}} )?(?:其中\W?\s?)?"
)
_COUNT = r"(?:共|合计|计)?\s?\d{1,7}\s?[人名家个户行条项对次]"
# possessive: a pair of brackets is also two signs, and to try both for each takes twice as long with every pair
_BEHIND = re.compile(rf"(?:\s?\([^()]*\)|[:,]?\s?{_COUNT}|\W)*+")

_TITLE = (
    r"(?:.{2,40})?(?:花名册|名册|名单|一览表|统计表|登记表|调查表|调摸表|摸底表|采集表|情况表|汇总表|明细表|信息表"
    r"|台账|报表|清单)|续表|续上表|转下页|接上页|请勿.{1,30}|此[行处].{1,30}|附[件表]\s?\d*"
)
_PARTY = "党支部|支部|总支|总支部|党委|工委|党组|党组织|党小组|支委会|委员会"
_PLACES = "居民区|社区|街道|网格|片区|片|辖区|商圈"
_BODIES = (
    "公司|集团|企业|单位|物业|机关|居委会|村委会|业委会|管委会|办事处|服务站|服务中心|事业部|项目部|学校|医院|银行"
    "|协会|商会|工会"
)
# somebody may be called 张新村 or 欧阳建城; nobody has a longer name that ends so
_LONG_BODIES = (
    r"[^·•・]{3,30}(?:中心|广场|大厦|小区|园区|新村|花园|大学|中学|小学|幼儿园|酒店|超市|商场|市场|车间|班组)"
    r"|[^·•・]{4,30}[部处科局所院厂店站村楼苑城组队厅镇乡]"
)
_WHO = "党员|积极分子|发展对象|申请人|人员|职工|群众|团员|流入|流出"
_ROLES = "书记|委员|成员|代表|干部|骨干|负责人|联络员|指导员"
_STATES = (
    "在职|在册|在岗|退休|离休|离退休|流动|转入|转出|迁入|迁出|失联|去世|已故|新增|减少|其他|其它|正式|预备"
)
_PEOPLE = (
    rf"(?:以下|以上).{{1,50}}|(?:{_STATES}|{_ROLES})"
    rf"|(?:[男女老新全各]|[^ ]{{2,30}})?(?:{_WHO})(?:{_STATES})?|[男女](?:性|同志)?"
    rf"|(?:[正副]|党?支部|党委|总支|两委|支委|社区|居民|居委会?|村居?|班子|领导|机关|楼组|党员|党建|.{{5,30}})(?:{_ROLES})"
    rf"|.{{0,30}}(?:{_PARTY}|{_BODIES}|居民区|社区|街道|网格|片区|辖区|商圈)|{_LONG_BODIES}"
)
_CLASS = (
    "规模以[上下]|规[上下]|小微|中小微?|重点|新增|注销|停业|歇业|吊销|空壳|正常经营|国有|控股|集体|民营|私营|外资|外商投资"
    "|港澳台|合资|混合|股份制?|个体|非公|非公有制|公有制|两新|物业|社会|机关|事业|其他|其它|商贸|服务|生产|制造|餐饮|教育|医疗"
    "|金融|建筑|房地产|已建|未建|应建|单独|独立|联合|临时|外地|辖区外|驻区|所有制|楼宇|园区|商圈|街区|内资|大型|小型|[A-Za-z甲乙丙丁]类"
)
_SORT = "企业|公司|单位|组建|组织|团体|经济|经营|类型?|工商户|户|性质|行业|领域|党组织"
_SORTS = rf"(?:(?:{_CLASS})[及和与、/]?){{1,4}}(?:{_SORT}){{0,3}}"
_SURE_PLACES = (
    rf"(?:第?[{_NUMERAL}\d]{{1,3}}|[东南西北中上下A-Za-z]{{1,2}})(?:号|大)?(?:网格|片区|片|组|辖区)"
    rf"|(?:网格|片区)[{_NUMERAL}\d]{{1,3}}"
)
_OF_KIND: dict[Kind, str] = {
    "people": _PEOPLE,
    "Unit": rf".{{1,30}}(?:{_PLACES}|{_PARTY})",
    "Branch": rf"(?:(?:{_CLASS}|居民区|社区|商业区|商业广场|楼宇|园区|功能型)[及和与、/]?){{1,4}}(?:{_SORT}){{0,3}}"
    rf"(?:{_PARTY})"
    rf"|.{{1,30}}(?:{_PLACES}|{_BODIES}|系统|条线|行业|领域)",
    "area": rf".{{1,30}}(?:网格|片区|片|辖区|{_PARTY})"
    r"|(?:老旧|商品房|动迁|安置|售后公房|公房|保障房|新建|城市|农村|混合|其他|其它)(?:小区|居民区|住宅|社区|类){1,2}",
    "other": "(?!)",
    "totals": "(?!)",
}


_SURE: dict[bool, str] = {True: rf"{_TITLE}|{_SURE_PLACES}", False: rf"{_TITLE}|{_SURE_PLACES}|{_SORTS}"}
"""By whether rows may be called after a sort of units: somebody 金融 or 应建, a total 集体."""
_LONGEST = 60
_LONGEST_TITLE = 200


@cache
def _pattern(kind: Kind, alone: bool) -> re.Pattern[str]:
    sure = _SURE[kind in ("people", "totals")]
    return re.compile(f"{sure}|{_OF_KIND[kind]}" if alone or kind == "people" else sure)


def bare(text: str) -> str:
    """A title without what counts it and what it counts.

    >>> bare("(二)预备党员(共3人)"), bare("一、集体企业 2家"), bare("其中:女党员1人")
    ('预备党员', '集体企业', '女党员')
    """
    text = close(text)
    if len(text) > _LONGEST_TITLE:  # no title, and to look for its end takes its length squared
        return text
    start = _BEFORE.match(text)
    rest = text[start.end() :] if start else text
    for at in range(len(rest) + 1):
        if at and _BEHIND.fullmatch(rest, at):
            return rest[:at]
    return rest


def is_enumerated(text: str) -> bool:
    """Does a tidy text begin as the title of a group does: 一、 (一) 第一类."""
    return _ENUMERATED.match(text) is not None


def is_group(text: str, kind: Kind, *, alone: bool) -> bool:
    """Is a tidy text the title of a group of such rows.

    `alone`: it stands alone where other rows have more beside their name; else the word itself must be sure.

    >>> [is_group(t, "people", alone=False) for t in ("在职党员", "(二)预备党员", "青松物业党支部", "张新村")]
    [True, True, True, False]
    >>> is_group("集体企业", "Unit", alone=False), is_group("青松社区", "Unit", alone=True)
    (True, True)
    >>> is_group("青松社区", "Unit", alone=False), is_group("社区服务中心", "Unit", alone=True)
    (False, False)
    """
    return len(text) <= _LONGEST and _pattern(kind, alone).fullmatch(bare(text)) is not None


_NOBODY = re.compile(
    rf"(?:(?:{_STATES}|入党|发展|困难|青年|外来|全体|[男女老新全各]|\d{{4}}年)*(?:{_WHO}|{_STATES}|{_ROLES})?|[男女]性?)"
    rf"|.{{0,30}}(?:{_PARTY}|{_BODIES}|{_PLACES})|{_TITLE}|{_SURE_PLACES}"
)


def names_nobody(text: str) -> bool:
    """Is a text, that is no name of a person, surely without one within it: it may be shown to everybody.

    >>> names_nobody("(二)预备党员"), names_nobody("青松物业党支部"), names_nobody("王小明等困难党员")
    (True, True, False)
    """
    # what a longer text holds is not looked for, and it is not shown
    return means_nothing(text) or (
        len(text) <= _LONGEST_TITLE and _NOBODY.fullmatch(bare(text)) is not None
    )


_A_BRANCH = re.compile(r".{2,30}(?:党支部|支部|总支|总支部|党委)")


def branch_name(text: str) -> str:
    """The branch in the title of a group that names one.

    >>> branch_name("一、青松物业党支部(共2人)")
    '青松物业党支部'
    """
    return bare(text)


def names_branch(text: str) -> bool:
    """Is the title of a group the name of a branch, so that the rows below it may be of it.

    >>> names_branch("一、青松物业党支部(共2人)"), names_branch("第二党小组"), names_branch("党支部")
    (True, False, False)
    """
    return _A_BRANCH.fullmatch(bare(text)) is not None


_HINT = re.compile(
    rf"^(?:\W|\d|[{_NUMERAL}第其男女共附IVXxXoO〇某无没暂略从省以下空缺不未待虚本此注nNuUtTeE#])"
    r"|(?:\W|\d|[员子象人工众入出记表干骨责指职岗休动转去故增少他它式备男女性志部支委会组织团业位关处站心校院行区道格片圈"
    r"厦场园村店馆市间科局所厂楼苑城队厅镇乡册单账件司])$"
)


def may_be_no_person(text: str) -> bool:
    """May a text be one of those that are no names of people: seen at once of most names."""
    return _HINT.search(text) is not None
