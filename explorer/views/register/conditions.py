"""The conditions on a register's columns: for each a line of widgets by the type of its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from explorer.page_context import PageContext
from explorer.register.rows import value_text
from explorer.register.state import RegisterState, Where
from graph_model.register.columns import Column
from graph_model.register.query import Operator


def conditions(
    context: PageContext,
    state: RegisterState,
    offered: Sequence[Column],
    texts: Mapping[str, str],
    turn: int,
) -> RegisterState:
    """Draw them; the state that they make."""
    w = context.words
    columns = {c.id: c for c in offered if not c.listed_only}
    rules = {
        r.id: r.title.in_(context.viewer.language)
        for r in context.answers.catalogue.rules
        if r.about == state.kind and r.nature != "data"
    }
    chosen_rules = _many(
        w("register-rules"),
        rules,
        [r for r in state.rules if r in rules],
        f"register-{turn}-rules",
        w("register-any"),
    )
    before = list(dict.fromkeys(x.column for x in state.where if x.column in columns))
    wanted = st.multiselect(
        w("register-where-which"),
        list(columns),
        default=before,
        format_func=lambda id_: texts[id_],
        key=f"register-{turn}-where",
        placeholder=w("register-choose"),
    )
    made: list[Where] = []
    for id_ in wanted:
        made += _one(context, columns[id_], texts[id_], state.of(id_), f"register-{turn}-where-{id_}")
    return replace(state, where=tuple(made), rules=tuple(chosen_rules))


def told_conditions(
    context: PageContext, state: RegisterState, texts: Mapping[str, str], columns: Mapping[str, Column]
) -> str:
    """The conditions in words; "" where there are none."""
    w = context.words
    titles = {r.id: r.title.in_(context.viewer.language) for r in context.answers.catalogue.rules}
    told = [titles.get(rule, rule) for rule in state.rules]
    for where in state.where:
        column = columns.get(where.column)
        if column is not None:
            values = w("list-comma").join(_option(context, column, v) for v in where.values)
            told.append(w(f"register-told-{where.operator}", column=texts[column.id], value=values))
    return w("list-semicolon").join(told)


def _one(
    context: PageContext, column: Column, text: str, held: Sequence[Where], key: str
) -> tuple[Where, ...]:
    """The conditions on one column; none where nothing was filled in."""
    if not column.asked_by(context.viewer.names):
        return _whether(context, column, text, held, key)
    if column.type in ("term", "boolean"):
        return _terms(context, column, text, held, key)
    if column.type in ("integer", "date"):
        return _range(context, column, text, held, key)
    return _text(context, column, text, held, key)


def _terms(
    context: PageContext, column: Column, text: str, held: Sequence[Where], key: str
) -> tuple[Where, ...]:
    options = {v: _option(context, column, v) for v in (*_values(column), "")}
    now = [v for where in held if where.operator == "is" for v in where.values if v in options]
    chosen = _many(text, options, now, key, context.words("register-any"))
    return (Where(column.id, "is", tuple(chosen)),) if chosen else ()


def _text(
    context: PageContext, column: Column, text: str, held: Sequence[Where], key: str
) -> tuple[Where, ...]:
    w = context.words
    ways: tuple[Operator, ...] = ("holds", "is", "empty", "filled")
    now = held[0] if held else Where(column.id, "holds")
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    way = left.selectbox(
        text, ways, index=ways.index(now.operator) if now.operator in ways else 0,
        format_func=lambda o: w(f"register-way-{o}"), key=f"{key}-way",
    )  # fmt: skip
    if way in ("empty", "filled"):
        return (Where(column.id, way),)
    typed = right.text_input(
        w("register-value"),
        value=now.values[0] if now.values else "",
        key=key,
        label_visibility="collapsed",
    ).strip()
    return (Where(column.id, way, (typed,)),) if typed else ()


def _range(
    context: PageContext, column: Column, text: str, held: Sequence[Where], key: str
) -> tuple[Where, ...]:
    w = context.words
    now = {where.operator: where.values for where in held}
    hint = w("register-date-hint") if column.type == "date" else ""
    made: list[Where] = []
    bounds: tuple[Operator, ...] = ("from", "to")
    for place, way in zip(st.columns(2), bounds, strict=True):
        typed = place.text_input(
            w(f"register-{way}", column=text),
            value=next(iter(now.get(way, ())), ""),
            placeholder=hint,
            key=f"{key}-{way}",
        ).strip()
        if typed:
            made.append(Where(column.id, way, (typed,)))
    return tuple(made)


def _whether(
    context: PageContext, column: Column, text: str, held: Sequence[Where], key: str
) -> tuple[Where, ...]:
    w = context.words
    ways: tuple[Operator, ...] = ("filled", "empty")
    now = held[0].operator if held and held[0].operator in ways else "filled"
    way = st.selectbox(
        text, ways, index=ways.index(now), format_func=lambda o: w(f"register-way-{o}"), key=f"{key}-way"
    )
    return (Where(column.id, way),)


def _many(label: str, options: Mapping[str, str], now: Sequence[str], key: str, hint: str) -> list[str]:
    return st.multiselect(
        label, list(options), default=list(now), format_func=lambda v: options[v], key=key, placeholder=hint
    )


def _values(column: Column) -> tuple[str, ...]:
    return ("true", "false") if column.type == "boolean" else tuple(t.value for t in column.terms)


def _option(context: PageContext, column: Column, value: str) -> str:
    if not value:
        return context.words("register-empty")
    typed = value == "true" if column.type == "boolean" else value
    return value_text(column, typed, context.viewer.language)
