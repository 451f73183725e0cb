"""The ready questions of this site: the built-in ones, then the site's own (data folder, questions/)."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from explorer.viewer import Viewer
from graph_model.coverage.questions import (
    BUILT_IN,
    KEYS,
    OWN_SECONDS,
    Question,
    Questions,
    parse_question,
    read_questions,
)
from graph_model.errors import InputError, file_error
from graph_model.private_file import write_private
from graph_model.schema import NODE_TYPES, node_type
from graph_model.store.store import Store

_FOLDER = "questions"
_KEPT = "own_"
"""How the files of questions begin that were kept on the page; others were put there by who runs the site."""
_LONGEST_NAME = 60
_PARAMETER = re.compile(r"\$(\w+)")
_ALIAS = re.compile(r"(?:^|\sAS\s+)(\w+)$", re.IGNORECASE)

CHOOSABLE = tuple(t.label for t in NODE_TYPES.values() if t.survey and not t.of_people())
"""The labels that a blank may stand for: people are not chosen from a list."""


def here(data: Path) -> Questions:
    """The questions of a site whose data lie in that folder; its own file replaces a built-in one of its name."""
    built_in, own = _built_in(), read_questions((data / _FOLDER,))
    known = {q.id: q for q in (*built_in.questions, *own.questions)}
    return Questions(tuple(known[id_] for id_ in sorted(known)), (*built_in.faults, *own.faults))


def shown_here(data: Path, viewer: Viewer) -> Questions:
    """The same, as this viewer is offered them: what was kept on the page may name people in any of its words."""
    known = here(data)
    if viewer.names:
        return known
    return replace(known, questions=tuple(q for q in known.questions if not q.id.startswith(_KEPT)))


@cache
def _built_in() -> Questions:
    return read_questions((BUILT_IN,))


def parameters_of(cypher: str) -> tuple[str, ...]:
    """The names of the blanks in a query's text, in their order.

    >>> parameters_of("MATCH (a {key: $area}) WHERE a.x > $least AND a.key <> $area RETURN a")
    ('area', 'least')
    """
    return tuple(dict.fromkeys(_PARAMETER.findall(cypher)))


def keep_question(store: Store, data: Path, name: str, cypher: str, labels: Mapping[str, str]) -> Question:
    """Keep an analyst's query as a question of this site, for everybody at it who may see names; the question.

    `labels`: the label of what fills each blank, {name in the text: label}. The query is tried with empty blanks.
    Without a file: InputError for a name that is empty or taken, and for a text that returns a name or has a column
    without a name; QueryRefused where the store does not answer it.
    """
    called, text = " ".join(name.split()), cypher.strip().rstrip(";").strip()
    if not called or len(called) > _LONGEST_NAME:
        raise InputError("请填写名称，不超过 60 字。", "Give it a name of at most 60 characters.")
    if any(q.title.zh == _title(called, labels) for q in here(data).questions):
        raise InputError(f"已经有名为“{called}”的查询。", f"There is a question called “{called}” already.")
    id_ = f"{_KEPT}{secrets.token_hex(4)}"
    body = "".join(f"{line}\n" for line in _lines(called, text, labels))
    question = parse_question(id_, body)
    store.ask(text, dict.fromkeys(labels, ""), limit=1, seconds=OWN_SECONDS)
    try:
        write_private(data / _FOLDER / f"{id_}.toml", body.encode())
    except OSError as error:
        raise file_error(error) from error
    return question


def remove_question(data: Path, id_: str) -> None:
    """Take away a question of this site; a built-in one stays. InputError where there is none of that id."""
    question = here(data).question(id_)
    if question.own:
        (data / _FOLDER / f"{id_}.toml").unlink(missing_ok=True)


def _lines(name: str, cypher: str, labels: Mapping[str, str]) -> Iterator[str]:
    """The question's file. A JSON text is a TOML text too."""
    title = json.dumps(_title(name, labels), ensure_ascii=False)
    yield f"title = {{ zh = {title}, en = {title} }}"
    yield "[params]"
    for parameter in parameters_of(cypher):
        if labels.get(parameter) not in CHOOSABLE:
            raise InputError(f"请选择“${parameter}”代表什么。", f"Choose what “${parameter}” stands for.")
        kind = node_type(labels[parameter]).text
        yield f"[params.{parameter}]"
        yield f"zh = {json.dumps(kind.zh, ensure_ascii=False)}"
        yield f"en = {json.dumps(kind.en, ensure_ascii=False)}"
        yield f'labels = ["{labels[parameter]}"]'
    yield "[columns]"
    for column in _columns(cypher):
        yield f'[columns."{column}"]\nzh = "{column}"\nen = "{column}"\nshow = "any"'
    yield "[cypher]"
    yield f"text = {json.dumps(cypher, ensure_ascii=False)}"


def _title(name: str, labels: Mapping[str, str]) -> str:
    """The name, with the blanks behind it."""
    safe = name.replace("{", "｛").replace("}", "｝")
    return safe + "".join(f" {{{parameter}}}" for parameter in labels)


def _columns(cypher: str) -> tuple[str, ...]:
    """The names of what a query returns; InputError where something has none."""
    *before, returned = re.split(r"\bRETURN\b", cypher, flags=re.IGNORECASE)
    if not before:
        raise InputError("查询语句没有返回结果。", "The query has to RETURN something.")
    returned = re.split(r"\b(?:ORDER\s+BY|SKIP|LIMIT)\b", returned, flags=re.IGNORECASE)[0]
    returned = re.sub(r"^\s*DISTINCT\b", "", returned, flags=re.IGNORECASE)
    found = []
    for part in _split(returned):
        alias = _ALIAS.search(part.strip())
        if alias is None or not alias[1].isidentifier():
            raise InputError(
                f"返回的“{part.strip()[:40]}”没有名称，请在语句中为其命名（文字和数字）。",
                f"Name what is returned as “{part.strip()[:40]}” with AS (letters and digits).",
            )
        found.append(alias[1])
    return tuple(dict.fromkeys(name for name in found if name != KEYS))


def _split(text: str) -> Iterator[str]:
    """The parts between commas that stand in no bracket and in no quotes."""
    depth, part, quote = 0, "", ""
    for sign in text:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"`":
            quote = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        if sign == "," and depth == 0 and not quote:
            yield part
            part = ""
        else:
            part += sign
    yield part
