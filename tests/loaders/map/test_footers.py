"""What stands around a table is told from its rows."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.map.footers import ENDINGS, OPENINGS, STROKES, is_day, is_footer, is_footer_row, may_be_signed

FOOTERS = (
    "制表人:王五",
    "制 表 人: 王五",
    "填报单位(盖章):青松物业",
    "单位负责人(签字)",
    "主要负责人签字:",
    "备注2:以上属实",
    "本页以下空白",
    "——以下无正文——",
    "第 1 页 共 3 页",
    "共 3 页",
    "填表说明",
    "------",
    "*填表人:赵六",
    "审核日期 2006-10-15",
)
ROWS = ("负责任", "联系人服务公司", "联系小区党支部", "印章厂", "王五", "青松物业", "注册会计师", "12", "")
DAYS = (
    "2006年10月15日",
    "2006年10月",
    "二〇〇六年十月十五日",
    "年 月 日",
    "____年__月__日",
    "2006-10-15",
    "2006/1/5",
    "2006-10-15 00:00:00",
)


@pytest.mark.parametrize("text", FOOTERS)
def test_footers(text: str) -> None:
    assert is_footer(text)
    assert is_footer_row([text])


@pytest.mark.parametrize("text", ROWS)
def test_what_only_begins_so_is_a_row(text: str) -> None:
    assert not is_footer(text)
    assert not is_footer_row([text])


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    assert is_day(text)


@pytest.mark.parametrize(
    "text", ["200610", "2006-10", "2006-10/15", "2006-10-15 08:30", "10月", "1998年的公司", ""]
)
def test_what_is_no_day_of_a_signature(text: str) -> None:
    assert not is_day(text)


@pytest.mark.parametrize(
    ("texts", "footer"),
    [
        (["制表人", "王五", "审核人:", "赵六", "2006年10月15日"], True),
        (["联系电话", "12345"], True),
        (["填报人:", "12"], True),
        (["联系人", "3"], False),
        (["王五", "制表人"], False),
        (["制表人", "王五", "赵六"], False),
        (["负责人", "甲" * 21], False),
        ([], False),
    ],
)
def test_a_row_of_footers_and_what_is_filled_in_beside_them(texts: list[str], footer: bool) -> None:
    assert is_footer_row(texts) is footer


def test_most_texts_are_seen_at_once_to_be_none() -> None:
    for text in (*FOOTERS, *DAYS):
        assert text[0] in OPENINGS or text[-1] in ENDINGS or text[4] in STROKES


@example("章:0")
@example("王(章)五")
@given(st.text("制表人填写:() 王五签字章年月日0-/以下空白注", min_size=1, max_size=20))
def test_whatever_is_recognised_begins_or_ends_so(text: str) -> None:
    tidy = " ".join(text.split())
    if is_footer(tidy) or is_day(tidy):
        assert tidy[0] in OPENINGS or tidy[-1] in ENDINGS or tidy[4:5] in STROKES or may_be_signed(tidy)
