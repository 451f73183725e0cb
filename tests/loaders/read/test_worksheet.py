"""A sheet by columns, made of rows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.read.worksheet import Row, by_column, worksheet_of


def test_rows_of_different_length_are_filled_up() -> None:
    sheet = worksheet_of("a.xlsx", "表", [["a"], [], ["", "b", None]])
    assert (sheet.height, sheet.columns) == (3, (["a", None, None], [None, None, "b"], [None, None, None]))
    assert list(sheet.rows(2)) == [
        Row("a.xlsx", "表", 1, ("a", None, None)),
        Row("a.xlsx", "表", 2, (None, None, None)),
    ]
    assert len(list(sheet.rows(9))) == 3


def test_a_sheet_without_rows_or_of_spaces_only_is_blank() -> None:
    assert worksheet_of("a", "b", []).blank
    assert worksheet_of("a", "b", [[" ", None], [""]]).blank
    assert not worksheet_of("a", "b", [[None, "x"]]).blank


def test_every_row_of_a_text_may_be_a_number() -> None:
    assert worksheet_of("a", "b", [["1"], ["2"]], numeric=True).numeric(0) == {1, 2}
    assert worksheet_of("a", "b", [["1"]]).numeric(0) == frozenset()


@given(st.lists(st.lists(st.sampled_from(["a", "", None]), max_size=4), max_size=9))
def test_turned_twice_it_is_what_it_was(rows: list[list[str | None]]) -> None:
    columns = by_column(rows)
    width = max(map(len, rows), default=0)
    assert len(columns) == width
    for number, row in enumerate(rows):
        assert [column[number] for column in columns] == [t or None for t in row] + [None] * (
            width - len(row)
        )
    assert [list(r.cells) for r in worksheet_of("a", "b", rows).rows()] == [
        [column[number] for column in columns] for number in range(len(rows))
    ]


@settings(max_examples=15)
@given(st.integers(990, 1010), st.integers(0, 3))
def test_rows_are_taken_some_at_a_time_and_none_is_moved(height: int, late: int) -> None:
    rows = [["x"]] * height + [["y"] * (late + 1)]
    sheet = worksheet_of("a", "b", rows)
    assert [len(c) for c in sheet.columns] == [height + 1] * (late + 1)
    assert [c[height] for c in sheet.columns] == ["y"] * (late + 1)
