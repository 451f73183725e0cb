"""Problems in bounded memory: the first thousand in full, the rest counted by kind, the rows of all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.problem_log import MOST, ProblemLog, RowSet, count_problems
from loaders.problems import problem


def required(row: int):
    return problem("required", "a.xlsx", "党员", f"B{row}", "", heading="姓名")


def hint(row: int):
    return problem("formula_error", "a.xlsx", "党员", f"C{row}", "#N/A", error="#N/A")


def test_few_problems_are_kept_as_they_were_found():
    log = ProblemLog([hint(2), required(3)])
    assert log == [hint(2), required(3)]
    assert (len(log), count_problems(log)) == (2, 2)


def test_beyond_a_thousand_they_are_counted_by_kind():
    log = ProblemLog(required(row) for row in range(2, MOST + 4))
    *kept, further = log
    assert kept == [required(row) for row in range(2, MOST + 2)]
    assert (further.code, further.blocking, further.value) == ("further_problems", True, "2")
    assert further.what.zh == "另有 2 处同类问题没有逐一列出：“…”没有填写"
    assert count_problems(log) == MOST + 2


def test_what_must_be_mended_is_kept_before_hints():
    log = ProblemLog(hint(row) for row in range(2, MOST + 2))
    log.extend(required(row) for row in range(2, 5))
    assert sum(p.blocking for p in log) == 3
    assert [(p.code, p.value) for p in log][-1] == ("further_hints", "3")
    assert count_problems(log) == MOST + 3


def test_the_rows_of_all_that_block_are_known():
    log = ProblemLog([hint(2)])
    log.extend(ProblemLog(required(row) for row in range(1, MOST + 11)))
    assert {k: set(rows) for k, rows in log.rows.items()} == {
        ("a.xlsx", "党员", "required"): set(range(1, MOST + 11))
    }
    assert len(log) == MOST + 2


def test_rows_are_kept_as_a_set_of_bits():
    some, others = RowSet([1, 8, 300]), RowSet([8, 300, 70_000])
    assert (list(some), len(some), 8 in some, 9 in some, bool(RowSet())) == (
        [1, 8, 300],
        3,
        True,
        False,
        False,
    )
    assert some.common(others) == 2
    some.update(others)
    assert list(some) == [1, 8, 300, 70_000]
    some.add(2)
    assert len(some) == 5


@given(st.sets(st.integers(0, 5000)), st.sets(st.integers(0, 5000)))
def test_a_set_of_rows_is_a_set(some, others):
    both = RowSet(some)
    assert both.common(RowSet(others)) == len(some & others)
    both.update(RowSet(others))
    assert list(both) == sorted(some | others)
    assert len(both) == len(some | others)


def test_what_is_no_more_kept_is_counted():
    log = ProblemLog()
    assert not log.only_count("a.csv", "a", "required", 5)
    log.extend(problem("required", "a.csv", "a", f"A{n}", heading="姓名") for n in range(2, MOST + 2))
    assert log.only_count("a.csv", "a", "required", 2000)
    assert count_problems(log) == MOST + 1
    assert 2000 in log.rows["a.csv", "a", "required"]
