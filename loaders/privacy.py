"""Find what must not be stored: identity-card numbers, phone numbers, home addresses."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph_model.text import Text
from loaders.batches import text_batches
from loaders.characters import standard

HIDDEN = "（已隐去）"
"""Stands where a value itself must not be shown."""

IDENTITY = Text("身份证号码", "an identity-card number")
PHONE = Text("电话号码", "a phone number")
ADDRESS = Text("家庭住址", "a home address")

# --- headings ------------------------------------------------------------------------------------

_HEADINGS = re.compile(
    "身份[证證]|身份[号號]|[证證]件[号號]|id[号號]|id(?:no|number|card)|[电電][话話]|手[机機]|固[话話]|座[机機]|宅[电電]|[联聯][系繫]方式|微信"
    "|phone|mobile"
    "|(?<![a-z])tel(?![a-z])|住址|homeaddress"
)
_PLACE = "地址"
_OF_AN_ORGANISATION = re.compile("单位|公司|企业|机构|组织|支部|办公|注册|经营|活动|会议|网")


def is_private_heading(heading: str) -> bool:
    """Does a heading ask for what must not be stored. An address is somebody's home unless it says whose it is.

    >>> is_private_heading("身份证号码"), is_private_heading("聯繫電話"), is_private_heading("单位地址")
    (True, True, False)
    """
    flat = "".join(_plain(heading).split()).lower()
    if _HEADINGS.search(flat) is not None:
        return True
    return _PLACE in flat and _OF_AN_ORGANISATION.search(flat) is None


# --- values --------------------------------------------------------------------------------------

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def _is_identity(text: str) -> bool:
    """A right check digit, or a birth date where one stands (a number cell loses its last digits).

    Of a number written in groups both: several numbers side by side look like one.
    """
    digits = re.sub(r"[ -]", "", text)
    if len(digits) == 15:
        return _is_day("19" + digits[6:12])
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    right, born = _CHECKS[total % 11] == digits[17].upper(), _is_day(digits[6:14])
    return (right or born) if digits == text else (right and born)


def _is_day(digits: str) -> bool:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2100


@dataclass(frozen=True, slots=True)
class _Look:
    """How some private values are found: `hint` says quickly that a text has none, `kind` what was found, if it is."""

    hint: Callable[[str], bool]
    pattern: re.Pattern[str]
    kind: Callable[[re.Match[str]], Text | None]


def _phone(_: re.Match[str]) -> Text:
    return PHONE


def _address(_: re.Match[str]) -> Text:
    return ADDRESS


def _number(found: re.Match[str]) -> Text | None:
    if found["mobile"]:
        return PHONE
    return IDENTITY if _is_identity(found.group()) else None


def _has(words: Sequence[str]) -> Callable[[str], bool]:
    return lambda text: any(word in text for word in words)


_EIGHT_DIGITS = re.compile(r"[0-9]{4}[-. ]?[0-9]{4}")
_AREA_CODE = re.compile(r"0[0-9]{2,3}[) \-–—]")
_PHONE_WORDS = ("电话", "座机", "固话", "宅", "手机", "(办", "el", "EL", "hone")
_ROOM_WORDS = ("室", "弄", "单元", "幢", "栋", "号")

# The cities with a short code have eight digits, not a day (021 20061201); a bare running number has fewer.
_CITY = r"(?:10|2\d){between}(?!20\d\d[01]\d)[2-8]\d{{3}}[- ]?\d{{4}}(?!\d)"
_TOWN = r"[3-9]\d\d{between}[2-8]\d{{2,3}}[- ]?\d{{4}}(?!\d)"
_LOCAL = r"[2-8]\d{2,3}[- ]?\d{4}(?!\d)"
_WORD = r"(?:电话|座机|固话|宅电|手机|(?<![a-z])tel(?:ephone)?|phone)"


def _landline(between: str) -> str:
    return f"(?:{_CITY.format(between=between)}|{_TOWN.format(between=between)})"


# What stands between the numbers of a house. A place without a room is where a company works.
_BETWEEN = r"[支弄号栋幢座楼层区期院单元# -]{1,6}"
_ESTATE = r"(?:弄|小区|村|苑|园|庭|坊|公寓)"
_NO_ROOM = r"(?![\dA-Za-z%]|[.,]\d| ?[户人家名个间套余多号栋幢弄座层年月平米㎡元路~/至-]| ?单元)"
_LOOKS = (
    _Look(
        lambda text: _EIGHT_DIGITS.search(text) is not None,
        re.compile(
            r"(?<!\d)(?:(?P<mobile>(?:\+?86[- ]?)?1[3-9]\d(?:[-. ]?\d{4}){2})|\d{17}[\dXx]|\d{15}"
            r"|\d{3}[ -]?\d{3}[ -]?\d{4}[ -]?\d\d[ -]?\d\d[ -]?\d{3}[ -]?[\dXx]|(?:\d{4}[ -]){4}\d[\dXx])(?!\d)",
            re.ASCII,
        ),
        _number,
    ),
    _Look(
        lambda text: _AREA_CODE.search(text) is not None or "+86" in text,
        re.compile(
            rf"(?<!\d)0{_landline(r'(?:[)] ?| ?[-–—] ?| )')}|\+86[- ]?[(]?0?{_landline(r'[)]?[- ]?')}",
            re.ASCII,
        ),
        _phone,
    ),
    _Look(  # without an area code a number may be anything, unless a word beside it says so
        _has(_PHONE_WORDS),
        re.compile(
            rf"{_WORD}[号码是为 :.(]{{0,6}}(?:0{_landline('')}|{_LOCAL})"
            rf"|(?<!\d)(?:0{_landline('')}|{_LOCAL}) ?[(](?:宅|办|{_WORD})",
            re.ASCII | re.IGNORECASE,
        ),
        _phone,
    ),
    _Look(
        _has(_ROOM_WORDS),
        re.compile(
            rf"[路街弄村巷道里坊区苑园庭寓] ?\d+(?:{_BETWEEN}\d+)+[A-Za-z]? ?室"
            rf"|{_ESTATE} ?\d+ ?(?:号楼?|栋|幢) ?\d{{3,4}}{_NO_ROOM}"
            rf"|单元 ?\d{{3,4}}{_NO_ROOM}",
            re.ASCII,
        ),
        _address,
    ),
)


def private_kind(text: str) -> Text | None:
    """What kind of private value a text holds, or None.

    >>> private_kind("编号 20060012") is None
    True
    """
    return next(filter(None, (kind for _, kind in _matches(_plain(text)))), None)


def _matches(plain: str) -> Iterator[tuple[re.Match[str], Text | None]]:
    for look in _LOOKS:
        if look.hint(plain):
            yield from ((found, look.kind(found)) for found in look.pattern.finditer(plain))


def masked(text: str) -> str:
    """A text with HIDDEN for each private value in it.

    >>> masked("联系139 0000 0000（王）"), masked("党员")
    ('联系（已隐去）(王)', '党员')
    """
    if _DIGIT.search(text) is None:
        return text
    plain = _plain(text)
    spans = sorted(found.span() for found, kind in _matches(plain) if kind is not None)
    if not spans:
        return text
    kept, at = "", 0
    for start, end in spans:
        if start >= at:
            kept += plain[at:start] + HIDDEN
        at = max(at, end)
    return kept + plain[at:]


_DIGIT = re.compile(r"\d")


def masked_names(names: Iterable[str]) -> dict[str, str]:
    """Each name -> how it may be kept; no two alike.

    >>> masked_names(["党员", "13900000000", "13900000001"])
    {'党员': '党员', '13900000000': '（已隐去）', '13900000001': '（已隐去）2'}
    """
    found: dict[str, str] = {}
    every = list(names)
    taken = set(every)
    for name in every:
        plain = shown = masked(name)
        more = 2
        while shown != name and shown in taken:
            shown, more = plain.replace(HIDDEN, f"{HIDDEN}{more}", 1), more + 1
        taken.add(shown)
        found[name] = shown
    return found


def private_rows(column: Sequence[str | None], different: Iterable[str] | None = None) -> dict[int, Text]:
    """The positions of a column that hold something private, with its kind.

    One search over the whole column first: nearly every column has none, and is then done. `different`: its
    texts, each once, where they are known already.
    """
    texts = set(filter(None, column)) if different is None else different
    if not any(
        look.hint(whole) and look.pattern.search(whole)
        for whole in (_plain("\n".join(some)) for some in text_batches(texts))
        for look in _LOOKS
    ):
        return {}
    found: dict[int, Text] = {}
    for at, text in enumerate(column):
        kind = private_kind(text) if text else None
        if kind is not None:
            found[at] = kind
    return found


def _plain(text: str) -> str:
    """In one width, without the characters that take no room: they would hide what stands around them."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return standard(text)
