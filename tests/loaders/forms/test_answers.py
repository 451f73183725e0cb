"""Answers about foreign sheets and words: kept as JSON, and refused where they are none."""

import pytest

from graph_model.errors import InputError
from loaders.forms.answers import MatchAnswers, SheetAnswer, TermAnswer, answers_from_json, answers_to_json

ONE = MatchAnswers(
    (
        SheetAnswer(
            ("姓名", "所在支部"),
            "members",
            {"姓名": "members/姓名", "所在支部": "note"},
            True,
            "2026-11-27",
            "王",
        ),
    ),
    (TermAnswer("Unit.ownership", "民办非企业", "social"), TermAnswer("Unit.status", "存疑", None)),
)


def test_answers_come_back_from_their_file_as_they_were():
    assert answers_from_json(answers_to_json(ONE)) == ONE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"version": 2}',
        '{"version": 1, "sheets": [{"headings": [1], "form": "members"}]}',
        '{"version": 1, "sheets": [{"form": "members"}]}',
        '{"version": 1, "terms": 3}',
        "[" * 100_000,
    ],
)
def test_what_is_no_file_of_answers_is_refused_by_its_name(text):
    with pytest.raises(InputError, match="某处"):
        answers_from_json(text, "某处.json")


def test_a_newer_answer_stands_in_place_of_an_older_one():
    newer = MatchAnswers(
        (SheetAnswer(("姓名", "所在支部"), None),), (TermAnswer("Unit.status", "存疑", "open"),)
    )

    both = ONE.updated(newer)

    assert both.sheets == newer.sheets
    assert both.terms == (ONE.terms[0], newer.terms[0])
