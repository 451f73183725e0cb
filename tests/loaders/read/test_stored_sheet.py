"""A sheet comes out of the reading process as it went in."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.text import Text
from loaders.read.arrow import StoredPart
from loaders.read.stored_sheet import StoredSheet, from_json, to_json
from loaders.read.worksheet import Details

FULL = StoredSheet(
    "党员",
    True,
    7,
    3,
    [StoredPart(Path("/t/a.arrow"), 3, 4), StoredPart(Path("/t/b.arrow"), 3, 3)],
    {0: [1, 2], 10: []},
    True,
    Details(
        ((0, 2, 1, 3),),
        frozenset({4, 9}),
        {(2, 0): "", (3, 1): "#N/A"},
        {(5, 2): Text("手机号码", "phone number")},
        frozenset({6}),
        frozenset({7}),
    ),
)


def through(sheet: StoredSheet) -> StoredSheet:
    return from_json(json.loads(json.dumps(to_json(sheet))))


def test_everything_comes_back_over_the_line() -> None:
    assert through(FULL) == FULL


def test_a_sheet_that_says_little_too() -> None:
    plain = StoredSheet("表", False, 0, 0, [])
    assert through(plain) == plain
    # not known is not the same as none
    assert through(plain).numbers is None
    assert through(StoredSheet("表", False, 0, 0, [], {})).numbers == {}


def test_what_goes_over_the_line_is_in_order() -> None:
    assert (to_json(FULL)["hidden_rows"], to_json(FULL)["parts"][0]) == ([4, 9], ["/t/a.arrow", 3, 4])


_row = st.integers(1, 10**6)
_at = st.tuples(_row, st.integers(0, 99))


@settings(max_examples=30)
@given(
    st.builds(
        Details,
        st.lists(st.tuples(*[st.integers(0, 99)] * 4), max_size=3).map(tuple),
        st.frozensets(_row, max_size=3),
        st.dictionaries(_at, st.sampled_from(["", "#N/A", "#REF!"]), max_size=3),
        st.dictionaries(_at, st.builds(Text, st.just("电话"), st.just("phone")), max_size=3),
        st.frozensets(_row, max_size=3),
        st.frozensets(_row, max_size=3),
    ),
    st.none() | st.dictionaries(st.integers(0, 99), st.lists(_row, max_size=3), max_size=3),
)
def test_nothing_is_lost(details: Details, numbers: dict[int, list[int]] | None) -> None:
    sheet = StoredSheet("表", False, 3, 2, [], numbers, details=details)
    assert through(sheet) == sheet
