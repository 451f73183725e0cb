"""What is asked of a register, as Cypher: filters, sorting, pages, counts and groups. Pure; values are parameters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graph_model.errors import InputError
from graph_model.register.columns import Column
from graph_model.register.kinds import Kind
from graph_model.schema.extra_values import EXTRA_PROPERTY
from graph_model.schema.stored_properties import SEARCH_PROPERTY

Operator = Literal["holds", "is", "from", "to", "empty", "filled"]
OPERATORS: tuple[Operator, ...] = ("holds", "is", "from", "to", "empty", "filled")
Given = Mapping[str, Mapping[str, Any]]
"""{id of a given column: {key of a thing: value}}."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on a column. "is" takes several values, of which one holds; "" among them is an empty cell."""

    column: Column
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sort:
    """A column to sort by. What is not known comes last either way."""

    column: Column
    descending: bool = False


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """Which things of a kind, in which order. `rules`: only those with an open problem of one of these types.

    `search` is looked for in names, aliases, pinyin and initials.
    """

    kind: Kind
    filters: tuple[Filter, ...] = ()
    sort: tuple[Sort, ...] = ()
    search: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A text with its parameters."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


class _Values:
    """Parameters by number: each value gets a name of its own."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.held: dict[str, Any] = {}

    def add(self, value: Any) -> str:
        """The parameter that stands for the value."""
        name = f"p{len(self.held)}"
        self.held[name] = value
        return f"${name}"

    def table(self, column: Column) -> str:
        """What is given for the thing n in a given column."""
        name = f"given_{column.id}"
        self.held[name] = dict(self.given.get(column.id, {}))
        return f"${name}[n.key]"


def keys_page(query: RegisterQuery, given: Given, *, skip: int, limit: int) -> Statement:
    """The keys of one page, in order."""
    values = _Values(given)
    lines = _things(query, values)
    orders: list[str] = []
    carried = ["n"]
    for number, sort in enumerate(query.sort):
        column = sort.column
        value = _value(column, values)
        if column.place == "near":
            carried.append(f"s{number}")
            lines.append(f"OPTIONAL MATCH (n){column.path}")
            lines.append(f"WITH {', '.join(carried[:-1])}, {_folded(column)} AS s{number}")
            value = f"s{number}"
        if sort.descending and column.id != "name":  # upwards, what is not known comes last by itself
            orders.append(f"{value} IS NULL")
        orders.append(f"{value}{' DESC' if sort.descending else ''}")
    orders.append("n.key")
    held = {**values.held, "skip": skip, "limit": limit}
    lines += ["RETURN n.key AS key", f"ORDER BY {', '.join(orders)}", "SKIP $skip LIMIT $limit"]
    return Statement("\n".join(lines), held)


def count(query: RegisterQuery, given: Given) -> Statement:
    """One row: `total`, how many things fit."""
    values = _Values(given)
    lines = [*_things(query, values), "RETURN count(n) AS total"]
    return Statement("\n".join(lines), values.held)


def groups(query: RegisterQuery, given: Given, by: Column, across: Column | None) -> Statement:
    """A row for each pair of values: `by`, `across`, `total` (things). A thing with several values counts in each."""
    values = _Values(given)
    lines = _things(query, values)
    order = "ORDER BY total DESC, by, across LIMIT $limit"
    if by.place != "near" and (across is None or across.place != "near"):
        # one value each: nothing to tell apart, which would cost most of the time
        second = _value(across, values) if across else "null"
        lines.append(f"RETURN {_value(by, values)} AS by, {second} AS across, count(n) AS total {order}")
        return Statement("\n".join(lines), values.held)
    first = _grouped(by, "g0", ["n"], lines, values)
    second = _grouped(across, "g1", ["n", "g0"], lines, values) if across else "null"
    lines.append(f"WITH DISTINCT n, {first} AS by, {second} AS across")
    lines.append(f"RETURN by, across, count(n) AS total {order}")
    return Statement("\n".join(lines), values.held)


def near_values(kind: Kind, column: Column) -> str:
    """A row for each end of the path from each of $keys: key, value, of (the key of the end)."""
    return (
        f"UNWIND $keys AS key\nMATCH (n:{kind.label} {{key: key}}){column.path}\n"
        f"RETURN DISTINCT key, {column.value} AS value, x.key AS of"
    )


# ---- the things that fit


def _things(query: RegisterQuery, values: _Values) -> list[str]:
    """The clauses that bind n to each thing that fits, once."""
    lines: list[str] = []
    if query.rules:
        lines += [
            "MATCH (f:Finding)",
            f"WHERE f.rule IN {values.add(list(query.rules))} AND f.cleared_in IS NULL "
            "AND f.present IN ['gap', 'unknown']",
            "WITH DISTINCT f.subject AS subject",
            f"MATCH (n:{query.kind.label} {{key: subject}})",
        ]
    else:
        lines.append(f"MATCH (n:{query.kind.label})")
    here = [
        _condition(_value(f.column, values), f, values) for f in query.filters if f.column.place != "near"
    ]
    if text := "".join(query.search.casefold().split()):
        here.append(f"n.{SEARCH_PROPERTY} CONTAINS {values.add(text)}")
    if here:
        lines.append("WHERE " + "\n  AND ".join(here))
    for wanted in query.filters:
        if wanted.column.place == "near":
            lines += _near(wanted, values)
    return lines


def _near(wanted: Filter, values: _Values) -> list[str]:
    column = wanted.column
    if column.fold == "all" and wanted.operator in ("holds", "is") and "" not in wanted.values:
        return [
            f"MATCH (n){column.path}",
            f"WHERE {_condition(column.value, wanted, values)}",
            "WITH DISTINCT n",
        ]
    value = _folded(column)
    return [
        f"OPTIONAL MATCH (n){column.path}",
        f"WITH n, {value} AS v",
        f"WHERE {_condition('v', wanted, values)}",
        "WITH n",
    ]


def _folded(column: Column) -> str:
    if column.fold == "count":
        return "count(DISTINCT x)"
    return f"max({column.value})" if column.fold == "greatest" else f"min({column.value})"


def _value(column: Column, values: _Values) -> str:
    """The expression of a value that is read off n itself."""
    if column.place == "extra":
        mark = values.add(f'{json.dumps(column.heading, ensure_ascii=False)}: "')
        after = f"split(n.{EXTRA_PROPERTY}, {mark})"
        # the text ends where the next heading begins, or with the object
        return (
            f"CASE WHEN n.{EXTRA_PROPERTY} CONTAINS {mark} "
            f"THEN split(split({after}[1], '\", \"')[0], '\"}}')[0] END"
        )
    if column.place == "given":
        return values.table(column)
    return f"n.{column.id}"


def _condition(value: str, wanted: Filter, values: _Values) -> str:
    operator, told = wanted.operator, wanted.values
    if operator == "empty":
        return f"{value} IS NULL"
    if operator == "filled":
        return f"{value} IS NOT NULL"
    if operator == "holds":
        return f"toLower({value}) CONTAINS {values.add(_typed(wanted.column, told[0].casefold().strip()))}"
    if operator == "is":
        known = [_typed(wanted.column, text) for text in told if text]
        one_of = f"{value} IN {values.add(known)}"
        return f"({one_of} OR {value} IS NULL)" if "" in told else one_of
    bound = _typed(wanted.column, told[0])
    if operator == "to" and isinstance(bound, str):
        # a date may be less exact than the bound, or more: "2006-10-05" is not after "2006-10"
        return f"substring({value}, 0, {len(bound)}) <= {values.add(bound)}"
    return f"{value} {'>=' if operator == 'from' else '<='} {values.add(bound)}"


def _typed(column: Column, text: str) -> str | int | bool:
    """A value of the column's own type; InputError for a text that is none."""
    if column.type == "boolean":
        return text == "true"
    if column.type == "integer":
        try:
            return int(text)
        except ValueError:
            zh, en = f"“{text}”不是整数。", f"“{text}” is no whole number."
            raise InputError(zh, en) from None
    # an extra value is part of a text in JSON
    return json.dumps(text, ensure_ascii=False)[1:-1] if column.place == "extra" else text


def _grouped(column: Column, name: str, carried: list[str], lines: list[str], values: _Values) -> str:
    """The expression of a value to group by; what lies at the end of a path is bound in lines of its own."""
    if column.place != "near":
        lines.append(f"WITH {', '.join(carried)}, {_value(column, values)} AS {name}")
        return name
    lines.append(f"OPTIONAL MATCH (n){column.path}")
    if column.fold == "all":
        lines.append(f"WITH DISTINCT {', '.join(carried)}, {column.value} AS {name}")
    else:
        lines.append(f"WITH {', '.join(carried)}, {_folded(column)} AS {name}")
    return name
