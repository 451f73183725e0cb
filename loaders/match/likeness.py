"""How like a foreign heading is to the headings of a form: spelling, sound, words within; a figure from 0 to 1."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from rapidfuzz import fuzz

from loaders.clean.parse import flat_name
from loaders.clean.pinyin import phonetic_key
from loaders.forms.form import Form
from loaders.map.heading_rows import flat

SAME, STRIPPED, SOUNDS = 1.0, 0.95, 0.88
"""Spelled alike; alike but for words that say nothing; only sounding alike."""
_WITHIN, _WITHIN_BEFORE, _WITHIN_MORE = 0.62, 0.42, 0.3
_FUZZY, _LEAST_FUZZY = 0.85, 0.6
_BEFORE = re.compile(r"^(?:其中:?|所属|所在|现在|现|本人|党员|企业|单位|公司|是否|有无|主要|申报)")
_BEHIND = re.compile(
    r"(?:姓名|名称|全称|名单|清单|信息|情况|名字|年月日|年月|年份|日期|时间|人数|数量|个数|数)$"
)
_SYNONYMS = (
    ("党组织", "党支部"),
    ("企业", "单位"),
    ("公司", "单位"),
    ("日期", "时间"),
    ("年月", "时间"),
    ("年份", "时间"),
    ("员工", "职工"),
    ("类型", "类别"),
)
"""Words that offices use for each other in headings; for comparing only."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BARE = re.compile("姓名|名称|名字|时间|日期|人数|数量|情况|信息|单位|name|date|number")
"""Says of what kind, not of what: a heading that is no more than this is like none that says more."""
_TWO = re.compile(r".[及和].")
_MOST_OF_TWO = 0.6
"""What a heading that asks for two things is like to one of them: offered, never taken."""
_DATE = re.compile(r"(?:时间|日期|年月|年份|年月日|date)$")
_COUNT = re.compile(r"(?:人数|数量|个数|总数|户数|数)$")
_ASKED = re.compile(r"^(?:是否|有无)|(?:与否)$")


def heading_key(text: str | None) -> str:
    """A heading in the form in which answers are kept and headings compared: flat, in simplified writing.

    >>> heading_key("1.黨支部 名稱："), heading_key("入党时间（年月）")
    ('党支部名称', '入党时间(年月)')
    """
    return flat_name(flat(text))


def likeness(heading: str, form: Form) -> Mapping[str, float]:
    """By heading of the form, how like a foreign heading (as `heading_key` gives it) is to it; none below a half.

    >>> from loaders.forms.form import read_forms
    >>> branches = next(f for f in read_forms() if f.id == "branches")
    >>> max(likeness("党支部书记名字", branches).items(), key=lambda one: one[1])
    ('书记', 0.95)
    """
    return (
        _likeness(heading, form.id)
        if form.id in _by_id() and _by_id()[form.id] == form
        else _of(heading, form)
    )


def is_spelling_of(heading: str, form: Form, own: str) -> bool:
    """Is a foreign heading one of the form's own spellings of one of its headings."""
    column = form.column(own)
    bare = _IN_BRACKETS.sub("", heading)
    return any(heading_key(s) in (heading, bare) for s in (own, *column.aliases))


def english_of(form: str, own: str) -> tuple[str, ...]:
    """The English spellings of a form's heading."""
    return tuple(_english().get(form, {}).get(own, ()))


def same_but_for_words(heading: str, known: Mapping[str, str]) -> str | None:
    """What `known` has for a heading that differs only by words that say nothing; None where nothing does."""
    stripped = _stripped(heading)
    for spelled, value in known.items():
        if _stripped(spelled) == stripped and not _of_other_kind(heading, spelled):
            return value
    return None


def spellings(form: Form) -> Mapping[str, tuple[str, ...]]:
    """By heading of the form: all its spellings as compared, English ones too."""
    english = _english().get(form.id, {})
    return {
        c.heading: tuple(
            dict.fromkeys(map(heading_key, (c.heading, *c.aliases, *english.get(c.heading, ()))))
        )
        for c in form.columns
    }


@cache
def _by_id() -> dict[str, Form]:
    from loaders.forms.form import read_forms

    return {f.id: f for f in read_forms()}


@lru_cache(1 << 14)
def _likeness(heading: str, form: str) -> Mapping[str, float]:
    return _of(heading, _by_id()[form])


@cache
def _english() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((resources.files("loaders.match") / "english.toml").read_text("utf-8"))


@lru_cache(64)
def _prepared(form: Form) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
    return tuple(
        (heading, tuple((s, _stripped(s), phonetic_key(s)) for s in spelled))
        for heading, spelled in spellings(form).items()
    )


def _of(heading: str, form: Form) -> Mapping[str, float]:
    bare = _IN_BRACKETS.sub("", heading)
    if not bare:
        return {}
    stripped, sound = _stripped(bare), phonetic_key(bare)
    found = {
        known: max(_alike(bare, stripped, sound, *spelled) for spelled in several)
        for known, several in _prepared(form)
    }
    return {known: value for known, value in found.items() if value >= 0.5}


def _alike(
    heading: str, stripped: str, sound: str, known: str, known_stripped: str, known_sound: str
) -> float:
    if heading == known:
        return SAME
    if _of_other_kind(heading, known) or _BARE.fullmatch(heading):
        return 0.0
    if stripped == known_stripped:
        return STRIPPED
    if sound == known_sound:
        return SOUNDS
    most = _MOST_OF_TWO if says_two_things(heading) else SAME
    short, long = sorted((heading, known), key=len)
    within = 0.0
    if len(short) > 1 and short in long and not (short.isascii() and len(short) < 4):
        # the last word says what is meant: 法人政治面貌 is no 法人
        least = _WITHIN if long.endswith(short) else _WITHIN_BEFORE
        within = least + _WITHIN_MORE * len(short) / len(long)
    ratio = fuzz.ratio(heading, known) / 100
    return min(most, max(within, _FUZZY * ratio if ratio >= _LEAST_FUZZY else 0.0))


def says_two_things(heading: str) -> bool:
    """Does a heading ask for two things in one cell (单位及职务), so that its cells are neither."""
    return _TWO.search(heading) is not None


def _stripped(text: str) -> str:
    """Without words before and behind that do not change what is meant; whole where nothing else is in it."""
    plain = text
    for word, other in _SYNONYMS:
        plain = plain.replace(word, other)
    bare = _BEHIND.sub("", plain)
    bare = _BEFORE.sub("", bare) if len(bare) > 2 else bare
    return bare if len(bare) > 1 else plain


def _of_other_kind(one: str, other: str) -> bool:
    """Do the words of two headings ask for different kinds of cells: a date, yes or no; does only the first count."""
    counted = _COUNT.search(one) is not None and _COUNT.search(other) is None
    return counted or any(bool(w.search(one)) != bool(w.search(other)) for w in (_DATE, _ASKED))
