"""Keep the answers about foreign sheets and words with the site: one file in the data folder."""

from __future__ import annotations

from pathlib import Path

from graph_model.errors import InputError
from graph_model.private_file import write_private
from loaders.forms.answers import NO_ANSWERS, UNREADABLE, MatchAnswers, answers_from_json, answers_to_json

FILE = "matches.json"
_MOST_BYTES = 64 * 2**20


def read_site_answers(data: Path) -> MatchAnswers:
    """The answers that are kept in a data folder; InputError where the file is damaged."""
    path = data / FILE
    return read_answer_file(path) if path.exists() else NO_ANSWERS


def read_answer_file(path: Path) -> MatchAnswers:
    """The answers of a file that was exported or written by hand; InputError where it is none or cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(
                f"{path.name} 太大，不是列对应文件。",
                f"{path.name} is too large to be a file of matched columns.",
            )
        return answers_from_json(path.read_text("utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"无法读取列对应文件 {path.name}：{error}",
            f"The file of columns {path.name} cannot be read: {error}",
            page=UNREADABLE,
        ) from error


def keep_answers(data: Path, answers: MatchAnswers) -> None:
    """Add answers to those of a data folder; newer ones stand in place of older ones about the same."""
    kept = read_site_answers(data)
    both = kept.updated(answers)
    if both != kept:
        write_private(data / FILE, answers_to_json(both).encode())


def forget_answers(data: Path, answers: MatchAnswers) -> None:
    """Take answers out of those of a data folder: what they are about is asked again."""
    kept = read_site_answers(data)
    sheets = {a.headings for a in answers.sheets}
    terms = {(a.property, a.word) for a in answers.terms}
    left = MatchAnswers(
        tuple(a for a in kept.sheets if a.headings not in sheets),
        tuple(a for a in kept.terms if (a.property, a.word) not in terms),
    )
    if left != kept:
        write_private(data / FILE, answers_to_json(left).encode())
