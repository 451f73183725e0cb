"""The ready questions: one TOML file each; a sentence with choices, and one Cypher text behind it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

from graph_model.cypher_guard import check_reading
from graph_model.errors import BranchmapError, InputError, QueryRefused
from graph_model.schema import NODE_TYPES, label_of
from graph_model.schema.types import Term
from graph_model.store.driver import Row
from graph_model.store.store import Store
from graph_model.text import Language, Text

BUILT_IN = Path(__file__).with_name("questions")
MOST_ROWS = 1000
OWN_SECONDS = 10.0
"""How long a site's own question may take."""
KEYS = "keys"
"""The column that every question's text ends with: the keys of what the picture of a row shows."""

Show = Literal["node", "value", "any"]
_TOP = {"title", "params", "columns", "cypher"}
_OPTIONAL = {"theme", "words"}

OWN_THEME = "own"
THEMES: Mapping[str, Text] = {
    "areas": Text("居民区、商业区", "Areas"),
    "units": Text("单位", "Units"),
    "party": Text("党组织和党员", "Party organisations and members"),
    "meetings": Text("联席会议和议题", "Joint meetings and matters"),
    "activities": Text("结对、活动和表彰", "Pairs, activities and awards"),
    OWN_THEME: Text("自定义查询", "Questions of this office"),
}
"""What questions are about, in the order in which they are shown; a site's own stand under the last one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One blank of the sentence: a thing of one of `labels`, or one of `terms`."""

    name: str
    text: Text
    labels: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionColumn:
    """One column of the answer.

    A `node` column holds a key or a list of keys, never a name: names are looked up for whoever looks, and
    masked there. A `value` column holds a number, a date, a yes or no, or a term. An `any` column, in a site's own
    question, holds either, cell by cell.
    """

    name: str
    text: Text
    show: Show = "value"
    terms: Mapping[str, Text] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One ready question, as its file declares it.

    `own`: a site's own. `theme`: one of THEMES. `words`: how people ask it beside its title.
    """

    id: str
    title: Text
    choices: tuple[Choice, ...]
    columns: tuple[QuestionColumn, ...]
    cypher: str
    own: bool = False
    theme: str = OWN_THEME
    words: tuple[str, ...] = ()

    def sentence(self, chosen: Mapping[str, str], language: Language) -> str:
        """The title with the blanks filled by what was chosen, or by what is to be chosen."""
        blanks = {c.name: chosen.get(c.name, f"〔{c.text.in_(language)}〕") for c in self.choices}
        return self.title.in_(language).format(**blanks)


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """The rows of an answer, `keys` of everything in it, and whether there were more rows."""

    rows: tuple[Row, ...]
    keys: tuple[str, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions that can be asked, and the faults of the files that cannot."""

    questions: tuple[Question, ...]
    faults: tuple[BranchmapError, ...] = ()

    def question(self, id_: str) -> Question:
        """The question of an id; InputError names the ones there are."""
        for question in self.questions:
            if question.id == id_:
                return question
        known = "、".join(q.id for q in self.questions)
        raise InputError(
            f"没有问题 {id_}；可用的有：{known}", f"There is no question {id_}; there are: {known}"
        )


def answer_question(
    store: Store, question: Question, chosen: Mapping[str, str], *, limit: int = MOST_ROWS
) -> QuestionAnswer:
    """The answer for the chosen values: a key for a thing, a term's value for a term.

    InputError for a blank that was left empty or filled with what is no choice. The chosen things are in
    `keys` too, so that the picture shows what was asked about.
    """
    values = {c.name: _checked(question, c, chosen.get(c.name)) for c in question.choices}
    answer = store.ask(question.cypher, values, limit=limit, seconds=OWN_SECONDS if question.own else None)
    things = [values[c.name] for c in question.choices if c.labels]
    rows = tuple(_own_row(row) for row in answer.rows) if question.own else answer.rows
    in_rows = [str(k) for row in rows for k in row[KEYS] if k is not None]
    return QuestionAnswer(rows, tuple(dict.fromkeys((*things, *in_rows))), answer.truncated)


def _own_row(row: Row) -> Row:
    """A row with keys in place of whole things, and the keys of all that is in it where the text does not give them."""
    plain = {name: _as_key(value) for name, value in row.items()}
    keys = plain.get(KEYS, [key for value in plain.values() for key in thing_keys(value)])
    return {**plain, KEYS: keys}


def _as_key(value: Any) -> Any:
    if isinstance(value, Mapping) and "key" in value:
        return value["key"]
    return [_as_key(v) for v in value] if isinstance(value, list) else value


def thing_keys(value: object) -> tuple[str, ...]:
    """The keys of things in a value: it is one, or a list of nothing else; else none."""
    found = as_keys(value) if isinstance(value, str | list) else ()
    return found if all("_" in key[:4] and _label(key) is not None for key in found) else ()


def node_keys(question: Question, rows: Iterable[Row]) -> tuple[str, ...]:
    """The keys of everything that the rows name, for looking up what they are called."""
    columns = [
        (c.name, as_keys if c.show == "node" else thing_keys) for c in question.columns if c.show != "value"
    ]
    found = [k for row in rows for name, keys in columns for k in keys(row[name])]
    return tuple(dict.fromkeys(found))


def as_keys(value: object) -> tuple[str, ...]:
    """A node column's value as keys: one, several or none."""
    if value is None:
        return ()
    return tuple(str(v) for v in value if v is not None) if isinstance(value, list) else (str(value),)


def _checked(question: Question, choice: Choice, value: str | None) -> str:
    right = value is not None and (
        _label(value) in choice.labels if choice.labels else value in {t.value for t in choice.terms}
    )
    if not right:
        raise InputError(
            f"请先选择“{choice.text.zh}”。", f"Choose “{choice.text.en}” first ({question.id})."
        )
    return str(value)


def _label(key: str) -> str | None:
    try:
        return label_of(key)
    except KeyError:
        return None


# ---- reading the files


def read_questions(folders: Iterable[Path] = (BUILT_IN,)) -> Questions:
    """The questions of all files in the folders, by file name. A faulty file is named and the rest still stand."""
    questions: dict[str, Question] = {}
    faults: list[BranchmapError] = []
    for folder in folders:
        for file in sorted(folder.glob("*.toml")):
            try:
                own = folder != BUILT_IN
                questions[file.stem] = parse_question(file.stem, file.read_text("utf-8"), own=own)
            except (InputError, UnicodeDecodeError) as error:
                known = error if isinstance(error, InputError) else _fault(file.stem, "UTF-8", str(error))
                faults.append(known)
    return Questions(tuple(sorted(questions.values(), key=lambda q: q.id)), tuple(faults))


def parse_question(id_: str, text: str, *, own: bool = True) -> Question:
    """A question from the text of its file; InputError names the key that is wrong."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _fault(id_, "TOML", str(error)) from error
    if missing := sorted(_TOP - raw.keys()):
        raise _fault(id_, ", ".join(missing), Text("缺少这一项", "is missing"))
    if unknown := sorted(raw.keys() - _TOP - _OPTIONAL):
        raise _fault(id_, ", ".join(unknown), Text("不认识这一项", "is not known"))
    theme, words = raw.get("theme", OWN_THEME), raw.get("words", [])
    if theme not in THEMES:
        raise _fault(id_, "theme", " | ".join(THEMES))
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise _fault(id_, "words", Text("应为若干个词", "should be a list of words"))
    title = _text(id_, "title", raw["title"])
    choices = tuple(_choice(id_, name, table) for name, table in raw["params"].items())
    columns = tuple(_column(id_, name, table) for name, table in raw["columns"].items())
    for language in (title.zh, title.en):
        blanks = {name for _, name, _, _ in Formatter().parse(language) if name is not None}
        if blanks != {c.name for c in choices}:
            raise _fault(id_, "title", "{" + "}, {".join(c.name for c in choices) + "}")
    cypher = str(raw["cypher"].get("text", "")).strip() if isinstance(raw["cypher"], dict) else ""
    _check_cypher(id_, cypher, choices, columns, keys=not own)
    return Question(id_, title, choices, columns, cypher, own, theme, tuple(words))


def _check_cypher(
    id_: str, cypher: str, choices: tuple[Choice, ...], columns: tuple[QuestionColumn, ...], *, keys: bool
) -> None:
    """The text returns what is declared, and no name: names are masked by key only."""
    returned = cypher.rpartition("RETURN ")[2].partition("ORDER BY")[0]
    if not returned or (keys and f"AS {KEYS}" not in returned):
        said = f"RETURN … AS {KEYS}" if keys else "RETURN …"
        raise _fault(id_, "cypher.text", Text(f"应以 {said} 结尾", f"should end in {said}"))
    if lacking := [c.name for c in columns if not re.search(rf"\b{c.name}\b", returned)]:
        raise _fault(id_, "cypher.text", f"RETURN {', '.join(lacking)}")
    if lacking := [c.name for c in choices if f"${c.name}" not in cypher]:
        raise _fault(id_, "cypher.text", f"${', $'.join(lacking)}")
    try:
        check_reading(cypher)
    except QueryRefused as error:
        raise _fault(id_, "cypher.text", error.text) from error
    if re.search(r"\.(name|search)\b", returned):
        raise _fault(id_, "cypher.text", Text("RETURN 中用 .key，不用 .name", "return .key, not .name"))


def _choice(id_: str, name: str, table: Mapping[str, Any]) -> Choice:
    where = f"params.{name}"
    text = _text(id_, where, table)
    if "term" in table:
        label, _, property_ = str(table["term"]).partition(".")
        terms = NODE_TYPES[label].property(property_).terms if label in NODE_TYPES else ()
        if not terms:
            raise _fault(id_, f"{where}.term", "Unit.ownership")
        return Choice(name, text, terms=terms)
    labels = tuple(str(label) for label in table.get("labels", ()))
    open_ones = [t.label for t in NODE_TYPES.values() if t.survey and not t.of_people()]
    if not labels or not set(labels) <= set(open_ones):
        # people are not for choosing from a list
        raise _fault(id_, f"{where}.labels", " | ".join(open_ones))
    return Choice(name, text, labels)


def _column(id_: str, name: str, table: Mapping[str, Any]) -> QuestionColumn:
    where = f"columns.{name}"
    show = table.get("show", "value")
    if show not in get_args(Show):
        raise _fault(id_, f"{where}.show", " | ".join(get_args(Show)))
    terms = table.get("terms")
    if isinstance(terms, str):
        label, _, property_ = terms.partition(".")
        if label not in NODE_TYPES:
            raise _fault(id_, f"{where}.terms", "Unit.ownership")
        found = {t.value: t.text for t in NODE_TYPES[label].property(property_).terms}
    else:
        found = {v: _text(id_, f"{where}.terms.{v}", t) for v, t in (terms or {}).items()}
    return QuestionColumn(name, _text(id_, where, table), show, found or None)


def _text(id_: str, key: str, table: object) -> Text:
    try:
        return Text(table["zh"], table["en"])  # type: ignore[index]
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise _fault(id_, key, "zh, en") from error


def _fault(id_: str, key: str, right: str | Text) -> InputError:
    said = right if isinstance(right, Text) else Text(right, right)
    return InputError(
        f"问题文件 {id_}.toml 的“{key}”有误：{said.zh}",
        f"Question file {id_}.toml, key “{key}”: {said.en}",
    )
