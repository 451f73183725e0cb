"""Words for no value, and marks for the value above."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.schema import NODE_TYPES
from loaders.clean.fillers import (
    UNKNOWN,
    Above,
    Noted,
    is_above,
    is_unknown,
    may_have_fillers,
    with_above,
    with_unknown,
)
from loaders.clean.parse import ParseFault, are_plain, integer_value, name_value, names_value
from loaders.clean.parsers import keeps_text, parser_for
from loaders.clean.yes_no import yes_no_value

NO_VALUE = Noted(None, "unknown_word")


@pytest.mark.parametrize(
    "text",
    [
        *sorted(UNKNOWN),
        "—",
        "——",
        "－",
        "/",
        "／",
        "\\",
        "N/A",
        "NA",
        "（无）",
        "无。",
        " 不 详 ",
        "……",
        "()",
        "。",
        "-" * 20,
    ],
)
def test_what_says_that_there_is_no_value(text):
    assert with_unknown(name_value)(text) == NO_VALUE
    assert with_unknown(integer_value)(text) == NO_VALUE


@pytest.mark.parametrize("text", ["无锡路居民区", "空港物业", "略阳路", "-1", "0", "A/B", "（甲）", "√"])
def test_what_only_looks_like_it(text):
    assert not is_unknown(text)


@pytest.mark.parametrize(
    "text", ["同上", "同前", "〃", "″", "＂", "“", "''", "同 上", "（同上）", "同上。", "仝上", "々", "∥"]
)
def test_what_means_the_value_above(text):
    assert with_above(name_value, allowed=True)(text) == Above()
    assert isinstance(with_above(name_value, allowed=False)(text), ParseFault)


def test_another_cell_than_the_one_above_is_a_fault():
    for text in ("同左", "同上、甲物业", "同上、无"):
        assert isinstance(with_above(with_unknown(names_value), allowed=True)(text), ParseFault)


def test_no_is_a_legal_value_where_yes_or_no_is_asked():
    asked = with_unknown(yes_no_value, legal_first=True)
    assert (asked("无"), asked("×"), asked("—"), asked("不详")) == (False, False, NO_VALUE, NO_VALUE)


def test_a_list_loses_the_words_that_name_nothing():
    asked = with_unknown(names_value)
    assert asked("甲物业、无") == Noted(("甲物业",), "unknown_word")
    assert asked("甲物业、乙物业") == ("甲物业", "乙物业")


WORDS = st.sampled_from(
    [*UNKNOWN, "同上", "〃", "张三", "-", "——", "NA", "Null", "（无）", "甲物业", "无。"]
)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_no_such_word_is_passed_over_in_a_column_of_plain_texts(texts):
    if are_plain(texts) and not may_have_fillers(texts):
        assert not any(is_unknown(t) or is_above(t) for t in texts)
    if keeps_text(name_value, texts):
        assert [with_above(with_unknown(name_value), allowed=True)(t) for t in texts] == texts


def test_no_legal_value_is_taken_for_no_value():
    for prop in (p for n in NODE_TYPES.values() for p in n.properties if p.terms):
        asked = with_unknown(parser_for(prop, "2006-10"), legal_first=True)
        assert [asked(t.text.zh) for t in prop.terms] == [t.value for t in prop.terms]
