"""How like foreign headings are to ours."""

import pytest

from loaders.forms.form import read_forms
from loaders.match.likeness import heading_key, is_spelling_of, likeness, same_but_for_words, spellings

FORMS = {f.id: f for f in read_forms()}


@pytest.mark.parametrize(
    ("heading", "form", "best"),
    [
        ("党支部书记名字", "branches", ("书记", 0.95)),
        ("党组织书记信息", "branches", ("书记", 0.95)),
        ("所在党组织信息", "members", ("组织关系所在党支部", 0.95)),
        ("入黨日期", "members", ("入党时间", 1.0)),
        ("入党时间（年月）", "members", ("入党时间", 1.0)),
        ("如党时间", "members", ("入党时间", 0.88)),
        ("企业名称信息", "units", ("单位名称", 0.95)),
        ("Date of birth", "members", ("出生年月", 1.0)),
    ],
)
def test_the_heading_that_is_meant_is_the_most_like(heading, form, best):
    found = likeness(heading_key(heading), FORMS[form])

    assert max(found.items(), key=lambda one: one[1]) == best


@pytest.mark.parametrize(
    ("heading", "form", "other"),
    [
        ("入党时间", "branches", "成立时间"),
        ("是否党员", "units", "申报党员总数"),
        ("学历", "members", "职务"),
    ],
)
def test_other_things_are_not_alike(heading, form, other):
    assert other not in likeness(heading_key(heading), FORMS[form])


def test_nothing_is_like_an_empty_heading():
    assert likeness("", FORMS["members"]) == {}
    assert likeness("(备注)", FORMS["members"]) == {}


def test_english_spellings_belong_to_headings_that_there_are():
    for form in FORMS.values():
        assert set(spellings(form)) == {c.heading for c in form.columns}


def test_words_that_say_nothing_are_passed_over():
    assert same_but_for_words("支部书记姓名", {"支部书记": "书记"}) == "书记"
    assert same_but_for_words("支部书记电话", {"支部书记": "书记"}) is None


def test_a_spelling_of_ours_is_told_from_one_that_is_like_it():
    assert is_spelling_of("所在党支部", FORMS["members"], "组织关系所在党支部")
    assert not is_spelling_of("现所在党组织", FORMS["members"], "组织关系所在党支部")
