"""Validate a rule file: every fault with its key and what would be right, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any

from graph_model.coverage.rate_texts import AFTER
from graph_model.cypher_guard import check_reading
from graph_model.errors import InputError, QueryRefused
from graph_model.schema import NODE_TYPES
from graph_model.text import Text

TEXTS = ("title", "population", "clause", "advice")
ALWAYS = ("key", "name", "status", "reason")
"""The columns that every rule's text binds, before the ones that it declares."""

NATURES = ("blank", "irregular", "data")
"""What a rule finds: something missing, something not done as the norm says, or a question to the data."""

_KEYS = {*TEXTS, "about", "severity", "params", "columns", "reasons", "cypher"}
_MAY = {"nature", "source", "effective", "local", "on"}
_TABLES = ("params", "columns", "reasons", "cypher")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITES = re.compile(
    r"(?<![.:\w$])(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|FOREACH|DROP|ALTER|GRANT|LOAD\s+CSV)\b(?!\s*:)",
    re.IGNORECASE,
)
_WITH = re.compile(r"(STARTS\s+|ENDS\s+)?\bWITH\s", re.IGNORECASE)
_TABLE = Text("应为一张表", "should be a table")


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One key of a file, and what would be right there."""

    key: Text
    right: Text


def at(key: str, right: Text | str) -> RuleFault:
    """A fault whose key, and perhaps right value, read alike in both languages."""
    return RuleFault(Text(key, key), right if isinstance(right, Text) else Text(right, right))


def rule_error(id_: str, faults: Iterable[RuleFault]) -> InputError:
    """All faults of a rule's file as one error.

    >>> rule_error("mine", [at("about", "Unit")]).message("en")
    'Rule file mine.toml, key “about”: Unit'
    """
    told = list(faults)
    if len(told) == 1:
        [fault] = told
        return InputError(
            f"规则文件 {id_}.toml 的“{fault.key.zh}”有误：{fault.right.zh}",
            f"Rule file {id_}.toml, key “{fault.key.en}”: {fault.right.en}",
        )
    chinese = "".join(f"\n  “{f.key.zh}”：{f.right.zh}" for f in told)
    english = "".join(f"\n  key “{f.key.en}”: {f.right.en}" for f in told)
    return InputError(
        f"规则文件 {id_}.toml 有 {len(told)} 处错误：{chinese}",
        f"Rule file {id_}.toml has {len(told)} faults:{english}",
    )


def faults_of(
    raw: Mapping[str, Any], severities: Iterable[str], *, own: bool = True
) -> Iterator[RuleFault]:
    """Every fault of what a rule's file says; none: a rule can be made of it.

    A rule of ours also says what it finds (`nature`) and, unless it only asks about data, where its norm stands
    (`source`); a site's `own` rules may have been written before these keys were.
    """
    needed = _KEYS if own else _KEYS | ({"nature"} if raw.get("nature") == "data" else {"nature", "source"})
    for key in sorted(needed - raw.keys()):
        yield at(key, Text("缺少这一项", "is missing"))
    for key in sorted(raw.keys() - _KEYS - _MAY):
        yield at(key, Text("不认识这一项", "is not known"))
    tables = {key: raw[key] for key in _TABLES if isinstance(raw.get(key), dict)}
    for key in _TABLES:
        if key in raw and key not in tables:
            yield at(key, _TABLE)
    listed = (("about", tuple(NODE_TYPES)), ("severity", tuple(severities)), ("nature", NATURES))
    for key, known in listed:
        if key in raw and str(raw[key]) not in known:
            yield at(key, " | ".join(known))
    for key in (*TEXTS, "source"):
        if key in raw:
            yield from _text(key, raw[key])
    if "effective" in raw and not _is_date(str(raw["effective"])):
        yield at("effective", "2018-10-28")
    for key in ("local", "on"):
        if not isinstance(raw.get(key, True), bool):
            yield at(key, "true | false")
    yield from _columns(tables.get("columns", {}))
    if "cypher" in tables:
        if tables["cypher"].get("after", AFTER[0]) not in AFTER:
            yield at("cypher.after", " | ".join(AFTER))
        yield from _cypher(str(tables["cypher"].get("text", "")).strip(), tables.get("columns", {}))
    if "reasons" in tables:
        # where one of the two is no table, nobody can say which names it was to declare
        declared = tables.get("params"), tables.get("columns")
        names = None if None in declared else {name for table in declared for name in table or ()}
        yield from _reasons(tables["reasons"], names)


def _is_date(value: str) -> bool:
    """Year, month and day with dashes."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _text(key: str, table: object) -> Iterator[RuleFault]:
    """A text is a table with a Chinese and an English side, neither of them empty."""
    try:
        Text(table["zh"], table["en"])  # type: ignore[index]
    except (KeyError, ValueError, AttributeError, TypeError):
        yield at(key, "zh, en")


def _columns(columns: Mapping[str, Any]) -> Iterator[RuleFault]:
    for name, table in columns.items():
        yield from _text(f"columns.{name}", table)
        terms = table.get("terms") if isinstance(table, dict) else None
        if isinstance(terms, dict):
            for value, text in terms.items():
                yield from _text(f"columns.{name}.terms.{value}", text)
        elif terms is not None:
            yield at(f"columns.{name}.terms", _TABLE)


def _cypher(text: str, columns: Iterable[str]) -> Iterator[RuleFault]:
    """The text only reads, and its last WITH binds what a list needs.

    The store refuses writing by its own rights; this says so before it is asked.
    """
    key = "cypher.text"
    plain = _QUOTED.sub(lambda found: found[0] if found[0][0] == "`" else "''", text)
    last = _last_with(plain)
    if not re.search(r"\bAS\s+status\b", last, re.IGNORECASE):
        yield at(key, Text("应以 WITH … AS status 结尾", "should end in WITH … AS status"))
    else:
        bound = set(re.findall(r"\w+", last))
        if lacking := ", ".join(name for name in (*ALWAYS, *columns) if name not in bound):
            yield at(key, Text(f"最后的 WITH 缺少 {lacking}", f"the last WITH lacks {lacking}"))
    if found := _WRITES.search(_QUOTED.sub("''", text)):
        yield at(key, Text(f"规则只能读取，不能用 {found[0]}", f"a rule only reads: {found[0]} is refused"))
        return
    try:
        check_reading(text)
    except QueryRefused as error:
        yield at(key, error.text)


def _last_with(plain: str) -> str:
    """What stands after the last WITH of a text without quotes and comments; "" where there is none."""
    # STARTS WITH and ENDS WITH compare texts and begin no clause
    starts = [found.end() for found in _WITH.finditer(plain) if found[1] is None]
    return plain[starts[-1] :] if starts else ""


def _reasons(reasons: Mapping[str, Any], known: set[str] | None) -> Iterator[RuleFault]:
    for name, table in reasons.items():
        key = f"reasons.{name}"
        if wrong := list(_text(key, table)):
            yield from wrong
            continue
        for said in dict.fromkeys((table["zh"], table["en"])):
            try:
                asked = {part for _, part, _, _ in Formatter().parse(said) if part is not None}
            except ValueError as error:
                yield at(key, str(error))
                continue
            for part in sorted(asked - known) if known is not None else ():
                yield at(key, f"{{{part}}} → {', '.join(sorted(known or ())) or '—'}")
