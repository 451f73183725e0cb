"""Notes that people write on things of the graph: add, list, remove. A load never touches them."""

from __future__ import annotations

import getpass
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from explorer.answers import Answers
from explorer.viewer import Viewer
from graph_model.errors import InputError
from graph_model.graph import Node
from graph_model.schema import label_of
from graph_model.store.store import now

LABEL = "Note"
LONGEST = 4000
LONGEST_AUTHOR = 60
USER = "BRANCHMAP_USER"
_ON_ONE = "MATCH (n:Note) WHERE n.subject = $key RETURN properties(n) AS said ORDER BY n.key"


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `body` is None for a viewer without the right to names: a note may hold one anywhere."""

    key: str
    subject: str
    body: str | None
    author: str
    written: str


def author_of(environ: Mapping[str, str]) -> str:
    """Who writes, unless they say otherwise: BRANCHMAP_USER, else the account that runs this; "" for neither."""
    given = environ.get(USER, "").strip()
    if given:
        return given[:LONGEST_AUTHOR]
    try:
        return getpass.getuser()[:LONGEST_AUTHOR]
    except (OSError, KeyError, ImportError):  # no such account, as in some containers
        return ""


def add(answers: Answers, subject: str, body: str, author: str) -> str:
    """Write a note on the thing with that key; returns the note's key.

    InputError for an empty text, one that is too long, and a thing that is not (or no longer) there.
    """
    text = body.strip()
    if not text:
        raise InputError("备注是空的：请先写内容。", "The note is empty: write something first.")
    if len(text) > LONGEST:
        raise InputError(
            f"备注有 {len(text)} 字，最多 {LONGEST} 字。请缩短，或分成几条。",
            f"The note has {len(text)} characters, {LONGEST} are the most. Shorten it, or write several.",
        )
    if not answers.nodes([subject]):
        raise InputError(
            "要备注的对象不在当前数据中，请刷新页面后重试。",
            "What the note is about is not in the present data. Reload the page and try again.",
        )
    key = f"n_{uuid.uuid4().hex[:20]}"
    written = now()
    # the name is what lists show to everybody, so it holds nothing of the text
    values = {
        "name": f"{written[:10]} {author.strip()[:LONGEST_AUTHOR]}".strip(),
        "subject": subject,
        "body": text,
        "author": author.strip()[:LONGEST_AUTHOR],
        "written": written,
    }
    answers.store.put([Node(LABEL, key, values)])
    return key


def notes_on(answers: Answers, subject: str, viewer: Viewer) -> tuple[Note, ...]:
    """The notes on one thing, the newest first; without their texts for a viewer who may not see names."""
    rows = answers.store.ask(_ON_ONE, {"key": subject}).rows
    found = [_note(Node(LABEL, str(row["said"]["key"]), row["said"]), viewer) for row in rows]
    return tuple(sorted(found, key=lambda n: (n.written, n.key), reverse=True))


def remove(answers: Answers, key: str) -> None:
    """Remove a note; InputError for a key that is no note's. One that is gone already is no fault."""
    try:
        is_note = label_of(key) == LABEL
    except KeyError:
        is_note = False
    if not is_note:
        raise InputError("这不是一条备注的标识。", "This is not the key of a note.")
    answers.store.put([], removed=[key])


def _note(node: Node, viewer: Viewer) -> Note:
    said = node.properties
    return Note(
        node.key,
        str(said.get("subject", "")),
        str(said.get("body", "")) if viewer.names else None,
        str(said.get("author", "")),
        str(said.get("written", "")),
    )
