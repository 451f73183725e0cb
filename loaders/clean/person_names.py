"""Read the name of a person, and tell it from what is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from graph_model.text import Text
from loaders.characters import is_letter, one_dot
from loaders.clean.parse import ParseFault, name_value, names_value, plain_form

_REMARK = re.compile(r"\(([^()]*)(?:\)|$)")
_BRACKETS = str.maketrans("[]【】〔〕〖〗{}「」『』《》〈〉<>", "()" * 10)
_TELLS_APART = re.compile(r"[大中小老甲乙丙丁戊一二三四五六七八九十a-z]|\d{1,2}")
"""What stands in brackets to tell two people of one name apart; anything else there is a remark."""
_ROLE = (
    "(?:党支部|支部|党总支|总支|党委|党组|党小组|第一|常务|副|兼职|专职|代理|组织|宣传|纪检|青年|统战|群工|生活|学习|保密)*"
    "(?:书记|委员|主任|经理|支书|组长|主席|会长|联络员|指导员)"
)
_ROLE_ALONE = re.compile(_ROLE)
_LABEL = re.compile(rf"^{_ROLE} ?: ?")
_BEFORE = re.compile(rf"{_ROLE} ?(?=[^\s:]{{2}})")
_BEHIND = re.compile(rf"(?<=[^\s:]{{2}}) ?(?:{_ROLE}|同志)$")
_ROLES = re.compile("书记|委员|主任|经理|支书|组长|主席|会长|联络员|指导员|同志|曾用名")
_WITHOUT_BRACKETS = re.compile(
    r"(?<=\S\S)(?:[ ,;:、]*曾用名|[ ,;:、]+(?:原名|又名|别名)).*|(?<=\S\S)[ ,]+[男女]$"
)
_FULL_STOP = re.compile(r"(?<=[^\x00-\x7f])[.](?=[^\x00-\x7f])")
_IN_NAMES = frozenset(" ·.'’-〇")
_AROUND = " ·'’‘-"
_NO_NAME = ParseFault(
    Text(
        "填写一个人的姓名，不含数字、冒号等符号；如果是制表人、日期、说明之类，请移到另一张工作表或删除",
        "the name of one person, without digits, colons or other signs; a signature, date or note belongs on "
        "another sheet, or should be deleted",
    ),
    "not_a_person",
)


def person_value(text: str) -> str | ParseFault | None:
    """The name of a person, written in one way, without remarks and roles beside it.

    Spaces inside a Chinese name are only for looks; middle dots of all kinds are one. What tells two people of one
    name apart stays.

    >>> person_value("张　三"), person_value("Maria  Li"), person_value("买买提•艾力（大）")
    ('张三', 'Maria Li', '买买提·艾力(大)')
    >>> person_value("书记 赵小兰（女）"), person_value("赵小兰（曾用名：赵兰）")
    ('赵小兰', '赵小兰')
    >>> person_value("审核人：赵六").code, person_value("2006").code
    ('not_a_person', 'not_a_person')
    """
    value = name_value(text)
    return value if not isinstance(value, str) or are_people((value,)) else _person(value) or _NO_NAME


def plain_person(name: str) -> str:
    """A name that was stored, as `person_value` writes it now; the name itself where it is none.

    >>> plain_person("赵小兰(女)"), plain_person("买买提•艾力")
    ('赵小兰', '买买提·艾力')
    """
    return name if are_people((name,)) else _person(name) or name


def people_value(text: str) -> tuple[str, ...] | ParseFault | None:
    """The people in a cell that lists several, each written as `person_value` does; what is no name stays.

    A role with a colon may stand before them here; in the column of names it would be a signature.

    >>> people_value("张小明、买买提•艾力（维吾尔族）")
    ('张小明', '买买提·艾力')
    """
    names = names_value(text)
    if not isinstance(names, tuple):
        return names
    people = [name for name in names if not _ROLE_ALONE.fullmatch(name)] or names
    return tuple(dict.fromkeys(_person(_LABEL.sub("", name)) or name for name in people))


def has_remark(text: str, names: Iterable[str]) -> bool:
    """Does a cell say more than the names that were read of it: a remark in brackets, a role.

    >>> has_remark("赵小兰（女）", ["赵小兰"]), has_remark("张三（大）", ["张三(大)"])
    (True, False)
    """
    return not _meaning(plain_form(text)) <= _meaning("".join(names))


def _meaning(text: str) -> set[str]:
    return {c for c in text if is_letter(c) or c.isdigit()}


def _tells_apart(remark: str) -> bool:
    return _TELLS_APART.fullmatch(remark.strip().lower()) is not None


def _person(value: str) -> str:
    """The name of a person in a tidy text; "" where there is none."""
    before, name = value, _without_one_layer(value)
    while name != before:
        before, name = name, _without_one_layer(name)
    return name


def _without_one_layer(value: str) -> str:
    name, kept, more = value.translate(_BRACKETS), "", 1
    while more:
        kept += "".join(f"({one.strip()})" for one in _REMARK.findall(name) if _tells_apart(one))
        name, more = _REMARK.subn("", name)
    name = _WITHOUT_BRACKETS.sub("", name.strip(_AROUND))
    latin = any("a" <= c.lower() <= "z" for c in name)
    around = _AROUND if latin else _AROUND + "."
    name = (" ".join(name.split()) if latin else name.replace(" ", "")).strip(around)
    name = one_dot(_FULL_STOP.sub("·", name))
    name = "" if _ROLE_ALONE.fullmatch(name) else _without_roles(name, around)
    return name + kept if _may_name_a_person(name) and not _ROLE_ALONE.fullmatch(name) else ""


def _without_roles(name: str, around: str) -> str:
    before = None
    while name != before:
        before = name
        at, behind = _BEFORE.match(name), _BEHIND.search(name)
        if at:
            name = name[at.end() :]
        elif behind:
            name = name[: behind.start()]
        name = name.strip(around)
    return name


def _may_name_a_person(name: str) -> bool:
    """Letters of any script, with the points and strokes that stand within names."""
    return any(map(is_letter, name)) and all(
        is_letter(c) or c in _IN_NAMES or unicodedata.category(c) in ("Mn", "Mc") for c in name
    )


def are_people(texts: Iterable[str]) -> bool:
    """Are all of these names of nothing but letters, which `person_value` leaves as they are if they are plain.

    >>> are_people(["张三", "李四"]), are_people(["张三", "2006"]), are_people(["书记赵小兰"])
    (True, False, False)
    """
    whole = "".join(texts)
    return whole.isalpha() and _ROLES.search(whole) is None
