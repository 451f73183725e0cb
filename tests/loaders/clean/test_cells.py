"""What a cell says, without what is not of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clean.cells import clean_cell, clean_column


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("青松物业\u200b", "青松物业"),
        ("\ufeff青\u2060松\u202a物业\u3164", "青松物业"),
        ("✔\ufe0f", "✔"),
        ("'0012", "0012"),
        ("‘0012", "0012"),
        ("`0012", "0012"),
        ('="0012"', "0012"),
        ('= "甲""乙"', '甲"乙'),
        ("O'Neil", "O'Neil"),
        ("'甲'物业", "'甲'物业"),
        ("=1+1", "=1+1"),
        ("'", None),
        ('=""', None),
        ("", None),
        (" 　\n", None),
        ("\u200b", None),
        ("张\ue863", "张䶮"),
        ("⻢超", "马超"),
        (" 张 三 ", " 张 三 "),
    ],
)
def test_a_cell_says_what_it_says_without_the_marks_of_others(text, said):
    assert clean_cell(text) == said


@given(st.lists(st.none() | st.text("张'=\"\u200b \n1a\ue863", max_size=6)))
def test_a_column_is_cleaned_as_its_cells_are(column):
    assert list(clean_column(column)) == [None if c is None else clean_cell(c) for c in column]


@given(st.text("张'=\"\u200b \n1a", max_size=6))
def test_a_clean_cell_without_an_apostrophe_stays_as_it_is(text):
    said = clean_cell(text)
    if said is not None and not said.strip().startswith(("'", "=")):
        assert clean_cell(said) == said


def test_a_column_with_nothing_to_clean_is_the_column_itself():
    column = ["张三", None, "O'Neil"]
    assert clean_column(column) is column
