"""Words that are asked: which property they are of, its terms, and each word once."""

from dataclasses import replace

from loaders.forms.form import read_forms
from loaders.forms.terms import TermQuestion, merged_questions, property_id, terms_of

QUESTION = TermQuestion("Unit.status", "休眠", "休 眠", 2, ("closed",), "a.xlsx", "单位", "C2")


def test_a_property_has_an_id_by_which_its_terms_are_found():
    forms = {f.id: f for f in read_forms()}
    ids = {
        property_id(form, column): column.property.terms
        for form in forms.values()
        for column in form.columns
        if column.property is not None and column.property.type == "term"
    }
    assert {"Unit.kind", "Unit.ownership", "Unit.status", "Branch.kind", "Member.gender"} <= ids.keys()
    assert {name: terms_of(name) for name in ids} == ids
    assert property_id(forms["members"], forms["members"].column("所在单位")) == ""


def test_what_is_no_property_has_no_terms():
    assert [terms_of(name) for name in ("", "Unit", "Unit.nothing", "Nothing.kind", "Unit.name")] == [
        ()
    ] * 5


def test_each_word_of_a_property_is_asked_once_at_its_first_place():
    later = replace(QUESTION, file="b.xlsx", cell="C9", count=3)
    other = replace(QUESTION, property="Unit.kind")
    assert merged_questions([QUESTION, other, later]) == (replace(QUESTION, count=5), other)


def test_the_problem_names_the_terms_and_the_nearest():
    assert QUESTION.fill()["right"] == "可用的值：正常经营、空壳、已停业；最接近的是“已停业”"
    assert replace(QUESTION, nearest=()).fill()["right_en"] == "one of: 正常经营, 空壳, 已停业"
