"""One page of a register as texts, masked for who looks; which of the chosen columns and conditions count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.answers import Answers
from explorer.register.given import given_values
from explorer.register.state import RegisterState, Where
from explorer.scene.compose import format_value
from explorer.viewer import Viewer
from graph_model.graph import Node
from graph_model.register.ask import End, ends, extra_headings, open_problems, page_keys, total
from graph_model.register.columns import Column, extra_column
from graph_model.register.kinds import PROBLEM_COUNT, PROBLEMS, Kind, kind
from graph_model.register.query import Filter, RegisterQuery, Sort
from graph_model.schema import label_of
from graph_model.schema.extra_values import EXTRA_PROPERTY
from graph_model.schema.types import Property
from graph_model.text import Language

PAGE = 50
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Rows of texts below their columns; `keys` say which thing a row is. `total`: how many things fit in all."""

    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


def columns_of(answers: Answers, viewer: Viewer, label: str) -> tuple[Column, ...]:
    """Every column that this viewer is offered: own, derived, and those of extra values where they may be seen."""
    known = kind(label)
    extra: tuple[str, ...] = ()
    if viewer.names:
        extra = answers.remember(("headings", label), lambda: extra_headings(answers.store, label))
    offered = [c for c in known.columns if c.shown_to(viewer.names)]
    return (*offered, *(extra_column(heading) for heading in extra))


def shown_columns(state: RegisterState, offered: Sequence[Column]) -> tuple[Column, ...]:
    """The chosen columns in their order; those of the kind where none that is offered was chosen."""
    by_id = {c.id: c for c in offered}
    chosen = [by_id[id_] for id_ in state.columns if id_ in by_id]
    return tuple(chosen or [by_id[id_] for id_ in kind(state.kind).first if id_ in by_id])


def query_of(state: RegisterState, offered: Sequence[Column], viewer: Viewer) -> RegisterQuery:
    """What the state asks of the store. A condition on what this viewer may not ask about does not count.

    InputError for a value that is not of its column's type.
    """
    known = kind(state.kind)
    asked = {c.id: c for c in offered if c.asked_by(viewer.names)}
    shown = {c.id: c for c in offered if not c.listed_only}
    filters = [f for w in state.where if (f := _filter(w, asked, shown))]
    sort = [
        Sort(asked[id_], text.startswith("-"))
        for text in state.sort
        if (id_ := text.removeprefix("-")) in asked
    ]
    if not sort and "name" in asked:
        sort = [Sort(asked["name"])]
    may_search = viewer.names or not known.of_people()
    return RegisterQuery(
        known, tuple(filters), tuple(sort), state.search if may_search else "", state.rules
    )


def _filter(where: Where, asked: Mapping[str, Column], shown: Mapping[str, Column]) -> Filter | None:
    """The condition; whether there is a value at all may be asked of masked columns too."""
    known = shown if where.operator in ("empty", "filled") else asked
    found = known.get(where.column)
    return Filter(found, where.operator, where.values) if found else None


def register_page(
    answers: Answers, viewer: Viewer, state: RegisterState, *, limit: int = PAGE, skip: int | None = None
) -> RegisterPage:
    """The page that the state names, or `limit` rows from `skip` on. InputError as `query_of`."""
    offered = columns_of(answers, viewer, state.kind)
    columns = shown_columns(state, offered)
    query = query_of(state, offered, viewer)
    given = given_values(answers, query)
    store = answers.store
    count = answers.remember(
        ("register total", query, answers.revision()), lambda: total(store, query, given)
    )
    at = min(state.page, max(0, (count - 1) // PAGE)) * PAGE if skip is None else skip
    keys = page_keys(store, query, given, skip=at, limit=limit) if count else ()
    return RegisterPage(columns, keys, _texts(answers, viewer, query.kind, columns, keys), count)


def _texts(
    answers: Answers, viewer: Viewer, known: Kind, columns: Sequence[Column], keys: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    made: list[tuple[str, ...]] = []
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        nodes = {n.key: n for n in answers.nodes(part)}
        listed = [_column_texts(answers, viewer, known, c, nodes) for c in columns]
        made += [tuple(texts.get(key, "") for texts in listed) for key in part if key in nodes]
    return tuple(made)


def _column_texts(
    answers: Answers, viewer: Viewer, known: Kind, column: Column, nodes: Mapping[str, Node]
) -> Mapping[str, str]:
    """{key: text} of one column; a key without a value may be missing."""
    if column.place == "near":
        found = ends(answers.store, known, column, list(nodes))
        return {key: _near_text(column, there, viewer) for key, there in found.items()}
    if column.id in (PROBLEMS, PROBLEM_COUNT):
        return _problem_texts(answers, viewer, known, column, list(nodes))
    if column.place == "given":
        values = given_values(answers, RegisterQuery(known, (Filter(column, "filled"),))).get(column.id, {})
        return {key: value_text(column, values.get(key), viewer.language) for key in nodes}
    return {key: _own_text(column, node, viewer) for key, node in nodes.items()}


def _own_text(column: Column, node: Node, viewer: Viewer) -> str:
    if column.place == "extra":
        seen = viewer.extra_values(node.properties.get(EXTRA_PROPERTY))
        return seen.get(column.heading, "") if viewer.names else ""
    if column.id == "name":
        return viewer.caption(node.label, node.properties)
    return value_text(
        column, viewer.properties(node.label, node.properties).get(column.id), viewer.language
    )


def _near_text(column: Column, there: Sequence[End], viewer: Viewer) -> str:
    if column.fold == "count":
        return str(len(there))
    values = sorted(str(end.value) for end in there if end.value is not None)
    if column.fold != "all":
        return (values[-1] if column.fold == "greatest" else values[0]) if values else ""
    joint = "、" if viewer.language == "zh" else ", "
    return joint.join(sorted(dict.fromkeys(_called(end, viewer) for end in there if end.value is not None)))


def _called(end: End, viewer: Viewer) -> str:
    return viewer.caption(label_of(end.key), {"name": end.value})


def _problem_texts(
    answers: Answers, viewer: Viewer, known: Kind, column: Column, keys: Sequence[str]
) -> dict[str, str]:
    titles = {
        r.id: r.title.in_(viewer.language)
        for r in answers.catalogue.rules
        if counted(r.about, r.nature, known)
    }
    found = open_problems(answers.store, keys, list(titles))
    if column.id == PROBLEM_COUNT:
        return {key: str(len(found.get(key, ()))) for key in keys}
    joint = "；" if viewer.language == "zh" else "; "
    return {key: joint.join(titles[id_] for id_ in rules) for key, rules in found.items()}


def counted(about: str, nature: str, known: Kind) -> bool:
    """Whether a rule's findings count as problems of a kind: doubts about the data are no problems of the thing."""
    return about == known.label and nature != "data"


def value_text(column: Column, value: Any, language: Language) -> str:
    """A value as people read it."""
    declared = Property(column.id, column.type, column.text, terms=column.terms)
    return format_value(declared, value, language)
