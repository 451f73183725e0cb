"""关系图谱: find something, walk from it, see its details, take the picture along."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import streamlit as st

from explorer import canvas
from explorer.canvas import CanvasEvent
from explorer.explore.build_scene import (
    exploration_scene,
    initial_exploration,
    joint_branches,
    visible_graph,
)
from explorer.explore.exploration import Exploration
from explorer.explore.link import NAMES, from_link, to_link
from explorer.explore.shown_cypher import shown_cypher
from explorer.page_context import PageContext
from explorer.scene.scene import Scene
from explorer.views.graph import state
from explorer.views.graph.connect import connect_bar
from explorer.views.graph.panel import panel
from explorer.views.graph.panel_several import panel_several
from explorer.views.graph.saved_views import kept_differs
from explorer.views.graph.steps import expand, question, toolbar
from explorer.views.graph.table import table
from explorer.views.graph.workspace import edge, workspace
from explorer.views.shared.address import leads, travelled
from explorer.views.shared.find_box import find_box
from explorer.views.shared.navigation import take_graph_node
from explorer.views.shared.save_picture import save_popover
from explorer.views.shared.widgets import reckoned_by, store_fault, told_late
from graph_model.errors import BranchmapError
from graph_model.store.neighborhood import MAX_NODES


def graph(context: PageContext) -> None:
    """The page: one bar, and the canvas with the details beside it in the rest of the window."""
    with workspace(context.words):
        if asked := take_graph_node():
            state.go_to(asked)
        elif not state.begun():
            _begin(context)
        elif leads("walk"):
            _follow(context)
        _find(context)
        _picture(context)


def _begin(context: PageContext) -> None:
    """The walk that the link means, or else the whole sub-district."""
    asked = _asked(context)
    if asked is None:
        state.begin(initial_exploration(context.answers), bare=True)
    else:
        state.begin(asked, _at(asked))


def _follow(context: PageContext) -> None:
    """The walk that the link means: the nearest one of before or after that looks so, or else a new one."""
    asked = _asked(context)
    if asked is None and travelled() and not _link():
        asked = state.start()
    if asked is None:
        return
    known = state.history().nearest(lambda walk: to_link(walk) == to_link(asked))
    if known is not None:
        state.travel(known)
    else:
        state.do(asked)
        state.select(_at(asked))


def _asked(context: PageContext) -> Exploration | None:
    """The walk that the link means; None where it means none, or nothing that there is."""
    asked = from_link(_link())
    if asked is not None and context.answers.nodes(asked.focus):
        return asked
    if _link().get("focus"):
        st.info(context.words("focus-unknown"))
    return None


def _at(walk: Exploration) -> str | None:
    return walk.focus[0] if walk.labels is None else None


def _link() -> dict[str, str]:
    return {name: st.query_params[name] for name in NAMES if name in st.query_params}


def _find(context: PageContext) -> None:
    with st.container(key="graph-find"):
        key = find_box(context, key="graph-find", empties=True, questions=True)
    if key:
        state.go_to(key)
        st.rerun()


@st.fragment
def _picture(context: PageContext) -> None:
    """Canvas and panel: a click runs only this part of the page again, so its errors are shown here."""
    try:
        _draw(context)
    except BranchmapError as error:
        store_fault(context.words, error, bundled=context.bundled)


def _draw(context: PageContext) -> None:
    w = context.words
    # Three blocks, whatever is in them: were the canvas to change its place on the page, it would begin anew.
    with st.container(key="graph-room"):
        bar = st.container(key="graph-bar", horizontal=True, vertical_alignment="center", gap="xsmall")
        head = st.container(key="graph-head")
        body = st.container(key="graph-body")
    with bar:
        toolbar(context)
    with head:
        told_late()
        connect_bar(context)
        question(context)
        kept_differs()
    walk = state.walk()
    _say_link(walk)
    scene, cut = _scene(context, walk)
    if cut:
        head.warning(w("graph-cut", limit=MAX_NODES))
    if not scene.nodes:
        body.info(w("graph-empty"))
        return
    with body:
        left, right = st.columns([2.7, 1.15])
    with left:
        event = canvas.graph_canvas(
            scene,
            key="graph-canvas",
            height=None,
            selection=canvas.Selection(state.selected(), state.chosen(), walk.off),
            lit=walk.lit,
            pinned=walk.pinned,
            follow=True,
        )
        with st.container(key="graph-date"):
            reckoned_by(context)
        edge(w)
    if _heed(context, event):
        st.rerun(scope="fragment")
    with head:
        told_late()
    visible, look = canvas.visible_scene(scene, replace(event, off=state.walk().off, positions={}))
    with right, st.container(key="graph-panel"):
        _beside(context, visible, walk)
    with bar:
        save_popover(context, visible, look=look, key="graph-save", width="content")


def _beside(context: PageContext, visible: Scene, walk: Exploration) -> None:
    """The panel: details or the table, and below them how to use the picture and the query behind it."""
    w = context.words
    # a tab that is not open is not made: a click is answered the sooner
    details, rows = st.tabs(
        [w("graph-details"), w("graph-table")], key=f"graph-tabs-{w.language}", on_change="rerun"
    )
    if details.open:
        with details:
            if len(state.chosen()) > 1:
                panel_several(context, state.chosen())
            else:
                panel(context, state.selected())
    if rows.open:
        with rows:
            table(context, visible)
    st.caption(w("graph-hint"))
    with st.expander(w("graph-cypher")):
        st.caption(w("graph-cypher-hint"))
        joint = joint_branches(visible_graph(context.answers, walk)[0])
        st.code(shown_cypher(walk, joint), language="cypher", wrap_lines=True)


def _say_link(walk: Exploration) -> None:
    """The link in the address line reopens what is seen; without one the page begins as it is."""
    link = to_link(walk)
    if _link() != link and (_link() or walk != state.start()):
        others = {name: value for name, value in st.query_params.items() if name not in NAMES}
        st.query_params.from_dict({**others, **link})


def _scene(context: PageContext, walk: Exploration) -> tuple[Scene, bool]:
    """The scene of the walk: made once, and again only when the walk, the data or the viewer changed."""
    print_: Hashable = (
        context.answers.state().version,
        context.viewer,
        walk.filter(()).light(()),
        len(state.places()),
    )
    held: tuple[Hashable, Scene, bool] | None = st.session_state.get("graph-scene")
    if held is None or held[0] != print_:
        _, cut = visible_graph(context.answers, walk)
        scene = exploration_scene(
            context.answers, walk, context.viewer, context.words, positions=state.places() or None
        )
        state.keep_places(scene)
        state.keep_shown(scene)
        held = ((*print_[:3], len(state.places())), scene, cut)  # type: ignore[index]
        st.session_state["graph-scene"] = held
    return held[1], held[2]


def _heed(context: PageContext, event: CanvasEvent) -> bool:
    """Apply the canvas event; True where the picture has to be drawn again."""
    before = state.history()
    walk = before.now
    state.select(event.selected, event.chosen)
    new = walk.filter(event.off)
    if event.positions != st.session_state.get("graph-dragged", {}):
        st.session_state["graph-dragged"] = dict(event.positions)
        places = walk.places()
        dragged = {k: spot for k, spot in event.positions.items() if places.get(k) != spot}
        new = new.move(dragged) if dragged else new
    state.do(new)
    _grant(event)
    if event.double_clicked:
        expand(context, event.double_clicked, toggle=True)
    return state.history() != before or (event.double_clicked is not None and state.asked() is not None)


def _grant(event: CanvasEvent) -> None:
    """What was asked for by a key on the canvas."""
    now = state.history()
    keys = event.chosen or ((event.selected,) if event.selected else ())
    match event.wish:
        case "undo":
            state.travel(now.undo())
        case "redo":
            state.travel(now.redo())
        case "back":
            state.travel(now.back())
        case "forward":
            state.travel(now.forward())
        case "clear":
            state.do(now.now.light(()))
        case "hide" if keys:
            state.do(now.now.hide(keys))
            state.select(None)
        case "pin" if keys:
            state.toggle_pin(keys)
        case _:
            pass
