"""Which columns may hold a name, and which values of problems may be shown to everybody."""

from __future__ import annotations

import pytest

from graph_model.text import Text
from loaders.forms.form import read_forms
from loaders.map.sensitive import (
    is_in_sensitive_column,
    lists_people,
    may_contain_name,
    sensitive_columns,
)
from loaders.problems import HIDDEN, Problem

FORMS = {form.id: form for form in read_forms()}
FILE = ("a.xlsx", "表")


def found(value: str, cell: str = "C3", code: str = "bad_value", sheet: str = "表") -> Problem:
    return Problem(code, False, "a.xlsx", sheet, cell, value, Text("甲", "a"), Text("乙", "b"))


def test_columns_that_name_somebody_or_hold_what_is_private() -> None:
    columns = {"党支部名称": 0, "书记": 1, "组建单位": 2, "委员": 30, "成立时间": 4}
    assert sensitive_columns(FORMS["branches"], columns) == {"B", "AE"}
    assert sensitive_columns(FORMS["units"], {"单位名称": 0, "法定代表人": 1}) == {"B"}
    assert "A" in sensitive_columns(FORMS["members"], {"姓名": 0, "性别": 1})
    assert sensitive_columns(FORMS["units"], {}, notes=[3]) == {"D"}  # free text may name anybody


def test_only_lists_of_people_list_people() -> None:
    assert [lists_people(FORMS[f]) for f in ("members", "post_holders", "units", "branches", "totals")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("cell", "inside"), [("C3", True), ("C30", True), ("AC3", False), ("D3", False), ("", False)]
)
def test_a_problem_stands_in_a_column(cell: str, inside: bool) -> None:
    assert is_in_sensitive_column(found("王五", cell), {FILE: frozenset({"C"})}) is inside
    assert not is_in_sensitive_column(found("王五", cell, sheet="别的"), {FILE: frozenset({"C"})})


@pytest.mark.parametrize(
    ("problem", "may"),
    [
        (found("王五"), True),
        (found("王五", "D3"), False),
        (found(HIDDEN), False),
        (found("合计", code="total_row"), False),
        (found("王五合计", code="total_row"), True),
        (found("姓名", code="duplicate_heading"), False),
        (found("在职党员", code="no_name"), False),
        (found("王小明等困难党员", code="no_name"), True),
        (found("王五", code="kept_notes"), False),
        (found("王五", code="band_row"), False),
    ],
)
def test_what_may_be_a_name(problem: Problem, may: bool) -> None:
    assert may_contain_name(problem, {FILE: frozenset({"C"})}, frozenset()) is may


@pytest.mark.parametrize(
    ("value", "may"), [("王五", True), ("2006-10-15", False), ("2006年10月", False), ("", False)]
)
def test_in_a_list_of_people_a_name_may_have_slipped_into_any_column(value: str, may: bool) -> None:
    assert may_contain_name(found(value, "D3"), {FILE: frozenset({"C"})}, frozenset({FILE})) is may
