"""What the browser reports, as a value: checked, because it comes from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar, get_args

from explorer.scene.filters import apply_filters, filter_keys
from explorer.scene.scene import Scene

YesNo = TypeVar("YesNo", bool, bool | None)
KeyCommand = Literal["hide", "pin", "undo", "redo", "back", "forward", "clear"]
KEY_COMMANDS: tuple[KeyCommand, ...] = get_args(KeyCommand)
_FARTHEST = 1e7  # canvas units: nobody drags a node so far


@dataclass(frozen=True, slots=True)
class CanvasEvent:
    """What the person did since the last run, and what still holds.

    `clicked`, `double_clicked` and `wish` (a key that was pressed) are set only in the run that they
    started. `selected`, `selected_edge`, `chosen` (several nodes at once; empty for one or none), `off`
    (what the legend has switched off), `positions` (places of the nodes that were dragged), `dark` (None:
    as the page is) and `names` (whether nodes are named) hold until changed.
    """

    clicked: str | None = None
    double_clicked: str | None = None
    selected: str | None = None
    selected_edge: str | None = None
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    wish: KeyCommand | None = None
    dark: bool | None = None
    names: bool = True


def scene_on_screen(scene: Scene, event: CanvasEvent) -> Scene:
    """The scene as the person sees it: nodes where they were dragged to, without what the legend switched off."""
    places = event.positions
    nodes = tuple(
        replace(n, x=places[n.id][0], y=places[n.id][1]) if n.id in places else n for n in scene.nodes
    )
    return apply_filters(replace(scene, nodes=nodes), event.off)


def read_event(act: object, before: CanvasEvent, scene: Scene) -> CanvasEvent:
    """The event in what the browser sent; `before` is the last one, `act` is None when nothing new came.

    Only ids that are in the scene are passed on: anything else is from an earlier scene.

    >>> scene = Scene((), (), (), "", "")
    >>> read_event({"kind": "click", "node": "gone"}, CanvasEvent(), scene).clicked is None
    True
    """
    nodes = {node.id for node in scene.nodes}
    edges = {edge.id for edge in scene.edges}
    if not isinstance(act, Mapping):
        return replace(
            before,
            clicked=None,
            double_clicked=None,
            wish=None,
            selected=_known(before.selected, nodes),
            selected_edge=_known(before.selected_edge, edges),
            chosen=tuple(key for key in before.chosen if key in nodes),
            positions={key: place for key, place in before.positions.items() if key in nodes},
        )
    node = _known(act.get("node"), nodes)
    kind = act.get("kind")
    return CanvasEvent(
        clicked=node if kind == "click" else None,
        double_clicked=node if kind == "double" else None,
        selected=node,
        selected_edge=_known(act.get("edge"), edges),
        positions=_places(act.get("positions"), nodes),
        chosen=tuple(k for k in _listed(act.get("chosen")) if k in nodes),
        off=_off(act.get("off"), before.off, scene),
        wish=next((wish for wish in KEY_COMMANDS if wish == kind), None),
        dark=_yes_no(act.get("dark"), before.dark),
        names=_yes_no(act.get("names"), before.names),
    )


def sequence_number(act: object, now: int) -> int:
    """The last sequence number that the browser saw when it sent the event; `now` where it gives none."""
    turn = act.get("turn") if isinstance(act, Mapping) else None
    return turn if isinstance(turn, int) else now


def _yes_no(value: object, before: YesNo) -> bool | YesNo:
    return value if isinstance(value, bool) else before


def _known(value: object, ids: set[str]) -> str | None:
    return value if isinstance(value, str) and value in ids else None


def _listed(value: object) -> list[str]:
    return [part for part in value if isinstance(part, str)] if isinstance(value, (list, tuple)) else []


def _off(value: object, before: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """What the legend switched off: an entry that the scene no longer has stays as it was before."""
    if not isinstance(value, (list, tuple)):
        return before
    known = {key for node in scene.nodes for key in filter_keys(node)}
    known |= {e.key for e in scene.legend} | {f.key for f in scene.filters} | set(before)
    return tuple(sorted({key for key in _listed(value) if key in known}))


def _places(value: object, ids: set[str]) -> dict[str, tuple[float, float]]:
    if not isinstance(value, Mapping):
        return {}
    found: dict[str, tuple[float, float]] = {}
    for key, place in value.items():
        if _known(key, ids) and isinstance(place, (list, tuple)) and len(place) == 2:
            x, y = place
            if _is_coordinate(x) and _is_coordinate(y):
                found[str(key)] = (float(x), float(y))
    return found


def _is_coordinate(value: object) -> bool:
    """No infinity, no NaN, and no whole number that is too large for a float."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _FARTHEST
