"""From a graph to the scene that is drawn: captions, sizes, colours, dashes, hover text, legend."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from explorer.scene.filters import relationship_key
from explorer.scene.layout import Point
from explorer.scene.layouts import compute_layout
from explorer.scene.palette import RINGS, node_style, relationship_colour
from explorer.scene.scene import Layout, LegendEntry, Scene, SceneEdge, SceneFilter, SceneNode, Severity
from explorer.viewer import Viewer
from graph_model.schema import EDGE_TYPES, NODE_TYPES, edge_type, node_type
from graph_model.schema.extra_values import EXTRA_PROPERTY, read_extra
from graph_model.schema.types import NodeType, Property
from graph_model.text import Language, Text

Caption = Callable[[str, Mapping[str, Any]], str]
"""(label, properties) -> the caption, masked for whoever looks."""

_YES_NO = {True: Text("是", "Yes"), False: Text("否", "No")}
_NOT_KNOWN = "unknown"
_OWNERSHIP_NOT_KNOWN = Text("性质不明", "Ownership unknown")
_MEMBER_TIES = ("EMPLOYED_BY", "AFFILIATED_WITH")
_SMALLEST, _LARGEST = 11.0, 30.0


@dataclass(frozen=True, slots=True)
class DrawOptions:
    """How a graph is drawn: what is stressed, which layout, and where nodes stand already.

    Nodes that `positions` lacks are placed beside their neighbours; without any, all are laid out anew.
    `fixed` are places given by hand, which outlive that too. `caption` replaces what the viewer calls a node.
    """

    focus: Collection[str] = frozenset()
    layout: Layout = "force"
    positions: Mapping[str, Point] | None = None
    fixed: Mapping[str, Point] = field(default_factory=dict)
    caption: Caption | None = None


_PLAIN = DrawOptions()


def compose_scene(
    graph: nx.MultiDiGraph[str],
    viewer: Viewer,
    options: DrawOptions = _PLAIN,
    *,
    title: str,
    footer: str,
    rings: Mapping[str, Severity] | None = None,
    members: Mapping[str, int] | None = None,
    file: str = "",
) -> Scene:
    """The scene of a graph whose nodes have `label` and `properties` and whose edge keys are types.

    No sensitive property that the viewer may not see enters the scene other than through a caption.
    `members` says how many members belong to a key, also those who are not in the graph; without it the
    ones in it count. `file` is what a file of it is called. A type that is not declared raises SchemaError.
    """
    fixed = {key: spot for key, spot in options.fixed.items() if key in graph}
    keep = {**options.positions, **fixed} if options.positions else None
    spots = {**compute_layout(graph, options.layout, focus=options.focus, keep=keep), **fixed}
    severities = rings or {}
    language = viewer.language
    nodes = tuple(
        _node(graph, key, spots[key], viewer, options, severities.get(key), members)
        for key in sorted(graph.nodes)
    )
    edges = tuple(
        _edge(graph, source, target, type_, language)
        for source, target, type_ in sorted(graph.edges(keys=True), key=lambda e: (e[2], e[0], e[1]))
    )
    return Scene(
        nodes,
        edges,
        tuple(_legend(nodes, language)),
        title,
        footer,
        language,
        tuple(_filters(nodes, edges, language)),
        file,
    )


def _node(
    graph: nx.MultiDiGraph[str],
    key: str,
    spot: Point,
    viewer: Viewer,
    options: DrawOptions,
    ring: Severity | None,
    members: Mapping[str, int] | None,
) -> SceneNode:
    kind = node_type(graph.nodes[key]["label"])
    properties: Mapping[str, Any] = graph.nodes[key].get("properties", {})
    name = (options.caption or viewer.caption)(kind.label, properties)
    return SceneNode(
        id=key,
        type=kind.label,
        caption=name,
        colour=node_style(kind.label).colour,
        shape=node_style(kind.label).shape,
        size=_size(graph, key, members),
        x=spot[0],
        y=spot[1],
        ring=ring,
        focus=key in options.focus,
        detail="\n".join(_facts(kind, name, properties, viewer)),
        facets=tuple(_facets(graph, key, kind.label, properties)),
    )


def _facets(
    graph: nx.MultiDiGraph[str], key: str, label: str, properties: Mapping[str, Any]
) -> Iterator[str]:
    """What a node can be filtered by beside its type; ownership not known is an entry of its own."""
    if label == "Unit":
        yield f"own:{properties.get('ownership') or _NOT_KNOWN}"
    place = graph.nodes[key].get("place")
    if place is not None:
        yield f"round:{place.round}"


def _size(graph: nx.MultiDiGraph[str], key: str, members: Mapping[str, int] | None) -> float:
    """A radius that grows with the members that belong here, and a little with other ties; bounded."""
    drawn = len({source for source, _, type_ in graph.in_edges(key, keys=True) if type_ in _MEMBER_TIES})
    others = graph.in_degree(key) - drawn
    count = drawn if members is None else members.get(key, 0)
    return round(min(_LARGEST, _SMALLEST + 3.0 * math.sqrt(count) + 1.2 * math.sqrt(max(0, others))), 1)


def _facts(kind: NodeType, name: str, properties: Mapping[str, Any], viewer: Viewer) -> Iterator[str]:
    """The hover text, a fact a line: what it is, then every known property but the name."""
    language = viewer.language
    colon = "：" if language == "zh" else ": "
    yield f"{kind.text.in_(language)}{colon}{name}"
    for prop in kind.properties:
        if prop.name == EXTRA_PROPERTY:
            values = viewer.extra_values(properties.get(EXTRA_PROPERTY))
            yield from (f"{heading}{colon}{value}" for heading, value in values.items())
            continue
        if prop.name == "name" or (prop.sensitive and not viewer.names):
            continue
        value = format_value(prop, properties.get(prop.name), language)
        if value:
            yield f"{prop.text.in_(language)}{colon}{value}"


def format_value(prop: Property, value: object, language: Language) -> str:
    """A value as people read it; nothing for what is not known.

    >>> from graph_model.schema import node_type
    >>> format_value(node_type("Unit").property("kind"), "property_company", "zh")
    '物业公司'
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if prop.name == EXTRA_PROPERTY:
        colon, joint = ("：", "；") if language == "zh" else (": ", "; ")
        return joint.join(f"{heading}{colon}{text}" for heading, text in read_extra(value).items())
    if isinstance(value, bool):
        return _YES_NO[value].in_(language)
    for term in prop.terms:
        if term.value == value:
            return term.text.in_(language)
    return str(value)


def _edge(
    graph: nx.MultiDiGraph[str], source: str, target: str, type_: str, language: Language
) -> SceneEdge:
    kind = edge_type(type_)
    return SceneEdge(
        id=f"{type_}|{source}|{target}",
        source=source,
        target=target,
        type=type_,
        caption=kind.text.in_(language),
        colour=relationship_colour(node_style(graph.nodes[source]["label"]).colour),
        dashed=kind.dashed or (type_ == "ORGANISED_IN" and _is_drawn_joint(graph, source)),
    )


def _is_drawn_joint(graph: nx.MultiDiGraph[str], branch: str) -> bool:
    """Organised in several units; or of the kind "joint", where not all its units are in this graph."""
    properties: Mapping[str, Any] = graph.nodes[branch].get("properties", {})
    units = {target for _, target, type_ in graph.out_edges(branch, keys=True) if type_ == "ORGANISED_IN"}
    return len(units) > 1 or properties.get("kind") == "joint"


def _legend(nodes: tuple[SceneNode, ...], language: Language) -> Iterator[LegendEntry]:
    types = Counter(node.type for node in nodes)
    for label, kind in NODE_TYPES.items():
        if types[label]:
            style = node_style(label)
            yield LegendEntry(label, kind.text.in_(language), style.colour, style.shape, types[label])
    gaps = Counter(node.ring for node in nodes)
    for severity, ring in RINGS.items():
        if gaps[severity]:
            yield LegendEntry(severity, ring.text.in_(language), ring.light, "dot", gaps[severity])


def _filters(
    nodes: tuple[SceneNode, ...], edges: tuple[SceneEdge, ...], language: Language
) -> Iterator[SceneFilter]:
    """Tie types, ownerships and rounds that are in the picture; one alone is nothing to choose from."""
    types = Counter(edge.type for edge in edges)
    looks = {edge.type: edge for edge in edges}
    for type_, tie in EDGE_TYPES.items():
        if types[type_]:
            look = looks[type_]
            text = tie.text.in_(language)
            yield SceneFilter(relationship_key(type_), "tie", text, look.colour, types[type_], tie.dashed)
    facets = Counter(facet for node in nodes for facet in node.facets)
    terms = [(t.value, t.text) for t in node_type("Unit").property("ownership").terms]
    for value, said in (*terms, (_NOT_KNOWN, _OWNERSHIP_NOT_KNOWN)):
        if facets[f"own:{value}"]:
            yield SceneFilter(f"own:{value}", "own", said.in_(language), "", facets[f"own:{value}"])
    rounds = sorted(f for f in facets if f.startswith("round:"))
    if len(rounds) > 1:
        for key in rounds:
            yield SceneFilter(key, "round", key.removeprefix("round:"), "", facets[key])
