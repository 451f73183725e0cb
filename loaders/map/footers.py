"""Recognise what stands around a table and is no row of it: who filled it in, who signed, the date, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DOES = (
    *("制表", "填表", "填报", "填写", "上报", "报送", "报告", "编制", "编报", "统计", "汇总", "录入"),
    *("审核", "复核", "审批", "审定", "审阅", "核对", "核实", "校对", "检查", "签发", "打印"),
    *("经办", "承办", "负责", "主管", "分管", "联系"),
)
_WHO_OR_WHEN = (
    *("人", "者", "员", "单位", "部门", "机关", "领导", "日期", "时间", "电话"),
    *("签字", "签名", "签章", "盖章", "意见"),
)
_OF = ("单位", "部门", "本单位", "支部", "党支部", "党组织", "居民区", "街道", "主要")
_SIGNED = ("签字", "签名", "签章", "盖章", "公章", "章")
_ALONE = (
    "签字",
    "签名",
    "签章",
    "盖章",
    "公章",
    "日期",
    "电话",
    "传真",
    "填写说明",
    "说明",
    "备注",
    "附注",
    "注",
)
_NOTHING_FOLLOWS = ("空白", "无正文", "无内容", "无数据", "无记录")
"""The usual words: what is done with a form, by whom or when; what is signed; what says that nothing follows."""


def _any(words: Sequence[str]) -> str:
    # 制 表 人: spread out with spaces for looks
    return "|".join(" ?".join(word) for word in words)


_LABEL = rf"(?:(?:{_any(_OF)}) ?)?(?:{_any(_DOES)})(?: ?(?:{_any(_WHO_OR_WHEN)})){{0,2}}|(?:{_any(_ALONE)})\d{{0,2}}"
_STAMP = rf"\( ?(?:{_any(_SIGNED)}) ?\)"
_FOOTER = re.compile(
    rf"\*?(?:{_LABEL})(?: ?\([^()]*\))?(?: ?[:、.].*| .*)?"
    rf"|[^\d:]{{0,20}}(?:{_STAMP}.*|(?:{_any(_SIGNED)}) ?:.*)"
    rf"|\W{{0,9}}(?:[本此].{{1,3}}以下|[本此].{{1,3}}|以下)(?:{_any(_NOTHING_FOLLOWS)})\W{{0,9}}"
    r"|填表.*|第 ?\d+ ?页.*|共 ?\d+ ?页|[-_—=/\\.…~]+"
)
_LABEL_ALONE = re.compile(rf"\*?(?:{_LABEL}|[^\d:]{{0,20}}{_STAMP})(?: ?\([^()]*\))? ?(:?)")
_NUMBER = "[0-9〇○零一二三四五六七八九十_ ]*"
_DAY = re.compile(
    rf"{_NUMBER}年{_NUMBER}月(?:{_NUMBER}日)?|\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}(?:[T ]0?0:00.*)?"
)
_LONGEST_NAME = 20

OPENINGS = frozenset(word[0] for words in (_DOES, _OF, _ALONE) for word in words) | frozenset(
    "以此第共党书领甲乙法(（*＊-_—=/\\.…~"
)
ENDINGS = frozenset("年月日章字名签:：)）-_—=")
STROKES = frozenset("-/.")
"""How what is recognised here begins or ends, and the fifth character of other dates: most texts have none of these."""


def may_be_signed(text: str) -> bool:
    """Is there a sign or a stamp in a text, whatever it begins and ends with: 街道公章:王五."""
    return "章" in text or "签" in text


def is_footer(text: str) -> bool:
    """Does a tidy text stand below or above a table, with or without what is filled in.

    >>> [is_footer(t) for t in ("制表人:王五", "负责人(签字):", "单位(盖章)", "以下空白", "注:以上属实")]
    [True, True, True, True, True]
    >>> is_footer("负责任"), is_footer("联系人服务公司")
    (False, False)
    """
    return _FOOTER.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Is a tidy text the date of a signature, filled in or not; a year and month need their characters.

    >>> is_day("2006年10月15日"), is_day("年 月 日"), is_day("2006-10-15"), is_day("200610")
    (True, True, True, False)
    """
    return _DAY.fullmatch(text) is not None


def is_footer_row(texts: Sequence[str]) -> bool:
    """Are the filled cells of a row, tidy and in order, nothing but footers, dates, and what is filled in beside.

    >>> is_footer_row(["制表人", "王五", "审核人:", "赵六", "2006年10月15日"]), is_footer_row(["联系人", "3"])
    (True, False)
    """
    asked = None
    for text in texts:
        if is_footer(text) or is_day(text):
            asked = _LABEL_ALONE.fullmatch(text)
        elif asked is not None and (asked[1] or "电" in asked[0] or _may_be_name(text)):
            asked = None
        else:
            return False
    return bool(texts)


def _may_be_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and not any(c.isdigit() for c in text)
