"""Reject an analyst's Cypher that could do more than read; the store itself refuses writes too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph_model.errors import QueryRefused

LONGEST = 20_000

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
_AFTER_A_DOT_OR_COLON = (".", ":")


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
    """No function of an added library: its name has two dots or more, or starts with the library's."""
    path: list[str] = []
    for at, token in enumerate(tokens):
        if token.lastgroup == "name":
            dotted = at > 0 and tokens[at - 1].group() == "."
            path = (
                [*path, token.group().strip("`").lower()] if dotted else [token.group().strip("`").lower()]
            )
            called = _sign(tokens, at + 1) == "("
            if called and (
                len(path) > 2 or (len(path) == 2 and path[0] in ("apoc", "gds", "dbms", "db", "custom"))
            ):
                raise QueryRefused(
                    f"这里不能用附加库的函数 {'.'.join(path)}。",
                    f"The function {'.'.join(path)} of an added library is not allowed here.",
                )
        elif token.group() != ".":
            path = []


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
