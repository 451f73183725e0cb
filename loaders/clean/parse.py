"""Turn the text of one cell into a value, or a ParseFault that says what would be right; pure, never raising."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph_model.graph import Scalar
from graph_model.schema.types import Term
from graph_model.text import Text
from loaders.batches import batches
from loaders.characters import is_standard, one_dot, private_use, standard
from loaders.clean.chinese import simplified
from loaders.clean.synonyms import SYNONYMS

MAX_NAME, MAX_TEXT, _MAX_COUNT = 120, 2000, 10_000_000_000


@dataclass(frozen=True, slots=True)
class ParseFault:
    """Why a text is no value: what would be right. `code`: the kind of problem that it is."""

    right: Text
    code: str = "bad_value"


@dataclass(frozen=True, slots=True)
class DoubtfulMonth:
    """A date of the form 2001.1, which from a number cell may be January or October."""

    year: str
    month: str


@dataclass(frozen=True, slots=True)
class UnlikelyValue:
    """A date that exists but lies after the survey."""

    value: str
    latest: str


Parsed = Scalar | ParseFault | DoubtfulMonth | UnlikelyValue | None
Parser = Callable[[str], Parsed]


def normalize_whitespace(text: str) -> str:
    """The text in its plain form: full width to half width, one kind of space, trimmed.

    >>> normalize_whitespace(" ２００１　年 ")
    '2001 年'
    """
    return " ".join(plain_form(text).split())


def plain_form(text: str) -> str:
    """A text in half width, with standard characters, without those that cannot be seen.

    >>> plain_form("ＡＢ\u200bＣ物业")
    'ABC物业'
    """
    return text if text.isascii() else unicodedata.normalize("NFKC", standard(text))


def simple_form(text: str) -> str:
    """A text in plain form and in simplified writing.

    >>> simple_form("入黨時間（年月）")
    '入党时间(年月)'
    """
    return simplified(plain_form(text))


def _unreadable(text: str) -> ParseFault | None:
    """The fault of a text that is not printable, where a line break alone is none."""
    private = private_use(text)
    if private:
        return ParseFault(
            Text(
                f"“{private}”（{_code_point(private)}）是自造字，别的电脑认不出：请用标准汉字，没有的字写拼音",
                f"“{private}” ({_code_point(private)}) is a character of one machine's own: write the standard one, "
                "or its pinyin",
            )
        )
    if "\ufffd" in text:
        return _LOST
    return _NO_CONTROL if any(map(_is_control, text)) else None


def _is_control(character: str) -> bool:
    """Is it a control character but a line break or tab, half of a pair, or a code that is never a character."""
    if character in "\n\r\t":
        return False
    code = ord(character)
    never = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return never or unicodedata.category(character) in ("Cc", "Cs")


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _plain(text: str) -> bool:
    """Is a text written so that `name_value` leaves it as it is: seen at once of nearly every name."""
    return (
        0 < len(text) <= MAX_NAME
        and " " not in text
        and text.isprintable()  # which other spaces are not
        and _in_plain_form(text)
    )


def _in_plain_form(text: str) -> bool:
    """Does `plain_form` leave a printable text as it is, and was none of it lost."""
    return text.isascii() or (
        unicodedata.is_normalized("NFKC", text) and is_standard(text) and "\ufffd" not in text
    )


_NO_CONTROL = ParseFault(Text("不能含控制字符", "no control characters"))
_LOST = ParseFault(
    Text(
        "有一个字在存文件时丢失了（�），请重新填写",
        "a character was lost when it was saved (�); write it again",
    )
)


def text_value(text: str, limit: int = MAX_TEXT) -> str | ParseFault | None:
    """A text as it was written, spaces tidied; what looks like a formula stays inert text.

    >>> text_value("  排水沟  与坡道 ")
    '排水沟 与坡道'
    """
    clean = " ".join(text.split())
    if not clean:
        return None
    fault = None if clean.isprintable() and "\ufffd" not in clean else _unreadable(clean)
    if fault:
        return fault
    if len(clean) > limit:
        return ParseFault(
            Text(
                f"最多 {limit} 字，这里有 {len(clean)} 字", f"at most {limit} characters, here {len(clean)}"
            )
        )
    return clean


def name_value(text: str) -> str | ParseFault | None:
    """The name of a thing: full width to half width, at most 120 characters.

    >>> name_value("新桃源物业　（松江）")
    '新桃源物业 (松江)'
    """
    if _plain(text):
        return text
    return text_value(plain_form(text), MAX_NAME)


def are_plain(texts: Collection[str]) -> bool:
    """Are all of these written so that `name_value` and `text_value` leave them as they are.

    Asked of a whole column at once, which is many times cheaper than reading it cell by cell; no for a
    space anywhere, although some spaces may stay.

    >>> are_plain(["张三", "李四"]), are_plain(["张三", "李　四"])
    (True, False)
    """
    if not all(texts) or max(map(len, texts), default=0) > MAX_NAME:
        return False
    whole = "".join(texts)
    return (
        " " not in whole
        and whole.isprintable()  # which other spaces are not
        and _in_plain_form("\n".join(texts))
    )


_INTEGER = re.compile(r"([+-]?\d{1,12})(?:\.0*)?(?:户|人|家|个|名|栋|所)?", re.ASCII)


def integer_value(text: str) -> int | ParseFault | None:
    """A count.

    >>> integer_value("１,２００"), integer_value("29家"), integer_value("3.0")
    (1200, 29, 3)
    """
    clean = normalize_whitespace(text).replace(",", "").replace(" ", "")
    if not clean:
        return None
    found = _INTEGER.fullmatch(clean)
    number = int(found.group(1)) if found else -1
    if not 0 <= number <= _MAX_COUNT:
        return _NO_COUNT
    return number


_NO_COUNT = ParseFault(Text("填写 0 或正整数，如 12", "0 or a positive whole number, such as 12"))


def term_value(text: str, terms: tuple[Term, ...]) -> str | ParseFault | None:
    """One of the legal values, by its stored value, its name in either language or a usual synonym.

    >>> from graph_model.schema import NODE_TYPES
    >>> kinds = NODE_TYPES["Branch"].property("kind").terms
    >>> term_value("联 合", kinds), term_value("Joint", kinds), term_value("联会", kinds).code
    ('joint', 'joint', 'unknown_term')
    """
    clean = _flat(text)
    if not clean:
        return None
    known = _terms_by_name(terms)
    found = known.get(clean) or known.get(simplified(clean))
    return _no_such_term(terms) if found is None else found


@lru_cache(maxsize=64)
def _no_such_term(terms: tuple[Term, ...]) -> ParseFault:
    """The fault of a value that is no term, one object for all: a column may have very many."""
    zh = [t.text.zh for t in terms]
    return ParseFault(Text(f"可用的值：{'、'.join(zh)}", f"one of: {', '.join(zh)}"), "unknown_term")


@lru_cache(maxsize=64)
def _terms_by_name(terms: tuple[Term, ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for term in terms:
        for name in (*own_names(term), *(_flat(name) for name in SYNONYMS.get(term.value, ()))):
            known[name] = term.value
    return known


def own_names(term: Term) -> tuple[str, ...]:
    """The names of a term, as compared: no answer gives them another meaning."""
    return _flat(term.value), _flat(term.text.en), _flat(term.text.zh)


def nearest_terms(word: str, terms: tuple[Term, ...]) -> tuple[str, ...]:
    """The stored values of the terms most like a word, the best first: one within the other, or alike in writing.

    >>> from graph_model.schema import NODE_TYPES
    >>> kinds = NODE_TYPES["Unit"].property("ownership").terms
    >>> nearest_terms("集休", kinds), nearest_terms("国有企业（市属）", kinds), nearest_terms("甲", kinds)
    (('collective',), ('state',), ())
    """
    known, flat = _terms_by_name(terms), flat_name(word)[:MAX_NAME]
    within = [
        n for n in known if len(n) > 1 and not n.isascii() and (n in flat or (len(flat) > 1 and flat in n))
    ]
    within.sort(key=lambda name: (name not in flat, -len(name) if name in flat else len(name)))
    found = (known[name] for name in (*within, *closest_matches(flat, list(known), count=_NEAREST)))
    return tuple(dict.fromkeys(found))[:_NEAREST]


_NEAREST = 3


def _flat(text: str) -> str:
    """A text for comparing: in plain form, no spaces, lower case."""
    return "".join(plain_form(text).split()).lower()


_SEPARATORS = re.compile(r"[、,，;；/\n\r]+(?![^()]*\))")


def are_single(texts: Iterable[str]) -> bool:
    """Is each of these plain texts one name, and no list of names.

    >>> are_single(["松新经济公司"]), are_single(["松新经济公司、新城经济公司"])
    (True, False)
    """
    return _SEPARATORS.search("".join(texts)) is None


def names_value(text: str) -> tuple[str, ...] | ParseFault | None:
    """The names in a cell that lists several, each once, in their order.

    >>> names_value("松新经济公司、新城经济公司；社区服务中心")
    ('松新经济公司', '新城经济公司', '社区服务中心')
    """
    if _plain(text) and are_single((text,)):
        return (text,)
    names: dict[str, None] = {}
    for part in _SEPARATORS.split(plain_form(text)):
        value = name_value(part)
        if isinstance(value, ParseFault):
            return value
        if value is not None:
            names.setdefault(value)
    return tuple(names) or None


COMPANY_ENDINGS = ("股份有限责任公司", "股份有限公司", "有限责任公司", "有限公司")
_COMPANY = re.compile("|".join(COMPANY_ENDINGS))
_PART_ENDINGS = ("分公司", "分部", "分店", "分中心", "办事处", "营业部", "项目部")


def flat_name(text: str) -> str:
    """A name or part of one in one way of writing: half width, simplified, one middle dot, no spaces, lower case.

    >>> flat_name("新桃源 物業有限公司"), flat_name("买买提．艾力")
    ('新桃源物业有限公司', '买买提·艾力')
    """
    return simplified(one_dot(_STOP.sub("·", _flat(text))))


@lru_cache(maxsize=2**18)
def canonical_name(text: str) -> str:
    """The name by which a thing is recognised.

    Full and half width, traditional characters, spaces, case, kinds of middle dots and 有限公司 do not matter; a
    branch office (分公司) stays another thing than its head office.

    >>> canonical_name("新桃源物业 有限公司"), canonical_name("ＡＢＣ物业"), canonical_name("新桃源物業")
    ('新桃源物业', 'abc物业', '新桃源物业')
    >>> canonical_name("新桃源物业有限公司松江分公司")
    '新桃源物业松江分公司'
    """
    flat = flat_name(text)
    if flat.endswith(_PART_ENDINGS):
        head = _COMPANY.search(flat)
        return flat[: head.start()] + flat[head.end() :] if head and head.start() else flat
    for ending in COMPANY_ENDINGS:
        if flat.endswith(ending) and len(flat) > len(ending):
            return flat[: -len(ending)]
    return flat


_STOP = re.compile(r"(?<=[^\x00-\x7f])[.](?=[^\x00-\x7f])")
"""A full stop between Chinese characters is a middle dot, as it is in names."""
_AT_ONCE = 200
_ENDINGS = ("公司", *_PART_ENDINGS)


def canonical_names(texts: Iterable[str]) -> dict[str, str]:
    """The `canonical_name` of each of these, many times faster: names that are plain are seen at once, many together.

    >>> canonical_names(["张三", "李 四"])
    {'张三': '张三', '李 四': '李四'}
    """
    found: dict[str, str] = {}
    for some in batches(texts, _AT_ONCE):
        found.update(zip(some, some if _are_canonical(some) else map(canonical_name, some), strict=True))
    return found


def _are_canonical(texts: Collection[str]) -> bool:
    """Is each text its own canonical name; no for some that are."""
    lines = "\n".join(texts)
    return (
        " " not in lines
        and "." not in lines
        and "".join(texts).isprintable()  # which other spaces are not
        and _in_plain_form(lines)
        and one_dot(lines) == lines
        and lines.lower() == lines
        and simplified(lines) == lines
        and not any(ending in lines for ending in _ENDINGS)
    )


def is_part(canonical: str) -> bool:
    """Is it the name of a branch office or the like, which belongs to another unit and is not that unit.

    >>> is_part("新桃源物业松江分公司"), is_part("新桃源物业")
    (True, False)
    """
    return canonical.endswith(_PART_ENDINGS)


def closest_matches(text: str, known: list[str], count: int = 1, alike: float = 0.5) -> list[str]:
    """The known names most like a text, best first; none when nothing is alike. `alike`: how much, 0.5 or more."""
    # what shares too few characters cannot be alike, and is told from it many times faster
    likely = [k for k in known if 4 * sum(c in k for c in text[:MAX_NAME]) >= len(text[:MAX_NAME]) + len(k)]
    return difflib.get_close_matches(text[:MAX_NAME], likely, n=count, cutoff=alike) if likely else []
