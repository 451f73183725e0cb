"""What is drawn: nodes with places and colours, edges, legend, title. Canvas and pictures share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from explorer.scene.shapes import Shape

Severity = Literal["high", "medium", "low"]
Layout = Literal["force", "areas", "hierarchy", "circle", "joint"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """How a picture is looked at: on dark ground or light, with names or without."""

    dark: bool = False
    names: bool = True


DEFAULT_VIEW = ViewOptions()


@dataclass(frozen=True, slots=True)
class SceneNode:
    """One node as it is drawn. x and y are in canvas units (y grows downward); size is a radius.

    `ring` is the severity of the gap that the node is a subject of. `caption` is masked already.
    `detail` is the hover text, masked already, one fact a line. `facets` are the keys of the filters
    that the node belongs to, beside its type and its ring.
    """

    id: str
    type: str
    caption: str
    colour: str
    shape: Shape
    size: float
    x: float
    y: float
    ring: Severity | None = None
    focus: bool = False
    detail: str = ""
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SceneEdge:
    """One edge as it is drawn; `caption` is the tie's name in the viewer's language."""

    id: str
    source: str
    target: str
    type: str
    caption: str
    colour: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend: a node type or a severity, its look and how many are shown."""

    key: str
    text: str
    colour: str
    shape: Shape
    count: int


@dataclass(frozen=True, slots=True)
class SceneFilter:
    """One further thing to filter by: a tie type, an ownership, a survey round."""

    key: str
    group: Literal["tie", "own", "round"]
    text: str
    colour: str
    count: int
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture before any drawing program: the same for canvas, PNG, SVG and HTML.

    `file` is what a file of it is called, without its ending.
    """

    nodes: tuple[SceneNode, ...]
    edges: tuple[SceneEdge, ...]
    legend: tuple[LegendEntry, ...]
    title: str
    footer: str
    language: Literal["zh", "en"] = "zh"
    filters: tuple[SceneFilter, ...] = ()
    file: str = ""
