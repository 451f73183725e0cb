"""Read the name of a person, and tell it from what is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from graph_model.text import Text
from loaders.characters import is_letter
from loaders.clean.parse import ParseFault, name_value

_REMARK = re.compile(r"\([^():]*\)")
_IN_NAMES = frozenset(" ·•・‧∙.'’-〇")
_NO_NAME = ParseFault(
    Text(
        "填写一个人的姓名，不含数字、冒号等符号；如果是制表人、日期、说明之类，请移到另一张工作表或删除",
        "the name of one person, without digits, colons or other signs; a signature, date or note belongs on "
        "another sheet, or should be deleted",
    ),
    "not_a_person",
)


def person_value(text: str) -> str | ParseFault | None:
    """The name of a person: spaces inside a Chinese name are only for looks; a remark may stand in brackets.

    >>> person_value("张　三"), person_value("Maria  Li"), person_value("买买提·艾力（大）")
    ('张三', 'Maria Li', '买买提·艾力(大)')
    >>> person_value("审核人：赵六").code, person_value("2006").code
    ('not_a_person', 'not_a_person')
    """
    value = name_value(text)
    if not isinstance(value, str) or value.isalpha():
        return value
    if not _may_name_a_person(value):
        return _NO_NAME
    if " " in value and not any("a" <= c.lower() <= "z" for c in value):
        return value.replace(" ", "")
    return value


def _may_name_a_person(name: str) -> bool:
    """Letters of any script, with the points and strokes that stand within names; a remark only behind them."""
    bare = _REMARK.sub("", name)
    return any(map(is_letter, bare)) and all(
        is_letter(c) or c in _IN_NAMES or unicodedata.category(c) in ("Mn", "Mc") for c in bare
    )


def are_people(texts: Iterable[str]) -> bool:
    """Are all of these names of nothing but letters, which `person_value` leaves as they are if they are plain.

    >>> are_people(["张三", "李四"]), are_people(["张三", "2006"])
    (True, False)
    """
    return "".join(texts).isalpha()
