"""What each column of a site's own rule may hold: read off its text, and when in doubt, people's names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from graph_model.cypher_guard import Token, tokens_of
from graph_model.schema import NODE_TYPES

Holds = Literal["open", "name"]
"""`open`: a property that everybody may see. `name`: a person's name as it is stored."""

_ITEM = re.compile(
    r"(?P<least>(?:max|min) \( )?(?P<of>\w+) \. (?P<property>\w+)(?(least) \)) AS \w+", re.IGNORECASE
)
_CLAUSES = ("MATCH", "WHERE", "WITH", "RETURN", "UNWIND", "ORDER", "SKIP", "LIMIT", "OPTIONAL")
_BEYOND = ("CALL", "UNION", "FOREACH", "YIELD")
"""Words that begin a scope of its own: nothing is read off a text that has one."""


@lru_cache(maxsize=256)  # asked for each row of a list, and a text is long
def columns_held(text: str) -> Mapping[str, Holds]:
    """What the columns of the text's last WITH hold; a column of which that is not certain is left out.

    Certain is only `variable.property`, or the least or greatest of them, of a variable that a MATCH binds once,
    with one label, and that every WITH carries by its own name, and what is carried on from there: whatever is
    worked out or gathered may be a name.

    >>> dict(columns_held("MATCH (u:Unit) WITH u.key AS key, toUpper(u.name) AS name, u.name AS plain"))
    {'key': 'open', 'plain': 'open'}
    """
    tokens = tokens_of(text)
    if any(t.word in _BEYOND or t.text.startswith("`") for t in tokens):
        return MappingProxyType({})
    starts = [at for at, t in enumerate(tokens) if _is_with(tokens, at, t)]
    if not starts:
        return MappingProxyType({})
    steps = [[[t.text for t in item] for item in _items(tokens, start)] for start in starts]
    names = dict.fromkeys(item[-1] for item in steps[-1] if item)
    held = {name: _column(tokens, starts, steps, name) for name in names}
    return MappingProxyType({name: holds for name, holds in held.items() if holds is not None})


def _column(
    tokens: Sequence[Token], starts: Sequence[int], steps: Sequence[list[list[str]]], name: str
) -> Holds | None:
    """What a name of the last step holds: the property that it was given in one step and carried from."""
    for at in range(len(steps) - 1, -1, -1):
        made = [item for item in steps[at] if item[-1:] == [name]]
        if made == [[name]]:
            continue
        found = _ITEM.fullmatch(" ".join(made[0])) if len(made) == 1 else None
        return _holds(_label_of(tokens, starts[:at], found["of"]), found["property"]) if found else None
    return None


def _is_with(tokens: Sequence[Token], at: int, token: Token) -> bool:
    return token.word == "WITH" and token.depth == 0 and tokens[at - 1].word not in ("STARTS", "ENDS")


def _items(tokens: Sequence[Token], start: int) -> Iterator[list[Token]]:
    """What stands between the commas of a WITH."""
    item: list[Token] = []
    for token in tokens[start + 1 :]:
        if token.depth == 0 and token.word in _CLAUSES:
            break
        if token.depth == 0 and token.text == ",":
            yield item
            item = []
        elif token.word != "DISTINCT":
            item.append(token)
    yield item


def _label_of(tokens: Sequence[Token], starts: Sequence[int], variable: str) -> str | None:
    """The one label of what a variable stands for, carried through the steps that start so; None where uncertain."""
    uses = [
        at for at, t in enumerate(tokens) if t.text == variable and tokens[at - 1].text not in (".", ":")
    ]
    if any(tokens[at - 1].word == "AS" for at in uses):
        return None
    first, after = uses[0], [t.text for t in tokens[uses[0] + 1 : uses[0] + 4]]
    clause = next((t.word for t in reversed(tokens[:first]) if t.depth == 0 and t.word in _CLAUSES), "")
    in_pattern = clause == "MATCH" and tokens[first].depth == 1 and tokens[first - 1].text == "("
    if not in_pattern or len(after) < 3 or after[0] != ":" or after[2] not in (")", "{"):
        return None
    for start in starts:
        carried = [[t.text for t in item] for item in _items(tokens, start)]
        if start > first and [variable] not in carried and ["*"] not in carried:
            return None
    return after[1] if after[1] in NODE_TYPES else None


def _holds(label: str | None, name: str) -> Holds | None:
    if label is None:
        return None
    if name == "key":
        return "open"
    declared = next((p for p in NODE_TYPES[label].properties if p.name == name), None)
    if declared is None:
        return None
    return "open" if not declared.sensitive else "name" if name == "name" else None
