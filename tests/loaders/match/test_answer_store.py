"""Answers are kept in one file of the data folder, added to and taken out of."""

import pytest

from graph_model.errors import InputError
from loaders.forms.answers import NO_ANSWERS, MatchAnswers, SheetAnswer, TermAnswer
from loaders.match.answer_store import (
    FILE,
    forget_answers,
    keep_answers,
    read_answer_file,
    read_site_answers,
)

SHEET = SheetAnswer(("单位", "姓名"), "members", {"姓名": "members/姓名", "单位": "note"})
WORD = TermAnswer("Unit.ownership", "民办", "private")


def test_answers_are_added_and_forgotten(tmp_path):
    assert read_site_answers(tmp_path) == NO_ANSWERS

    keep_answers(tmp_path, MatchAnswers((SHEET,)))
    keep_answers(tmp_path, MatchAnswers((), (WORD,)))
    assert read_site_answers(tmp_path) == MatchAnswers((SHEET,), (WORD,))

    forget_answers(tmp_path, MatchAnswers((SHEET,)))
    assert read_site_answers(tmp_path) == MatchAnswers((), (WORD,))


def test_nobody_else_may_read_the_file(tmp_path):
    keep_answers(tmp_path, MatchAnswers((SHEET,)))

    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_where_nothing_is_new(tmp_path):
    keep_answers(tmp_path, NO_ANSWERS)

    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe{", b"[]"])
def test_a_damaged_file_is_told_by_its_name(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)

    with pytest.raises(InputError, match=FILE):
        read_site_answers(tmp_path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="没有"):
        read_answer_file(tmp_path / "没有.json")
