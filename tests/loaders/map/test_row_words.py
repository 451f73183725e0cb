"""Words that are no person, unit, branch or area: told from names, in time that grows with the text only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.forms.form import read_forms
from loaders.map.row_words import (
    bare,
    close,
    is_enumerated,
    is_example,
    is_group,
    is_placeholder,
    kind_of,
    may_be_examples,
    may_be_no_person,
    means_nothing,
    names_nobody,
)

KINDS = ("people", "Unit", "Branch", "area", "other", "totals")


def test_what_the_rows_of_each_form_are() -> None:
    found = {form.id: kind_of(form) for form in read_forms()}
    assert set(found.values()) <= set(KINDS)
    assert [found[id_] for id_ in ("members", "branches", "totals") if id_ in found] == [
        "people",
        "Branch",
        "totals",
    ]


@pytest.mark.parametrize(
    ("text", "tight"), [("在 职 党 员", "在职党员"), ("Li Na", "Li Na"), ("甲 A", "甲 A"), ("", "")]
)
def test_spaces_go_between_chinese_characters_only(text: str, tight: str) -> None:
    assert close(text) == tight


@pytest.mark.parametrize(
    "text",
    ["无", "(无)", "——", "某某", "空岗", "暂无此项", "无此项", "本月无人员", "本社区无党支部", "___"],
)
def test_words_for_nothing(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize("text", ["无锡物业", "吴无", "略阳", "无名居委会", "某某物业"])
def test_names_that_begin_like_nothing_are_something(text: str) -> None:
    assert not means_nothing(text)


@pytest.mark.parametrize(
    ("text", "anywhere", "as_name"),
    [
        ("示例1:", True, True),
        ("填表说明:用正楷", True, True),
        ("例:张三", False, True),
        ("张三(例)", False, True),
        ("请填写姓名", False, True),
        ("测试", False, True),
        ("例会", False, False),
        ("测试中心", False, False),
    ],
)
def test_examples_in_any_cell_and_where_a_name_stands(text: str, anywhere: bool, as_name: bool) -> None:
    assert (is_example(text, name=False), is_example(text, name=True)) == (anywhere, as_name)
    if as_name:
        assert may_be_examples(["甲", text])


def test_a_column_without_a_hint_is_not_looked_at() -> None:
    assert not may_be_examples(["王五", "青松物业", ""])


def test_placeholders_are_told_from_names() -> None:
    assert [is_placeholder(t) for t in ("某某公司", "××物业", "○○支部", "XX公司", "某公司")] == [
        True
    ] * 4 + [False]


@pytest.mark.parametrize(
    ("text", "kind", "alone", "is_title"),
    [
        ("一、在职党员(共12人)", "people", False, True),
        ("退休", "people", False, True),
        ("张新村", "people", False, False),
        ("欧阳建城", "people", True, False),
        ("集体企业", "Unit", False, True),
        ("集体企业", "totals", False, False),
        ("第一网格", "Unit", False, True),
        ("青松社区", "Unit", False, False),
        ("青松社区", "Unit", True, True),
        ("非公党支部", "Branch", True, True),
        ("老旧小区", "area", True, True),
        ("2006年党员花名册", "other", False, True),
        ("王五", "other", True, False),
        ("甲" * 61, "people", True, False),
    ],
)
def test_titles_of_groups(text: str, kind: str, alone: bool, is_title: bool) -> None:
    assert is_group(text, kind, alone=alone) is is_title  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("(二)预备党员(共3人)", "预备党员"),
        ("第一类:集体企业", "集体企业"),
        ("3、退休党员:5人", "退休党员"),
        ("其中:女党员", "女党员"),
        ("女党员(在职)(共3人), 5名", "女党员"),
        ("", ""),
        ("()", ""),
    ],
)
def test_a_title_without_what_counts_it(text: str, title: str) -> None:
    assert bare(text) == title


def test_numbers_of_groups() -> None:
    assert [is_enumerated(t) for t in ("一、甲", "(十二)甲", "第3批甲", "II.甲", "1、甲", "一甲")] == [
        True
    ] * 4 + [False] * 2


@pytest.mark.parametrize(
    "text", ["(二)预备党员", "青松物业党支部", "新发展党员", "发展对象", "2006年新发展党员", "女性"]
)
def test_what_may_be_shown_to_everybody(text: str) -> None:
    assert names_nobody(text)
    assert may_be_no_person(text)


@pytest.mark.parametrize("text", ["王小明", "王小明等困难党员", "党员" * 101])
def test_what_may_hold_a_name_is_not_shown(text: str) -> None:
    assert not names_nobody(text)


# a person can type these, and each took twice as long with every pair more
@pytest.mark.parametrize(
    "text",
    ["甲" + "()" * 28 + "x", "甲" + "(1人)" * 14 + "x", "新发展" * 60 + "x", "甲" + " " * 30_000 + "x"],
)
def test_no_text_takes_long(text: str) -> None:
    assert not names_nobody(text)
    for kind in KINDS:
        assert not is_group(text, kind, alone=True)  # type: ignore[arg-type]


def test_what_is_too_long_for_a_title_is_left_as_it_is() -> None:
    assert bare("一、党员" * 60) == "一、党员" * 60


@settings(max_examples=60)
@given(st.text("一二三()共计人家1234、:, 甲党员其中女", max_size=25))
def test_a_bare_title_is_a_part_of_the_text(text: str) -> None:
    assert bare(text) in close(text)
    # what is bare has nothing behind it that counts it
    assert len(bare(text)) <= len(text)
