"""A scene as GraphML, GEXF or JSON text for other graph programs; masked as the picture is."""

from __future__ import annotations

import json as json_text
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import networkx as nx

from explorer.scene.palette import RINGS
from explorer.scene.picture_fonts import clean_line
from explorer.scene.scene import Scene, SceneNode
from graph_model.schema import NODE_TYPES
from graph_model.text import Language, Text

GEXF = "http://gexf.net/1.3"
_TYPES = {bool: "boolean", float: "double", str: "string"}
_TYPE, _GAP, _TIE = Text("类型", "Type"), Text("问题", "Problem"), Text("关系", "Tie")


def to_graphml(scene: Scene) -> str:
    """GraphML (yEd, Gephi, Cytoscape): places, colours and captions are plain attributes.

    Each tie has an id of its own, and each attribute a key of its own: Gephi takes what it has seen before for the
    same once more.
    """
    return "\n".join(nx.generate_graphml(_graph(scene))) + "\n"


def to_gexf(scene: Scene) -> str:
    """GEXF 1.3 (Gephi): places, sizes and colours in Gephi's own words.

    Two ties between the same two things stay two, since each says its kind; older versions of GEXF cannot.
    """
    root = Element("gexf", {"xmlns": GEXF, "xmlns:viz": f"{GEXF}/viz", "version": "1.3"})
    meta = SubElement(root, "meta")
    SubElement(meta, "title").text = clean_line(scene.title)
    SubElement(meta, "description").text = clean_line(scene.footer)
    whole = SubElement(root, "graph", defaultedgetype="directed")
    graph = _graph(scene)
    node_ids = _declared(whole, "node", (said for _, said in graph.nodes(data=True)))
    edge_ids = _declared(whole, "edge", (said for *_, said in graph.edges(data=True)))
    nodes, edges = SubElement(whole, "nodes"), SubElement(whole, "edges")
    for node in scene.nodes:
        said = graph.nodes[node.id]
        drawn = SubElement(nodes, "node", id=node.id, label=said["label"])
        _values(drawn, node_ids, said)
        red, green, blue = (str(int(node.colour[i : i + 2], 16)) for i in (1, 3, 5))
        SubElement(drawn, "viz:color", r=red, g=green, b=blue)
        SubElement(drawn, "viz:position", x=str(node.x), y=str(-node.y), z="0.0")  # Gephi's y grows upward
        SubElement(drawn, "viz:size", value=str(node.size))
    for source, target, id_, said in graph.edges(keys=True, data=True):
        ends = {"id": id_, "source": source, "target": target}
        _values(SubElement(edges, "edge", ends, kind=said["kind"], label=said["label"]), edge_ids, said)
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


def _declared(graph: Element, of: str, all_said: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Declare what nodes or edges have beside their label; the id of each by its name."""
    types = {name: type(value) for said in all_said for name, value in said.items() if name != "label"}
    declared = SubElement(graph, "attributes", {"class": of})
    for number, (name, type_) in enumerate(types.items()):
        SubElement(declared, "attribute", id=str(number), title=name, type=_TYPES[type_])
    return {name: str(number) for number, name in enumerate(types)}


def _values(parent: Element, ids: Mapping[str, str], said: Mapping[str, Any]) -> None:
    values = SubElement(parent, "attvalues")
    for name, id_ in ids.items():
        value = said[name]
        text = str(value).lower() if isinstance(value, bool) else str(value)
        SubElement(values, "attvalue", {"for": id_, "value": text})


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
        # "kind", because GEXF keeps an edge's "type" for whether it is directed
        graph.add_edge(
            edge.source,
            edge.target,
            key=edge.id,
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
