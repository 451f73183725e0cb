"""When a load may be applied, and what is said of it beforehand."""

from __future__ import annotations

from typing import Any

import pytest

from graph_model.keys import KeyMaker
from graph_model.plan import Plan
from graph_model.store.store import State
from graph_model.text import Text
from loaders.map.read_files import SheetCount
from loaders.prepared_load import LoadRequest, PreparedLoad
from loaders.problems import problem
from loaders.reconcile.balance import RowBalance
from loaders.reconcile.declared import Difference
from loaders.survey import RoundSummary

HINT = problem("not_a_workbook", "b.doc", types="xlsx")
FAULT = problem("rows_above", "a.xlsx", "党员", "A1", row=3)
BALANCE = RowBalance("members", "Member", "a.xlsx", "党员", 3, 3, 0, 0, 0, 0)


def load(*problems: Any, rows: int = 3, balance: RowBalance = BALANCE, **more: Any) -> PreparedLoad:
    count = SheetCount("members", "a.xlsx", "党员", rows, rows, 0)
    reading = RoundSummary(
        round="2006-10", problems=problems, declared=(), counts=(count,), files=(), balances=(balance,)
    )
    given = {"state": State(), "differences": (), "found": {}, **more}
    return PreparedLoad(LoadRequest([], KeyMaker(b"x")), reading, Plan(complete=True), **given)


def difference(declared: int | None, found: int) -> Difference:
    return Difference("members", Text("党员", "Members"), declared, found, found - (declared or found))


def test_a_load_without_problems_is_applied() -> None:
    assert (load().blocked, load().empty, load(HINT).blocked) == (False, False, False)


def test_headings_alone_are_nothing_to_load() -> None:
    assert (load(rows=0).empty, load(rows=0).blocked, load(rows=0, clean_rows=True).blocked) == (
        True,
        True,
        True,
    )


def test_a_blocking_problem_blocks_unless_the_rest_is_wanted() -> None:
    assert (load(FAULT).blocked, load(FAULT, clean_rows=True).blocked) == (True, False)
    assert load(FAULT, HINT).left_out == ()
    assert load(FAULT, HINT, clean_rows=True).left_out == (FAULT,)


def test_a_row_of_which_nothing_became_blocks_always() -> None:
    lost = RowBalance("members", "Member", "a.xlsx", "党员", 3, 2, 0, 0, 0, 0)
    assert load(balance=lost, clean_rows=True).blocked


@pytest.mark.parametrize(
    ("held", "older"), [(None, False), ("2006-04", False), ("2006-10", False), ("2007-04", True)]
)
def test_a_round_older_than_what_is_held(held: str | None, older: bool) -> None:
    assert load(state=State(1, held)).older is older


@pytest.mark.parametrize(
    ("differences", "reconciled"),
    [
        ((), False),
        ((difference(None, 3),), False),
        ((difference(3, 3), difference(None, 4)), True),
        ((difference(3, 3), difference(4, 3)), False),
    ],
)
def test_totals_agree_where_some_were_declared_and_all_were_found(
    differences: tuple[Difference, ...], reconciled: bool
) -> None:
    assert load(differences=differences).reconciled is reconciled
