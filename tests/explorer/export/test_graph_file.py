import json
from io import BytesIO

import networkx as nx
import pytest

from explorer.export import graph_file
from explorer.scene.scene import LegendEntry, Scene, SceneEdge, SceneNode

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


def test_gexf_is_read_back_with_place_and_colour():
    graph = nx.read_gexf(BytesIO(graph_file.to_gexf(SCENE).encode()))
    assert graph.nodes["u_0"]["label"] == UNIT
    assert graph.nodes["u_0"]["viz"]["position"] == {"x": 112.0, "y": -5.0, "z": 0.0}
    assert [graph.nodes["m_0"]["viz"]["color"][c] for c in "rgb"] == [217, 130, 43]
    assert graph.number_of_edges() == 2


def test_json_is_read_back():
    data = json.loads(graph_file.to_json(SCENE))
    graph = nx.node_link_graph(data, edges="edges")
    assert graph.nodes["m_0"]["label"] == "王*"
    assert graph.graph == {"title": "图", "footer": "来源"}
    assert data["legend"] == [{"key": "Member", "text": "党员", "count": 1}]


@pytest.mark.parametrize("write", [graph_file.to_graphml, graph_file.to_gexf, graph_file.to_json])
def test_an_empty_scene_is_written(write):
    assert write(EMPTY)
