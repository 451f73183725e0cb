"""Earlier versions of a record: whatever was written at whichever version, each earlier state is found again."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_model.findings.record_versions import values_at, with_earlier_values


def written(held: dict[str, Any] | None, new: dict[str, Any], version: int) -> dict[str, Any]:
    """The record as a store would hold it after the write: what is None goes."""
    said = {**(held or {}), **new, **with_earlier_values(held, new, version)}
    return {name: value for name, value in said.items() if value is not None}


def test_a_record_that_was_not_there_is_not_there_before_its_first_version() -> None:
    made = written(None, {"rounds": 1}, 3)
    assert made == {"rounds": 1, "earlier": "[[3,null]]", "changed": 3}
    assert values_at(made, 3) == {}
    assert values_at(made, 2) is None


def test_what_is_written_unchanged_is_not_kept_twice() -> None:
    assert with_earlier_values({"name": "甲", "rounds": 1}, {"name": "甲", "rounds": 2}, 4) == {
        "earlier": '[[4,{"rounds":1}]]',
        "changed": 4,
    }


def test_a_property_that_was_not_there_is_taken_away_again() -> None:
    held = written({"name": "甲"}, {"cleared_in": "2006-10"}, 5)
    assert values_at(held, 4) == {"cleared_in": None, "earlier": None, "changed": None}


def test_a_second_change_at_one_version_keeps_what_was_before_the_first() -> None:
    twice = written(written({"rounds": 1}, {"rounds": 2}, 5), {"rounds": 3, "reason": "due"}, 5)
    assert twice["earlier"] == '[[5,{"rounds":1,"reason":null}]]'
    made_and_changed = written(written(None, {"rounds": 1}, 5), {"rounds": 2}, 5)
    assert made_and_changed["earlier"] == "[[5,null]]"


def test_one_undo_leaves_the_changes_before_it_to_be_undone() -> None:
    held = written(written({"rounds": 1}, {"rounds": 2}, 5), {"rounds": 3}, 7)
    assert values_at(held, 6) == {"rounds": 2, "earlier": '[[5,{"rounds":1}]]', "changed": 5}
    assert values_at(held, 4) == {"rounds": 1, "earlier": None, "changed": None}


_values = st.dictionaries(st.sampled_from(("a", "b", "c")), st.sampled_from((None, 1, 2, "甲")), max_size=3)
_writes = st.lists(st.tuples(_values, st.integers(0, 2)), max_size=8)


@settings(max_examples=60)
@given(st.booleans(), _writes)
def test_every_earlier_state_is_found_again(there: bool, writes: list[tuple[dict[str, Any], int]]) -> None:
    version, held = 1, ({"a": 0} if there else None)
    states: dict[int, dict[str, Any] | None] = {1: held}
    for new, later in writes:
        # what is written at a version stands there until the next one; at the first, nothing was written
        version = max(version + later, 2)
        held = written(held, new, version)
        states[version] = held
    for at, then in states.items():
        values = values_at(held or {}, at)
        if then is None:
            assert values is None or held is None
            continue
        assert values is not None
        now = {name: value for name, value in {**(held or {}), **values}.items() if value is not None}
        assert now == then
