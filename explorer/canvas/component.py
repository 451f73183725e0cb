"""The Streamlit side of the canvas: registers the component, mounts it, keeps what it reported."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

from explorer.canvas.event import CanvasEvent, read_event, scene_on_screen, sequence_number
from explorer.canvas.payload import encode_scene
from explorer.scene.palette import canvas_palette
from explorer.scene.scene import Scene, ViewOptions

PACKAGE = "branchmap"
NAME = f"{PACKAGE}.canvas"
_ENTER = "enter"
_EDGE = "edge"
ASSETS = "assets"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the caller wants to be chosen, and, in order, which entries of the legend are switched off."""

    selected: str | None = None
    chosen: tuple[str, ...] = ()
    off: tuple[str, ...] = ()


_NOTHING = Selection()


@dataclass(frozen=True, slots=True)
class _Held:
    """What one canvas remembers on the server between runs."""

    event: CanvasEvent = field(default_factory=CanvasEvent)
    asked: Selection = _NOTHING  # the caller's wishes at the last run
    told: Selection = _NOTHING  # what we last sent to the browser
    turn: int = 0  # grows each time the caller's wishes are to replace what the browser has


def graph_canvas(
    scene: Scene,
    *,
    key: str,
    height: int | None = 640,
    selection: Selection = _NOTHING,
    lit: Collection[str] = (),
    pinned: Collection[str] = (),
    dark: bool | None = None,
    follow: bool = False,
) -> CanvasEvent:
    """Draw the scene and return what the person did with it.

    `key` names the canvas within the page. `height` is the canvas's, without the strip below, in pixels; None
    for as high as its place on the page is, with the strip over the picture.
    A changed `selection` replaces what the browser has; passing back what the event
    reported changes nothing. With `follow` the caller keeps what each event reported, so that any difference from that
    is a change. `lit` nodes stay bright with the ties between them, all others are dimmed. `dark` is as
    the page is by default. The graph travels only when one of the arguments changed.
    """
    place = f"{key}:held"
    held: _Held = st.session_state.get(place, _Held())
    held = _ask(held, selection)
    code, scene_bytes = encode_scene(scene)
    about = {
        "name": key,
        "version": code,
        "height": height or 0,
        "dark": _page_is_dark() if dark is None else dark,
        "lit": list(lit),
        "pinned": sorted(pinned),
        "palette": canvas_palette(scene),
        "select": {
            "id": held.told.selected or "",
            "chosen": held.told.chosen,
            "off": held.told.off,
            "turn": held.turn,
        },
    }
    # Bytes travel as they are; a dictionary would be escaped once more, to twice the size.
    data = json.dumps(about).encode() + b"\n" + scene_bytes
    result = _mount()(key=key, data=data, on_act_change=_nothing)
    act = result.get("act")
    event = read_event(act, held.event, scene)
    said = Selection(event.selected, event.chosen, event.off)
    if sequence_number(act, held.turn) != held.turn:
        # done before our last word came to the browser, which undid it there: say it again
        held = replace(held, told=said, turn=held.turn + 1)
    st.session_state[place] = replace(held, event=event, asked=said if follow else held.asked)
    return event


def visible_scene(scene: Scene, event: CanvasEvent) -> tuple[Scene, ViewOptions]:
    """What a canvas shows of a scene now, and how: what is to be saved of it."""
    dark = _page_is_dark() if event.dark is None else event.dark
    return scene_on_screen(scene, event), ViewOptions(dark=dark, names=event.names)


def _page_is_dark() -> bool:
    return bool(st.context.theme.type == "dark")


def _ask(held: _Held, wanted: Selection) -> _Held:
    if wanted == held.asked:
        return held
    event = held.event
    if wanted == Selection(event.selected, event.chosen, event.off):
        return replace(held, asked=wanted)
    event = replace(
        event, selected=wanted.selected, selected_edge=None, chosen=wanted.chosen, off=wanted.off
    )
    return replace(held, event=event, asked=wanted, told=wanted, turn=held.turn + 1)


def _nothing() -> None:
    """Streamlit returns a trigger only where a callback is registered."""


def submit_on_enter(box: str, typed: str, first: str | None) -> None:
    """Let Enter in a search box press a button. `box` and `first` are the keys of the two on the page.

    `typed` is what the button belongs to: for another text, Enter waits until its own button is there.
    """
    _register()
    data = {"box": box, "typed": typed, "first": first or ""}
    _renderer(f"{PACKAGE}.{_ENTER}", f"{_ENTER}.js")(key=f"{_ENTER}-{box}", data=data)


def panel_edge(*, key: str, texts: Mapping[str, str]) -> None:
    """The edge beside a canvas by which the panel next to it is made wider or folded.

    `texts` says what it does: "move", "fold" and "open". The width is the page's style `--graph-panel`,
    and whether it is folded stands in the page's `data-panel`; this browser keeps both.
    """
    _register()
    _renderer(f"{PACKAGE}.{_EDGE}", f"{_EDGE}.js", f"{_EDGE}.css")(key=key, data={"texts": dict(texts)})


def _mount() -> ComponentRenderer:
    _register()
    return _renderer(NAME, "main.js", "canvas.css")


def _register() -> None:
    # Streamlit finds a component's files by itself only in an installed wheel: not in a checkout that is
    # installed for editing. Said here, it is found in both, and in every runtime that a test starts.
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(NAME) is None:
        parts = [
            ComponentConfig("canvas", ASSETS),
            ComponentConfig(_ENTER, ASSETS),
            ComponentConfig(_EDGE, ASSETS),
        ]
        manager.register_from_manifest(
            ComponentManifest(PACKAGE, version(PACKAGE), parts), Path(__file__).parent
        )


@cache
def _renderer(name: str, js: str, css: str | None = None) -> ComponentRenderer:
    return st.components.v2.component(name, css=css, js=js)
