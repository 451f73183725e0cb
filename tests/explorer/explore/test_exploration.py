"""The walk as a value: its steps, its history."""

import pytest

from explorer.explore.exploration import OVERVIEW_LABELS, Exploration, ExplorationHistory

START = Exploration(("s_1",), 3, OVERVIEW_LABELS)


# ---- steps


def test_expanding_and_collapsing_leave_the_rest_alone():
    both = START.expand("u_1").expand("b_1", 2)
    assert both.opened == (("u_1", 1), ("b_1", 2))
    assert both.collapse("u_1").opened == (("b_1", 2),)
    assert both.collapse("b_1").collapse("u_1") == START


def test_a_toggle_is_its_own_inverse():
    assert START.toggle("u_1").is_open("u_1")
    assert START.toggle("u_1").toggle("u_1") == START


def test_what_was_hidden_comes_back_when_it_is_put_in_again():
    hidden = START.hide(["u_1", "u_2"])
    assert hidden.hidden == ("u_1", "u_2")
    assert hidden.add(["u_1"]).hidden == ("u_2",)
    assert hidden.show_hidden() == START


def test_hiding_puts_a_light_out():
    assert START.light(["u_1", "r_1"]).hide(["u_1"]).lit == ("r_1",)


def test_a_pinned_node_keeps_its_place_in_another_layout_and_a_dragged_one_does_not():
    walk = START.move({"u_1": (1.0, 2.0), "u_2": (3.0, 4.0)}).pin(["u_1"], {"u_1": (1.0, 2.0)})
    assert walk.lay_out("circle").places() == {"u_1": (1.0, 2.0)}
    assert walk.unpin(["u_1"]).lay_out("circle").places() == {}


def test_nothing_is_pinned_that_has_no_place():
    assert START.pin(["u_9"], {}) == START


@pytest.mark.parametrize(("steps", "kept"), [(-1, 0), (2, 2), (9, 3)])
def test_the_reach_is_bounded(steps, kept):
    assert START.reach(steps).depth == kept


# ---- history


def test_undo_and_redo_go_step_by_step():
    one, two = START.expand("u_1"), START.expand("u_1").hide(["b_1"])
    history = ExplorationHistory(START).do(one).do(two)
    assert history.undo().now == one
    assert history.undo().undo().now == START
    assert history.undo().undo().redo().now == one
    assert history.undo().undo().redo().redo() == history


def test_a_new_step_forgets_what_was_undone():
    history = ExplorationHistory(START).do(START.expand("u_1")).undo().do(START.expand("u_2"))
    assert history.redo() is history


def test_the_ends_of_the_history_stay_where_they_are():
    history = ExplorationHistory(START)
    assert history.undo() is history
    assert history.redo() is history
    assert history.back() is history
    assert history.forward() is history


def test_a_step_that_changes_nothing_is_none():
    assert ExplorationHistory(START).do(START).past == ()


def test_back_and_forward_go_from_place_to_place():
    here, there = START.expand("u_1"), Exploration(("b_1",))
    history = ExplorationHistory(START).do(here).do(there).do(there.expand("m_1"))
    assert history.back().now == here
    assert history.back().forward().now == there.expand("m_1")
    assert history.back().back() == history.back()


@pytest.mark.parametrize(("wanted", "past", "future"), [("a", 0, 2), ("b", 1, 1), ("c", 2, 0)])
def test_the_nearest_walk_that_fits_is_found_on_both_sides(wanted: str, past: int, future: int) -> None:
    walks = ExplorationHistory(Exploration(("a",))).do(Exploration(("b",))).do(Exploration(("c",))).undo()
    found = walks.nearest(lambda walk: walk.focus == (wanted,))
    assert found is not None
    assert (found.now.focus, len(found.past), len(found.future)) == ((wanted,), past, future)
    assert walks.nearest(lambda walk: walk.focus == ("d",)) is None
