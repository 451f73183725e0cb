"""Which month names and titles mean, and when none is proposed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.text import Text
from loaders.round_names import months_in, propose

FILE, TITLE = Text("文件名", "a file's name"), Text("表题", "a title")


@pytest.mark.parametrize(
    "text",
    [
        "2024-06",
        "2024年6月",
        "2024 年 06 月",
        "2024年6月30日",
        "202406",
        "20240630",
        "2024.06",
        "2024-6",
        "2024_06",
        "2024.6.30",
        "2024-06-30",
        "２０２４年６月",
        "二〇二四年六月",
        "二○二四年六月党员花名册",
        "兰桥街道党员花名册（202406）修改3",
        "截至2024年6月30日兰桥街道2024年6月党员花名册",
        "2024年6月至今",
    ],
)
def test_a_text_that_names_one_month(text: str) -> None:
    assert set(months_in(text)) == {"2024-06"}


@pytest.mark.parametrize(
    "text",
    [
        "党员花名册",
        "2024年党员花名册",
        "2024年1季度",
        "2023-2024学年",
        "2024-1学期",
        "2024年13月",
        "2024年5月-6月",
        "2024年5月至6月",
        "2024-05-01—2024-06-30",
        "13800202406",
        "110101202406011234",
        "6月",
        "1024年6月",
        "2024-0630",
    ],
)
def test_a_text_that_names_none(text: str) -> None:
    assert months_in(text) == {}


@given(
    st.integers(1900, 2099),
    st.integers(1, 12),
    st.sampled_from(["{}年{}月", "{}-{:02}", "{}.{}", "{}{:02}"]),
)
def test_every_month_is_understood_in_every_writing(year: int, month: int, written: str) -> None:
    assert set(months_in("党员" + written.format(year, month) + "花名册")) == {f"{year}-{month:02}"}


@given(st.text())
def test_any_text_gives_months_of_the_calendar_only(text: str) -> None:
    assert all(1900 <= int(m[:4]) <= 2099 and 1 <= int(m[5:]) <= 12 for m in months_in(text))


def test_the_first_level_that_names_a_month_decides() -> None:
    found = propose([[(FILE, "党员.xlsx")], [(TITLE, "2024年6月党员花名册")], [(TITLE, "2023年1月")]])
    assert found is not None
    assert (found.round, found.source.zh) == ("2024-06", "表题中的“2024年6月”")


def test_two_months_on_one_level_are_never_chosen_between() -> None:
    assert propose([[(FILE, "202405.xlsx"), (FILE, "202406.xlsx")], [(TITLE, "2024年6月")]]) is None
