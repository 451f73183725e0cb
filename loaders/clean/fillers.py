"""Words that stand for no value (无, —), and marks that stand for the value above (同上, 〃)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from graph_model.text import Text
from loaders.clean.parse import ParseFault, plain_form

UNKNOWN = frozenset(
    (
        *("无", "没有", "暂无", "尚无", "无人", "无此人", "无此项", "无数据", "暂无数据", "无名", "无名称"),
        *("暂缺", "缺", "空缺", "空", "空白", "空行", "略", "从略", "省略", "以下略", "下略", "不适用"),
        *("不详", "不祥", "未详", "未知", "不明", "不清", "不清楚", "暂不清楚", "不知道", "查无", "无记录"),
        *("待补", "待补充", "待定", "待填", "待填写", "待报", "待录入"),
        *("待核", "待核实", "待查", "待查实", "待确认"),
        *("未填", "未填写", "未填报", "未报", "未上报", "未提供", "未定", "没填"),
        *("n/a", "#n/a", "na", "n.a", "nan", "nil", "none", "null", "undefined", "unknown", "tbd", "empty"),
        *("#ref", "#value", "#div/0", "#name", "#null", "#num"),
        *(character * count for character in "xo〇" for count in range(2, 9)),
    )
)
"""What is written where a value is not known or there is none; strokes, dots and empty brackets mean it too."""
_ABOVE = frozenset(
    (
        *("同上", "同前", "上同", "如上", "仝上", "仝", "同以上", "与上同", "同上行", "同上栏", "同上格"),
        *("同上一行", "同上一格", "同上面", "ditto", "〃", "々", "‖", "∥", "↑"),
    )
)
_ASIDE = frozenset(["同左", "同右", "同下", "同后"])
_QUOTES = re.compile(r"""["'”“〃′〞〟]+""")
_SIGNS = "-‐‒–—―─━−_/\\~∽…·.。、,;:!?*|()[]{}【】〔〕《》〈〉<>「」『』"
_LONGEST = 8
_WORDS = UNKNOWN | _ABOVE | _ASIDE
_AS_WRITTEN = _WORDS | {w.upper() for w in _WORDS} | {w.capitalize() for w in _WORDS}


@dataclass(frozen=True, slots=True)
class Noted:
    """A value that is certain, and the kind of problem by which the column says how it was read."""

    value: Any
    code: str


@dataclass(frozen=True, slots=True)
class Above:
    """The value of the row above."""


_NOT_HERE = ParseFault(
    Text("单独填写这一格的值，不用“同上”一类的字", "the value itself, not a word for that of another cell")
)


def _core(text: str) -> str:
    return "".join(plain_form(text).split()).lower().strip(_SIGNS)


def _is_number(text: str) -> bool:
    """Does a text begin and end with digits: then it is no word of this kind, and need not be brought to its core."""
    return text[:1].isdigit() and text[-1:].isdigit()


def is_unknown(text: str) -> bool:
    """Does a text that is not blank say that there is no value, or that it is not known.

    >>> [is_unknown(t) for t in ("无", "——", "（不详）", "N/A", "/", "无锡路小学", "同上")]
    [True, True, True, True, True, False, False]
    """
    core = _core(text)
    return core in UNKNOWN or (not core and not text.isspace())


def is_above(text: str) -> bool:
    """Does a text mean the value above.

    >>> [is_above(t) for t in ("同上", "〃", "″", "同上。", "同上海公司")]
    [True, True, True, True, False]
    """
    core = _core(text)
    return core in _ABOVE or _QUOTES.fullmatch(core) is not None


def may_have_fillers(texts: Collection[str]) -> bool:
    """May one of these plain texts be a word of this kind; asked of a whole column at once, yes for some others."""
    ends = set(map(itemgetter(0), texts)) | set(map(itemgetter(-1), texts))
    if all(map(str.isalnum, ends)):  # nearly always
        return not _AS_WRITTEN.isdisjoint(texts)
    return any(
        not text[0].isalnum() or (len(text) <= _LONGEST and (not text[-1].isalnum() or text in _AS_WRITTEN))
        for text in texts
    )


def with_above(parse: Callable[[str], Any], *, allowed: bool) -> Callable[[str], Any]:
    """A parser that gives `Above` for a mark of the value above; a fault where that is not `allowed`.

    It is not, where the column tells the row from all others. Marks of other cells are a fault in any case.
    """

    def parsed(text: str) -> Any:
        number = _is_number(text)
        if not number and is_above(text):
            return Above() if allowed else _NOT_HERE
        value = parse(text)
        names: Any = value.value if isinstance(value, Noted) else value
        if number and not isinstance(names, tuple):
            return value
        each = names if isinstance(names, tuple) else (text,)
        return _NOT_HERE if any(is_above(one) or _core(one) in _ASIDE for one in each) else value

    return parsed


def with_unknown(parse: Callable[[str], Any], *, legal_first: bool = False) -> Callable[[str], Any]:
    """A parser that gives `Noted` without a value for a word of no value, alone or in a list.

    `legal_first`: what the parser can read stays that, as 无 where yes or no is asked.
    """

    def parsed(text: str) -> Any:
        if legal_first:
            value = parse(text)
            return (
                Noted(None, "unknown_word") if isinstance(value, ParseFault) and is_unknown(text) else value
            )
        if not _is_number(text) and is_unknown(text):
            return Noted(None, "unknown_word")
        value = parse(text)
        if not isinstance(value, tuple):
            return value
        known = tuple(name for name in value if not is_unknown(name))
        return value if known == value else Noted(known or None, "unknown_word")

    return parsed
