"""What the user answered about foreign sheets and words, as values and as a JSON file that can be taken along."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from graph_model.errors import InputError
from graph_model.text import Text

NOTE = "note"
"""The target of a column that is kept as a named extra value of the row's thing."""
LEAVE = "leave"
"""The target of a column that is left out."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """An answer about every sheet with this set of headings.

    `headings`: sorted, as compared. `form`: the id of the form that gives each row its thing; None: left out.
    `columns`: heading as compared -> "form/heading", NOTE or LEAVE; targets of another form than `form` make
    further things of the same row. `band`: rows across the table, or a title, say the branch of the rows below.
    `answered`: the day, as 2026-11-27. `by`: who, "" for the system's user.
    """

    headings: tuple[str, ...]
    form: str | None
    columns: Mapping[str, str] = field(default_factory=dict)
    band: bool = False
    answered: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """A word that stands for a term of a list. `property`: as "Unit.status". `term`: as stored; None: left empty."""

    property: str
    word: str
    term: str | None
    answered: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class MatchAnswers:
    """All answers of a site, of a load, or of a file that was taken along."""

    sheets: tuple[SheetAnswer, ...] = ()
    terms: tuple[TermAnswer, ...] = ()

    def updated(self, newer: MatchAnswers) -> MatchAnswers:
        """With newer answers, which stand in place of older ones about the same headings or word."""
        sheets = {a.headings: a for a in (*self.sheets, *newer.sheets)}
        terms = {(a.property, a.word): a for a in (*self.terms, *newer.terms)}
        return MatchAnswers(tuple(sheets.values()), tuple(terms.values()))


NO_ANSWERS = MatchAnswers()
UNREADABLE = Text(
    "已保存的列对应无法读取，请联系系统管理员。",
    "The columns that were kept cannot be read: ask the administrator.",
)
"""What a page says of a damaged file of answers."""


def answers_to_json(answers: MatchAnswers) -> str:
    """The text of the file."""
    value = {"version": _VERSION, **asdict(answers)}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def answers_from_json(text: str, name: str = "matches.json") -> MatchAnswers:
    """The answers behind the text of a file; InputError for what is none. `name`: of the file, for the message."""
    try:
        value = json.loads(text)
        if value["version"] != _VERSION:
            raise ValueError
        return answers_of(value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{name} 不是列对应文件，或由更新的版本写成。请用“branchmap matches export”导出的文件。",
            f"{name} is no file of matched columns, or was written by a newer version. Use a file that "
            "“branchmap matches export” wrote.",
            page=UNREADABLE,
        ) from error


def answers_of(value: Mapping[str, Any]) -> MatchAnswers:
    """The answers behind their JSON value; ValueError, KeyError, TypeError or AttributeError for what is none."""
    return MatchAnswers(
        tuple(
            SheetAnswer(
                tuple(sorted(_text(h) for h in one["headings"])),
                _text_or_none(one["form"]),
                {_text(h): _text(t) for h, t in one.get("columns", {}).items()},
                one.get("band", False) is True,
                _text(one.get("answered", "")),
                _text(one.get("by", "")),
            )
            for one in value.get("sheets", ())
        ),
        tuple(
            TermAnswer(
                _text(one["property"]),
                _text(one["word"]),
                _text_or_none(one["term"]),
                _text(one.get("answered", "")),
                _text(one.get("by", "")),
            )
            for one in value.get("terms", ())
        ),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)
