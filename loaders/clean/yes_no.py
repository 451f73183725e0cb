"""The text of a cell to yes or no: as answers are written, and as political standings say who is a member."""

from __future__ import annotations

import re

from graph_model.text import Text
from loaders.clean.parse import ParseFault, normalize_whitespace

_NO_ANSWER = ParseFault(Text("填写 是 或 否", "是 (yes) or 否 (no)"))
_YES = frozenset(
    [
        *("是", "有", "√", "✓", "✔", "对", "y", "yes", "1", "true", "t", "☑"),
        *("已建", "已建立", "已组建", "已成立", "已办结", "已解决", "已完成", "办结", "已落实", "已整改"),
    ]
)
_NO = frozenset(
    [
        *("否", "无", "没有", "×", "✗", "✘", "x", "n", "no", "0", "false", "f", "不是", "不", "未", "☒"),
        *("未建", "未建立", "未组建", "未成立", "未办结", "未解决", "未完成", "办理中", "正在办理"),
        *("推进中", "进行中", "处理中", "落实中", "整改中", "正在推进", "正在处理", "正在进行", "正在落实"),
    ]
)


def yes_no_value(text: str) -> bool | ParseFault | None:
    """Yes or no.

    >>> yes_no_value("√"), yes_no_value("无"), yes_no_value("也许").right.zh
    (True, False, '填写 是 或 否')
    """
    clean = normalize_whitespace(text).lower()
    if not clean:
        return None
    if clean in _YES:
        return True
    if clean in _NO:
        return False
    return _NO_ANSWER


_MEMBER = frozenset(
    ["党员", "中共党员", "中共正式党员", "正式党员", "预备党员", "中共预备党员", "party member"]
)
_NO_MEMBER = re.compile(
    "群众|非党员|团员|共青团员|无党派(?:人士|民主人士)?|民主党派"
    "|(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?:会员|盟员|党员|社员|成员)?"
)


def membership_value(text: str) -> bool | ParseFault | None:
    """Whether somebody is a member of the Party, asked for as yes or no or as a political standing.

    >>> membership_value("中共党员"), membership_value("民盟盟员"), membership_value("否")
    (True, False, False)
    """
    clean = normalize_whitespace(text).lower()
    if clean in _MEMBER:
        return True
    return False if _NO_MEMBER.fullmatch(clean) else yes_no_value(text)
