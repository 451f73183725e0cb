"""What is odd in a column: told cell by cell or together, the values settled; and what answers make of words."""

import pytest

from graph_model.schema import NODE_TYPES
from loaders.clean.fillers import Above, Noted
from loaders.clean.parse import DoubtfulMonth
from loaders.clean.parsers import MOST_WORDS, Odd, parser_for, question_of, settle
from loaders.forms.answers import TermAnswer

STATUS = NODE_TYPES["Unit"].property("status")


def settled(texts, answers=(), numbers=()):
    parse = parser_for(STATUS, "2006-10", answers)
    values = [parse(t) if t else None for t in texts]
    odd = list(settle(values, texts, range(len(texts)), lambda at: at in numbers))
    return values, odd


def test_cells_of_one_word_are_told_together_after_the_others():
    values, odd = settled(["营业", "休眠", None, "休 眠", "睡" * 41])
    assert values == ["operating", None, None, None, None]
    assert [(o.code, list(o.rows), o.text, o.word) for o in odd] == [
        ("unknown_term", [4], "睡" * 41, None),
        ("unknown_term", [1, 3], "休眠", "休眠"),
    ]


def test_what_becomes_a_number_of_a_phone_without_its_spaces_is_no_word_to_be_kept():
    phone = " ".join("1" + "39" + "0" * 8)
    _, [odd] = settled([f"休眠{phone}"])
    assert (odd.together, odd.word) == (False, None)


def test_of_very_many_different_words_each_cell_is_told():
    words = [f"{n}号" for n in range(MOST_WORDS + 2)]
    _, odd = settled(words)
    assert [o.together for o in odd] == [False] * 2 + [True] * MOST_WORDS


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (TermAnswer("Unit.status", "休 眠", "shell"), "shell"),
        (TermAnswer("Unit.status", "休眠", "空壳"), "shell"),
        (TermAnswer("Unit.status", "休眠", None), None),
    ],
)
def test_an_answer_gives_a_word_its_meaning(answer, value):
    values, [odd] = settled(["休眠"], [answer])
    assert values == [value]
    assert (odd.code, odd.word, odd.taken) == ("answered_term", "休眠", value)


def test_an_answer_comes_before_a_usual_synonym_and_never_before_a_term():
    answers = [TermAnswer("Unit.status", "存续", "shell"), TermAnswer("Unit.status", "空壳", "operating")]
    assert settled(["存续", "空壳"], answers)[0] == ["shell", "shell"]


def test_an_answer_that_names_no_term_of_the_list_is_none():
    assert settled(["休眠"], [TermAnswer("Unit.status", "休眠", "sleeping")])[1][0].code == "unknown_term"


def test_a_mark_for_the_value_above_means_what_was_settled_above():
    values = ["a", Noted("b", "near_term"), Above(), DoubtfulMonth("2001", "2001-10"), Above()]
    odd = list(settle(values, ["a", "b", "同上", "2001.1", "同上"], range(5), lambda at: at == 3))
    assert values == ["a", "b", "b", "2001", "2001"]
    assert [(o.code, list(o.rows)) for o in odd] == [
        ("ambiguous_month", [3]),
        ("near_term", [1]),
        ("value_above", [2, 4]),
    ]


def test_a_question_has_the_nearest_terms_or_what_was_taken():
    asked = question_of(
        "Unit.status", Odd("unknown_term", [4, 5], "停业整顿", word="停业整顿"), "a", "b", "C6"
    )
    assert asked is not None
    assert (asked.nearest, asked.count, asked.taken) == (("closed",), 2, None)
    near = Odd("near_term", [1], "吊销", word="吊销", taken="closed")
    found = question_of("Unit.status", near, "a", "b", "C3")
    assert found is not None
    assert (found.nearest, found.taken) == (("closed",), "closed")
    assert question_of("Unit.status", Odd("value_above", [1], "同上"), "a", "b", "C3") is None
