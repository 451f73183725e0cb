"""A row of choices always has one chosen; a tick can be emptied."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from explorer.views.shared.widgets import ticks


def _row() -> None:
    import streamlit as st

    from explorer.views.shared.widgets import one_of

    st.text(one_of("视图", ("list", "rule"), str.upper, default="rule", key="view"))


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(_row).run()


def test_the_default_is_chosen_until_another_is(page: AppTest) -> None:
    assert page.text[0].value == "rule"
    page.button_group[0].set_value("list").run()
    assert page.text[0].value == "list"


@pytest.mark.parametrize("held", [None, "gone"])
def test_what_is_no_choice_leaves_the_default(page: AppTest, held: str | None) -> None:
    page.session_state["view"] = held
    page.run()
    assert page.text[0].value == "rule"


def test_choosing_nothing_leaves_the_default(page: AppTest) -> None:
    page.button_group[0].set_value(None).run()
    assert page.text[0].value == "rule"
    assert not page.exception


def test_a_tick_can_be_emptied_by_the_delete_key() -> None:
    column = pd.DataFrame({"tick": ticks([True, True, False])})
    column.iat[0, 0] = None  # what an edited table does with the key
    assert list(column["tick"].fillna(False)) == [False, True, False]
