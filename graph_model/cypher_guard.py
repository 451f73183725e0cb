"""Reject Cypher of an analyst or a site that could do more than read, or that no store should have to parse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph_model.errors import QueryRefused

LONGEST = 8_000
DEEPEST = 16
"""Brackets within one another. Stores parse deep nesting by trying ways, each level multiplying them."""
DEEPEST_CASE = 6
MOST_CASES = 40
MOST_GROWTH = 100_000
"""How many times longer than its parts a text may become: twenty doublings of one letter end an engine."""

# In the order in which a store's own reader looks: what is quoted or commented is no keyword.
_TOKENS = re.compile(
    r"""(?P<space>\s+|//[^\n\r]*|/\*.*?\*/)
      |(?P<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      |(?P<name>`(?:[^`]|``)*`|[^\W\d]\w*)
      |(?P<number>\d\w*)
      |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_STARTS = ("MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL")
_FUNCTION_NAMES = """
    abs acos all any asin atan atan2 avg btrim ceil char_length character_length coalesce collect cos cosh cot count
    date datetime degrees duration e elementid endnode exists exp extract filter floor haversin head id isempty isnan
    keys labels last left length localdatetime localtime log log10 lower ltrim max min nodes none normalize nullif
    percentilecont percentiledisc pi point properties radians rand randomuuid range reduce relationships replace
    reverse right round rtrim sign sin single sinh size split sqrt startnode stdev stdevp substring sum tail tan tanh
    time timestamp toboolean tobooleanlist tobooleanornull tofloat tofloatlist tofloatornull tointeger tointegerlist
    tointegerornull tolower tostring tostringlist tostringornull toupper trim type upper valuetype
    shortestpath allshortestpaths
"""
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())
_FAMILIES = frozenset(("date", "datetime", "duration", "localdatetime", "localtime", "point", "time"))
"""What may stand before the dot of a function such as date.truncate."""
_WORDS_BEFORE_BRACKETS = """
    and as asc ascending by call case contains desc descending distinct else ends exists in is limit match not on or
    order optional path paths return shortest skip starts then union unwind when where with xor yield
"""
_BEFORE_A_BRACKET = frozenset(_WORDS_BEFORE_BRACKETS.split())
"""Words of the language that may stand before a bracket; every other one before it is a function."""
_HALVES = re.compile(
    r"\[ (?P<x>\w+) IN (?P<gathered>\w+) WHERE (?P=x) < = (?P<new>\w+) \] \+ \[ (?P=new) \]"
    r" \+ \[ (?P=x) IN (?P=gathered) WHERE (?P=x) > (?P=new) \]"
)
_AFTER_A_DOT_OR_COLON = (".", ":")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of a text, within how many brackets it stands, and as a keyword ("" where it can be none)."""

    text: str
    depth: int
    word: str


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and signs of a text, without spaces and comments. A bracket itself counts as outside of it."""
    tokens = [t for t in _TOKENS.finditer(text) if t.lastgroup != "space"]
    found: list[Token] = []
    depth = 0
    for at, token in enumerate(tokens):
        sign = token.group() if token.lastgroup == "sign" else ""
        depth -= sign in (")", "]", "}")
        found.append(Token(token.group(), depth, _word(tokens, at)))
        depth += sign in ("(", "[", "{")
    return tuple(found)


def check_reading(text: str) -> None:
    """QueryRefused for a text that is more than one reading query: files, procedures, several statements.

    LOAD CSV would read files and addresses from the store's machine; a procedure can do anything. Writing
    clauses are left to the store, which refuses them by its own rights.
    """
    if len(text) > LONGEST:
        raise QueryRefused(
            f"查询语句太长（最多 {LONGEST} 字），请缩短。",
            f"The query is too long ({LONGEST} characters are the most). Shorten it.",
        )
    if "\\u" in text.lower():
        # stores turn these into characters before they look for quotes: a quote could hide in one
        raise QueryRefused(
            "查询中不能用 \\u 转义，请直接写这个字符。",
            "A query may not use \\u escapes; write the character itself.",
        )
    tokens = [t for t in _TOKENS.finditer(text) if t.lastgroup != "space"]
    _check_signs(tokens)
    words = [_word(tokens, at) for at in range(len(tokens))]
    _check_nesting(tokens, words)
    _check_growth(tokens, words)
    if not words:
        raise QueryRefused("请先写一个查询。", "Write a query first.")
    if words[0] not in _STARTS:
        raise QueryRefused(
            f"查询要以 {'、'.join(_STARTS)} 开头，这里以“{tokens[0].group()[:20]}”开头。",
            f"A query begins with one of {', '.join(_STARTS)}, this one with “{tokens[0].group()[:20]}”.",
        )
    for at, word in enumerate(words):
        if word == "LOAD" and _at(words, at + 1) == "CSV":
            raise QueryRefused(
                "这里不能用 LOAD CSV：它会让数据库去读文件或网址。请用“数据导入”页面导入表格。",
                "LOAD CSV is not allowed here: it makes the store read files or addresses. Load workbooks on "
                "the page “Load”.",
            )
        if word == "CALL" and _sign(tokens, at + 1) not in ("(", "{"):
            raise QueryRefused(
                "这里不能调用过程（CALL 名称）。可以用 CALL { … } 子查询和普通的 MATCH。",
                "Procedures (CALL name) are not allowed here. Subqueries, CALL { … }, and MATCH are.",
            )
    _check_functions(tokens)


def _check_signs(tokens: Sequence[re.Match[str]]) -> None:
    """No second statement, and no quote or comment that has no end."""
    for at, token in enumerate(tokens):
        sign = token.group() if token.lastgroup == "sign" else ""
        if sign == ";" and at != len(tokens) - 1:
            raise QueryRefused(
                "一次只能运行一个查询：请删去分号后面的内容。",
                "One query at a time: remove what follows the semicolon.",
            )
        if sign in ("'", '"', "`", "\\") or (sign == "/" and _sign(tokens, at + 1) == "*"):
            raise QueryRefused(
                f"查询中有没有结束的引号或注释，或多余的“{sign}”。请检查第 {token.start() + 1} 个字符附近。",
                f"A quotation mark or comment has no end, or “{sign}” stands alone, near character "
                f"{token.start() + 1}.",
            )


def _check_functions(tokens: Sequence[re.Match[str]]) -> None:
    """Only functions of the language itself: those of a store's own or of added libraries sleep, read files, call."""
    path: list[str] = []
    for at, token in enumerate(tokens):
        if token.lastgroup == "name":
            name = token.group().strip("`").lower()
            dotted = at > 0 and tokens[at - 1].group() == "."
            path = [*path, name] if dotted else [name]
            if _sign(tokens, at + 1) == "(" and not _is_known(path, quoted=token.group().startswith("`")):
                raise QueryRefused(
                    f"这里不能用函数 {'.'.join(path)}；只能用 Cypher 自带的函数。",
                    f"The function {'.'.join(path)} is not allowed here; only Cypher's own are.",
                )
        elif token.group() != ".":
            path = []


def _is_known(path: Sequence[str], *, quoted: bool) -> bool:
    if len(path) == 1:
        return path[0] in _FUNCTIONS or (path[0] in _BEFORE_A_BRACKET and not quoted)
    return len(path) == 2 and path[0] in _FAMILIES


def _check_nesting(tokens: Sequence[re.Match[str]], words: Sequence[str]) -> None:
    """Nothing deeper or longer than stores parse within moments."""
    depth = deepest = cases = deepest_case = 0
    for token, word in zip(tokens, words, strict=True):
        sign = token.group() if token.lastgroup == "sign" else ""
        depth += (sign in ("(", "[", "{")) - (sign in (")", "]", "}"))
        cases += (word == "CASE") - (word == "END")
        deepest, deepest_case = max(deepest, depth), max(deepest_case, cases)
    if deepest > DEEPEST or deepest_case > DEEPEST_CASE or words.count("CASE") > MOST_CASES:
        raise QueryRefused(
            f"嵌套太深：括号最多 {DEEPEST} 层，CASE 最多 {DEEPEST_CASE} 层、共 {MOST_CASES} 个。请用 WITH 分步写。",
            f"The query is nested too deep: {DEEPEST} levels of brackets, {DEEPEST_CASE} of CASE and {MOST_CASES} "
            "CASEs are the most. Split it into steps by WITH.",
        )


def _check_growth(tokens: Sequence[re.Match[str]], words: Sequence[str]) -> None:
    """No text that is put together with itself again and again: it would take all of a store's memory."""
    growth, here = 1, 1
    for at, word in enumerate(words):
        if tokens[at].group() == "+":
            here += 1
        elif word == "REPLACE" and _sign(tokens, at + 1) == "(":
            here *= _replacement(tokens, at + 1)
        elif word == "REDUCE" and _sign(tokens, at + 1) == "(" and _doubles(tokens, at + 1):
            here = MOST_GROWTH + 1
        elif word in ("WITH", "RETURN"):
            growth, here = growth * here, 1
    if growth * here > MOST_GROWTH:
        raise QueryRefused(
            "查询会把文字反复拼接得很长，数据库的内存不够。请减少 +、replace 和 reduce 中的重复拼接。",
            "The query puts texts together again and again, for which a store has not the memory. Use fewer of +, "
            "replace and reduce on what they made.",
        )


def _end(tokens: Sequence[re.Match[str]], start: int) -> int:
    """Where the bracket that opens at `start` closes."""
    depth = 0
    for at in range(start, len(tokens)):
        sign = tokens[at].group() if tokens[at].lastgroup == "sign" else ""
        depth += (sign in ("(", "[", "{")) - (sign in (")", "]", "}"))
        if depth == 0:
            return at
    return len(tokens)


def _replacement(tokens: Sequence[re.Match[str]], start: int) -> int:
    """By how much replace() lengthens: the length of what is put in, which has to be a text as it stands."""
    last = _end(tokens, start) - 1
    plain = tokens[last].lastgroup == "quoted" and _sign(tokens, last - 1) == ","
    return max(1, len(tokens[last].group()) - 2) if plain else MOST_GROWTH + 1


def _doubles(tokens: Sequence[re.Match[str]], start: int) -> bool:
    """Whether reduce() takes what it has gathered more than once in each step.

    Sorting takes it twice, but each element once: those that are not greater than the new one, and those that are.
    """
    words = [t.group() for t in tokens[start : _end(tokens, start)]]
    if "|" not in words:
        return False
    gathered, body = words[1], words[words.index("|") :]
    parts = _HALVES.fullmatch(" ".join(body[1:]))
    return body.count(gathered) > 1 and (parts is None or parts["gathered"] != gathered)


def _word(tokens: Sequence[re.Match[str]], at: int) -> str:
    """The token as a keyword; nothing for what is quoted, or a property or label by its place."""
    token = tokens[at]
    if token.lastgroup != "name" or token.group().startswith("`"):
        return ""
    if at > 0 and tokens[at - 1].group() in _AFTER_A_DOT_OR_COLON:
        return ""
    return token.group().upper()


def _sign(tokens: Sequence[re.Match[str]], at: int) -> str:
    return tokens[at].group() if at < len(tokens) and tokens[at].lastgroup == "sign" else ""


def _at(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""
