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
        *(
            "无",
            "没有",
            "暂无",
            "尚无",
            "暂缺",
            "缺",
            "空缺",
            "空",
            "空白",
            "略",
            "从略",
            "不适用",
            "无此项",
        ),
        *("不详", "不祥", "未详", "未知", "不明", "不清", "不清楚", "不知道"),
        *("待补", "待补充", "待定", "待填", "待核", "待核实", "待查", "待查实", "待确认"),
        *("未填", "未填写", "未填报", "未定"),
        *("n/a", "#n/a", "na", "n.a", "nil", "none", "null", "unknown", "tbd"),
    )
)
"""What is written where a value is not known or there is none; strokes, dots and empty brackets mean it too."""
_ABOVE = frozenset(
    ("同上", "同前", "上同", "如上", "同上行", "同上栏", "同上格", "同上一行", "同上面", "ditto", "〃")
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


def with_fillers(
    parse: Callable[[str], Any], *, legal_first: bool = False, names_itself: bool = False
) -> Callable[[str], Any]:
    """A parser that knows these words too: `Noted` without a value, or `Above`.

    `legal_first`: what the parser can read stays that, as 无 where yes or no is asked. `names_itself`: the column
    tells the row from all others, so that it cannot be as above.
    """

    def parsed(text: str) -> Any:
        if _core(text) in _ASIDE:
            return _NOT_HERE
        if is_above(text):
            return _NOT_HERE if names_itself else Above()
        if legal_first:
            value = parse(text)
            return Noted(None, "unknown_word") if _is_fault(value) and is_unknown(text) else value
        if is_unknown(text):
            return Noted(None, "unknown_word")
        value = parse(text)
        return _of_list(value) if isinstance(value, tuple) else value

    return parsed


def _is_fault(value: Any) -> bool:
    return isinstance(value, ParseFault)


def _of_list(names: tuple[str, ...]) -> Any:
    """The names of a list without those that are none; a fault where one of them means another cell."""
    if any(is_above(name) or _core(name) in _ASIDE for name in names):
        return _NOT_HERE
    known = tuple(name for name in names if not is_unknown(name))
    return names if known == names else Noted(known or None, "unknown_word")
