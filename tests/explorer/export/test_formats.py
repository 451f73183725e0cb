"""Every format, read by an independent reader; hostile names harm none of them; nothing leaves the machine."""

from __future__ import annotations

import json
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

import networkx as nx
import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from explorer.export.formats import FORMATS, SCALES, export
from explorer.scene.compose import DrawOptions, compose_scene
from explorer.scene.scene import Scene
from explorer.viewer import Viewer
from graph_model.errors import InputError
from tests.support.browser import window

pytestmark = pytest.mark.slow

FORMULA = "=cmd|' /C calc'!A0"
NASTY = "<script>window.pwned=1</script>\"'&`😀\u202eabc\u202c\x01" + "长" * 300


def scene(names: bool = False, unit: str = "合生物业", **more: str) -> Scene:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("u_1", label="Unit", properties={"name": unit, "kind": "property_company"})
    graph.add_node("m_1", label="Member", properties={"name": "王小明", "born": "1970-01"})
    graph.add_node("b_1", label="Branch", properties={"name": "合生物业党支部", "kind": "joint"})
    graph.add_edge("m_1", "u_1", key="EMPLOYED_BY", properties={})
    graph.add_edge("b_1", "u_1", key="ORGANISED_IN", properties={})
    viewer = Viewer(names=names)
    return compose_scene(
        graph,
        viewer,
        DrawOptions(focus={"u_1"}),
        title=more.get("title", "合生物业 · 关系图谱"),
        footer=more.get("footer", "调摸批次 2006-10"),
        rings={"u_1": "high"},
    )


SCENE = scene()
HOSTILE = scene(unit=NASTY, title=NASTY, footer=NASTY)


def pdf_text(data: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


@pytest.mark.parametrize("scale", SCALES)
def test_a_png_has_the_size_that_was_asked_for_and_ink_where_the_name_is(scale) -> None:
    small = Image.open(BytesIO(export(SCENE, "png", scale=1)))
    image = Image.open(BytesIO(export(SCENE, "png", scale=scale)))
    assert abs(image.width - small.width * scale) <= scale
    assert abs(image.height - small.height * scale) <= scale
    # the title stands at the top left: a box of a missing glyph has few shades, characters have many
    title = image.convert("L").crop((0, 0, image.width // 2, image.height // 8))
    low, high = title.getextrema()
    assert low < 90 < high
    assert len(set(title.tobytes())) > 10


def test_an_svg_holds_its_text_as_text() -> None:
    root = ElementTree.fromstring(export(SCENE, "svg"))
    text = "".join("".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text"))
    for name in ("合生物业", "合生物业党支部", "王**", "调摸批次", "单位"):
        assert name in text


def test_a_pdf_holds_its_text_as_text() -> None:
    text = pdf_text(export(SCENE, "pdf"))
    for name in ("合生物业·关系图谱", "合生物业党支部", "王**", "调摸批次2006-10"):
        assert name in text


def test_graphml_is_read_by_networkx() -> None:
    graphml = nx.read_graphml(BytesIO(export(SCENE, "graphml")))
    assert graphml.nodes["u_1"]["label"] == "合生物业"
    assert graphml.nodes["u_1"]["类型"] == "单位"
    assert graphml.nodes["u_1"]["问题"] == "问题：高"
    assert {d["关系"] for *_, d in graphml.edges(data=True)} == {"任职于", "组建于"}


def test_json_is_read_by_networkx() -> None:
    graph = nx.node_link_graph(json.loads(export(SCENE, "json")), edges="edges")
    assert graph.graph == {"title": "合生物业 · 关系图谱", "footer": "调摸批次 2006-10"}
    assert set(graph) == {"u_1", "m_1", "b_1"}


def test_a_workbook_has_things_and_ties() -> None:
    book = load_workbook(BytesIO(export(SCENE, "xlsx")))
    assert book.sheetnames == ["对象", "关系", "说明"]
    things = {row[5]: row for row in book["对象"].iter_rows(min_row=2, values_only=True)}
    assert things["u_1"][:4] == ("单位", "合生物业", "问题：高", 2)
    assert things["m_1"][:4] == ("党员", "王**", None, 1)
    ties = {row[:3] for row in book["关系"].iter_rows(min_row=2, values_only=True)}
    assert ties == {("王**", "任职于", "合生物业"), ("合生物业党支部", "组建于", "合生物业")}


def test_no_cell_of_a_workbook_acts() -> None:
    book = load_workbook(BytesIO(export(scene(unit=FORMULA, title=FORMULA, footer="@x"), "xlsx")))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert FORMULA in [c.value for c in cells]
    assert {c.data_type for c in cells} == {"s", "n"}
    assert all(c.quotePrefix for c in cells if c.value in (FORMULA, "@x"))


@pytest.mark.parametrize("format", FORMATS)
def test_masked_as_on_the_screen(format) -> None:
    data = export(SCENE, format)
    assert "王小明" not in unescape(data.decode("utf-8", "replace"))
    assert b"1970-01" not in data
    if format == "pdf":
        assert "王小明" not in pdf_text(data)
    if format == "xlsx":
        cells = [
            c for s in load_workbook(BytesIO(data)) for row in s.iter_rows(values_only=True) for c in row
        ]
        assert not [c for c in cells if "王小明" in str(c) or "1970" in str(c)]


@pytest.mark.parametrize("format", FORMATS)
def test_who_may_see_names_takes_them_along(format) -> None:
    data = export(scene(names=True), format)
    if format == "pdf":
        assert "王小明" in pdf_text(data)
    elif format not in ("png", "xlsx", "html", "json"):
        assert "王小明" in unescape(data.decode())


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_names_leave_every_file_whole(format) -> None:
    data = export(HOSTILE, format)
    match format:
        case "png":
            Image.open(BytesIO(data)).verify()
        case "svg":
            root = ElementTree.fromstring(data)
            assert not [e for e in root.iter() if e.tag.endswith("script")]
        case "pdf":
            assert len(PdfReader(BytesIO(data)).pages) == 1
        case "graphml":
            assert "<script>" in nx.read_graphml(BytesIO(data)).nodes["u_1"]["label"]
        case "gexf":
            labels = [e.get("label") for e in ElementTree.fromstring(data).iter() if e.get("label")]
            assert any("<script>" in label for label in labels)
        case "json":
            assert json.loads(data)["nodes"]
        case "xlsx":
            assert load_workbook(BytesIO(data)).sheetnames
        case "html":
            assert b"<script>window.pwned" not in data


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_picture_is_a_file_too(format) -> None:
    assert export(Scene((), (), (), "", ""), format)


@pytest.mark.parametrize(("format", "scale"), [("bmp", 2), ("", 2), ("png", 0), ("png", 9)])
def test_what_there_is_not_is_named(format, scale) -> None:
    with pytest.raises(InputError, match=r"png|1"):
        export(SCENE, format, scale=scale)


@pytest.mark.browser
@pytest.mark.parametrize("picture", [SCENE, HOSTILE], ids=["plain", "hostile"])
def test_a_page_opens_without_a_network(tmp_path, picture, browser) -> None:
    file = tmp_path / "图.html"
    file.write_bytes(export(picture, "html"))
    with window(browser) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_selector("canvas")
        assert page.evaluate("window.pwned") is None
        assert page.evaluate("nodes.length") == 3
    assert [u for u in context.asked if not u.startswith(("file:", "data:", "blob:"))] == []
