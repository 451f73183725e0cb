"""A scene as GraphML, GEXF or JSON text for other graph programs; masked as the picture is."""

from __future__ import annotations

import json as json_text
from typing import Any

import networkx as nx

from explorer.scene.palette import RINGS
from explorer.scene.picture_fonts import clean_line
from explorer.scene.scene import Scene, SceneNode
from graph_model.schema import NODE_TYPES
from graph_model.text import Language, Text

_TYPE, _GAP, _TIE = Text("类型", "Type"), Text("缺口", "Gap"), Text("关系", "Tie")


def to_graphml(scene: Scene) -> str:
    """GraphML (yEd, Gephi, Cytoscape): places, colours and captions are plain attributes."""
    return "\n".join(nx.generate_graphml(_graph(scene), named_key_ids=True)) + "\n"


def to_gexf(scene: Scene) -> str:
    """GEXF (Gephi): places, sizes and colours in Gephi's own words."""
    graph = _graph(scene)
    for node in scene.nodes:
        graph.nodes[node.id]["viz"] = _viz(node)
    return "\n".join(nx.generate_gexf(graph)) + "\n"


def to_json(scene: Scene) -> str:
    """Node-link JSON, with the title, the footer and the legend of the scene."""
    data = nx.node_link_data(_graph(scene), edges="edges")
    data["legend"] = [{"key": e.key, "text": e.text, "count": e.count} for e in scene.legend]
    return json_text.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _graph(scene: Scene) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        title=clean_line(scene.title), footer=clean_line(scene.footer)
    )
    for node in scene.nodes:
        graph.add_node(node.id, **_node(node), **_said(node, scene.language))
    for edge in scene.edges:
        # "kind", because GEXF keeps an edge's "type" for whether it is directed.
        graph.add_edge(
            edge.source,
            edge.target,
            key=edge.type,
            kind=edge.type,
            label=clean_line(edge.caption),
            colour=edge.colour,
            dashed=edge.dashed,
            **{_TIE.in_(scene.language): clean_line(edge.caption)},
        )
    return graph


def _node(node: SceneNode) -> dict[str, Any]:
    return {
        "label": clean_line(node.caption),
        "kind": node.type,
        "detail": "; ".join(clean_line(line) for line in node.detail.splitlines()),
        "gap": node.ring or "",
        "focus": node.focus,
        "colour": node.colour,
        "shape": node.shape,
        "size": float(node.size),
        "x": float(node.x),
        "y": float(node.y),
    }


def _said(node: SceneNode, language: Language) -> dict[str, str]:
    """The same for people's eyes: type and gap in their language, under headings in it."""
    kind = NODE_TYPES.get(node.type)
    return {
        _TYPE.in_(language): kind.text.in_(language) if kind else node.type,
        _GAP.in_(language): RINGS[node.ring].text.in_(language) if node.ring else "",
    }


def _viz(node: SceneNode) -> dict[str, Any]:
    red, green, blue = (int(node.colour[i : i + 2], 16) for i in (1, 3, 5))
    return {
        "color": {"r": red, "g": green, "b": blue, "a": 1.0},
        "position": {"x": float(node.x), "y": float(-node.y), "z": 0.0},  # Gephi's y grows upward
        "size": float(node.size),
    }
