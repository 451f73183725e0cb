"""Dates: as exact as they are written, and asked where they may mean several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clean.dates import date_value
from loaders.clean.parse import DoubtfulMonth, ParseFault, UnlikelyValue


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2001", "2001"),
        ("2001年", "2001"),
        ("2001.12", "2001-12"),
        ("2001.02", "2001-02"),
        ("2001.2", "2001-02"),
        ("2001年12月", "2001-12"),
        ("2001年2月5日", "2001-02-05"),
        ("２００１年１２月", "2001-12"),
        ("200112", "2001-12"),
        ("20011205", "2001-12-05"),
        ("2001-12-5", "2001-12-05"),
        ("2001/12/05", "2001-12-05"),
        ("2001.12.5", "2001-12-05"),
        ("2001-12-05 00:00:00", "2001-12-05"),
        ("2001-12-05T03:04:05", "2001-12-05"),
        ("2001/12/5 0:00", "2001-12-05"),
        ("2001/12/5 12:00:00 AM", "2001-12-05"),
        ("2001年12月5日 0:00", "2001-12-05"),
        ("2001年12月份", "2001-12"),
        ("2001年12月5号", "2001-12-05"),
        ("37230", "2001-12-05"),
        ("2004-02-29", "2004-02-29"),
        ("  年  月", None),
        (" ", None),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(text, value):
    assert date_value(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "2001.13",
        "2001-02-30",
        "200100",
        "2001 10:30",
        "2001-12 00:00",
        "去年",
        "12.2001",
        "1899",
        "1",
        "²⁰⁰¹年x",
    ],
)
def test_a_date_that_does_not_exist_is_a_fault(text):
    assert isinstance(date_value(text), ParseFault)


def test_a_month_that_may_have_lost_its_zero_is_doubtful():
    assert date_value("2001.1") == DoubtfulMonth("2001", "2001-01")


def test_a_date_after_the_survey_is_unlikely_as_far_as_both_are_exact():
    assert date_value("2006-11", "2006-10") == UnlikelyValue("2006-11", "2006-10")
    assert date_value("2006-10-31", "2006-10") == "2006-10-31"
    assert date_value("2006", "2006-10") == "2006"


@given(st.text(alphabet="0123456789.-/年月日 ０１", max_size=12))
def test_a_parsed_date_is_a_date_and_parses_to_itself(text):
    value = date_value(text)
    if isinstance(value, str):
        assert date_value(value) == value


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("19987", "1998.07 或 1954.09.20"),
        ("19987.0", "1998.07 或 1954.09.20"),
        ("20011", "2001.01 或 1954.10.14"),
        ("19990", "1954.09.23"),
        ("980701", "四位数"),
        ("9807", "四位数"),
        ("0107", "四位数"),
        ("98071", "四位数"),
        ("010203", "四位数"),
        ("680101", "四位数"),
    ],
)
def test_digits_that_may_mean_several_dates_are_asked(text, right):
    found = date_value(text, "2006-10")
    assert isinstance(found, ParseFault)
    assert right in found.right.zh


@given(st.integers(10_000, 99_999))
def test_a_number_of_five_digits_is_a_day_before_the_survey_or_asked(number):
    found = date_value(str(number), "2006-10")
    assert isinstance(found, ParseFault) or "1900" <= found[:4] <= "2006"


@given(
    st.integers(1900, 2006),
    st.integers(1, 12),
    st.sampled_from(["{:04}-{:02}", "{:04}.{:02}", "{:04}{:02}"]),
)
def test_a_month_stays_a_month(year, month, way):
    found = date_value(way.format(year, month), "2006-12")
    assert found == f"{year:04}-{month:02}"
