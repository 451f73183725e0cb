"""An analyst's own query: asked within limits, its rows as text for a table, its things as keys for a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from explorer.answers import Answers
from explorer.viewer import Viewer
from graph_model.cypher_guard import check_reading
from graph_model.errors import QueryRefused, StoreDenied
from graph_model.schema import label_of
from graph_model.text import Text

MOST_ROWS = 500
SECONDS = 10.0
MOST_KEYS = 500
_LONGEST_CELL = 300


Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """Rows of texts and numbers, the keys of the things in them, at most MOST_KEYS, and whether rows were left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...]
    truncated: bool


def run_query(answers: Answers, text: str, viewer: Viewer, *, limit: int = MOST_ROWS) -> QueryAnswer:
    """The answer to one reading query.

    StoreDenied for a viewer without the right to names: a query can ask for any of them. QueryRefused for
    what is no reading query, is wrong, or takes too long.
    """
    if not viewer.names:
        said = Text(
            "自定义查询可查出姓名，须有“显示姓名”权限。请联系系统管理员开通。",
            "A query can ask for people's names, so it needs the right to names. Ask the administrator.",
        )
        raise StoreDenied(said.zh, said.en, page=said)
    check_reading(text)
    try:
        answer = answers.store.ask(text.strip().rstrip(";"), limit=limit, seconds=SECONDS)
    except QueryRefused as error:
        if not error.values:
            raise
        told = f"{error.text.zh} {error.values}", f"{error.text.en} {error.values}"
        raise QueryRefused(*told) from error
    found = tuple(dict.fromkeys(k for row in answer.rows for v in row.values() for k in _keys(v)))
    return QueryAnswer(
        answer.columns,
        tuple(tuple(_cell(row.get(c)) for c in answer.columns) for row in answer.rows),
        found[:MOST_KEYS],
        answer.truncated,
    )


def _keys(value: Any) -> Iterator[str]:
    """Every key of a thing that a value holds: as it is, in a node, or in a list or path of them."""
    if isinstance(value, str):
        if _is_key(value):
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _keys(inner)


def _is_key(text: str) -> bool:
    if len(text) > 80 or "_" not in text[:4]:
        return False
    try:
        label_of(text)
    except KeyError:
        return False
    return True


def _cell(value: Any) -> Cell:
    """A value for a table: numbers as they are, a thing by its name, lists and maps as JSON."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, Mapping) and "key" in value:
        value = value.get("name") or value["key"]
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool):
        text = str(value).lower()
    else:
        text = json.dumps(_named(value), ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _named(value: Any) -> Any:
    if isinstance(value, Mapping):
        return (
            value.get("name") or value["key"]
            if "key" in value
            else {k: _named(v) for k, v in value.items()}
        )
    if isinstance(value, list | tuple):
        return [_named(v) for v in value]
    return value
