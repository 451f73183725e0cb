"""What the browser reports: only what is in the scene gets through, whatever is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.canvas.event import KEY_COMMANDS, CanvasEvent, read_event, scene_on_screen, sequence_number
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneFilter, SceneNode

TWO = Scene(
    nodes=(
        SceneNode("a", "Member", "王**", "#b8661a", "dot", 10, 0, 0, ring="low"),
        SceneNode("b", "Branch", "一支部", "#c0392b", "diamond", 16, 100, 0, facets=("round:2006-10",)),
    ),
    edges=(SceneEdge("e", "a", "b", "AFFILIATED_WITH", "组织关系在", "#c37d3c"),),
    legend=(LegendEntry("Member", "党员", "#b8661a", "dot", 1),),
    title="图",
    footer="",
    filters=(SceneFilter("tie:AFFILIATED_WITH", "tie", "组织关系在", "#c37d3c", 1),),
)


@pytest.mark.parametrize(
    ("act", "event"),
    [
        (None, CanvasEvent(selected="a")),
        ({"kind": "click", "node": "b"}, CanvasEvent(clicked="b", selected="b")),
        ({"kind": "double", "node": "b"}, CanvasEvent(double_clicked="b", selected="b")),
        ({"kind": "edge", "edge": "e"}, CanvasEvent(selected_edge="e")),
        ({"kind": "clear"}, CanvasEvent(wish="clear")),
        ({"kind": "click", "node": "gone"}, CanvasEvent()),
        (
            {"kind": "move", "node": "a", "positions": {"a": [1, 2.5], "gone": [0, 0], "b": ["x", 1]}},
            CanvasEvent(selected="a", positions={"a": (1.0, 2.5)}),
        ),
        ({"kind": "move", "node": "a", "positions": {"a": [float("inf"), 0]}}, CanvasEvent(selected="a")),
    ],
)
def test_what_the_browser_sends_is_checked(act: object, event: CanvasEvent) -> None:
    assert read_event(act, CanvasEvent(selected="a"), TWO) == event


@pytest.mark.parametrize(
    ("act", "turn"), [(None, 3), ({"turn": 2}, 2), ({}, 3), ({"turn": "2"}, 3), ([], 3)]
)
def test_what_the_browser_knew_when_it_spoke(act: object, turn: int) -> None:
    assert sequence_number(act, 3) == turn


@pytest.mark.parametrize("far", [float("nan"), -float("inf"), 1e300, 10**400, True, None, "1", [1]])
def test_a_place_that_is_none_is_left_out(far: object) -> None:
    for place in ([far, 0], [0, far], [0], [0, 0, 0], "ab", None):
        act = {"kind": "move", "node": "a", "positions": {"a": place, "b": (1, 2)}}
        assert read_event(act, CanvasEvent(), TWO).positions == {"b": (1.0, 2.0)}


@pytest.mark.parametrize("key", KEY_COMMANDS)
def test_a_key_is_a_wish_of_one_run(key: str) -> None:
    event = read_event({"kind": key, "node": "a"}, CanvasEvent(), TWO)
    assert (event.wish, event.selected, event.clicked) == (key, "a", None)
    assert read_event(None, event, TWO) == CanvasEvent(selected="a")


def test_what_is_held_ends_with_what_it_is_about() -> None:
    held = CanvasEvent(
        selected="gone",
        selected_edge="gone",
        chosen=("a", "gone"),
        positions={"a": (1.0, 1.0), "gone": (2.0, 2.0)},
    )
    assert read_event(None, held, TWO) == CanvasEvent(chosen=("a",), positions={"a": (1.0, 1.0)})


@pytest.mark.parametrize(
    ("off", "read"),
    [
        (
            ["tie:AFFILIATED_WITH", "low", "round:2006-10", "Branch"],
            ("Branch", "low", "round:2006-10", "tie:AFFILIATED_WITH"),
        ),
        (["Unit", "no such entry", 3], ("Unit",)),  # of an earlier scene, and it stays off
        ([], ()),
        (None, ("Unit",)),
        ("Member", ("Unit",)),
    ],
)
def test_what_the_legend_switched_off_is_known_or_was_off_before(
    off: object, read: tuple[str, ...]
) -> None:
    assert read_event({"kind": "off", "off": off}, CanvasEvent(off=("Unit",)), TWO).off == read


def test_what_the_canvas_says_of_its_look_is_kept() -> None:
    event = read_event({"kind": "look", "dark": True, "names": False}, CanvasEvent(), TWO)
    assert (event.dark, event.names, event.wish) == (True, False, None)
    assert read_event(None, event, TWO) == event
    assert read_event({"kind": "look", "dark": None, "names": 1}, CanvasEvent(), TWO) == CanvasEvent()


def test_a_scene_is_seen_where_it_was_dragged_to_and_without_what_is_off() -> None:
    seen = scene_on_screen(TWO, CanvasEvent(positions={"a": (5.0, 6.0)}, off=("Branch",)))
    assert [(n.id, n.x, n.y) for n in seen.nodes] == [("a", 5.0, 6.0)]
    assert seen.edges == ()
    assert scene_on_screen(TWO, CanvasEvent()) == TWO


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["a", "b", "e", "click", "Member", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "node"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(["kind", "node", "edge", "positions", "chosen", "off", "dark", "names", "turn"])


@given(VALUES | st.dictionaries(FIELDS, VALUES))
def test_nothing_that_is_sent_stops_the_page_or_brings_in_what_is_not_there(act: object) -> None:
    event = read_event(act, CanvasEvent(), TWO)
    assert {event.clicked, event.double_clicked, event.selected, *event.chosen, *event.positions} <= {
        "a",
        "b",
        None,
    }
    assert event.selected_edge in ("e", None)
    assert set(event.off) <= {"Member", "Branch", "low", "round:2006-10", "tie:AFFILIATED_WITH"}
    assert isinstance(sequence_number(act, 0), int)
    assert len(scene_on_screen(TWO, event).nodes) <= 2
