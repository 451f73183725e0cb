"""What the graph page remembers of one person: steps that can be undone, selection, places of each picture."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def results(page) -> list[object]:
    """What a page that ran without a fault noted."""
    run = AppTest.from_function(page, default_timeout=120).run()
    assert not run.exception
    return list(run.session_state["results"])


def test_a_step_can_be_undone_and_a_new_walk_keeps_filters_and_layout() -> None:
    def page() -> None:
        import streamlit as st

        from explorer.explore.exploration import Exploration
        from explorer.views.graph import state

        noted = st.session_state.setdefault("results", [])
        noted.append((state.begun(), state.selected(), state.chosen(), state.shown(), state.asked()))
        state.begin(Exploration(("u_1",), 1, off=("Member",)), "u_1", bare=True)
        noted.append((state.begun(), state.start() == state.walk(), state.selected()))
        state.go_to("b_1", 2)
        now = state.walk()
        noted.append((now.focus, now.depth, now.off, state.selected()))
        state.travel(state.history().undo())
        noted.append(state.walk().focus)

    assert results(page) == [
        (False, None, (), frozenset(), None),
        (True, True, "u_1"),
        (("b_1",), 2, ("Member",), "b_1"),
        ("u_1",),
    ]


def test_where_a_link_asked_for_the_first_walk_there_is_no_start() -> None:
    def page() -> None:
        import streamlit as st

        from explorer.views.graph import state

        state.go_to("u_1")
        st.session_state["results"] = [state.start(), state.walk().focus, state.selected()]

    assert results(page) == [None, ("u_1",), "u_1"]


def test_the_table_follows_a_selection_that_was_made_elsewhere() -> None:
    def page() -> None:
        import streamlit as st

        from explorer.views.graph import state

        noted = st.session_state.setdefault("results", [state.table_turn()])
        for key, several, from_table in (
            ("a", (), False),
            ("a", (), False),
            ("b", (), True),
            ("b", ("a", "b"), False),
        ):
            state.select(key, several, from_table=from_table)
            noted.append(state.table_turn())
        noted.append((state.selected(), state.chosen()))

    assert results(page) == [0, 1, 1, 1, 2, ("b", ("a", "b"))]


def test_places_belong_to_a_picture_and_what_was_dragged_keeps_its_own() -> None:
    def page() -> None:
        import streamlit as st

        from explorer.explore.exploration import Exploration
        from explorer.scene.scene import Scene, SceneNode
        from explorer.views.graph import state

        def scene(*spots: tuple[str, float]) -> Scene:
            nodes = tuple(SceneNode(k, "Unit", k, "#1f5fa8", "square", 9.0, x, 0.0) for k, x in spots)
            return Scene(nodes, (), (), "", "")

        noted = st.session_state.setdefault("results", [])
        state.begin(Exploration(("u_1",)))
        state.keep_places(scene(("u_1", 1.0), ("u_2", 2.0)))
        state.keep_shown(scene(("u_1", 1.0)))
        noted.append((state.places(), state.shown()))
        state.toggle_pin(("u_1",))
        state.keep_places(scene(("u_1", 50.0), ("u_2", 3.0)))
        noted.append(state.places())  # u_1 is held where it was
        state.toggle_pin(("u_1",))
        noted.append(state.walk().pinned)
        first = state.walk()
        state.go_to("u_9")
        noted.append(state.places())  # another picture
        state.do(first)
        noted.append(state.places() != {})
        state.forget_places()
        noted.append(state.places())
        state.put_places({"u_1": (7.0, 7.0)})
        noted.append(state.places())
        for number in range(20):  # no more than a dozen pictures are remembered
            state.go_to(f"u_{number}0")
            state.keep_places(scene(("u_1", 1.0)))
        state.do(first)
        noted.append(state.places())

    assert results(page) == [
        ({"u_1": (1.0, 0.0), "u_2": (2.0, 0.0)}, frozenset({"u_1"})),
        {"u_1": (1.0, 0.0), "u_2": (3.0, 0.0)},
        (),
        {},
        True,
        {},
        {"u_1": (7.0, 7.0)},
        {},
    ]


def test_what_is_shown_is_put_into_the_picture_once() -> None:
    def page() -> None:
        import streamlit as st

        from explorer.explore.exploration import Exploration
        from explorer.scene.scene import Scene, SceneNode
        from explorer.views.graph import state

        state.begin(Exploration(("u_1",)))
        node = SceneNode("u_1", "Unit", "甲", "#1f5fa8", "square", 9.0, 0.0, 0.0)
        state.keep_shown(Scene((node,), (), (), "", ""))
        state.show("u_1")
        added = [state.walk().added]
        state.show("b_1")
        state.ask(("b_1", 2))
        st.session_state["results"] = [*added, state.walk().added, state.selected(), state.asked()]

    assert results(page) == [(), ("b_1",), "b_1", ("b_1", 2)]
