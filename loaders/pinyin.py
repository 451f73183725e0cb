"""The text by which a thing is found: its names, their pinyin and initials; the only user of pypinyin."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, pinyin
from pypinyin.converter import DefaultConverter
from pypinyin.core import Pinyin

from loaders.cells import canonical_name

# Characters that read otherwise as a surname; pypinyin knows phrases, not people.
_SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "曾": "zeng", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge",
    "尉": "wei", "缪": "miao", "乐": "yue", "翟": "zhai", "任": "ren", "华": "hua", "覃": "qin", "洗": "xian",
}  # fmt: skip


def search_text(names: Iterable[str], *, person: bool = False, number: str | None = None) -> str:
    """What is searched for a node: names as written and canonical, pinyin, initials; lower case.

    >>> search_text(["新桃源物业有限公司"])
    '新桃源物业有限公司 新桃源物业 xintaoyuanwuye xtywy'
    >>> search_text(["单晓"], person=True)
    '单晓 shanxiao sx'
    """
    words: dict[str, None] = {}
    for name in names:
        canonical = canonical_name(name)
        for word in (name.lower(), canonical, *_romanised(canonical, person)):
            words.setdefault(word)
    if number:
        words.setdefault(number.lower())
    return " ".join(word for word in words if word)


def sound(name: str) -> str:
    """How a name sounds, for finding look-alikes.

    >>> sound("秋澄物业有限公司") == sound("秋橙物业")
    True
    """
    return _romanised(canonical_name(name), person=False)[0]


def _romanised(text: str, person: bool) -> tuple[str, str]:
    if text.isascii():
        return (text, text)
    # People's names hold no phrases: one look-up per character instead of a segmentation of each name.
    parts = [_character(c) for c in text] if person else list(_phrase(text))
    if person and text[0] in _SURNAMES:
        parts[0] = _SURNAMES[text[0]]
    return "".join(parts), "".join(p[:1] if not p.isascii() or p.isalpha() else p for p in parts)


_READER, _CONVERTER = Pinyin(), DefaultConverter()


@lru_cache(maxsize=2**16)
def _phrase(text: str) -> tuple[str, ...]:
    # what `lazy_pinyin` does, word by word: names share most of their words
    return tuple(part for word in _READER.seg(text) for part in _word(word))


@lru_cache(maxsize=2**16)
def _word(word: str) -> tuple[str, ...]:
    readings = _CONVERTER.convert(word, Style.NORMAL, False, "default", True)
    return tuple(reading.lower() for several in readings for reading in several)


@lru_cache(maxsize=2**14)
def _character(character: str) -> str:
    readings: list[list[str]] = pinyin(character, style=Style.NORMAL)
    return readings[0][0].lower() if readings else character
