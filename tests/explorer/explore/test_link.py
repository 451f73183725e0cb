"""A walk as a link and back; what a link gives wrong is left out."""

import pytest

from explorer.explore.exploration import MAX_STEPS, OVERVIEW_LABELS, Exploration
from explorer.explore.link import NAMES, from_link, to_link
from explorer.scene.scene import LAYOUTS

START = Exploration(("s_1",), 3, OVERVIEW_LABELS)
WHOLE = Exploration(
    focus=("u_1", "r_2"),
    depth=2,
    labels=OVERVIEW_LABELS,
    opened=(("b_1", 1), ("u_3", 2)),
    added=("m_1",),
    hidden=("m_2",),
    off=("Branch", "own:private"),
    layout=next(layout for layout in LAYOUTS if layout != "force"),
    lit=("u_1", "b_1"),
)


def test_what_was_seen_is_seen_again() -> None:
    link = to_link(WHOLE)
    assert set(link) == set(NAMES)
    assert link["opened"] == "b_1,u_3*2"
    assert from_link(link) == WHOLE


def test_what_is_as_usual_is_not_said() -> None:
    assert to_link(Exploration(("u_1",))) == {"focus": "u_1", "depth": "1"}
    assert from_link({"focus": "u_1"}) == Exploration(("u_1",))


@pytest.mark.parametrize("key", ["z_state", "d_2006-10", "n_1", "v_1", "q_1", "k_1", "h_1"])
def test_what_the_program_keeps_for_itself_is_not_drawn(key: str) -> None:
    assert from_link({"focus": key}) is None
    walk = from_link({"focus": f"u_1,{key}", "added": key, "opened": f"{key}*2,b_1", "lit": key})
    assert walk == Exploration(("u_1",), opened=(("b_1", 1),))


@pytest.mark.parametrize("focus", ["", "U_1", "u_1<script>", "u_"])
def test_a_link_without_a_focus_is_none(focus: str) -> None:
    assert from_link({"focus": focus}) is None


def test_what_cannot_be_read_is_left_out() -> None:
    walk = from_link(
        {"focus": "u_1,u_1,?", "depth": "99", "opened": "b_1*x,<b>", "off": "a b,Unit", "layout": "no"}
    )
    assert walk == Exploration(("u_1",), MAX_STEPS, opened=(("b_1", 1),), off=("Unit",))


def test_a_link_reopens_the_walk():
    walk = (
        START.expand("u_1")
        .expand("b_1", 2)
        .add(["m_1"])
        .hide(["r_1"])
        .filter(["Member", "tie:MANAGES", "own:private"])
        .lay_out("hierarchy")
        .light(["m_1", "u_1"])
    )
    assert from_link(to_link(walk)) == walk


@pytest.mark.parametrize(
    "parameters",
    [{}, {"focus": ""}, {"focus": "<script>"}, {"focus": "u_1' OR 1"}, {"depth": "2"}],
)
def test_parameters_without_a_focus_open_nothing(parameters):
    assert from_link(parameters) is None


def test_a_link_keeps_what_can_be_read():
    walk = from_link(
        {
            "focus": "u_1,nonsense",
            "depth": "99",
            "layout": "spiral",
            "off": "Member,<b>",
            "opened": "b_1*x,?",
        }
    )
    assert walk == Exploration(("u_1",), 3, off=("Member",), opened=(("b_1", 1),))
