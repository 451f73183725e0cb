"""The text by which a thing is found: its names, their pinyin and initials; the only user of pypinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any

from loaders.batches import batches
from loaders.clean.parse import canonical_name

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
        words.update(_words(name, canonical_name(name), person))
    if number:
        words.setdefault(number.lower())
    return _joined(words)


def search_texts(canonicals: Mapping[str, str], *, person: bool = False) -> dict[str, str]:
    """The `search_text` of each of these names alone. `canonicals`: the canonical name of each.

    >>> search_texts({"单晓": "单晓"}, person=True)
    {'单晓': '单晓 shanxiao sx'}
    """
    found: dict[str, str] = {}
    for some in batches(canonicals.items(), _AT_ONCE):
        together = _people(some) if person else None
        found.update(together or ((name, _joined(_words(name, c, person))) for name, c in some))
    return found


def _people(named: Sequence[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """(name, search text) of these people by name and canonical name; None where only one by one will do."""
    lines = "\n".join(canonical for _, canonical in named)
    readings, initials = (lines.translate(t).split("\n") for t in (_READINGS, _INITIALS))
    if not len(named) == len(readings) == len(initials):
        return None
    found: list[tuple[str, str]] = []
    for (name, canonical), reading, initial in zip(named, readings, initials, strict=True):
        # as nearly everybody is called: a plain Chinese name whose surname reads as the character does
        if name == canonical and not name.isascii() and name[0] not in _SURNAMES and name.lower() == name:
            one = f"{name} {reading} {initial}"
            if name in (reading, initial) or reading == initial:
                one = _joined(dict.fromkeys((name, reading, initial)))
        else:
            one = _joined(_words(name, canonical, person=True))
        found.append((name, one))
    return found


def _words(name: str, canonical: str, person: bool) -> dict[str, None]:
    return dict.fromkeys((name.lower(), canonical, *_romanised(canonical, person)))


def _joined(words: Iterable[str]) -> str:
    return " ".join(filter(None, words))


_AT_ONCE = 500


def phonetic_key(name: str) -> str:
    """How a name sounds, for finding look-alikes.

    >>> phonetic_key("秋澄物业有限公司") == phonetic_key("秋橙物业")
    True
    """
    return _romanised(canonical_name(name), person=False)[0]


def _romanised(text: str, person: bool) -> tuple[str, str]:
    if text.isascii():
        return (text, text)
    if not person:
        parts = _phrase(text)
        return "".join(parts), "".join(map(_initial, parts))
    # People's names hold no phrases: one look-up per character instead of a segmentation of each name.
    surname = _SURNAMES.get(text[0])
    if surname is None:
        return text.translate(_READINGS), text.translate(_INITIALS)
    return surname + text[1:].translate(_READINGS), surname[:1] + text[1:].translate(_INITIALS)


def _initial(reading: str) -> str:
    return reading[:1] if not reading.isascii() or reading.isalpha() else reading


@dataclass(frozen=True, slots=True)
class _Library:
    """What we use of pypinyin. `is_chinese`: its pattern of texts that are Chinese throughout."""

    is_chinese: Any
    words: Callable[[str], Iterable[str]]
    parts: Callable[[str], Iterable[str]]
    read: Callable[[str], list[list[str]]]
    read_one: Callable[[str], list[list[str]]]


@cache
def _library() -> _Library:
    """The library and its words, 55 MiB and a second: when the first name is read, not for what is refused before."""
    from pypinyin import Style, pinyin
    from pypinyin.constants import RE_HANS
    from pypinyin.converter import DefaultConverter
    from pypinyin.core import Pinyin
    from pypinyin.seg import mmseg

    reader, converter = Pinyin(), DefaultConverter()

    def read(word: str) -> list[list[str]]:
        found: list[list[str]] = converter.convert(word, Style.NORMAL, False, "default", True)
        return found

    return _Library(RE_HANS, mmseg.seg.cut, reader.seg, read, partial(pinyin, style=Style.NORMAL))


@lru_cache(maxsize=2**16)
def _phrase(text: str) -> tuple[str, ...]:
    # what `lazy_pinyin` does, word by word: names share most of their words
    library = _library()
    words = library.words(text) if library.is_chinese.match(text) else library.parts(text)
    return tuple(part for word in words for part in _word(word))


@lru_cache(maxsize=2**16)
def _word(word: str) -> tuple[str, ...]:
    return tuple(reading.lower() for several in _library().read(word) for reading in several)


def _character(character: str) -> str:
    readings = _library().read_one(character)
    return readings[0][0].lower() if readings else character


class _Table(dict[int, str]):
    """What becomes of a character, by its code: as `str.translate` asks for it, each looked up once."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, code: int) -> str:
        found = self[code] = self._of(chr(code))
        return found


_READINGS = _Table(_character)
_INITIALS = _Table(lambda character: _initial(_READINGS[ord(character)]))
