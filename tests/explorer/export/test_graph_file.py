import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from explorer.export import graph_file
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode
from graph_model.schema import EDGE_TYPES
from tests.support import gephi

GEXF = {"g": graph_file.GEXF}
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"

SCENE = Scene(
    (
        SceneNode("m_0", "Member", "王*", "#d9822b", "dot", 11.0, 0.0, 5.0, detail="党员：王*\n性别：男"),
        SceneNode(
            "u_0",
            "Unit",
            "<合生> & \x01“物业”",
            "#1f5fa8",
            "square",
            14.0,
            112.0,
            5.0,
            ring="high",
            focus=True,
        ),
    ),
    (
        SceneEdge("1", "m_0", "u_0", "EMPLOYED_BY", "任职于", "#eeccaa"),
        SceneEdge("2", "m_0", "u_0", "REPRESENTS", "代表", "#eeccaa", dashed=True),
    ),
    (LegendEntry("Member", "党员", "#d9822b", "dot", 1),),
    "图",
    "来源",
)
MANY = replace(
    SCENE,
    edges=tuple(
        SceneEdge(f"{kind.type}|{source}|{target}", source, target, kind.type, kind.text.zh, "#eeccaa")
        for source, target in [("m_0", "u_0"), ("u_0", "m_0"), ("u_0", "u_0")]
        for kind in EDGE_TYPES.values()
    ),
)
"""Every kind of tie, in parallel, both ways and from a thing to itself."""
EMPTY = Scene((), (), (), "", "")
UNIT = "<合生> & “物业”"


def test_graphml_is_read_back():
    graph = nx.read_graphml(BytesIO(graph_file.to_graphml(SCENE).encode()), force_multigraph=True)
    assert graph.nodes["u_0"]["label"] == UNIT
    assert graph.nodes["u_0"]["x"] == 112.0
    assert {(d["kind"], d["label"], d["dashed"]) for *_, d in graph.edges(data=True)} == {
        ("EMPLOYED_BY", "任职于", False),
        ("REPRESENTS", "代表", True),
    }


def test_gexf_has_label_place_and_colour_of_a_node():
    node = ElementTree.fromstring(graph_file.to_gexf(SCENE)).find(".//g:node[@id='u_0']", GEXF)
    assert node is not None
    assert node.get("label") == UNIT
    viz = [(e.tag.rpartition("}")[2], e.attrib) for e in node if "viz" in e.tag]
    assert viz == [
        ("color", {"r": "31", "g": "95", "b": "168"}),
        ("position", {"x": "112.0", "y": "-5.0", "z": "0.0"}),
        ("size", {"value": "14.0"}),
    ]


def test_by_the_rules_of_graphml_each_tie_has_its_own_id_and_each_key_is_declared_once():
    root = ElementTree.fromstring(graph_file.to_graphml(MANY))
    edges = [e.get("id") for e in root.iter(f"{GRAPHML}edge")]
    keys = [k.get("id") for k in root.iter(f"{GRAPHML}key")]
    assert len(set(edges)) == len(edges) == len(MANY.edges)
    assert len(set(keys)) == len(keys)
    assert {d.get("key") for d in root.iter(f"{GRAPHML}data")} == set(keys)


def test_by_the_rules_of_gexf_parallel_ties_have_an_id_and_a_kind_each():
    root = ElementTree.fromstring(graph_file.to_gexf(MANY))
    assert root.get("version") == "1.3"
    edges = root.findall(".//g:edge", GEXF)
    assert len({e.get("id") for e in edges}) == len(edges) == len(MANY.edges)
    assert len({(e.get("kind"), e.get("source"), e.get("target")) for e in edges}) == len(edges)
    for of in ("node", "edge"):
        declared = [a.get("id") for a in root.findall(f".//g:attributes[@class='{of}']/g:attribute", GEXF)]
        assert len(set(declared)) == len(declared)
        assert {v.get("for") for v in root.findall(f".//g:{of}//g:attvalue", GEXF)} == set(declared)


@pytest.mark.slow
def test_gephi_itself_takes_every_tie(tmp_path: Path) -> None:
    files = [tmp_path / "a.graphml", tmp_path / "a.gexf"]
    files[0].write_text(graph_file.to_graphml(MANY), "utf-8")
    files[1].write_text(graph_file.to_gexf(MANY), "utf-8")

    graphml, gexf = gephi.imported(files)

    assert graphml["taken"] == gexf["taken"] == len(MANY.edges)
    # Gephi knows no kinds in GraphML: it lays parallel ties upon each other when it asks how to
    assert gexf["edges"] == sorted([e.type, e.caption] for e in MANY.edges)
    assert graphml["nodes"] == gexf["nodes"] == {"m_0": "王*", "u_0": UNIT}
    assert gexf["faults"] == []


def test_json_is_read_back():
    data = json.loads(graph_file.to_json(SCENE))
    graph = nx.node_link_graph(data, edges="edges")
    assert graph.nodes["m_0"]["label"] == "王*"
    assert graph.graph == {"title": "图", "footer": "来源"}
    assert data["legend"] == [{"key": "Member", "text": "党员", "count": 1}]


@pytest.mark.parametrize("write", [graph_file.to_graphml, graph_file.to_gexf, graph_file.to_json])
def test_an_empty_scene_is_written(write):
    assert write(EMPTY)
