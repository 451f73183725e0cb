"""Words as they are asked: names masked, the nearest term first, and which choices are answers."""

from datetime import date

from explorer.loading.word_questions import EMPTY, answers_of_choices, shown_words, word_values
from explorer.viewer import Viewer
from graph_model.keys import KeyMaker
from loaders.forms.answers import TermAnswer
from loaders.survey import read_round
from tests.support.books import save

UNITS = [["单位名称", "性质", "经营状态"], ["甲", "外商独资", "个体"], ["乙", "外商独资", "吊销"]]
PEOPLE = [["姓名", "性别"], ["张小三", "李小四"]]


def shown(tmp_path, *, names=True, **sheets):
    book = save(tmp_path / "a.xlsx", **sheets)
    reading = read_round([book], keys=KeyMaker(b"test"), round="2024-06")
    return shown_words(reading, Viewer(names=names))


def test_what_is_asked_comes_first_with_the_nearest_of_its_terms(tmp_path):
    words = shown(tmp_path, 单位=UNITS)
    assert [(w.text, w.asked, w.terms[0].value, w.now, w.place) for w in words] == [
        ("外商独资", True, "foreign", "foreign", "a.xlsx · 单位 · B2"),
        ("个体", True, "operating", None, "a.xlsx · 单位 · C2"),
        ("吊销", False, "closed", "closed", "a.xlsx · 单位 · C3"),
    ]
    assert [len(w.terms) for w in words] == [8, 3, 3]
    assert [t.zh for t in words[0].of] == ["性质", "单位"]


def test_a_word_of_two_characters_is_offered_its_nearest_term_and_none_is_proposed(tmp_path):
    [word] = shown(tmp_path, 单位=[["单位名称", "性质"], ["甲", "个体"]])
    assert (word.terms[0].value, word.now) == ("collective", None)


def test_who_may_not_see_names_sees_of_a_word_that_may_be_one_no_more_than_in_the_problems(tmp_path):
    [seen] = shown(tmp_path, 党员=PEOPLE)
    [masked] = shown(tmp_path, names=False, 党员=PEOPLE)
    assert (seen.text, seen.hidden) == ("李小四", False)
    assert (masked.text, masked.hidden, masked.now) == ("李**", True, None)
    assert word_values([masked]) == [
        {
            "property": "Member.gender",
            "word": "李**",
            "count": 1,
            "place": "a.xlsx · 党员 · B2",
            "nearest": [],
            "code": "unknown_term",
            "taken": None,
        }
    ]


def test_an_answer_is_what_was_chosen_for_a_word_that_is_asked_or_otherwise_than_before(tmp_path):
    words = shown(tmp_path, 单位=UNITS)
    day = date(2026, 11, 28)
    assert answers_of_choices(words, {0: "foreign", 1: None, 2: "closed"}, day, "li") == (
        TermAnswer("Unit.ownership", "外商独资", "foreign", "2026-11-28", "li"),
    )
    assert answers_of_choices(words, {1: EMPTY, 2: EMPTY}, day, "") == (
        TermAnswer("Unit.status", "个体", None, "2026-11-28"),
        TermAnswer("Unit.status", "吊销", None, "2026-11-28"),
    )
